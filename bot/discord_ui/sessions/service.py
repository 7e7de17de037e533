"""Opens sessions, draws their pages, and connects each message with its session."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any

import discord

from bot.bing_v7 import Image
from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.context import chosen_level, requester_of, ruling_channel
from bot.discord_ui.discord_io.errors import log_error
from bot.discord_ui.discord_io.in_flight import InFlight
from bot.discord_ui.discord_io.page_reactions import add_reactions, may_react
from bot.discord_ui.discord_io.responses import reply_of
from bot.discord_ui.model.images import DEFAULT_UPLOAD, address_of
from bot.discord_ui.model.message import Message
from bot.discord_ui.model.page import JudgedPage
from bot.discord_ui.model.pager import Next, PagerState, Previous, View, within_bounds
from bot.discord_ui.model.ports import HasServices, Service, SiteBlocking
from bot.discord_ui.model.session import Session
from bot.runtime.rate_limit import RateLimit
from bot.safesearch.place import Requester
from bot.storage.choices import DisplayChoices
from bot.storage.policies import ListKind
from bot.storage.sessions import StorageError

from .broken_images import EditableMessage, replace_broken_images
from .cache import ActiveSession, SessionCache
from .drawing import draw_ahead, fetch_pictures, held_images, page_of, state_ahead
from .recheck import judged_page

log = logging.getLogger(__name__)

ASKED_AFTER = 1.0
"""Seconds after which a message is fetched to see whether Discord could load its pictures; many are turned by then."""
CHOICES_WITHIN = 1.0
"""Seconds for reading a place's display choices: the command is deferred only after that."""
FETCHED_AHEAD = 2
"""Maximum pages whose pictures are fetched before anybody turns to them: people wait for the same decoders."""
HIDE_LIMIT = (3, 600.0)
"""Maximum pages that one user may hide, and within how many seconds, so that nobody hides a whole channel."""


