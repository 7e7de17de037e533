"""A press on a control or a submitted modal, as handlers get it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import discord

from bot.discord_ui.discord_io.errors import Outdated
from bot.discord_ui.model.component_ids import Control
from bot.discord_ui.model.page import JudgedPage
from bot.discord_ui.model.session import S, Session, of_kind
from bot.discord_ui.sessions.cache import ActiveSession
from bot.discord_ui.sessions.service import SessionService
from bot.safesearch.place import Requester


@dataclass(frozen=True, slots=True)
class ComponentInteraction:
    """A press on a control or a submitted modal: where, by whom, on what.

    ``values`` are the choices in a menu, ``entered`` the fields of a submitted modal (None for a button or menu).
    """

    sessions: SessionService
    interaction: discord.Interaction[Any]
    active: ActiveSession
    control: Control
    values: tuple[str, ...]
    requester: Requester
    entered: Mapping[str, Sequence[str]] | None = None

    @property
    def by_owner(self) -> bool:
        """True if the user who asked pressed."""
        return self.requester.user_id == self.active.content.owner_id

    async def judged(self) -> JudgedPage:
        """Return the session as it may be shown now, at its present page: what a control names is looked up in it."""
        return await self.sessions.judged(
            self.requester, self.active.content, replace(self.active.state, complete=True)
        )

    def content_as(self, kind: type[S]) -> S:
        """Return the session as it is stored, of the kind that the control belongs to.

        Raises:
            Outdated: the message shows another kind.
        """
        return expect(self.active.content, kind)

    async def judged_as(self, kind: type[S]) -> S:
        """Return the session as it may be shown now, of the kind that the control belongs to.

        Raises:
            Outdated: the message shows another kind.
        """
        return expect((await self.judged()).content, kind)

    @property
    def may_moderate(self) -> bool:
        """True if the user may manage others' messages here."""
        return self.interaction.guild_id is not None and self.interaction.permissions.manage_messages

    @property
    def choice(self) -> int | None:
        """The first choice in the menu as a number."""
        return int(self.values[0]) if self.values and self.values[0].isdecimal() else None


def expect(content: Session, kind: type[S]) -> S:
    """Return a session as one of the kind that a control belongs to.

    Raises:
        Outdated: it is of another kind.
    """
    found = of_kind(content, kind)
    if found is None:
        raise Outdated
    return found


ComponentHandler = Callable[[ComponentInteraction], Awaitable[None]]
"""Answers its interaction; what it raises is shown to the user who pressed."""
