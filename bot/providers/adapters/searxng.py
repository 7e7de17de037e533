"""SearXNG (and the older searx): the operator's own meta search server.

Engines without safe search are asked all the same at any level, so the adapter names the engines itself: at Moderate
and Strict only those whose ``/config`` says ``safesearch: true``. Words that the server would take as commands
(``!images``, ``!!w``, ``:fr``, ``<3``) are taken out. A failed engine looks like an empty answer, so
``unresponsive_engines`` is read.
"""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from cachetools import TTLCache

from bot.bing_v7 import (
    ALL_LEVELS,
    Capabilities,
    HttpRequest,
    HttpResponse,
    Image,
    ImageAnswer,
    InvalidRequest,
    LevelNotHonoured,
    Limits,
    Misconfigured,
    Note,
    NoteCode,
    Query,
    SafeSearch,
    SearchRequest,
    Unavailable,
    Verb,
)
from bot.bing_v7.markets import written_outside
from bot.bing_v7.values import write_size
from bot.providers.http.decoding import (
    JsonObject,
    all_words,
    decoded_json,
    error_of_status,
    objects,
    text,
    texts,
    trace_id_of,
    whole,
    words,
)
from bot.providers.http.transport import Transport
from bot.providers.http.web_addresses import web

from .addresses import address_host, display_url, format_name, format_of, id_of, safe_join
from .base import Adapter, credit, first_wanted, provenance, reading, refuse
from .local_filters import SHAPES, narrow

NAME = "searxng"
PAGE_STEP = 200
"""Offsets per page of the server: a page has as many results as its engines give; more than this are left out."""
CONFIG_AGE = 600.0
PAGES_KEPT, PAGE_AGE = 32, 120.0
_LEVELS = {SafeSearch.OFF: "0", SafeSearch.MODERATE: "1", SafeSearch.STRICT: "2"}
_COMMAND = re.compile(r"!{1,2}\S*|:\S*|<\d+|\?+\S*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")
_FILE_SIZE = re.compile(r"(\d{1,9}(?:[.,]\d+)?)\s*([KMG]?)i?B?", re.IGNORECASE)
_UNITS = "BKMG"
_RESOLUTION = re.compile(r"(\d{1,6})\s*[x\u00d7*]\s*(\d{1,6})")


@dataclass(frozen=True, slots=True)
class SearxngSettings:
    """Where the server is, and which of its image engines are used (all that it has switched on, if none is named)."""

    base_url: str
    engines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Engine:
    """What ``/config`` says of an engine."""

    name: str
    safesearch: bool
    time_range: bool


def capabilities(settings: SearxngSettings) -> Capabilities:
    """Return what a server can do; which levels its engines honour is seen when it is asked."""
    return Capabilities(
        levels={Verb.SEARCH: ALL_LEVELS},
        filters=SHAPES | {"freshness", "mkt", "setLang"},
        limits=Limits(),
        outside=address_host(settings.base_url) not in {"127.0.0.1", "::1", "localhost"},
    )


def _headers(language: str = "") -> dict[str, str]:
    """Return what the server's limiter wants to see of everybody: types that hold text/html, and a language."""
    wanted = f"{language},en;q=0.5" if language else "en"
    return {"Accept": "application/json,text/html;q=0.9", "Accept-Language": wanted}


def build_config(settings: SearxngSettings) -> HttpRequest:
    """Build ``GET /config``."""
    return HttpRequest("GET", safe_join(settings.base_url, "config"), (), _headers())


def decode_config(response: HttpResponse, settings: SearxngSettings) -> tuple[Engine, ...]:
    """Read which image engines may be used.

    Raises:
        Misconfigured: an engine that the operator names does not exist, or there is none for pictures.
    """
    data = _answered(response)
    with reading(NAME):
        known = [
            (Engine(name, item.get("safesearch") is True, item.get("time_range_support") is True), item.get("enabled"))
            for item in objects(data, "engines")
            if (name := text(item, "name")) and "images" in texts(item, "categories")
        ]
    missing = set(settings.engines) - {engine.name for engine, _ in known}
    if missing:
        raise Misconfigured(f"no image engine of the server is called {', '.join(sorted(missing))}", provider=NAME)
    chosen = tuple(e for e, enabled in known if e.name in settings.engines or (not settings.engines and enabled))
    if not chosen:
        raise Misconfigured("the server has no image engine switched on", provider=NAME)
    return chosen


