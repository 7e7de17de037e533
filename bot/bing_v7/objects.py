"""Pictures, queries, offers and people: the objects that answers are made of.

Field names are v7's in Python style. Every field is optional unless the reference requires it, because real answers
leave fields out. Frequencies and oddities are documented by the recorded answers of 2017 to 2023.
"""

from datetime import datetime, timedelta

from pydantic import Field

from . import values
from ._model import V7Model
from .extensions import Attribution, Match
from .parts import AggregateRating, MediaSize, NormalizedRectangle, Query, VideoObject


class Response(V7Model):
    """What the official clients give every object: an id, links to itself, and the name of its kind."""

    type_: str | None = Field(default=None, alias="_type")
    id: str | None = None
    read_link: str | None = None
    web_search_url: str | None = None


class Thing(Response):
    """Anything that has a name."""

    name: str | None = None
    url: str | None = None
    image: "Image | None" = None
    description: str | None = None
    alternate_name: str | None = None
    bing_id: str | None = None


class CreativeWork(Thing):
    """Anything that somebody made."""

    thumbnail_url: str | None = None
    provider: tuple[Thing, ...] = ()
    """Who brings it, in v7's sense (a publisher); our own providers are named in ``attribution``."""
    date_published: str | None = None
    text: str | None = None

    @property
    def published(self) -> datetime | None:
        """``date_published`` as an aware datetime."""
        return values.read_date(self.date_published)


class InsightsMetadata(V7Model):
    """Counts of what is known about a picture."""

    pages_including_count: int | None = None
    available_sizes_count: int | None = None
    recipe_sources_count: int | None = None
    shopping_sources_count: int | None = None
    aggregate_offer: "AggregateOffer | None" = None
    best_representative_query: Query | None = None
    video_object: VideoObject | None = None


class Image(CreativeWork):
    """A picture: where it is, where it is shown, and what is known of it."""

    content_url: str | None = None
    thumbnail: MediaSize | None = None
    host_page_url: str | None = None
    host_page_display_url: str | None = None
    host_page_domain_friendly_name: str | None = None
    host_page_fav_icon_url: str | None = None
    host_page_discovered_date: str | None = None
    width: int | None = None
    height: int | None = None
    content_size: str | None = None
    encoding_format: str | None = None
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
    source_width: int | None = None
    source_height: int | None = None
    web_search_url_ping_suffix: str | None = None
    content_url_ping_suffix: str | None = None
    host_page_url_ping_suffix: str | None = None
    attribution: Attribution | None = None
    match: Match | None = None

    @property
    def content_bytes(self) -> int | None:
        """``content_size`` as a number of bytes."""
        return values.read_size(self.content_size)

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


class Organization(Thing):
    """A company, for instance a seller."""


class Person(Thing):
    """A person, for instance the creator of a collection."""

    job_title: str | None = None
    twitter_profile: str | None = None


class Offer(Thing):
    """Where a product is sold and for how much."""

    seller: Organization | None = None
    price: float | None = None
    price_currency: str | None = None
    """ISO 4217; the official clients take USD where it is missing."""
    availability: str | None = None
    aggregate_rating: AggregateRating | None = None
    last_updated: str | None = None
    low_price: float | None = None
    offer_count: int | None = None

    @property
    def updated(self) -> datetime | None:
        """``last_updated`` as an aware datetime."""
        return values.read_date(self.last_updated)

    @property
    def stock(self) -> values.Availability | None:
        """``availability`` as one of v7's words."""
        return values.read_availability(self.availability)


class AggregateOffer(Offer):
    """Several offers of one product."""

    offers: tuple[Offer, ...] = ()


class Recipe(CreativeWork):
    """How to cook what the picture shows; times are ISO 8601 durations."""

    creator: Person | None = None
    cook_time: str | None = None
    prep_time: str | None = None
    total_time: str | None = None
    aggregate_rating: AggregateRating | None = None

    @property
    def cooking(self) -> timedelta | None:
        """``cook_time`` as a duration."""
        return values.read_duration(self.cook_time)

    @property
    def preparation(self) -> timedelta | None:
        """``prep_time`` as a duration."""
        return values.read_duration(self.prep_time)

    @property
    def total(self) -> timedelta | None:
        """``total_time`` as a duration."""
        return values.read_duration(self.total_time)


class ImageGallery(CreativeWork):
    """A collection of pictures that somebody made; creator and source must be credited."""

    source: str | None = None
    creator: Person | None = None
    images_count: int | None = None
    followers_count: int | None = None


class RecognizedEntity(Response):
    """Somebody who may be shown; ``match_confidence`` is 0 to 1."""

    entity: Person
    match_confidence: float | None = None


class RecognizedEntityRegion(Response):
    """A part of the picture and who may be shown there, best first."""

    region: NormalizedRectangle | None = None
    matching_entities: tuple[RecognizedEntity, ...] = ()


class RecognizedEntityGroup(V7Model):
    """Regions recognised in one way; ``CelebRecognitionAnnotations`` is surer than ``CelebrityAnnotations``."""

    name: str | None = None
    recognized_entity_regions: tuple[RecognizedEntityRegion, ...] = ()


for _model in (Thing, CreativeWork, InsightsMetadata, Image):
    _model.model_rebuild()
