"""Turning pages by reactions: adding and removing one both count as a press, in order.

Presses that arrive while a page is being edited are applied together and drawn once, because Discord allows few edits a
second outside of interactions.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Mapping

import discord

from bot.bing_v7 import ProviderError
from bot.discord_ui.discord_io.context import requester_at
from bot.discord_ui.discord_io.errors import log_error
from bot.discord_ui.discord_io.page_reactions import remove_reactions
from bot.discord_ui.model.component_ids import read_custom_id
from bot.discord_ui.model.images import DEFAULT_UPLOAD
from bot.discord_ui.model.pager import Next, PagerState, Previous, at_place, reduce
from bot.discord_ui.sessions.cache import ActiveSession
from bot.discord_ui.sessions.service import SessionService
from bot.observability.logs import new_trace
from bot.observability.redaction import describe_error

from .expired import end_message

log = logging.getLogger(__name__)

ACTIONS: Mapping[str, Next | Previous] = {"◀": Previous(), "▶": Next()}
EXPECTED_FOR = 30.0
"""Seconds in which a reaction's removal by the bot itself is not taken for a press."""


def action_of(emoji: discord.PartialEmoji) -> Next | Previous | None:
    """Return what a reaction means; with or without the emoji's variation selector."""
    return ACTIONS.get(emoji.name.rstrip("\ufe0f")) if emoji.id is None and emoji.name else None


def place_in(message: discord.Message, session: str) -> int | None:
    """Return the index of the page that a message shows, from its turn buttons; None if it has none."""
    for row in message.components:
        for child in getattr(row, "children", ()):
            control = read_custom_id(getattr(child, "custom_id", None) or "")
            if control is not None and control.session == session and control.action == "next":
                return control.number
    return None


async def _seen(active: ActiveSession, message: discord.PartialMessage) -> PagerState:
    """Return the state that users see: after a restart the message is more recent than the database."""
    try:
        shown = await message.fetch()
    except discord.HTTPException as error:
        log.info("the message of session %s cannot be read: %s", active.id, describe_error(error))
        return active.state
    return at_place(active.state, place_in(shown, active.id))


class Reactions:
    """Page turns by reactions, on all messages of a client."""

    def __init__(self, sessions: SessionService) -> None:
        self._sessions = sessions
        self._queues: dict[str, deque[Next | Previous]] = {}
        self._expected: dict[tuple[int, int, str], list[float]] = {}

    async def handle(self, event: discord.RawReactionActionEvent) -> None:
        """Handle a reaction that was added or removed; the bot's own and those of other messages are ignored.

        There is no private answer to a reaction, so only the user who asked turns pages; others' reactions are removed.
        """
        action = action_of(event.emoji)
        me = self._sessions.client.user
        if action is None or me is None or event.user_id == me.id:
            return
        if event.event_type == "REACTION_REMOVE" and self._was_expected(event):
            return
        if event.message_author_id is not None and event.message_author_id != me.id:
            return
        shown = await self._sessions.cache.shown_in(event.message_id)
        if shown is None:
            return
        new_trace()
        if isinstance(shown, ActiveSession):
            self._on_active(shown, event, action)
        elif event.user_id == shown.content.owner_id:
            if event.event_type == "REACTION_ADD":
                self._sessions.spawn(self._take_away(event))
            self._sessions.spawn(end_message(self._sessions, shown, event.channel_id, event.message_id, event.guild_id))

    def _on_active(self, active: ActiveSession, event: discord.RawReactionActionEvent, action: Next | Previous) -> None:
        if event.event_type == "REACTION_ADD":
            self._sessions.spawn(self._take_away(event))
        if event.user_id != active.content.owner_id:
            return
        queue = self._queues.get(active.id)
        if queue is not None:
            queue.append(action)
        else:
            self._queues[active.id] = deque([action])
            self._sessions.spawn(self._work_off(active, event))

    async def _work_off(self, active: ActiveSession, event: discord.RawReactionActionEvent) -> None:
        queue = self._queues[active.id]
        try:
            while queue:
                async with active.lock:
                    await self._turn(active, queue, event)
        except ProviderError as error:
            log_error(error)
        except discord.HTTPException as error:
            await self._failed(active, error)
        finally:
            self._queues.pop(active.id, None)

    async def _turn(
        self, active: ActiveSession, queue: deque[Next | Previous], event: discord.RawReactionActionEvent
    ) -> None:
        sessions = self._sessions
        target = sessions.client.get_partial_messageable(event.channel_id, guild_id=event.guild_id)
        partial = target.get_partial_message(event.message_id)
        before = state = await _seen(active, partial) if active.fresh else active.state
        last = queue[-1]
        while queue:
            state = reduce(state, queue.popleft())
        requester = await requester_at(
            sessions.client,
            event.channel_id,
            event.guild_id,
            event.user_id,
            active.content.locale,
            active.content.own,
        )
        page = await sessions.judged(requester, active.content, state, active)
        if page.state == before and page.content == active.content:
            return
        await sessions.change(active, page)
        guild = sessions.client.get_guild(event.guild_id) if event.guild_id else None
        limit = guild.filesize_limit if guild else DEFAULT_UPLOAD
        await sessions.edit(partial, requester, active, page, limit)
        sessions.spawn(sessions.prepare_next(active, requester, last, limit))
        if before.turns and not page.state.turns:
            sessions.spawn(remove_reactions(partial, sessions.client))

    async def _failed(self, active: ActiveSession, error: discord.HTTPException) -> None:
        if error.code in {10003, 10008}:
            log.info("the message of session %s is gone: %s", active.id, describe_error(error))
            await self._sessions.cache.delete(active)
        else:
            log_error(error)

    async def _take_away(self, event: discord.RawReactionActionEvent) -> None:
        """Remove the user's reaction, where allowed, so that the next press takes one click again."""
        if not self._may_take_away(event):
            return
        key = (event.message_id, event.user_id, str(event.emoji))
        self._expected.setdefault(key, []).append(time.monotonic() + EXPECTED_FOR)
        target = self._sessions.client.get_partial_messageable(event.channel_id, guild_id=event.guild_id)
        try:
            person = discord.Object(event.user_id)
            await target.get_partial_message(event.message_id).remove_reaction(event.emoji, person)
        except discord.HTTPException as error:
            self._was_expected(event)
            log.info("reaction left in place: %s", describe_error(error))
        except asyncio.CancelledError:
            self._was_expected(event)
            raise

    def _may_take_away(self, event: discord.RawReactionActionEvent) -> bool:
        guild = self._sessions.client.get_guild(event.guild_id) if event.guild_id else None
        channel = guild.get_channel_or_thread(event.channel_id) if guild else None
        if guild is None or channel is None:
            return False
        try:
            return channel.permissions_for(guild.me).manage_messages
        except discord.ClientException:  # a thread whose channel is not known
            return False

    def _was_expected(self, event: discord.RawReactionActionEvent) -> bool:
        """True, once, for a removal by the bot itself."""
        now = time.monotonic()
        for key in [key for key, times in self._expected.items() if times[-1] < now]:
            del self._expected[key]
        key = (event.message_id, event.user_id, str(event.emoji))
        times = self._expected.get(key)
        if not times:
            return False
        times.pop(0)
        if not times:
            del self._expected[key]
        return True
