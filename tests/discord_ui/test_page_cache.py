"""Pages drawn once or ahead of time are the same as pages drawn now, and never those of other content."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.bing_v7 import Image, SafeSearch, SearchRequest
from bot.discord_ui.model.batches import Fetched
from bot.discord_ui.model.page import Offers, PageData
from bot.discord_ui.model.pager import Hider, Next, PagerState, Previous, View
from bot.discord_ui.model.session import SearchSession, Session
from bot.discord_ui.render import page as rendered
from bot.discord_ui.render.page import REMEMBERED_PAGES, PageCache, draw_page
from bot.discord_ui.sessions import drawing, recheck
from bot.discord_ui.sessions import service as service_module
from bot.discord_ui.sessions.cache import ActiveSession
from bot.discord_ui.sessions.kinds import rests_on_ratings
from bot.discord_ui.sessions.recheck import judged_page
from bot.discord_ui.sessions.service import FETCHED_AHEAD, SessionService
from bot.safesearch.place import Place, PlaceKind, Requester
from bot.storage.sessions import StoredSession

from .fakes import FakeService, held, judged, picture

REQUESTER = Requester(Place(PlaceKind.DM), 5, own=None)


def content(count: int = 30, **changes: Any) -> SearchSession:
    items = tuple(picture(number) for number in range(count))
    return SearchSession(owner_id=5, title="red", rule="server", fetched=Fetched(items=items, complete=True), **changes)


def page_data(shown: SearchSession, index: int = 0, **changes: Any) -> PageData:
    return PageData("session-name", judged(shown, PagerState(len(shown.items), True, index)), **changes)


def live_of(shown: SearchSession) -> ActiveSession:
    now = datetime.now(UTC)
    stored = StoredSession("session-name", "search", 5, "", b"", now, now + timedelta(days=1))
    return ActiveSession(stored, shown, PagerState(len(shown.items), True))


def sessions_of(service: FakeService) -> SessionService:
    database = SimpleNamespace(setting_changes=SimpleNamespace(tell=lambda _keeper: None))
    services: Any = SimpleNamespace(search=service, sessions=SimpleNamespace(database=database, shared=False))
    return SessionService(services, services)


async def prepare_next(service: FakeService, active: ActiveSession, action: Next | Previous = Next()) -> None:  # noqa: B008 (never changes)
    sessions = sessions_of(service)
    await sessions.prepare_next(active, REQUESTER, action, 3)
    await asyncio.gather(*sessions._tasks)


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The places of the pages that were really drawn."""
    places: list[int] = []

    def noted(one: PageData) -> Any:
        places.append(one.state.index)
        return draw_page(one)

    monkeypatch.setattr(rendered, "draw_page", noted)
    return places


def test_a_page_is_drawn_once(drawings: list[int]) -> None:
    pages, shown = PageCache(), content()
    first = pages.page(page_data(shown, 3))
    assert pages.page(page_data(shown, 3)) is first
    assert first == draw_page(page_data(shown, 3))
    assert drawings == [3]


def test_whatever_the_page_says_has_to_be_the_same(drawings: list[int]) -> None:
    pages, shown = PageCache(), content()
    pages.page(page_data(shown, 3))
    stricter = shown.with_(level=SafeSearch.MODERATE)
    grid = PageData("session-name", judged(shown, PagerState(30, True, 3, View.GRID)))
    for other in (page_data(shown, 3, offers=Offers(details=True)), grid, page_data(stricter, 3), page_data(shown, 3)):
        assert pages.page(other) == draw_page(other)
    hidden = PageData("session-name", judged(shown, PagerState(30, True, 3, hidden_by=Hider.MEMBER)))
    assert pages.page(hidden) == draw_page(hidden)
    assert len(drawings) == 6


def test_few_are_kept(drawings: list[int]) -> None:
    pages, shown = PageCache(), content()
    for index in range(30):
        pages.page(page_data(shown, index))
    pages.page(page_data(shown, 29))
    assert len(drawings) == 30
    assert len(pages._pages) == REMEMBERED_PAGES
    pages.page(page_data(shown, 0))
    assert len(drawings) == 31


