"""A search service that looks pictures up: answers given beforehand, one or several of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.bing_v7 import (
    AggregateOffer,
    AggregateRating,
    Confidence,
    Image,
    ImageCaption,
    ImageGallery,
    ImageInsights,
    ImagesModule,
    ImageTagsModule,
    InsightsMetadata,
    InsightsRequest,
    Match,
    NormalizedRectangle,
    Offer,
    Organization,
    Person,
    Provenance,
    Query,
    Recipe,
    RecipesModule,
    RecognizedEntitiesModule,
    RecognizedEntity,
    RecognizedEntityGroup,
    RecognizedEntityRegion,
    RelatedCollectionsModule,
    RelatedSearchesModule,
    SafeSearch,
    Tag,
    Verb,
)
from bot.safesearch.place import Requester

from .fakes import FakeService, picture


def found(number: int, confidence: Confidence, provider: str = "collection", **changes: Any) -> Image:
    """A picture that a reverse lookup found."""
    return picture(number, match=Match(confidence=confidence, provider=provider, score=0.9), **changes)


def known(**changes: Any) -> ImageInsights:
    """An answer that has the original."""
    return ImageInsights(
        **{
            "image_insights_token": "token*whole",
            "best_representative_query": Query(text="red panda"),
            "pages_including": ImagesModule(value=(found(7, Confidence.EXACT), found(8, Confidence.LIKELY))),
            "visually_similar_images": ImagesModule(
                value=(found(3, Confidence.MAYBE), *(picture(number) for number in range(10, 16)))
            ),
            "image_tags": ImageTagsModule(value=(Tag(name="panda"), Tag(name="red"))),
            "provenance": Provenance(providers=("collection",)),
            **changes,
        }
    )


def everything() -> ImageInsights:
    """An answer with every module."""
    offer = Offer(
        name="A [panda](https://evil.example) plush", url="https://shop.example.org/panda", price=19.5,
        price_currency="EUR", availability="InStock", seller=Organization(name="Shop **one**"),
        aggregate_rating=AggregateRating(rating_value=4.5, review_count=12), last_updated="2026-08-12T00:00:00.0000000",
    )  # fmt: skip
    product = picture(
        20, insights_metadata=InsightsMetadata(aggregate_offer=AggregateOffer(low_price=12.0, price_currency="EUR"))
    )
    box = NormalizedRectangle(left=0.1, top=0.1, right=0.4, bottom=0.6)
    return known(
        image_caption=ImageCaption(
            caption="A red panda in a tree", data_source_url="https://encyclopedia.example.org/panda"
        ),
        shopping_sources=AggregateOffer(offers=(offer,)),
        visually_similar_products=ImagesModule(value=(product,)),
        recipes=RecipesModule(
            value=(
                Recipe(
                    name="Bamboo soup", url="https://food.example.org/soup", total_time="PT1H15M", prep_time="PT15M",
                    creator=Person(name="Cook"), aggregate_rating=AggregateRating(rating_value=4),
                ),
            )
        ),
        related_collections=RelatedCollectionsModule(
            value=(
                ImageGallery(
                    name="Pandas", url="https://pins.example.org/pandas", source="Pins", creator=Person(name="Ann"),
                    images_count=12, followers_count=1,
                ),
            )
        ),
        related_searches=RelatedSearchesModule(value=tuple(Query(text=f"panda {n}") for n in range(1, 31))),
        recognized_entity_groups=RecognizedEntitiesModule(
            value=(
                RecognizedEntityGroup(
                    name="CelebRecognitionAnnotations",
                    recognized_entity_regions=(
                        RecognizedEntityRegion(
                            region=box,
                            matching_entities=(
                                RecognizedEntity(entity=Person(name="Pabu"), match_confidence=0.95),
                                RecognizedEntity(entity=Person(name="Someone"), match_confidence=0.2),
                            ),
                        ),
                    ),
                ),
            )
        ),
    )  # fmt: skip


@dataclass
class FakeLookups(FakeService):
    """``steps`` are the merged answers as providers finish; ``services`` the outside ones."""

    steps: Sequence[ImageInsights] = field(default_factory=lambda: [known()])
    services: tuple[str, ...] = ()
    between: Any = None
    dropped: tuple[str, ...] = ()
    rejudged: Callable[[ImageInsights], ImageInsights] = lambda answer: answer
    """What may still be shown of a stored lookup, beside ``dropped``."""
    engines: dict[SafeSearch, str] = field(default_factory=dict[SafeSearch, str])
    """What the other engine is called at a level."""

    async def insights_as_completed(
        self, requester: Requester, request: InsightsRequest, *, inside: bool = False
    ) -> AsyncIterator[Any]:
        await self._asked("inside" if inside else "insights", requester, request)
        for number, step in enumerate(self.steps):
            if number and self.between is not None:
                await self.between()
            judged = self._judged(step)
            judged.waiting = self.own_providers if number < len(self.steps) - 1 else ()
            yield judged

    async def allowed_insights(self, requester: Requester, answer: ImageInsights, asked: SafeSearch) -> Any:
        return self._judged(self.rejudged(answer).with_(**dict.fromkeys(self.dropped)))

    reads_text = False
    own_providers: tuple[str, ...] = ("collection",)

    def outside(self, verb: Verb) -> tuple[str, ...]:
        return self.services

    def own(self, verb: Verb) -> tuple[str, ...]:
        return self.own_providers

    async def linkouts(self, requester: Requester, address: str) -> list[tuple[str, str]]:
        level = max(self.level, requester.own or self.level, key=lambda one: one.strictness)
        return [(self.engines.get(level, "Engine"), f"https://engine.example.org/?url={address[:100]}")]
