"""One large picture a page, in one embed."""

from collections.abc import Sequence

from bot.bing_v7 import Image
from bot.discord_ui.model.images import address_of, attached
from bot.discord_ui.model.message import Card, Message
from bot.discord_ui.model.sanitize import clean_markdown, safe_url
from bot.discord_ui.model.session import SessionBase
from bot.i18n import say, sentences

from .attribution import ImageCredit, byline, image_credit
from .controls import single_rows
from .footer import footer, remarks
from .page_view import PageView

TITLE_LIMIT = 256
_DESCRIPTION_LIMIT = 2000


def draw_single(page_view: PageView[SessionBase]) -> Message:
    """Return the message of a page of one picture."""
    image = page_view.shown[0]
    credit = image_credit(image, page_view.content.fetched.providers)
    return Message(
        cards=(card_of(page_view, image, credit),),
        rows=single_rows(page_view, image, credit),
        files=attached((image,), page_view.uploads),
    )


def card_of(page_view: PageView[SessionBase], image: Image, credit: ImageCredit) -> Card:
    """Return the embed: title linked to the picture's page, who made it, remarks, the picture, the footer."""
    content = page_view.content
    address = address_of(image, page_view.uploads, content.unloaded)
    lines = [page_view.words_about(page_view.state.index) or "", byline(credit, content.locale)]
    if credit.ready:
        lines.append(clean_markdown(credit.ready, 300))
    first = page_view.state.index == 0
    if first and (sentence := page_view.first_line()):
        lines.insert(0, sentence)
    if address is None:
        lines.append(missing_note([credit], content.locale))
    if first:
        lines.extend(remarks(content))
    return Card(
        title=clean_markdown(credit.title, TITLE_LIMIT) or say(content.locale, "untitled"),
        url=credit.page_url or safe_url(image.content_url),
        description=join_lines(lines, _DESCRIPTION_LIMIT),
        color=image.accent,
        author=page_view.heading(),
        footer=footer(content, None if page_view.few_controls else image, credit),
        image=address,
    )


def missing_note(credits_: Sequence[ImageCredit], locale: str) -> str:
    """Return that pictures cannot be shown, and that their pages are linked, if that is so of all of them."""
    linked = all(credit.page_url for credit in credits_)
    return sentences(
        (say(locale, "note-picture-missing"), say(locale, "note-picture-linked") if linked else None), locale
    )


def join_lines(lines: list[str], limit: int) -> str | None:
    """Join whole lines as long as they fit; None if there are none."""
    kept: list[str] = []
    for line in lines:
        if line and sum(len(one) + 1 for one in kept) + len(line) <= limit:
            kept.append(line)
    return "\n".join(kept) or None
