"""Where Discord's events arrive: component interactions, submitted modals, reactions; and how commands are let in."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import discord

from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.context import requester_of
from bot.discord_ui.discord_io.errors import Outdated, Restarting, TooBusy, TooOften, log_error, show_error
from bot.discord_ui.model.component_ids import Control, read_custom_id, safety_target
from bot.discord_ui.sessions.broken_images import with_unloaded
from bot.discord_ui.sessions.service import SessionService, session_service_of
from bot.observability.logs import new_trace

from .component_interaction import ComponentInteraction
from .expired import tell_ended
from .modals import values_in
from .pager import TURNS
from .panel_page import ensure_same_page
from .reactions import Reactions
from .routes import EXPIRED_HANDLERS, HANDLERS, OTHER_HANDLERS, SAFETY_HANDLERS
from .safety_panel import SafetyInteraction


class InteractionRouter:
    """Passes each event to the handler of its control."""

    def __init__(self, sessions: SessionService) -> None:
        self.sessions = sessions
        self.reactions = Reactions(sessions)

    async def handle(self, interaction: discord.Interaction[Any]) -> None:
        """Handle a press on a control or a submitted modal, of any user and of a message of any age.

        Controls are found by their custom id alone, so they work after a restart; unknown custom ids are ignored.
        """
        if interaction.type is not discord.InteractionType.autocomplete:
            self.sessions.in_flight.watch(interaction)
        data: dict[str, Any] = dict(interaction.data or {})
        name = str(data.get("custom_id", ""))
        control, other = read_custom_id(name), OTHER_HANDLERS.get(name.partition(":")[0])
        if other is not None:
            new_trace()
            await answer_interaction(interaction, lambda: other(interaction))
        if control is None:
            return
        pressed = interaction.type is discord.InteractionType.component
        if not pressed and interaction.type is not discord.InteractionType.modal_submit:
            return
        values, entered = (tuple(data.get("values", ())), None) if pressed else ((), values_in(data))
        if (target := safety_target(control.session)) is not None:
            await self._set_safety(SafetyInteraction(interaction, target, control, values, entered))
        else:
            await self._take(interaction, control, values, entered)

    async def _set_safety(self, event: SafetyInteraction) -> None:
        """Take a press on a safety panel; a control that is not known any more does nothing but say so."""

        async def work() -> None:
            handler = SAFETY_HANDLERS.get(event.control.action)
            if handler is None:
                raise Outdated
            await responses.defer_if_slow(event.interaction, handler(event))

        new_trace()
        await answer_interaction(event.interaction, work)

    async def _take(
        self,
        interaction: discord.Interaction[Any],
        control: Control,
        values: tuple[str, ...],
        entered: Mapping[str, Sequence[str]] | None,
    ) -> None:
        new_trace()
        in_flight = self.sessions.in_flight
        try:
            if not in_flight.begin(interaction, adds_up=self._adds_up(interaction, control)):
                await responses.acknowledge(interaction)
                return
            handler = HANDLERS.get(control.action)
            active = await self.sessions.cache.get(control.session) if handler is not None else None
            expired = await self.sessions.cache.expired(control.session) if active is None else None
            session = active or expired
            own = session.content.own if session is not None else None
            requester = await requester_of(interaction, own, asks=control.action not in TURNS)
            if handler is None or active is None:
                in_flight.count_press(interaction)
                answer = tell_ended if control.panel else EXPIRED_HANDLERS.get(control.action, tell_ended)
                await answer(self.sessions, interaction, requester, expired)
                return
            if control.action not in TURNS or requester.user_id != active.content.owner_id:
                in_flight.count_press(interaction)
            ensure_same_page(control, active)
            if interaction.message is not None and control.panel is None:
                active.content = with_unloaded(active.content, interaction.message)
                if not interaction.message.flags.ephemeral:
                    await self.sessions.cache.attach(active, interaction.channel_id, interaction.message.id)
            await handler(ComponentInteraction(self.sessions, interaction, active, control, values, requester, entered))
        except Exception as error:  # noqa: BLE001 (any error is shown to the user and logged)
            if responses.needs_no_message(error) and not self._waits(interaction, control, error):
                log_error(error)
                return
            await show_error(interaction, error)

    def _waits(self, interaction: discord.Interaction[Any], control: Control, error: BaseException) -> bool:
        """True if the user would see nothing at all: nothing was answered, or the page of a panel did not change."""
        if responses.interaction_ended(error):
            return False
        return control.panel is not None or not interaction.response.is_done()

    def _adds_up(self, interaction: discord.Interaction[Any], control: Control) -> bool:
        """True if every press of the control counts: those that turn a user's own page, or one that may be."""
        if control.action not in TURNS:
            return False
        owner_id = self.sessions.cache.owner_of(control.session)
        return owner_id is None or owner_id == interaction.user.id


async def admit_command(interaction: discord.Interaction[Any]) -> bool:
    """Begin to answer a command in the running task; False if a limit is reached, after telling the user."""
    if interaction.type is discord.InteractionType.autocomplete:
        return True
    in_flight = session_service_of(interaction.client).in_flight
    try:
        in_flight.begin(interaction)
        in_flight.count_command(interaction)
    except (TooBusy, Restarting, TooOften) as refused:
        await show_error(interaction, refused)
        return False
    return True


async def answer_interaction(interaction: discord.Interaction[Any], work: Callable[[], Awaitable[object]]) -> None:
    """Do the work of a button or modal in the running task; errors are shown to the user and logged."""
    in_flight = session_service_of(interaction.client).in_flight
    try:
        if not in_flight.begin(interaction):
            await responses.acknowledge(interaction)
            return
        in_flight.count_press(interaction)
        await work()
    except Exception as error:  # noqa: BLE001 (any error is shown to the user and logged)
        await show_error(interaction, error)
