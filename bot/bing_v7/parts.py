"""The small objects that queries, pictures and answers are put together from."""

from pydantic import Field

from ._model import V7Model


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
        """True when "Showing results for X. Search for Y instead" should be offered.

        Real answers always named a method, and altered queries invisibly with all but one; the documentation knows no
        method, and there an altered query with a way back is offered.
        """
        if self.alteration_method is None:
            return bool(self.altered_query and self.alteration_override_query)
        return self.alteration_method == "AM_ChangeItWithRecourse"


class AggregateRating(V7Model):
    """How people rated a thing, 1.0 to 5.0 unless ``best_rating`` says otherwise."""

    rating_value: float
    best_rating: float | None = None
    review_count: int | None = None
    text: str | None = None


class Tag(V7Model):
    """A word that describes the picture."""

    name: str | None = None


class NormalizedRectangle(V7Model):
    """A part of a picture as fractions (0.0 to 1.0) of width and height from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float


class VideoObject(V7Model):
    """The film that a picture is a still of (recorded in 2023, undocumented)."""

    video_id: str | None = None
    allow_https_embed: bool | None = None
    allow_mobile_embed: bool | None = None


class Instrumentation(V7Model):
    """Addresses that the service wants called when results are seen or pressed; Magpie calls none of them."""

    type_: str | None = Field(default=None, alias="_type")
    ping_url_base: str | None = None
    page_load_ping_url: str | None = None
