"""The table of error answers: each row is hit, and the sentences that Telegram really says mean what we think."""

import pytest

from channels.outcomes import (
    TABLE,
    Conflict,
    Later,
    Malformed,
    Moved,
    Outcome,
    Refused,
    RightsMissing,
    Row,
    TooOld,
    TopicLost,
    Unauthorized,
    Unchanged,
    Uneditable,
    Unknown,
    Unreachable,
    classify,
)

REAL: list[tuple[int, str, Outcome]] = [
    (400, "Bad Request: message is not modified: specified new message content is the same", Unchanged()),
    (400, "Bad Request: TOPIC_NOT_MODIFIED", Unchanged()),
    (400, "Bad Request: message to delete not found", Unchanged()),
    (400, "Bad Request: query is too old and response timeout expired or query ID is invalid", TooOld()),
    (400, "Bad Request: QUERY_ID_INVALID", TooOld()),
    (400, "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 0", Malformed()),
    (400, "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"", Malformed()),
    (400, "Bad Request: ENTITIES_TOO_LONG", Malformed()),
    (400, "Bad Request: message to edit not found", Uneditable()),
    (400, "Bad Request: message can't be edited", Uneditable()),
    (400, "Bad Request: MESSAGE_ID_INVALID", Uneditable()),
    (400, "Bad Request: there is no text in the message to edit", Uneditable()),
    (400, "Bad Request: message thread not found", TopicLost()),
    (400, "Bad Request: TOPIC_DELETED", TopicLost()),
    (400, "Bad Request: TOPIC_ID_INVALID", TopicLost()),
    (400, "Bad Request: TOPIC_CLOSED", RightsMissing("topic_closed")),
    (400, "Bad Request: the chat is not a forum", RightsMissing("not_a_forum")),
    (403, "Forbidden: bot was blocked by the user", Unreachable("blocked")),
    (400, "Bad Request: USER_IS_BLOCKED", Unreachable("blocked")),
    (403, "Forbidden: bot can't send messages to the user", Unreachable("blocked")),
    (403, "Forbidden: user is deactivated", Unreachable("deactivated")),
    (400, "Bad Request: INPUT_USER_DEACTIVATED", Unreachable("deactivated")),
    (403, "Forbidden: bot was kicked from the supergroup chat", Unreachable("kicked")),
    (403, "Forbidden: bot was kicked from the group chat", Unreachable("kicked")),
    (403, "Forbidden: bot is not a member of the supergroup chat", Unreachable("kicked")),
    (403, "Forbidden: the group chat was deleted", Unreachable("chat_not_found")),
    (403, "Forbidden: bot can't initiate conversation with a user", Unreachable("chat_not_found")),
    (400, "Bad Request: chat not found", Unreachable("chat_not_found")),
    (400, "Bad Request: PEER_ID_INVALID", Unreachable("chat_not_found")),
    (400, "Bad Request: group chat was deactivated", Unreachable("chat_not_found")),
    (403, "Forbidden: bot can't send messages to bots", Refused("to_a_bot")),
    (400, "Bad Request: not enough rights to create a topic", RightsMissing("topics")),
    (400, "Bad Request: not enough rights to send text messages to the chat", RightsMissing("rights")),
    (400, "Bad Request: have no rights to send a message", RightsMissing("rights")),
    (400, "Bad Request: CHAT_ADMIN_REQUIRED", RightsMissing("administrator")),
    (403, "Forbidden: CHAT_WRITE_FORBIDDEN", RightsMissing("write")),
    (400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN", RightsMissing("write")),
    (400, "Bad Request: message text is empty", Refused("empty")),
    (400, "Bad Request: text must be non-empty", Refused("empty")),
    (400, "Bad Request: message is too long", Refused("too_long")),
    (400, "Bad Request: message caption is too long", Refused("too_long")),
    (400, "Bad Request: BUTTON_DATA_INVALID", Refused("keyboard")),
    (400, "Bad Request: inline keyboard button URL 'x' is invalid: Unsupported URL protocol", Refused("keyboard")),
    (400, "Bad Request: reply markup is too long", Refused("keyboard")),
    (400, "Bad Request: message to be replied not found", Refused("reply_gone")),
    (400, "Bad Request: message to copy not found", Refused("source_gone")),
    (400, "Bad Request: message can't be deleted for everyone", Refused("undeletable")),
    (400, "Bad Request: chat_id is empty", Refused("no_chat")),
    (400, "Bad Request: strings must be encoded in UTF-8", Refused("encoding")),
    (400, "Bad Request: file must be non-empty", Refused("file")),
    (400, "Bad Request: wrong file identifier/HTTP URL specified", Refused("file")),
    (400, "Bad Request: BOT_COMMAND_INVALID", Refused("commands")),
    (400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook", Refused("webhook")),
    (404, "Not Found: method not found", Refused("no_such_method")),
    (413, "Request Entity Too Large", Refused("too_large")),
    (400, "Logged out", Unauthorized()),
    (401, "Unauthorized", Unauthorized()),
    (404, "Not Found", Unauthorized()),
    (409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", Conflict()),
    (409, "Conflict: can't use getUpdates method while webhook is active", Conflict()),
    (302, "", Later(1.0, "server")),
    (429, "Too Many Requests: retry after 35", Later(35.0, "chat")),
    (429, "", Later(5.0, "chat")),
    (500, "Internal Server Error: restart", Unknown("server_500")),
    (502, "", Unknown("server_502")),
    (504, "Gateway Timeout", Unknown("server_504")),
    (400, "Bad Request: some error of the year 2031", Refused("unlisted")),
    (403, "Forbidden: for a reason nobody has seen", Refused("unlisted")),
    (418, "I'm a teapot", Refused("unlisted")),
]  # fmt: skip

ROWS = [f"{sorted(row.codes)} {row.said.pattern}" for row in TABLE]


@pytest.mark.parametrize(("code", "said", "means"), REAL, ids=[f"{code} {said}" for code, said, _ in REAL])
def test_what_telegram_really_says(code: int, said: str, means: Outcome) -> None:
    assert classify(code, said) == means
    assert classify(code, said.upper()) == means


@pytest.mark.parametrize("row", TABLE, ids=ROWS)
def test_each_row_is_the_one_that_decides_for_some_real_sentence(row: Row) -> None:
    decided = [
        said
        for code, said, means in REAL
        if next((r for r in TABLE if code in r.codes and r.said.search(said)), None) is row and means == row.means
    ]

    assert decided, "no real sentence is decided by this row: it is unproven or unreachable"


def test_the_parameters_win_over_the_words() -> None:
    assert classify(400, "chat not found", {"migrate_to_chat_id": -100123}) == Moved(-100123)
    assert classify(429, "Too Many Requests: retry after 35", {"retry_after": 3}) == Later(3.0, "chat")
    assert classify(429, "", {"retry_after": "soon"}) == Later(5.0, "chat")


def test_a_word_of_a_row_means_nothing_under_another_code() -> None:
    assert classify(418, "bot was blocked by the user") == Refused("unlisted")


def test_the_bots_own_deactivation_is_not_the_persons() -> None:
    assert classify(401, "USER_DEACTIVATED") == Unauthorized()


@pytest.mark.parametrize("row", TABLE, ids=ROWS)
def test_reasons_are_codes_and_never_sentences(row: Row) -> None:
    reason = getattr(row.means, "reason", "code")

    assert reason.replace("_", "").isalnum()
    assert reason == reason.lower()
