"""A provider that plants labelled things on every surface of every answer; markers tell them apart afterwards."""

from __future__ import annotations

import random
import re
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from bot.bing_v7 import (
    ALL_LEVELS,
    AggregateOffer,
    Attribution,
    CachePolicy,
    Capabilities,
    Category,
    Image,
    ImageAnswer,
    ImageCaption,
    ImageGallery,
    ImageInsights,
    ImagesModule,
    ImageTagsModule,
    InsightsMetadata,
    InsightsRequest,
    NormalizedRectangle,
    Offer,
    Organization,
    Person,
    Picture,
    Pivot,
    Query,
    QueryContext,
    Recipe,
    RecipesModule,
    RecognizedEntitiesModule,
    RecognizedEntity,
    RecognizedEntityGroup,
    RecognizedEntityRegion,
    RelatedCollectionsModule,
    RelatedSearchesModule,
    SafeSearch,
    SearchRequest,
    Tag,
    Thumbnail,
    Tile,
    TrendingImages,
    TrendingRequest,
    Verb,
    local_address,
)

BLOCKED_WORD = "wumpus"
BLOCKED_HOST = "blocked.example"
FINE_HOST = "fine.example"
_ADULT_WORDS = (
    "porn",
    "p0rn",
    "P.O.R.N",
    "p\u043ern",
    "p\u00f3rn",
    "p\u200born",
    "\u24df\u24de\u24e1\u24dd",
    "hentai",
    "blow job",
)
_BLOCKED_WORDS = ("wumpus", "WUMPUS", "w-u-m-p-u-s", "w\u00fampus", "w u m p u s", "wump\u03c5s", "wumpu5")
_NOWHERE = ("lolicon", "l0licon", "nude preteens", "\u30ed\u30ea\u30b3\u30f3")
_HOSTS = (
    "https://i0.wp.com/{}/x",
    "https://web.archive.org/web/2020/{}/x",
    "https://{}/x",
    "http://www.{}./x",
    "HTTPS://CDN.{}:443/x",
    "//{}/x",
    "https://fine.example/?u=https%3A%2F%2F{}%2Fx",
)
MARK = re.compile(r"mark(\d+)x", re.IGNORECASE)


class Kind(StrEnum):
    """What is wrong with a planted thing."""

    CLEAN = "clean"
    FLAGGED = "flagged"
    SILENT = "silent"
    """A finding without a flag, from a provider that flags everything."""
    SILENT_ASIDE = "silent-aside"
    """A picture of a tile, person or firm without a flag: allowed in Moderate."""
    EXPLICIT = "explicit"
    ADULT_HOST = "adult-host"
    ADULT_WORD = "adult-word"
    BLOCKED_HOST = "blocked-host"
    BLOCKED_WORD = "blocked-word"
    NOWHERE = "nowhere"
    """What passes at no level."""
    OFF_ONLY = "off-only"
    """From a provider that honours Off alone."""
    LEVEL_ONLY = "level-only"
    """Nothing tells that it is adult but the level at which its provider was asked."""
    UNFILTERED = "unfiltered"
    """A picture of a provider whose words may be shown below Off, but not its pictures."""
    HELD = "held"
    """A picture whose rating changes; the label stands in ``Plants.ratings``."""


_TEXTS = (Kind.CLEAN, Kind.CLEAN, Kind.ADULT_HOST, Kind.ADULT_WORD, Kind.BLOCKED_HOST, Kind.BLOCKED_WORD, Kind.NOWHERE)
_LINKS = (Kind.CLEAN, Kind.CLEAN, Kind.EXPLICIT, Kind.ADULT_HOST, Kind.BLOCKED_HOST)
_FINDINGS = (*_TEXTS, Kind.FLAGGED, Kind.SILENT, Kind.EXPLICIT)
_ASIDES = (*_TEXTS, Kind.FLAGGED, Kind.SILENT_ASIDE, Kind.EXPLICIT)


