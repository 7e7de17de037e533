"""Buttons and menus that know their session by name, so that they work after a restart; they only pass presses on."""

import re
from typing import Any, Self

import discord

from .custom_ids import TEMPLATE, Control


class PageItem(discord.ui.DynamicItem[discord.ui.Button[Any] | discord.ui.Select[Any]], template=TEMPLATE):
    """A button or a menu of a page."""

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: discord.ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        """Wrap the button that was pressed or the menu in which something was chosen."""
        assert isinstance(item, discord.ui.Button | discord.ui.Select)  # noqa: S101 (for the type checker)
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Pass the press on."""
        from .desk import desk_of  # noqa: PLC0415 (the desk draws with these items)

        found = TEMPLATE.fullmatch(self.item.custom_id or "")
        if found is not None:
            values = tuple(self.item.values) if isinstance(self.item, discord.ui.Select) else ()
            control = Control(found["session"], found["action"], found["argument"])
            await desk_of(interaction.client).pressed(interaction, control, values)
