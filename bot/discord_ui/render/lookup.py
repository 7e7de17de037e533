"""Pages of an identify answer as messages."""

from bot.bing_v7 import Image, ImageCaption, ImageInsights
from bot.discord_ui.model.images import address_of, attached
from bot.discord_ui.model.lookup_session import (
    HandedBy,
    Insight,
    Look,
    Section,
    best_of,
    boxes_of,
    folded_count,
    value_of,
)
from bot.discord_ui.model.message import Button, Card, Message, Row
from bot.discord_ui.model.pager import View
from bot.discord_ui.model.sanitize import LINK_BUTTON_LIMIT, bare, plain, safe_url
from bot.discord_ui.model.session import LookupSession, SessionBase
from bot.i18n import enumerated, listed, say

from . import grid, single
from .attribution import Credit, credit_of, provider_title
from .controls import block_button
from .footer import footer, remarks
from .lookup_card import answer_line, asked_picture, credit_lines, fields_of, found_by, title_of
from .lookup_controls import (
    answer_rows,
    candidate_words,
    consent_rows,
    engine_rows,
    list_rows,
    pager_rows,
    pick_rows,
    region_rows,
)
from .lookup_lists import entries, link, numbered, offer_line, people
from .lookup_regions import WHOLE, boxes, find, part_words
from .page_view import PageView
from .single import joined

DESCRIPTION_LIMIT = 3500
_TAGS = 12
_PEOPLE = 5


def draw(page_view: PageView[LookupSession]) -> Message:
    """Return the message of an identify session."""
    insight = page_view.content.insight
    match insight.section:
        case Section.PICK:
            return _pick(page_view, insight)
        case Section.CONSENT:
            return _consent(page_view, insight)
        case Section.REGION:
            return _region(page_view, insight)
        case Section.PAGES | Section.SIMILAR | Section.PRODUCTS:
            return _pictures(page_view, insight)
        case Section.OVERVIEW:
            return _overview(page_view, insight)
        case _:
            return _list(page_view, insight)


def head(insight: Insight, locale: str) -> str:
    """Return the line above a page: the question that is answered."""
    look = insight.look
    if look is None or look.part == WHOLE:
        return say(locale, "insights-head")
    part = find(look.part, insight.whole.answer if insight.whole else None)
    return bare(say(locale, "insights-head-part", part=part_words(look.part, locale, part.shows if part else None)))


def stricter_now(content: SessionBase, look: Look | None) -> bool:
    """True if the place became stricter since the lookup, so that what was not judged again must not be shown."""
    return look is not None and content.level > look.level


def _overview(page_view: PageView[LookupSession], insight: Insight) -> Message:
    content, locale, look = page_view.content, page_view.locale, insight.look
    if look is None:
        return _note(page_view, insight, say(locale, "insights-nothing"))
    image = next(iter(page_view.shown), None)
    best = best_of(look.answer)
    named = image if image is not None and best is not None and image.content_url == best.content_url else None
    credit = credit_of(image, content.fetched.providers) if image else None
    stricter = stricter_now(content, look)
    shown = Look(answer=ImageInsights(), level=look.level) if stricter else look
    title = title_of(insight, shown, named, credit, locale)
    card = Card(
        title=title,
        url=(credit.page_url or credit.picture_url) if credit else None,
        description=joined(_lines(page_view, insight, shown, named, title, credit), DESCRIPTION_LIMIT),
        color=image.accent if image else None,
        author=head(insight, locale),
        footer=footer(content, page_view.state, image, credit),
        image=address_of(image, page_view.uploads) if image else None,
        thumbnail=None if stricter else asked_picture(insight),
        fields=fields_of(named, credit, shown, locale),
    )
    rows = (*_links(page_view, image), *engine_rows(insight, stricter=stricter), *answer_rows(page_view, insight))
    return Message(cards=(card,), rows=rows, files=attached((image,), page_view.uploads) if image else ())


