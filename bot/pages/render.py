"""Messages as values become what discord.py sends."""

import io
from typing import Any, TypedDict

import discord

from .custom_ids import custom_id
from .items import PageItem
from .message import Attached, Button, Card, Gallery, Message, Row, Select

NO_MENTIONS = discord.AllowedMentions.none()


class Payload(TypedDict):
    """What every way of sending or editing takes; nothing in it can ping anybody."""

    content: str | None
    embeds: list[discord.Embed]
    attachments: list[discord.File]
    view: discord.ui.View | discord.ui.LayoutView | None
    allowed_mentions: discord.AllowedMentions


def payload(session: str, message: Message) -> Payload:
    """Return the arguments of an edit; whatever the message showed before is replaced."""
    return Payload(
        content=message.text,
        embeds=[embed(card) for card in message.cards],
        attachments=[file(one) for one in message.files],
        view=layout(session, message, message.gallery) if message.gallery else view(session, message.rows),
        allowed_mentions=NO_MENTIONS,
    )


def sending(session: str, message: Message) -> dict[str, Any]:
    """Return the arguments of a new message: as for an edit, but nothing empty and files by their own name."""
    found = payload(session, message)
    arguments: dict[str, Any] = {"allowed_mentions": found["allowed_mentions"]}
    if found["view"] is not None:
        arguments["view"] = found["view"]
    if message.gallery is None:
        arguments["content"] = found["content"]
        arguments["embeds"] = found["embeds"]
    if found["attachments"]:
        arguments["files"] = found["attachments"]
    return arguments


def embed(card: Card) -> discord.Embed:
    """Make an embed."""
    made = discord.Embed(title=card.title, url=card.url, description=card.description, colour=card.color)
    if card.author:
        made.set_author(name=card.author, url=card.author_url)
    if card.footer:
        made.set_footer(text=card.footer)
    if card.image:
        made.set_image(url=card.image)
    if card.thumbnail:
        made.set_thumbnail(url=card.thumbnail)
    for one in card.fields:
        made.add_field(name=one.name, value=one.value, inline=one.inline)
    return made


def file(one: Attached) -> discord.File:
    """Make an upload with its alt text."""
    return discord.File(io.BytesIO(one.picture.data), filename=one.filename, description=one.alt)


def view(session: str, rows: tuple[Row, ...]) -> discord.ui.View | None:
    """Make the rows of controls of a message with embeds; None if there are none."""
    if not rows:
        return None
    made = discord.ui.View(timeout=None)
    for number, row in enumerate(rows):
        for item in items(session, row):
            item.row = number
            made.add_item(item)
    return made


def layout(session: str, message: Message, gallery: Gallery) -> discord.ui.LayoutView:
    """Make a Components V2 message."""
    made = discord.ui.LayoutView(timeout=None)
    box: discord.ui.Container[Any] = discord.ui.Container(accent_colour=gallery.color)
    for text in (gallery.heading,):
        box.add_item(discord.ui.TextDisplay(text))
    if gallery.items:
        pictures = (
            discord.MediaGalleryItem(one.url, description=one.alt or None, spoiler=one.spoiler) for one in gallery.items
        )
        box.add_item(discord.ui.MediaGallery(*pictures))
    for text in (gallery.sources, gallery.footer):
        if text:
            box.add_item(discord.ui.TextDisplay(text))
    made.add_item(box)
    for row in message.rows:
        made.add_item(discord.ui.ActionRow(*items(session, row)))
    return made


def items(session: str, row: Row) -> list[discord.ui.Item[Any]]:
    """Make the controls of a row."""
    if isinstance(row, Select):
        return [PageItem(_select(session, row))]
    return [_button(session, button) for button in row]


def _button(session: str, button: Button) -> discord.ui.Item[Any]:
    if button.url:
        return discord.ui.Button(style=discord.ButtonStyle.link, label=button.label, url=button.url)
    made: discord.ui.Button[Any] = discord.ui.Button(
        style=discord.ButtonStyle[button.style.value],
        label=button.label,
        emoji=button.emoji,
        disabled=button.disabled,
        custom_id=custom_id(session, button.action),
    )
    return PageItem(made)


def _select(session: str, select: Select) -> discord.ui.Select[Any]:
    options = [
        discord.SelectOption(
            label=one.label, value=one.value, description=one.description, emoji=one.emoji, default=one.chosen
        )
        for one in select.options[:25]
    ]
    return discord.ui.Select(
        custom_id=custom_id(session, select.action), placeholder=select.placeholder[:150], options=options
    )
