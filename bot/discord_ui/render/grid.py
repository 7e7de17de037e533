"""Four pictures a page: embeds that share one address, which Discord shows as one group, and numbered sources."""

from bot.bing_v7 import Image
from bot.discord_ui.model.images import address_of, attached
from bot.discord_ui.model.message import Card, Message
from bot.discord_ui.model.page import PageData
from bot.discord_ui.model.pager import View
from bot.discord_ui.model.sanitize import in_markdown, plain
from bot.i18n import say

from .attribution import credit_of, licence_words
from .controls import many_rows
from .footer import footer, remarks
from .single import altered_words, head, joined

GROUP_URL = "https://discord.com/"
"""What the embeds share where no picture of the page has a page of its own."""


def draw(scene: PageData) -> Message:
    """Return the message of a page of four."""
    images = scene.shown
    addresses = [address_of(image, scene.uploads, scene.content.unloaded) for image in images]
    visible = [address for address in addresses if address]
    credits_ = [credit_of(image, scene.content.fetched.providers) for image in images]
    shared = next((credit.page_url for credit in credits_ if credit.page_url), GROUP_URL)
    first = Card(
        url=shared,
        description=joined(_lines(scene, images, addresses), 4000),
        author=head(scene.page),
        footer=footer(scene.content, scene.state),
        image=visible[0] if visible else None,
    )
    rest = tuple(Card(url=shared, image=address) for address in visible[1:])
    rows = many_rows(scene, View.SINGLE)
    return Message(cards=(first, *rest), rows=rows, files=attached(images, scene.uploads))


def _lines(scene: PageData, images: tuple[Image, ...], addresses: list[str | None]) -> list[str]:
    content = scene.content
    lines = [altered_words(content)] if content.altered and scene.state.index == 0 else []
    lines += [source_line(scene, image, number) for number, image in enumerate(images)]
    if None in addresses:
        lines.append(say(content.locale, "note-picture-missing"))
    return lines + (remarks(content) if scene.state.index == 0 else [])


def source_line(scene: PageData, image: Image, number: int) -> str:
    """Return a numbered source: title, author, licence as text, and a link whose label is the host it leads to."""
    credit = credit_of(image, scene.content.fetched.providers)
    title = plain(credit.title, 120) or say(scene.content.locale, "untitled")
    parts = [f"**{scene.state.index + number + 1}.** {title}"]
    if credit.author:
        parts.append(plain(credit.author, 60))
    if credit.license:
        parts.append(plain(licence_words(credit.license, scene.content.locale), 40))
    target = credit.page_url or credit.picture_url
    if target and len(target) <= 600 and credit.host:  # noqa: PLR2004 (longer ones would crowd out the other lines)
        parts.append(f"[{credit.host}]({in_markdown(target)})")
    elif credit.host:
        parts.append(plain(credit.host, 80))
    return " · ".join(parts)
