"""Parameters in every dress, and in rags."""

import pytest

from channels.messenger.errors import BotApiError
from channels.messenger.wire import Params, read_params


def test_values_count_as_what_they_mean() -> None:
    params = Params({"a": 5, "b": "7", "c": "x", "d": "", "e": True, "f": "True", "g": None, "h": "[1]", "i": [2]})
    assert [params.integer(name) for name in "abcdgz"] == [5, 7, 0, 0, 0, 0]
    assert [params.text(name) for name in "abgz"] == ["5", "7", "", ""]
    assert [params.flag(name) for name in "efcz"] == [True, True, False, False]
    assert [params.structure(name) for name in "hidz"] == [[1], [2], None, None]
    with pytest.raises(BotApiError, match="x is empty"):
        params.number("x")


@pytest.mark.parametrize("body", [b"{", b"[1]", b"[" * 200_000])
def test_broken_json_is_a_bad_request(body: bytes) -> None:
    with pytest.raises(BotApiError, match="can't parse JSON object"):
        read_params(b"", "application/json", body)


def test_deep_nesting_in_a_form_is_a_bad_request() -> None:
    with pytest.raises(BotApiError, match="can't parse reply_markup JSON object"):
        Params({"reply_markup": "[" * 200_000}).structure("reply_markup")


def test_the_body_wins_over_the_query() -> None:
    assert read_params(b"a=1&b=2", "application/x-www-form-urlencoded", b"a=3&c=%D1%8F").values == {
        "a": "3",
        "b": "2",
        "c": "я",
    }


def test_multipart_carries_texts_and_files() -> None:
    body = (
        b'--B\r\nContent-Disposition: form-data; name="a"\r\n\r\nline\r\nline\r\n'
        b'--B\r\nContent-Disposition: form-data; name="f"; filename="x.bin"\r\nContent-Type: image/png\r\n\r\n\x00\xff\r\n'
        b"--B--\r\n"
    )
    params = read_params(b"", 'multipart/form-data; boundary="B"', body)
    assert params.values == {"a": "line\r\nline"}
    upload = params.upload("f")
    assert upload is not None
    assert (upload.name, upload.mime, upload.content) == ("x.bin", "image/png", b"\x00\xff")
    assert Params({"document": "attach://f"}, params.uploads).upload("document") == upload
    with pytest.raises(BotApiError, match="boundary is missing"):
        read_params(b"", "multipart/form-data", body)
