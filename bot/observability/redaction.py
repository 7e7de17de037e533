"""Keeps keys out of logs and errors: by value (the keys the operator gave) and by shape (what looks like a key)."""

import logging
import re
from collections.abc import Iterable

HIDDEN = "[hidden]"
_SHORTEST_SECRET = 6
_NAMES = r"(?:api[-_]?key|access[-_]?token|client[-_]?secret|token|key|secret|password|auth|code|sig|signature)"
_SHAPES = (
    re.compile(r"()([\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,})"),  # a Discord bot token
    re.compile(r"(://)([^/\s:@]+:[^/\s@]+)(?=@)"),  # user and password in an address
    re.compile(rf"(?i)([?&;\s\"'{{,]{_NAMES}\"?'?\s*[=:]\s*\"?'?)([^\s&;\"'<>]+)"),
    re.compile(r"(?i)\b((?:bearer|basic|api-key|bot)\s+)([A-Za-z0-9._~+/=-]{8,})"),
    re.compile(
        r"(?i)\b((?:authorization|ocp-apim-subscription-key|x-[a-z-]*(?:key|token|auth)[a-z-]*|cookie)[\"']?\s*[:=]\s*[\"']?)"
        r"([^\s\"',}]+)"
    ),
)


class Redactor(logging.Filter):
    """Replaces keys in text; put on a log handler it cleans every record that passes.

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
        """Return the text with every known key and everything that looks like one replaced."""
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, HIDDEN)
        for shape in _SHAPES:
            text = shape.sub(rf"\g<1>{HIDDEN}", text)
        return text

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean a log record in place; it always passes."""
        message = record.getMessage()
        cleaned = self.clean(message)
        if cleaned != message:
            record.msg, record.args = cleaned, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = self.clean(logging.Formatter().formatException(record.exc_info))
        return True
