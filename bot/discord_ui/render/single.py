"""One large picture a page, in one embed."""

from bot.bing_v7 import Image
from bot.discord_ui.model.filters import in_force
from bot.discord_ui.model.images import address_of, attached
from bot.discord_ui.model.judged import JudgedPage
from bot.discord_ui.model.message import Card, Message
from bot.discord_ui.model.page import PageData
from bot.discord_ui.model.sanitize import bare, plain, safe_url
from bot.discord_ui.model.session import Content, Kind, label_of
from bot.i18n import say

from .attribution import Credit, byline, credit_of
from .controls import single_rows
from .footer import footer, remarks

TITLE_LIMIT = 256
DESCRIPTION_LIMIT = 2000


def draw(scene: PageData) -> Message:
    """Return the message of a page of one picture."""
    image = scene.shown[0]
    credit = credit_of(image, scene.content.fetched.providers)
    return Message(
        cards=(card_of(scene, image, credit),),
        rows=single_rows(scene, image, credit),
        files=attached((image,), scene.uploads),
    )


def card_of(scene: PageData, image: Image, credit: Credit) -> Card:
    """Return the embed: title linked to the picture's page, who made it, remarks, the picture, the footer."""
    content = scene.content
    address = address_of(image, scene.uploads, content.unloaded)
    lines = [byline(credit, content.locale)]
    if credit.ready:
        lines.append(plain(credit.ready, 300))
    if content.altered and scene.state.index == 0:
        lines.insert(0, altered_words(content))
    if address is None:
        lines.append(say(content.locale, "note-picture-missing"))
    if scene.state.index == 0:
        lines.extend(remarks(content))
    return Card(
        title=plain(credit.title, TITLE_LIMIT) or say(content.locale, "untitled"),
        url=credit.page_url or safe_url(image.content_url),
        description=joined(lines, DESCRIPTION_LIMIT),
        color=image.accent,
        author=head(scene.page),
        footer=footer(content, scene.state, image, credit),
        image=address,
    )


def head(page: JudgedPage, locale: str | None = None) -> str:
    """Return the line above a page: the question and the filters in force; in the asker's language if none is named."""
    content, index, locale = page.content, page.state.index, locale or page.content.locale
    match content.kind:
        case Kind.TRENDING:
            category = content.categories[content.category] if content.categories else None
            words = say(locale, "head-trending", category=bare(category.title if category else "", 80))
            tile = category.tiles[index] if category and index < len(category.tiles) else None
            return bare(f"{words} · {bare(label_of(tile.query), 100)}" if tile else words, TITLE_LIMIT)
        case Kind.SIMILAR:
            return say(locale, "head-similar", query=bare(content.title, 200))
        case _:
            asked = say(locale, "head-search", query=bare(content.title, 200))
            filters = in_force(content.request, locale) if content.request is not None else ""
            return bare(f"{asked} · {filters}" if filters else asked, TITLE_LIMIT)


def altered_words(content: Content) -> str:
    """Return the sentence about a changed spelling."""
    return say(
        content.locale,
        "showing-results-for",
        altered=plain(content.altered, 200),
        original=plain(content.title, 200),
    )


def joined(lines: list[str], limit: int) -> str | None:
    """Join whole lines as long as they fit; None if there are none."""
    kept: list[str] = []
    for line in lines:
        if line and sum(len(one) + 1 for one in kept) + len(line) <= limit:
            kept.append(line)
    return "\n".join(kept) or None
