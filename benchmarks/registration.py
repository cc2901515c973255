"""Updates of people who go through the registration: the same bytes for us and for every floor.

A cycle of four steps that ends where it began: the name typed, the region pressed, and twice Back. Presses carry the message they were
pressed under with its whole keyboard, as the messenger sends them.
"""

import json
from collections.abc import Iterator
from typing import Any

from bot.settings import ROOT
from handlers.registration.actions import BeginQuestions, GoBack, PickRegion
from handlers.registration.screens import Asked, ask, purposes
from services.occupations import load_occupations
from services.packs import load_pack
from services.people.drafts import Draft
from services.screen import Screen, pack
from services.words import Languages

LANGUAGE = "ru"
FIRST_PERSON = 100_000
STEPS = 4


class Registrations:
    """Writes the updates; each has a number of its own."""

    def __init__(self) -> None:
        self._words = Languages(ROOT / "locales", (LANGUAGE,))[LANGUAGE]
        self._pack = load_pack(ROOT / "locales" / "packs", "kz")
        self._occupations = load_occupations(ROOT / "locales" / "occupations")
        self._numbers = iter(range(1, 2**40))

    def asked(self, people: int) -> Iterator[tuple[int, bytes]]:
        """Everybody asks to be registered."""
        for person in range(FIRST_PERSON, FIRST_PERSON + people):
            yield person, self._written(person, {"message": self.typed(person, "/register")})

    def begun(self, people: int) -> Iterator[tuple[int, bytes]]:
        """Everybody begins."""
        for person in range(FIRST_PERSON, FIRST_PERSON + people):
            begun = self._pressed(person, purposes(self._words, self._pack), BeginQuestions().pack())
            yield person, self._written(person, begun)

    def step(self, number: int, people: int) -> list[tuple[int, bytes]]:
        """Everybody makes the same step of the cycle."""
        return [
            (person, self._written(person, self._event(number % STEPS, person)))
            for person in range(FIRST_PERSON, FIRST_PERSON + people)
        ]

    def _event(self, step: int, person: int) -> dict[str, Any]:
        regions, occupations = self._question("place"), self._question("occupation")
        match step:
            case 0:
                return {"message": self.typed(person, "Айгуль")}
            case 1:
                return self._pressed(person, regions, PickRegion(self._pack.regions[0].code).pack())
            case 2:
                return self._pressed(person, occupations, GoBack("occupation").pack())
            case _:
                return self._pressed(person, regions, GoBack("place").pack())

    def _question(self, question: str) -> Screen:
        return ask(Asked(self._words, self._pack, self._occupations, Draft(question)))

    def _written(self, person: int, event: dict[str, Any]) -> bytes:
        return json.dumps({"update_id": next(self._numbers), **event}).encode()

    @staticmethod
    def _person(person: int) -> dict[str, Any]:
        return {"id": person, "is_bot": False, "first_name": "Айгуль", "language_code": LANGUAGE}

    def typed(self, person: int, text: str) -> dict[str, Any]:
        """Give a text message of a person."""
        chat = {"id": person, "type": "private", "first_name": "Айгуль"}
        return {"message_id": 7, "date": 1795317750, "chat": chat, "from": self._person(person), "text": text}

    def _pressed(self, person: int, under: Screen, payload: str) -> dict[str, Any]:
        shown = pack(under)
        keyboard = [[{"text": label, "callback_data": data} for label, data, _ in row] for row in shown.rows]
        text = "".join(piece if isinstance(piece, str) else piece[1] for piece in shown.text)
        message = self.typed(person, text) | {
            "from": {"id": 7_000_001, "is_bot": True, "first_name": "Jobline", "username": "jobline_bot"},
            "reply_markup": {"inline_keyboard": keyboard},
        }
        press = {"id": str(next(self._numbers)), "from": self._person(person), "chat_instance": "1", "data": payload}
        return {"callback_query": press | {"message": message}}
