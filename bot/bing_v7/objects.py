"""Pictures, queries, offers and people: the objects that answers are made of.

Field names are v7's in Python style. Every field is optional unless the reference requires it, because real answers
leave fields out. Frequencies and oddities are documented by the recorded answers of 2017 to 2023.
"""

from datetime import datetime, timedelta

from pydantic import Field

from . import values
from ._model import V7Model
from .extensions import Attribution, Match


class MediaSize(V7Model):
    """Width and height in pixels."""

    width: int | None = None
    height: int | None = None


class Thumbnail(V7Model):
    """A small picture; search lists write ``thumbnailUrl``, similar terms and details write ``url``."""

    thumbnail_url: str | None = None
    url: str | None = None

    @property
    def address(self) -> str | None:
        """The picture's address under whichever name it came."""
        return self.thumbnail_url or self.url


class Query(V7Model):
    """A search that may be made."""

    text: str
    display_text: str | None = None
    web_search_url: str | None = None
    search_link: str | None = None
    thumbnail: Thumbnail | None = None


class Pivot(V7Model):
    """One word of the query with searches that replace it."""

    pivot: str
    suggestions: tuple[Query, ...] = ()


class QueryContext(V7Model):
    """What the query was understood as."""

    original_query: str | None = None
    altered_query: str | None = None
    alteration_override_query: str | None = None
    alteration_display_query: str | None = None
    alteration_method: str | None = None
    alteration_type: str | None = None
    adult_intent: bool | None = None
    ask_user_for_location: bool | None = None

    @property
    def has_recourse(self) -> bool:
        """True when "Showing results for X. Search for Y instead" should be offered."""
        return self.alteration_method == "AM_ChangeItWithRecourse"


class AggregateRating(V7Model):
    """How people rated a thing, 1.0 to 5.0 unless ``best_rating`` says otherwise."""

    rating_value: float
    best_rating: float | None = None
    review_count: int | None = None
    text: str | None = None


class InsightsMetadata(V7Model):
    """Counts of what is known about a picture."""

    pages_including_count: int | None = None
    available_sizes_count: int | None = None
    recipe_sources_count: int | None = None
    shopping_sources_count: int | None = None
    aggregate_offer: "AggregateOffer | None" = None
    best_representative_query: Query | None = None


class Image(V7Model):
    """A picture: where it is, where it is shown, and what is known of it."""

    name: str | None = None
    content_url: str | None = None
    thumbnail_url: str | None = None
    thumbnail: MediaSize | None = None
    host_page_url: str | None = None
    host_page_display_url: str | None = None
    host_page_domain_friendly_name: str | None = None
    host_page_fav_icon_url: str | None = None
    host_page_discovered_date: str | None = None
    web_search_url: str | None = None
    width: int | None = None
    height: int | None = None
    content_size: str | None = None
    encoding_format: str | None = None
    date_published: str | None = None
    image_id: str | None = None
    image_insights_token: str | None = None
    insights_metadata: InsightsMetadata | None = None
    accent_color: str | None = None
    is_family_friendly: bool | None = None
    is_transparent: bool | None = None
    is_fresh: bool | None = None
    creative_commons: str | None = None
    proxy_content_url: str | None = None
    visual_words: str | None = None
    description: str | None = None
    url: str | None = None
    attribution: Attribution | None = None
    match: Match | None = None

    @property
    def content_bytes(self) -> int | None:
        """``content_size`` as a number of bytes."""
        return values.read_size(self.content_size)

    @property
    def published(self) -> datetime | None:
        """``date_published`` as an aware datetime."""
        return values.read_date(self.date_published)

    @property
    def discovered(self) -> datetime | None:
        """``host_page_discovered_date`` as an aware datetime."""
        return values.read_date(self.host_page_discovered_date)

    @property
    def accent(self) -> int | None:
        """``accent_color`` as a colour number."""
        return values.read_color(self.accent_color)

    @property
    def license(self) -> values.CreativeCommons | None:
        """``creative_commons`` as one of v7's licence words."""
        return values.read_license(self.creative_commons)


class Organization(V7Model):
    """A company, for instance a seller."""

    name: str | None = None
    url: str | None = None
    description: str | None = None
    image: Image | None = None


class Person(V7Model):
    """A person, for instance the creator of a collection."""

    type_: str | None = Field(default=None, alias="_type")
    name: str | None = None
    description: str | None = None
    image: Image | None = None
    job_title: str | None = None
    twitter_profile: str | None = None
    url: str | None = None
    web_search_url: str | None = None


class Offer(V7Model):
    """Where a product is sold and for how much."""

    name: str | None = None
    url: str | None = None
    description: str | None = None
    seller: Organization | None = None
    price: float | None = None
    price_currency: str | None = None
    availability: str | None = None
    aggregate_rating: AggregateRating | None = None
    last_updated: str | None = None
    low_price: float | None = None
    offer_count: int | None = None

    @property
    def updated(self) -> datetime | None:
        """``last_updated`` as an aware datetime."""
        return values.read_date(self.last_updated)


class AggregateOffer(Offer):
    """Several offers of one product."""

    offers: tuple[Offer, ...] = ()


class Recipe(V7Model):
    """How to cook what the picture shows; times are ISO 8601 durations."""

    name: str | None = None
    url: str | None = None
    thumbnail_url: str | None = None
    creator: Person | None = None
    cook_time: str | None = None
    prep_time: str | None = None
    total_time: str | None = None
    aggregate_rating: AggregateRating | None = None

    @property
    def total(self) -> timedelta | None:
        """``total_time`` as a duration."""
        return values.read_duration(self.total_time)


class ImageGallery(V7Model):
    """A collection of pictures that somebody made; creator and source must be credited."""

    name: str | None = None
    url: str | None = None
    description: str | None = None
    thumbnail_url: str | None = None
    source: str | None = None
    creator: Person | None = None
    images_count: int | None = None
    followers_count: int | None = None


class Tag(V7Model):
    """A word that describes the picture."""

    name: str | None = None


class NormalizedRectangle(V7Model):
    """A part of a picture as fractions (0.0 to 1.0) of width and height from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float


class RecognizedEntity(V7Model):
    """Somebody who may be shown; ``match_confidence`` is 0 to 1."""

    entity: Person
    match_confidence: float | None = None


class RecognizedEntityRegion(V7Model):
    """A part of the picture and who may be shown there, best first."""

    region: NormalizedRectangle | None = None
    matching_entities: tuple[RecognizedEntity, ...] = ()


class RecognizedEntityGroup(V7Model):
    """Regions recognised in one way; ``CelebRecognitionAnnotations`` is surer than ``CelebrityAnnotations``."""

    name: str | None = None
    recognized_entity_regions: tuple[RecognizedEntityRegion, ...] = ()


InsightsMetadata.model_rebuild()
Image.model_rebuild()
