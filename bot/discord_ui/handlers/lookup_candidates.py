"""The pictures of a message that could be meant: attachments, previews, stickers, links."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import discord
from yarl import URL

from bot.discord_ui.model.links import links_in
from bot.discord_ui.model.lookup_session import LookupSource, Origin

SMALLER_EDGE = 1_500
"""Longest side in pixels of the copies requested from Discord: what is sent on is no larger."""
MAX_CANDIDATES = 25
"""Maximum pictures to choose from: what a menu holds."""

_FETCH_SECONDS = 1.5
"""A message is fetched before anything was answered, within Discord's three seconds."""
_SPOILER = re.compile(r"\|\|(.+?)\|\|", re.DOTALL)


def from_attachment(attachment: discord.Attachment) -> LookupSource:
    """Return an attachment; of a video, the still that Discord makes of it."""
    video = (attachment.content_type or "").startswith("video/")
    return LookupSource(
        by=Origin.DISCORD,
        address=video_still(attachment.proxy_url) if video else attachment.url,
        size=None if video else attachment.size,
        smaller=None if video else smaller_copy(attachment.proxy_url, attachment.width, attachment.height),
        kind="video" if video else "attachment",
        name=attachment.filename,
        spoiler=attachment.is_spoiler(),
        video=attachment.url if video else None,
        video_size=attachment.size if video else None,
    )


def from_address(address: str) -> LookupSource:
    """Return a source for an address that a user typed."""
    return LookupSource(by=Origin.WEB, address=address.strip(), kind="link", name=address.strip()[:200])


def candidates(message: discord.Message) -> tuple[LookupSource, ...]:
    """Return the pictures of a message in the order people see them, each once; forwarded ones too.

    A file that a preview shows goes by the preview's name.
    """
    pictures: dict[str, LookupSource] = {}
    for one in (one for message in (message, *message.message_snapshots) for one in _of_source(message)):
        if not one.address:
            continue
        file = _file_of(one.address, one.by)
        known = pictures.setdefault(file, one)
        changes: dict[str, object] = {"spoiler": known.spoiler or one.spoiler}
        if known.kind == "attachment" and one.kind == "embed":
            changes |= {"name": one.name, "kind": one.kind}
        pictures[file] = known.model_copy(update=changes)
    return _told_apart(tuple(pictures.values())[:MAX_CANDIDATES])


async def replied_to(interaction: discord.Interaction[Any], message: discord.Message) -> tuple[LookupSource, ...]:
    """Return the pictures of the message that a message replies to, as far as the bot may see them.

    Discord shows the content of others' messages to few bots; what it does not show has no pictures here.
    """
    reference = message.reference
    if reference is None or reference.message_id is None or reference.channel_id != interaction.channel_id:
        return ()
    if isinstance(reference.resolved, discord.Message):
        return candidates(reference.resolved)
    if interaction.guild_id is not None and not interaction.permissions.read_message_history:
        return ()
    channel = interaction.client.get_partial_messageable(reference.channel_id, guild_id=interaction.guild_id)
    try:
        async with asyncio.timeout(_FETCH_SECONDS):
            return candidates(await channel.fetch_message(reference.message_id))
    except (discord.HTTPException, TimeoutError):
        return ()


def _told_apart(pictures: tuple[LookupSource, ...]) -> tuple[LookupSource, ...]:
    """Return pictures of one name, as those of one post, with the names of their files."""
    names = Counter(one.name for one in pictures)
    return tuple(
        one.model_copy(update={"name": f"{one.name} ({file})"})
        if one.name and names[one.name] > 1 and (file := _file_name(one.address)) not in {"", one.name}
        else one
        for one in pictures
    )


def _file_name(address: str | None) -> str:
    return (address or "").partition("?")[0].rpartition("/")[2]


