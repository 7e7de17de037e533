"""Keeps keys, ids and what people asked out of logs.

Keys go by value (those the operator gave) and by shape (what looks like one), ids of Discord by shape. What people
asked has no shape, so of an error only what cannot hold any of it is written: where it happened, and its class; its
text only where it is ours, or one of Python's own that speaks about the program (`describe_error`).
"""

import logging
import re
import sqlite3
import traceback
from collections.abc import Iterable

from bot.runtime.system_errors import cause_of

HIDDEN = "[hidden]"
ID = "[id]"
_SHORTEST_SECRET = 6
_NAMES = r"(?:api[-_]?key|access[-_]?token|client[-_]?secret|token|key|secret|password|auth|sig|signature)"
_SHAPES = (
    re.compile(r"(/(?:webhooks|interactions)/[^/\s]+/)([^/\s?'\"]+)"),  # the token of an interaction or webhook
    re.compile(r"()([\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,})"),  # a Discord bot token
    re.compile(r"(://)([^/\s:@]+:[^/\s@]+)(?=@)"),  # user and password in an address
    re.compile(rf"(?i)([?&;\s\"'{{,]{_NAMES}\"?'?\s*[=:]\s*\"?'?)([^\s&;\"'<>]+)"),
    re.compile(
        r"(?i)([?&;\s\"'{,]code\"?'?\s*[=:]\s*\"?'?)(?!\d{1,6}\b)([^\s&;\"'<>]+)"
    ),  # Discord's errors are numbers
    re.compile(r"(?i)\b((?:bearer|basic|api-key|bot)\s+)([A-Za-z0-9._~+/=-]{8,})"),
    re.compile(
        r"(?i)\b((?:authorization|ocp-apim-subscription-key|x-[a-z-]*(?:key|token|auth)[a-z-]*|cookie)[\"']?\s*[:=]\s*[\"']?)"
        r"([^\s\"',}]+)"
    ),
)

_SNOWFLAKE = re.compile(r"\b([0-9A-F]{32})\b|(?<!\d)(?<!\d\.)\d{15,20}(?!\d)")
"""An id of Discord: a user, server, channel, message or interaction; first a trace id of the endpoint, which stays."""
_EXCEPTION_IN_REPR = re.compile(r"\bexception=(\w+)\(.*")
"""How asyncio names the error of a task that nobody waited for, with the error's text."""

_ABOUT_THE_PROGRAM = frozenset(
    {AttributeError, ImportError, ModuleNotFoundError, NameError, NotImplementedError, RuntimeError, TypeError,
     UnboundLocalError}
)  # fmt: skip
"""Errors of Python whose texts name code, not what it worked on."""
_STATEMENT_SHOWN = 300


def describe_error(error: BaseException) -> str:
    """Return an error's class with as much of its text as cannot hold what people asked, or who they are.

    Our own errors say only what is fixed. Of a database's the code and the statement are named, never its parameters;
    of an operating system's the cause without the file; of Discord's the status and code.
    """
    name, text = type(error).__name__, _harmless_text(error)
    return f"{name}: {text}" if text else name


def _harmless_text(error: BaseException) -> str:
    if type(error).__module__.split(".")[0] in {"bot", "cogs"} or type(error) in _ABOUT_THE_PROGRAM:
        return str(error)
    if isinstance(error, sqlite3.Error):
        return str(getattr(error, "sqlite_errorname", ""))
    original = getattr(error, "orig", None)
    if isinstance(original, BaseException):
        statement = " ".join(str(getattr(error, "statement", None) or "").split())[:_STATEMENT_SHOWN]
        return f"{describe_error(original)}; {statement}" if statement else describe_error(original)
    if isinstance(error, OSError) and error.errno:
        return cause_of(error)
    codes = {name: getattr(error, name, None) for name in ("status", "code", "sqlstate")}
    return ", ".join(f"{name} {code}" for name, code in codes.items() if isinstance(code, int | str) and code)


def format_error(error: BaseException) -> str:
    """Return a traceback as Python prints it, the error that caused it first, each as `describe_error` says it."""
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = "".join(traceback.format_tb(current.__traceback__))
        inner = "".join(f"\n  | {describe_error(one)}" for one in getattr(current, "exceptions", ()))
        parts.append(f"Traceback (most recent call last):\n{frames}{describe_error(current)}{inner}")
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\n\nled to:\n\n".join(reversed(parts))


class Redactor(logging.Filter):
    """Replaces keys and ids in text; put on a log handler it cleans every record that passes, errors included.

    Args:
        secrets: values that must never be seen; shorter ones than six characters are ignored, because hiding
            them would hide ordinary words.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets: set[str] = set()
        self.learn(*secrets)

    def learn(self, *secrets: str | None) -> None:
        """Add values that must never be seen."""
        self._secrets.update(secret for secret in secrets if secret and len(secret) >= _SHORTEST_SECRET)

    def clean(self, text: str) -> str:
        """Return the text with every known key and everything that looks like a key or an id replaced."""
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, HIDDEN)
        for shape in _SHAPES:
            text = shape.sub(rf"\g<1>{HIDDEN}", text)
        return _SNOWFLAKE.sub(lambda found: found[1] or ID, text)

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean a log record in place; it always passes."""
        record.msg = describe_error(record.msg) if isinstance(record.msg, BaseException) else record.msg
        if isinstance(record.args, tuple):
            record.args = tuple(describe_error(one) if isinstance(one, BaseException) else one for one in record.args)
        message = record.getMessage()
        cleaned = _EXCEPTION_IN_REPR.sub(r"exception=\1", message) if record.name == "asyncio" else message
        cleaned = self.clean(cleaned)
        if cleaned != message:
            record.msg, record.args = cleaned, ()
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and not record.exc_text:
            record.exc_text = self.clean(format_error(error))
        return True
