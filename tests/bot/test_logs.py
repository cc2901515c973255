"""Logs hold no token, no phone, nobody's words and no traceback's values, whoever writes them."""

import contextlib
import io
import logging
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot import logs
from tests import canaries
from tests.phone import TOKEN, World

WORDS = "my employer has not paid me since the spring"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Give what the product's own set-up writes, at DEBUG; the suite's set-up comes back afterwards."""
    stream = io.StringIO()
    before = structlog.get_config()
    handlers, level = logging.getLogger().handlers[:], logging.getLogger().level
    with contextlib.redirect_stderr(stream):
        logs.configure("DEBUG")
    yield stream
    structlog.configure(**before)
    logging.getLogger().handlers[:] = handlers
    logging.getLogger().setLevel(level)


@pytest.mark.parametrize(
    "said",
    [
        f"GET https://api.telegram.org/bot{TOKEN}/getMe",
        f"{TOKEN}",
        "call +7 701 123 45 67 now",
        "call 8(701)1234567",
        canaries.PHONE,
    ],
)
def test_tokens_and_phones_are_taken_out(written: io.StringIO, said: str) -> None:
    logging.getLogger("some_library").warning("said %s", said)
    structlog.get_logger("ours").warning("event", said=said)
    lines = written.getvalue()
    assert "[token]" in lines or "[number]" in lines
    assert canaries.SECRET not in lines
    assert "1234567" not in lines
    assert "123 45 67" not in lines


def test_an_exception_is_its_type_and_its_place(written: io.StringIO) -> None:
    try:
        raise ValueError(WORDS)
    except ValueError as failure:
        structlog.get_logger("ours").error("failed", failure=failure)
        logging.getLogger("some_library").exception("library failed")
    lines = written.getvalue()
    assert WORDS not in lines
    assert "error='ValueError'" in lines
    assert "test_logs.py" in lines
    assert "error=ValueError" in lines


@given(st.text(min_size=400, max_size=800))
def test_what_is_long_enough_to_be_words_is_cut(text: str) -> None:
    assert len(logs.redact(text)) < 320


@given(st.from_regex(r"[0-9]{6,10}:[A-Za-z0-9_-]{35}", fullmatch=True), st.text(max_size=20), st.text(max_size=20))
def test_no_token_survives_wherever_it_stands(token: str, before: str, after: str) -> None:
    assert token not in logs.redact(f"{before}/{token}/{after}")


def test_a_person_is_the_same_within_a_process_and_not_their_number() -> None:
    assert logs.pseudonym(1001) == logs.pseudonym(1001)
    assert logs.pseudonym(1001) != logs.pseudonym(1002)
    assert "1001" not in logs.pseudonym(1001) or len(logs.pseudonym(1001)) == 8


def test_libraries_that_log_whole_updates_are_capped(written: io.StringIO) -> None:
    for name in ("aiogram.event", "telegram.Bot", "httpx", "aiohttp.access", "sqlalchemy.engine", "asyncio"):
        logging.getLogger(name).debug(WORDS)
        logging.getLogger(name).info(WORDS)
    assert written.getvalue() == ""


async def test_a_whole_conversation_leaves_no_word_in_the_log(
    written: io.StringIO, sqlite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.turn.PAUSES", (0.0,) * 5)
    from storage import faults

    you = sqlite_world.phone(name="Ermengarda")
    await you.say("/start")
    await you.share("contact")
    await you.say(f"/counsellor {WORDS}")
    faults.arm(f"turn.handler={WORDS}:raise")
    await you.say(WORDS)
    lines = written.getvalue()
    assert "turn_failed" in lines, "the failure itself is told"
    assert all(word not in lines for word in (WORDS, "Ermengarda", canaries.PHONE, canaries.SECRET))


def test_the_canaries_sing() -> None:
    stream = canaries.Listening()
    canaries.keep("a very private sentence")
    with contextlib.redirect_stderr(io.StringIO()):
        stream.write("event='x' said='a very private sentence'\n")
    assert len(stream.heard) == 1
    assert canaries.singing("nothing personal here") == []
