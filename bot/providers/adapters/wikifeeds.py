"""Wikifeeds: what Wikipedia shows and people read today, as trending searches, without a key.

Asked for today and yesterday (UTC), because the list of most read articles needs a past day. Only pictures of Commons
are used; an article's other pictures may be non-free. Author and licence come from a second question to Commons. Facts:
the service's interface description of August 2026 and recorded answers of 2016 and 2018.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.bing_v7 import (
    ALL_LEVELS,
    Attribution,
    CachePolicy,
    Capabilities,
    Category,
    HttpRequest,
    HttpResponse,
    Image,
    Limits,
    MediaSize,
    Note,
    NoteCode,
    ProviderError,
    Query,
    SafeSearch,
    Tile,
    TrendingImages,
    TrendingRequest,
    Verb,
)
from bot.bing_v7.markets import written_outside
from bot.i18n import say
from bot.providers.adapters.commons.files import file_query, pages, read_file, read_query, wiki_file_name
from bot.providers.adapters.commons.search import API_URL, TERMS_URL
from bot.providers.http.decoding import JsonObject, child, decoded_json, first_object, objects, text, whole, words
from bot.providers.http.html_text import html_to_text
from bot.providers.http.transport import Transport
from bot.providers.http.web_addresses import web

from .addresses import display_url, format_of, safe_join
from .base import Adapter, credit, provenance, reading
from .feed_pictures import commons_file, commons_page

NAME = "wikifeeds"
BASE_URL = "https://{language}.wikipedia.org/api/rest_v1/"
FEED = "feed/featured/{date}"
_MAX_TILES = 12
_LANGUAGES = frozenset({"ar", "bn", "de", "el", "en", "es", "fr", "he", "hu", "it", "ja", "pt", "ru", "sv", "ur", "zh"})
_MOST_FILES = 50


@dataclass(frozen=True, slots=True)
class WikifeedsSettings:
    """Where the feed is (``{language}`` and ``{date}`` are filled in), and where Commons names authors and licences."""

    base_url: str = BASE_URL
    commons_url: str | None = API_URL


CAPABILITIES = Capabilities(
    levels={Verb.TRENDING: ALL_LEVELS},
    filters=frozenset({"mkt", "setLang"}),
    paging=False,
    cache=CachePolicy(timedelta(hours=1)),
    limits=Limits(at_once=3),
    attribution="Wikipedia, text CC BY-SA 4.0",
    home_url="https://www.wikipedia.org/",
    terms_url=TERMS_URL,
)


def _language_of(request: TrendingRequest) -> str:
    """Return the Wikipedia that fits the request; English where the language has no feed."""
    language = written_outside(request.set_lang or request.mkt or "en").partition("-")[0].lower()
    return language if language in _LANGUAGES else "en"


def build_feed(request: TrendingRequest, settings: WikifeedsSettings, day: date) -> HttpRequest:
    """Build ``GET feed/featured/YYYY/MM/DD``, or whatever the operator set with ``{date}`` in it."""
    address = settings.base_url if "{date}" in settings.base_url else safe_join(settings.base_url, FEED)
    filled = address.replace("{language}", _language_of(request)).replace("{date}", f"{day:%Y/%m/%d}")
    return HttpRequest("GET", filled, (), {"Accept": "application/json"})


def decode_feed(response: HttpResponse) -> JsonObject:
    """Read a day's feed; every part of it may be missing.

    Raises:
        Misconfigured: there is no feed at the address.
    """
    return decoded_json(response, NAME)


def decode_trending(feeds: Iterable[JsonObject], request: TrendingRequest) -> TrendingImages:
    """Make categories of the feeds, the newest first; a part is taken from the first feed that has it.

    Their titles are in the language that was asked for.

    The list of most read articles is raw popularity and can name adult subjects, so Strict does without it.
    """
    parts: list[tuple[str, Callable[[JsonObject], list[Tile]]]] = [
        ("picture", _picture_of_the_day),
        ("article", lambda feed: _tiles([child(feed, "tfa")])),
        ("news", lambda feed: _tiles([first_object(item, "links") for item in objects(feed, "news")])),
        ("day", _on_this_day),
    ]
    if request.safe_search is not SafeSearch.STRICT:
        parts.insert(1, ("read", lambda feed: _tiles(objects(child(feed, "mostread"), "articles"))))
    known = list(feeds)
    with reading(NAME):
        found = [(part, [tiles for feed in known if (tiles := read(feed))]) for part, read in parts]
        categories = tuple(
            Category(title=title_words(part, request), tiles=tuple(days[0][:_MAX_TILES]))
            for part, days in found
            if days
        )
        return TrendingImages(categories=categories, provenance=provenance(NAME))


def title_words(part: str, request: TrendingRequest) -> str:
    """Return what a part of the feed is called: ``picture``, ``article``, ``read``, ``news`` or ``day``."""
    return say(_language_of(request), f"trends-wikipedia-{part}")


def _picture_of_the_day(feed: JsonObject) -> list[Tile]:
    part = child(feed, "image")
    name = wiki_file_name(text(part, "title") or "")
    page = web(text(part, "file_page"))
    image = _image(part, "image", name, page)
    if not name or image is None:
        return []
    artist, licence = child(part, "artist"), child(part, "license")
    image = image.with_(
        attribution=credit(
            title=name,
            author=words(artist, "text") or html_to_text(text(artist, "html")),
            license=text(licence, "type"),
            license_url=web(text(licence, "url")),
            source_name="Wikimedia Commons",
            source_url=image.attribution.source_url if image.attribution else page,
            provider=NAME,
        )
    )
    description = html_to_text(text(child(part, "description"), "text") or text(child(part, "description"), "html"))
    image = image.with_(description=description) if description else image
    return [Tile(query=Query(text=name), image=image)]


def _on_this_day(feed: JsonObject) -> list[Tile]:
    tiles: list[Tile] = []
    for event in objects(feed, "onthisday"):
        for tile in _tiles([first_object(event, "pages")]):
            year = whole(event, "year")
            shown = f"{tile.query.text} ({year})" if year else tile.query.text
            tiles.append(tile.with_(query=Query(text=tile.query.text, display_text=shown)))
    return tiles


def _tiles(articles: Iterable[JsonObject]) -> list[Tile]:
    tiles: dict[str, Tile] = {}
    for article in articles:
        name = _title_of(article)
        image = _image(article, "originalimage", name, web(text(_desktop(article), "page")))
        if name and image is not None:
            tiles.setdefault(name.casefold(), Tile(query=Query(text=name), image=image))
    return list(tiles.values())


def _desktop(article: JsonObject) -> JsonObject:
    return child(child(article, "content_urls"), "desktop")


def _title_of(article: JsonObject) -> str | None:
    """Return an article's name for people, under whichever of its three names it comes."""
    shown = words(child(article, "titles"), "normalized") or html_to_text(text(article, "displaytitle"))
    return shown or (text(article, "title") or "").replace("_", " ").strip() or None


