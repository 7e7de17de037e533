"""Every adapter with a small answer of its service, for the tests that hold for all of them."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.bing_v7 import (
    HttpRequest,
    HttpResponse,
    InsightsRequest,
    Module,
    Provider,
    SafeSearch,
    SearchRequest,
    TrendingRequest,
    Upload,
    Verb,
)
from bot.providers.adapters import (
    animetrace,
    brave,
    fluffle,
    google_vision,
    klipy,
    openverse,
    openverse_app,
    pexels,
    plantnet,
    saucenao,
    searxng,
    serpapi,
    serper,
    tineye,
    tracemoe,
    wikifeeds,
    yandex,
)
from bot.providers.adapters.commons import search as commons
from bot.providers.adapters.commons import sha1
from bot.providers.http.transport import Transport

ANSWERS = Path(__file__).parent / "answers"
KEY = SecretStr("s3cr3t-value")
AnyRequest = SearchRequest | InsightsRequest | TrendingRequest
EVERYTHING = frozenset({Module.ALL, Module.RECOGNIZED_ENTITIES})


def body_of(stem: str) -> bytes:
    return (ANSWERS / f"{stem}.json").read_bytes()


def response(body: bytes | str | object, status: int = 200, **headers: str) -> HttpResponse:
    data = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
    return HttpResponse(status, {name.replace("_", "-").lower(): value for name, value in headers.items()}, data)


def search(level: SafeSearch, **more: Any) -> SearchRequest:
    return SearchRequest(**({"q": "otter", "safe_search": level} | more))


def lookup(level: SafeSearch, **more: Any) -> InsightsRequest:
    upload = Upload(data=b"the picture", content_type="image/png", filename="private.png")
    return InsightsRequest(**({"upload": upload, "safe_search": level, "modules": EVERYTHING} | more))


def trending(level: SafeSearch, **more: Any) -> TrendingRequest:
    return TrendingRequest(safe_search=level, **more)


@dataclass(frozen=True)
class Case:
    """An adapter's verb: how it is made for a base address, built, decoded, and what its service says."""

    stem: str
    verb: Verb
    make: Callable[[Transport, str], Provider]
    build: Callable[[Any, str], HttpRequest]
    decode: Callable[[HttpResponse, Any], Any]

    @property
    def ask(self) -> Callable[..., AnyRequest]:
        return {Verb.SEARCH: search, Verb.INSIGHTS: lookup, Verb.TRENDING: trending}[self.verb]

    def __str__(self) -> str:
        return self.stem


ENGINES = searxng.decode_config(response(body_of("searxng-config")), searxng.SearxngSettings("http://x"))
VISION = google_vision.GoogleVisionSettings(KEY)


def _yandex(base: str) -> yandex.YandexSettings:
    return yandex.YandexSettings(KEY, "folder", base)