class SessionService:
    """The sessions of one client: cogs open them, handlers change them."""

    def __init__(self, client: discord.Client, services: HasServices) -> None:
        self.client = client
        self.services = services
        self.cache = SessionCache(services.sessions)
        self.hides = RateLimit(*HIDE_LIMIT)
        self.in_flight = InFlight()
        self.choices = DisplayChoices(services.sessions.database)
        self._ahead = asyncio.Semaphore(FETCHED_AHEAD)
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def service(self) -> Service:
        """The guarded search service."""
        return self.services.search

    @property
    def filters(self) -> frozenset[str]:
        """The v7 names of the filters that a configured provider can apply."""
        return self.service.capabilities.filters

    @property
    def block_site(self) -> Callable[[int, str, int], Awaitable[tuple[str, bool]]] | None:
        """Blocks a host in a server: ``(guild_id, host, by)``; None where that is not on offer.

        Returns the host as it is listed, and whether it was not listed before.
        """
        policies: SiteBlocking | None = getattr(self.services, "policies", None)
        if policies is None:
            return None

        async def block(guild_id: int, host: str, by: int) -> tuple[str, bool]:
            return await policies.add(guild_id, ListKind.HOST, host, by)

        return block

    async def begin_command(
        self,
        interaction: discord.Interaction[Any],
        private: bool | None = None,
        view: str | None = None,
        *,
        unchosen: View = View.SINGLE,
    ) -> tuple[Requester, View]:
        """Begin to answer a command: defer at once, privately if the user or the channel chose that.

        Returns who asks and the view to use: the one asked for, else the server's choice, else ``unchosen``.
        """
        choices = await self.choices_at(interaction)
        alone = choices.get("private") == "yes" if private is None else private
        reply_of(interaction).message_id = await responses.defer(interaction, private=alone, thinking=True)
        chosen = _view_named(view) or _view_named(choices.get("view")) or unchosen
        return await requester_of(interaction, chosen_level(interaction)), chosen

    async def choices_at(self, interaction: discord.Interaction[Any]) -> Mapping[str, str]:
        """Return the display choices of a place by name (``bot.storage.choices``).

        If they cannot be read in time, answers are private, as the place may have chosen.
        """
        try:
            async with asyncio.timeout(CHOICES_WITHIN):
                return await self.choices.of(interaction.guild_id, ruling_channel(interaction))
        except (TimeoutError, StorageError) as error:
            log.info("how answers are shown here cannot be read: %s", type(error).__name__)
            return {"private": "yes"}

    async def view_at(self, interaction: discord.Interaction[Any]) -> View | None:
        """Return the view that the place chose, None if it chose none."""
        return _view_named((await self.choices_at(interaction)).get("view"))

    async def open(
        self, interaction: discord.Interaction[Any], requester: Requester, content: Session, view: View = View.SINGLE
    ) -> ActiveSession:
        """Show a new session in the deferred message of a command.

        An answer without pictures is shown privately. Reactions are added afterwards, in the background.
        """
        private = reply_of(interaction).private
        state = PagerState(view=view)
        if not content.items and not private:
            await responses.delete_deferred(interaction)
            return await self.open_privately(interaction, requester, content, state)
        active, message = await self.begin(interaction, requester, content.with_(private=private), state)
        sent = await self.fill(interaction, requester, active, message)
        await self.cache.attach(active, interaction.channel_id, sent.id)
        if not private:
            await self.offer_reactions(interaction, active, sent)
        return active

    async def offer_reactions(
        self,
        interaction: discord.Interaction[Any],
        active: ActiveSession,
        sent: discord.Message | discord.PartialMessage,
    ) -> None:
        """Put reactions under a message in the background, where there are pages to turn and the place allows it."""
        choices = await self.choices_at(interaction)
        if active.state.turns and may_react(interaction) and choices.get("reactions") != "no":
            self.spawn(add_reactions(sent))

    async def open_privately(
        self, interaction: discord.Interaction[Any], requester: Requester, content: Session, state: PagerState
    ) -> ActiveSession:
        """Show a new session in a further, private message."""
        reply_of(interaction).message_id = None
        content = content if content.owner_id == requester.user_id else content.for_others()
        whose = {"owner_id": requester.user_id, "owner_moderates": requester.moderator, "locale": requester.locale}
        owned = content.with_(private=True, shared=False, published=False, **whose)
        if self.in_flight.copies_wait:  # so that everybody sees at once that something happens
            await responses.defer(interaction, private=True, thinking=True)
        async with self.in_flight.copy():
            active, message = await self.begin(interaction, requester, owned, state)
            sent = await responses.privately(interaction, active.id, message)
        if sent is not None:
            self.check_images(requester, active, sent, _sent(sent), interaction.filesize_limit)
        return active

    async def fill(
        self, interaction: discord.Interaction[Any], requester: Requester, active: ActiveSession, message: Message
    ) -> responses.Sent:
        """Show a session's page in the deferred message."""
        sent = await responses.fill(interaction, active.id, message)
        self.check_images(requester, active, sent, _sent(sent), interaction.filesize_limit)
        return sent

    async def publish(
        self, interaction: discord.Interaction[Any], requester: Requester, active: ActiveSession, message: Message
    ) -> discord.WebhookMessage:
        """Show a session's page in a new message for everybody."""
        sent = await responses.publicly(interaction, active.id, message)
        self.check_images(requester, active, sent, _sent(sent), interaction.filesize_limit)
        return sent

    async def update(
        self,
        interaction: discord.Interaction[Any],
        requester: Requester,
        active: ActiveSession,
        page: JudgedPage,
        *,
        everything: bool = False,
    ) -> None:
        """Draw a session's page in the message that was pressed, with all of its controls if ``everything``."""
        limit, pressed = interaction.filesize_limit, interaction.message
        drawn = await responses.judged_last(
            interaction, lambda: self.message_of(active, page, requester, limit, everything=everything)
        )
        returned = await responses.update(interaction, active.id, drawn)
        if pressed is not None:
            editable = EditableMessage(
                lambda: interaction.followup.fetch_message(pressed.id), interaction.edit_original_response
            )
            self.check_images(requester, active, returned, editable, limit)

    async def edit(
        self,
        message: discord.PartialMessage,
        requester: Requester,
        active: ActiveSession,
        page: JudgedPage,
        upload_limit: int,
    ) -> None:
        """Draw a session's page in a message that nobody pressed."""
        shown = await self.message_of(active, page, requester, upload_limit)
        returned = await responses.redraw(message.edit, active.id, shown)
        self.check_images(requester, active, returned, EditableMessage(message.fetch, message.edit), upload_limit)

    def check_images(
        self,
        requester: Requester,
        active: ActiveSession,
        returned: discord.Message | None,
        editable: EditableMessage,
        upload_limit: int,
    ) -> None:
        """Check in the background that a page that was just shown has its pictures, and try other addresses if not.

        Where Discord did not return the message it is asked a moment later, if the page is still the same then and
        has pictures that are not known to load.
        """
        if active.looked_at is not None:
            active.looked_at.cancel()
            active.looked_at = None
        if returned is not None:
            self.spawn(replace_broken_images(self.service, requester, active, returned, editable, upload_limit))
        else:
            loop, asked = asyncio.get_running_loop(), (requester, active, editable, upload_limit)
            active.looked_at = loop.call_later(ASKED_AFTER, self._look_at, *asked)

    def _look_at(
        self, requester: Requester, active: ActiveSession, editable: EditableMessage, upload_limit: int
    ) -> None:
        """Begin to look at a page's message, if the page has pictures that are not known to load."""

        async def look() -> None:
            try:
                returned = await editable.read()
            except discord.HTTPException as error:
                log.info("the page of session %s cannot be read again: %s", active.id, error)
            else:
                await replace_broken_images(self.service, requester, active, returned, editable, upload_limit)

        active.looked_at = None
        if not active.loaded.issuperset(self._addresses(active)):
            self.spawn(look())

    @staticmethod
    def _addresses(active: ActiveSession) -> set[str]:
        """Return the web addresses of the pictures of the page that a session shows."""
        if active.state.hidden_by is not None:
            return set()
        addresses = (address_of(image, {}, active.content.unloaded) for image in active.content.page(active.state))
        return {address for address in addresses if address}

    async def begin(
        self, interaction: discord.Interaction[Any], requester: Requester, content: Session, state: PagerState
    ) -> tuple[ActiveSession, Message]:
        """Store a new session and draw its first page."""
        state = within_bounds(state, len(content.items), content.fetched.complete)
        page = await self.judged(requester, content, state)
        active = await self.cache.add(
            page,
            guild_id=interaction.guild_id,
            channel_id=interaction.channel_id,
            message_id=reply_of(interaction).message_id,
        )
        limit = interaction.filesize_limit
        return active, await responses.judged_last(interaction, lambda: self.message_of(active, page, requester, limit))

    async def judged(
        self, requester: Requester, content: Session, state: PagerState, active: ActiveSession | None = None
    ) -> JudgedPage:
        """Return the page as it may be shown now, with what it lacked; ``active`` remembers what was judged before.

        Raises:
            ProviderError: the pictures or the settings cannot be read.
        """
        return await judged_page(self.service, requester, content, state, active.judged if active else ())

    async def change(self, active: ActiveSession, page: JudgedPage) -> None:
        """Apply a session's new content and state.

        What the message itself does not say (new content, hidden or not, the view) is stored before it is shown; a page
        turn is stored afterwards.
        """
        content, state = page.content, page.state
        as_before = (state.view, state.hidden_by) == (active.state.view, active.state.hidden_by)
        only_turned = as_before and (content is active.content or content == active.content)
        active.content, active.state, active.judged, active.fresh = content, state, (page,), False
        if only_turned:
            self.cache.turned(active)
        else:
            await self.cache.save(active)

    async def message_of(
        self,
        active: ActiveSession,
        page: JudgedPage,
        requester: Requester,
        upload_limit: int = DEFAULT_UPLOAD,
        *,
        everything: bool = False,
    ) -> Message:
        """Return a session's page as a message, with the pictures that go up with it."""
        return await page_of(self.service, active, page, requester, upload_limit, everything=everything)

    async def prepare_next(
        self, active: ActiveSession, requester: Requester, action: Next | Previous, upload_limit: int
    ) -> None:
        """Draw what a session shows if somebody turns it once more in the same direction.

        Held pictures of it are fetched in the background. Call it once the page of now is shown.
        """
        state, content = state_ahead(active, action), active.content
        if state is None:
            return
        if held := held_images(content, state):
            self.spawn(self.fetch_ahead(held, state.view, requester.at_least(content.own), upload_limit))
        else:
            await draw_ahead(self.service, active, requester, state)

    async def fetch_ahead(self, images: Sequence[Image], view: View, requester: Requester, upload_limit: int) -> None:
        """Have held pictures drawn that are probably shown next, unless that is done for enough other pages.

        Raises:
            ProviderError: they cannot be read now.
        """
        if not self._ahead.locked():
            async with self._ahead:
                await fetch_pictures(self.service, images, view, requester, upload_limit)

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run something in the background; errors are logged."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def close(self) -> None:
        """Finish running work and write what changed."""
        await self.in_flight.finish()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.cache.flush()

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log_error(error)


def _sent(message: responses.Sent) -> EditableMessage:
    """Return how to edit a message that an interaction sent; Discord returned it, so it is not read again."""

    async def read() -> discord.Message:
        return message

    return EditableMessage(read, message.edit)


def _view_named(name: str | None) -> View | None:
    return next((view for view in View if view.value == name), None)


_KEPT_AS = "_magpie_session_service"
"""The client's attribute that holds its service: both are forgotten together, though the service knows the client."""


def session_service_of(client: Any) -> SessionService:
    """Return the client's session service; made at the first call from ``client.services``."""
    sessions: SessionService | None = getattr(client, _KEPT_AS, None)
    if sessions is None:
        sessions = SessionService(client, client.services)
        setattr(client, _KEPT_AS, sessions)
    return sessions
