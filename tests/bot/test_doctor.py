"""Doctor finds what was broken on purpose, says how to mend it, and finds nothing where nothing is wrong."""

import base64
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot import catalogues, doctor, wiring
from bot.doctor import Finding, examine
from bot.settings import Settings, read_settings
from storage.migrations import runner
from storage.sealed import unlock
from storage.work import Work
from tests.databases import KEY, Opened, newcomer

GROUP = -1001
OTHER = b"z" * 32
ME = {
    "id": 42,
    "is_bot": True,
    "first_name": "Jobline",
    "username": "jobline_bot",
    "can_read_all_group_messages": False,
}
HOOK = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
FORUM = {
    "id": GROUP,
    "type": "supergroup",
    "title": "Staff",
    "is_forum": True,
    "accent_color_id": 1,
    "max_reaction_count": 1,
}
RIGHTS = (
    "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
    "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories"
).split()
MEMBER = {"user": ME, "status": "member"}
ADMINISTRATOR = {"user": ME, "status": "administrator", "can_manage_topics": True} | dict.fromkeys(RIGHTS, True)


@dataclass
class Messenger:
    """Answers each method as it is told."""

    url: str = ""
    answers: dict[str, Any] = field(default_factory=dict)

    async def answer(self, request: web.Request) -> web.Response:
        found = self.answers[request.path.rpartition("/")[2]]
        if isinstance(found, tuple):
            code, words = found
            return web.json_response({"ok": False, "error_code": code, "description": words}, status=code)
        return web.json_response({"ok": True, "result": found})


@pytest.fixture
async def messenger() -> AsyncIterator[Messenger]:
    told = Messenger()
    told.answers = {
        "getMe": ME,
        "getWebhookInfo": dict(HOOK),
        "getChat": dict(FORUM),
        "getChatMember": dict(ADMINISTRATOR),
    }
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", told.answer)
    runner_ = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner_.setup()
    await web.TCPSite(runner_, "127.0.0.1", 0).start()
    told.url = f"http://127.0.0.1:{runner_.addresses[0][1]}"
    yield told
    await runner_.cleanup()


