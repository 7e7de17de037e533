"""Six pictures a page in a Components V2 gallery, each with alt text for screen readers."""

from bot.bing_v7 import Image
from bot.discord_ui.model.images import ALT_LIMIT, address_of, attached
from bot.discord_ui.model.message import ControlRow, Gallery, GalleryItem, Message
from bot.discord_ui.model.pager import View
from bot.discord_ui.model.sanitize import clean, escape
from bot.discord_ui.model.session import SessionBase
from bot.i18n import say

from .attribution import image_credit
from .controls import many_rows
from .footer import footer, remarks
from .grid import source_line
from .page_view import PageView
from .single import join_lines, missing_note

TEXT_LIMIT = 3000
"""Of the 4000 characters that all texts of such a message may have together."""


def draw_gallery(page_view: PageView[SessionBase]) -> Message:
    """Return the message of a gallery page."""
    images, content = page_view.shown, page_view.content
    pairs = [(image, address_of(image, page_view.uploads, page_view.content.unloaded)) for image in images]
    items = tuple(GalleryItem(address, alt_text(image, content.locale)) for image, address in pairs if address)
    first = page_view.state.index == 0
    lines = [page_view.first_line() or ""] if first else []
    lines += [source_line(page_view, image, number) for number, image in enumerate(images)]
    if unseen := [image for image, address in pairs if address is None]:
        lines.append(missing_note([image_credit(image) for image in unseen], content.locale))
    lines += remarks(content) if first else []
    shown = Gallery(
        heading=f"**{escape(page_view.heading())}**",
        items=items,
        sources=join_lines(lines, TEXT_LIMIT) or "",
        footer=f"-# {escape(footer(content))}",
    )
    return Message(gallery=shown, rows=many_rows(page_view, View.SINGLE), files=attached(images, page_view.uploads))


def note(words: str, rows: tuple[ControlRow, ...]) -> Message:
    """Return a message of words alone; what once was a gallery cannot become an embed."""
    return Message(gallery=Gallery(heading=words, items=(), sources="", footer=""), rows=rows)


def alt_text(image: Image, locale: str) -> str:
    """Return what a screen reader says for a picture: its description or title, who made it."""
    credit = image_credit(image)
    title = clean(image.description, 600) or clean(credit.title, 300)
    if not title:
        return say(locale, "alt-untitled", host=credit.host) if credit.host else say(locale, "alt-nothing-known")
    author = clean(credit.author, 200)
    return clean(say(locale, "alt-by", title=title, author=author) if author else title, ALT_LIMIT)
