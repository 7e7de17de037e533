"""The rows of controls under a page of an identify answer."""

from bot.bing_v7 import LookupState
from bot.discord_ui.model.lookup_session import (
    FOLDING,
    PICTURE_SECTIONS,
    Lookup,
    Section,
    counts,
    folded_count,
    sure,
    value_of,
)
from bot.discord_ui.model.message import Button, ControlRow, Option, SelectMenu, Style
from bot.discord_ui.model.sanitize import LINK_BUTTON_LIMIT, clean, safe_url
from bot.discord_ui.model.session import LookupSession
from bot.i18n import say

from .lookup_lists import ENTRIES, pages_of
from .lookup_regions import CELL_ROWS, options, part_words
from .page_view import PageView


def answer_rows(page_view: PageView[LookupSession], lookup: Lookup) -> tuple[ControlRow, ...]:
    """Return the menu of sections and the buttons of an answer."""
    buttons = _buttons(page_view, lookup, ())
    rows = (section_select(page_view, lookup), *(buttons[first : first + 5] for first in range(0, len(buttons), 5)))
    return tuple(row for row in rows if row)


def engine_rows(lookup: Lookup, *, stricter: bool) -> tuple[ControlRow, ...]:
    """Return other engines' pages for a picture of which nothing exact was found; none once the place is stricter."""
    result = lookup.result
    if result is None or stricter or result.answer.state is LookupState.EXACT:
        return ()
    links = tuple(
        Button(label=clean(title, 80), url=url) for title, url in lookup.engines if safe_url(url, LINK_BUTTON_LIMIT)
    )
    return (links[:5],) if links else ()


def pager_rows(
    page_view: PageView[LookupSession], lookup: Lookup, rows: tuple[ControlRow, ...]
) -> tuple[ControlRow, ...]:
    """Return the rows of an ordinary picture page with ours in place of its last one."""
    kept = tuple(row for row in rows if not _is_message_row(row))
    message = next((row for row in rows if _is_message_row(row) and not isinstance(row, SelectMenu)), ())
    ours = (section_select(page_view, lookup), _buttons(page_view, lookup, message))
    return (*kept[: 5 - len(ours)], *(row for row in ours if row))


def list_rows(page_view: PageView[LookupSession], lookup: Lookup, lines: tuple[str, ...]) -> tuple[ControlRow, ...]:
    """Return the rows of a list of text: its pages, its searches, sections, buttons."""
    locale, pages = page_view.locale, pages_of(lines)
    page = min(lookup.page, pages - 1)
    turning: ControlRow = (
        Button(f"insight-page:{page - 1}" if page else "insight-page:first", emoji="◀️", disabled=page == 0),
        Button("insight-page:here", say(locale, "insights-list-position", page=page + 1, pages=pages), disabled=True),
        Button(f"insight-page:{page + 1}", emoji="▶️", disabled=page >= pages - 1),
    )
    rows: tuple[ControlRow | None, ...] = (
        turning if pages > 1 else None,
        _search_select(page_view, lookup, page) if lookup.section is Section.SEARCHES else None,
        *answer_rows(page_view, lookup),
    )
    return tuple(row for row in rows if row)


def region_rows(page_view: PageView[LookupSession], lookup: Lookup) -> tuple[ControlRow, ...]:
    """Return nine buttons as the picture is cut, the menu of what was recognised in it, and the way back."""
    locale = page_view.locale
    found = options(lookup.whole.answer if lookup.whole else None, locale)
    cells = tuple(tuple(Button(f"insight-part:{name}", part_words(name, locale)) for name in row) for row in CELL_ROWS)
    return (
        *cells,
        *((SelectMenu("insight-part", say(locale, "region-select"), found),) if found else ()),
        (Button("insight-back", say(locale, "insights-button-back")), _forget(locale)),
    )


def frame_rows(lookup: Lookup, locale: str) -> tuple[ControlRow, ...]:
    """Return a button for each frame of a video, named by its number and time, and the way back."""
    frames = tuple(
        Button(f"insight-frame:{number}", say(locale, "frames-button", number=str(number + 1), time=clock(seconds)))
        for number, seconds in enumerate(lookup.frames)
    )
    back: ControlRow = (Button("insight-back", say(locale, "insights-button-back")), _forget(locale))
    return (frames, back) if frames else (back,)


def clock(seconds: float) -> str:
    """Return a moment of a video as players write it: ``1:05``."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"


def candidate_words(lookup: Lookup, locale: str) -> tuple[str, ...]:
    """Return what each picture of a message is called in the menu, without markdown."""
    return tuple(
        clean(say(locale, "identify-candidate-named", kind=kind, name=one.name) if one.name else kind, 100)
        for one in lookup.candidates
        if (kind := say(locale, f"identify-candidate-{one.kind}"))
    )


def pick_rows(page_view: PageView[LookupSession], lookup: Lookup) -> tuple[ControlRow, ...]:
    """Return the menu of a message's pictures."""
    locale = page_view.locale
    lines = tuple(
        Option(clean(f"{number + 1}. {words}", 100), str(number))
        for number, words in enumerate(candidate_words(lookup, locale)[:25])
    )
    return (SelectMenu("insight-pick", say(locale, "identify-which-placeholder"), lines), (_forget(locale),))


