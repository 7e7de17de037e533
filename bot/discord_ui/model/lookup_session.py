"""What an identify session stores: where the picture came from, what was found, and what is shown of it.

The picture itself is not stored, only the token that a provider gave for it and the address that it came from.
"""

from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict

from bot.bing_v7 import (
    Confidence,
    Crop,
    Image,
    ImageInsights,
    ImagesModule,
    Module,
    Query,
    RecognizedEntityRegion,
    SafeSearch,
)

from .pager import View

SURE_ENOUGH = 0.5
"""Recognised entities below this are folded away."""
MAX_PARTS = 3
"""Maximum parts of a picture that are kept with their answers."""


class Section(StrEnum):
    """A part of the answer that a page shows; those in `QUESTIONS` ask something."""

    OVERVIEW = "overview"
    PAGES = "pages"
    SIMILAR = "similar"
    PRODUCTS = "products"
    SHOPPING = "shopping"
    RECIPES = "recipes"
    COLLECTIONS = "collections"
    SEARCHES = "searches"
    PEOPLE = "people"
    PICK = "pick"
    CONSENT = "consent"
    REGION = "region"
    FRAMES = "frames"


QUESTIONS = frozenset({Section.PICK, Section.CONSENT, Section.REGION, Section.FRAMES})
"""Sections that ask which picture, where to, which part, which frame."""
PICTURE_SECTIONS = frozenset({Section.PAGES, Section.SIMILAR, Section.PRODUCTS})
"""Sections that are lists of pictures, turned by the pager."""
FOLDING = PICTURE_SECTIONS | {Section.PEOPLE}
"""Sections with findings that may be folded away."""


class Origin(StrEnum):
    """How a picture came in."""

    DISCORD = "discord"
    """An attachment, sticker or preview: read from Discord's hosts."""
    WEB = "web"
    RESULT = "result"
    """A picture that was found: asked for by its token or address."""


class LookupSource(BaseModel):
    """Where a picture can be read or asked for again; the picture itself is not kept."""

    model_config = ConfigDict(frozen=True)

    by: Origin
    address: str | None = None
    token: str | None = None
    size: int | None = None
    """Bytes, as Discord says."""
    smaller: str | None = None
    """Address of a smaller copy that Discord makes, for a picture that is too large."""
    kind: str = "attachment"
    """How it is named in a menu: attachment, video, embed, sticker, link."""
    name: str | None = None
    spoiler: bool = False
    """It was marked as a spoiler, so its answer is shown as one too."""
    image: Image | None = None
    """The finding that is asked about, for ``RESULT``."""
    video: str | None = None
    """Address of the video that ``address`` is a still of, or ``address`` itself where a link leads to a video."""
    video_size: int | None = None
    """Its bytes, as Discord says."""
    frame: int | None = None
    """Which of the video's frames was chosen, from 0; None for the one that shows something."""
    frame_at: float | None = None
    """When that frame is shown, in seconds."""

    def withheld(self) -> Self:
        """Return the source without any way to the picture, and without its name."""
        return self.model_copy(
            update={"address": None, "smaller": None, "video": None, "token": None, "name": None, "image": None}
        )


class LookupResult(BaseModel):
    """One lookup of the whole picture or a part of it; ``level`` is the one it was judged at."""

    model_config = ConfigDict(frozen=True)

    answer: ImageInsights
    crop: Crop | None = None
    part: str = "whole"
    """Name of the part: ``whole``, a cell such as ``top-left``, or ``box:2``."""
    level: SafeSearch = SafeSearch.STRICT
    hidden: int = 0
    waiting: tuple[str, ...] = ()


