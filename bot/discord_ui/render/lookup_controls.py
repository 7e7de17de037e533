"""The row under a section of an identify answer and what stands one press further, in its panel; questions' controls.

As under a search there is one row of at most five buttons (``controls.py``): under the overview what is most wanted of
this picture, under any other section its turning and the way back, and *More* last.
"""

from bot.bing_v7 import ImageInsights, LookupState
from bot.discord_ui.model.lookup_session import (
    FOLDING,
    PICTURE_SECTIONS,
    Lookup,
    Section,
    counts,
    folded_count,
    related_searches,
    sure,
    value_of,
)
from bot.discord_ui.model.message import Button, ControlRow, Option, SelectMenu, Style
from bot.discord_ui.model.pager import View
from bot.discord_ui.model.sanitize import LINK_BUTTON_LIMIT, clean, clean_markdown, in_markdown, safe_url
from bot.discord_ui.model.session import LookupSession
from bot.i18n import say

from .attribution import ImageCredit, image_credit
from .controls import (
    MOST_IN_A_ROW,
    NEXT,
    PREVIOUS,
    about_picture,
    alone,
    block_button,
    link_buttons,
    more,
    opening,
    pager,
)
from .lookup_lists import ENTRIES, entries, pages_of
from .lookup_regions import CELL_ROWS, WHOLE, options, part_words
from .page_view import PageView

_BESIDE_MORE = MOST_IN_A_ROW - 1
_ENGINES_LIMIT = 2000
"""Maximum characters of the links to other engines; seven of them with a file's address at Discord take about 1900."""


def answer_rows(page_view: PageView[LookupSession], lookup: Lookup) -> tuple[ControlRow, ...]:
    """Return the rows under a section: one row with *More*, or all controls where the offers say ``everything``."""
    short = _short_row(page_view, lookup)
    choice = _search_select(page_view, lookup) if lookup.section is Section.SEARCHES else None
    if page_view.few_controls:
        rows = (choice, (*short, more(page_view)))
    else:
        rows = (choice, short, *further_rows(page_view, lookup))
    return tuple(row for row in rows if row)


def further_rows(page_view: PageView[LookupSession], lookup: Lookup) -> tuple[ControlRow | None, ...]:
    """Return what can be done with a section beside its short row: at most four rows."""
    image = alone(page_view)
    credit = image_credit(image, page_view.content.fetched.providers) if image else None
    ending = _message_row(page_view, lookup, credit)
    if lookup.section is Section.OVERVIEW:
        links: tuple[Button, ...] = ()
        if image and credit:
            own = Button(f"credit:{page_view.state.index}", say(page_view.locale, "button-credit"))
            links = (*link_buttons(page_view, image, credit), own)
        rest = (*overview_buttons(page_view, lookup)[_BESIDE_MORE:], *_engines_button(page_view, lookup))
        return (links, section_select(page_view, lookup), rest[:MOST_IN_A_ROW], ending)
    if lookup.section not in PICTURE_SECTIONS or not page_view.shown:
        return (section_select(page_view, lookup), ending)
    pictures = about_picture(page_view, image, credit) if image and credit else (opening(page_view),)
    return (*pictures, section_select(page_view, lookup), ending)


def _short_row(page_view: PageView[LookupSession], lookup: Lookup) -> tuple[Button, ...]:
    """Return at most four buttons: what is most wanted of the overview; of other sections turning, and the way back."""
    locale = page_view.locale
    if lookup.section is Section.OVERVIEW:
        return overview_buttons(page_view, lookup)[:_BESIDE_MORE]
    back = Button("insight-back", say(locale, "insights-button-back"))
    turning = pager(page_view.state) if lookup.section in PICTURE_SECTIONS else _turning(page_view, lookup)
    return (*turning, back) if turning else (back, *_whole(lookup, locale), *_fold(lookup, locale))


def overview_buttons(page_view: PageView[LookupSession], lookup: Lookup) -> tuple[Button, ...]:
    """Return what can be done with the picture, the most wanted first."""
    locale, result = page_view.locale, lookup.result
    answer = result.answer if result and not page_view.content.stricter_now else ImageInsights()
    query = answer.best_representative_query
    words = clean(query.display_text or query.text, 60) if query else ""
    depicted = bool(words) and answer.state is LookupState.DEPICTED
    texts = bool(answer.picture_texts)
    listed = len(value_of(answer.pages_including)) > 1
    offered = (
        ("insight-text", "insights-button-search-text", texts),
        ("insight-similar", "insights-section-similar", bool(sure(value_of(answer.visually_similar_images)))),
        ("insight-pages", "insights-section-pages", listed),
        ("insight-frames", "insights-button-frames", lookup.framed),
        ("insight-region", "insights-button-region", result is not None),
        ("insight-read", "insights-button-read-text", lookup.readable and not texts),
    )
    find = Button("insight-find", say(locale, "insights-search-for", words=words), style=Style.BLUE)
    others = tuple(Button(action, say(locale, key)) for action, key, wanted in offered if wanted)
    return (*_whole(lookup, locale), *((find,) if depicted else ()), *others)


