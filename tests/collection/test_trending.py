"""What the collection shows as trending: of a server and of all, in the language of whoever asks."""

from datetime import datetime, timedelta

import pytest

from bot.bing_v7 import Growth, SafeSearch, TrendingRequest
from bot.collection.provider import CollectionProvider
from bot.collection.query.trends import QueryCount, growth
from bot.i18n import LOCALES
from bot.media.runner import InThread
from bot.media.service import Media

from .made import NOW, row


def count(text: str, people: int = 3, searches: int = 5) -> QueryCount:
    return QueryCount(text, people, (searches,) + (0,) * 23, 0)


class ByServer:
    """Counts of two servers and of all."""

    def __init__(self) -> None:
        self.by_scope = {
            None: [count("owl"), count("red fox", 4, 9)],
            "here": [count("red fox"), count("train", 2, 90), count("crimson figure", 9)],
            "there": [count("owl")],
        }

    async def counts(self, now: datetime, limit: int, scope: str | None = None) -> list[QueryCount]:
        return self.by_scope.get(scope, [])[:limit]


@pytest.fixture
def provider(starter_store):
    return CollectionProvider(starter_store, Media(InThread()), counts=ByServer())


async def shown(provider, request):
    answer = await provider.trending(request)
    return {category.title: [tile.query.text for tile in category.tiles] for category in answer.categories}


async def test_a_servers_searches_stand_beside_those_of_all(provider):
    request = TrendingRequest(safe_search=SafeSearch.STRICT)
    plain = await shown(provider, request)
    here = await shown(provider, request.within("here"))
    there = await shown(provider, request.within("there"))
    assert "Popular in this server" not in plain
    assert list(here)[:2] == ["Popular in this server", "Popular searches"]
    assert (here["Popular in this server"], there["Popular in this server"]) == (["red fox"], ["owl"])
    assert here["Popular searches"] == there["Popular searches"] == plain["Popular searches"] == ["red fox", "owl"]
    assert await shown(provider, request.within("nobody searched here")) == plain


async def test_a_search_says_how_much_it_is_up(provider):
    provider_counts = (QueryCount("owl", 3, (6,) + (0,) * 23, 28), count("fox"))
    assert [growth(one).times for one in provider_counts] == [3.0, None]
    answer = await provider.trending(TrendingRequest(safe_search=SafeSearch.STRICT))
    popular = next(one for one in answer.categories if one.title == "Popular searches")
    assert [tile.growth for tile in popular.tiles] == [Growth(), Growth()]
    assert all(tile.growth is None for one in answer.categories for tile in one.tiles if one is not popular)


async def test_without_counts_a_server_has_no_searches(starter_store):
    request = TrendingRequest(safe_search=SafeSearch.STRICT).within("here")
    assert "Popular in this server" not in await shown(CollectionProvider(starter_store, Media(InThread())), request)


async def test_titles_are_in_the_language_that_is_asked_for(provider):
    strict = TrendingRequest(safe_search=SafeSearch.STRICT).within("here")
    titles = {
        locale: tuple(await shown(provider, strict.model_copy(update={"set_lang": locale}))) for locale in LOCALES
    }
    assert len({title for found in titles.values() for title in found}) == 4 * len(LOCALES)
    german = titles["de"]
    for request in (
        TrendingRequest(mkt="de-CH"),
        TrendingRequest(accept_language="de-AT,de;q=0.9,en;q=0.5"),
        TrendingRequest(set_lang="de", mkt="fr-FR"),
    ):
        assert tuple(await shown(provider, request.within("here"))) == german
    assert "Popular searches" in await shown(provider, TrendingRequest(set_lang="xx"))


async def test_what_is_new_in_the_collection_is_newest_first(store):
    ages = {"owl": 2, "fox": 0, "heron": 9, "finch": 1}  # days, in no order
    await store.upsert([row(name, discovered=NOW - timedelta(days=days)) for name, days in ages.items()])
    new = CollectionProvider(store, Media(InThread()))
    answer = await new.trending(TrendingRequest(safe_search=SafeSearch.STRICT))
    tiles = next(one.tiles for one in answer.categories if one.title == "New in the collection")
    assert [tile.image.name for tile in tiles] == ["fox", "finch", "owl", "heron"]