async def test_the_next_page_is_drawn_ahead_and_asks_nobody(drawings: list[int]) -> None:
    service, active = FakeService(), live_of(content())
    await prepare_next(service, active)
    assert drawings == [1]
    assert service.calls == []
    active.state = PagerState(30, True, 1)
    page = await judged_page(service, REQUESTER, active.content, active.state)
    offers = drawing._page_data(service, active, page, REQUESTER).offers
    assert await drawing.page_of(service, active, page, REQUESTER, 0) == draw_page(PageData(active.id, page, offers))
    assert drawings == [1]


class Counting(FakeService):
    """Counts how often pictures are judged."""

    judgements = 0

    async def allowed(self, requester: Requester, images: Any) -> Any:
        self.judgements += 1
        return await super().allowed(requester, images)


async def test_a_page_drawn_ahead_is_judged_again_only_if_the_rules_changed() -> None:
    service, active = Counting(), live_of(content())
    following = PagerState(30, True, 1)
    await prepare_next(service, active)
    (ahead,) = active.judged
    assert (ahead.state.index, ahead.shown, service.judgements) == (1, active.content.items[1:2], 1)
    shown = await judged_page(service, REQUESTER, active.content, following, active.judged)
    assert (shown.shown, service.judgements) == (ahead.shown, 1)
    service.banned.add(active.content.items[1].image_id or "")
    now = await judged_page(service, REQUESTER, active.content, following, active.judged)
    assert service.judgements > 1
    assert ahead.shown[0] not in now.content.items


