"""Answers made ready for the wire: what the level forbids is dropped, addresses and tokens become this endpoint's own.

Source: section 14 of the v7 reference (what a server must write) and the fields that the official clients require.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from bot.bing_v7 import values
from bot.bing_v7.answers import ImageAnswer, ImageInsights, TrendingImages
from bot.bing_v7.images import map_images
from bot.bing_v7.objects import Image
from bot.bing_v7.parameters import SafeSearch
from bot.bing_v7.provider import LOCAL_SCHEME, local_image_id
from bot.bing_v7.requests import InsightsRequest, SearchRequest

from .pictures import file_name
from .tokens import TokenContent, TokenKind, Tokens

_Answer = TypeVar("_Answer", ImageAnswer, ImageInsights, TrendingImages)
_DATES = ("date_published", "host_page_discovered_date")
_PRIVATE = re.compile(rf"\s*(?:{LOCAL_SCHEME}:(?:picture|thumbnail)/|file:/)", re.IGNORECASE)
"""Addresses that mean nothing to others, or too much; a title such as ``File:Magpie.jpg`` is none."""


def is_allowed(image: Image, level: SafeSearch, *, flags_adult: bool) -> bool:
    """True if the level lets the picture pass; where a provider flags every picture, a missing flag counts as adult."""
    if level is SafeSearch.OFF:
        return True
    return image.is_family_friendly is True or (image.is_family_friendly is None and not flags_adult)


@dataclass(frozen=True, slots=True)
class Shaper:
    """Writes answers for one request.

    ``root`` is the address of this endpoint without a path; ``flags_adult`` is the provider's declaration;
    ``address_tokens``: pictures without a token get one that stands for their address.
    """

    tokens: Tokens
    root: str
    level: SafeSearch
    flags_adult: bool
    address_tokens: bool

    def search(self, answer: ImageAnswer, request: SearchRequest) -> dict[str, Any]:
        """Return an answer to a search as it is written."""
        answer = self._shaped(answer)
        kept = list(answer.value)
        if request.id:
            kept.sort(key=lambda image: (image.image_id or "").casefold() != (request.id or "").casefold())
        wire = answer.with_(value=tuple(kept)).to_wire()
        context = wire.setdefault("queryContext", {})
        context.setdefault("originalQuery", request.q)
        if kept:
            wire.setdefault("readLink", f"images/search?q={request.q}")
        for name in ("queryExpansions", "relatedSearches"):
            self._queries(wire.get(name), "thumbnailUrl")
        self._queries(wire.get("similarTerms"), "url")
        for pivot in wire.get("pivotSuggestions", []):
            self._queries(pivot.setdefault("suggestions", []), "thumbnailUrl")
        return self._clean(wire)

    def insights(self, answer: ImageInsights, request: InsightsRequest) -> dict[str, Any]:
        """Return what is known of a picture as it is written."""
        wire = self._shaped(answer).to_wire()
        token = self._token(wire.pop("imageInsightsToken", None), request.img_url)
        if token:
            wire["imageInsightsToken"] = token
        for module in _objects(wire):
            module.setdefault("value", [])
        if "relatedSearches" in wire:
            self._queries(wire["relatedSearches"]["value"], "url")
        if "imageCaption" in wire:
            required: dict[str, Any] = {"caption": "", "dataSourceUrl": "", "relatedSearches": []}
            wire["imageCaption"] = required | wire["imageCaption"]
        return self._clean(wire)

    def trending(self, answer: TrendingImages) -> dict[str, Any]:
        """Return what people look for as it is written; a category without tiles is left out."""
        shaped = self._shaped(answer)
        wire = shaped.with_(categories=tuple(category for category in shaped.categories if category.tiles)).to_wire()
        wire.setdefault("categories", [])
        return self._clean(wire)

    def _allowed(self, image: Image) -> bool:
        return is_allowed(image, self.level, flags_adult=self.flags_adult)

    def _shaped(self, answer: _Answer) -> _Answer:
        """Return the answer without results that the level forbids, every picture written as v7 writes it."""
        kept = map_images(answer, lambda image: image if self._allowed(image) else None, results_only=True)
        return map_images(kept, self._image)

    def _image(self, image: Image) -> Image:
        """Write sizes, dates and colours as v7 does, and make the token ours; an empty token is left out."""
        changes: dict[str, str] = {}
        for name in _DATES:
            _rewrite(image, name, values.read_date, values.write_date, changes)
        _rewrite(image, "accent_color", values.read_color, values.write_color, changes)
        _rewrite(image, "content_size", values.read_size, values.write_size, changes)
        if token := self._token(image.image_insights_token, image.content_url):
            changes["image_insights_token"] = token
        held = local_image_id(image.content_url)
        if held is not None:
            name = file_name(image.name, image.encoding_format)
            changes["content_url"] = f"{self.root}/picture/{self._mark(held)}/{name}"
            if image.web_search_url is None:
                changes["web_search_url"] = f"{self.root}/page/{self._mark(held)}"
        shaped = image.with_(**changes)
        if not token:
            shaped.model_fields_set.discard("image_insights_token")
        return shaped

    def _token(self, native: str | None, address: str | None) -> str | None:
        """Wrap the provider's token, or make one for a public address."""
        if native:
            return self.tokens.seal(TokenContent(TokenKind.NATIVE, native))
        if self.address_tokens and address and address.startswith(("http://", "https://")):
            return self.tokens.seal(TokenContent(TokenKind.ADDRESS, address))
        return None

    @staticmethod
    def _queries(queries: list[dict[str, Any]] | None, key: str) -> None:
        """Give each query's thumbnail the key that its list has in v7 (the other one stays)."""
        for query in queries or []:
            thumbnail: dict[str, Any] = query.get("thumbnail") or {}
            address = thumbnail.get("thumbnailUrl") or thumbnail.get("url")
            if address:
                thumbnail.setdefault(key, address)

    def _clean(self, wire: dict[str, Any]) -> dict[str, Any]:
        """Replace addresses of held pictures everywhere; other private addresses, and nulls, are left out.

        v7 never wrote null, and clients with strict types fail on it.
        """
        cleaned = self._public(wire)
        return cast("dict[str, Any]", cleaned)

    def _public(self, value: Any) -> Any:
        if isinstance(value, dict):
            fields = cast("dict[str, Any]", value)
            pairs = ((name, self._public(item)) for name, item in fields.items())
            return {name: item for name, item in pairs if item is not None}
        if isinstance(value, list):
            items = [self._public(item) for item in cast("list[Any]", value)]
            return [item for item in items if item is not None]
        if isinstance(value, str) and _PRIVATE.match(value):
            return self._address(value)
        return value

    def _address(self, local: str) -> str | None:
        """Return the public address of a held picture, None for an address that nobody else may see."""
        image_id = local_image_id(local)
        if image_id is None:
            return None
        if local.startswith(f"{LOCAL_SCHEME}:thumbnail/"):
            return f"{self.root}/th?id={self._mark(image_id)}&pid=Api"
        return f"{self.root}/picture/{self._mark(image_id)}/{file_name(None, None)}"

    def _mark(self, image_id: str) -> str:
        return self.tokens.mark(image_id, adult=self.level is SafeSearch.OFF)


def _objects(wire: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the module objects of a details answer that have a list in ``value``."""
    for name in (
        "relatedCollections",
        "pagesIncluding",
        "relatedSearches",
        "recipes",
        "visuallySimilarImages",
        "visuallySimilarProducts",
        "recognizedEntityGroups",
        "imageTags",
    ):
        if wire.get(name) is not None:
            yield wire[name]
        else:
            wire.pop(name, None)


def _rewrite(
    image: Image,
    name: str,
    read: Callable[[str | None], Any],
    write: Callable[[Any], str],
    changes: dict[str, str],
) -> None:
    """Note a readable value the way v7 writes it; what cannot be read stays."""
    raw: object = getattr(image, name)
    found = read(raw) if isinstance(raw, str) else None
    if found is not None:
        changes[name] = write(found)
