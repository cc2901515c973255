"""Every invariant, broken by hand and found; and none of them found where nothing is wrong."""

import sqlite3
from typing import Any

import pytest
from sqlalchemy import text

from services.counselling import desk as counselling
from storage import inbox, outbox
from storage.inbox import Arrived
from storage.outbox import REPLY
from storage.queries import invariants
from storage.queries.invariants import INVARIANTS
from storage.tables.counselling import Case, Staff
from storage.tables.traffic import Place
from storage.work import Work
from tests.databases import NOON, Opened, digest, newcomer, said, vacancy
from tests.desks import DIGESTS

ROWS = """
INSERT INTO inbox (id, bot_id, update_id, lane, kind, payload, state, attempts, received_at, ended_at) VALUES
 (900, 42, 900, 'u:501', 'message', NULL, 'done', 1, '2026-09-01 06:59:00', '2026-09-01 07:00:00');
INSERT INTO outbox (id, key, lane, person_id, chat_id, kind, priority, state, attempts, possibly_twice, repeating, token,
 due_at, created_at, ended_at) VALUES (900, 'x', 'u:1', 1, 501, 'screen', 0, 'sent', 1, {no}, {no}, 1, '2026-09-01 06:59:00',
 '2026-09-01 06:59:00', '2026-09-01 07:00:00');
INSERT INTO place (id, kind, chat_id, thread_id, generation) VALUES (900, 'topic', -1, 5, 1);
INSERT INTO staff (id, user_id, role, name, joined_at) VALUES (900, 7, 'counsellor', {bytes}, '2026-09-01 06:00:00');
INSERT INTO counselling_case (id, person_id, place_id, state, assignee_id, opened_at, taken_at) VALUES
 (900, 1, 900, 'human', 900, '2026-09-01 06:00:00', '2026-09-01 06:01:00');
UPDATE conversation SET step = 'Counselling:talking' WHERE person_id = 1;
"""
"""What is right, written as raw rows."""

BREAKS = {
    "inbox_open": [
        "UPDATE inbox SET state = 'open', ended_at = NULL, payload = {bytes}, received_at = '2026-09-01 06:44:00'"
    ],
    "inbox_end": ["UPDATE inbox SET ended_at = NULL"],
    "inbox_text": ["UPDATE inbox SET payload = {bytes}"],
    "inbox_open_text": ["UPDATE inbox SET state = 'dead'"],
    "outbox_lease": [
        "UPDATE outbox SET state = 'claimed', ended_at = NULL, body = {bytes}, lease_until = '2026-09-01 06:44:00'"
    ],
    "outbox_claim": ["UPDATE outbox SET lease_until = '2026-09-01 06:44:00'"],
    "outbox_end": ["UPDATE outbox SET ended_at = NULL"],
    "outbox_text": ["UPDATE outbox SET body = {bytes}"],
    "outbox_open_text": ["UPDATE outbox SET state = 'pending', ended_at = NULL"],
    "counts": ["UPDATE outbox SET attempts = -1"],
    "case_one_open": [
        "DROP INDEX case_one_open",
        (
            "INSERT INTO counselling_case (id, person_id, place_id, state, opened_at) "
            "VALUES (901, 1, 900, 'waiting', '2026-09-01 06:00:00')"
        ),
    ],
    "case_assignee": ["UPDATE counselling_case SET assignee_id = NULL"],
    "case_end": ["UPDATE counselling_case SET closed_at = opened_at"],
    "case_talking": ["UPDATE conversation SET step = NULL"],
    "talk_human": ["UPDATE counselling_case SET state = 'closed', closed_at = opened_at"],
    "talk_person": [
        "INSERT INTO conversation (person_id, version, form, updated_at) VALUES (999, 1, {bytes}, '2026-09-01')"
    ],
    "person_talk": ["DELETE FROM conversation WHERE person_id = 2"],
    "digest_once": ["UPDATE outbox SET kind = 'Digest'"],
    "digest_written": [
        (
            "INSERT INTO occurrence (id, job, person_id, local_on, due_at, made_at, outcome) "
            "VALUES (900, 'digest', 1, '2026-09-01', '2026-09-01 06:00:00', '2026-09-01 06:00:00', 'sent')"
        )
    ],
    "told_digest": [
        "INSERT INTO told (person_id, content_key, because, told_at) VALUES (1, 'x', 'new', '2026-09-01 06:00:00')"
    ],
    "digest_hour": ["UPDATE person SET next_digest_at = '2026-09-02 06:00:00' WHERE id = 1"],
    "erasure": ["UPDATE person SET erase_at = '2026-09-01 06:44:00' WHERE id = 2"],
}


