"""Finding the reviewed answer to a typed question.

BM25 over the letters of words (3- to 5-grams) forgives endings and slips in every language alike, Kazakh included,
which has no stemmer. The person's language is asked first; another one answers only where it knows clearly more.
Judge its thresholds by the probe in the tests before changing them.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.folding import words
from services.pack_models import Answer, AnswerText, Pack

SHORTEST, LONGEST = 3, 5
SATURATION = 1.2
LENGTH_WEIGHT = 0.5
BODY_WEIGHT = 0.25
QUESTION_WEIGHT = 1.0
FOREIGN_LANGUAGE = 0.85
GOOD_ENOUGH = 0.33

_POLITE = frozenset(
    words(
        "hello hi hey please tell me thanks thank you could"
        " привет здравствуйте добрый день подскажите скажите расскажите пожалуйста спасибо"
        " сәлем сәлеметсіз бе айтыңызшы айтып беріңізші өтінемін рахмет"
    )
)


@dataclass(frozen=True, slots=True)
class Hit:
    """An answer found, and how well it fits; scores compare within one search only."""

    slug: str
    score: float


@dataclass(frozen=True, slots=True)
class Unit:
    """One searchable text of an answer: its question, a variant, or its body."""

    answer: int
    weight: float
    grams: Counter[str]


class LanguageIndex:
    """The texts of one language: which letters stand where, and how telling they are."""

    def __init__(self, units: list[Unit]) -> None:
        self._units = units
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        length = sum(unit.grams.total() for unit in units) / len(units)
        for place, unit in enumerate(units):
            norm = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * unit.grams.total() / length)
            for gram, times in unit.grams.items():
                self._postings[gram].append((place, times * (SATURATION + 1) / (times + norm)))

    def scores(self, asked: Counter[str]) -> dict[int, float]:
        """For each answer touched, how much of the question its best text covers, and a little for its body."""
        found: dict[int, float] = defaultdict(float)
        possible = 0.0
        for gram, times in asked.items():
            postings = self._postings.get(gram, ())
            telling = times * self._telling(len(postings))
            possible += telling
            for place, weight in postings:
                found[place] += telling * weight
        return self._by_answer(found, possible)

    def _telling(self, holders: int) -> float:
        return math.log(1 + (len(self._units) - holders + 0.5) / (holders + 0.5))

    def _by_answer(self, found: dict[int, float], possible: float) -> dict[int, float]:
        best: dict[int, float] = defaultdict(float)
        body: dict[int, float] = defaultdict(float)
        for place, score in found.items():
            unit = self._units[place]
            column = best if unit.weight == QUESTION_WEIGHT else body
            column[unit.answer] = max(column[unit.answer], unit.weight * score / possible)
        return {answer: best[answer] + body[answer] for answer in best.keys() | body.keys()}


class AnswerIndex:
    """Searches the answers of a pack; build it once for a pack, it never changes."""

    def __init__(self, pack: Pack) -> None:
        self._answers = pack.answers
        languages = {language for answer in pack.answers for language in answer.texts}
        self._languages = {language: LanguageIndex(_units(pack.answers, language)) for language in sorted(languages)}

    def search(self, text: str, language: str, *, today: date, limit: int = 3) -> list[Hit]:
        """Answers in force today that fit, best first; nothing where no text covers enough of the question."""
        asked = Counter(_grams(_without_courtesy(text)))
        best: dict[int, float] = defaultdict(float)
        for spoken, index in self._languages.items() if asked else ():
            trust = 1.0 if spoken == language else FOREIGN_LANGUAGE
            for answer, score in index.scores(asked).items():
                best[answer] = max(best[answer], trust * score)
        fitting = ((score, self._answers[answer]) for answer, score in best.items() if score >= GOOD_ENOUGH)
        shown = sorted((-score, answer.slug) for score, answer in fitting if answer.in_force(today))
        return [Hit(slug, -score) for score, slug in shown[:limit]]


def _units(answers: Iterable[Answer], language: str) -> list[Unit]:
    return [
        Unit(place, weight, Counter(_grams(text)))
        for place, answer in enumerate(answers)
        if language in answer.texts
        for weight, text in _weighted_texts(answer.texts[language])
    ]


def _weighted_texts(text: AnswerText) -> Iterable[tuple[float, str]]:
    yield from ((QUESTION_WEIGHT, question) for question in (text.question, *text.variants))
    lists = (text.amount, text.steps, text.documents, text.where, text.deadline)
    yield BODY_WEIGHT, " ".join((text.short, *(line for lines in lists for line in lines)))


def _without_courtesy(text: str) -> str:
    return " ".join(word for word in words(text) if word not in _POLITE)


def _grams(text: str) -> Iterable[str]:
    for word in words(text):
        bounded = f" {word} "
        for size in range(SHORTEST, LONGEST + 1):
            yield from (bounded[start : start + size] for start in range(len(bounded) - size + 1))