def _lines(
    page_view: PageView[LookupSession],
    insight: Insight,
    look: Look,
    named: Image | None,
    title: str,
    credit: Credit | None,
) -> list[str]:
    """Return the line that answers and the small print below it."""
    content, locale = page_view.content, page_view.locale
    about_result = insight.handed.by is HandedBy.RESULT and named is None
    lines = [] if about_result else [answer_line(named, look, locale)]
    if stricter_now(content, insight.look):
        lines = [say(locale, "insights-stricter")]
    lines += _known(look, locale, title)
    if credit:
        lines.append(credit_lines(credit, locale))
    lines += _counts(named, look, locale)
    if folded := folded_count(insight, Section.OVERVIEW):
        lines.append(say(locale, "insights-less-sure", count=folded))
    return [*lines, *remarks(content), *(_waiting(insight.look, locale) if insight.look else ())]


def _known(look: Look, locale: str, title: str) -> list[str]:
    """Return what is known of the picture: the best query, the caption with its source, tags, who is in it.

    What a program says that has looked at it stands in a field of its own.
    """
    answer, lines = look.answer, list[str]()
    seen = {one.name for one in answer.depictions}
    guess = answer.best_representative_query
    if guess and not seen and (words := plain(guess.display_text or guess.text, 200)) and words not in title:
        lines.append(say(locale, "insights-shows", words=words))
    caption = answer.image_caption
    if caption and _says_more(caption, answer) and (words := plain(caption.caption, 500)) and words != title:
        source = link(caption.data_source_url)
        key = "insights-caption-from" if source else "insights-caption"
        lines.append(say(locale, key, caption=words, source=source or ""))
    tagged = answer.image_tags.value if answer.image_tags else ()
    names = dict.fromkeys(plain(tag.name, 60) for tag in tagged if tag.name not in seen)
    if tags := enumerated([name for name in names if name][:_TAGS], locale):
        lines.append(say(locale, "insights-tags", tags=tags))
    if found := people(boxes_of(answer), locale)[:_PEOPLE]:
        lines.append(say(locale, "insights-entities", entities=enumerated(found, locale)))
    return lines


def _says_more(caption: ImageCaption, answer: ImageInsights) -> bool:
    """False for the recognizer's caption, which only repeats what it saw."""
    model = any(one.model for one in answer.depictions)
    return bool(caption.data_source_url) or model or not answer.depictions


def _counts(named: Image | None, look: Look, locale: str) -> list[str]:
    pages = value_of(look.answer.pages_including)
    told = named.insights_metadata if named else None
    number = max((told.pages_including_count if told else None) or 0, len(pages))
    seen = {(image.width, image.height) for image in pages if image.width and image.height}
    sizes = max((told.available_sizes_count if told else None) or 0, len(seen))
    if not number:
        return []
    key = "insights-pages-sizes" if sizes else "insights-pages-count"
    return [say(locale, key, count=number, **({"sizes": sizes} if sizes else {}))]


def _waiting(look: Look, locale: str) -> list[str]:
    names = listed((plain(provider_title(name, locale), 60) for name in look.waiting), locale)
    return [say(locale, "insights-waiting", providers=names)] if names else []


def _links(page_view: PageView[LookupSession], image: Image | None) -> tuple[Row, ...]:
    if image is None:
        return ()
    locale, credit = page_view.locale, credit_of(image)
    page, picture = safe_url(credit.page_url, LINK_BUTTON_LIMIT), safe_url(credit.picture_url, LINK_BUTTON_LIMIT)
    buttons = (
        Button(label=say(locale, "button-open-page"), url=page) if page else None,
        Button(label=say(locale, "button-full-image"), url=picture) if picture and picture != page else None,
        Button(f"credit:{page_view.state.index}", say(locale, "button-credit")),
        block_button(page_view, credit.host),
    )
    return (tuple(button for button in buttons if button),)