class Lookup(BaseModel):
    """An identify session: its picture, its lookups (the whole first), and what is shown."""

    model_config = ConfigDict(frozen=True)

    source: LookupSource
    modules: tuple[Module, ...] = (Module.ALL,)
    results: tuple[LookupResult, ...] = ()
    at: int = 0
    section: Section = Section.OVERVIEW
    unfolded: bool = False
    page: int = 0
    """Page of a list of text, from 0."""
    candidates: tuple[LookupSource, ...] = ()
    """The pictures of a message, for ``pick``."""
    outside: tuple[str, ...] = ()
    """Names of the services that the picture would be sent to, for ``consent``."""
    only_outside: bool = False
    """Nobody but those can look it up, so that there is no choice but to send it, for ``consent``."""
    in_server: bool = False
    inside: bool = False
    """Ask no outside service about this picture."""
    part: str = "whole"
    """The part asked for, while nothing was looked up yet."""
    view: View | None = None
    """The view that lists of pictures were asked for in; each has its own if nobody asked."""
    locale: str | None = None
    """The Discord locale whose market and language the picture was looked up in."""
    kept_back: bool = False
    """The picture is not shown again below Off: a rater objects to it, or one's own copy of it is rated so."""
    readable: bool = False
    """The text in the picture can be read when somebody asks for it."""
    framed: bool = False
    """Another frame of the video can be chosen."""
    frames: tuple[float, ...] = ()
    """Seconds at which the frames to choose from are shown, for ``frames``."""
    engines: tuple[tuple[str, str], ...] = ()
    """Title and address of other engines' pages for the picture, as ``engines_at`` allows them."""
    engines_at: SafeSearch = SafeSearch.OFF
    """The level of the latest lookup; where the place is stricter by now, those pages are not shown."""

    def with_(self, **changes: object) -> Self:
        """Return a copy with some fields replaced by values of their type."""
        return self.model_copy(update=changes)

    @property
    def result(self) -> LookupResult | None:
        """The lookup that is shown."""
        return self.results[self.at] if self.results else None

    @property
    def token(self) -> str | None:
        """The token that a provider gave for the whole picture."""
        return (self.whole.answer.image_insights_token if self.whole else None) or self.source.token

    def for_others(self) -> Self:
        """Return a copy for other users: without access to the uploaded picture."""
        if self.source.by is Origin.RESULT:
            return self
        return self.with_(
            source=self.source.model_copy(update={"address": None, "smaller": None, "video": None, "name": None}),
            engines=(),
            readable=False,
            framed=False,
        )

    def withheld(self) -> Self:
        """Return the session without what was handed in and found, at the overview, which says so."""
        source = self.source.withheld()
        return self.with_(
            source=source,
            results=(),
            at=0,
            candidates=(),
            engines=(),
            readable=False,
            framed=False,
            frames=(),
            section=Section.OVERVIEW,
            page=0,
            part="whole",
        )

    def question(self) -> Self:
        """Return the session before its first lookup: the way to its picture, and what was asked about it.

        Of a picture that was handed in as a file nothing stays.
        """
        source = self.source
        if source.by is Origin.DISCORD:
            source = source.withheld()
        elif source.image is not None:
            bare = {"insights_metadata": None, "thumbnail": None}
            source = source.model_copy(update={"image": source.image.model_copy(update=bare)})
        part = self.result.part if self.result else self.part
        part = "whole" if part.startswith("box:") else part
        return type(self)(
            source=source, modules=self.modules, section=self._asked_first(), part=part, view=self.view,
            inside=self.inside, in_server=self.in_server, locale=self.locale,
        )  # fmt: skip

    def _asked_first(self) -> Section:
        """Return the section to begin with: the one that alone was asked for, else the overview."""
        alone = len(self.modules) == 1 and self.section not in QUESTIONS
        return self.section if alone else Section.OVERVIEW

    @property
    def whole(self) -> LookupResult | None:
        """The lookup of the whole picture."""
        return next((result for result in self.results if result.part == "whole"), None)

    def with_result(self, result: LookupResult) -> Self:
        """Return the session with one more lookup, shown from its overview; a part looked at before is replaced.

        The whole picture's and the last parts' lookups are kept.
        """
        room = MAX_PARTS if result.part == "whole" else MAX_PARTS - 1
        parts = [one for one in self.results if one.part not in {"whole", result.part}][-room:]
        whole = result if result.part == "whole" else self.whole
        kept = (*((whole,) if whole else ()), *parts, *((result,) if result is not whole else ()))
        return self.with_(results=kept, at=kept.index(result), section=Section.OVERVIEW, page=0)


def sure(images: tuple[Image, ...]) -> tuple[Image, ...]:
    """Return the findings that are confident enough to be shown at first."""
    return tuple(image for image in images if image.match is None or image.match.confidence is not Confidence.MAYBE)


