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
from .single import join_lines, missing_note

GROUP_URL = "https://discord.com/"
"""The address that the embeds share where no picture has a page of its own."""
_TITLE_LIMIT = 60
LINK_LIMIT = 600
"""Longer addresses would crowd out the other lines."""


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
        footer=footer(page_view.content),
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
    if unseen := [image for image, address in zip(images, addresses, strict=True) if address is None]:
        lines.append(missing_note([image_credit(image) for image in unseen], content.locale))
    return lines + (remarks(content) if first else [])


def source_line(page_view: PageView[SessionBase], image: Image, number: int) -> str:
    """Return a numbered source: title, and a link whose label is the host it leads to.

    Author and licence stand on the page that is linked, in the opened card and under *Credit*: licences of Creative
    Commons accept such a link (4.0, section 3(a)(2)). They stand here where there is no such page, and a line that a
    provider's terms word themselves always does.
    """
    locale, credit = page_view.locale, image_credit(image, page_view.content.fetched.providers)
    place = page_view.state.index + number
    called = page_view.line_title(place) or credit.title
    title = clean_markdown(called, _TITLE_LIMIT) or say(locale, "untitled")
    parts = [f"**{place + 1}.** {title}", page_view.words_about(place) or ""]
    linked = credit.page_url is not None and len(credit.page_url) <= LINK_LIMIT and credit.host is not None
    if credit.ready:
        parts.append(clean_markdown(credit.ready, 120))
    elif not linked:
        parts += [
            clean_markdown(credit.author, 60),
            clean_markdown(licence_words(credit.license, locale), 40),
        ]
    target = credit.page_url or credit.picture_url
    if target and len(target) <= LINK_LIMIT and credit.host:
        parts.append(f"[{credit.host}]({in_markdown(target)})")
    else:
        parts.append(clean_markdown(credit.host, 80))
    return " · ".join(part for part in parts if part)
