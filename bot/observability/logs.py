"""Log lines for people or programs: every line has the trace id of what caused it; none has a secret or a search."""

import contextvars
import json
import logging
import random
from collections.abc import Iterable

import stamina

from .redaction import Redactor

_trace: contextvars.ContextVar[str] = contextvars.ContextVar("trace", default="-")


def new_trace() -> str:
    """Begin a new trace in this context and return its id: eight characters to quote in a report."""
    trace = f"{random.getrandbits(32):08x}"  # no secret: one would cost a system call
    _trace.set(trace)
    return trace


def current_trace() -> str:
    """Return the id of the running trace, ``-`` outside of any."""
    return _trace.get()


class Trace(logging.Filter):
    """Adds the id of the current trace to every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add it; nothing is dropped."""
        record.trace = current_trace()
        return True


class LostUnasked(logging.Filter):
    """Drops what asyncio says of a connection that was lost while nobody waited for it any more.

    Who had waited was told in time. asyncpg leaves one such future, with a traceback, for each connection that a frozen
    server does not complete.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the record is anything else."""
        error = record.exc_info[1] if record.exc_info else None
        unasked = record.getMessage().startswith("Future exception was never retrieved")
        return not (record.name == "asyncio" and unasked and isinstance(error, ConnectionError))


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, trace, message, and the traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "trace": getattr(record, "trace", "-"),
            "message": record.getMessage(),
        }
        if record.exc_text:
            line["error"] = record.exc_text
        return json.dumps(line, ensure_ascii=False)


QUIET = ("aiohttp.access", "alembic", "discord.gateway", "faiss", "sqlalchemy")
"""Libraries of which only warnings are logged."""
OURS = ("bot", "cogs")
SILENT = ("asyncpg.pool",)
"""Libraries of which only errors are logged: it warns with a traceback at every try of a server that is gone."""


def set_up_logging(level: str, style: str, known_secrets: Iterable[str]) -> None:
    """Send the log to standard error in the style ``plain`` or ``json``.

    DEBUG is for Magpie's own lines. Those of libraries hold requests, events and statements whole, and with them what
    people asked and the tokens of interactions, so libraries start at INFO.
    """
    handler = logging.StreamHandler()
    handler.addFilter(LostUnasked())
    handler.addFilter(Trace())
    handler.addFilter(Redactor(known_secrets))
    plain = logging.Formatter("%(asctime)s %(levelname)-7s %(trace)s %(name)s: %(message)s")
    handler.setFormatter(JsonFormatter() if style == "json" else plain)
    wanted = logging.getLevelNamesMapping()[level]
    logging.basicConfig(level=max(wanted, logging.INFO), handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(wanted)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(wanted, logging.WARNING))
    for name in SILENT:
        logging.getLogger(name).setLevel(logging.ERROR)
    stamina.instrumentation.set_on_retry_hooks([])  # who tries again says so, with what and why