def engines_for(request: SearchRequest, engines: Sequence[Engine]) -> list[Engine]:
    """Return the engines that honour the request's level and its freshness.

    Raises:
        LevelNotHonoured: none has safe search.
        NotSupported: none can look for new pictures only.
    """
    safe = [engine for engine in engines if engine.safesearch or request.safe_search is SafeSearch.OFF]
    if not safe:
        raise LevelNotHonoured(request.safe_search, provider=NAME)
    fitting = [engine for engine in safe if engine.time_range or not request.freshness]
    if not fitting:
        refuse(NAME, {"freshness"})
    return fitting


def without_commands(words: str) -> str:
    """Return the query without words that the server would obey.

    Raises:
        InvalidRequest: nothing else is left.
    """
    kept = [word for word in words.split() if not _COMMAND.fullmatch(word)]
    kept = kept or [bare for word in words.split() if (bare := word.lstrip("!:?<"))]
    if not kept:
        raise InvalidRequest("the query has no words", parameter="q", provider=NAME)
    return " ".join(kept)


def build_search(request: SearchRequest, settings: SearxngSettings, engines: Sequence[Engine]) -> HttpRequest:
    """Build ``GET /search``; `engines` are all that may be used, those that fit are named."""
    params = [
        ("q", without_commands(request.q)),
        ("format", "json"),
        ("engines", ",".join(engine.name for engine in engines_for(request, engines))),
        ("safesearch", _LEVELS[request.safe_search]),
        ("pageno", str(request.offset // PAGE_STEP + 1)),
        ("image_proxy", "0"),
    ]
    language = written_outside(request.set_lang or request.mkt or "")
    if not _LANGUAGE.fullmatch(language):
        language = ""
    else:
        params.append(("language", language))
    if request.freshness:
        params.append(("time_range", request.freshness.value.lower()))
    return HttpRequest("GET", safe_join(settings.base_url, "search"), tuple(params), _headers(language))


def decode_search(response: HttpResponse, request: SearchRequest) -> ImageAnswer:
    """Read the answer to `build_search`.

    Raises:
        Misconfigured: the server does not offer JSON.
        Unavailable: no engine answered.
    """
    if response.status == 403:  # noqa: PLR2004 - Forbidden
        raise Misconfigured("the server's settings must list json under search.formats", provider=NAME)
    data = _answered(response)
    with reading(NAME):
        items = objects(data, "results")[:PAGE_STEP]
        silent = _unresponsive(data)
        if silent and not items:
            raise Unavailable(f"no answer from {', '.join(silent)}", provider=NAME, trace_id=trace_id_of(response))
        start, end = request.offset % PAGE_STEP, request.offset % PAGE_STEP + request.count
        images = [image for item in items[start:end] if (image := read_image(item, request.safe_search)) is not None]
        page = request.offset // PAGE_STEP
        after = page * PAGE_STEP + end if end < len(items) else (page + 1) * PAGE_STEP
        fields: dict[str, Any] = {"next_offset": after} if items else {}
        if suggested := dict.fromkeys([*all_words(data, "corrections"), *all_words(data, "suggestions")]):
            fields["related_searches"] = tuple(Query(text=suggestion) for suggestion in suggested)
        failed = [Note(code=NoteCode.PROVIDER_FAILED, provider=f"{NAME}/{name}", detail="down") for name in silent]
        return ImageAnswer(
            value=first_wanted(narrow(images, request), request.id),
            current_offset=request.offset,
            provenance=provenance(NAME, None, *failed),
            **fields,
        )


def _answered(response: HttpResponse) -> JsonObject:
    """Return a good answer; a 429 is the server's own limiter, which its operator can tell to let Magpie through."""
    if response.status == 429:  # noqa: PLR2004 - Too Many Requests
        reason = "the server's limiter refuses Magpie: put Magpie's address into pass_ip of its limiter.toml"
        raise error_of_status(response, NAME, reason)
    return decoded_json(response, NAME)


def _unresponsive(data: JsonObject) -> list[str]:
    pairs: object = data.get("unresponsive_engines")
    found = cast("list[object]", pairs) if isinstance(pairs, list) else []
    return sorted({str(cast("list[object]", pair)[0]) for pair in found if isinstance(pair, list) and pair})


def read_image(item: JsonObject, level: SafeSearch) -> Image | None:
    """Read one result; None if it has no picture, or no address to name as its source."""
    address = web(text(item, "img_src"))
    thumbnail = web(text(item, "thumbnail_src") or text(item, "thumbnail"))
    page = web(text(item, "url"))
    if not (address or thumbnail) or not (page or address):
        return None
    found = _RESOLUTION.search(text(item, "resolution") or "")
    engine = text(item, "engine")
    fields: dict[str, Any] = {
        "name": words(item, "title"),
        "content_url": address,
        "thumbnail_url": thumbnail or address,
        "host_page_url": page,
        "host_page_display_url": display_url(page),
        "host_page_domain_friendly_name": address_host(page) or engine,
        "encoding_format": format_name(text(item, "img_format")) or format_of(address),
        "width": int(found[1]) or None if found else None,
        "height": int(found[2]) or None if found else None,
        "content_size": _size(item),
        "date_published": text(item, "publishedDate"),
        "image_id": id_of(address or thumbnail or ""),
        "is_family_friendly": True if level is not SafeSearch.OFF else None,
        "attribution": credit(
            title=words(item, "title"),
            author=words(item, "author"),
            source_name=words(item, "source") or address_host(page or address) or engine,
            source_url=page or address,
            provider=NAME,
        ),
    }
    return Image(**{name: value for name, value in fields.items() if value is not None})


def _size(item: JsonObject) -> str | None:
    """Return the file's size as v7 writes it; engines write a number of bytes or an amount (``1.2 MB``)."""
    bytes_of = whole(item, "filesize")
    if bytes_of is None and (found := _FILE_SIZE.fullmatch(text(item, "filesize") or "")):
        bytes_of = int(float(found[1].replace(",", ".")) * 1024 ** _UNITS.index(found[2].upper()[:1] or "B"))
    return write_size(bytes_of) if bytes_of else None


class Searxng(Adapter):
    """The provider."""

    name = NAME
    title = "SearXNG"

    def __init__(self, transport: Transport, settings: SearxngSettings) -> None:
        self.settings = settings
        super().__init__(transport, capabilities(settings))
        self._engines: tuple[float, tuple[Engine, ...]] | None = None
        self._pages: TTLCache[tuple[tuple[str, str], ...], HttpResponse] = TTLCache(PAGES_KEPT, PAGE_AGE)

    async def search(self, request: SearchRequest) -> ImageAnswer:
        """Find pictures through the server's engines.

        A page of the server often makes several of ours. It is kept for a moment, because its engines would give the
        results in another order the next time, and may shut out a server that asks too often.
        """
        self.check(Verb.SEARCH, request)
        question = build_search(request, self.settings, await self.engines())
        response = self._pages.get(question.params)
        if response is None:
            response = await self.send(question)
        answer = decode_search(response, request)
        self._pages[question.params] = response
        return answer

    async def engines(self) -> tuple[Engine, ...]:
        """Return the engines that may be used, asked anew every ten minutes."""
        if self._engines is None or time.monotonic() - self._engines[0] > CONFIG_AGE:
            response = await self.send(build_config(self.settings))
            self._engines = (time.monotonic(), decode_config(response, self.settings))
        return self._engines[1]