def _image(part: JsonObject, original: str, name: str | None, page: str | None) -> Image | None:
    """Read a part's picture; None if it lacks one, or one that is not on Commons."""
    whole_picture, thumbnail = child(part, original), child(part, "thumbnail")
    address = web(text(whole_picture, "source")) or web(text(thumbnail, "source"))
    file = commons_file(address)
    if file is None:
        return None
    size = (whole(thumbnail, "width"), whole(thumbnail, "height"))
    fields: dict[str, Any] = {
        "name": name,
        "content_url": address,
        "thumbnail_url": web(text(thumbnail, "source")) or address,
        "thumbnail": MediaSize(width=size[0], height=size[1]) if all(size) else None,
        "host_page_url": page or commons_page(file),
        "host_page_display_url": display_url(page or commons_page(file)),
        "host_page_domain_friendly_name": "Wikipedia" if page and ".wikipedia." in page else "Wikimedia Commons",
        "encoding_format": format_of(address),
        "width": whole(whole_picture, "width"),
        "height": whole(whole_picture, "height"),
        "attribution": credit(
            title=wiki_file_name(f"File:{file}"),
            source_name="Wikimedia Commons",
            source_url=commons_page(file),
            provider=NAME,
        ),
    }
    return Image(**{field: value for field, value in fields.items() if value is not None})


def build_credits(trending: TrendingImages, settings: WikifeedsSettings) -> HttpRequest | None:
    """Build the question to Commons for authors and licences; None if there is nothing to ask."""
    files = [file for c in trending.categories for tile in c.tiles if (file := commons_file(tile.image.content_url))]
    titles = "|".join(f"File:{file.replace('_', ' ')}" for file in list(dict.fromkeys(files))[:_MOST_FILES])
    if not titles or not settings.commons_url:
        return None
    return HttpRequest("GET", settings.commons_url, file_query(("titles", titles)), {"Accept": "application/json"})


def decode_credits(response: HttpResponse) -> dict[str, Attribution]:
    """Read authors and licences by file name."""
    data = read_query(response, NAME)
    with reading(NAME):
        return {
            (text(page, "title") or "").partition(":")[2]: image.attribution
            for page in pages(data, NAME)
            if (image := read_file(page, NAME)) is not None and image.attribution is not None
        }


def credited(trending: TrendingImages, known: Mapping[str, Attribution]) -> TrendingImages:
    """Return the categories with authors and licences where they are known."""
    return trending.with_(
        categories=tuple(
            category.with_(tiles=tuple(_credit(tile, known) for tile in category.tiles))
            for category in trending.categories
        )
    )


def _credit(tile: Tile, known: Mapping[str, Attribution]) -> Tile:
    file = commons_file(tile.image.content_url)
    found = known.get((file or "").replace("_", " "))
    return tile if found is None else tile.with_(image=tile.image.with_(attribution=found))


class Wikifeeds(Adapter):
    """The provider."""

    name = NAME
    title = "Wikipedia today"
    lane = "wikimedia"

    def __init__(
        self,
        transport: Transport,
        settings: WikifeedsSettings | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.settings = settings or WikifeedsSettings()
        super().__init__(transport, CAPABILITIES)
        self._now = now

    async def trending(self, request: TrendingRequest) -> TrendingImages:
        """Say what Wikipedia shows and people read."""
        self.check(Verb.TRENDING, request)
        today = self._now().astimezone(UTC).date()
        days = [today, today - timedelta(days=1)]
        outcomes = await asyncio.gather(*(self._day(request, day) for day in days), return_exceptions=True)
        feeds = [outcome for outcome in outcomes if isinstance(outcome, dict)]
        for outcome in outcomes:
            if isinstance(outcome, BaseException) and (not feeds or not isinstance(outcome, ProviderError)):
                raise outcome
        found = decode_trending(feeds, request)
        if isinstance(outcomes[0], BaseException):
            old = Note(code=NoteCode.STALE, provider=NAME, detail=days[1].isoformat())
            found = found.with_(provenance=provenance(NAME, None, old))
        return await self._with_credits(found)

    async def _day(self, request: TrendingRequest, day: date) -> JsonObject:
        return decode_feed(await self.send(build_feed(request, self.settings, day)))

    async def _with_credits(self, found: TrendingImages) -> TrendingImages:
        question = build_credits(found, self.settings)
        if question is None:
            return found
        try:
            return credited(found, decode_credits(await self.send(question)))
        except ProviderError:
            return found  # the file page, which is always linked, names author and licence
