"""Converts message values to what discord.py sends."""

import io
from typing import Any, TypedDict

import discord

from bot.discord_ui.model.message import Attached, Card, ControlRow, Gallery, Message

from .components import Controls, Layout

NO_MENTIONS = discord.AllowedMentions.none()


class Payload(TypedDict):
    """What every way of sending or editing takes; nothing in it can ping anybody."""

    content: str | None
    embeds: list[discord.Embed]
    attachments: list[discord.File]
    view: discord.ui.View | discord.ui.LayoutView | None
    allowed_mentions: discord.AllowedMentions


def payload(session: str, message: Message) -> Payload:
    """Return the arguments of an edit that replaces everything the message showed before."""
    return Payload(
        content=message.text,
        embeds=[embed(card) for card in message.cards],
        attachments=[file(one) for one in message.files],
        view=layout(session, message, message.gallery) if message.gallery else view(session, message.rows),
        allowed_mentions=NO_MENTIONS,
    )


def sending(session: str, message: Message) -> dict[str, Any]:
    """Return the arguments of a new message: as for an edit, without empty ones and with ``files``."""
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
        made.set_author(name=card.author)
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


def view(session: str, rows: tuple[ControlRow, ...]) -> discord.ui.View | None:
    """Make the rows of controls of a message with embeds; None if there are none."""
    return Controls(session, rows) if rows else None


def layout(session: str, message: Message, gallery: Gallery) -> discord.ui.LayoutView:
    """Make a Components V2 message."""
    box: discord.ui.Container[Any] = discord.ui.Container()
    box.add_item(discord.ui.TextDisplay(gallery.heading))
    if gallery.items:
        pictures = (
            discord.MediaGalleryItem(one.url, description=one.alt or None, spoiler=one.spoiler) for one in gallery.items
        )
        box.add_item(discord.ui.MediaGallery(*pictures))
    for text in (gallery.sources, gallery.footer):
        if text:
            box.add_item(discord.ui.TextDisplay(text))
    return Layout(session, (box,), message.rows)
