"""Errors as users read them: one table from exception to message, and one way to show it with its trace id."""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
from discord import app_commands
from pydantic import ValidationError

from bot.bing_v7 import (
    Blocked,
    InvalidRequest,
    LevelNotHonoured,
    Misconfigured,
    NotSupported,
    Overloaded,
    PictureRefused,
    ProviderError,
    QuotaSpent,
    RateLimited,
    Unavailable,
)
from bot.discord_ui.model.filters import filter_words
from bot.discord_ui.model.sanitize import clean
from bot.discord_ui.render.attribution import provider_title
from bot.discord_ui.render.footer import level_words
from bot.i18n import days, enumerated, file_size, known_keys, listed, say, sentences
from bot.media.service import PicturesUnreadable
from bot.observability.logs import current_trace, new_trace
from bot.observability.redaction import describe_error
from bot.runtime.retrying import retrying
from bot.safesearch.policies import SettingsChanging, SettingsUnreadable
from bot.storage.availability import ChangeUnconfirmed
from bot.storage.sessions import PAGE_LIFETIME, StorageError

from . import responses

log = logging.getLogger(__name__)


class Expired(Exception):
    """The session of a control has expired or was deleted."""


class Outdated(Exception):
    """What a control is for has changed since it was shown, or is no longer allowed; its session goes on."""


class PageGone(Exception):
    """The message with the page was deleted while its panel was open."""


class NotYours(Exception):
    """The control is for the user who asked or a moderator."""


class ModeratorsOnly(Exception):
    """The control is for moderators; ``permission`` is the name of what they need in Discord."""

    def __init__(self, permission: str) -> None:
        super().__init__(permission)
        self.permission = permission


class TooOften(Exception):
    """A user reached the limit of ``what`` (``commands``, ``presses`` or ``hides``); ``wait`` is in seconds."""

    def __init__(self, what: str, wait: float) -> None:
        super().__init__(what)
        self.what = what
        self.wait = wait


class TooBusy(Exception):
    """Too many interactions at once, of ``whom``: ``all``, ``person`` or ``message``."""

    def __init__(self, whom: str) -> None:
        super().__init__(whom)
        self.whom = whom


class TooSlow(Exception):
    """The work took longer than its time limit and was stopped."""


class Restarting(Exception):
    """The bot is about to stop."""


class BadPageNumber(Exception):
    """Not a page number from 1 to ``pages``."""

    def __init__(self, pages: int) -> None:
        super().__init__(pages)
        self.pages = pages


class TwoSizes(Exception):
    """An exact ``side`` (width or height) was given together with a smallest or largest one."""

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self.side = side


class EmptyRange(Exception):
    """The smallest value asked for is greater than the largest: filters by v7 name, and their values."""

    def __init__(self, least: str, smallest: int, most: str, largest: int) -> None:
        super().__init__(least, most)
        self.least, self.smallest = least, smallest
        self.most, self.largest = most, largest


_Message = tuple[str, dict[str, Any]]


def explain(error: BaseException, locale: str) -> str:
    """Return the message for an error in a locale; unexpected errors have one too."""
    for kind, words_of in _TABLE.items():
        if isinstance(error, kind):
            key, arguments = words_of(error, locale)
            return sentences((say(locale, key, **arguments), _tried(error, locale)), locale)
    return say(locale, "error-unknown")


def expected(error: BaseException) -> bool:
    """True for errors that need no attention: users' mistakes, and what providers do now and then."""
    return isinstance(error, tuple(_TABLE)) and not isinstance(error, (Misconfigured, StorageError, *_DISCORDS))


def log_error(error: BaseException) -> str:
    """Log an error, with a traceback only if it is unexpected; returns the trace id of the log line."""
    trace = current_trace()
    if trace == "-":
        trace = new_trace()
    if expected(error) or responses.needs_no_message(error):
        log.info("%s", describe_error(error))
    elif isinstance(error, StorageError):
        log.error("the database failed: %s", type(getattr(error, "orig", None) or error).__name__)
    elif isinstance(error, discord.HTTPException) and (error.status >= 500 or error.status == 429):  # noqa: PLR2004 (HTTP)
        log.warning("Discord failed: %s", describe_error(error))
    else:
        log.error("%s", describe_error(error), exc_info=error)
    return trace


async def show_error(
    interaction: discord.Interaction[Any], error: BaseException, view: discord.ui.View | None = None
) -> str:
    """Tell the user privately what went wrong, with a trace id that is in the log too; returns the id.

    Works before and after the interaction was answered; if it has expired, the error is only logged.
    """
    trace = log_error(error)
    locale = interaction.locale.value
    words = explain(error, locale)
    if not expected(error):  # a trace id is of use for faults alone
        words += f"\n-# {say(locale, 'error-trace', trace=trace)}"
    try:
        await retrying(lambda: responses.tell(interaction, words, view))
    except (discord.HTTPException, OSError) as failed:
        log.info("the error could not be shown: %s", describe_error(failed))
    return trace


def _tried(error: BaseException, locale: str) -> str | None:
    """Name the providers that failed, if there were several."""
    titles = (provider_title(name, locale) for name in getattr(error, "tried", ()))
    names = [name for title in titles if (name := clean(title, 80))]
    return say(locale, "error-tried", providers=listed(names, locale)) if len(names) > 1 else None


def _provider(error: ProviderError, locale: str) -> str | None:
    return provider_title(error.provider, locale)


