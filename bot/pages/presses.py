"""What each control does. A handler answers its interaction; what it raises is told to the person who pressed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import discord

from bot.safesearch.place import Visitor

from . import replies
from .content import Content
from .custom_ids import Control
from .errors import NotYours
from .live import Live
from .state import Action, First, Last, Next, PagerState, Previous, Show, View, reduce

if TYPE_CHECKING:
    from .desk import Desk


@dataclass(frozen=True, slots=True)
class Press:
    """A press on a control: where, by whom, on what; ``values`` are the choices in a menu."""

    desk: "Desk"
    interaction: discord.Interaction[Any]
    live: Live
    control: Control
    values: tuple[str, ...]
    visitor: Visitor

    @property
    def by_asker(self) -> bool:
        """True if the person who asked pressed."""
        return self.visitor.user_id == self.live.content.asker_id

    @property
    def may_moderate(self) -> bool:
        """True if the person may manage others' messages here."""
        return self.interaction.guild_id is not None and self.interaction.permissions.manage_messages

    @property
    def choice(self) -> int | None:
        """The first choice in the menu as a number."""
        return int(self.values[0]) if self.values and self.values[0].isdecimal() else None


Handler = Callable[[Press], Awaitable[None]]
HANDLERS: dict[str, Handler] = {}
"""Every action by its name in a custom_id; other modules of this room add theirs with ``handles``."""


def handles(*actions: str) -> Callable[[Handler], Handler]:
    """Register a handler for actions."""

    def register(handler: Handler) -> Handler:
        HANDLERS.update(dict.fromkeys(actions, handler))
        return handler

    return register


async def turn(press: Press, action: Action) -> None:
    """Do a pager action: on the message itself for the asker, on a private copy for anybody else."""
    if press.by_asker:
        await replies.in_time(press.interaction, turn_own(press, action))
    else:
        await replies.in_time(press.interaction, copy_for(press, action), ephemeral=True, thinking=True)


async def turn_own(press: Press, action: Action) -> None:
    """Turn the asker's own message: one press at a time, in the order they came."""
    live = press.live
    async with live.lock:
        state = reduce(where(press), action, press.interaction.id)
        content, state = await press.desk.prepare(press.visitor, live.content, state)
        await press.desk.change(live, content, state)
        message = await press.desk.drawn(live, press.visitor, press.interaction.filesize_limit)
        await replies.update(press.interaction, live.id, message)


async def copy_for(press: Press, action: Action) -> None:
    """Give somebody else a private copy to page through, turned as they pressed."""
    state = reduce(replace(where(press), recent=(), hidden_by=None), action)
    await press.desk.open_privately(press.interaction, press.visitor, press.live.content, state)


async def become(press: Press, content: Content, view: View) -> None:
    """Show something else in the message: for the asker in place, for anybody else in a private copy."""
    live = press.live
    if not press.by_asker:
        await press.desk.open_privately(press.interaction, press.visitor, content, PagerState(view=view))
        return
    async with live.lock:
        owned = content.with_(private=live.content.private, shared=live.content.shared)
        fresh = PagerState(len(owned.items), owned.fetched.complete, view=view)
        owned, state = await press.desk.prepare(press.visitor, owned, fresh)
        await press.desk.change(live, owned, state)
        message = await press.desk.drawn(live, press.visitor, press.interaction.filesize_limit)
        await replies.update(press.interaction, live.id, message)


def where(press: Press) -> PagerState:
    """Return the state that a press starts from.

    After a restart the message itself knows best which page it shows: its controls carry the place.
    """
    state, number = press.live.state, press.control.number
    seen = number is not None and number < state.known and number % state.size == 0
    return replace(state, index=number or 0) if press.live.fresh and seen else state


@handles("first")
async def _first(press: Press) -> None:
    await turn(press, First())


@handles("previous")
async def _previous(press: Press) -> None:
    await turn(press, Previous())


@handles("next")
async def _next(press: Press) -> None:
    await turn(press, Next())


@handles("last")
async def _last(press: Press) -> None:
    await turn(press, Last())


@handles("view")
async def _view(press: Press) -> None:
    try:
        view = View(press.control.argument or "")
    except ValueError:
        return
    await turn(press, Show(view))


@handles("picture")
async def _picture(press: Press) -> None:
    await replies.in_time(
        press.interaction, copy_for(press, Show(View.SINGLE, press.choice)), ephemeral=True, thinking=True
    )


@handles("delete")
async def _delete(press: Press) -> None:
    if not (press.by_asker or press.may_moderate):
        raise NotYours
    await press.interaction.response.defer()
    await press.interaction.delete_original_response()
    await press.desk.live.delete(press.live)
