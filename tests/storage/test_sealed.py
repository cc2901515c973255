"""Sealed columns: what lies on the disk says nothing, and a changed value is noticed (DB-09)."""

import base64
import sqlite3
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from storage import inbox, outbox, sealed
from storage.inbox import Arrived
from storage.queries import people
from storage.sealed import KeyRing, Unreadable, read_keys, unlock
from storage.tables.counselling import Case, CaseMessage, Staff
from storage.tables.traffic import Place
from storage.work import Work
from tests.databases import KEY, NOON, Opened, newcomer, said
from tests.postgres import Server

OLD, NEW = b"o" * 32, b"n" * 32


@pytest.fixture(autouse=True)
def _one_key() -> Any:
    unlock([KEY])
    yield
    unlock([KEY])


def written(*keys: bytes) -> str:
    return ",".join(base64.urlsafe_b64encode(key).decode() for key in keys)


def test_what_was_sealed_opens_again() -> None:
    ring = KeyRing([NEW])
    assert ring.open(ring.seal(b"Aigul")) == b"Aigul"
    assert ring.open(ring.seal(b"")) == b""


def test_the_same_word_never_looks_the_same() -> None:
    ring = KeyRing([NEW])
    assert len({ring.seal(b"Aigul") for _ in range(50)}) == 50


def test_the_newest_key_seals_and_older_ones_still_open() -> None:
    before = KeyRing([OLD]).seal(b"Aigul")
    rotated = KeyRing([NEW, OLD])

    assert rotated.open(before) == b"Aigul"
    assert KeyRing([NEW]).open(rotated.seal(b"Aigul")) == b"Aigul"
    with pytest.raises(Unreadable, match="not configured"):
        KeyRing([NEW]).open(before)


def test_every_changed_byte_is_noticed() -> None:
    ring = KeyRing([NEW])
    value = ring.seal(b"Aigul")
    for position in range(len(value)):
        changed = value[:position] + bytes([value[position] ^ 1]) + value[position + 1 :]
        with pytest.raises(Unreadable):
            ring.open(changed)


@pytest.mark.parametrize("value", [b"", b"\x01", b"\x01abcd", b"Aigul", bytes(range(100))])
def test_what_was_never_sealed_does_not_open(value: bytes) -> None:
    with pytest.raises(Unreadable):
        KeyRing([NEW]).open(value)


def test_a_failure_never_shows_the_value_or_the_key() -> None:
    ring = KeyRing([NEW])
    with pytest.raises(Unreadable) as failed:
        ring.open(ring.seal(b"Aigul")[:-1] + b"?")
    assert "Aigul" not in str(failed.value)
    assert failed.value.__context__ is None or failed.value.__suppress_context__


def test_keys_are_read_newest_first() -> None:
    assert read_keys(written(NEW, OLD)) == [NEW, OLD]
    assert read_keys(f" {written(NEW).rstrip('=')} , ") == [NEW]
    assert read_keys("") == []


@pytest.mark.parametrize("wrong", ["short", written(b"x" * 31), "!" * 43, written(NEW) + ",x"])
def test_a_key_that_is_none_is_refused_without_showing_it(wrong: str) -> None:
    with pytest.raises(ValueError, match="32 bytes") as refused:
        read_keys(wrong)
    assert wrong not in str(refused.value)


def test_a_process_without_a_key_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "_ring", None)
    with pytest.raises(Unreadable, match="no key"):
        sealed.ring()


async def test_rows_outlive_a_change_of_key(opened: Opened) -> None:
    unlock([OLD])
    await opened.database.run(lambda work: newcomer(work, 501, name="Aigul"))
    unlock([NEW, OLD])
    await opened.database.run(lambda work: newcomer(work, 502, name="Bolat"))

    def names(work: Work) -> list[str | None]:
        return [people.newcomer(work, user, "UTC")[0].name for user in (501, 502)]

    assert await opened.database.run(names) == ["Aigul", "Bolat"]
    unlock([NEW])
    with pytest.raises(Unreadable):
        await opened.database.run(names)


@pytest.mark.parametrize("word", ["Айгүл", "日本", "\x00", "\ud800", "😀" * 4096, "<b>&amp;"])
async def test_any_text_comes_back_as_it_was(opened: Opened, word: str) -> None:
    await opened.database.run(lambda work: newcomer(work, 501, name=word))

    assert await opened.database.run(lambda work: newcomer(work).name) == word


async def test_nothing_a_person_said_stands_in_the_file(opened: Opened, postgres_server: Server) -> None:
    """DB-09 with 60 canaries in every sealed column: no hit in the file and its log, or in the dump."""
    canaries = [f"canary-{number}-Zhanar-+77012223344" for number in range(60)]

    def unit(work: Work) -> None:
        for number, canary in enumerate(canaries):
            person = newcomer(work, 1000 + number, name=canary, occupation_words=canary)
            found = people.by_id(work, person.id or 0)
            assert found is not None
            found[1].form = {"name": canary}
            place = work.add(Place(kind="topic", chat_id=-number - 1, title=canary, person_id=person.id))
            case = work.add(
                Case(person_id=person.id or 0, place_id=place.id or 0, state="waiting", question=canary, opened_at=NOON)
            )
            work.add(
                CaseMessage(case_id=case.id or 0, person_id=person.id or 0, by="jobseeker", words=canary, said_at=NOON)
            )
            work.add(Staff(user_id=number, role="counsellor", name=canary, joined_at=NOON))
            inbox.store(work, 42, [Arrived(number, f"u:{1000 + number}", "message", {"text": canary, canary: 1})])
            outbox.promise(work, said(f"{number}", person.id or 0, words=canary))

    await opened.database.run(unit)
    await opened.rows("SELECT 1")
    stored = raw(opened.url, postgres_server)

    assert len(stored) > 60 * 100
    for canary in (*canaries, "Zhanar", "77012223344"):
        assert canary.encode() not in stored
        assert canary.encode().hex().encode() not in stored
        assert base64.b64encode(canary.encode())[:-4] not in stored
    assert KEY not in stored
    assert KEY.hex().encode() not in stored


def raw(url: str, server: Server) -> bytes:
    """Give everything that lies on the disk: the file with its log, or a dump."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        with sqlite3.connect(path) as connection:
            dump = "\n".join(connection.iterdump()).encode("utf-8", "surrogateescape")
        connection.close()
        return dump + b"".join(part.read_bytes() for part in path.parent.glob(f"{path.name}*"))
    parts = urlsplit(url)
    command = [str(server.binaries / "pg_dump"), "-w", "-h", "127.0.0.1", "-p", str(parts.port), "-U", "postgres"]
    return subprocess.run([*command, parts.path[1:]], check=True, capture_output=True, timeout=60).stdout


async def test_the_canary_would_be_seen(opened: Opened, postgres_server: Server) -> None:
    await opened.database.run(
        lambda work: work.session.execute(text("INSERT INTO gate (scope) VALUES ('canary-Zhanar')")).rowcount  # type: ignore[attr-defined]  # a cursor's result
    )

    assert b"canary-Zhanar" in raw(opened.url, postgres_server)