def write(opened: Opened, *statements: str) -> Any:
    """Write rows past every check the database makes."""
    if opened.url.startswith("sqlite"):
        with sqlite3.connect(opened.url.removeprefix("sqlite:///")) as connection:
            for statement in statements:
                connection.execute(statement.replace("{bytes}", "x'00'").replace("{no}", "0"))
        connection.close()
        return lambda work: None

    def unit(work: Work) -> None:
        work.session.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            work.session.execute(text(statement.replace("{bytes}", "'\\x00'::bytea").replace("{no}", "false")))

    return unit


@pytest.fixture
async def right(opened: Opened) -> Opened:
    """Give a database with a row of each kind, and nothing wrong."""
    await opened.database.run(lambda work: [newcomer(work, 501).id, newcomer(work, 502).id])
    await opened.database.run(write(opened, *filter(str.strip, ROWS.split(";\n"))))
    return opened


def test_each_is_broken_once_below() -> None:
    assert list(BREAKS) == [each.name for each in INVARIANTS]


def test_the_step_is_the_one_the_desk_writes() -> None:
    assert invariants.TALKING == counselling.TALKING


async def test_nothing_is_wrong_with_what_is_right(right: Opened) -> None:
    assert await right.database.run(invariants.broken) == []


@pytest.mark.parametrize("name", BREAKS)
async def test_what_breaks_it_is_found(right: Opened, name: str) -> None:
    await right.database.run(write(right, *BREAKS[name]))

    found = {each.name: count for each, count in await right.database.run(invariants.broken)}

    assert found.get(name) == 1


async def test_what_is_under_way_is_no_fault(opened: Opened) -> None:
    """Open updates, claimed, held and unknown messages, a digest, a waiting case: all of it is right."""

    def under_way(work: Work) -> None:
        person = newcomer(work, 501, occupation="5120", region="KZ-75", registered_at=work.now)
        inbox.store(work, 42, [Arrived(number, "u:501", "message", {}) for number in range(3)])
        inbox.finish(work, 1, "ignored", "unknown_kind")
        inbox.finish(work, 2, "dead", "Broken")
        outbox.reply(work, [said("in:1", priority=REPLY)])
        for number in range(4):
            outbox.promise(work, said(f"{number}", lane=f"x:{number}"))
        rows = outbox.claim(work, 3)
        outbox.settle_sent(work, rows[0], 5)
        outbox.settle_later(work, rows[1], 30, "later_bot")
        outbox.settle_unknown(work, rows[2], "timeout")
        place = work.add(Place(kind="topic", chat_id=-1, person_id=person.id))
        staff = work.add(Staff(user_id=9, role="counsellor", name="Dana", joined_at=work.now))
        work.add(Case(person_id=person.id or 0, place_id=place.id or 0, state="waiting", opened_at=work.now))
        assert staff.id
        work.add(vacancy(1))
        person.digest_hour, person.next_digest_at = 12, NOON

    await opened.database.run(under_way)
    assert await opened.database.run(DIGESTS.due) == ["sent"]

    assert await opened.database.run(invariants.broken) == []


async def test_a_digest_nobody_wrote_is_no_occurrences(opened: Opened) -> None:
    await opened.database.run(lambda work: outbox.promise(work, digest("a", newcomer(work).id or 0)))

    assert [each.name for each, _ in await opened.database.run(invariants.broken)] == ["digest_once"]
