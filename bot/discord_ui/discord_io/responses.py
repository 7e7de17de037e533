"""Responding to Discord: in time, again after a lost connection, and quietly where a message is gone."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

import discord

from bot.discord_ui.model.message import Message
from bot.observability.redaction import describe_error
from bot.runtime.retrying import retrying

from .embeds import NO_MENTIONS, payload, sending
from .webhook_adapter import without_echo

log = logging.getLogger(__name__)

T = TypeVar("T")
Sent = discord.InteractionMessage | discord.WebhookMessage

DEFER_AFTER = 1.5
"""Seconds after which an interaction is deferred, well before Discord's limit of three."""

GONE = frozenset({10003, 10008, 10015, 10062})
"""Discord's codes for unknown channel, message, webhook (token run out), interaction: nothing is there to edit."""
NOT_NOW = frozenset({50001, 50005, 50013, 50027, 50083, 30046, 40060})
"""No access, not the author, no permission, token invalid, archived thread, too many edits, already answered."""
ENDED = frozenset({10015, 10062, 40060, 50027})
"""Of these, the codes for an interaction that takes no answer any more: unknown, run out, or already answered."""


@dataclass(slots=True)
class Reply:
    """The state of one answer.

    ``private``: seen by the user alone. ``message_id``: the message that was deferred, once Discord has named it.
    ``as_new_message``: the answer is a new message, since the deferred one is another's or was deleted;
    ``new_message_id`` names it once it is sent. ``in_place``: the answer changes a message that was there before, or
    what was deferred was deleted, so there is nothing to take back. ``filled``: the
    deferred message shows something now. ``lock``: held while the first answer is sent, because an interaction counts
    as answered only when Discord has said so.
    """

    private: bool = False
    message_id: int | None = None
    as_new_message: bool = False
    new_message_id: int | None = None
    in_place: bool = False
    filled: bool = False
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


def reply_of(interaction: discord.Interaction[Any]) -> Reply:
    """Return the interaction's reply; made at the first call."""
    extras: dict[str, Any] = interaction.extras
    return extras.get("reply") or extras.setdefault("reply", Reply())


async def defer_if_slow(interaction: discord.Interaction[Any], work: Coroutine[Any, Any, T], **how: bool) -> T:
    """Do the work, and defer meanwhile if it takes longer than ``DEFER_AFTER`` (``how`` as for `defer`)."""
    deferring: list[asyncio.Task[None]] = []
    late = asyncio.get_running_loop().call_later(
        DEFER_AFTER, lambda: deferring.append(asyncio.create_task(_defer(interaction, **how)))
    )
    try:
        return await work
    finally:
        late.cancel()
        for task in deferring:
            await task


async def defer(interaction: discord.Interaction[Any], *, private: bool = False, thinking: bool = False) -> int | None:
    """Tell Discord that the answer comes later, unless that was done; return the id of the deferred message."""
    async with reply_of(interaction).lock:
        if private:
            reply_of(interaction).private = True
        if interaction.response.is_done():
            if private and interaction.response.type is discord.InteractionResponseType.deferred_message_update:
                reply_of(interaction).as_new_message = True  # it was deferred late: its message is not ours to replace
            return None
        if not thinking:
            with without_echo():
                await interaction.response.defer()
            return None
        deferred = await interaction.response.defer(ephemeral=private, thinking=True)
        return deferred.message_id if deferred else None


async def defer_late(interaction: discord.Interaction[Any]) -> None:
    """Defer an interaction that was not answered in time: a press keeps its message, anything else becomes private."""
    if interaction.message is not None:
        await _defer(interaction)
    else:
        await _defer(interaction, private=True, thinking=True)


async def _defer(interaction: discord.Interaction[Any], **how: bool) -> None:
    """Defer; an error is only logged, because the answer itself will meet it too."""
    try:
        await defer(interaction, **how)
    except Exception as error:  # noqa: BLE001 (whatever it is, the answer itself meets it too, and tells the person)
        log.info("an interaction could not be deferred: %s", describe_error(error))


async def judged_last(interaction: discord.Interaction[Any], judge: Callable[[], Awaitable[T]]) -> T:
    """Return what ``judge`` says once no deferring is under way.

    What is sent waits for that, and the place may become stricter meanwhile.
    """
    found = await judge()
    while (lock := reply_of(interaction).lock).locked():
        async with lock:
            pass
        found = await judge()
    return found