def value_of(module: ImagesModule | None) -> tuple[Image, ...]:
    """Return the pictures of a module that may be absent."""
    return module.value if module else ()


def best_of(answer: ImageInsights) -> Image | None:
    """Return the best finding: the most confident page, else a picture found to be the same, else None."""
    same = {Confidence.EXACT, Confidence.LIKELY}
    alike = value_of(answer.visually_similar_images)
    pages = value_of(answer.pages_including) or tuple(
        one for one in alike if one.match and one.match.confidence in same
    )
    order = {Confidence.EXACT: 0, Confidence.LIKELY: 1, None: 2, Confidence.MAYBE: 3}
    return min(pages, key=lambda image: order[image.match.confidence if image.match else None], default=None)


def pictures_of(lookup: Lookup, section: Section) -> tuple[Image, ...]:
    """Return the pictures of a section as they are shown now; the overview has the surest finding."""
    if lookup.result is None:
        return ()
    answer = lookup.result.answer
    match section:
        case Section.OVERVIEW:
            best = best_of(answer) or lookup.source.image
            return (best,) if best else ()
        case Section.PAGES:
            found = value_of(answer.pages_including)
        case Section.SIMILAR:
            found = value_of(answer.visually_similar_images)
        case Section.PRODUCTS:
            found = value_of(answer.visually_similar_products)
        case _:
            return ()
    return found if lookup.unfolded else sure(found)


def folded_count(lookup: Lookup, section: Section) -> int:
    """Return how many findings of a section are folded away, or would be."""
    if lookup.result is None:
        return 0
    answer = lookup.result.answer
    match section:
        case Section.PAGES:
            found = value_of(answer.pages_including)
        case Section.SIMILAR:
            found = value_of(answer.visually_similar_images)
        case Section.PRODUCTS:
            found = value_of(answer.visually_similar_products)
        case Section.PEOPLE:
            matches = [found for box in boxes_of(answer) for found in box.matching_entities]
            return sum(one.match_confidence is not None and one.match_confidence < SURE_ENOUGH for one in matches)
        case Section.OVERVIEW:
            return sum(folded_count(lookup, one) for one in FOLDING)
        case _:
            return 0
    return len(found) - len(sure(found))


def boxes_of(answer: ImageInsights) -> tuple[RecognizedEntityRegion, ...]:
    """Return the recognised regions of all groups, in order; box 1 is the first."""
    groups = answer.recognized_entity_groups.value if answer.recognized_entity_groups else ()
    return tuple(region for group in groups for region in group.recognized_entity_regions)


def related_searches(lookup: Lookup) -> tuple[Query, ...]:
    """Return the searches that the shown lookup suggests, in the order that controls refer to them by."""
    module = lookup.result.answer.related_searches if lookup.result else None
    return module.value if module else ()


def counts(lookup: Lookup) -> dict[Section, int]:
    """Return the sections that have something to show, with how much; the overview always comes first."""
    if lookup.result is None:
        return {}
    answer = lookup.result.answer
    shopping = answer.shopping_sources
    found = {
        Section.OVERVIEW: 1,
        Section.PAGES: len(value_of(answer.pages_including)),
        Section.SIMILAR: len(value_of(answer.visually_similar_images)),
        Section.PRODUCTS: len(value_of(answer.visually_similar_products)),
        Section.SHOPPING: (len(shopping.offers) or 1) if shopping else 0,
        Section.RECIPES: len(answer.recipes.value) if answer.recipes else 0,
        Section.COLLECTIONS: len(answer.related_collections.value) if answer.related_collections else 0,
        Section.SEARCHES: len(answer.related_searches.value) if answer.related_searches else 0,
        Section.PEOPLE: len(boxes_of(answer)),
    }
    return {section: number for section, number in found.items() if number}


def view_of(lookup: Lookup) -> View:
    """Return how the open section's pictures are shown at first; a grid, not a gallery, says how sure each is."""
    if lookup.section in PICTURE_SECTIONS and lookup.view is not None:
        return View.SINGLE if lookup.view is View.SINGLE else View.GRID
    return View.GRID if lookup.section is Section.PAGES else View.SINGLE
