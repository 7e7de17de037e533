"""Four pictures a page: embeds that share one address, which Discord shows as one group, and numbered sources."""

from bot.bing_v7 import Image
from bot.discord_ui.model.images import address_of, attached
from bot.discord_ui.model.message import Card, Message
from bot.discord_ui.model.pager import View
from bot.discord_ui.model.sanitize import clean_markdown, in_markdown
from bot.discord_ui.model.session import SessionBase
from bot.i18n import say

from .attribution import image_credit, licence_words
from .controls import many_rows
from .footer import footer, remarks
from .page_view import PageView
from .single import join_lines

GROUP_URL = "https://discord.com/"
"""What the embeds share where no picture of the page has a page of its own."""


def draw_grid(page_view: PageView[SessionBase]) -> Message:
    """Return the message of a page of four."""
    images = page_view.shown
    addresses = [address_of(image, page_view.uploads, page_view.content.unloaded) for image in images]
    visible = [address for address in addresses if address]
    credits_ = [image_credit(image, page_view.content.fetched.providers) for image in images]
    shared = next((credit.page_url for credit in credits_ if credit.page_url), GROUP_URL)
    first = Card(
        url=shared,
        description=join_lines(_lines(page_view, images, addresses), 4000),
        author=page_view.heading(),
        footer=footer(page_view.content, page_view.state),
        image=visible[0] if visible else None,
    )
    rest = tuple(Card(url=shared, image=address) for address in visible[1:])
    rows = many_rows(page_view, View.SINGLE)
    return Message(cards=(first, *rest), rows=rows, files=attached(images, page_view.uploads))


def _lines(page_view: PageView[SessionBase], images: tuple[Image, ...], addresses: list[str | None]) -> list[str]:
    content = page_view.content
    first = page_view.state.index == 0
    lines = [page_view.first_line() or ""] if first else []
    lines += [source_line(page_view, image, number) for number, image in enumerate(images)]
    if None in addresses:
        lines.append(say(content.locale, "note-picture-missing"))
    return lines + (remarks(content) if first else [])


def source_line(page_view: PageView[SessionBase], image: Image, number: int) -> str:
    """Return a numbered source: title, author, licence as text, and a link whose label is the host it leads to."""
    credit = image_credit(image, page_view.content.fetched.providers)
    title = clean_markdown(credit.title, 120) or say(page_view.locale, "untitled")
    parts = [f"**{page_view.state.index + number + 1}.** {title}"]
    if credit.author:
        parts.append(clean_markdown(credit.author, 60))
    if credit.license:
        parts.append(clean_markdown(licence_words(credit.license, page_view.locale), 40))
    target = credit.page_url or credit.picture_url
    if target and len(target) <= 600 and credit.host:  # noqa: PLR2004 (longer ones would crowd out the other lines)
        parts.append(f"[{credit.host}]({in_markdown(target)})")
    elif credit.host:
        parts.append(clean_markdown(credit.host, 80))
    return " · ".join(parts)