def _when(moment: datetime | None) -> str | None:
    """Write a moment as Discord's client shows it, never before it: at that second it is worth trying again."""
    if moment is not None and moment.microsecond:
        moment = moment.replace(microsecond=0) + timedelta(seconds=1)
    return discord.utils.format_dt(moment, "R") if moment else None


def _invalid(error: InvalidRequest, locale: str) -> _Message:
    """Name the wrong option, if users know it by a name; v7's own parameters have none."""
    if f"filter-name-{error.parameter}" in known_keys():
        return "error-invalid-request", {"parameter": filter_words(error.parameter or "", locale)}
    return "error-invalid-request-plain", {}


def _refused(error: PictureRefused, locale: str) -> _Message:
    if error.why == "too-large" and error.limit:
        return "error-picture-too-large-limit", {"limit": file_size(error.limit, locale)}
    if error.megapixels:
        return "error-picture-too-many-pixels-limit", dict(zip(("pixels", "limit"), error.megapixels, strict=True))
    key = f"error-picture-{error.why}"
    return (key if key in known_keys() else "error-picture-refused"), {}


def _not_supported(error: NotSupported, locale: str) -> _Message:
    if not error.filters:
        return "error-not-supported", {}
    return "error-not-supported-filters", {
        "filters": enumerated((filter_words(name, locale) for name in sorted(error.filters)), locale)
    }


def _blocked(error: Blocked, _locale: str) -> _Message:
    key = f"error-blocked-{error.what}"
    return (key if key in known_keys() else "error-blocked"), {}


def _quota(error: QuotaSpent, locale: str) -> _Message:
    provider, until = _provider(error, locale), _when(error.until)
    key = "error-quota" + ("-provider" if provider else "") + ("-until" if until else "")
    return key, {"provider": provider or "", "when": until or ""}


def _rate(error: RateLimited, _locale: str) -> _Message:
    if error.retry_after is None:
        return "error-rate-limited", {}
    return "error-rate-limited-until", {"when": _when(datetime.now(UTC) + error.retry_after)}


def _too_often(error: TooOften, _locale: str) -> _Message:
    return f"error-too-often-{error.what}", {"when": _when(datetime.now(UTC) + timedelta(seconds=error.wait))}


def _moderators(error: ModeratorsOnly, locale: str) -> _Message:
    return "error-moderators-only", {"permission": _permission_words(error.permission, locale)}


def _permissions(error: app_commands.MissingPermissions, locale: str) -> _Message:
    names = listed((_permission_words(name, locale) for name in error.missing_permissions), locale)
    return "error-moderators-only", {"permission": names}


def _permission_words(name: str, locale: str) -> str:
    """Return a permission as Discord's client calls it; one without a message as it is."""
    key = f"permission-{name.lower().replace(' ', '_')}"
    return say(locale, key) if key in known_keys() else name.replace("_", " ").title()


def _empty_range(error: EmptyRange, locale: str) -> _Message:
    named = {"least": filter_words(error.least, locale), "most": filter_words(error.most, locale)}
    return "error-empty-range", {**named, "smallest": error.smallest, "largest": error.largest}


def _optional_provider(key: str) -> Callable[[ProviderError, str], _Message]:
    def describe_error(error: ProviderError, locale: str) -> _Message:
        provider = _provider(error, locale)
        return (f"{key}-provider", {"provider": provider}) if provider else (key, {})

    return describe_error


def _fixed(key: str) -> Callable[[Any, str], _Message]:
    return lambda _error, _locale: (key, {})


_DISCORDS = (discord.HTTPException, discord.InteractionResponded)
_TABLE: Mapping[type[BaseException], Callable[[Any, str], _Message]] = {
    PictureRefused: _refused,
    InvalidRequest: _invalid,
    NotSupported: _not_supported,
    LevelNotHonoured: lambda error, locale: ("error-level", {"level": level_words(error.level, locale)}),
    Blocked: _blocked,
    Misconfigured: _optional_provider("error-misconfigured"),
    Overloaded: _fixed("error-overloaded"),
    RateLimited: _rate,
    QuotaSpent: _quota,
    SettingsUnreadable: _fixed("error-storage"),
    SettingsChanging: _fixed("error-settings-changing"),
    PicturesUnreadable: _fixed("error-pictures-unreadable"),
    Unavailable: _optional_provider("error-unavailable"),
    ProviderError: _fixed("error-unavailable"),
    Expired: lambda _error, locale: ("error-expired", {"kept": days(PAGE_LIFETIME, locale)}),
    Outdated: _fixed("error-outdated"),
    PageGone: _fixed("error-page-gone"),
    NotYours: _fixed("error-not-yours"),
    ModeratorsOnly: _moderators,
    TooOften: _too_often,
    TooBusy: lambda error, _locale: (f"error-busy-{error.whom}", {}),
    TooSlow: _fixed("error-too-slow"),
    Restarting: _fixed("error-restarting"),
    ChangeUnconfirmed: _fixed("error-storage-unconfirmed"),
    StorageError: _fixed("error-storage"),
    discord.InteractionResponded: _fixed("error-too-slow"),
    BadPageNumber: lambda error, _locale: ("error-page-number", {"pages": error.pages}),
    TwoSizes: lambda error, locale: ("error-two-sizes", {"side": filter_words(error.side, locale)}),
    EmptyRange: _empty_range,
    app_commands.MissingPermissions: _permissions,
    ValidationError: _fixed("error-invalid-request-plain"),
    discord.HTTPException: _fixed("error-discord"),
}
"""From the most specific class to the most general; the first match is used."""