CASES = [
    Case(
        "openverse", Verb.SEARCH,
        lambda t, base: openverse.Openverse(t, openverse_app.OpenverseSettings(base)),
        lambda r, base: openverse.build_search(r, openverse_app.OpenverseSettings(base)),
        openverse.decode_search,
    ),
    Case(
        "commons", Verb.SEARCH,
        lambda t, base: commons.Commons(t, commons.CommonsSettings(f"{base}/api.php", moderate=True)),
        lambda r, base: commons.build_search(r, commons.CommonsSettings(f"{base}/api.php", moderate=True)),
        commons.decode_search,
    ),
    Case(
        "commons-sha1", Verb.INSIGHTS,
        lambda t, base: sha1.CommonsSha1(t, commons.CommonsSettings(f"{base}/api.php")),
        lambda r, base: sha1.build_sha1(r, commons.CommonsSettings(f"{base}/api.php")),
        sha1.decode_sha1,
    ),
    Case(
        "wikifeeds", Verb.TRENDING,
        lambda t, base: wikifeeds.Wikifeeds(t, wikifeeds.WikifeedsSettings(base, None)),
        lambda r, base: wikifeeds.build_feed(r, wikifeeds.WikifeedsSettings(base), date(2026, 11, 20)),
        lambda answer, r: wikifeeds.decode_trending([wikifeeds.decode_feed(answer)], r),
    ),
    Case(
        "searxng", Verb.SEARCH,
        lambda t, base: searxng.Searxng(t, searxng.SearxngSettings(base)),
        lambda r, base: searxng.build_search(r, searxng.SearxngSettings(base), ENGINES),
        searxng.decode_search,
    ),
    Case(
        "brave", Verb.SEARCH,
        lambda t, base: brave.Brave(t, brave.BraveSettings(KEY, base)),
        lambda r, base: brave.build_search(r, brave.BraveSettings(KEY, base)),
        brave.decode_search,
    ),
    Case(
        "google-vision", Verb.INSIGHTS,
        lambda t, base: google_vision.GoogleVision(t, google_vision.GoogleVisionSettings(KEY, base)),
        lambda r, base: google_vision.build_insights(r, google_vision.GoogleVisionSettings(KEY, base)),
        lambda answer, r: google_vision.decode_insights(answer, r, VISION),
    ),
    Case(
        "saucenao", Verb.INSIGHTS,
        lambda t, base: saucenao.SauceNao(t, saucenao.SauceNaoSettings(base, KEY)),
        lambda r, base: saucenao.build_insights(r, saucenao.SauceNaoSettings(base, KEY)),
        lambda answer, r: saucenao.decode_insights(answer, r, keyed=True),
    ),
    Case(
        "tracemoe", Verb.INSIGHTS,
        lambda t, base: tracemoe.TraceMoe(t, tracemoe.TraceMoeSettings(base)),
        lambda r, base: tracemoe.build_insights(r, tracemoe.TraceMoeSettings(base)),
        tracemoe.decode_insights,
    ),
    Case(
        "tineye", Verb.INSIGHTS,
        lambda t, base: tineye.TinEye(t, tineye.TinEyeSettings(KEY, base)),
        lambda r, base: tineye.build_insights(r, tineye.TinEyeSettings(KEY, base)),
        tineye.decode_insights,
    ),
    Case(
        "klipy", Verb.SEARCH,
        lambda t, base: klipy.Klipy(t, klipy.KlipySettings(KEY, base)),
        lambda r, base: klipy.build_search(r, klipy.KlipySettings(KEY, base)),
        klipy.decode_search,
    ),
    Case(
        "klipy-trending", Verb.TRENDING,
        lambda t, base: klipy.Klipy(t, klipy.KlipySettings(KEY, base)),
        lambda r, base: klipy.build_trending(r, klipy.KlipySettings(KEY, base)),
        klipy.decode_trending,
    ),
    Case(
        "pexels", Verb.SEARCH,
        lambda t, base: pexels.Pexels(t, pexels.PexelsSettings(KEY, base)),
        lambda r, base: pexels.build_search(r, pexels.PexelsSettings(KEY, base)),
        pexels.decode_search,
    ),
    Case(
        "pexels-curated", Verb.TRENDING,
        lambda t, base: pexels.Pexels(t, pexels.PexelsSettings(KEY, base)),
        lambda r, base: pexels.build_trending(r, pexels.PexelsSettings(KEY, base)),
        pexels.decode_trending,
    ),
    Case(
        "serpapi", Verb.SEARCH,
        lambda t, base: serpapi.SerpApi(t, serpapi.SerpApiSettings(KEY, base)),
        lambda r, base: serpapi.build_search(r, serpapi.SerpApiSettings(KEY, base)),
        serpapi.decode_search,
    ),
    Case(
        "serpapi-lens", Verb.INSIGHTS,
        lambda t, base: serpapi.SerpApi(t, serpapi.SerpApiSettings(KEY, base)),
        lambda r, base: serpapi.build_insights(r, serpapi.SerpApiSettings(KEY, base), "id"),
        serpapi.decode_insights,
    ),
    Case(
        "serper", Verb.SEARCH,
        lambda t, base: serper.Serper(t, serper.SerperSettings(KEY, base)),
        lambda r, base: serper.build_search(r, serper.SerperSettings(KEY, base)),
        serper.decode_search,
    ),
    Case(
        "fluffle", Verb.INSIGHTS,
        lambda t, base: fluffle.Fluffle(t, fluffle.FluffleSettings(base)),
        lambda r, base: fluffle.build_insights(r, fluffle.FluffleSettings(base)),
        fluffle.decode_insights,
    ),
    Case(
        "animetrace", Verb.INSIGHTS,
        lambda t, base: animetrace.AnimeTrace(t, animetrace.AnimeTraceSettings(base, None)),
        lambda r, base: animetrace.build_insights(r, animetrace.AnimeTraceSettings(base, None)),
        animetrace.decode_insights,
    ),
    Case(
        "plantnet", Verb.INSIGHTS,
        lambda t, base: plantnet.PlantNet(t, plantnet.PlantNetSettings(KEY, base)),
        lambda r, base: plantnet.build_insights(r, plantnet.PlantNetSettings(KEY, base)),
        plantnet.decode_insights,
    ),
    Case(
        "yandex", Verb.SEARCH,
        lambda t, base: yandex.Yandex(t, _yandex(base)),
        lambda r, base: yandex.build_search(r, _yandex(base)),
        yandex.decode_search,
    ),
    Case(
        "yandex-by-image", Verb.INSIGHTS,
        lambda t, base: yandex.Yandex(t, _yandex(base)),
        lambda r, base: yandex.build_insights(r, _yandex(base)),
        yandex.decode_insights,
    ),
]  # fmt: skip


def case(stem: str) -> Case:
    return next(one for one in CASES if one.stem == stem)