class Plants:
    """Everything that was planted, by the number in its marker."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.kinds: dict[int, Kind] = {}
        self.ratings: dict[int, bool | None] = {}
        self.first_ratings: dict[int, bool | None] = {}
        self.always_clean = False
        self.hinting = True
        """Suggestions carry what their words do not say."""
        self.pictures_alone = False
        """Some answers of who holds pictures are several of these and nothing else, which no word keeps from them."""
        self.asked_for: deque[int] = deque(maxlen=8)
        """Held pictures whose bytes were asked for last: they stand on the page that is being drawn."""
        self.chosen: set[int] = set()
        """Suggestions that somebody searched for: their own question from then on, whatever hung on them."""

    def mark(self, kind: Kind) -> str:
        number = len(self.kinds) + 1
        self.kinds[number] = kind
        return f"mark{number}x"

    def pick(self, kinds: tuple[Kind, ...]) -> Kind:
        return Kind.CLEAN if self.always_clean else self.rng.choice(kinds)

    def text(self, kind: Kind | None = None) -> str:
        kind = kind or self.pick(_TEXTS)
        bad = {
            Kind.ADULT_HOST: "see www.pornhub.com now",
            Kind.ADULT_WORD: self.rng.choice(_ADULT_WORDS),
            Kind.BLOCKED_HOST: f"at {BLOCKED_HOST}/page",
            Kind.BLOCKED_WORD: self.rng.choice(_BLOCKED_WORDS),
            Kind.NOWHERE: self.rng.choice(_NOWHERE),
        }.get(kind, "quiet words")
        return f"{self.mark(kind)} {bad}"

    def link(self, kind: Kind | None = None) -> str:
        kind = kind or self.pick(_LINKS)
        host = {
            Kind.EXPLICIT: "tse3.explicit.bing.net",
            Kind.ADULT_HOST: "de.pornhub.com",
            Kind.BLOCKED_HOST: BLOCKED_HOST,
        }.get(kind, FINE_HOST)
        return f"{self.rng.choice(_HOSTS).format(host)}/{self.mark(kind)}.jpg"

    def query(self) -> Query:
        if not self.hinting or self.rng.random() < 0.6:
            thumbnail = Thumbnail(thumbnail_url=self.link(Kind.CLEAN))
            return Query(text=self.text(), display_text=self.text(Kind.CLEAN), thumbnail=thumbnail)
        return self._hinted()

    def _hinted(self) -> Query:
        """A suggestion whose words say nothing: only what hangs on it does."""
        kind = self.pick(_LINKS)
        query = Query(text=f"{self.mark(kind)} quiet words")
        link = self.link(kind)
        match self.rng.randrange(3):
            case 0:
                return query.with_(thumbnail=Thumbnail(url=link))
            case 1:
                return query.with_(web_search_url=link)
            case _:
                return query.with_(futurePicture={"link": link})

    def image(self, kind: Kind | None = None, *, aside: bool = False, flags: bool = True) -> Image:
        kind = kind or self.pick(_ASIDES if aside else _FINDINGS)
        in_text = kind in {Kind.ADULT_WORD, Kind.BLOCKED_WORD, Kind.NOWHERE}
        in_link = kind in {Kind.EXPLICIT, Kind.ADULT_HOST, Kind.BLOCKED_HOST}
        mark = self.mark(kind)
        place = self.rng.randrange(3)
        texts = [f"{mark} a title", f"{mark} a description", f"{mark} an author"]
        links = [f"https://fine.example/{mark}/{part}" for part in ("picture", "thumbnail", "page")]
        if in_text:
            texts[place] += " " + self.text(kind)
        if in_link:
            links[1 if kind is Kind.EXPLICIT else place] = self.link(kind)
        silent = kind in {Kind.SILENT, Kind.SILENT_ASIDE} or not flags
        return Image(
            name=texts[0], description=texts[1], attribution=Attribution(author=texts[2], provider="planter"),
            content_url=links[0], thumbnail_url=links[1], host_page_url=links[2], image_id=mark,
            insights_metadata=InsightsMetadata(available_sizes_count=2),
            is_family_friendly=None if silent else kind is not Kind.FLAGGED,
        )  # fmt: skip

    def held(self, rating: bool | None) -> Image:
        mark = self.mark(Kind.HELD)
        self.ratings[len(self.kinds)] = self.first_ratings[len(self.kinds)] = rating
        return Image(
            name=f"{mark} held", image_id=mark, content_url=local_address("picture", mark),
            thumbnail_url=local_address("thumbnail", mark), is_family_friendly=rating,
        )  # fmt: skip

    def images(self, many: int = 4, **options: Any) -> tuple[Image, ...]:
        return tuple(self.image(**options) for _ in range(many))

    def queries(self, many: int = 2) -> tuple[Query, ...]:
        return tuple(self.query() for _ in range(many))


def forbidden(plants: Plants, number: int, level: SafeSearch, lists: set[str], *, rated_now: bool) -> bool:
    """The oracle: may this planted thing not be shown at a level with these entries blocked?

    A held picture and its stored traces go by its rating of now; a list of results may be as old as the cache allows.
    """
    kind = Kind.CLEAN if number in plants.chosen else plants.kinds[number]
    below_off = level is not SafeSearch.OFF
    if kind is Kind.HELD:
        return below_off and (plants.ratings if rated_now else plants.first_ratings)[number] is not True
    return {
        Kind.CLEAN: False,
        Kind.NOWHERE: True,
        Kind.BLOCKED_HOST: BLOCKED_HOST in lists,
        Kind.BLOCKED_WORD: BLOCKED_WORD in lists,
        Kind.ADULT_WORD: level is SafeSearch.STRICT,
        Kind.SILENT_ASIDE: level is SafeSearch.STRICT,
    }.get(kind, below_off)


@dataclass
class Call:
    """A call that reached a provider."""

    provider: str
    level: SafeSearch
    query: str | None


Meanwhile = Callable[[], Awaitable[None]]


class Planter:
    """A provider that answers everything with planted things and lets the world change while it answers."""

    def __init__(self, name: str, plants: Plants, calls: list[Call], meanwhile: Meanwhile, **declared: Any) -> None:
        self.name = name
        self.title = name.title()
        self.plants = plants
        self.calls = calls
        self.level = SafeSearch.STRICT
        self.meanwhile = meanwhile
        levels = declared.pop("levels", ALL_LEVELS)
        self.capabilities = Capabilities(
            levels=dict.fromkeys(Verb, frozenset(levels)), cache=CachePolicy(timedelta(hours=1)), **declared
        )

    async def _called(self, level: SafeSearch, query: str | None) -> None:
        self.calls.append(Call(self.name, level, query))
        await self.meanwhile()
        self.level = level  # of the call that is answered now: others may run beside it
        self.plants.hinting = not self.capabilities.text_only_below_off  # its pictures go before anybody judges them

    async def search(self, request: SearchRequest) -> ImageAnswer:
        await self._called(request.safe_search, request.q)
        plant = self.plants
        return ImageAnswer(
            value=(*self.findings(), *plant.images(0)), next_offset=request.offset + 4,
            read_link=plant.link(), web_search_url=plant.link(),
            query_context=QueryContext(original_query=request.q, altered_query=plant.text()),
            query_expansions=plant.queries(), similar_terms=plant.queries(1), related_searches=plant.queries(),
            pivot_suggestions=(Pivot(pivot=plant.text(), suggestions=plant.queries()),),
        ).with_(futureList=[{"name": plant.text(), "contentUrl": plant.link(), "isFamilyFriendly": True}])  # fmt: skip

    def findings(self) -> tuple[Image, ...]:
        return self.plants.images()

    def asides(self) -> Image:
        return self.plants.image(aside=True)

    async def insights(self, request: InsightsRequest) -> ImageInsights:
        await self._called(request.safe_search, request.q)
        plant = self.plants
        person = Person(name=plant.text(), image=self.asides(), url=plant.link())
        firm = Organization(name=plant.text(Kind.CLEAN), image=self.asides())
        offer = Offer(name=plant.text(), url=plant.link(), seller=firm)
        recipe = Recipe(name=plant.text(), thumbnail_url=plant.link(), creator=person)
        gallery = ImageGallery(name=plant.text(), thumbnail_url=plant.link(), creator=person, source=plant.text())
        region = RecognizedEntityRegion(
            region=NormalizedRectangle(left=0.1, top=0.1, right=0.6, bottom=0.6),
            matching_entities=(RecognizedEntity(entity=person, match_confidence=0.9),),
        )
        return ImageInsights(
            best_representative_query=plant.query(),
            image_caption=ImageCaption(
                caption=plant.text(), data_source_url=plant.link(Kind.CLEAN), related_searches=plant.queries()
            ),
            pages_including=ImagesModule(value=self.findings()),
            visually_similar_images=ImagesModule(value=self.findings()),
            visually_similar_products=ImagesModule(value=self.findings()),
            related_collections=RelatedCollectionsModule(value=(gallery,)),
            related_searches=RelatedSearchesModule(value=plant.queries()),
            shopping_sources=AggregateOffer(name=plant.text(Kind.CLEAN), offers=(offer,)),
            recipes=RecipesModule(value=(recipe,)),
            image_tags=ImageTagsModule(value=(Tag(name=plant.text()), Tag(name=plant.text()))),
            recognized_entity_groups=RecognizedEntitiesModule(
                value=(RecognizedEntityGroup(name=plant.text(Kind.CLEAN), recognized_entity_regions=(region,)),)
            ),
        ).with_(moduleOfTomorrow={"value": [{"name": plant.text(), "link": plant.link()}]})  # fmt: skip

    async def trending(self, request: TrendingRequest) -> TrendingImages:
        await self._called(request.safe_search, None)
        tiles = tuple(Tile(query=self.plants.query(), image=self.asides()) for _ in range(3))
        return TrendingImages(categories=(Category(title=self.plants.text(), tiles=tiles),))

    async def aclose(self) -> None:
        """Nothing to close."""


class OffOnly(Planter):
    """Unflagged pictures of which nothing is known; honours Off alone."""

    def findings(self) -> tuple[Image, ...]:
        return self.plants.images(kind=Kind.OFF_ONLY, flags=False)

    def asides(self) -> Image:
        return self.plants.image(Kind.OFF_ONLY, flags=False)


class Silent(Planter):
    """Flags nothing, but keeps to every level itself."""

    def _kind(self) -> Kind:
        return Kind.LEVEL_ONLY if self.level is SafeSearch.OFF else Kind.CLEAN

    def findings(self) -> tuple[Image, ...]:
        return self.plants.images(kind=self._kind(), flags=False)

    def asides(self) -> Image:
        return self.plants.image(self._kind(), flags=False)


class Unfiltered(Planter):
    """Words and links are fine, pictures are not."""

    def findings(self) -> tuple[Image, ...]:
        images = self.plants.images(2, kind=Kind.CLEAN)
        return tuple(
            one.with_(thumbnail_url=f"https://fine.example/{self.plants.mark(Kind.UNFILTERED)}") for one in images
        )

    def asides(self) -> Image:
        return self.plants.image(Kind.CLEAN)

    async def trending(self, request: TrendingRequest) -> TrendingImages:
        return TrendingImages()


class Holder(Planter):
    """Holds its pictures itself; their ratings change."""

    async def search(self, request: SearchRequest) -> ImageAnswer:
        if not self.plants.pictures_alone or len(self.calls) % 2:
            return await super().search(request)
        await self._called(request.safe_search, request.q)
        held = tuple(self.plants.held(True) for _ in range(4))
        return ImageAnswer(value=held, next_offset=request.offset + 4)

    def findings(self) -> tuple[Image, ...]:
        fit = self.level
        ratings = [rating for rating in (True, False, None) if rating is True or fit is SafeSearch.OFF]
        return tuple(self.plants.held(rating) for rating in ratings)

    async def ratings(self, image_ids: Sequence[str]) -> dict[str, bool | None]:
        await self.meanwhile()
        numbers = {image_id: int(match[1]) for image_id in image_ids if (match := MARK.fullmatch(image_id))}
        return {mark: self.plants.ratings[number] for mark, number in numbers.items() if number in self.plants.ratings}

    async def picture(self, image_id: str, max_edge: int | None = None) -> Picture | None:
        await self.meanwhile()
        number = int(MARK.fullmatch(image_id)[1]) if MARK.fullmatch(image_id) else 0  # type: ignore[index]  # matched
        if number not in self.plants.ratings:
            return None
        self.plants.asked_for.append(number)
        return Picture(image_id.encode(), "image/png", "x.png", 1, 1, self.plants.ratings[number])
