"""What identifying asks of the search service: staying inside, naming who is outside, links by level."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.bing_v7 import (
    ALL_LEVELS,
    Capabilities,
    ImageAnswer,
    ImageInsights,
    ImagesModule,
    ImageTagsModule,
    InsightsRequest,
    NotSupported,
    SafeSearch,
    SearchRequest,
    Tag,
    TrendingImages,
    TrendingRequest,
    Upload,
    Verb,
)
from bot.providers.routing.chain import Chain
from bot.safesearch.guard import Guard
from bot.safesearch.place import Place, PlaceKind, Requester
from bot.safesearch.policies import Policies
from bot.safesearch.policy import OperatorPolicy
from bot.search.service import SearchService
from bot.storage.policies import ListKind, PolicyStore
from tests.databases import open_database

from .fakes import picture

REQUESTER = Requester(Place(PlaceKind.DM), 1, own=None)
REQUEST = InsightsRequest(upload=Upload(data=b"picture"))


class Named:
    """A provider that answers a lookup with its own name."""

    def __init__(self, name: str, *, outside: bool) -> None:
        self.name = self.title = name
        self.capabilities = Capabilities(levels={Verb.INSIGHTS: ALL_LEVELS}, outside=outside)
        self.asked = 0

    async def search(self, request: SearchRequest) -> ImageAnswer:
        raise NotSupported

    async def trending(self, request: TrendingRequest) -> TrendingImages:
        raise NotSupported

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        self.asked += 1
        return ImageInsights(image_tags=ImageTagsModule(value=(Tag(name=self.name),)))

    async def aclose(self) -> None:
        pass


@pytest.fixture
async def make(tmp_path: Path) -> Any:
    database = await open_database(tmp_path / "m.db")
    policies = Policies(PolicyStore(database), OperatorPolicy())
    yield lambda provider: SearchService(Guard(provider), policies)
    await database.close()


def chain(*members: Named) -> Chain:
    return Chain({Verb.INSIGHTS: members})


async def tags(service: SearchService, *, inside: bool) -> set[str | None]:
    last: ImageInsights | None = None
    async for step in service.insights_as_completed(REQUESTER, REQUEST, inside=inside):
        last = step.answer
    assert last is not None
    return {tag.name for tag in last.image_tags.value} if last.image_tags else set()


async def test_inside_asks_nobody_outside(make: Any) -> None:
    own, far = Named("own", outside=False), Named("far", outside=True)
    service = make(chain(own, far))
    assert await tags(service, inside=True) == {"own"}
    assert (own.asked, far.asked) == (1, 0)
    assert await tags(service, inside=False) == {"own", "far"}
    assert service.outside(Verb.INSIGHTS) == ("far",)
    assert service.outside(Verb.SEARCH) == ()
    assert service.own(Verb.INSIGHTS) == ("own",)
    assert service.own(Verb.SEARCH) == ()


async def test_inside_without_anybody_there(make: Any) -> None:
    for provider in (chain(Named("far", outside=True)), Named("far", outside=True)):
        with pytest.raises(NotSupported):
            await tags(make(provider), inside=True)


async def test_a_single_provider_of_ones_own(make: Any) -> None:
    service = make(Named("own", outside=False))
    assert await tags(service, inside=True) == {"own"}
    assert service.outside(Verb.INSIGHTS) == ()


async def test_links_keep_to_the_level(make: Any) -> None:
    service = make(chain(Named("own", outside=False)))
    links = dict(await service.linkouts(REQUESTER, "https://example.org/a.png"))
    assert set(links) == {"Google Lens", "TinEye"}
    assert all("https%3A%2F%2Fexample.org%2Fa.png" in address for address in links.values())
    assert await service.linkouts(REQUESTER, "magpie:picture/1") == []


async def test_stored_lookups_are_judged_by_the_lists_of_now(make: Any) -> None:
    service = make(chain(Named("own", outside=False)))
    here = Requester(Place(PlaceKind.CHANNEL, guild_id=5, channel_id=6, age_restricted=False), 1, own=None)
    answer = ImageInsights(
        image_tags=ImageTagsModule(value=(Tag(name="heron"), Tag(name="stork"))),
        visually_similar_images=ImagesModule(value=(picture(1), picture(2, is_family_friendly=None))),
    )
    same = await service.allowed_insights(here, answer, SafeSearch.STRICT)
    assert same.answer == answer
    await service._policies.add(5, ListKind.WORD, "heron", 9)
    judged = await service.allowed_insights(here, answer, SafeSearch.MODERATE)
    assert [tag.name for tag in judged.answer.image_tags.value] == ["stork"]
    assert [image.name for image in judged.answer.visually_similar_images.value] == ["Picture 1"]
