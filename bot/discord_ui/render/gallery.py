"""Six pictures a page in a Components V2 gallery, each with alt text for people who do not see it."""

from bot.bing_v7 import Image
from bot.discord_ui.model.images import ALT_LIMIT, address_of, attached
from bot.discord_ui.model.message import Gallery, GalleryItem, Message, Row
from bot.discord_ui.model.page import PageData
from bot.discord_ui.model.pager import View
from bot.discord_ui.model.sanitize import bare, escape
from bot.i18n import say

from .attribution import credit_of
from .controls import many_rows
from .footer import footer, remarks
from .grid import source_line
from .single import altered_words, head, joined

TEXT_LIMIT = 3000
"""Of the 4000 characters that all texts of such a message may have together."""


def draw(scene: PageData) -> Message:
    """Return the message of a gallery page."""
    images, content = scene.shown, scene.content
    pairs = [(image, address_of(image, scene.uploads, scene.content.unloaded)) for image in images]
    items = tuple(GalleryItem(address, alt_text(image, content.locale)) for image, address in pairs if address)
    first = scene.state.index == 0
    lines = [altered_words(content)] if content.altered and first else []
    lines += [source_line(scene, image, number) for number, image in enumerate(images)]
    if len(items) < len(images):
        lines.append(say(content.locale, "note-picture-missing"))
    lines += remarks(content) if first else []
    shown = Gallery(
        heading=f"**{escape(head(scene.page))}**",
        items=items,
        sources=joined(lines, TEXT_LIMIT) or "",
        footer=f"-# {escape(footer(content, scene.state))}",
    )
    return Message(gallery=shown, rows=many_rows(scene, View.SINGLE), files=attached(images, scene.uploads))


def note(words: str, rows: tuple[Row, ...]) -> Message:
    """Return a message of words alone; what once was a gallery cannot become an embed."""
    return Message(gallery=Gallery(heading=words, items=(), sources="", footer=""), rows=rows)


def alt_text(image: Image, locale: str) -> str:
    """Return what a screen reader says for a picture: its description or title, who made it."""
    credit = credit_of(image)
    title = bare(image.description, 600) or bare(credit.title, 300)
    if not title:
        return say(locale, "alt-untitled", host=credit.host) if credit.host else say(locale, "alt-nothing-known")
    author = bare(credit.author, 200)
    return bare(say(locale, "alt-by", title=title, author=author) if author else title, ALT_LIMIT)
