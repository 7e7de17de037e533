"""What may be asked: typed requests with v7's parameter names, ranges, exclusions and defaults.

Source: the v7 query parameter and header reference. Building a request with values that break a rule raises
``pydantic.ValidationError``, which ``reading.invalid_request`` turns into the error of the contract.
"""

from collections.abc import Hashable, Iterable, Mapping
from typing import Annotated, Any, NamedTuple, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from . import reading
from .markets import written_outside
from .parameters import Aspect, Color, Freshness, ImageContent, ImageType, License, Module, SafeSearch, Size

_DEFAULT_COUNT = 35
MAX_COUNT = 150
MAX_OFFSET = 65_535
MAX_FILE_SIZE = 520_192
"""Largest usable file size in bytes; larger values are clamped, not refused."""

_Pixels = Annotated[int, Field(ge=1, le=65_535)]
_Bytes = Annotated[int, Field(ge=0), AfterValidator(lambda value: min(value, MAX_FILE_SIZE))]


def _excludes(parameter: str, value: object, *others: str) -> PydanticCustomError:
    """Return the problem of a parameter given together with one that it excludes."""
    sentence = f"{parameter} and {' or '.join(others)} exclude each other"
    return PydanticCustomError("excluded", "{sentence}", {"sentence": sentence, "parameter": parameter, "value": value})


FILTERS = frozenset({
    "aspect", "color", "freshness", "height", "width", "minHeight", "maxHeight", "minWidth", "maxWidth",
    "minFileSize", "maxFileSize", "imageContent", "imageType", "license", "size",
})  # fmt: skip
"""v7 names of the parameters that narrow a search."""


_RANGES = (("min_width", "max_width"), ("min_height", "max_height"), ("min_file_size", "max_file_size"))
_WHO = frozenset({"client_id", "client_ip"})


class ValueRange(NamedTuple):
    """Two parameters of a search, by their v7 names, that are the ends of a range, and what was given for them."""

    least: str
    smallest: int
    most: str
    largest: int


def empty_range(values: Mapping[str, object]) -> ValueRange | None:
    """Return the first range of a search, whose values are given by field, that nothing can lie in; None if all can."""
    for least, most in _RANGES:
        smallest, largest = values.get(least), values.get(most)
        if isinstance(smallest, int) and isinstance(largest, int) and smallest > largest:
            return ValueRange(to_camel(least), smallest, to_camel(most), largest)
    return None


class _Request(BaseModel):
    """What all requests share: market, language, SafeSearch, and who asks (never a Discord id)."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True, extra="forbid")

    mkt: str | None = None
    cc: str | None = None
    set_lang: str | None = None
    safe_search: SafeSearch = SafeSearch.MODERATE
    accept_language: str | None = None
    client_id: str | None = None
    client_ip: str | None = None
    location: str | None = None

    @model_validator(mode="after")
    def _market_or_country(self) -> Self:
        if self.mkt and self.cc:
            raise _excludes("cc", self.cc, "mkt")
        return self

    def to_params(self) -> tuple[tuple[str, str], ...]:
        """Return the query parameters, not encoded, by v7 name."""
        return reading.to_params(self)

    def to_headers(self) -> dict[str, str]:
        """Return the headers that belong to the request (never a key)."""
        return reading.to_headers(self)

    def question(self) -> tuple[Hashable, ...]:
        """Return what makes two requests of one kind equal: all of their values but who asks."""
        values = self.__dict__
        return tuple(values[name] for name in type(self).model_fields if name not in _WHO)

    def at(self, level: SafeSearch) -> Self:
        """Return the same request at another SafeSearch level."""
        return self.model_copy(update={"safe_search": level})


class SearchRequest(_Request):
    """``GET /images/search``: words, paging and filters."""

    q: Annotated[str, Field(min_length=1)]
    count: Annotated[int, Field(ge=1, le=MAX_COUNT)] = _DEFAULT_COUNT
    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0
    id: str | None = None
    """``imageId`` of a picture that is to come first."""
    aspect: Aspect | None = None
    color: Color | None = None
    freshness: Freshness | None = None
    height: _Pixels | None = None
    width: _Pixels | None = None
    min_height: _Pixels | None = None
    max_height: _Pixels | None = None
    min_width: _Pixels | None = None
    max_width: _Pixels | None = None
    min_file_size: _Bytes | None = None
    max_file_size: _Bytes | None = None
    image_content: ImageContent | None = None
    image_type: ImageType | None = None
    license: License | None = None
    size: Size | None = None

    @model_validator(mode="after")
    def _exact_or_range(self) -> Self:
        if self.width is not None and (self.min_width is not None or self.max_width is not None):
            raise _excludes("width", self.width, "minWidth", "maxWidth")
        if self.height is not None and (self.min_height is not None or self.max_height is not None):
            raise _excludes("height", self.height, "minHeight", "maxHeight")
        return self

    @model_validator(mode="after")
    def _ranges_hold_something(self) -> Self:
        if (empty := empty_range(self.__dict__)) is not None:
            named = {"parameter": empty.least, "value": empty.smallest, "other": f"{empty.most} ({empty.largest})"}
            raise PydanticCustomError("empty_range", "{parameter} must be at most {other}", named)
        return self

    @classmethod
    def from_query(cls, query: Iterable[tuple[str, str]], headers: Mapping[str, str] | None = None) -> Self:
        """Read a query string's pairs and the headers, names and values in any case; raises ``InvalidRequest``."""
        return reading.read_request(cls, query, headers)

    @property
    def filters(self) -> dict[str, object]:
        """The narrowing parameters that are in force, by v7 name; ``All`` narrows nothing and is left out."""
        values = self.__dict__
        named = ((name, values[field]) for field, name in _FILTER_FIELDS.items() if values[field] is not None)
        return {name: value for name, value in named if value != "All"}


