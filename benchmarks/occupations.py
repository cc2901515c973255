"""What it costs to find an occupation by somebody's words, and to read the catalogue.

    python -m benchmarks.occupations [--quick]

Words of the catalogue are asked for in six languages as they stand, with one slip and two, on the wrong keyboard, and with words around
them. The floor is what any forgiving search does at least once: one pass of rapidfuzz over the catalogue's words, for the same question.
"""

import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from benchmarks.measuring import Verdict, quick, run_of
from services.folding import words
from services.keyboards import retyped
from services.occupation_files import read_catalogue
from services.occupations import load_occupations

CATALOGUE = Path(__file__).resolve().parent.parent / "locales" / "occupations"
LAYOUT_OF = {"ru": "ru", "kk": "kk", "ar": "ar"}
AROUND = {
    "en": "I worked as {} for ten years",
    "ru": "я много лет работала {} на заводе",
    "kk": "бұрын {} болып жұмыс істедім",
    "es": "trabajé de {} en una empresa",
    "fr": "je travaillais comme {} à l’usine",
    "ar": "كنت أعمل {} في شركة",
}
MILLI = 1e3


class Question(NamedTuple):
    """What somebody types, in which language, and how it was disfigured."""

    text: str
    language: str
    kind: str


def slipped(phrase: str, dice: random.Random) -> str:
    """One letter missing, doubled, or swapped with the next."""
    place = dice.randrange(len(phrase))
    before, letter, after = phrase[:place], phrase[place], phrase[place + 1 :]
    return dice.choice([before + after, before + letter * 2 + after, before + after[:1] + letter + after[1:]])


def mistyped(phrase: str, language: str) -> str:
    """The same keys on the layout most often left on by mistake."""
    layout = LAYOUT_OF.get(language, "latin")
    return retyped(phrase, layout, "ru" if layout == "latin" else "latin")


def questions(each: int) -> Iterator[Question]:
    """Draw phrases of every language, each disfigured in one way."""
    dice = random.Random(3)  # noqa: S311  # the same questions every time, no secret
    for language, file in read_catalogue(CATALOGUE).items():
        phrases = [phrase.strip() for line in file.lines.values() for phrase in (line.title, *line.words.split(","))]
        for phrase in dice.sample([phrase for phrase in phrases if len(phrase) >= 5], each):
            yield Question(phrase, language, "as it stands")
            yield Question(slipped(phrase, dice), language, "one slip")
            yield Question(slipped(slipped(phrase, dice), dice), language, "two slips")
            yield Question(mistyped(phrase, language), language, "wrong keyboard")
            yield Question(AROUND[language].format(phrase), language, "words around it")


def took(ask: Callable[[], object]) -> float:
    """Give the milliseconds of CPU of one call: a search waits for nothing, and other work on the machine is no part of it."""
    begun = time.thread_time()
    ask()
    return (time.thread_time() - begun) * MILLI


def tail(times: list[float]) -> float:
    """Give the 95th percentile."""
    return quantiles(times, n=20)[-1]


def measure() -> list[Verdict]:
    """Ask every question of ours and of the floor, one after the other."""
    with run_of("occupations found by words"):
        loads = [took(partial(load_occupations, CATALOGUE)) for _ in range(5 if quick() else 15)]
        occupations = load_occupations(CATALOGUE)
        texts = [file.file.text for file in read_catalogue(CATALOGUE).values()]
        vocabulary = sorted({word for text in texts for word in words(text)})
        asked = list(questions(40 if quick() else 200))
        ours: dict[str, list[float]] = {}
        floor: list[float] = []
        for text, language, kind in asked:
            floor.append(took(partial(process.extract, text, vocabulary, scorer=OSA.distance, score_cutoff=3)))
            ours.setdefault(kind, []).append(took(partial(occupations.find, text, language)))
        every = [spent for times in ours.values() for spent in times]
        print(f"{len(occupations.codes)} occupations, {len(vocabulary):,} words, {len(asked):,} questions")
        print(f"{'CPU':24}{'p50 ms':>8}{'p95 ms':>8}{'p50 x floor':>13}{'p95 x floor':>13}")
        for kind, times in {"floor: one pass": floor, **ours, "all of ours": every}.items():
            ratios = f"{median(times) / median(floor):13.2f}{tail(times) / tail(floor):13.2f}"
            print(f"{kind:24}{median(times):8.2f}{tail(times):8.2f}{ratios}")
        results = [
            Verdict("I3", "p95 of a search", tail(every), 5.0, " ms"),
            Verdict("I3", "p95 of a search over p95 of one pass over all words", tail(every) / tail(floor), 5.0),
            Verdict("I3", "reading the catalogue and its index", median(loads), 60.0, " ms"),
        ]
        print(*results, sep="\n")
    return results


if __name__ == "__main__":
    measure()
