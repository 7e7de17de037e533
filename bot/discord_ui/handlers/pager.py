"""Page turns and views: on the message itself for the user who asked, on a private copy for anybody else."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import discord

from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.context import acts_itself
from bot.discord_ui.discord_io.errors import PageGone
from bot.discord_ui.discord_io.page_reactions import remove_reactions
from bot.discord_ui.model.page import JudgedPage
from bot.discord_ui.model.pager import (
    Next,
    PagerAction,
    PagerState,
    Paging,
    Previous,
    Show,
    View,
    at_place,
    reduce,
)
from bot.discord_ui.model.session import Session

from .component_interaction import ComponentInteraction
from .panel_page import close, draw_judged, page_message


async def turn(event: ComponentInteraction, action: PagerAction) -> None:
    """Apply a pager action: to the message itself for the user who asked, to a private copy for anybody else."""
    if event.by_owner:
        await responses.defer_if_slow(event.interaction, turn_own(event, action))
    else:
        await responses.defer_if_slow(event.interaction, copy_of(event, action), private=True, thinking=True)


async def turn_own(event: ComponentInteraction, action: PagerAction) -> None:
    """Turn the page of the message itself: one press at a time, in order.

    Of several waiting page turns only the last is drawn; the others are acknowledged.
    """
    active = event.active
    paging = isinstance(action, Paging)
    active.turning += paging
    try:
        await active.lock.acquire()
    finally:
        active.turning -= paging
    try:
        state = reduce(starting_state(event), action, event.interaction.id)
        passed_by = paging and active.turning > 0 and not state.wants_more
        if passed_by:
            active.state, active.fresh = state, False
        else:
            await show_page(event, await event.sessions.judged(event.requester, active.content, state, active))
    finally:
        active.lock.release()
    if passed_by:
        await responses.acknowledge(event.interaction)
    elif isinstance(action, Next | Previous):
        event.sessions.in_flight.answered(event.interaction)
        await event.sessions.prepare_next(active, event.requester, action, event.interaction.filesize_limit)


async def copy_of(event: ComponentInteraction, action: PagerAction | None = None) -> None:
    """Open a private copy for another user: turned as they pressed, or at the picture that they chose."""
    content, state = event.active.content, starting_state(event)
    action = action or Show(View.SINGLE, event.control.number)
    state = reduce(replace(state, recent=(), hidden_by=None), action)
    await event.sessions.open_privately(event.interaction, event.requester, content, state)


async def change_to(
    event: ComponentInteraction, make: Callable[[], Awaitable[Session]], view: View | None = None
) -> None:
    """Show something else: in the message for the user who asked, in a private copy for anybody else.

    The view stays unless another is given; a gallery stays one, because Discord has no way back from it.
    """

    async def made() -> Session:
        return (await make()).with_(spoiler=event.active.content.spoiler)

    now = event.active.state.view
    wanted = now if view is None or (event.by_owner and now is View.GALLERY) else view
    if event.by_owner:
        await responses.defer_if_slow(event.interaction, _become(event, made, wanted))
    else:
        await responses.defer_if_slow(event.interaction, _become_copy(event, made, wanted), private=True, thinking=True)


async def _become(event: ComponentInteraction, make: Callable[[], Awaitable[Session]], view: View) -> None:
    """Show something else in place; if it has no pictures, the page stays and the empty answer is private."""
    active = event.active
    made = await make()
    if not made.items and active.content.items:
        await event.sessions.open_privately(event.interaction, event.requester, made, PagerState(view=view))
        return
    async with active.lock:
        old = active.content
        content = made.with_(private=old.private, shared=old.shared, published=old.published)
        fresh = PagerState(len(content.items), content.fetched.complete, view=view)
        await show_page(event, await event.sessions.judged(event.requester, content, fresh))


async def _become_copy(event: ComponentInteraction, make: Callable[[], Awaitable[Session]], view: View) -> None:
    await event.sessions.open_privately(event.interaction, event.requester, await make(), PagerState(view=view))


async def draw_again(event: ComponentInteraction) -> None:
    """Draw the page of the message again, for a press that found out that something of it may not be shown any more.

    Where the bot can change its message itself that is done in the background, and a panel that was pressed goes: what
    it offers belongs to the page of before. Anything else (private answers, places where a user alone installed the
    bot) only a press on the message itself can change: what draws it again is the answer to the press, so nothing else
    may have been answered.
    """
    if not event.active.content.private and acts_itself(event.interaction):
        event.sessions.spawn(_draw_again(event, draw_judged))
        if event.control.panel is not None:
            await close(event)
    elif event.control.panel is None:
        await _draw_again(event, _answer_judged)


async def _draw_again(
    event: ComponentInteraction, draw: Callable[[ComponentInteraction, JudgedPage], Awaitable[None]]
) -> None:
    active = event.active
    async with active.lock:
        page = await event.sessions.judged(event.requester, active.content, starting_state(event))
        if page.content != active.content:
            await draw(event, page)


async def _answer_judged(event: ComponentInteraction, page: JudgedPage) -> None:
    await event.sessions.change(event.active, page)
    await event.sessions.update(event.interaction, event.requester, event.active, page)


async def show_page(event: ComponentInteraction, page: JudgedPage) -> None:
    """Store the session's new page and draw it, with reactions only if there are pages to turn.

    The caller holds the session's lock.
    """
    active, sessions, interaction = event.active, event.sessions, event.interaction
    turned = active.state.turns
    await sessions.change(active, page)
    if event.control.panel is None:
        await sessions.update(interaction, event.requester, active, page)
    else:
        try:
            await sessions.edit(page_message(event), event.requester, active, page, interaction.filesize_limit)
        except discord.NotFound as error:
            raise PageGone from error
        await close(event)
    if not page.content.private and turned is not page.state.turns:
        await _fit_reactions(event)


async def _fit_reactions(event: ComponentInteraction) -> None:
    """Put reactions under the page, or take them away, as it has begun or ceased to have pages to turn."""
    active, sessions = event.active, event.sessions
    shown = event.interaction.message if event.control.panel is None else page_message(event)
    if shown is None:
        return
    if active.state.turns:
        await sessions.offer_reactions(event.interaction, active, shown)
    else:
        sessions.spawn(remove_reactions(shown, sessions.client))


def starting_state(event: ComponentInteraction) -> PagerState:
    """Return the state that a press starts from.

    After a restart the custom ids of the message say which page it shows, more surely than the database.
    """
    return at_place(event.active.state, event.control.number) if event.active.fresh else event.active.state


TURNS: dict[str, PagerAction] = {"previous": Previous(), "next": Next()}


async def on_turn(event: ComponentInteraction) -> None:
    """Turn to the previous or next page."""
    await turn(event, TURNS[event.control.action])


async def on_view(event: ComponentInteraction) -> None:
    """Show one picture, a grid or a gallery."""
    view = next((view for view in View if view.value == event.control.argument), None)
    if view is None:
        return
    if event.active.state.view is View.GALLERY:  # the message cannot become anything else
        await responses.defer_if_slow(event.interaction, copy_of(event, Show(view)), private=True, thinking=True)
    else:
        await turn(event, Show(view))
