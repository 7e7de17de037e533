"""Names of controls: ``mg:<session>:<action>``, at most 100 characters, so that a control outlives a restart."""

import re
import secrets
from typing import NamedTuple

from bot.bing_v7 import SafeSearch

PREFIX = "mg"
_SAFETY = "safety-"
TEMPLATE = re.compile(
    rf"{PREFIX}:(?P<session>[A-Za-z0-9_-]{{8,32}})(?:\+(?P<panel>[0-9]{{1,6}}-[0-9a-f]{{8}}))?"
    r":(?P<action>[a-z-]+)(?::(?P<argument>[^:]{1,40}))?"
)


class Control(NamedTuple):
    """The parts of a custom id: session, action, argument, and the page that a panel was opened for."""

    session: str
    action: str
    argument: str | None = None
    panel: str | None = None

    @property
    def owner(self) -> str:
        """The session as its controls name it, so that what they open belongs to the same panel."""
        return panel_of(self.session, self.panel) if self.panel else self.session

    @property
    def number(self) -> int | None:
        """The argument as a number, None if it is none."""
        return int(self.argument) if self.argument and self.argument.isdecimal() and len(self.argument) < 8 else None  # noqa: PLR2004 (no list is that long)


def new_session_id() -> str:
    """Return a new session id that cannot be guessed."""
    return secrets.token_urlsafe(12)


def panel_of(session: str, page: str) -> str:
    """Return how the controls of a panel name their session; ``page`` is the page that the panel was opened for."""
    return f"{session}+{page}"


def custom_id(session: str, action: str) -> str:
    """Return the custom_id of a control; ``action`` may carry an argument after a colon."""
    return f"{PREFIX}:{session}:{action}"


def safety_owner(target_id: int) -> str:
    """Return what a safety panel's controls name in place of a session: the channel, category or server it is about."""
    return f"{_SAFETY}{target_id}"


def safety_target(session: str) -> int | None:
    """Return the channel, category or server of a safety panel's control, None for a control of a session."""
    number = session.removeprefix(_SAFETY)
    return int(number) if number != session and number.isdecimal() else None


def window_id(name: str, own: SafeSearch | None, *more: str) -> str:
    """Return the custom_id of a window that a command opens: its name, the person's own level, what else was asked."""
    return ":".join((name, own.value if own else "", *more))


def level_in(window: str) -> SafeSearch | None:
    """Return the level in a custom_id of ``window_id()``; an unknown level counts as Strict."""
    _, _, rest = window.partition(":")
    level = rest.partition(":")[0]
    if not level:
        return None
    return SafeSearch(level) if level in set(SafeSearch) else SafeSearch.STRICT


def read_custom_id(text: str) -> Control | None:
    """Read a custom_id, None if it is not one of ours."""
    found = TEMPLATE.fullmatch(text)
    return Control(found["session"], found["action"], found["argument"], found["panel"]) if found else None
