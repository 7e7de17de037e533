"""Every kind of page against every limit Discord has, with ordinary, recorded and hostile texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.bing_v7 import (
    FILTERS,
    Attribution,
    Category,
    Image,
    ImageAnswer,
    Note,
    NoteCode,
    Picture,
    Query,
    QueryContext,
    SafeSearch,
    SearchRequest,
    Tile,
    local_id,
)
from bot.discord_ui.handlers.results import credit_message
from bot.discord_ui.model.batches import Fetched, merge
from bot.discord_ui.model.images import attached
from bot.discord_ui.model.message import Button, Message, Style
from bot.discord_ui.model.page import Offers, PageData
from bot.discord_ui.model.pager import Hider, PagerState, View
from bot.discord_ui.model.session import (
    Refinement,
    SearchSession,
    Session,
    SimilarSession,
    TrendingSession,
    label_of,
    pack_session,
    unpack_session,
)
from bot.discord_ui.render.controls import MOST_IN_A_ROW
from bot.discord_ui.render.footer import footer, note_words, remarks
from bot.discord_ui.render.page import draw_page, draw_panel
from bot.discord_ui.render.suggestions import altered_query, refinements_of
from bot.i18n import LOCALES, say

from .bodies import SESSION, edit_body, problems
from .fakes import held, judged, judged_picture, picture

EVERYTHING = Offers(similar=True, details=True, filters=FILTERS, site_blocks=True, hiding=True)
PNG = Picture(b"\x89PNG", "image/png", "../../etc/passwd.png", 10, 10, True)


def content(images: tuple[Image, ...], **rest: Any) -> SearchSession:
    fetched = Fetched(items=images, complete=True, providers=("openverse",), hidden=3, total=len(images))
    return SearchSession(
        **{"title": "red flowers", "request": SearchRequest(q="red flowers"), "owner_id": 1, "fetched": fetched, **rest}
    )


def page_data(shown: Session, view: View = View.SINGLE, index: int = 0, **rest: Any) -> PageData:
    uploads = {local_id(image) or "": PNG for image in shown.items if local_id(image)}
    state = PagerState(len(shown.items), shown.fetched.complete, index, view, **rest)
    return PageData(SESSION, judged(shown, state), EVERYTHING, uploads)


def refinements(count: int, text: str = "tulips") -> tuple[Refinement, ...]:
    kinds = ("expansion", "pivot", "related", "similar")
    return tuple(
        Refinement(kind=kinds[number % 4], query=Query(text=f"{text} {number}"), instead_of=text)
        for number in range(count)
    )


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize(("pages", "linked"), [((True, True), True), ((True, False), False), ((False, False), False)])
def test_a_page_is_called_linked_only_if_it_is(view: View, pages: tuple[bool, ...], linked: bool) -> None:
    pictures = tuple(held(n, **({} if there else {"host_page_url": None})) for n, there in enumerate(pages))
    shown = pictures[-1:] if view is View.SINGLE else pictures
    data = replace(page_data(content(shown), view), uploads={})
    said = repr(draw_page(data))
    assert "This picture cannot be shown here." in said
    assert ("Its page is linked above." in said) is linked


@pytest.mark.parametrize("view", View)
async def test_an_ordinary_page_is_accepted(view: View, snapshot: Any) -> None:
    shown = content(tuple(picture(number) for number in range(1, 9)), suggestions=refinements(30)[:25])
    message = draw_page(page_data(shown, view))
    assert await problems(message) == []
    assert await edit_body(message) == snapshot


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("private", [True, False])
async def test_the_last_page_is_accepted(view: View, private: bool) -> None:
    shown = content(tuple(picture(number) for number in range(1, 9)), private=private, published=not private)
    last = (7 // view.size) * view.size
    assert await problems(draw_page(page_data(shown, view, last))) == []


@pytest.mark.parametrize("view", View)
async def test_hidden_and_empty_pages_are_accepted(view: View, snapshot: Any) -> None:
    full = content((picture(1),))
    hidden = draw_page(page_data(full, view, hidden_by=Hider.MEMBER))
    assert await problems(hidden) == []
    assert "pictures.example.org" not in json.dumps(await edit_body(hidden))
    for kind in (SearchSession, SimilarSession, TrendingSession):
        empty = kind(owner_id=1, title="red flowers", fetched=Fetched(complete=True))
        assert await problems(draw_page(page_data(empty, view))) == []
    nothing = content((), fetched=Fetched(complete=True, hidden=4))
    assert await edit_body(draw_page(page_data(nothing, view))) == snapshot


def test_a_single_result_has_no_pager() -> None:
    message = draw_page(page_data(content((picture(1),))))
    actions = {button.action.split(":")[0] for row in message.rows if isinstance(row, tuple) for button in row}
    assert actions == {"details", "more"}
    assert {"credit", "similar", "details", "color", "filter", "delete", "hide", "block"} == in_panel(
        content((picture(1),))
    )


def in_panel(shown: Session, view: View = View.SINGLE) -> set[str]:
    """The actions of a page's panel."""
    rows = draw_panel(page_data(shown, view), "en-US", may_block=False).rows
    found = [one for row in rows for one in (row if isinstance(row, tuple) else (row,))]
    return {one.action.split(":")[0] for one in found if one.action}


