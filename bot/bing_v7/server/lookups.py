"""Lookups of one picture, whichever way it is given: posted, by address, by one of our tokens."""

import hashlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from cachetools import TTLCache

from bot.bing_v7.answers import ImageInsights
from bot.bing_v7.errors import InvalidRequest, NotSupported, PictureRefused
from bot.bing_v7.images import images_of
from bot.bing_v7.parameters import Module, SafeSearch
from bot.bing_v7.provider import Provider
from bot.bing_v7.reading import MAX_VALUE, refused
from bot.bing_v7.requests import InsightsRequest, Upload

from .pictures import Pictures
from .problems import picture_words
from .tokens import TokenContent, TokenKind, Tokens

Fetch = Callable[[str], Awaitable[Upload]]
"""Reads a picture from a public address; raises ``PictureRefused`` for every other address and for what is none."""

_KEPT = 512
_ELSEWHERE = frozenset({"unreachable", "slow-source", "too-slow", "gone"})
"""Why a fetch failed that a provider which knows the address may do without."""
_FIELDS = {
    Module.BRQ: "best_representative_query",
    Module.CAPTION: "image_caption",
    Module.COLLECTIONS: "related_collections",
    Module.RECIPES: "recipes",
    Module.PAGES_INCLUDING: "pages_including",
    Module.RECOGNIZED_ENTITIES: "recognized_entity_groups",
    Module.RELATED_SEARCHES: "related_searches",
    Module.SHOPPING_SOURCES: "shopping_sources",
    Module.SIMILAR_IMAGES: "visually_similar_images",
    Module.SIMILAR_PRODUCTS: "visually_similar_products",
    Module.TAGS: "image_tags",
}


@dataclass(frozen=True, slots=True)
class LookupAnswer:
    """What is known of a picture, and a token for it where its provider gave none."""

    insights: ImageInsights
    token: str | None = None


