"""The pictures of a message that could be meant: attachments, previews, stickers, links."""

import re
from collections.abc import Iterable

import discord
from yarl import URL

from bot.discord_ui.model.lookup_session import LookupSource, Origin

SMALLER_EDGE = 1_500
"""Longest side in pixels of the copies asked of Discord, as much as is sent on."""
MAX_CANDIDATES = 25
"""Maximum pictures to choose from: what a menu holds."""

_SPOILER = re.compile(r"\|\|(.+?)\|\|", re.DOTALL)
_LINK = re.compile(r"https?://[^\s<>()\[\]\"'|]+")


def from_attachment(attachment: discord.Attachment) -> LookupSource:
    """Return an attachment; of a video, the still that Discord makes of it."""
    video = (attachment.content_type or "").startswith("video/")
    return LookupSource(
        by=Origin.DISCORD,
        address=video_still(attachment.proxy_url) if video else attachment.url,
        size=None if video else attachment.size,
        smaller=None if video else smaller(attachment),
        kind="video" if video else "attachment",
        name=attachment.filename,
        spoiler=attachment.is_spoiler(),
    )


def from_address(address: str) -> LookupSource:
    """Return an address that somebody typed."""
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
    return tuple(pictures.values())[:MAX_CANDIDATES]


def _of_source(message: discord.Message | discord.MessageSnapshot) -> Iterable[LookupSource]:
    """Give the pictures of a message or forwarded message; what stands between ``||`` bars is a spoiler."""
    yield from (from_attachment(one) for one in message.attachments if _may_be_picture(one))
    yield from (picture for part in message.components for picture in _of_component(part, spoiler=False))
    covered = {link for text in _SPOILER.findall(message.content) for link in _LINK.findall(text)}
    yield from (one for embed in message.embeds for one in _of_embed(embed, spoiler=embed.url in covered))
    yield from _of_stickers(message.stickers)
    shown = {embed.url for embed in message.embeds}
    for link in _LINK.findall(message.content):
        if link not in shown:
            yield from_address(link).model_copy(update={"spoiler": link in covered})


def _of_component(part: discord.Component, *, spoiler: bool) -> Iterable[LookupSource]:
    """Give the pictures of a Components V2 message: those of galleries, and thumbnails beside text."""
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
        case _:
            return


def _of_media(media: discord.UnfurledMediaItem, description: str | None, *, spoiler: bool) -> LookupSource:
    return LookupSource(
        by=Origin.DISCORD if media.proxy_url else Origin.WEB,
        address=media.proxy_url or media.url,
        kind="embed",
        name=description or media.url.partition("?")[0].rpartition("/")[2] or None,
        spoiler=spoiler,
    )


def _file_of(address: str, by: Origin) -> str:
    """Return what tells a file from others: Discord has one address to download an upload and another to show it."""
    _, mark, path = address.partition("/attachments/")
    return path.partition("?")[0] if mark and by is Origin.DISCORD else address


def _may_be_picture(attachment: discord.Attachment) -> bool:
    """Take what Discord does not call something else; the content is looked at later."""
    kind = attachment.content_type or "image/"
    return kind.startswith(("image/", "video/", "application/octet-stream"))


def _of_embed(embed: discord.Embed, *, spoiler: bool) -> Iterable[LookupSource]:
    for part in (embed.image, embed.thumbnail):
        if part.url or part.proxy_url:
            yield LookupSource(
                by=Origin.DISCORD if part.proxy_url else Origin.WEB,
                address=part.proxy_url or part.url,
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


def smaller(attachment: discord.Attachment) -> str | None:
    """Return the address of a copy at Discord's media proxy whose longest side is what is looked up at most."""
    width, height = attachment.width or 0, attachment.height or 0
    if not (width and height and attachment.proxy_url):
        return None
    factor = min(1.0, SMALLER_EDGE / max(width, height))
    size = {"width": max(1, round(width * factor)), "height": max(1, round(height * factor))}
    return str(URL(attachment.proxy_url, encoded=True).update_query(**size))


def video_still(address: str) -> str:
    """Return the address of a video's still at Discord's media proxy."""
    return str(URL(address, encoded=True).update_query(format="webp"))