async def tell(
    interaction: discord.Interaction[Any], words: str | None, view: discord.ui.View | None = None, **more: Any
) -> None:
    """Say something to the user privately, whether or not the interaction was answered or deferred.

    A public "thinking" message is deleted first, so that none is left behind; a page that was shown already stays.
    """
    arguments: dict[str, Any] = {"content": words, "allowed_mentions": NO_MENTIONS, **more}
    if view is not None:
        view.stop()  # the router finds its buttons by custom_id: discord.py need not keep it
        arguments["view"] = view
    async with reply_of(interaction).lock:
        if not interaction.response.is_done():
            await interaction.response.send_message(ephemeral=True, **arguments)
            return
    waits = interaction.response.type is discord.InteractionResponseType.deferred_channel_message
    reply = reply_of(interaction)
    if waits and not reply.filled and not reply.as_new_message:
        reply.filled = True
        if reply.private:
            await retrying(lambda: interaction.edit_original_response(**arguments))
            return
        await delete_deferred(interaction)
    await interaction.followup.send(ephemeral=True, **arguments)


async def change(interaction: discord.Interaction[Any], arguments: dict[str, Any]) -> None:
    """Change the message of a component interaction as discord.py's edit takes it."""
    async with reply_of(interaction).lock:
        if not interaction.response.is_done():
            with without_echo():
                await interaction.response.edit_message(**arguments)
            return
    await retrying(lambda: interaction.edit_original_response(**arguments))


async def replace_text(interaction: discord.Interaction[Any], words: str) -> None:
    """Replace the text of the message that was pressed, and remove its controls."""
    async with reply_of(interaction).lock:
        if not interaction.response.is_done():
            await interaction.response.edit_message(content=words, view=None)
            return
    await retrying(lambda: interaction.edit_original_response(content=words, view=None))


async def open_window(interaction: discord.Interaction[Any], window: discord.ui.Modal) -> None:
    """Open a window (modal).

    Raises:
        discord.InteractionResponded: it took so long that the interaction had to be deferred.
    """
    window.stop()  # what is entered is read from the event: discord.py need not keep the window
    async with reply_of(interaction).lock:
        await interaction.response.send_modal(window)


async def update(interaction: discord.Interaction[Any], session: str, message: Message) -> discord.Message | None:
    """Replace what the message of a component interaction shows: one callback, or an edit if it was deferred.

    Returns the message as Discord returns it, None where it does not.
    """
    async with reply_of(interaction).lock:
        if not interaction.response.is_done():
            with without_echo():
                answered = await interaction.response.edit_message(**payload(session, message))
            shown = answered.resource if answered else None
            return shown if isinstance(shown, discord.InteractionMessage) else None
    return await retrying(lambda: interaction.edit_original_response(**payload(session, message)))


async def acknowledge(interaction: discord.Interaction[Any]) -> None:
    """Answer a press without a change, because a later press draws the page."""
    async with reply_of(interaction).lock:
        if not interaction.response.is_done():
            with without_echo():
                await interaction.response.defer()


async def fill(interaction: discord.Interaction[Any], session: str, message: Message) -> Sent:
    """Show a page in the deferred message, or in a new one, public or private."""
    reply = reply_of(interaction)
    reply.filled = True
    if not reply.as_new_message:
        try:
            return await retrying(lambda: interaction.edit_original_response(**payload(session, message)))
        except asyncio.CancelledError:
            reply.filled = False  # stopped meanwhile: what is said about that takes the place of "thinking"
            raise
    sent = reply.new_message_id
    if sent is not None:
        changes: dict[str, Any] = {**payload(session, message)}
        return await retrying(lambda: interaction.followup.edit_message(sent, **changes))
    new = await interaction.followup.send(**sending(session, message), ephemeral=reply.private, wait=True)
    reply.new_message_id = new.id
    return new


async def redraw(
    edit: Callable[..., Awaitable[discord.Message | None]], session: str, message: Message
) -> discord.Message | None:
    """Edit a message that was sent before; returns it as Discord does."""
    changes: dict[str, Any] = {**payload(session, message)}
    return await retrying(lambda: edit(**changes))


async def delete_deferred(interaction: discord.Interaction[Any]) -> None:
    """Delete the deferred message, once, if somebody did not before; a message that was there before stays."""
    reply = reply_of(interaction)
    if not reply.in_place:
        reply.in_place = reply.as_new_message = True
        await delete(interaction.delete_original_response)


async def delete(call: Callable[[], Awaitable[None]]) -> None:
    """Delete a message by a call to Discord; one that is gone already is no error."""
    with contextlib.suppress(discord.NotFound):
        await retrying(call)


async def privately(interaction: discord.Interaction[Any], session: str, message: Message) -> Sent | None:
    """Answer with a new private message; None where Discord does not return it."""
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


def interaction_ended(error: BaseException) -> bool:
    """True if Discord takes no answer to the interaction any more."""
    return isinstance(error, discord.HTTPException) and error.code in ENDED


def needs_no_message(error: BaseException) -> bool:
    """True for failures that users need not be told of: the message is gone, the thread archived, a permission lost."""
    return isinstance(error, discord.HTTPException) and error.code in GONE | NOT_NOW
