"""Answers made ready for the wire: what the level forbids is dropped, addresses and tokens become this endpoint's own.

Source: section 14 of the v7 reference (what a server must write) and the fields that the official clients require.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from pydantic_core import to_json

from bot.bing_v7 import values
from bot.bing_v7.answers import ImageAnswer, ImageInsights, TrendingImages
from bot.bing_v7.images import map_images
from bot.bing_v7.objects import Image
from bot.bing_v7.parameters import SafeSearch
from bot.bing_v7.provider import LOCAL_SCHEME, local_image_id
from bot.bing_v7.requests import InsightsRequest, SearchRequest
from bot.runtime.by_identity import ByIdentity

from .pictures import file_name
from .tokens import TokenContent, TokenKind, Tokens

_Answer = TypeVar("_Answer", ImageAnswer, ImageInsights, TrendingImages)
_PRIVATE = re.compile(rf"\s*(?:{LOCAL_SCHEME}:(?:picture|thumbnail)/|file:/)", re.IGNORECASE)
"""Addresses that mean nothing to others, or too much; a title such as ``File:Magpie.jpg`` is none."""
_UNCLEAN = (f"{LOCAL_SCHEME}:".encode(), b"file:", b"null")
"""What every private address and every null holds when it is written, in small letters."""
_THUMBNAIL = re.compile(rf'"{LOCAL_SCHEME}:thumbnail/([0-9A-F]{{40}})"(?!:)'.encode())
"""The address of a held picture's thumbnail as a value in JSON: suggestions are full of them."""
_MAY_BE_PRIVATE = "mMfF"
"""How they begin; a look at the first letter saves nearly all of the others."""


def is_allowed(image: Image, level: SafeSearch, *, flags_adult: bool) -> bool:
    """True if the level lets the picture pass; where a provider flags every picture, a missing flag counts as adult."""
    if level is SafeSearch.OFF:
        return True
    return image.is_family_friendly is True or (image.is_family_friendly is None and not flags_adult)


@dataclass(frozen=True, slots=True)
class ResponseSerializer:
    """Writes answers for one request.

    ``root`` is the address of this endpoint without a path; ``flags_adult`` is the provider's declaration;
    ``address_tokens``: pictures without a token get one that stands for their address.
    ``written`` remembers pictures that come again, ready for the wire; it belongs to one endpoint with its tokens.
    """

    tokens: Tokens
    root: str
    level: SafeSearch
    flags_adult: bool
    address_tokens: bool
    written: ByIdentity[Image, bytes]

    def search(self, answer: ImageAnswer, request: SearchRequest) -> bytes:
        """Return an answer to a search as it is written, in JSON; its pictures come last."""
        kept = [image for image in answer.value if self._allowed(image)]
        if request.id:
            kept.sort(key=lambda image: (image.image_id or "").casefold() != (request.id or "").casefold())
        wire = self._shaped(answer.with_(value=())).to_wire()
        wire.pop("value", None)
        context = wire.setdefault("queryContext", {})
        context.setdefault("originalQuery", request.q)
        if kept:
            wire.setdefault("readLink", f"images/search?q={request.q}")
        for name in ("queryExpansions", "relatedSearches"):
            self._queries(wire.get(name), "thumbnailUrl")
        self._queries(wire.get("similarTerms"), "url")
        for pivot in wire.get("pivotSuggestions", []):
            self._queries(pivot.setdefault("suggestions", []), "thumbnailUrl")
        beside = (self.root, self.level, self.address_tokens)
        pictures = b",".join(self.written.get_all(kept, self._written, *beside))
        return b'%b,"value":[%b]}' % (self._public_json(wire)[:-1], pictures)

    def _public_json(self, wire: dict[str, Any]) -> bytes:
        """Write an object in JSON; it is gone through only if it holds more of what is private than thumbnails."""
        written = _THUMBNAIL.sub(lambda found: to_json(self._thumbnail(self._mark(found[1].decode()))), to_json(wire))
        plain = written.lower()
        return to_json(self._clean(wire)) if any(sign in plain for sign in _UNCLEAN) else written

    def _written(self, image: Image) -> bytes:
        """Return a picture in JSON; it is gone through once more where anything private or a null may be left."""
        shaped = map_images(self._image(image), self._image)
        written = shaped.model_dump_json(by_alias=True, exclude_unset=True).encode()
        plain = written.lower()
        if not any(sign in plain for sign in _UNCLEAN):
            return written
        return to_json(self._public(shaped.to_wire()))

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
        for name, rewrite in _REWRITTEN.items():
            raw: object = getattr(image, name)
            if isinstance(raw, str) and (written := rewrite(raw)) is not None:
                changes[name] = written
        if token := self._token(image.image_insights_token, image.content_url):
            changes["image_insights_token"] = token
        held = local_image_id(image.content_url)
        if held is not None:
            mark = self._mark(held)
            changes["content_url"] = f"{self.root}/picture/{mark}/{file_name(image.name, image.encoding_format)}"
            if image.web_search_url is None:
                changes["web_search_url"] = f"{self.root}/page/{mark}"
            if local_image_id(image.thumbnail_url) == held:
                changes["thumbnail_url"] = self._thumbnail(mark)
        shaped = image.with_(**changes)
        return shaped if token else shaped.without("image_insights_token")

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
        if isinstance(value, str):
            suspect = value[:1] in _MAY_BE_PRIVATE or value[:1].isspace()
            return self._address(value) if suspect and _PRIVATE.match(value) else value
        if isinstance(value, dict):
            fields = cast("dict[str, Any]", value)
            return {name: item for name, given in fields.items() if (item := self._public(given)) is not None}
        if isinstance(value, list):
            return [item for given in cast("list[Any]", value) if (item := self._public(given)) is not None]
        return value

    def _address(self, local: str) -> str | None:
        """Return the public address of a held picture, None for an address that nobody else may see."""
        image_id = local_image_id(local)
        if image_id is None:
            return None
        if local.startswith(f"{LOCAL_SCHEME}:thumbnail/"):
            return self._thumbnail(self._mark(image_id))
        return f"{self.root}/picture/{self._mark(image_id)}/{file_name(None, None)}"

    def _thumbnail(self, mark: str) -> str:
        return f"{self.root}/th?id={mark}&pid=Api"

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
    read: Callable[[str | None], Any], write: Callable[[Any], str], written: str
) -> Callable[[str], str | None]:
    """Return what writes a readable value the way v7 does, and None for what is written so or cannot be read."""
    as_written = re.compile(written).fullmatch

    def rewrite(raw: str) -> str | None:
        found = None if as_written(raw) else read(raw)
        return None if found is None else write(found)

    return rewrite


_DATE = _rewrite(values.read_date, values.write_date, "[0-9]{4}(?:-[0-9]{2}){2}T[0-9]{2}(?::[0-9]{2}){2}[.][0-9]{7}Z")
_REWRITTEN = {
    "date_published": _DATE,
    "host_page_discovered_date": _DATE,
    "accent_color": _rewrite(values.read_color, values.write_color, "[0-9A-F]{6}"),
    "content_size": _rewrite(values.read_size, values.write_size, "(?:0|[1-9][0-9]*) B"),
}
"""Fields of a picture that are written as v7 writes them."""