@pytest.fixture(autouse=True)
def _quick_content(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Content has tests of its own; here only what doctor makes of its faults."""
    monkeypatch.setattr(catalogues, "faults", lambda language: [])
    monkeypatch.setattr(doctor, "lint_pack", lambda folder, today: [])
    yield
    unlock([KEY])


def written(*keys: bytes) -> str:
    return ",".join(base64.urlsafe_b64encode(key).decode() for key in keys)


def settings_for(url: str, api_url: str, **more: Any) -> Settings:
    given = {
        "token": "42:abcdefghijklmnopqrstuvwxyz",
        "key": written(KEY),
        "admins": "7",
        "staff_groups": str(GROUP),
        "database_url": url,
        "api_url": api_url,
    }
    return read_settings(**given | more)


def found(findings: list[Finding]) -> list[tuple[str, str]]:
    for finding in findings:
        assert finding.mend
    return [(finding.where, finding.severity) for finding in findings]


async def test_nothing_is_wrong_with_a_sound_installation(opened: Opened, messenger: Messenger) -> None:
    await opened.database.run(lambda work: newcomer(work, name="Aigul"))

    assert await examine(settings_for(opened.url, messenger.url)) == []


async def test_it_changes_nothing(sqlite: Opened, messenger: Messenger) -> None:
    await sqlite.database.run(lambda work: newcomer(work, name="Aigul"))
    before = await sqlite.rows("SELECT * FROM person")
    await examine(settings_for(sqlite.url, messenger.url))

    assert await sqlite.rows("SELECT * FROM person") == before


async def test_settings_a_service_would_refuse_are_named(fresh_sqlite_url: str) -> None:
    findings = await examine(read_settings(database_url=fresh_sqlite_url, token="", key="", admins="", staff_groups=""))

    assert found(findings) == [("settings", "error"), ("settings", "warning"), ("settings", "warning")]
    assert "JOBLINE_TOKEN" in findings[0].what


async def test_a_missing_database_is_not_made(tmp_path: Path, messenger: Messenger) -> None:
    path = tmp_path / "none.db"
    findings = await examine(settings_for(f"sqlite:///{path}", messenger.url))

    assert found(findings) == [("database", "error")]
    assert "migrate" in findings[0].mend
    assert not path.exists()


async def test_an_old_schema_and_a_newer_one_are_told_apart(database_url: str, messenger: Messenger) -> None:
    import asyncio

    from sqlalchemy import text

    await asyncio.to_thread(runner.migrate, database_url)
    await asyncio.to_thread(runner.migrate, database_url, "base")
    (old,) = await examine(settings_for(database_url, messenger.url))
    await asyncio.to_thread(runner.migrate, database_url)
    change = text("UPDATE alembic_version SET version_num = '9999'")
    await asyncio.to_thread(runner._on, database_url, lambda connection: connection.execute(change).close())
    (newer,) = await examine(settings_for(database_url, messenger.url))

    assert "older" in old.what
    assert "newer" in newer.what


async def test_an_unreachable_database_is_said_in_one_line(messenger: Messenger) -> None:
    (finding,) = await examine(settings_for("postgresql://nobody:secret-canary@127.0.0.1:1/none", messenger.url))

    assert finding.where == "database"
    assert "secret-canary" not in f"{finding}"


async def test_a_missing_key_is_found_by_what_it_cannot_open(opened: Opened, messenger: Messenger) -> None:
    unlock([OTHER])
    await opened.database.run(lambda work: newcomer(work, name="Aigul"))

    findings = await examine(settings_for(opened.url, messenger.url))
    assert {where for where, _ in found(findings)} == {"key"}
    assert [finding.what.split()[0] for finding in findings] == ["conversation.form", "person.name"] or len(
        findings
    ) == 2
    assert await examine(settings_for(opened.url, messenger.url, key=written(KEY, OTHER))) == []


async def test_a_changed_value_is_found(opened: Opened, messenger: Messenger) -> None:
    await opened.database.run(lambda work: newcomer(work, name="Aigul"))
    cut = "substr(name, 1, 20)"
    await opened.change(f"UPDATE person SET name = {cut}")

    (finding,) = await examine(settings_for(opened.url, messenger.url))
    assert finding.where == "key"
    assert "changed" in finding.what


async def test_a_broken_invariant_is_found(opened: Opened, messenger: Messenger) -> None:
    await opened.database.run(newcomer)
    await opened.change("DELETE FROM conversation")

    (finding,) = await examine(settings_for(opened.url, messenger.url))
    assert finding.where == "data/person_talk"
    assert finding.what.startswith("1 rows")


async def test_a_clock_that_differs_is_found(postgres: Opened) -> None:
    def apart(seconds: float) -> Any:
        def unit(work: Work) -> list[Finding]:
            from sqlalchemy import text

            theirs = work.session.execute(text("SELECT clock_timestamp()")).scalar_one()
            return doctor.skew(Work(work.connection, work.now, theirs - timedelta(seconds=seconds)))

        return unit

    assert await postgres.database.run(apart(0)) == []
    (finding,) = await postgres.database.run(apart(300))
    assert finding.severity == "warning"
    assert "300" in finding.what


async def test_a_file_has_no_clock_of_its_own(sqlite: Opened) -> None:
    assert await sqlite.database.run(doctor.skew) == []


async def test_faults_of_words_and_pack_are_passed_on(
    fresh_sqlite_url: str, messenger: Messenger, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.packs import PackFault

    faults = [PackFault("kz/regions.yaml", 3, "a", "b."), PackFault("kz/pack.yaml", None, "c", "d", "warning")]
    monkeypatch.setattr(catalogues, "faults", lambda language: ["missing: 'Hello'"] if language == "kk" else [])
    monkeypatch.setattr(doctor, "lint_pack", lambda folder, today: faults)

    findings = await examine(settings_for(fresh_sqlite_url, messenger.url, languages="en,ru,kk,zz"))

    assert found(findings) == [
        ("catalogues/kk", "error"),
        ("catalogues", "error"),
        ("pack/kz/regions.yaml:3", "error"),
        ("pack/kz/pack.yaml", "warning"),
    ]


def test_the_pack_it_looks_at_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (wiring.LOCALES / "packs" / Settings().country / "pack.yaml").exists()


@pytest.mark.parametrize(
    ("method", "answer", "where", "severity"),
    [
        ("getMe", (401, "Unauthorized"), "messenger", "error"),
        ("getMe", (502, "Bad Gateway"), "messenger", "error"),
        ("getWebhookInfo", (500, "Internal"), "webhook", "error"),
        ("getWebhookInfo", HOOK | {"url": "https://old.example/telegram"}, "webhook", "error"),
        ("getChat", (400, "Bad Request: chat not found"), f"staff group {GROUP}", "error"),
        ("getChat", FORUM | {"is_forum": False}, f"staff group {GROUP}", "error"),
        ("getChatMember", MEMBER, f"staff group {GROUP}", "error"),
        ("getChatMember", ADMINISTRATOR | {"can_manage_topics": False}, f"staff group {GROUP}", "error"),
        ("getChatMember", ADMINISTRATOR | {"can_delete_messages": False}, f"staff group {GROUP}", "warning"),
    ],
)
async def test_what_the_messenger_says_is_wrong(
    fresh_sqlite_url: str, messenger: Messenger, method: str, answer: Any, where: str, severity: str
) -> None:
    messenger.answers[method] = answer

    assert found(await examine(settings_for(fresh_sqlite_url, messenger.url))) == [(where, severity)]


async def test_privacy_mode_is_named_where_it_hurts(fresh_sqlite_url: str, messenger: Messenger) -> None:
    messenger.answers["getChatMember"] = MEMBER
    (deaf,) = await examine(settings_for(fresh_sqlite_url, messenger.url))
    messenger.answers["getMe"] = ME | {"can_read_all_group_messages": True}
    (hearing,) = await examine(settings_for(fresh_sqlite_url, messenger.url))

    assert "privacy mode" in deaf.what
    assert "privacy mode" not in hearing.what


async def test_the_webhook_must_be_ours_and_work(fresh_sqlite_url: str, messenger: Messenger) -> None:
    settings = settings_for(
        fresh_sqlite_url,
        messenger.url,
        webhook_url="https://jobline.example",
        webhook_secret="s" * 40,
        web="127.0.0.1:8080",
    )
    (unset,) = await examine(settings)
    messenger.answers["getWebhookInfo"] = HOOK | {"url": "https://jobline.example/telegram"}
    assert await examine(settings) == []
    messenger.answers["getWebhookInfo"] |= {"last_error_date": 1_700_000_000, "pending_update_count": 3}
    (failing,) = await examine(settings)

    assert unset.severity == "error"
    assert (failing.severity, "3 updates" in failing.what) == ("warning", True)


async def test_a_messenger_that_is_away_hides_nothing_else(sqlite: Opened) -> None:
    await sqlite.database.run(newcomer)
    await sqlite.change("DELETE FROM conversation")

    findings = await examine(settings_for(sqlite.url, "http://127.0.0.1:1"))
    assert [where for where, _ in found(findings)] == ["data/person_talk", "messenger"]
