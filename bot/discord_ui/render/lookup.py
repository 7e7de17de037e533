"""Pages of an identify answer as messages."""

from bot.bing_v7 import Image, ImageCaption, ImageInsights
from bot.discord_ui.model.images import ALT_LIMIT, PREVIEW, address_of, attached, filename_of
from bot.discord_ui.model.lookup_session import (
    Lookup,
    LookupResult,
    Origin,
    Section,
    best_of,
    boxes_of,
    folded_count,
    value_of,
)
from bot.discord_ui.model.message import Attached, Card, ControlRow, Message
from bot.discord_ui.model.pager import View
from bot.discord_ui.model.sanitize import clean, clean_markdown
from bot.discord_ui.model.session import LookupSession
from bot.i18n import enumerated, listed, say

from . import grid, single
from .attribution import ImageCredit, image_credit, provider_title
from .footer import footer, remarks
from .lookup_card import answer_line, asked_picture, card_title, credit_lines, fields_of, found_by, is_part
from .lookup_controls import (
    answer_rows,
    candidate_words,
    clock,
    consent_rows,
    engine_line,
    frame_rows,
    pick_rows,
    region_rows,
)
from .lookup_lists import entries, link, numbered, offer_line, people
from .lookup_regions import WHOLE, boxes, find_part, part_words
from .page_view import PageView
from .single import join_lines

_DESCRIPTION_LIMIT = 3500
_TAGS = 12
_THUMBNAILS = 9
"""Cards with a picture in a choice; a message holds ten."""
_PEOPLE = 5
_PARTS = 8


def draw_lookup(page_view: PageView[LookupSession]) -> Message:
    """Return the message of an identify session."""
    lookup = page_view.content.lookup
    match lookup.section:
        case Section.PICK:
            return _pick(page_view, lookup)
        case Section.CONSENT:
            return _consent(page_view, lookup)
        case Section.REGION | Section.FRAMES:
            return _choice(page_view, lookup)
        case Section.PAGES | Section.SIMILAR | Section.PRODUCTS:
            return _pictures(page_view, lookup)
        case Section.OVERVIEW:
            return _overview(page_view, lookup)
        case _:
            return _list(page_view, lookup)


def lookup_heading(lookup: Lookup, locale: str) -> str:
    """Return the line above a page: the question that is answered."""
    result, at = lookup.result, lookup.source.frame_at
    if result is None or result.part == WHOLE:
        return say(locale, "insights-head") if at is None else say(locale, "insights-head-frame", time=clock(at))
    part = find_part(result.part, lookup.whole.answer if lookup.whole else None)
    return clean(say(locale, "insights-head-part", part=part_words(result.part, locale, part.shows if part else None)))


def _overview(page_view: PageView[LookupSession], lookup: Lookup) -> Message:
    content, locale, result = page_view.content, page_view.locale, lookup.result
    if result is None:
        return _note(page_view, lookup, say(locale, "insights-nothing"))
    image = next(iter(page_view.shown), None)
    best = best_of(result.answer)
    named = image if image is not None and best is not None and image.content_url == best.content_url else None
    credit = image_credit(image, content.fetched.providers) if image else None
    stricter = content.stricter_now
    shown = LookupResult(answer=ImageInsights(), level=result.level) if stricter else result
    title = "" if stricter else card_title(lookup, shown, named, credit, locale)
    card = Card(
        title=title or None,
        url=(credit.page_url or credit.picture_url) if credit else None,
        description=join_lines(_lines(page_view, lookup, shown, named, title, credit), _DESCRIPTION_LIMIT),
        color=image.accent if image else None,
        author=lookup_heading(lookup, locale),
        footer=footer(content, image, credit),
        image=address_of(image, page_view.uploads) if image else None,
        thumbnail=asked_picture(lookup.source) if not stricter and content.may_show_asked else None,
        fields=fields_of(named, credit, shown, locale),
    )
    seen = shown.answer.alt_text if named else None
    files = attached((image,), page_view.uploads, seen) if image else ()
    return Message(cards=(card,), rows=answer_rows(page_view, lookup), files=files)


