"""What the buttons of the about page do: remember one's searches or forget them, and delete one's data."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol, cast

import discord

from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.about import delete_view
from bot.discord_ui.discord_io.errors import Outdated
from bot.discord_ui.sessions.service import session_service_of
from bot.i18n import say
from bot.search.counts import REMEMBER_QUERIES
from bot.storage.choices import Choices


class PersonalData(Protocol):
    """What the client's services keep of a person."""

    @property
    def choices(self) -> Choices:
        """What people chose."""
        ...

    @property
    def forget_person(self) -> Callable[[int], Awaitable[None]]:
        """Deletes everything kept of a person."""
        ...

    @property
    def forget_queries(self) -> Callable[[int], Awaitable[None]]:
        """Deletes the searches kept of a person."""
        ...


async def on_about(interaction: discord.Interaction[Any]) -> None:
    """Do what the button says, and confirm it privately.

    Raises:
        Outdated: the button is of an earlier version.
    """
    action = str((interaction.data or {}).get("custom_id", "")).partition(":")[2]
    locale = interaction.locale.value
    match action:
        case "delete":
            await responses.tell(interaction, say(locale, "about-delete-confirm"), delete_view(locale))
        case "keep":
            await responses.replace_text(interaction, say(locale, "about-kept"))
        case "delete-now":
            await responses.defer(interaction)
            await _forget(interaction)
            await responses.replace_text(interaction, say(locale, "about-deleted"))
        case "remember" | "forget":
            await responses.defer(interaction, private=True, thinking=True)
            await _remember(interaction, yes=action == "remember")
            key = "about-remembering" if action == "remember" else "about-not-remembering"
            await responses.tell(interaction, say(locale, key))
        case _:
            raise Outdated


async def _remember(interaction: discord.Interaction[Any], *, yes: bool) -> None:
    kept, person = _kept_by(interaction), interaction.user.id
    await kept.choices.set_person(person, REMEMBER_QUERIES, "yes" if yes else None)
    if not yes:
        await kept.forget_queries(person)


async def _forget(interaction: discord.Interaction[Any]) -> None:
    """Delete the rows first, so that a later write of a session in use finds nothing to change."""
    person = interaction.user.id
    await _kept_by(interaction).forget_person(person)
    await session_service_of(interaction.client).cache.forget(lambda stored: stored.owner_id == person)


def _kept_by(interaction: discord.Interaction[Any]) -> PersonalData:
    return cast("PersonalData", interaction.client.services)