def _of_source(message: discord.Message | discord.MessageSnapshot) -> Iterable[LookupSource]:
    """Give the pictures of a message or forwarded message; what stands between ``||`` bars is a spoiler."""
    yield from (from_attachment(one) for one in message.attachments if _may_be_picture(one))
    yield from (picture for part in message.components for picture in _of_component(part, spoiler=False))
    covered = {link for text in _SPOILER.findall(message.content) for link in links_in(text)}
    yield from (one for embed in message.embeds for one in _of_embed(embed, spoiler=embed.url in covered))
    yield from _of_stickers(message.stickers)
    shown = {embed.url for embed in message.embeds}
    for link in links_in(message.content):
        if link not in shown:
            yield from_address(link).model_copy(update={"spoiler": link in covered})


def _of_component(part: discord.Component, *, spoiler: bool) -> Iterable[LookupSource]:
    """Give the pictures of a Components V2 message: those of galleries, thumbnails beside text, and files."""
    match part:
        case discord.Container():
            for child in part.children:
                yield from _of_component(child, spoiler=spoiler or part.spoiler)
        case discord.SectionComponent():
            yield from _of_component(part.accessory, spoiler=spoiler)
        case discord.ThumbnailComponent():
            yield _of_media(part.media, part.description, spoiler=spoiler or part.spoiler)
        case discord.MediaGalleryComponent():
            for one in part.items:
                yield _of_media(one.media, one.description, spoiler=spoiler or one.spoiler)
        case discord.FileComponent():
            if _is_shown(part.media.content_type):
                yield _of_media(part.media, part.name, spoiler=spoiler or part.spoiler)
        case _:
            return


def _of_media(media: discord.UnfurledMediaItem, description: str | None, *, spoiler: bool) -> LookupSource:
    name = _file_name(media.url)
    video = bool(media.proxy_url) and (media.content_type or "").startswith("video/")
    return LookupSource(
        by=Origin.DISCORD if media.proxy_url else Origin.WEB,
        address=video_still(media.proxy_url) if video and media.proxy_url else media.proxy_url or media.url,
        smaller=None if video else smaller_copy(media.proxy_url, media.width, media.height),
        kind="video" if video else "embed",
        name=description or name or None,
        video=media.proxy_url if video else None,
        spoiler=spoiler or name.startswith("SPOILER_"),
    )


def _file_of(address: str, by: Origin) -> str:
    """Return what tells a file from others: Discord has one address to download an upload and another to show it."""
    _, mark, path = address.partition("/attachments/")
    return path.partition("?")[0] if mark and by is Origin.DISCORD else address


def _may_be_picture(attachment: discord.Attachment) -> bool:
    """True unless Discord names another type; the content is checked later."""
    return _is_shown(attachment.content_type)


def _is_shown(kind: str | None) -> bool:
    return (kind or "image/").startswith(("image/", "video/", "application/octet-stream"))


def _of_embed(embed: discord.Embed, *, spoiler: bool) -> Iterable[LookupSource]:
    for part in (embed.image, embed.thumbnail):
        if part.url or part.proxy_url:
            yield LookupSource(
                by=Origin.DISCORD if part.proxy_url else Origin.WEB,
                address=part.proxy_url or part.url,
                smaller=smaller_copy(part.proxy_url, part.width, part.height),
                kind="embed",
                name=embed.title or (embed.provider.name if embed.provider else None) or part.url,
                spoiler=spoiler,
            )
            return


def _of_stickers(stickers: Iterable[discord.StickerItem]) -> list[LookupSource]:
    return [
        LookupSource(by=Origin.DISCORD, address=sticker.url, kind="sticker", name=sticker.name)
        for sticker in stickers
        if sticker.format is not discord.StickerFormatType.lottie
    ]


def smaller_copy(proxy_url: str | None, width: int | None, height: int | None) -> str | None:
    """Return the address of a copy at Discord's media proxy whose longest side is what is looked up at most."""
    if not (width and height and proxy_url):
        return None
    factor = min(1.0, SMALLER_EDGE / max(width, height))
    size = {"width": max(1, round(width * factor)), "height": max(1, round(height * factor))}
    return str(URL(proxy_url, encoded=True).update_query(**size))


def video_still(address: str) -> str:
    """Return the address of a video's still at Discord's media proxy."""
    return str(URL(address, encoded=True).update_query(format="webp"))
