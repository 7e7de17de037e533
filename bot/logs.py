"""Log lines for people or programs: every line has the trace id of what caused it, none has a secret."""

import contextvars
import json
import logging
import re
import secrets
from collections.abc import Iterable

_trace: contextvars.ContextVar[str] = contextvars.ContextVar("trace", default="-")

_SHAPES = (
    re.compile(r"[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"),  # a Discord bot token
    re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"),  # user and password in an address
    re.compile(r"(?i)(?<=[?&])(?:api_?key|key|token|access_token|subscription-key)=[^&\s'\"]+"),
    re.compile(r"(?i)(?:Bearer|Bot|Api-Key)\s+[A-Za-z0-9._~+/=-]{16,}"),
)
_HIDDEN = "[hidden]"


def new_trace() -> str:
    """Begin a new trace in this context and return its id: eight characters to quote in a report."""
    trace = secrets.token_hex(4)
    _trace.set(trace)
    return trace


def current_trace() -> str:
    """Return the id of the running trace, ``-`` outside of any."""
    return _trace.get()


class Redactor(logging.Filter):
    """Takes known secrets and whatever is shaped like one out of every line, tracebacks included."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        super().__init__()
        self._known = tuple(sorted((value for value in known if len(value) >= 4), key=len, reverse=True))  # noqa: PLR2004 (shorter would blank ordinary words)

    def clean(self, text: str) -> str:
        """Return the text without secrets."""
        for value in self._known:
            text = text.replace(value, _HIDDEN)
        for shape in _SHAPES:
            text = shape.sub(_HIDDEN, text)
        return text

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the record in place; nothing is dropped."""
        record.trace = current_trace()
        record.msg = self.clean(record.getMessage())
        record.args = None
        if record.exc_info:
            record.exc_text = self.clean(logging.Formatter().formatException(record.exc_info))
        return True


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


def set_up_logging(level: str, style: str, known_secrets: Iterable[str]) -> None:
    """Send the log to standard error in the style ``plain`` or ``json``."""
    handler = logging.StreamHandler()
    handler.addFilter(Redactor(known_secrets))
    plain = logging.Formatter("%(asctime)s %(levelname)-7s %(trace)s %(name)s: %(message)s")
    handler.setFormatter(JsonFormatter() if style == "json" else plain)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in ("alembic", "discord.gateway", "faiss"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
