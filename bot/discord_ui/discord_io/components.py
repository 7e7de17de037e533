"""Rows of controls as the JSON of Discord's components.

Making the library's objects for fifteen controls, and again from the message at every press, costs more than all the
rest of a page turn. Controls are known by their names alone (``component_ids.py``) and presses on them come to the
router as events, so nothing is lost by leaving those objects out; discord.py sends what a view's ``to_components()``
returns. With an unknown version of discord.py its own objects are made.
"""

from collections.abc import Iterable
from typing import Any

import discord

from bot.discord_ui.model.component_ids import custom_id
from bot.discord_ui.model.message import Button, ControlRow, Option, SelectMenu, Style

from .library_version import is_known_version

Component = dict[str, Any]

_ROW = discord.ComponentType.action_row.value
_BUTTON = discord.ComponentType.button.value
_SELECT = discord.ComponentType.select.value
_STYLES: dict[Style, int] = {style: discord.ButtonStyle[style.value].value for style in Style}
_LINK = discord.ButtonStyle.link.value
_CHANNEL_MENU = discord.ComponentType.channel_select.value
_CHANNELS = (
    discord.ChannelType.text, discord.ChannelType.voice, discord.ChannelType.category, discord.ChannelType.news,
    discord.ChannelType.stage_voice, discord.ChannelType.forum,
)  # fmt: skip
"""What a channel menu offers: what settings can be made for, but for media channels, which Discord takes in no menu."""


class Controls(discord.ui.View):
    """The rows under a message with embeds."""

    def __init__(self, session: str, rows: Iterable[ControlRow]) -> None:
        super().__init__(timeout=None)
        self.stop()  # else discord.py keeps it, and a task with it, a quarter of an hour for every private message
        self._rows = _added(self, session, rows) if not is_known_version() else [_row(session, row) for row in rows]

    def to_components(self) -> list[Component]:
        """Return the rows."""
        return self._rows if is_known_version() else super().to_components()


class Layout(discord.ui.LayoutView):
    """A Components V2 message: the library's parts above, rows of controls below."""

    def __init__(self, session: str, parts: Iterable[discord.ui.Item[Any]], rows: Iterable[ControlRow]) -> None:
        super().__init__(timeout=None)
        self.stop()  # as above
        for part in parts:
            self.add_item(part)
        self._rows = _added(self, session, rows) if not is_known_version() else [_row(session, row) for row in rows]

    def to_components(self) -> list[Component]:
        """Return the parts and the rows."""
        return [*super().to_components(), *self._rows]


def _added(view: discord.ui.View | discord.ui.LayoutView, session: str, rows: Iterable[ControlRow]) -> list[Component]:
    """Add the rows to a view as the library's own objects; returns no JSON of ours."""
    for number, row in enumerate(rows):
        items = [_select_item(session, row)] if isinstance(row, SelectMenu) else [_button_item(session, b) for b in row]
        if isinstance(view, discord.ui.LayoutView):
            view.add_item(discord.ui.ActionRow(*items))
            continue
        for item in items:
            item.row = number
            view.add_item(item)
    return []


def _button_item(session: str, button: Button) -> discord.ui.Item[Any]:
    return discord.ui.Button(
        style=discord.ButtonStyle.link if button.url else discord.ButtonStyle[button.style.value],
        label=button.label,
        emoji=button.emoji,
        disabled=button.disabled,
        url=button.url,
        custom_id=None if button.url else custom_id(session, button.action),
    )


def _select_item(session: str, select: SelectMenu) -> discord.ui.Item[Any]:
    if select.of_channels:
        return discord.ui.ChannelSelect(
            custom_id=custom_id(session, select.action),
            placeholder=select.placeholder[:150],
            channel_types=[*_CHANNELS],
        )
    options = [
        discord.SelectOption(
            label=one.label, value=one.value, description=one.description, emoji=one.emoji, default=one.chosen
        )
        for one in select.options[:25]
    ]
    name = custom_id(session, select.action)
    return discord.ui.Select(custom_id=name, placeholder=select.placeholder[:150], options=options)


def _row(session: str, row: ControlRow) -> Component:
    controls = [_select(session, row)] if isinstance(row, SelectMenu) else [_button(session, button) for button in row]
    return {"type": _ROW, "components": controls}


def _button(session: str, button: Button) -> Component:
    made: Component = (
        {"type": _BUTTON, "style": _LINK, "url": button.url}
        if button.url
        else {"type": _BUTTON, "style": _STYLES[button.style], "custom_id": custom_id(session, button.action)}
    )
    if button.label:
        made["label"] = button.label
    if button.emoji:
        made["emoji"] = {"name": button.emoji}
    if button.disabled:
        made["disabled"] = True
    return made


def _select(session: str, select: SelectMenu) -> Component:
    common: Component = {
        "custom_id": custom_id(session, select.action),
        "placeholder": select.placeholder[:150],
        "min_values": 1,
        "max_values": 1,
    }
    if select.of_channels:
        return {"type": _CHANNEL_MENU, "channel_types": [one.value for one in _CHANNELS], **common}
    return {"type": _SELECT, "options": [_option(option) for option in select.options[:25]], **common}


def _option(option: Option) -> Component:
    made: Component = {"label": option.label, "value": option.value}
    if option.description:
        made["description"] = option.description
    if option.emoji:
        made["emoji"] = {"name": option.emoji}
    if option.chosen:
        made["default"] = True
    return made