def _lines(
    page_view: PageView[LookupSession],
    lookup: Lookup,
    result: LookupResult,
    named: Image | None,
    title: str,
    credit: ImageCredit | None,
) -> list[str]:
    """Return the line that answers and the small print below it."""
    content, locale = page_view.content, page_view.locale
    about_result = lookup.source.by is Origin.RESULT and named is None
    lines = [] if about_result else [answer_line(named, result, locale)]
    if content.stricter_now:
        lines = [say(locale, "insights-stricter")]
    lines += _known(result, locale, title)
    if credit:
        lines.append(credit_lines(credit, locale))
    lines += _counts(named, result, locale)
    if folded := folded_count(lookup, Section.OVERVIEW):
        lines.append(say(locale, "insights-less-sure", count=folded))
    lines.append(engine_line(content, locale))
    return [*lines, *remarks(content), *(_waiting(lookup.result, locale) if lookup.result else ())]


def _known(result: LookupResult, locale: str, title: str) -> list[str]:
    """Return what is known of the picture: the best query, the caption with its source, tags, who is in it.

    What a program says that has looked at it stands in a field of its own.
    """
    answer, lines = result.answer, list[str]()
    seen = {one.name for one in answer.depictions}
    guess = answer.best_representative_query
    if guess and not seen and (words := clean_markdown(guess.display_text or guess.text, 200)) and words not in title:
        lines.append(say(locale, "insights-shows", words=words))
    caption = answer.image_caption
    if caption and _says_more(caption, answer) and (words := clean_markdown(caption.caption, 500)) and words != title:
        source = link(caption.data_source_url)
        key = "insights-caption-from" if source else "insights-caption"
        lines.append(say(locale, key, caption=words, source=source or ""))
    tagged = answer.image_tags.value if answer.image_tags else ()
    names = dict.fromkeys(clean_markdown(tag.name, 60) for tag in tagged if tag.name not in seen)
    if tags := enumerated([name for name in names if name][:_TAGS], locale):
        lines.append(say(locale, "insights-tags", tags=tags))
    if found := people(boxes_of(answer), locale)[:_PEOPLE]:
        lines.append(say(locale, "insights-entities", entities=enumerated(found, locale)))
    return lines


def _says_more(caption: ImageCaption, answer: ImageInsights) -> bool:
    """False for the recognizer's caption, which only repeats what it saw."""
    model = any(one.model for one in answer.depictions)
    return bool(caption.data_source_url) or model or not answer.depictions


def _counts(named: Image | None, result: LookupResult, locale: str) -> list[str]:
    pages = value_of(result.answer.pages_including)
    if named is not None and is_part(named):
        others = {image.image_id: clean_markdown(image.name, 60) for image in pages if is_part(image)}
        others.pop(named.image_id, None)
        titles = enumerated(list(dict.fromkeys(others.values()))[:_PARTS], locale)
        return [say(locale, "insights-other-parts", titles=titles)] if titles else []
    metadata = named.insights_metadata if named else None
    number = max((metadata.pages_including_count if metadata else None) or 0, len(pages))
    seen = {(image.width, image.height) for image in pages if image.width and image.height}
    sizes = max((metadata.available_sizes_count if metadata else None) or 0, len(seen))
    if number < 2:  # noqa: PLR2004 (the one page is the source that is named)
        return []
    key = "insights-pages-sizes" if sizes else "insights-pages-count"
    return [say(locale, key, count=number, **({"sizes": sizes} if sizes else {}))]


def _waiting(result: LookupResult, locale: str) -> list[str]:
    names = listed((clean_markdown(provider_title(name, locale), 60) for name in result.waiting), locale)
    return [say(locale, "insights-waiting", providers=names)] if names else []


def _pictures(page_view: PageView[LookupSession], lookup: Lookup) -> Message:
    """Draw a page of pictures as the ordinary pager does, with our head, bands, prices and rows."""
    content, locale = page_view.content, page_view.locale
    section = say(locale, f"insights-section-{lookup.section.value}")
    if not page_view.shown:
        folded = folded_count(lookup, lookup.section)
        words = say(locale, "insights-less-sure", count=folded) if folded else say(locale, "empty-similar")
        card = Card(title=section, description=words, footer=footer(content))
        return Message(cards=(card,), rows=answer_rows(page_view, lookup))
    message = single.draw_single(page_view) if page_view.state.view is View.SINGLE else grid.draw_grid(page_view)
    first_card, *others = message.cards
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
        title=first_card.title, url=first_card.url, description=join_lines(lines, _DESCRIPTION_LIMIT),
        color=first_card.color, author=f"{lookup_heading(lookup, locale)} · {section}"[:256], footer=first_card.footer,
        image=first_card.image,
    )  # fmt: skip
    return Message(cards=(card, *others), rows=answer_rows(page_view, lookup), files=message.files)


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


