"""The contract tests of a provider, to be run against one of your own: ``problems = await broken_promises(case)``.

A server on this machine plays the service. Nothing is asked of the network. See docs/own-provider.md.
"""

import io
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image as Pictures

from bot.bing_v7 import (
    ImageAnswer,
    ImageInsights,
    InsightsRequest,
    LevelNotHonoured,
    NotSupported,
    Provider,
    ProviderError,
    SafeSearch,
    SearchRequest,
    TrendingImages,
    TrendingRequest,
    Upload,
    Verb,
)
from bot.bing_v7.images import images_of
from bot.providers.http.transport import Transport, TransportLimits
from bot.providers.routing.chain import Chain

_Answer = ImageAnswer | ImageInsights | TrendingImages


@dataclass(frozen=True)
class ContractCase:
    """A provider's verb, how it is made for a server's address, and a good answer of its service.

    ``bodies`` are answers to other paths (without the leading slash), where more than one question is asked.
    """

    verb: Verb
    make: Callable[[Transport, str], Provider]
    body: bytes
    bodies: Mapping[str, bytes] = field(default_factory=dict[str, bytes])


@dataclass(slots=True)
class _Played:
    """What the server answers, and what it was asked."""

    status: int = 200
    body: bytes = b""
    bodies: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    asked: int = 0

    async def answer(self, request: web.Request) -> web.Response:
        self.asked += 1
        await request.read()
        other = self.bodies.get(request.path.lstrip("/"))
        if other is not None:
            return web.Response(body=other, content_type="application/json")
        headers = {"Content-Type": "application/json", **self.headers}
        return web.Response(status=self.status, body=self.body, headers=headers)


FAULTS: Mapping[str, tuple[int, bytes]] = {
    "a web page": (200, b"<!doctype html><title>Just a moment...</title>"),
    "nothing": (200, b""),
    "a list": (200, b"[]"),
    "half an answer": (200, b'{"cut": [1, '),
    "very deep nesting": (200, b"[" * 100_000),
    "HTTP 401": (401, b"{}"),
    "HTTP 403": (403, b"{}"),
    "HTTP 429": (429, b"{}"),
    "HTTP 500": (500, b"{}"),
    "HTTP 302": (302, b""),
}
"""How services fail."""


async def broken_promises(case: ContractCase) -> list[str]:
    """Return a sentence for everything that does not hold; empty if all of it does."""
    found: list[str] = []
    async with _stage(case) as (provider, played):
        found += await _good_answers(case, provider, played)
        for fault, (status, body) in FAULTS.items():
            played.status, played.body = status, body
            played.headers = {"Location": "http://elsewhere.invalid/"} if status == _FOUND else {}
            found += await _must_fail(case, provider, fault)
        found += await _lacking_verbs(provider, played)
    return found


@asynccontextmanager
async def _stage(case: ContractCase) -> AsyncGenerator[tuple[Provider, _Played]]:
    played = _Played(bodies=case.bodies)
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_route("*", "/{path:.*}", played.answer)
    limits = TransportLimits(total=2.0, wait_initial=0.01, wait_max=0.05)
    async with TestServer(app) as server, Transport(contact="ops@example.org", limits=limits) as transport:
        provider = case.make(transport, str(server.make_url("/")).rstrip("/"))
        yield provider, played
        await provider.aclose()


async def _good_answers(case: ContractCase, provider: Provider, played: _Played) -> list[str]:
    """Ask at every level: what is honoured is answered and names its source, what is not is refused unasked."""
    found: list[str] = []
    for level in SafeSearch:
        played.status, played.body, played.asked = 200, case.body, 0
        try:
            answer = await _ask(Chain({case.verb: [provider]}, within=3.0), case.verb, level)
        except LevelNotHonoured:
            if provider.capabilities.honours(case.verb, level) or played.asked:
                found.append(f"{level}: it is declared, or was asked, and then refused")
            continue
        except ProviderError as error:
            found.append(f"{level}: a good answer is read as {type(error).__name__} ({error.reason})")
            continue
        if not provider.capabilities.honours(case.verb, level):
            found.append(f"{level}: it is not declared, and answered all the same")
        found += _unnamed(answer, provider, level)
    return found


def _unnamed(answer: _Answer, provider: Provider, level: SafeSearch) -> list[str]:
    found: list[str] = []
    images = list(images_of(answer, results_only=True))
    if not images and level is SafeSearch.OFF and not _says_something(answer):
        found.append("the good answer has no picture at Off, and says nothing of the one that was posted")
    for image in images:
        page = image.host_page_url or (image.attribution.source_url if image.attribution else None)
        if page is None and image.content_url is None and image.match is None:
            found.append(f"{level}: {image.name!r} names no source")
        found.extend(
            f"{level}: {address[:40]!r} is no web address"
            for address in (image.content_url, image.thumbnail_url, image.host_page_url)
            if address is not None and not address.lower().startswith(("http://", "https://"))
        )
        if level is not SafeSearch.OFF and image.is_family_friendly is False:
            found.append(f"{level}: {image.name!r} is marked as adult")
        if level is not SafeSearch.OFF and provider.capabilities.text_only_below_off and image.content_url:
            found.append(f"{level}: {image.name!r} brings a picture, though only texts are declared")
    return found


def _says_something(answer: _Answer) -> bool:
    """True if a reverse lookup tells what a picture shows: some providers find none and describe it."""
    return isinstance(answer, ImageInsights) and not answer.is_empty


async def _must_fail(case: ContractCase, provider: Provider, fault: str) -> list[str]:
    """A fault of the service must become a ``ProviderError`` that names the provider, and nothing else."""
    level = next(iter(provider.capabilities.levels.get(case.verb, ())), SafeSearch.OFF)
    try:
        await _ask(provider, case.verb, level, fault)  # words of its own: an answer that is kept would be no test
    except ProviderError as error:
        return [] if error.provider else [f"{fault}: the error does not name the provider"]
    except Exception as error:  # noqa: BLE001 (that is the question)
        return [f"{fault}: {type(error).__name__} instead of a ProviderError"]
    return [f"{fault} is taken for an answer"]


async def _lacking_verbs(provider: Provider, played: _Played) -> list[str]:
    found: list[str] = []
    for verb in Verb:
        if provider.capabilities.supports(verb):
            continue
        played.asked = 0
        try:
            await _ask(provider, verb, SafeSearch.OFF)
        except NotSupported:
            if played.asked:
                found.append(f"{verb}: it asks its service though it does not have the verb")
            continue
        except Exception as error:  # noqa: BLE001 (as above)
            found.append(f"{verb}: {type(error).__name__} instead of NotSupported")
            continue
        found.append(f"{verb}: answers a verb that it does not declare")
    return found


async def _ask(provider: Provider, verb: Verb, level: SafeSearch, words: str = "otter") -> _Answer:
    match verb:
        case Verb.SEARCH:
            return await provider.search(SearchRequest(q=words, safe_search=level))
        case Verb.INSIGHTS:
            posted = Upload(data=_picture(), content_type="image/png", filename="x.png")
            return await provider.insights(InsightsRequest(upload=posted, safe_search=level))
        case Verb.TRENDING:
            return await provider.trending(TrendingRequest(safe_search=level))


def _picture() -> bytes:
    """Return a picture that can be read, for providers that make it smaller first."""
    out = io.BytesIO()
    Pictures.new("RGB", (64, 64), "red").save(out, "PNG")
    return out.getvalue()


_FOUND = 302
