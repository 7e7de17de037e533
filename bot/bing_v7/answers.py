"""The three answers and the error answer of the contract."""

from typing import Any, cast

from pydantic import Field

from ._model import V7Model
from .extensions import Confidence, Depiction, Growth, LookupState, PictureText, Provenance
from .objects import AggregateOffer, Image, ImageGallery, Recipe, RecognizedEntityGroup
from .parts import Instrumentation, Pivot, Query, QueryContext, Tag


class _Answer(V7Model):
    """What all answers share: ``_type`` comes first on the wire."""

    type_: str = Field(alias="_type")
    instrumentation: Instrumentation | None = None
    id: str | None = None
    read_link: str | None = None
    web_search_url: str | None = None
    provenance: Provenance | None = None

    def to_wire(self) -> dict[str, Any]:
        """Return the JSON-ready answer, ``_type`` first."""
        return {"_type": self.type_, **super().to_wire()}


class ImageAnswer(_Answer):
    """The answer of ``/images/search``; ``next_offset`` is what to send as ``offset`` for the next page."""

    type_: str = Field(default="Images", alias="_type")
    query_context: QueryContext | None = None
    total_estimated_matches: int | None = None
    next_offset: int | None = None
    current_offset: int | None = None
    value: tuple[Image, ...] = ()
    query_expansions: tuple[Query, ...] = ()
    pivot_suggestions: tuple[Pivot, ...] = ()
    similar_terms: tuple[Query, ...] = ()
    related_searches: tuple[Query, ...] = ()
    is_family_friendly: bool | None = None
    """Only inside a web search answer."""


class Tile(V7Model):
    """A trending search and a picture for it."""

    query: Query
    image: Image
    growth: Growth | None = None
    """Beside v7's fields: how much more often than usual the search is made, where that is known."""


class Category(V7Model):
    """A named group of trending searches."""

    title: str
    tiles: tuple[Tile, ...] = ()


class TrendingImages(_Answer):
    """The answer of ``/images/trending``."""

    type_: str = Field(default="TrendingImages", alias="_type")
    categories: tuple[Category, ...] = ()


class ImageCaption(V7Model):
    """Words for the picture and the page they come from, which must be credited."""

    caption: str | None = None
    data_source_url: str | None = None
    related_searches: tuple[Query, ...] = ()


class ImagesModule(V7Model):
    """A list of pictures."""

    value: tuple[Image, ...] = ()


class ImageTagsModule(V7Model):
    """A list of tags."""

    value: tuple[Tag, ...] = ()


class RecipesModule(V7Model):
    """A list of recipes."""

    value: tuple[Recipe, ...] = ()


class RelatedCollectionsModule(V7Model):
    """A list of galleries."""

    value: tuple[ImageGallery, ...] = ()


class RelatedSearchesModule(V7Model):
    """A list of searches."""

    value: tuple[Query, ...] = ()


class RecognizedEntitiesModule(V7Model):
    """A list of groups of recognised entities."""

    value: tuple[RecognizedEntityGroup, ...] = ()


class ImageInsights(_Answer):
    """The answer of ``/images/details``: a module without data leaves its field out."""

    type_: str = Field(default="ImageInsights", alias="_type")
    image_insights_token: str | None = None
    best_representative_query: Query | None = None
    image_caption: ImageCaption | None = None
    related_collections: RelatedCollectionsModule | None = None
    pages_including: ImagesModule | None = None
    shopping_sources: AggregateOffer | None = None
    related_searches: RelatedSearchesModule | None = None
    recipes: RecipesModule | None = None
    visually_similar_images: ImagesModule | None = None
    visually_similar_products: ImagesModule | None = None
    recognized_entity_groups: RecognizedEntitiesModule | None = None
    image_tags: ImageTagsModule | None = None
    depictions: tuple[Depiction, ...] = ()
    """What programs say that the picture shows, surest first."""
    picture_texts: tuple[PictureText, ...] = ()
    alt_text: str | None = None
    """A description for people who cannot see the picture."""

    @property
    def is_empty(self) -> bool:
        """True if it says nothing of the picture; a token and the name of who was asked say nothing."""
        return not any(_says_something(getattr(self, name)) for name in _FINDINGS)

    @property
    def state(self) -> LookupState:
        """What the answer comes to, in one word."""
        pages = self.pages_including.value if self.pages_including else ()
        similar = self.visually_similar_images.value if self.visually_similar_images else ()
        sure = {image.match.confidence for image in (*pages, *similar) if image.match}
        unbanded = any(image.match is None for image in pages)
        if Confidence.EXACT in sure:
            return LookupState.EXACT
        if Confidence.LIKELY in sure or unbanded:
            return LookupState.ALTERED
        if self.depictions or self.image_caption:
            return LookupState.DEPICTED
        return LookupState.SIMILAR if pages or similar else LookupState.UNKNOWN


class Error(V7Model):
    """One thing that was wrong with a request."""

    code: str
    message: str
    sub_code: str | None = None
    more_details: str | None = None
    parameter: str | None = None
    value: str | None = None


class ErrorResponse(_Answer):
    """The answer to a request that could not be answered."""

    type_: str = Field(default="ErrorResponse", alias="_type")
    errors: tuple[Error, ...] = ()


_FINDINGS = frozenset(ImageInsights.model_fields) - frozenset(_Answer.model_fields) - {"image_insights_token"}
"""Fields of an insights answer that say something of the picture."""


def _says_something(part: object) -> bool:
    """False for what is absent or empty, for a list of nothing but that, and for a module or group with such a list."""
    if isinstance(part, RecognizedEntityGroup):
        return bool(part.recognized_entity_regions)
    listed: object = getattr(part, "value", part) if isinstance(part, V7Model) else part
    if isinstance(listed, tuple):
        return any(_says_something(one) for one in cast("tuple[object, ...]", listed))
    return bool(listed)
