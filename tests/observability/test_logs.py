"""Log lines: no secret by value or by shape, and nothing that people asked, in any style, tracebacks included."""

import asyncio
import gc
import json
import logging
import socket
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from bot.observability.logs import QUIET, JsonFormatter, LostUnasked, Trace, current_trace, new_trace, set_up_logging
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


@pytest.mark.parametrize(("error", "lines"), [(ConnectionError("lost"), 0), (ValueError("a fault of ours"), 1)])
async def test_a_connection_that_is_lost_when_nobody_waits_any_more_is_no_line(
    caplog: pytest.LogCaptureFixture, error: Exception, lines: int
) -> None:
    with caplog.filtering(LostUnasked()):
        future = asyncio.get_running_loop().create_future()
        future.set_exception(error)
        del future  # asyncio tells of it now
        gc.collect(0)
    assert caplog.text.count("was never retrieved") == lines


def test_the_rest_of_a_line_stays() -> None:
    assert Redactor([CANARY]).clean("GET /images/search?q=cats 200") == "GET /images/search?q=cats 200"


def test_discords_error_codes_stay() -> None:
    said = "404 Not Found (error code: 10003): Unknown Channel; 403 Forbidden (error code: 50013): Missing Permissions"
    assert Redactor([CANARY]).clean(said) == said


def test_a_traceback_is_cleaned_too() -> None:
    record = record_of("failed for %s", CANARY, error=ValueError(f"refused {CANARY}"))
    assert Redactor([CANARY]).filter(record)
    line = json.loads(JsonFormatter().format(record))
    assert line["message"] == "failed for [hidden]"
    assert line["error"].endswith("ValueError")
    assert CANARY not in json.dumps(line)


@given(st.text(), st.text(min_size=6, max_size=20).filter(lambda s: s.strip() and s not in "[hidden]"))
def test_a_known_secret_never_comes_through(around: str, secret: str) -> None:
    assert secret not in Redactor([secret]).clean(f"{around} {secret} {around}").replace("[hidden]", "")


def test_a_line_carries_the_trace_of_what_caused_it() -> None:
    trace = new_trace()
    record = record_of("hello")
    assert Trace().filter(record)
    assert json.loads(JsonFormatter().format(record))["trace"] == trace == current_trace()


WORDS, PERSON = "canaryquery", 912345678901234567


class _FromALibrary(Exception):
    """Its text may be anything."""


def _database_error() -> Exception:
    engine = create_engine("sqlite://", hide_parameters=True)
    try:
        with engine.connect() as connection:
            connection.execute(
                text("INSERT INTO searches VALUES (:words, :person)"), {"words": WORDS, "person": PERSON}
            )
    except SQLAlchemyError as error:
        return error
    raise AssertionError("there is no such table")


def _validation_error() -> Exception:
    try:
        TypeAdapter(int).validate_python(WORDS)
    except ValidationError as error:
        return error
    raise AssertionError("that is no number")


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (_FromALibrary(f"cannot find {WORDS}"), "_FromALibrary"),
        (KeyError(WORDS), "KeyError"),
        (ValueError(f"{WORDS} by {PERSON}"), "ValueError"),
        (FileNotFoundError(2, "gone", f"/tmp/{WORDS}.png"), "FileNotFoundError: No such file or directory"),
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "gaierror: Name or service not known"),
        (sqlite3.OperationalError(f'fts5: syntax error near "{WORDS}"'), "OperationalError"),
        (_validation_error(), "ValidationError"),
        (_database_error(), "SQLITE_ERROR; INSERT INTO searches VALUES (?, ?)"),
        (ExceptionGroup(WORDS, [KeyError(WORDS), AttributeError("no attribute x")]), "AttributeError: no attribute x"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_is_told_without_what_was_asked(error: Exception, what: str) -> None:
    def fail() -> None:
        raise error

    try:
        try:
            fail()
        except Exception as cause:
            raise RuntimeError("it went wrong") from cause
    except RuntimeError as caught:
        record = record_of("failed: %s", error, error=caught)
    assert Redactor().filter(record)
    line = JsonFormatter().format(record)
    assert what in json.loads(line)["error"]
    assert "it went wrong" in line
    assert "test_logs.py" in line
    assert WORDS not in line
    assert str(PERSON) not in line


@pytest.mark.parametrize(
    "message",
    [
        f"rate limited: POST https://discord.com/api/v10/webhooks/{PERSON}/aW50ZXJhY3Rpb246c2VjcmV0/messages/@original",
        f"PUT /channels/{PERSON}/messages/{PERSON}/reactions",
        f"no answer for {PERSON}.",
    ],
)
def test_ids_and_the_tokens_of_interactions_are_hidden(message: str) -> None:
    cleaned = Redactor().clean(message)
    assert str(PERSON) not in cleaned
    assert "aW50ZXJhY3Rpb246c2VjcmV0" not in cleaned


def test_a_trace_id_of_the_endpoint_stays_whole_though_it_has_as_many_digits_in_a_row() -> None:
    line = "Unavailable: too slow, trace C3C8E27D1234567890123456EA8A7DC3"
    assert Redactor().clean(line) == line
    assert Redactor().clean("trace C3C8E27D, user A123456789012345678F") == "trace C3C8E27D, user A[id]F"


def test_the_error_of_a_forgotten_task_is_told_without_its_text() -> None:
    record = record_of("Task exception was never retrieved\nfuture: <Task finished exception=ValueError('%s')>", WORDS)
    record.name = "asyncio"
    Redactor().filter(record)
    assert "exception=ValueError" in record.getMessage()
    assert WORDS not in record.getMessage()


@pytest.mark.parametrize(("level", "ours", "others"), [("DEBUG", 10, 20), ("INFO", 20, 20), ("ERROR", 40, 40)])
def test_libraries_never_log_at_debug(level: str, ours: int, others: int) -> None:
    root, names = logging.getLogger(), ("bot", "cogs", *QUIET)
    before = (root.level, root.handlers[:], {name: logging.getLogger(name).level for name in names})
    try:
        set_up_logging(level, "plain", ())
        assert logging.getLogger("bot.discord_ui.sessions.service").getEffectiveLevel() == ours
        for name in ("discord.http", "discord.webhook.async_", "aiosqlite", "asyncio", "aiohttp.client"):
            assert logging.getLogger(name).getEffectiveLevel() == others
        assert logging.getLogger("aiohttp.access").getEffectiveLevel() >= logging.WARNING
    finally:
        root.setLevel(before[0])
        root.handlers[:] = before[1]
        for name, was in before[2].items():
            logging.getLogger(name).setLevel(was)
