"""What of a session outlives its day: small, complete, and nothing that was found or handed in."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bing_v7 import (
    Category,
    Color,
    ImageInsights,
    Module,
    Query,
    SafeSearch,
    SearchRequest,
    Size,
    Tile,
    TrendingRequest,
)
from bot.discord_ui.model.batches import Fetched
from bot.discord_ui.model.lookup_session import Lookup, LookupResult, LookupSource, Origin, Section
from bot.discord_ui.model.pager import PagerState, View
from bot.discord_ui.model.session import (
    LookupSession,
    SearchSession,
    Session,
    SimilarSession,
    TrendingSession,
    pack_state,
)
from bot.discord_ui.sessions.cache import QUESTION_LIMIT, pack_question, unpack_expired
from bot.storage.sessions import StoredSession

from .fakes import picture
from .lookups import everything

NOW = datetime(2026, 1, 31, tzinfo=UTC)
PICTURES = Fetched(items=tuple(picture(number) for number in range(1, 101)), complete=True)
SEARCH = SearchSession(
    title="red", request=SearchRequest(q="red", size=Size.LARGE, color=Color.RED, min_width=10, mkt="de-DE"),
    own=SafeSearch.STRICT, owner_id=5, locale="de", private=True, fetched=PICTURES, altered="read",
)  # fmt: skip


def lookup(source: LookupSource, **changes: object) -> LookupSession:
    result = LookupResult(answer=everything(), part="top-left", level=SafeSearch.STRICT)
    lookup = Lookup(source=source, locale="fr").with_result(result).with_(**changes)
    return LookupSession(owner_id=5, lookup=lookup).showing(lookup)


def stored(content: Session, view: View = View.GRID) -> StoredSession:
    state = pack_state(PagerState(100, True, 8, view))
    return StoredSession("session-1", content.kind, 5, state, b"", NOW, NOW, pack_question(content))


def test_a_search_is_kept_as_it_was_asked_without_what_it_found() -> None:
    expired = unpack_expired(stored(SEARCH, View.GALLERY))
    assert expired is not None
    assert (expired.id, expired.view) == ("session-1", View.GALLERY)
    kept = expired.content
    assert isinstance(kept, SearchSession)
    assert (kept.request, kept.own, kept.private, kept.owner_id) == (SEARCH.request, SafeSearch.STRICT, True, 5)
    assert kept.items == ()
    assert kept.can_be_asked
    assert len(pack_question(SEARCH)) < 300


def test_of_trends_the_chosen_category_is_kept() -> None:
    tiles = (Tile(query=Query(text="a", display_text="A"), image=PICTURES.items[0]),)
    groups = tuple(Category(title=title, tiles=tiles) for title in ("Birds", "Towns"))
    kept = TrendingSession(owner_id=5, categories=groups, category=1, trends=TrendingRequest()).question()
    assert kept.categories == (Category(title="Towns"),)
    assert kept.can_be_asked


def test_a_withheld_question_is_not_asked_again() -> None:
    assert not SEARCH.with_(request=None, title="…").question().can_be_asked
    assert not SimilarSession(owner_id=5).question().can_be_asked


def test_of_a_file_that_was_handed_in_nothing_is_kept() -> None:
    source = LookupSource(by=Origin.DISCORD, address="https://cdn.discordapp.com/attachments/1/2/me.png", name="me.png")
    content = lookup(source)
    text = zlib.decompress(pack_question(content))
    assert not [word for word in (b"me.png", b"cdn", b"token*whole", b"panda") if word in text]
    assert not content.question().can_be_asked


@pytest.mark.parametrize(
    "source",
    [
        LookupSource(by=Origin.WEB, address="https://example.org/a.png", kind="link"),
        LookupSource(by=Origin.RESULT, token="token*3", image=picture(3), name="Picture 3"),
    ],
)
def test_an_address_or_a_token_can_be_looked_up_again_for_the_same_part(source: LookupSource) -> None:
    kept = lookup(source).question().lookup
    assert (kept.source.address, kept.source.token) == (source.address, source.token)
    assert (kept.part, kept.results, kept.locale, kept.section) == ("top-left", (), "fr", Section.OVERVIEW)


def test_what_alone_was_asked_for_comes_back_alone() -> None:
    source = LookupSource(by=Origin.WEB, address="https://example.org/a.png")
    asked = lookup(source, modules=(Module.SIMILAR_IMAGES,), section=Section.SIMILAR)
    assert asked.question().lookup.section is Section.SIMILAR
    asking = lookup(source, modules=(Module.SIMILAR_IMAGES,), section=Section.REGION)
    assert asking.question().lookup.section is Section.OVERVIEW


def test_a_recognised_box_is_not_known_before_the_picture_is() -> None:
    source = LookupSource(by=Origin.WEB, address="https://example.org/a.png")
    lookup = Lookup(source=source).with_result(LookupResult(answer=ImageInsights(), part="box:2"))
    assert LookupSession(owner_id=5, lookup=lookup).question().lookup.part == "whole"


@given(st.text(max_size=300), st.text(max_size=200))
def test_what_is_kept_is_small_whatever_was_asked(query: str, title: str) -> None:
    content = SEARCH.with_(request=SearchRequest(q=query or "x"), title=title)
    assert 0 < len(pack_question(content)) <= QUESTION_LIMIT


def test_what_is_too_large_or_unreadable_is_not_kept() -> None:
    noise = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(4000))
    assert pack_question(lookup(LookupSource(by=Origin.WEB, address=f"https://example.org/{noise}"))) == b""
    for of_another_version in ({"owner_id": 5, "title": "red"}, {"kind": "identify", "owner_id": 5, "insight": {}}):
        question = zlib.compress(json.dumps(of_another_version).encode())
        assert unpack_expired(replace(stored(SEARCH), question=question)) is None
