"""The page that a panel was opened for: whether it is still the same, its message, and taking the panel away."""

import json
import zlib

import discord

from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.errors import Outdated
from bot.discord_ui.model.batches import keys_of
from bot.discord_ui.model.component_ids import Control
from bot.discord_ui.model.page import JudgedPage
from bot.discord_ui.model.session import Session
from bot.discord_ui.sessions.cache import ActiveSession

from .component_interaction import ComponentInteraction


def page_named(content: Session, index: int) -> str:
    """Return a short name for the page at an index; it changes with the question, the choices or the picture."""
    picture = sorted(keys_of(content.items[index])) if index < len(content.items) else []
    text = json.dumps([type(content).__name__, content.title, *content.choices(), picture], default=str)
    return f"{index}-{zlib.crc32(text.encode()):08x}"


def ensure_same_page(control: Control, active: ActiveSession) -> None:
    """Check that the page of a panel is still the one that the panel was opened for.

    Raises:
        Outdated: the message shows something else by now.
    """
    if control.panel is None:
        return
    index = int(control.panel.partition("-")[0])
    if page_named(active.content, index) != control.panel:
        raise Outdated


def page_message(event: ComponentInteraction) -> discord.PartialMessage:
    """Return the message that shows the page of a panel.

    Raises:
        Outdated: it is not known which message that is.
    """
    stored = event.active.stored
    if stored.message_id is None or stored.channel_id is None:
        raise Outdated
    channel = event.sessions.client.get_partial_messageable(stored.channel_id, guild_id=event.interaction.guild_id)
    return channel.get_partial_message(stored.message_id)


async def draw_judged(event: ComponentInteraction, page: JudgedPage) -> None:
    """Store the page as it was judged now, and draw it in the message that shows it.

    The caller holds the session's lock.

    Raises:
        Outdated: it is not known which message that is.
    """
    active, sessions = event.active, event.sessions
    await sessions.change(active, page)
    await sessions.edit(page_message(event), event.requester, active, page, event.interaction.filesize_limit)


async def close(event: ComponentInteraction) -> None:
    """Delete a panel once its control has done its work."""
    await responses.defer(event.interaction)
    await responses.delete(event.interaction.delete_original_response)