def consent_rows(page_view: PageView[LookupSession], *, in_server: bool) -> tuple[ControlRow, ...]:
    """Return the buttons of the question where the picture may go."""
    locale = page_view.locale
    buttons = [
        Button("insight-send", say(locale, "consent-send"), style=Style.GREEN),
        Button("insight-inside", say(locale, "consent-inside")),
    ]
    if in_server:
        buttons.append(Button("insight-never", say(locale, "consent-never")))
    return ((*buttons, _forget(locale)),)


def section_select(page_view: PageView[LookupSession], lookup: Lookup) -> SelectMenu | None:
    """Return the menu of the sections that have something to show; None if there is but the overview."""
    locale, found = page_view.locale, counts(lookup)
    if len(found) < 2:  # noqa: PLR2004 (one section is no choice)
        return None
    lines = tuple(
        Option(
            say(locale, f"insights-section-{section.value}"),
            section.value,
            say(locale, "insights-section-count", count=number) if section is not Section.OVERVIEW else None,
            chosen=section is lookup.section,
        )
        for section, number in found.items()
    )
    return SelectMenu("insight", say(locale, "insights-select-section"), lines)


def _buttons(page_view: PageView[LookupSession], lookup: Lookup, message_row: tuple[Button, ...]) -> tuple[Button, ...]:
    """Return what can be done with what is shown: at most five for a section, two rows of five for the overview."""
    locale, private = page_view.locale, page_view.content.private
    own = {button.action.partition(":")[0]: button for button in message_row}
    buttons: list[Button] = []
    if lookup.section in PICTURE_SECTIONS:
        buttons += [button for name, button in own.items() if name == "view"]
    folded = folded_count(lookup, lookup.section)
    if folded and lookup.section in FOLDING:
        key = "insights-button-fold" if lookup.unfolded else "insights-button-unfold"
        buttons.append(Button("insight-fold", say(locale, key)))
    if lookup.section is Section.OVERVIEW:
        buttons += _overview_buttons(lookup, locale)
    if lookup.result is not None and lookup.result.part != "whole":
        buttons.append(Button("insight-whole", say(locale, "insights-button-whole")))
    if private and not page_view.content.shared:
        buttons.append(own.get("share") or Button("share", say(locale, "button-share")))
    elif page_view.offers.hiding:
        buttons.append(Button("hide", say(locale, "button-hide")))
    buttons += [button for name, button in own.items() if name == "block"]
    most = 9 if lookup.section is Section.OVERVIEW else 4
    return (*buttons[:most], _forget(locale))


def _overview_buttons(lookup: Lookup, locale: str) -> list[Button]:
    """Return what can be done: search what it shows, see what is alike, look at a part, ask other engines."""
    result = lookup.result
    answer = result.answer if result else None
    found: list[Button] = []
    query = answer.best_representative_query if answer else None
    words = clean(query.display_text or query.text, 60) if query else ""
    if answer and words and answer.state is LookupState.DEPICTED:
        found.append(Button("insight-find", say(locale, "insights-search-for", words=words), style=Style.BLUE))
    if answer and sure(value_of(answer.visually_similar_images)):
        found.append(Button("insight-similar", say(locale, "insights-section-similar")))
    if answer and answer.picture_texts:
        found.append(Button("insight-text", say(locale, "insights-button-search-text")))
    elif lookup.readable:
        found.append(Button("insight-read", say(locale, "insights-button-read-text")))
    found.append(Button("insight-region", say(locale, "insights-button-region")))
    if lookup.framed:
        found.append(Button("insight-frames", say(locale, "insights-button-frames")))
    if not lookup.engines or (answer and answer.state is LookupState.EXACT):
        found.append(Button("insight-links", say(locale, "insights-button-links")))
    return found


def _search_select(page_view: PageView[LookupSession], lookup: Lookup, page: int) -> SelectMenu | None:
    result = lookup.result
    queries = result.answer.related_searches.value if result and result.answer.related_searches else ()
    first = page * ENTRIES
    lines = tuple(
        Option(clean(query.display_text or query.text, 100), str(number))
        for number, query in enumerate(queries[first : first + ENTRIES], start=first)
        if clean(query.display_text or query.text)
    )
    return SelectMenu("insight-search", say(page_view.locale, "insights-select-search"), lines) if lines else None


def _forget(locale: str) -> Button:
    return Button("forget", say(locale, "insights-button-forget"))


def _is_message_row(row: ControlRow) -> bool:
    if isinstance(row, SelectMenu):
        return False
    return any(button.action.partition(":")[0] in {"share", "hide", "delete", "filter", "block"} for button in row) or (
        bool(row) and all(button.action.startswith("view:") for button in row)
    )