_FILTER_FIELDS = {field: to_camel(field) for field in SearchRequest.model_fields if to_camel(field) in FILTERS}


class Crop(BaseModel):
    """A part of the picture, as fractions (0.0 to 1.0) from the top left corner: v7's cal, cat, car and cab."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    left: Annotated[float, Field(ge=0, le=1)] = 0.0
    top: Annotated[float, Field(ge=0, le=1)] = 0.0
    right: Annotated[float, Field(ge=0, le=1)] = 1.0
    bottom: Annotated[float, Field(ge=0, le=1)] = 1.0

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.left >= self.right or self.top >= self.bottom:
            raise PydanticCustomError(
                "empty_region",
                "the region is empty: cal must be less than car, cat less than cab",
                {"parameter": "cal" if self.left >= self.right else "cat"},
            )
        return self


class Upload(BaseModel):
    """The bytes of a picture that somebody posts; kept in memory only as long as the request lives."""

    model_config = ConfigDict(frozen=True)

    data: Annotated[bytes, Field(repr=False)]
    content_type: str = "application/octet-stream"
    filename: str = "image"
    sha1: str | None = None
    """SHA-1 (hex) of the file as it was uploaded, where it has been re-encoded since."""
    damaged: bool = False
    """True if a part of the file was missing: what could be read of it is here."""
    video: bool = False
    """True if it is a frame of a video."""
    kept_back: bool = False
    """True if a rater objects to it: it is looked up, and not shown again below Off."""


class InsightsRequest(_Request):
    """``GET|POST /images/details``: one picture by upload, address or token, and the modules wanted."""

    q: str | None = None
    insights_token: str | None = None
    img_url: str | None = None
    upload: Upload | None = None
    modules: frozenset[Module] = frozenset({Module.ALL})
    crop: Crop | None = None
    ct: Annotated[int, Field(ge=0, le=0)] = 0
    read_text: bool = False
    """Read the text in the picture even if it does not look like text. It is no parameter of v7 and never one."""

    @model_validator(mode="after")
    def _one_picture(self) -> Self:
        given = sum(source is not None for source in (self.insights_token, self.img_url, self.upload))
        if given == 0:
            sentence = "one of insightsToken, imgUrl and an uploaded picture is needed"
            raise PydanticCustomError(
                "nothing_given", "{sentence}", {"sentence": sentence, "parameter": "insightsToken"}
            )
        if given > 1:
            named = ("imgUrl", self.img_url) if self.img_url else ("insightsToken", self.insights_token)
            raise _excludes(*named, "another way of giving the picture")
        return self

    @classmethod
    def from_query(
        cls,
        query: Iterable[tuple[str, str]],
        headers: Mapping[str, str] | None = None,
        upload: Upload | None = None,
    ) -> Self:
        """Read a query string's pairs, the headers and a posted picture; raises ``InvalidRequest``."""
        return reading.read_insights(cls, query, headers, upload)

    def to_params(self) -> tuple[tuple[str, str], ...]:
        """Return the query parameters, not encoded, by v7 name; an upload travels in the body."""
        plain = [pair for pair in super().to_params() if pair[0] not in reading.NO_PARAMETERS]
        region = self.crop.model_dump() if self.crop else {}
        modules = ",".join(sorted(self.modules))
        named = [(reading.CROP[field], f"{value:.7f}".rstrip("0").rstrip(".")) for field, value in region.items()]
        return (*plain, *([("modules", modules)] if modules else []), *named)

    def wants(self, module: Module) -> bool:
        """True if the module is asked for; ``All`` covers everything but the people in a picture."""
        if module in self.modules:
            return True
        return Module.ALL in self.modules and module is not Module.RECOGNIZED_ENTITIES


class TrendingRequest(_Request):
    """``GET /images/trending``: only market and SafeSearch."""

    def within(self, scope: str) -> "ScopedTrendingRequest":
        """Return the same request for what people look for in one server as well; ``scope`` stands for the server."""
        return ScopedTrendingRequest(**_plain_fields(self), scope=scope)

    def outward(self) -> "TrendingRequest":
        """Return the request as it may be handed to others: without a scope."""
        return self

    @classmethod
    def from_query(cls, query: Iterable[tuple[str, str]], headers: Mapping[str, str] | None = None) -> Self:
        """Read a query string's pairs and the headers, names and values in any case; raises ``InvalidRequest``."""
        return reading.read_request(cls, query, headers)


def _plain_fields(request: TrendingRequest) -> dict[str, Any]:
    return {name: getattr(request, name) for name in TrendingRequest.model_fields}


class ScopedTrendingRequest(TrendingRequest):
    """A trending request from a server, for providers on the operator's own machines alone.

    ``scope`` is opaque, is no parameter of v7, is never read from a query string and never written into one.
    """

    scope: Annotated[str, Field(min_length=1)]

    def outward(self) -> TrendingRequest:
        """Return the request without the scope."""
        return TrendingRequest(**_plain_fields(self))

    def to_params(self) -> tuple[tuple[str, str], ...]:
        """Return the query parameters, without the scope."""
        return self.outward().to_params()


def asked_language(request: SearchRequest | TrendingRequest | InsightsRequest) -> str:
    """The language's or market's name that is asked for, such as ``de-DE`` or ``ja``; empty if nothing is said."""
    asked = request.set_lang or request.mkt or request.accept_language or ""
    return written_outside(asked.split(",")[0].split(";")[0].strip())