@pytest.mark.parametrize("view", View)
async def test_a_page_has_few_controls_and_its_panel_the_others(view: View, snapshot: Any) -> None:
    """One row of at most five buttons and no menu under a page of any view; nothing is red anywhere."""
    shown = content(tuple(picture(number) for number in range(1, 9)), suggestions=refinements(30)[:25])
    page, further = draw_page(page_data(shown, view)), draw_panel(page_data(shown, view), "en-US", may_block=True)
    below = {"jump", "previous", "next", "more"} | ({"details"} if view is View.SINGLE else set())
    found = [one for row in page.rows for one in (row if isinstance(row, tuple) else (row,))]
    assert {one.action.split(":")[0] for one in found} == below
    assert len(page.rows) == 1
    assert len(found) == len(below) <= MOST_IN_A_ROW
    assert all(isinstance(one, Button) for one in found)
    opening = {"credit"} if view is View.SINGLE else {"picture"}
    assert {"refine", "color", "filter", "hide", "delete", "view"} | opening <= in_panel(shown, view)
    buttons = [one for row in (*page.rows, *further.rows) if isinstance(row, tuple) for one in row]
    assert not any(one.style is Style.RED for one in buttons)
    assert await problems(further) == []
    assert await edit_body(further) == snapshot


def test_a_private_page_offers_to_share_once_and_nothing_for_others() -> None:
    def actions(shown: Session) -> set[str]:
        offers = replace(EVERYTHING, everything=True)
        message = draw_page(replace(page_data(shown), offers=offers))
        return {button.action.split(":")[0] for row in message.rows if isinstance(row, tuple) for button in row}

    once = content((picture(1), picture(2)), private=True)
    assert "share" in actions(once)
    assert "delete" not in actions(once)
    assert "share" not in actions(once.with_(shared=True))


@pytest.mark.parametrize("view", View)
async def test_held_pictures_go_up_under_safe_names(view: View) -> None:
    images = tuple(held(number) for number in range(1, 9))
    message = draw_page(page_data(content(images), view))
    assert await problems(message) == []
    assert [one.filename for one in message.files] == [f"magpie-h{number}.png" for number in range(1, view.size + 1)]
    assert "passwd" not in json.dumps(await edit_body(message))


@pytest.mark.parametrize("view", View)
async def test_a_held_picture_that_may_not_be_shown_leaves_a_word_not_a_hole(view: View) -> None:
    shown = PageData(SESSION, judged(content((held(1), picture(2))), PagerState(2, True, 0, view)), EVERYTHING, {})
    message = draw_page(shown)
    assert await problems(message) == []
    assert "cannot be shown" in json.dumps(await edit_body(message))


async def test_the_four_of_a_grid_share_one_address() -> None:
    message = draw_page(page_data(content(tuple(picture(number) for number in range(1, 9))), View.GRID))
    assert {card.url for card in message.cards} == {"https://www.example.org/page/1"}
    assert [card.image for card in message.cards] == [f"https://thumbs.example.net/{n}.jpg" for n in range(1, 5)]
    assert "**4.** Picture 4 · [example.org](https://www.example.org/page/4)" in (message.cards[0].description or "")


