"""Counting afterwards what a crash cost: from outside, by what stands in the chats, and from the database."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from tests.crash.crowd import MARK, OCCUPATION, REGION, Crowd
from tests.crash.ledger import Row
from tests.crash.office import BOT_ID, COUNSELLOR, SECRET, STAFF_GROUPS, Office
from tests.crash.spoken import Spoken

LINE = re.compile(rf"\w+ {MARK} [a-zA-Z ]*\d{{4}}")

PEOPLE = "SELECT id, user_id, name, region, occupation, registered_at FROM person"
INBOX = "SELECT id, update_id, state, kind FROM inbox WHERE update_id IS NOT NULL"
LINES = """SELECT m.id, m.case_id, p.user_id, m.by, m.words, c.place_id, l.chat_id, l.thread_id FROM case_message m
    JOIN person p ON p.id = m.person_id JOIN counselling_case c ON c.id = m.case_id JOIN place l ON l.id = c.place_id
    ORDER BY m.id"""
OUTBOX = "SELECT id, key, lane, chat_id, place_id, state, possibly_twice, edit_of, message_id FROM outbox ORDER BY id"


@dataclass
class Counts:
    """What a run cost. The second group must be nothing; `remarks` says what was found where."""

    updates: int = 0
    lines: int = 0
    kills: int = 0
    at_work: int = 0

    lost: int = 0
    twice: int = 0
    out_of_order: int = 0
    unanswered: int = 0
    given_up: int = 0
    refused: int = 0
    still_open: int = 0
    unrecorded: int = 0
    logged: int = 0
    broken: int = 0

    repeats: int = 0
    possibly_twice: int = 0
    unknown: int = 0
    unheard: int = 0
    middle_start: float = 0.0
    slowest_start: float = 0.0
    start_effort: float = 0.0
    remarks: list[str] = field(default_factory=list)

    @property
    def spotless(self) -> bool:
        """Tell whether nothing was lost, doubled, disordered, forgotten or repeated in silence."""
        broken = (self.lost, self.twice, self.out_of_order, self.unanswered, self.given_up, self.refused)
        return not any((*broken, self.still_open, self.unrecorded, self.logged, self.broken))


class Count:
    """One look at everything, after all work is done."""

    def __init__(self, office: Office, crowd: Crowd) -> None:
        self.office, self.crowd = office, crowd
        self.counts = Counts(updates=len(crowd.said), kills=0)
        self.people: list[Row] = []
        self.inbox: dict[int, Row] = {}
        self.lines: list[Row] = []
        self.outbox: dict[str, Row] = {}
        self.passed: dict[str, Row] = {}
        self.chats: dict[int, list[dict[str, Any]]] = {}

    async def taken(self, kills: int = 0) -> Counts:
        """Read everything, compare, and give the counts."""
        await self._read()
        self.counts.kills = kills
        self.counts.slowest_start = max(self.office.restarts, default=0.0)
        self.counts.middle_start = median(self.office.restarts or [0.0])
        self.counts.start_effort = max(self.office.efforts, default=0.0)
        for sentence in await self.office.ledger.broken():
            self._remark("broken", 1, sentence)
        self._updates()
        self._registrations()
        self._cases()
        self._replies()
        self._spoken()
        self._log()
        return self.counts

    async def _read(self) -> None:
        ledger = self.office.ledger
        self.people = await ledger.rows(PEOPLE)
        self.inbox = {row["update_id"]: row for row in await ledger.rows(INBOX)}
        self.lines = await ledger.rows(LINES)
        self.outbox = {row["key"]: row for row in await ledger.rows(OUTBOX)}
        first = {talker.lines[0] for talker in self.crowd.talkers if talker.lines}
        opened = [(ledger.opened(row["words"]), row) for row in self.lines]
        letters = {words: f"case-line:{row['id']}" for words, row in opened}
        cards = {words: f"case-opened:{row['case_id']}" for words, row in opened if words in first}
        self.passed = {words: self.outbox[key] for words, key in (letters | cards).items() if key in self.outbox}
        for walker in (*self.crowd.talkers, *self.crowd.askers):
            self.chats[walker.user_id] = _by_bot(await self.office.street.chat(walker.user_id))
        for group in STAFF_GROUPS:
            self.chats[group] = _by_bot(await self.office.street.chat(COUNSELLOR, group))

    def _remark(self, count: str, number: int, words: str) -> None:
        """Add to a count, and say what was found for whoever must understand it."""
        if number:
            setattr(self.counts, count, getattr(self.counts, count) + number)
            self.counts.remarks.append(f"{count} +{int(number)}: {words}")

    # What came in

    def _updates(self) -> None:
        """Every update the messenger numbered has one row, and it has ended as done."""
        for said in self.crowd.said:
            row = self.inbox.get(said.update_id)
            self._remark("lost", row is None, f"update {said.update_id} has no row")
            if row is not None:
                self._remark("still_open", row["state"] == "open", f"update {said.update_id}")
                self._remark(
                    "given_up", row["state"] in ("ignored", "dead"), f"update {said.update_id} is {row['state']}"
                )

    def _registrations(self) -> None:
        """Whoever saved stands in the table once, with what they said."""
        known = {row["user_id"]: row for row in self.people}
        self._remark("twice", len(self.people) - len(known), "persons with one account")
        for talker in self.crowd.talkers:
            if talker.registered:
                row = known.get(talker.user_id)
                name = self.office.ledger.opened(row["name"]) if row is not None and row["name"] else ""
                kept = row is not None and (name, row["region"], row["occupation"]) == (talker.name, REGION, OCCUPATION)
                self._remark("lost", not kept, f"the registration of {talker.name}")

    def _cases(self) -> None:
        """Each line is in its case once and in order, and has been said on the other side in that order."""
        for talker in self.crowd.talkers:
            mine = [row for row in self.lines if row["user_id"] == talker.user_id]
            for by, expected in (("jobseeker", talker.lines), ("counsellor", talker.heard)):
                kept = [self.office.ledger.opened(row["words"]) for row in mine if row["by"] == by]
                self._compare(f"{by} lines of {talker.name}", expected, kept)
                self.counts.lines += len(expected)
            topics = {(row["chat_id"], row["thread_id"]) for row in mine}
            self._heard(
                f"topic of {talker.name}", talker.lines, [one for topic in topics for one in self._texts(*topic)]
            )
            self._heard(f"chat of {talker.name}", talker.heard, self._texts(talker.user_id))

    def _texts(self, chat_id: int, thread_id: int = 0) -> list[str]:
        """Give the numbered lines that stand in a chat, or in one of its topics."""
        shown = [one["text"] for one in self.chats[chat_id] if one["thread_id"] == thread_id]
        return [found for text in shown for found in LINE.findall(text)]

    def _compare(self, where: str, expected: Sequence[str], kept: Sequence[str]) -> None:
        self._remark("lost", len(set(expected) - set(kept)), where)
        self._remark("twice", len(kept) - len(set(kept)), where)
        self._remark("out_of_order", _inversions(list(dict.fromkeys(kept))), where)

    def _heard(self, where: str, expected: Sequence[str], seen: Sequence[str]) -> None:
        """Compare what was said. Repeats and rows of unknown outcome are counted by `_spoken`."""
        sure = [line for line in expected if self.passed.get(line, {}).get("state") != "unknown"]
        self._remark("unanswered", len(set(sure) - set(seen)), where)
        self._remark("out_of_order", _inversions(seen), where)

    # What went out

    def _replies(self) -> None:
        """Everything said got its reply or went to the other side; replies stand in the order of what they answer."""
        self._reply_order()
        for said in self.crowd.said:
            row = self.inbox.get(said.update_id)
            if row is None or said.text == "/take":
                continue
            answer = self.outbox.get(f"in:{row['id']}:0.0") or self.passed.get(said.text)
            self._remark("unanswered", answer is None or answer["state"] not in ("sent", "unknown"), said.text)

    def _reply_order(self) -> None:
        replies: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for key, row in self.outbox.items():
            if key.startswith("in:") and row["message_id"] and row["edit_of"] is None:
                replies[row["chat_id"]].append((int(key.split(":")[1]), row["message_id"]))
        for chat_id, pairs in replies.items():
            self._remark("out_of_order", _inversions([second for _, second in sorted(pairs)]), f"replies in {chat_id}")

    def _spoken(self) -> None:
        """Hold every message of the bot against the rows: what no row has as its message is a repeat some row must admit."""
        states = Counter(row["state"] for row in self.outbox.values())
        self.counts.possibly_twice = sum(bool(row["possibly_twice"]) for row in self.outbox.values())
        self.counts.unknown = states["unknown"]
        self._remark("refused", states["failed"] + states["skipped"], "messages refused or skipped")
        self._remark("still_open", states["pending"] + states["claimed"], "messages that wait")
        for chat_id, messages in self.chats.items():
            chat = Spoken([row for row in self.outbox.values() if row["chat_id"] == chat_id], messages)
            self._remark("unanswered", chat.missing, f"sent, but not in chat {chat_id}")
            self._remark("unrecorded", chat.denied, f"repeats in chat {chat_id}")
            self.counts.repeats += chat.repeats
            self.counts.unheard += chat.unheard

    # What must never be written anywhere

    def _log(self) -> None:
        """Nothing anybody said, and no secret, stands in the bot's output."""
        logged = self.office.logged()
        for secret in (MARK, SECRET, f"{BOT_ID}:"):
            self._remark("logged", logged.count(secret), "something secret stands in the log")


def _by_bot(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in messages if one["from_bot"]]


def _inversions(sequence: Sequence[Any]) -> int:
    """Count how often something stands before what should precede it; equal neighbours are in order."""
    return sum(before > after for before, after in itertools.pairwise(sequence))
