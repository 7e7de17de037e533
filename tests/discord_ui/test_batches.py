"""Fetching more: lazy, without doubles, never in a circle."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.bing_v7 import Image, ImageAnswer, Note, NoteCode, Provenance, SearchRequest, Unavailable
from bot.discord_ui.model.batches import MAX_DRY, MAX_KEPT, Fetched, fetch_more, keys_of, merge
from bot.safesearch.place import Place, PlaceKind, Requester

from .fakes import FakeService, picture

REQUESTER = Requester(Place(PlaceKind.DM), 1, own=None)


def answer(numbers: list[int], next_offset: int | None = None, **rest: Any) -> ImageAnswer:
    return ImageAnswer(value=tuple(picture(number) for number in numbers), next_offset=next_offset, **rest)


def ids(fetched: Fetched) -> list[str | None]:
    return [image.image_id for image in fetched.items]


def test_doubles_are_dropped_by_id_and_by_address() -> None:
    fetched = merge(Fetched(), answer([1, 2, 2, 3], 4), 0)
    assert ids(fetched) == ["ID1", "ID2", "ID3"]
    twin = Image(image_id="other", content_url="https://pictures.example.org/3.jpg")
    again = merge(fetched, ImageAnswer(value=(twin, picture(4)), next_offset=None), 4)
    assert ids(again) == ["ID1", "ID2", "ID3", "ID4"]
    assert again.complete


def test_pictures_that_nothing_names_are_left_out() -> None:
    assert merge(Fetched(), ImageAnswer(value=(Image(name="no address"),)), 0).items == ()


def test_a_next_offset_that_does_not_advance_ends_the_list() -> None:
    for stuck in (None, 0, 5, 10):
        assert merge(Fetched(), answer([1], stuck), 10).complete
    assert not merge(Fetched(), answer([1], 11), 10).complete


def test_batches_without_news_end_the_list() -> None:
    fetched = merge(Fetched(), answer([1, 2], 10), 0)
    for number in range(1, MAX_DRY + 1):
        assert not fetched.complete
        fetched = merge(fetched, answer([1, 2], 10 + 10 * number), 10 * number)
    assert fetched.complete
    assert ids(fetched) == ["ID1", "ID2"]


@given(st.lists(st.tuples(st.lists(st.integers(0, 40), max_size=8), st.none() | st.integers(0, 100)), max_size=30))
def test_every_source_ends_and_has_no_doubles(batches: list[tuple[list[int], int | None]]) -> None:
    fetched, offset = Fetched(), 0
    for numbers, next_offset in batches:
        if fetched.complete:
            break
        before = fetched
        fetched = merge(fetched, answer(numbers, next_offset), offset)
        assert fetched.items[: len(before.items)] == before.items
        assert fetched.complete or (fetched.next_offset or 0) > offset
        offset = fetched.next_offset or 0
    keys = [key for image in fetched.items for key in keys_of(image)]
    assert len(keys) == len(set(keys))


def test_hidden_and_remarks_add_up() -> None:
    note = Note(code=NoteCode.UNRATED, count=3)
    first = merge(Fetched(), answer([1], 10, provenance=Provenance(providers=("a",), notes=(note,))), 0, hidden=2)
    second = merge(first, answer([2], 20, provenance=Provenance(providers=("a", "b"), notes=(note,))), 10, hidden=1)
    assert (second.hidden, second.providers, second.notes) == (3, ("a", "b"), (note,))


def test_a_session_keeps_only_so_many() -> None:
    fetched = merge(Fetched(), answer(list(range(MAX_KEPT + 50)), MAX_KEPT + 50), 0)
    assert len(fetched.items) == MAX_KEPT
    assert fetched.complete


async def test_only_what_is_needed_is_asked_for() -> None:
    service = FakeService([picture(number) for number in range(30)])
    request = SearchRequest(q="red")
    fetched, judged = await fetch_more(service, REQUESTER, request, Fetched(), 5)
    assert judged is not None
    assert (len(fetched.items), len(service.calls)) == (10, 1)
    same, nothing = await fetch_more(service, REQUESTER, request, fetched, 10)
    assert same == fetched
    assert nothing is None
    more, _ = await fetch_more(service, REQUESTER, request, fetched, 11)
    assert [asked.offset for asked in service.asked("search")] == [0, 10]
    assert len(more.items) == 20


async def test_a_failure_keeps_what_was_there() -> None:
    service = FakeService([picture(number) for number in range(30)])
    fetched, _ = await fetch_more(service, REQUESTER, SearchRequest(q="red"), Fetched(), 1)
    service.error = Unavailable("down")
    try:
        await fetch_more(service, REQUESTER, SearchRequest(q="red"), fetched, 20)
    except Unavailable:
        assert len(fetched.items) == 10
    else:
        raise AssertionError("the failure was swallowed")
