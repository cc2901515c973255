"""Keyboards: what may be attached, and what comes back."""

from typing import Any

import pytest

from channels.messenger.errors import BotApiError
from channels.messenger.keyboards import read_markup


def button(**facts: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "A", **facts}]]}


@pytest.mark.parametrize(
    "given",
    [
        button(callback_data="x" * 64),
        button(url="https://a.b"),
        button(copy_text={"text": "1"}),
        button(callback_data="x", style="primary"),
    ],
)
def test_inline_buttons_come_back_as_they_were(given: dict[str, Any]) -> None:
    assert read_markup(given, private=True).inline == given


@pytest.mark.parametrize("given", [None, "", {}, {"inline_keyboard": []}, {"inline_keyboard": [[]]}, {"odd": 1}])
def test_nothing_is_no_keyboard(given: object) -> None:
    markup = read_markup(given, private=True)
    assert (markup.inline, markup.keyboard) == (None, None)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ([], ""),
        (["x"], "object expected as reply markup"),
        ({"inline_keyboard": "x"}, "can't parse keyboard: an Array of Array of buttons expected"),
        ({"inline_keyboard": [["x"]]}, "can't parse inline keyboard button: expected an Object"),
        (button(text=" ", url="https://a.b"), "can't parse inline keyboard button: text must be non-empty"),
        (button(), "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        (button(callback_data="x" * 65), "BUTTON_DATA_INVALID"),
        (button(callback_data=5), "BUTTON_DATA_INVALID"),
        (button(url="not a url"), "inline keyboard button URL 'not a url' is invalid: wrong HTTP URL"),
        ({"keyboard": []}, "can't parse reply keyboard: keyboard is empty"),
        ({"keyboard": [[{}]]}, "can't parse keyboard button: text must be non-empty"),
        ({"keyboard": [[{"text": "x", "request_location": True}]]}, "location can be requested in private chats only"),
    ],
)
def test_refusals(given: object, reason: str) -> None:
    if not reason:
        assert read_markup(given, private=False).inline is None
        return
    with pytest.raises(BotApiError) as refused:
        read_markup(given, private=False)
    assert refused.value.description == f"Bad Request: {reason}"


@pytest.mark.parametrize(
    "given",
    [
        {"keyboard": [[{"text": "Phone", "request_contact": True}], [{"text": "No"}]], "resize_keyboard": True},
        {"remove_keyboard": True},
        {"force_reply": True, "input_field_placeholder": "Name"},
    ],
)
def test_orders_to_the_phone(given: dict[str, Any]) -> None:
    assert read_markup(given, private=True).keyboard == given


def test_plain_words_are_buttons_too() -> None:
    assert read_markup({"keyboard": [["Yes"]]}, private=True).keyboard == {"keyboard": [[{"text": "Yes"}]]}
