"""The message of an expired session, edited to say so: its content stays, one button replaces its controls."""

from typing import Any

import discord

from bot.discord_ui.model.message import Button
from bot.discord_ui.model.session import Session
from bot.i18n import say

from .components import Layout
from .embeds import NO_MENTIONS, view


def card_edit(content: Session, session: str, words: str, button: Button | None) -> dict[str, Any]:
    """Return the edit of a message with embeds; they and their pictures stay as they are."""
    by = say(content.locale, "shared-by", user=f"<@{content.owner_id}>") if content.published else None
    return {
        "content": "\n".join(line for line in (by, f"-# {words}") if line),
        "view": view(session, ((button,),) if button else ()),
        "allowed_mentions": NO_MENTIONS,
    }


def only_delete_left(message: discord.Message, session: str, words: str, button: Button) -> dict[str, Any]:
    """Return the edit of a message of whose session nothing is stored: its content stays, with one button."""
    if message.flags.components_v2:
        return gallery_edit(message, session, words, button, whole=False)  # the level it was shown at is not known
    return {"view": view(session, ((button,),)), "allowed_mentions": NO_MENTIONS}


def gallery_texts(message: discord.Message) -> list[str]:
    """Return the texts of a gallery and the addresses of its pictures."""
    found: list[str] = []
    for item in discord.ui.LayoutView.from_message(message, timeout=None).walk_children():
        if isinstance(item, discord.ui.TextDisplay):
            found.append(item.content)
        elif isinstance(item, discord.ui.MediaGallery):
            found += [text for one in item.items for text in (one.media.url, one.description) if text]
    return found


def gallery_edit(
    message: discord.Message, session: str, words: str, button: Button | None, *, whole: bool
) -> dict[str, Any]:
    """Return the edit of a gallery as Discord shows it; pictures that went up with it are named as its attachments.

    An edit has to send the whole gallery again. Unless it may be shown ``whole``, ``words`` replace it.
    """
    rows = ((button,),) if button else ()
    if not whole:
        alone = Layout(session, (discord.ui.TextDisplay(f"-# {words}"),), rows)
        return {"view": alone, "attachments": [], "allowed_mentions": NO_MENTIONS}
    found = discord.ui.LayoutView.from_message(message, timeout=None)
    parts: list[discord.ui.Item[Any]] = []
    for item in tuple(found.children):
        if isinstance(item, discord.ui.ActionRow):
            continue
        for child in item.walk_children() if isinstance(item, discord.ui.Container) else ():
            if isinstance(child, discord.ui.MediaGallery):
                _name_attachments(child, message)
        parts.append(item)
    parts.append(discord.ui.TextDisplay(f"-# {words}"))
    made = Layout(session, parts, rows)
    return {"view": made, "attachments": message.attachments, "allowed_mentions": NO_MENTIONS}


def _name_attachments(pictures: discord.ui.MediaGallery[Any], message: discord.Message) -> None:
    names = {attachment.id: attachment.filename for attachment in message.attachments}
    for picture in pictures.items:
        name = names.get(picture.media.attachment_id or 0) or next(
            (one for one in names.values() if picture.media.url.partition("?")[0].endswith(f"/{one}")), None
        )
        if name is not None:
            picture.media = f"attachment://{name}"
