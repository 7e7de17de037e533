"""Answering Discord: edits that survive a lost connection, answers in time, failures that are nobody's fault."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

import discord

from bot.discord_ui.model.message import Message
from bot.observability.redaction import describe
from bot.retrying import retrying

from .embeds import payload, sending
from .reply import reply_of
from .webhook_adapter import without_echo

log = logging.getLogger(__name__)

T = TypeVar("T")
Sent = discord.InteractionMessage | discord.WebhookMessage

PATIENCE = 1.5
"""Seconds after which an interaction is deferred, so that Discord's three are never passed."""

GONE = frozenset({10003, 10008, 10015, 10062})
"""Discord's codes for unknown channel, message, webhook (token run out), interaction: nothing is there to edit."""
NOT_NOW = frozenset({50001, 50005, 50013, 50027, 50083, 30046, 40060})
"""No access, not the author, no permission, token invalid, archived thread, too many edits, already answered."""


async def in_time(interaction: discord.Interaction[Any], work: Coroutine[Any, Any, T], **defer: Any) -> T:
    """Do the work; if it takes longer than Discord waits, defer meanwhile (``defer`` goes to discord.py's defer)."""
    deferring: list[asyncio.Task[None]] = []
    late = asyncio.get_running_loop().call_later(
        PATIENCE, lambda: deferring.append(asyncio.create_task(_defer(interaction, **defer)))
    )
    try:
        return await work
    finally:
        late.cancel()
        for task in deferring:
            await task


async def _defer(interaction: discord.Interaction[Any], **defer: Any) -> None:
    """Tell Discord that the answer comes later; if that fails the answer itself will, and says so."""
    try:
        async with reply_of(interaction).lock:
            if not interaction.response.is_done():
                if defer.get("ephemeral"):
                    reply_of(interaction).private = True
                await interaction.response.defer(**defer)
    except Exception as error:  # noqa: BLE001 (whatever it is, the answer itself meets it too, and tells the person)
        log.info("an interaction could not be deferred: %s", describe(error))


async def update(interaction: discord.Interaction[Any], session: str, message: Message) -> None:
    """Replace what the message of a component interaction shows: one callback, or an edit if it was deferred."""
    async with reply_of(interaction).lock:
        if not interaction.response.is_done():
            with without_echo():
                await interaction.response.edit_message(**payload(session, message))
            return
    await retrying(lambda: interaction.edit_original_response(**payload(session, message)))


async def acknowledge(interaction: discord.Interaction[Any]) -> None:
    """Answer a press whose page another answer shows; nothing is said twice."""
    async with reply_of(interaction).lock:
        if not interaction.response.is_done():
            with without_echo():
                await interaction.response.defer()


async def fill(interaction: discord.Interaction[Any], session: str, message: Message) -> Sent:
    """Put a page into the place that a deferred interaction keeps; "elsewhere" is a new message for everybody."""
    if not reply_of(interaction).as_new_message:
        return await retrying(lambda: interaction.edit_original_response(**payload(session, message)))
    sent = reply_of(interaction).new_message_id
    if sent is not None:
        changes: dict[str, Any] = {**payload(session, message)}
        return await retrying(lambda: interaction.followup.edit_message(sent, **changes))
    new = await publicly(interaction, session, message)
    reply_of(interaction).new_message_id = new.id
    return new


async def redraw(sent: Sent, session: str, message: Message) -> discord.Message:
    """Draw a message again that an interaction has sent."""
    changes: dict[str, Any] = {**payload(session, message)}
    return await retrying(lambda: sent.edit(**changes))


async def withdraw(interaction: discord.Interaction[Any]) -> None:
    """Give up, once, the place that a deferred interaction keeps; a message that was there before stays."""
    if not reply_of(interaction).in_place:
        reply_of(interaction).in_place = True
        await interaction.delete_original_response()


async def privately(interaction: discord.Interaction[Any], session: str, message: Message) -> Sent | None:
    """Answer with a new message for the person alone; None where Discord does not say what became of it."""
    async with reply_of(interaction).lock:
        if not interaction.response.is_done():
            answered = await interaction.response.send_message(**sending(session, message), ephemeral=True)
            made = answered.resource
            return made if isinstance(made, discord.InteractionMessage) else None
    if reply_of(interaction).private:
        return await fill(interaction, session, message)
    return await interaction.followup.send(**sending(session, message), ephemeral=True, wait=True)


async def publicly(interaction: discord.Interaction[Any], session: str, message: Message) -> discord.WebhookMessage:
    """Answer with a new message for everybody."""
    return await interaction.followup.send(**sending(session, message), ephemeral=False, wait=True)


def nobodys_fault(error: BaseException) -> bool:
    """True for failures that need no words: the message is gone, the thread archived, a permission lost."""
    return isinstance(error, discord.HTTPException) and error.code in GONE | NOT_NOW
