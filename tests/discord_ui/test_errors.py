"""Every error has its sentence in every language; none tells more than people should know."""

from __future__ import annotations

import inspect
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import discord
import pytest
from discord import app_commands
from sqlalchemy.exc import OperationalError

from bot.bing_v7 import (
    Blocked,
    InvalidRequest,
    LevelNotHonoured,
    Misconfigured,
    NotSupported,
    PictureRefused,
    QuotaSpent,
    RateLimited,
    SafeSearch,
    Unavailable,
    errors,
)
from bot.discord_ui.discord_io.errors import (
    BadPageNumber,
    EmptyRange,
    Expired,
    ModeratorsOnly,
    NotYours,
    Outdated,
    Restarting,
    TooBusy,
    TooOften,
    TooSlow,
    TwoSizes,
    expected,
    explain,
)
from bot.discord_ui.discord_io.responses import needs_no_message
from bot.i18n import LOCALES
from bot.media.service import PicturesUnreadable
from bot.safesearch.policies import SettingsChanging, SettingsUnreadable
from bot.storage.availability import ChangeUnconfirmed

UNTIL = datetime(2026, 12, 1, tzinfo=UTC)


def http_error(status: int, code: int) -> discord.HTTPException:
    response: Any = SimpleNamespace(status=status, reason="")
    return discord.HTTPException(response, {"code": code, "message": "raw body"})


CASES: list[tuple[BaseException, str]] = [
    (QuotaSpent("raw"), "The search quota is used up."),
    (QuotaSpent("raw", until=UNTIL), "It resets <t:1796083200:R>."),
    (QuotaSpent("raw", provider="brave"), "The quota at Brave Search is used up."),
    (RateLimited("raw"), "Too many searches in a short time."),
    (RateLimited("raw", retry_after=timedelta(seconds=30)), "Try again <t:"),
    (Unavailable("raw"), "cannot be reached just now"),
    (SettingsUnreadable("raw"), "The storage of Magpie cannot be reached"),
    (ChangeUnconfirmed("raw"), "This may have been changed or not"),
    (SettingsChanging(), "The settings here are being changed."),
    (PicturesUnreadable("raw"), "Pictures cannot be read at the moment."),
    (Unavailable("raw", provider="openverse"), "Openverse cannot be reached"),
    (Misconfigured("raw", provider="v7"), "The operator of this bot has to fix it."),
    (LevelNotHonoured(SafeSearch.STRICT), "supports SafeSearch strict"),
    (Blocked("word"), "contains a blocked word"),
    (Blocked("host"), "This site is blocked here."),
    (Blocked("else"), "not allowed here"),
    (NotSupported("raw"), "None of the image sources here can do this."),
    (NotSupported("raw", filters=frozenset({"color", "size"})), "can apply: color, size."),
    (InvalidRequest("raw", parameter="color"), "check color"),
    (InvalidRequest("raw", parameter="insightsToken"), "This search is not valid."),
    (InvalidRequest("raw"), "This search is not valid"),
    (PictureRefused("too-large", limit=10_000_000), "The maximum is 10\u00a0MB"),
    (PictureRefused("too-large"), "too large"),
    (PictureRefused("too-many-pixels"), "too many pixels"),
    (PictureRefused("too-many-pixels", limit=80_000_000), "too many pixels"),
    (PictureRefused("too-many-pixels", limit=80_000_000, pixels=80_000_001), "has 80.1 megapixels; at most 80 are"),
    (PictureRefused("not-a-picture"), "not an image that can be read"),
    (PictureRefused("too-slow"), "Make it smaller"),
    (PictureRefused("slow-source"), "came too slowly from where it is"),
    (PictureRefused("unheard-of"), "cannot be used"),
    (Expired(), "more than 1 day old"),
    (Outdated(), "what it was for has changed"),
    (NotYours(), "Only the person who asked"),
    (ModeratorsOnly("Manage Channels"), "moderators with the permission Manage Channels"),
    (TooOften("hides", 60.0), "several pages"),
    (TooOften("commands", 3.0), "Too many commands in a short time. Try again <t:"),
    (TooOften("presses", 3.0), "Too many clicks"),
    (TooBusy("all"), "too much to do"),
    (TooBusy("person"), "your last requests"),
    (TooBusy("message"), "Too many people"),
    (TooSlow(), "took too long"),
    (Restarting(), "is being restarted"),
    (OperationalError("raw", None, Exception("raw")), "cannot be reached at the moment"),
    (BadPageNumber(7), "from 1 to 7"),
    (TwoSizes("height"), "exact height"),
    (EmptyRange("minWidth", 2000, "maxWidth", 100), "minimum width (2,000) is greater than maximum width (100). Swap"),
    (app_commands.MissingPermissions(["manage_channels"]), "Manage Channels"),
    (http_error(500, 0), "Discord did not accept the answer"),
    (ZeroDivisionError("raw"), "Something went wrong"),
]


@pytest.mark.parametrize(
    ("error", "words"), CASES, ids=lambda one: type(one).__name__ if isinstance(one, BaseException) else ""
)
def test_an_error_is_a_sentence(error: BaseException, words: str) -> None:
    assert words in explain(error, "en-US")
    for locale in (*LOCALES, "xx"):
        said = explain(error, locale)
        assert said
        assert "raw" not in said
        assert len(said) < 500


def test_every_error_of_the_contract_has_its_own_words() -> None:
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.ProviderError)]
    for kind in kinds:
        made = {LevelNotHonoured: (SafeSearch.OFF,), Blocked: ("word",), PictureRefused: ("too-slow",)}.get(kind, ())
        assert "Something went wrong" not in explain(kind(*made), "en-US")


def test_what_was_tried_is_said() -> None:
    error = Unavailable("raw", provider="openverse")
    error.tried = ("openverse", "brave")
    assert explain(error, "en-US").endswith("Tried: Openverse and Brave Search.")
    error.tried = ("openverse",)
    assert "Tried" not in explain(error, "en-US")
    assert explain(Unavailable("raw", provider="chain"), "en-US").startswith("The image sources cannot be reached")


def test_only_what_needs_the_operator_gets_a_traceback() -> None:
    assert expected(Unavailable("down"))
    assert expected(Expired())
    assert expected(Outdated())
    assert not expected(Misconfigured("no key"))
    assert not expected(ZeroDivisionError())
    assert not expected(http_error(500, 0))


@pytest.mark.parametrize("code", [10003, 10008, 10062, 50001, 50013, 50083, 50027])
def test_vanished_messages_and_lost_permissions_need_no_words(code: int) -> None:
    assert needs_no_message(http_error(404, code))
    assert not needs_no_message(http_error(400, 50035))
    assert not needs_no_message(Unavailable())
