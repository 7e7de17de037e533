"""Log lines: no secret by value or by shape, in any style, tracebacks included."""

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.observability.logs import JsonFormatter, Trace, current_trace, new_trace
from bot.observability.redaction import Redactor

CANARY = "canary-value-1234"
TOKEN_SHAPED = "a" * 24 + "." + "b" * 6 + "." + "c" * 27


def record_of(message: str, *arguments: object, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("test", logging.INFO, __file__, 1, message, arguments, info)


@pytest.mark.parametrize(
    "text",
    [
        f"key is {CANARY}",
        f"token {TOKEN_SHAPED}",
        "https://user:pa55word@host/path",
        "GET /search?api_key=abcdef&q=cats",
        "Authorization: Bearer abcdefghijklmnop1234",
    ],
)
def test_secrets_are_hidden(text: str) -> None:
    cleaned = Redactor([CANARY]).clean(text)
    assert "[hidden]" in cleaned
    for secret in (CANARY, TOKEN_SHAPED, "pa55word", "abcdef&", "abcdefghijklmnop1234"):
        assert secret not in cleaned


def test_the_rest_of_a_line_stays() -> None:
    assert Redactor([CANARY]).clean("GET /images/search?q=cats 200") == "GET /images/search?q=cats 200"


def test_a_traceback_is_cleaned_too() -> None:
    record = record_of("failed for %s", CANARY, error=ValueError(f"refused {CANARY}"))
    assert Redactor([CANARY]).filter(record)
    line = json.loads(JsonFormatter().format(record))
    assert line["message"] == "failed for [hidden]"
    assert "ValueError: refused [hidden]" in line["error"]
    assert CANARY not in json.dumps(line)


@given(st.text(), st.text(min_size=6, max_size=20).filter(lambda s: s.strip() and s not in "[hidden]"))
def test_a_known_secret_never_comes_through(around: str, secret: str) -> None:
    assert secret not in Redactor([secret]).clean(f"{around} {secret} {around}").replace("[hidden]", "")


def test_a_line_carries_the_trace_of_what_caused_it() -> None:
    trace = new_trace()
    record = record_of("hello")
    assert Trace().filter(record)
    assert json.loads(JsonFormatter().format(record))["trace"] == trace == current_trace()
