"""The benefits desk: reviewed answers, found by menu or by one's own words, never shown past their validity."""

from dataclasses import dataclass
from datetime import date

from services.answers_search import AnswerIndex
from services.packs import Answer, Pack

CANDIDATES = 3
CLEARLY_BEST = 1.35
"""How many times better than the next the first hit must be to be shown at once."""


@dataclass(frozen=True, slots=True)
class BenefitsDesk:
    """Answers questions about income support."""

    pack: Pack
    index: AnswerIndex

    def all(self, today: date) -> list[Answer]:
        """Give every answer in force, in menu order."""
        return self.pack.answers_in_force(today)

    def answer(self, slug: str, today: date) -> Answer | None:
        """Give one answer; None when it is unknown or no longer in force."""
        found = self.pack.answer(slug)
        return found if found is not None and found.in_force(today) else None

    def ask(self, words: str, language: str, today: date) -> list[Answer]:
        """Give up to three answers that fit the words; one alone when it is clearly the best."""
        hits = self.index.search(words, language, today=today, limit=CANDIDATES)
        if len(hits) > 1 and hits[0].score > hits[1].score * CLEARLY_BEST:
            hits = hits[:1]
        answers = (self.answer(hit.slug, today) for hit in hits)
        return [answer for answer in answers if answer is not None]