def test_every_picture_of_a_gallery_has_alt_text() -> None:
    images = (picture(1), picture(2, name=None), picture(3, name="\u200b", attribution=None, host_page_url=None))
    message = draw_page(page_data(content(images), View.GALLERY))
    assert message.gallery is not None
    assert [item.alt for item in message.gallery.items] == [
        "Picture 1, by Author 1", "Picture from example.org", "Picture from pictures.example.org",
    ]  # fmt: skip


def test_a_description_is_read_out_before_a_title_in_galleries_and_of_files() -> None:
    described = picture(1, description="A heron stands in shallow water at dawn")
    message = draw_page(page_data(content((described, picture(2))), View.GALLERY))
    assert message.gallery is not None
    assert [item.alt for item in message.gallery.items] == [
        "A heron stands in shallow water at dawn, by Author 1", "Picture 2, by Author 2",
    ]  # fmt: skip
    own = held(3, description="Two magpies on a fence")
    uploads = {local_id(own) or "": Picture(b"x", "image/png", "a.png", 1, 1, True)}
    assert [one.alt for one in attached((own,), uploads)] == ["Two magpies on a fence"]


def test_a_changed_spelling_is_said_and_can_be_undone() -> None:
    context = QueryContext(
        original_query="flwoers", altered_query="flowers", alteration_override_query="+flwoers",
        alteration_method="AM_ChangeItWithRecourse",
    )  # fmt: skip
    answer = ImageAnswer(value=(picture(1),), query_context=context, related_searches=(Query(text="roses"),))
    shown = content(
        (picture(1),), title="flwoers", altered=altered_query(answer), suggestions=refinements_of(answer, "flwoers")
    )
    message = draw_page(page_data(shown))
    assert "Showing results for **flowers**" in (message.cards[0].description or "")
    assert [(one.kind, one.text) for one in shown.suggestions] == [("spelling", "+flwoers"), ("related", "roses")]


def test_remarks_are_said_on_the_first_page_alone() -> None:
    notes = (
        Note(code=NoteCode.FILTER_NOT_APPLIED, provider="searxng", detail="color"),
        Note(code=NoteCode.FILTER_NOT_APPLIED, detail="minWidth"),
        Note(code=NoteCode.PROVIDER_FAILED, provider="openverse", detail="quota"),
        Note(code=NoteCode.UNRATED, count=4),
        Note(code=NoteCode.WITHHELD, count=1),
        Note(code=NoteCode.STALE, detail="2026-01-02T03:04:05"),
        Note(code=NoteCode.TEXT_ONLY, provider="tineye"),
    )
    fetched = Fetched(items=(picture(1), picture(2)), complete=True, notes=notes)
    words = draw_page(page_data(content((), fetched=fetched))).cards[0].description or ""
    assert "SearXNG could not apply the filter color." in words
    assert "The filter minimum width could not be applied." in words
    assert "Openverse could not answer (its allowance is used up)" in words
    assert "magpie index --rating safe" in words
    assert "Jan 2, 2026." in words
    assert "SearXNG" not in (draw_page(page_data(content((), fetched=fetched), index=1)).cards[0].description or "")


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ("crop", "TinEye looked at the whole picture, not at the part alone."),
        ("q", "TinEye read only the beginning of the query."),
        ("color", "TinEye could not apply the filter color."),
    ],
)
def test_what_is_no_filter_is_not_called_one(detail: str, words: str) -> None:
    assert note_words(Note(code=NoteCode.FILTER_NOT_APPLIED, provider="tineye", detail=detail), "en-US") == words


def test_the_words_of_terms_are_translated_where_the_wording_is_free() -> None:
    note = Note(code=NoteCode.ATTRIBUTION, provider="openverse", detail="Openly licensed pictures found with Openverse")
    shown = content((), locale="de", fetched=Fetched(complete=True, providers=("openverse",), notes=(note,)))
    assert footer(shown).startswith("Offen lizenzierte Bilder, gefunden mit Openverse · ")


