"""The about page: what Magpie is, where pictures come from and what is left of it, and what is kept about people."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

import discord

from bot.bing_v7 import Verb
from bot.discord_ui.model.sanitize import clean_markdown, safe_url, shorten
from bot.discord_ui.render.attribution import known_title
from bot.i18n import days, listed, say
from bot.runtime.version import program_version
from bot.storage.sessions import ASKED_AGAIN_FOR, PAGE_LIFETIME

_COLOUR = 0x2A9D8F
_FIELD, _EMBED = 1024, 6000
ABOUT = "about"
"""What the custom_ids of the page's buttons begin with; they belong to no session."""


class Allowance(Protocol):
    """What is left of one allowance."""

    @property
    def scope(self) -> str:
        """``provider``, ``server`` or ``person``."""
        ...

    @property
    def period(self) -> str:
        """A day (``2026-01-31``) or month (``2026-01``)."""
        ...

    @property
    def kind(self) -> str:
        """``day``, ``month`` or ``rolling`` (the last 24 hours)."""
        ...

    @property
    def nearly_spent(self) -> bool:
        """True from four fifths on."""
        ...

    @property
    def limit(self) -> int:
        """Maximum number of calls."""
        ...

    @property
    def left(self) -> int:
        """Calls left."""
        ...


class ListedProvider(Protocol):
    """The state of a provider."""

    @property
    def name(self) -> str:
        """Short name."""
        ...

    @property
    def title(self) -> str:
        """Its name for users, in English."""
        ...

    @property
    def verbs(self) -> Sequence[Verb]:
        """The verbs it supports."""
        ...

    @property
    def home_url(self) -> str | None:
        """Its page."""
        ...

    @property
    def terms_url(self) -> str | None:
        """Its terms."""
        ...

    @property
    def rests_for(self) -> timedelta:
        """How long it is still paused after failures."""
        ...

    @property
    def remaining(self) -> Sequence[Allowance]:
        """What is left of its allowances."""
        ...


def about_embed(
    provider_statuses: Sequence[ListedProvider],
    level_sentence: str,
    *,
    remember: bool,
    contact: str | None,
    locale: str,
) -> discord.Embed:
    """Return the page in a locale; ``level_sentence`` says which level is in force and why."""
    words = f"{say(locale, 'about-help')}\n\n{level_sentence}"
    embed = discord.Embed(title=say(locale, "about-title"), description=words, colour=_COLOUR)
    page, asked = (days(length, locale) for length in (PAGE_LIFETIME, PAGE_LIFETIME + ASKED_AGAIN_FOR))
    kept = say(locale, "about-privacy-text", remember="yes" if remember else "no", page=page, asked=asked)
    embed.add_field(name=say(locale, "about-privacy"), value=shorten(kept, _FIELD), inline=False)
    embed.add_field(name=say(locale, "about-contact"), value=_contact(contact, locale), inline=False)
    embed.set_footer(text=say(locale, "about-version", version=program_version()))
    _add_providers(embed, provider_statuses, locale)
    return embed


def _add_providers(embed: discord.Embed, provider_statuses: Sequence[ListedProvider], locale: str) -> None:
    """Put the providers first, in as many fields as they need; links give way where the page has no room for all."""
    name = say(locale, "about-providers")
    room = _EMBED - len(embed) - len(name) - 20
    for links in (True, False):
        lines = [_provider_line(provider, locale, links=links) for provider in provider_statuses]
        values = _in_fields(lines, room)
        if sum(len(value.splitlines()) for value in values) == len(lines):
            break
    for place, value in enumerate(values or ["-"]):
        embed.insert_field_at(place, name="\u200b" if place else name, value=value, inline=False)


def about_view(locale: str, *, remember: bool) -> discord.ui.View:
    """Return the buttons: remember or forget searches, delete everything; they work after a restart too."""
    view = discord.ui.View(timeout=None)
    action, key = ("forget", "about-button-forget-searches") if remember else ("remember", "about-button-remember")
    secondary = discord.ButtonStyle.secondary  # only the question that follows has the button that deletes, in red
    for name, words in ((action, key), ("delete", "about-button-delete")):
        view.add_item(discord.ui.Button(label=say(locale, words), style=secondary, custom_id=f"{ABOUT}:{name}"))
    return view


def delete_view(locale: str) -> discord.ui.View:
    """Return the buttons under the question whether to delete everything; they work after a restart too."""
    view = discord.ui.View(timeout=None)
    for action, style in (("delete-now", discord.ButtonStyle.danger), ("keep", discord.ButtonStyle.secondary)):
        label = say(locale, f"about-button-{action}")
        view.add_item(discord.ui.Button(label=label, style=style, custom_id=f"{ABOUT}:{action}"))
    return view


def _provider_line(provider: ListedProvider, locale: str, *, links: bool) -> str:
    verbs = listed((say(locale, f"about-provider-{verb}") for verb in provider.verbs), locale)
    title = clean_markdown(known_title(provider.name, locale) or provider.title, 80)
    parts = [say(locale, "about-provider", title=title, verbs=verbs)]
    for allowance in provider.remaining:
        left = {"scope": str(allowance.scope), "left": allowance.left, "limit": allowance.limit}
        words = say(locale, "about-provider-left", kind=allowance.kind, **left)
        parts.append(f"⚠️ {words}" if allowance.nearly_spent else words)
    if provider.rests_for:
        back = discord.utils.format_dt(datetime.now(UTC) + provider.rests_for, "R")
        parts.append(say(locale, "about-provider-resting", when=back))
    if links and (terms := safe_url(provider.terms_url or provider.home_url)):
        parts.append(f"[{say(locale, 'about-provider-terms')}](<{terms}>)")
    return "· " + " · ".join(parts)


def _in_fields(lines: Sequence[str], room: int) -> list[str]:
    """Join lines into field values, with as many whole lines as there is room for."""
    values: list[str] = []
    for line in lines:
        room -= len(line) + 2
        if room < 0:
            break
        if values and len(values[-1]) + 1 + len(line) <= _FIELD:
            values[-1] += f"\n{line}"
        else:
            values.append(line)
    return values


def _contact(contact: str | None, locale: str) -> str:
    return clean_markdown(contact, 200) if contact else say(locale, "about-contact-none")