def engine_line(content: LookupSession, locale: str) -> str:
    """Return links to other engines' pages for a picture of which nothing exact was found.

    They stand in the card's text, because a row of buttons for them would be as large as the answer; none is there once
    the place is stricter, and what would make the text too long is left out, the last first.
    """
    result = content.lookup.result
    if result is None or result.answer.state is LookupState.EXACT:
        return ""
    links, length = list[str](), 0
    for title, url in content.engines:
        address = safe_url(url, LINK_BUTTON_LIMIT)
        link = f"[{clean_markdown(title, 80)}]({in_markdown(address)})" if address else ""
        if link and length + len(link) <= _ENGINES_LIMIT:
            links.append(link)
            length += len(link)
    return say(locale, "insights-elsewhere", links=" · ".join(links)) if links else ""


def _whole(lookup: Lookup, locale: str) -> tuple[Button, ...]:
    """Return the button that goes from a part to the whole picture."""
    if lookup.result is None or lookup.result.part == WHOLE:
        return ()
    return (Button("insight-whole", say(locale, "insights-button-whole")),)


def _engines_button(page_view: PageView[LookupSession], lookup: Lookup) -> tuple[Button, ...]:
    """Return the button for links to other engines where the card has none.

    Of a chosen frame of a video there is no address to give them, and none in others' copies.
    """
    addressed = lookup.source.frame is None and safe_url(lookup.source.address) is not None
    if not addressed or engine_line(page_view.content, page_view.locale):
        return ()
    return (Button("insight-links", say(page_view.locale, "insights-button-links")),)


def _turning(page_view: PageView[LookupSession], lookup: Lookup) -> tuple[Button, ...]:
    """Return the controls that turn a list of text; none where it has one page."""
    result = None if page_view.content.stricter_now else lookup.result
    lines = entries(result.answer, lookup.section, page_view.locale, unfolded=lookup.unfolded) if result else ()
    pages = pages_of(lines)
    page = min(lookup.page, pages - 1)
    if pages == 1:
        return ()
    here = say(page_view.locale, "insights-list-position", page=page + 1, pages=pages)
    return (
        Button(f"insight-page:{page - 1}" if page else "insight-page:first", emoji=PREVIOUS, disabled=page == 0),
        Button("insight-page:here", here, disabled=True),
        Button(f"insight-page:{page + 1}", emoji=NEXT, disabled=page >= pages - 1),
    )


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


def consent_rows(page_view: PageView[LookupSession], lookup: Lookup) -> tuple[ControlRow, ...]:
    """Return the buttons of the question where the picture may go."""
    locale = page_view.locale
    buttons = [Button("insight-send", say(locale, "consent-send"), style=Style.GREEN)]
    if not lookup.only_outside:
        buttons.append(Button("insight-inside", say(locale, "consent-inside")))
    if lookup.in_server:
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


def _message_row(page_view: PageView[LookupSession], lookup: Lookup, credit: ImageCredit | None) -> tuple[Button, ...]:
    """Return what is done with the whole message: its view, share or hide it, block a site, forget it."""
    locale, content = page_view.locale, page_view.content
    buttons: list[Button] = []
    if lookup.section in PICTURE_SECTIONS and page_view.state.known > 1:
        other = View.GRID if page_view.state.view is View.SINGLE else View.SINGLE
        buttons.append(Button(f"view:{other.value}", say(locale, f"button-{other.value}")))
    if fold := _fold(lookup, locale):
        buttons += (one for one in fold if one not in _short_row(page_view, lookup))
    if content.private and not content.shared:
        buttons.append(Button("share", say(locale, "button-share")))
    elif page_view.offers.hiding:
        buttons.append(Button("hide", say(locale, "button-hide")))
    if block := block_button(page_view, credit.host if credit else None):
        buttons.append(block)
    return (*buttons, _forget(locale))


def _fold(lookup: Lookup, locale: str) -> tuple[Button, ...]:
    """Return the button that shows or hides what is less certain; none where nothing is."""
    if lookup.section not in FOLDING or not folded_count(lookup, lookup.section):
        return ()
    key = "insights-button-fold" if lookup.unfolded else "insights-button-unfold"
    return (Button("insight-fold", say(locale, key)),)


def _search_select(page_view: PageView[LookupSession], lookup: Lookup) -> SelectMenu | None:
    """Return the menu of the searches on the open page of their list."""
    queries = () if page_view.content.stricter_now else related_searches(lookup)
    first = min(lookup.page, max(0, -(-len(queries) // ENTRIES) - 1)) * ENTRIES
    lines = tuple(
        Option(clean(query.display_text or query.text, 100), str(number))
        for number, query in enumerate(queries[first : first + ENTRIES], start=first)
        if clean(query.display_text or query.text)
    )
    return SelectMenu("insight-search", say(page_view.locale, "insights-select-search"), lines) if lines else None


def _forget(locale: str) -> Button:
    return Button("forget", say(locale, "insights-button-forget"))