def test_the_footer_says_source_level_and_how_many_are_hidden_and_the_size_where_there_is_room() -> None:
    shown = content(tuple(picture(number) for number in range(1, 4)), level=SafeSearch.MODERATE)
    page = page_data(shown, index=1)
    everything = replace(page, offers=replace(page.offers, everything=True))
    assert draw_page(everything).cards[0].footer == (
        "example.org · 1200 × 800, 346 kB · via Openverse · SafeSearch moderate · 3 hidden"  # noqa: RUF001 (the sign for by)
    )
    assert draw_page(page).cards[0].footer == "example.org · via Openverse · SafeSearch moderate · 3 hidden"
    assert "1200 × 800" in (draw_panel(page, "en-US", may_block=False).text or "")  # noqa: RUF001


def test_a_line_of_a_grid_names_author_and_licence_where_no_page_does() -> None:
    ours = picture(1, host_page_url=None, attribution=Attribution(title="Wren", author="Ana", license="CC BY 4.0"))
    worded = picture(2, attribution=Attribution(title="Owl", author="Ben", text="Photo by Ben on Pexels"))
    message = draw_page(page_data(content((ours, worded)), View.GRID))
    first, second = (message.cards[0].description or "").split("\n")
    assert first.startswith("**1.** Wren · Ana · CC BY 4.0 · [")
    assert second.startswith("**2.** Owl · Photo by Ben on Pexels · [")


def trending() -> TrendingSession:
    tiles = tuple(
        Tile(query=Query(text=f"q{number}", display_text=f"Tile {number}"), image=picture(number)) for number in (1, 2)
    )
    categories = tuple(Category(title=title, tiles=tiles) for title in ("Birds", "Towns"))
    fetched = Fetched(items=(picture(1), picture(2)), complete=True, providers=("openverse",), hidden=3, total=2)
    return TrendingSession(owner_id=1, categories=categories, fetched=fetched)


async def test_trending_shows_its_tile_and_its_categories() -> None:
    message = draw_page(page_data(trending(), index=1))
    assert await problems(message) == []
    assert message.cards[0].author == "Trending: Birds · Tile 2"
    assert [button.action for row in message.rows if isinstance(row, tuple) for button in row][-2:] == [
        "tile:1",
        "more:1",
    ]
    rows = draw_panel(page_data(trending(), index=1), "en-US", may_block=False).rows
    (menu,) = [row for row in rows if not isinstance(row, tuple)]
    assert [(option.label, option.chosen) for option in menu.options] == [("Birds", True), ("Towns", False)]


@pytest.mark.parametrize("view", View)
async def test_trending_is_accepted_in_every_view(view: View) -> None:
    assert await problems(draw_page(page_data(trending(), view))) == []


def test_content_without_some_pictures_keeps_its_tiles_in_step() -> None:
    keys = frozenset({"id:ID1"})
    for left, hidden in ((trending().without(keys), 3), (trending().hiding(keys), 4)):
        assert [image.image_id for image in left.items] == ["ID2"]
        assert [label_of(tile.query) for tile in left.categories[0].tiles] == ["Tile 2"]
        assert left.fetched.hidden == hidden
        assert unpack_session(pack_session(left)) == left


# Hostile and very long texts.