def _pictures(page_view: PageView[LookupSession], insight: Insight) -> Message:
    """Draw a page of pictures as the ordinary pager does, with our head, bands, prices and rows."""
    content, locale = page_view.content, page_view.locale
    section = say(locale, f"insights-section-{insight.section.value}")
    if not page_view.shown:
        folded = folded_count(insight, insight.section)
        words = say(locale, "insights-less-sure", count=folded) if folded else say(locale, "empty-similar")
        card = Card(title=section, description=words, footer=footer(content, page_view.state))
        return Message(cards=(card,), rows=answer_rows(page_view, insight))
    drawn = single.draw(page_view) if page_view.state.view is View.SINGLE else grid.draw(page_view)
    first_card, *others = drawn.cards
    lines = (first_card.description or "").split("\n")
    if page_view.state.view is View.SINGLE:
        lines = [_particulars(page_view, page_view.shown[0]), *lines]
    else:
        bands = {
            f"**{page_view.state.index + n}.**": _band(image, locale)
            for n, image in enumerate(page_view.shown, start=1)
        }
        lines = [_with_band(line, bands.get(line.partition(" ")[0])) for line in lines]
    card = Card(
        title=first_card.title, url=first_card.url, description=joined(lines, DESCRIPTION_LIMIT),
        color=first_card.color, author=f"{head(insight, locale)} · {section}"[:256], footer=first_card.footer,
        image=first_card.image,
    )  # fmt: skip
    return Message(cards=(card, *others), rows=pager_rows(page_view, insight, drawn.rows), files=drawn.files)


def _particulars(page_view: PageView[LookupSession], image: Image) -> str:
    """Return band and finder of one finding, and price and seller of a product."""
    locale = page_view.locale
    offer = image.insights_metadata.aggregate_offer if image.insights_metadata else None
    parts = (_band(image, locale), offer_line(offer, locale) if offer else None)
    return "\n".join(part for part in parts if part)


def _with_band(line: str, band: str | None) -> str:
    return f"{line} · {band}" if band else line


def _band(image: Image, locale: str) -> str | None:
    match = image.match
    if match is None:
        return None
    return f"{say(locale, f'insights-band-{match.confidence.value}')} · {found_by(match.provider, locale)}"


def _list(page_view: PageView[LookupSession], insight: Insight) -> Message:
    content, locale, look = page_view.content, page_view.locale, insight.look
    if look is None or stricter_now(content, look):
        return _note(page_view, insight, say(locale, "insights-stricter"))
    lines = entries(look.answer, insight.section, locale, unfolded=insight.unfolded)
    card = Card(
        title=say(locale, f"insights-section-{insight.section.value}"),
        description=numbered(lines, insight.page)[:4000] or say(locale, "insights-nothing"),
        author=head(insight, locale),
        footer=footer(content, page_view.state),
    )
    return Message(cards=(card,), rows=list_rows(page_view, insight, lines))


def _region(page_view: PageView[LookupSession], insight: Insight) -> Message:
    locale = page_view.locale
    numbered_boxes = boxes(insight.whole.answer if insight.whole else None)
    card = Card(
        title=say(locale, "region-title"),
        description=say(locale, "region-words" if numbered_boxes else "region-words-blind"),
        footer=footer(page_view.content, page_view.state),
    )
    return Message(cards=(card,), rows=region_rows(page_view, insight))


def _pick(page_view: PageView[LookupSession], insight: Insight) -> Message:
    locale = page_view.locale
    lines = [f"**{n}.** {plain(label, 150)}" for n, label in enumerate(candidate_words(insight, locale), start=1)]
    card = Card(title=say(locale, "identify-which"), description=joined(lines, DESCRIPTION_LIMIT))
    return Message(cards=(card,), rows=pick_rows(page_view, insight))


def _consent(page_view: PageView[LookupSession], insight: Insight) -> Message:
    locale, in_server = page_view.locale, insight.in_server
    names = listed((plain(provider_title(name, locale), 60) for name in insight.outside), locale)
    lines = [
        say(locale, "consent-words", providers=names or say(locale, "consent-outside-services")),
        say(locale, "consent-own-collection"),
        say(locale, "consent-server" if in_server else "consent-own"),
    ]
    card = Card(title=say(locale, "consent-title"), description="\n\n".join(lines))
    return Message(cards=(card,), rows=consent_rows(page_view, in_server=in_server))


def _note(page_view: PageView[LookupSession], insight: Insight, words: str) -> Message:
    card = Card(
        description=words, author=head(insight, page_view.locale), footer=footer(page_view.content, page_view.state)
    )
    return Message(cards=(card,), rows=answer_rows(page_view, insight))


def forgotten(locale: str) -> Message:
    """Return what a message says once its session was deleted."""
    return Message(cards=(Card(description=say(locale, "insights-forgotten")),))
