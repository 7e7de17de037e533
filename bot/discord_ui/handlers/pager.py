"""Page turns and views: on the message itself for the asker, on a private copy for anybody else."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.page_reactions import withdraw
from bot.discord_ui.model.judged import JudgedPage
from bot.discord_ui.model.pager import (
    Action,
    First,
    Last,
    Next,
    PagerState,
    Paging,
    Previous,
    Show,
    View,
    at_place,
    reduce,
)
from bot.discord_ui.model.session import Session
from bot.discord_ui.sessions.drawing import draw_ahead

from .component_interaction import ComponentInteraction


async def turn(press: ComponentInteraction, action: Action) -> None:
    """Do a pager action: on the message itself for the asker, on a private copy for anybody else."""
    if press.by_asker:
        await responses.in_time(press.interaction, turn_own(press, action))
    else:
        await responses.in_time(press.interaction, copy_of(press, action), private=True, thinking=True)


async def turn_own(press: ComponentInteraction, action: Action) -> None:
    """Turn the message itself: one press at a time, in the order they came.

    Of page turns that wait in a row only the last is drawn: the others are answered without a page of their own.
    """
    live = press.live
    paging = isinstance(action, Paging)
    live.turning += paging
    try:
        await live.lock.acquire()
    finally:
        live.turning -= paging
    try:
        state = reduce(where(press), action, press.interaction.id)
        passed_by = paging and live.turning > 0 and not state.wants_more
        if passed_by:
            live.state, live.fresh = state, False
        else:
            await show(press, await press.desk.judged(press.requester, live.content, state, live))
    finally:
        live.lock.release()
    if passed_by:
        await responses.acknowledge(press.interaction)
    elif isinstance(action, Next | Previous):
        await draw_ahead(press.desk.service, live, press.requester, action)


async def copy_of(press: ComponentInteraction, action: Action | None = None) -> None:
    """Give somebody a private copy to page through: turned as they pressed, or with the one picture that they named."""
    content, state = press.live.content, where(press)
    action = action or Show(View.SINGLE, press.control.number)
    state = reduce(replace(state, recent=(), hidden_by=None), action)
    await press.desk.open_privately(press.interaction, press.requester, content, state)


async def change_to(
    press: ComponentInteraction, make: Callable[[], Awaitable[Session]], view: View | None = None
) -> None:
    """Show something else in the message: for the asker in place, for anybody else in a private copy.

    The view stays unless another is given; a gallery stays one, because Discord has no way back from it.
    """

    async def made() -> Session:
        return (await make()).with_(spoiler=press.live.content.spoiler)

    now = press.live.state.view
    wanted = now if view is None or (press.by_asker and now is View.GALLERY) else view
    if press.by_asker:
        await responses.in_time(press.interaction, _become(press, made, wanted))
    else:
        await responses.in_time(press.interaction, _become_copy(press, made, wanted), private=True, thinking=True)


async def _become(press: ComponentInteraction, make: Callable[[], Awaitable[Session]], view: View) -> None:
    """Show something else in place; if it has no pictures, the page stays, and the asker is told alone."""
    live = press.live
    made = await make()
    if not made.items and live.content.items:
        await press.desk.open_privately(press.interaction, press.requester, made, PagerState(view=view))
        return
    async with live.lock:
        old = live.content
        content = made.with_(private=old.private, shared=old.shared, published=old.published)
        fresh = PagerState(len(content.items), content.fetched.complete, view=view)
        await become(press, await press.desk.judged(press.requester, content, fresh))


async def _become_copy(press: ComponentInteraction, make: Callable[[], Awaitable[Session]], view: View) -> None:
    await press.desk.open_privately(press.interaction, press.requester, await make(), PagerState(view=view))


async def show(press: ComponentInteraction, page: JudgedPage) -> None:
    """Put a page in force and draw it; the caller holds the session's lock."""
    live, desk = press.live, press.desk
    await desk.change(live, page)
    await desk.update(press.interaction, press.requester, live, page)


async def become(press: ComponentInteraction, page: JudgedPage) -> None:
    """Show something else than before in the message, with reactions only if it has pages to turn."""
    live, desk, shown = press.live, press.desk, press.interaction.message
    had_pages = not live.state.single_page
    await show(press, page)
    if shown is None or page.content.private or had_pages is not page.state.single_page:
        return
    if had_pages:
        desk.spawn(withdraw(shown, desk.client))
    else:
        await desk.offer_reactions(press.interaction, live, shown)


def where(press: ComponentInteraction) -> PagerState:
    """Return the state that a press starts from.

    After a restart the message itself knows best which page it shows: its controls carry the place.
    """
    return at_place(press.live.state, press.control.number) if press.live.fresh else press.live.state


TURNS: dict[str, Action] = {"first": First(), "previous": Previous(), "next": Next(), "last": Last()}


async def on_turn(press: ComponentInteraction) -> None:
    """Turn to the first, previous, next or last page."""
    await turn(press, TURNS[press.control.action])


async def on_view(press: ComponentInteraction) -> None:
    """Show one picture, a grid or a gallery."""
    view = next((view for view in View if view.value == press.control.argument), None)
    if view is None:
        return
    if press.live.state.view is View.GALLERY:  # the message cannot become anything else
        await responses.in_time(press.interaction, copy_of(press, Show(view)), private=True, thinking=True)
    else:
        await turn(press, Show(view))