nasty = st.one_of(
    st.none(),
    st.text(max_size=40),
    st.text(st.sampled_from("*_`[]()<>@#|\\:/-. \u202e\u200b\u0301ⓐ漢😀a"), max_size=600),
    st.integers(1, 6000).map(lambda count: "W" * count),
    st.integers(1, 3000).map(lambda count: "*" * count),
)
addresses = st.one_of(
    st.none(),
    st.text(max_size=60),
    st.integers(1, 3000).map(lambda count: "https://example.org/" + "a" * count),
    st.sampled_from([
        "https://example.org/a", "http://127.0.0.1/th", "magpie:picture/x", "javascript:alert(1)",
        "https://user:pw@example.org/", "https://example.org/(a)[b]", "https://exämple.org/ü?q=ö#ß",
    ]),
)  # fmt: skip
images = st.builds(
    lambda name, urls, given, numbers, rest: Image(
        name=name, content_url=urls[0], thumbnail_url=urls[1], host_page_url=urls[2], description=rest[0],
        host_page_domain_friendly_name=rest[1], content_size=rest[2], encoding_format=rest[3], accent_color=rest[4],
        width=numbers[0], height=numbers[1], image_id=rest[5], image_insights_token=rest[6],
        attribution=Attribution(
            text=given[0], title=given[1], author=given[2], author_url=urls[3], license=given[3], license_url=urls[4],
            source_name=given[4], source_url=urls[5], provider=given[5],
        ),
    ),
    nasty, st.tuples(*[addresses] * 6), st.tuples(*[nasty] * 6), st.tuples(*[st.none() | st.integers()] * 2),
    st.tuples(*[nasty] * 7),
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
async def test_whatever_a_provider_says_discord_accepts_the_page(data: st.DataObject) -> None:
    found = data.draw(st.lists(images, min_size=0, max_size=5))
    text = data.draw(nasty) or "x"
    notes = tuple(Note(code=code, provider=text[:50], detail=text, count=2) for code in NoteCode)
    shown = content(
        tuple(found),
        title=text,
        altered=data.draw(nasty),
        suggestions=tuple(
            Refinement(
                kind=kind, query=Query(text="x", display_text=data.draw(nasty) or "y"), instead_of=data.draw(nasty)
            )
            for kind in ("spelling", "pivot", "related")
        ),
        fetched=Fetched(
            items=tuple(found), complete=data.draw(st.booleans()), notes=notes, providers=(text[:80],), total=10**9
        ),
        private=data.draw(st.booleans()),
        published=data.draw(st.booleans()),
        locale=data.draw(st.sampled_from(["en-US", "de", "ja", "xx", "pt-BR"])),
    )
    for view in View:
        message = draw_page(page_data(shown, view))
        assert await problems(message, described=False) == []
        assert not _masked(message)
    for image in found:
        assert await problems(credit_message(judged_picture(image), "en-US"), described=False) == []


OWN_LABELS = {
    label
    for locale in LOCALES
    for line in (
        say(locale, "credit-by-linked", author="", url="x"),
        say(locale, "credit-licence-linked", licence="", url="x"),
    )
    for label in re.findall(r"\[(.+)\]\(x\)", line)
}


def _masked(message: Message) -> list[str]:
    """Masked links whose label is not one of our own words or the host that it leads to."""
    texts = [card.description or "" for card in message.cards]
    texts += [message.gallery.sources] if message.gallery else []
    found: list[str] = []
    for label, target in re.findall(r"(?<!\\)\[((?:\\.|[^\[\]\\])*)\]\(([^()\s]*)\)", "\n".join(texts)):
        host = (re.match(r"https?://(?:www\.)?([^/:?#]+)", target) or [None, None])[1]
        if label not in OWN_LABELS and label != (host or "").lower().rstrip("."):
            found.append(f"{label} -> {target}")
    return found


def recorded(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(folder.rglob("*.json")):
        body = json.loads(path.read_text("utf-8"))
        if isinstance(body, dict) and body.get("_type") == "Images" and body.get("value"):
            yield path.name, body


async def test_recorded_answers_fit(shared: Path) -> None:
    """The real texts: every tenth picture in every view, and the longest of all."""
    count = 0
    for name, body in recorded(shared / "recordings" / "bing-v7"):
        answer = ImageAnswer.model_validate(body)
        fetched = merge(Fetched(), answer, 0)
        query = (body.get("queryContext") or {}).get("originalQuery") or "recorded"
        shown = content(
            fetched.items,
            fetched=fetched,
            title=query,
            altered=altered_query(answer),
            suggestions=refinements_of(answer, query),
        )
        for view in View:
            for index in range(0, len(fetched.items), view.size * 10):
                assert await problems(draw_page(page_data(shown, view, index)), described=count % 50 == 0) == [], name
                count += 1
    assert count > 30


def test_the_words_that_a_providers_terms_ask_for_stand_in_the_footer() -> None:
    note = Note(code=NoteCode.ATTRIBUTION, provider="brave", detail="Powered by Brave Search")
    shown = content((), fetched=Fetched(complete=True, providers=("brave",), notes=(note,)))
    assert "Powered by Brave Search" in footer(shown)
    assert remarks(shown) == []
    other = content((), fetched=Fetched(complete=True, providers=("openverse",)))
    assert "via Openverse" in footer(other)