class Lookups:
    """Resolves what a request names, asks the provider, and keeps what was found out about posted pictures for a while.

    Of a posted picture its fingerprint is kept with the findings, never the picture: the token of an answer to a post
    names that fingerprint, so that a program which asks again with the token gets what is known.

    Args:
        provider: who is asked.
        tokens: reads and makes tokens.
        pictures: knows this endpoint's own addresses.
        fetch: reads public addresses; without it the provider is given the address as it is.
        token_seconds: how long the token of a posted picture is good.
    """

    def __init__(
        self, provider: Provider, tokens: Tokens, pictures: Pictures, fetch: Fetch | None, token_seconds: int
    ) -> None:
        self._provider = provider
        self._tokens = tokens
        self._pictures = pictures
        self._fetch = fetch
        self._token_seconds = token_seconds
        self._kept: TTLCache[tuple[str, SafeSearch], ImageInsights] = TTLCache(_KEPT, token_seconds)

    async def answer(self, asked: InsightsRequest, root: str) -> LookupAnswer:
        """Answer a lookup at the level of the request.

        Raises:
            InvalidRequest: the token is not ours or too old, or there is no picture at the address.
            ProviderError: the provider cannot answer.
        """
        content = self._opened(asked.insights_token)
        if content is not None and content.kind is TokenKind.UPLOAD:
            return LookupAnswer(await self._known(content.text, asked), asked.insights_token)
        if content is not None and content.kind is TokenKind.NATIVE:
            return LookupAnswer(await self._ask(asked.model_copy(update={"insights_token": content.text}), asked))
        address = asked.img_url if content is None else content.text
        if address is not None:
            return await self._at(address, asked, root)
        return await self._uploaded(asked, asked)

    def _opened(self, token: str | None) -> TokenContent | None:
        if token is None:
            return None
        content = self._tokens.open(token)
        if content is None:
            raise refused("insightsToken", token, "insightsToken is not a token that this endpoint gave")
        return content

    async def _at(self, address: str, asked: InsightsRequest, root: str) -> LookupAnswer:
        """Look up the picture at an address: one of ours, or fetched, or known to the provider by its address."""
        upload = await self._pictures.own(address, root)
        plain = asked.model_copy(update={"insights_token": None, "img_url": address})
        if upload is None and self._fetch is not None:
            try:
                upload = await self._fetch(address)
            except PictureRefused as error:
                return LookupAnswer(await self._without_file(plain, error))
        if upload is None:
            return LookupAnswer(await self._ask(plain, asked))
        return await self._uploaded(plain.model_copy(update={"img_url": None, "upload": upload}), asked)

    async def _without_file(self, asked: InsightsRequest, error: PictureRefused) -> ImageInsights:
        try:
            if error.why in _ELSEWHERE:
                return await self._provider.insights(asked)
        except (NotSupported, InvalidRequest):
            pass
        raise refused("imgUrl", (asked.img_url or "")[:MAX_VALUE], picture_words(error)) from error

    async def _uploaded(self, asked: InsightsRequest, given: InsightsRequest) -> LookupAnswer:
        insights = await self._ask(asked, given)
        mark = _fingerprint(asked)
        before = self._kept.get((mark, asked.safe_search), ImageInsights())
        changes = {name: getattr(insights, name) for name in insights.model_fields_set}
        self._kept[mark, asked.safe_search] = before.with_(**changes)
        text = f"{int(time.time()) + self._token_seconds}.{mark}"
        return LookupAnswer(insights, self._tokens.seal(TokenContent(TokenKind.UPLOAD, text)))

    async def _known(self, text: str, asked: InsightsRequest) -> ImageInsights:
        """Return what was found out about a posted picture, at this level or a stricter one, of what is asked for.

        Nothing of it is given once a held picture in it is gone or may not be shown at this level any more: words and
        links that it left elsewhere cannot be told from those of others.
        """
        until, _, mark = text.partition(".")
        levels = [level for level in SafeSearch if (mark, level) in self._kept]
        if int(until) < time.time() or not levels:
            reason = "insightsToken is too old: post the picture again"
            raise refused("insightsToken", asked.insights_token or "", reason)
        fitting = [level for level in levels if level >= asked.safe_search]
        if not fitting:
            return ImageInsights()
        kept = self._kept[mark, min(fitting)]
        for image in images_of(kept):
            if not await self._pictures.may_be_shown(image, asked.safe_search):
                self._kept.pop((mark, min(fitting)), None)
                reason = "what was found has changed since: post the picture again"
                raise refused("insightsToken", asked.insights_token or "", reason)
        wanted = {field for module, field in _FIELDS.items() if asked.wants(module)}
        dropped = set(_FIELDS.values()) - wanted
        return ImageInsights(**{
            name: getattr(kept, name) for name in kept.model_fields_set if name not in dropped
        })  # fmt: skip

    async def _ask(self, asked: InsightsRequest, given: InsightsRequest) -> ImageInsights:
        """Ask the provider; parts that nobody has are left out, as v7 leaves out what it has no data for."""
        try:
            return await self._provider.insights(asked)
        except NotSupported as error:
            if error.filters - {"imgUrl", "insightsToken"}:
                raise
            have = self._provider.capabilities.modules
            if not error.filters and have and not any(asked.wants(module) for module in have):
                return ImageInsights()
            raise _wrong_picture(given) from error


def _fingerprint(asked: InsightsRequest) -> str:
    """Return what stands for a posted picture, or for the part of it that is asked about."""
    data = asked.upload.data if asked.upload else b""
    region: Any = asked.crop.model_dump() if asked.crop else {}
    return hashlib.blake2b(data, digest_size=16, key=repr(sorted(region.items())).encode()[:64]).hexdigest()


def _wrong_picture(asked: InsightsRequest) -> InvalidRequest:
    """Return the error for a picture given in a way that the provider cannot look up (a 500 would be tried again)."""
    reason = "this endpoint cannot look up a picture that is given in this way"
    if asked.img_url is not None:
        return refused("imgUrl", asked.img_url, reason)
    return refused("image" if asked.insights_token is None else "insightsToken", asked.insights_token or "", reason)
