"""Any paging over any chain gives every picture once."""

import asyncio
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bing_v7 import Image, ImageAnswer, ProviderError, SearchRequest, Unavailable, Verb
from bot.providers.pagination import PaginatedSearch
from bot.providers.routing.chain import Chain
from tests.examples import examples

from .scripted import Scripted

QUESTION = SearchRequest(q="magpie")


@dataclass
class Service:
    """A made-up service: ``pictures`` of a list in pages of at most ``most``, with whatever faults services have.

    ``repeats``: so many of the page before come again at a join, and ``nextOffset`` counts them. ``counts``: whether a
    total is told, and whether also past the end. ``sticks``: the last ``nextOffset`` names itself for ever.
    """

    name: str
    pictures: int
    most: int = 150
    repeats: int = 0
    counts: bool = True
    sticks: bool = False
    steady: bool = False
    fails: frozenset[int] = frozenset()
    """Which of the calls, counted from 0, fail."""
    calls: int = 0
    asked: list[SearchRequest] = field(default_factory=list)

    def says(self, request: SearchRequest) -> ImageAnswer | ProviderError:
        call, self.calls = self.calls, self.calls + 1
        self.asked.append(request)
        if call in self.fails:
            return Unavailable()
        start = max(0, request.offset - self.repeats)
        end = min(self.pictures, start + min(request.count, self.most))
        value = tuple(Image(image_id=f"{self.name}{n}") for n in range(start, end))
        answer = ImageAnswer(value=value)
        if self.counts and value:
            answer = answer.with_(total_estimated_matches=self.pictures)
        if end < self.pictures or self.sticks:
            answer = answer.with_(next_offset=max(end, request.offset))
        return answer

    @property
    def everything(self) -> list[str]:
        return [f"{self.name}{n}" for n in range(self.pictures)]

    def provider(self) -> Scripted:
        return Scripted(self.name, self.says, steady_offsets=self.steady)


def listing(*services: Service) -> PaginatedSearch:
    return PaginatedSearch(Chain({Verb.SEARCH: [service.provider() for service in services]}, within=60))


def ids(answer: ImageAnswer) -> list[str]:
    return [str(image.image_id) for image in answer.value]


@st.composite
def chains(draw: st.DrawFn) -> tuple[list[Service], Service | None]:
    """Up to three services of which the earlier ones are empty or down, and who answers at last."""
    silent = [
        Service(name, 0, fails=frozenset(range(1_000)) if down else frozenset(), steady=steady)
        for name, down, steady in draw(
            st.lists(st.tuples(st.sampled_from("ab"), st.booleans(), st.booleans()), unique_by=lambda t: t[0])
        )
    ]
    steady = draw(st.booleans())
    answering = Service(
        "z",
        draw(st.integers(1, 320)),
        most=draw(st.integers(12, 150)),
        repeats=0 if steady else draw(st.integers(0, 4)),
        counts=steady or draw(st.booleans()),
        sticks=not steady and draw(st.booleans()),
        steady=steady,
    )
    if steady:
        answering.most = 150
    after = [Service("y", 30)] if draw(st.booleans()) else []
    return [*silent, answering, *after], answering


async def by_offset(services: list[Service], counts: list[int], *, one_process: bool) -> list[str]:
    """Add ``count`` to ``offset`` until the total; a new process for every page unless it is one."""
    asked, found, offset, page = listing(*services), list[str](), 0, 0
    totals: set[int | None] = set()
    while True:
        count = counts[page % len(counts)]
        answer = await asked.search(QUESTION.model_copy(update={"offset": offset, "count": count}))
        totals.add(answer.total_estimated_matches)
        found += ids(answer)
        offset, page = offset + count, page + 1
        if answer.total_estimated_matches is None or offset >= answer.total_estimated_matches:
            break
        if not one_process:
            asked = listing(*services)
    past = await asked.search(QUESTION.model_copy(update={"offset": offset + 7}))
    assert past.value == ()
    assert past.next_offset is None
    assert {past.total_estimated_matches, *totals} == totals, "the total is the same on every page and past the end"
    assert len(totals) == 1
    return found


async def by_next_offset(services: list[Service], counts: list[int], *, one_process: bool) -> list[str]:
    """Follow ``nextOffset`` until there is none."""
    asked, found, offset, page = listing(*services), list[str](), 0, 0
    while True:
        request = QUESTION.model_copy(update={"offset": offset, "count": counts[page % len(counts)]})
        answer = await asked.search(request)
        found += ids(answer)
        if answer.next_offset is None:
            return found
        assert answer.next_offset > offset
        assert answer.next_offset <= (answer.total_estimated_matches or 0), "programs stop at the total"
        offset, page = answer.next_offset, page + 1
        if not one_process:
            asked = listing(*services)


@settings(max_examples=examples(60))
@given(chains(), st.lists(st.integers(9, 150), min_size=1, max_size=4), st.booleans())
def test_any_paging_over_any_chain_gives_every_picture_once(
    made: tuple[list[Service], Service], counts: list[int], one_process: bool
) -> None:
    services, answering = made
    for paging in (by_offset, by_next_offset):
        found = asyncio.run(paging(services, counts, one_process=one_process))
        assert found == answering.everything


async def test_a_provider_that_was_down_for_a_moment_does_not_take_over_in_the_middle() -> None:
    first, second = Service("a", 40, fails=frozenset({0})), Service("b", 40)
    asked = listing(first, second)
    pages = [await asked.search(QUESTION.model_copy(update={"offset": offset, "count": 10})) for offset in (0, 10, 20)]
    assert [each for page in pages for each in ids(page)] == second.everything[:30]
    assert first.calls == 1


async def test_a_fault_in_the_middle_keeps_what_is_there_and_says_where_to_go_on() -> None:
    service = Service("a", 300, fails=frozenset({1}))
    answer = await listing(service, Service("b", 5)).search(QUESTION.model_copy(update={"offset": 100, "count": 100}))
    assert ids(answer) == service.everything[100:150]
    assert answer.next_offset == 150


async def test_a_steady_provider_alone_is_asked_for_exactly_the_page() -> None:
    service = Service("a", 300, steady=True)
    await listing(service).search(QUESTION.model_copy(update={"offset": 100, "count": 7}))
    assert [(request.offset, request.count) for request in service.asked] == [(100, 7)]


async def test_nothing_found_has_no_total() -> None:
    answer = await listing(Service("a", 0), Service("b", 0)).search(QUESTION)
    assert (answer.value, answer.total_estimated_matches, answer.next_offset) == ((), None, None)