async def test_all_pictures_are_looked_at_once_as_long_as_the_content_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether words rest on ratings is asked three times a turn, and an answer may have hundreds of pictures."""
    looks: list[Session] = []

    def noted(one: Session) -> bool:
        looks.append(one)
        return rests_on_ratings(one)

    monkeypatch.setattr(recheck, "rests_on_ratings", noted)
    service, active = FakeService(), live_of(content())
    first = await judged_page(service, REQUESTER, active.content, active.state)
    assert (first.content is active.content, looks) == (True, [active.content])
    active.judged = (first,)
    await prepare_next(service, active)
    ahead = active.judged[-1]
    await drawing.page_of(service, active, ahead, REQUESTER, 0)
    assert (ahead.state.index, len(looks)) == (1, 1)
    more = active.content.with_(title="blue")
    await judged_page(service, REQUESTER, more, active.state, active.judged)
    assert looks[1:] == [more]


async def test_held_pictures_are_judged_each_time() -> None:
    shown = content(2).with_(fetched=Fetched(items=(held(1), held(2)), complete=True))
    service = Counting()
    page = await judged_page(service, REQUESTER, shown, PagerState(2, True))
    await judged_page(service, REQUESTER, page.content, page.state, (page,))
    assert service.judgements == 2


@pytest.mark.parametrize(
    ("state", "action"),
    [(PagerState(3, True, 2), Next()), (PagerState(3, True), Previous()), (PagerState(3, False, 2), Next())],
)
async def test_a_page_that_is_not_there_is_not_drawn(drawings: list[int], state: PagerState, action: Any) -> None:
    active = live_of(content(3))
    active.state = state
    await prepare_next(FakeService(), active, action)
    assert drawings == []


async def test_pictures_that_go_up_are_asked_for_each_time(drawings: list[int]) -> None:
    shown = content(1).with_(fetched=Fetched(items=(held(1),), complete=True))
    service, active, page = FakeService(pictures={"h1": b"bytes"}), live_of(shown), judged(shown)
    for _ in range(2):
        assert (await drawing.page_of(service, active, page, REQUESTER, 100)).files
    assert drawings == []
    service.banned.add("h1")
    assert not (await drawing.page_of(service, active, page, REQUESTER, 100)).files
    assert [one for one, _ in service.calls].count("picture") >= 3


async def test_a_picture_that_is_rated_adult_while_another_is_fetched_does_not_go_up() -> None:
    """Each is judged when it is fetched, and another program may rate it before the last one is."""

    class Rerated(FakeService):
        async def rules(self, requester: Requester) -> Any:
            return self.level, frozenset[str]()

        async def picture(self, requester: Requester, image: Image, max_edge: int | None = None) -> Any:
            if image.image_id == "h2":
                self.banned.add("h1")
            return await super().picture(requester, image, max_edge)

    shown = content(3).with_(fetched=Fetched(items=(held(1), held(2), held(3)), complete=True))
    service, active = Rerated(pictures={"h1": b"1", "h2": b"2", "h3": b"3"}), live_of(shown)
    page = await judged_page(service, REQUESTER, shown, PagerState(3, True, view=View.GRID))
    message = await drawing.page_of(service, active, page, REQUESTER, 10_000)
    assert sorted(one.picture.data for one in message.files) == [b"2", b"3"]
    assert "h1" not in {image.image_id for image in active.content.items}


async def test_pictures_of_the_next_page_are_asked_for_ahead(drawings: list[int]) -> None:
    """Large ones at each size until one is small enough; the page itself is drawn when it is shown."""
    shown = content(3).with_(fetched=Fetched(items=(held(1), held(2), held(3)), complete=True))
    service, active = FakeService(pictures={"h1": b"1", "h2": b"bytes", "h3": b"3"}), live_of(shown)

    async def asked() -> int:
        service.calls.clear()
        await prepare_next(service, active)
        assert (drawings, active.judged, set(service.calls)) == ([], (), {("picture", "h2")})
        return len(service.calls)

    assert await asked() == 3
    service.banned.add("h2")
    assert await asked() == 1, "it is not handed out, and shown no sooner than it is judged"


async def test_pictures_are_fetched_ahead_for_a_few_pages_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where drawing is slow, people wait for the pictures that they see; those of others' next pages are left out."""
    asked, drawn, shown = list[str | None](), asyncio.Event(), (held(1),)

    async def slow(_service: Any, images: Sequence[Image], *_: Any) -> None:
        asked.append(images[0].image_id)
        await drawn.wait()

    monkeypatch.setattr(service_module, "fetch_pictures", slow)
    sessions = sessions_of(FakeService())

    def fetch() -> asyncio.Task[None]:
        return asyncio.create_task(sessions.fetch_ahead(shown, View.SINGLE, REQUESTER, 100))

    fetching = [fetch() for _ in range(FETCHED_AHEAD + 3)]
    await asyncio.wait(fetching, timeout=0.2)
    assert [one.done() for one in fetching] == [False] * FETCHED_AHEAD + [True] * 3
    fetching[0].cancel()
    await asyncio.wait(fetching[:1])
    fetching.append(fetch())
    drawn.set()
    await asyncio.wait(fetching)
    assert asked == ["h1"] * (FETCHED_AHEAD + 1)


async def test_a_page_that_cannot_be_drawn_ahead_disturbs_nobody(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(rendered, "draw_page", lambda one: 1 / 0)
    await prepare_next(FakeService(), live_of(content()))
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("items", [(), (held(1),), (held(1), held(2), held(3))])
@pytest.mark.parametrize("view", [View.SINGLE, View.GRID])
async def test_a_page_is_judged_again_as_it_was_fetched(items: tuple[Image, ...], view: View) -> None:
    """More could be fetched, of which nothing may be shown: what is drawn stands, and no provider is asked."""
    service = FakeService(images=[picture(number) for number in range(60)], batch=10)
    service.banned = {str(one.image_id) for one in service.images}
    fetched = Fetched(items=items, next_offset=10, complete=False, total=60)
    shown = content().with_(request=SearchRequest(q="red"), fetched=fetched, altered="scarlet")
    state = PagerState(len(items), False, 0, view)
    page = await judged_page(service, REQUESTER, shown, replace(state, complete=True))
    drawn = await drawing.page_of(service, live_of(shown), page, REQUESTER, 100)
    assert ("scarlet" in str(drawn)) is bool(items)
    assert service.asked("search") == []
