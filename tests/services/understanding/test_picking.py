"""Words that end the choosing of several answers."""

import pytest

from services.understanding.picking import Picking, read_picking
from services.understanding.spelling import LONGEST


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("en", "Done!", Picking.DONE),
        ("en", "ready", Picking.DONE),
        ("en", "next", Picking.ONWARD),
        ("en", "none of these", Picking.NOTHING),
        ("ru", "это всё", Picking.DONE),
        ("ru", "дальше", Picking.ONWARD),
        ("ru", "ничево", Picking.NOTHING),
        ("ru", "нет, ничего", Picking.NOTHING),
        ("kk", "дайын", Picking.DONE),
        ("kk", "болды", Picking.ONWARD),
        ("kk", "жок", Picking.NOTHING),
        ("es", "nada más", Picking.DONE),
        ("es", "no, nada", Picking.NOTHING),
        ("fr", "c'est tout", Picking.DONE),
        ("fr", "je n’ai rien", Picking.NOTHING),
        ("ar", "هذا كل شيء", Picking.DONE),
        ("ar", "ما عندي شي", Picking.NOTHING),
        ("en", "-", Picking.NOTHING),
        ("en", "готово", Picking.DONE),
    ],
)
def test_the_end_of_choosing(language: str, typed: str, meant: Picking) -> None:
    assert read_picking(typed, language) is meant


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("ru", "все"),
        ("ru", "ничего, кроме компьютера"),
        ("ru", "нет прав"),
        ("en", "no stairs"),
        ("en", "1, 3"),
        ("kk", "толық"),
        ("en", ""),
        ("en", "done " * LONGEST),
    ],
)
def test_other_answers_end_nothing(language: str, typed: str) -> None:
    assert read_picking(typed, language) is None