def _list(page_view: PageView[LookupSession], lookup: Lookup) -> Message:
    content, locale, result = page_view.content, page_view.locale, lookup.result
    if result is None or content.stricter_now:
        return _note(page_view, lookup, say(locale, "insights-stricter"))
    lines = entries(result.answer, lookup.section, locale, unfolded=lookup.unfolded)
    card = Card(
        title=say(locale, f"insights-section-{lookup.section.value}"),
        description=numbered(lines, lookup.page)[:4000] or say(locale, "insights-nothing"),
        author=lookup_heading(lookup, locale),
        footer=footer(content),
    )
    return Message(cards=(card,), rows=answer_rows(page_view, lookup))


def _choice(page_view: PageView[LookupSession], lookup: Lookup) -> Message:
    """Draw the question which part or frame is meant, over the picture to choose on where that may be shown."""
    locale, preview = page_view.locale, page_view.uploads.get(PREVIEW)
    title, words, alt, rows = (_frames if lookup.section is Section.FRAMES else _parts)(page_view, lookup)
    card = Card(
        title=say(locale, title),
        description=say(locale, words),
        footer=footer(page_view.content),
        image=f"attachment://{filename_of(PREVIEW, preview)}" if preview else None,
    )
    files = (Attached(filename_of(PREVIEW, preview), preview, alt),) if preview else ()
    return Message(cards=(card,), rows=rows, files=files)


def _parts(page_view: PageView[LookupSession], lookup: Lookup) -> tuple[str, str, str, tuple[ControlRow, ...]]:
    """Return message names of the question and of what to do, a description of the picture, and the controls."""
    whole = lookup.whole.answer if lookup.whole else None
    alt = clean(whole.alt_text if whole else None, ALT_LIMIT) or say(page_view.locale, "region-preview-alt")
    words = "region-words" if boxes(whole) else "region-words-blind"
    return "region-title", words, alt, region_rows(page_view, lookup)


def _frames(page_view: PageView[LookupSession], lookup: Lookup) -> tuple[str, str, str, tuple[ControlRow, ...]]:
    """Return the same of a video's frames."""
    alt = say(page_view.locale, "frames-preview-alt")
    return "frames-title", "frames-words", alt, frame_rows(lookup, page_view.locale)


def _pick(page_view: PageView[LookupSession], lookup: Lookup) -> Message:
    """Draw the choice: each picture small beside its number, as far as a message holds; the rest by name alone."""
    locale = page_view.locale
    lines = [
        f"**{n}.** {clean_markdown(label, 150)}" for n, label in enumerate(candidate_words(lookup, locale), start=1)
    ]
    pictures = [asked_picture(one) for one in lookup.candidates]
    title = say(locale, "identify-which")
    if not any(pictures[:_THUMBNAILS]):
        return Message(
            cards=(Card(title=title, description=join_lines(lines, _DESCRIPTION_LIMIT)),),
            rows=pick_rows(page_view, lookup),
        )
    shown = tuple(
        Card(description=line, thumbnail=picture) for line, picture in zip(lines[:_THUMBNAILS], pictures, strict=False)
    )
    first = Card(title=title, description=shown[0].description, thumbnail=shown[0].thumbnail)
    rest = lines[_THUMBNAILS:]
    others = (Card(description=join_lines(rest, _DESCRIPTION_LIMIT)),) if rest else ()
    return Message(cards=(first, *shown[1:], *others), rows=pick_rows(page_view, lookup))


def _consent(page_view: PageView[LookupSession], lookup: Lookup) -> Message:
    locale, in_server = page_view.locale, lookup.in_server
    names = listed((clean_markdown(provider_title(name, locale), 60) for name in lookup.outside), locale)
    lines = [
        say(locale, "consent-words", providers=names or say(locale, "consent-outside-services")),
        None if lookup.only_outside else say(locale, "consent-own-collection"),
        say(locale, "consent-server" if in_server else "consent-own"),
    ]
    card = Card(title=say(locale, "consent-title"), description="\n\n".join(line for line in lines if line))
    return Message(cards=(card,), rows=consent_rows(page_view, lookup))


def _note(page_view: PageView[LookupSession], lookup: Lookup, words: str) -> Message:
    card = Card(
        description=words,
        author=lookup_heading(lookup, page_view.locale),
        footer=footer(page_view.content),
    )
    return Message(cards=(card,), rows=answer_rows(page_view, lookup))


def forgotten(locale: str) -> Message:
    """Return what a message says once its session was deleted."""
    return Message(cards=(Card(description=say(locale, "insights-forgotten")),))
