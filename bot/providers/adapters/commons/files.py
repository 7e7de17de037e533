"""File pages of Wikimedia Commons (MediaWiki's ``imageinfo`` with ``extmetadata``) as v7 pictures.

Facts: answers of MediaWiki 1.39 and recorded answers of Commons. Values of ``extmetadata`` are HTML.
"""

import re
from datetime import UTC, datetime
from typing import Any

from bot.bing_v7 import (
    Attribution,
    BadAnswer,
    HttpResponse,
    Image,
    InvalidRequest,
    MediaSize,
    Misconfigured,
    RateLimited,
    Unavailable,
)
from bot.bing_v7.values import write_date, write_size
from bot.providers.adapters import licences
from bot.providers.adapters.addresses import display_url, format_name
from bot.providers.adapters.base import credit
from bot.providers.http.decoding import JsonObject, child, decoded_json, objects, retry_after, text, trace_id_of, whole
from bot.providers.http.html_text import html_to_text, read_html
from bot.providers.http.web_addresses import web

SITE = "Wikimedia Commons"
IMAGE_PROPERTIES = "url|size|mime|mediatype|extmetadata|timestamp|user|sha1"
METADATA = (
    "ObjectName|ImageDescription|DateTimeOriginal|Artist|Credit|LicenseShortName|LicenseUrl|License|UsageTerms|"
    "AttributionRequired|Attribution|Restrictions|NonFree|Categories"
)
THUMBNAIL_WIDTH = 960
"""Fills a card. Since 2026 Wikimedia serves 20, 40, 60, 120, 250, 330, 500, 960, 1280, 1920 and 3840 alone."""

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{2,5}$")


def file_query(*more: tuple[str, str], language: str = "en") -> tuple[tuple[str, str], ...]:
    """Return the parameters that every question about files shares."""
    return (
        ("action", "query"),
        ("format", "json"),
        ("formatversion", "2"),
        ("prop", "imageinfo"),
        ("iiprop", IMAGE_PROPERTIES),
        ("iiurlwidth", str(THUMBNAIL_WIDTH)),
        ("iiextmetadatalanguage", language),
        ("iiextmetadatafilter", METADATA),
        *more,
    )


def read_query(response: HttpResponse, provider: str) -> JsonObject:
    """Return a good answer of the Action API; its errors come with status 200.

    Raises:
        InvalidRequest: the API refuses a parameter.
        RateLimited, Unavailable: it is busy.
    """
    data = decoded_json(response, provider)
    failures = [child(data, "error"), *objects(data, "errors")]
    failed = next((failure for failure in failures if failure), None)
    if failed is None:
        return data
    code = text(failed, "code") or "unknown"
    trace = trace_id_of(response)
    if code == "ratelimited":
        raise RateLimited(code, retry_after=retry_after(response), provider=provider, trace_id=trace)
    if code in {"maxlag", "readonly"} or code.startswith("internal_api_error"):
        raise Unavailable(code, provider=provider, trace_id=trace)
    if code in {"readapidenied", "blocked", "autoblocked"}:
        raise Misconfigured(code, provider=provider, trace_id=trace)
    raise InvalidRequest(f"the service says {code}", provider=provider, trace_id=trace)


def pages(data: JsonObject, provider: str) -> list[JsonObject]:
    """Return the file pages of an answer in the order of relevance; no ``query`` means no hit."""
    query = child(data, "query")
    found: object = query.get("pages", [])
    if isinstance(found, dict):
        raise BadAnswer("answered in formatversion 1", provider=provider)
    return sorted(objects(query, "pages"), key=lambda page: page.get("index", 0))


def read_file(page: JsonObject, provider: str) -> Image | None:
    """Read one file page; None if it lacks ``imageinfo`` or is marked as non-free."""
    info = next(iter(objects(page, "imageinfo")), None)
    if info is None:
        return None
    meta = child(info, "extmetadata")
    if (_meta(meta, "NonFree") or "").lower() == "true":
        return None
    landing = web(text(info, "descriptionurl"))
    title = text(page, "title") or ""
    name = html_to_text(_meta(meta, "ObjectName")) or wiki_file_name(title)
    size = whole(info, "size")
    fields: dict[str, Any] = {
        "name": name,
        "content_url": web(text(info, "url")),
        "thumbnail_url": web(text(info, "thumburl")) or web(text(info, "url")),
        "thumbnail": _thumbnail(info),
        "host_page_url": landing,
        "host_page_display_url": display_url(landing),
        "host_page_domain_friendly_name": SITE,
        "host_page_discovered_date": _moment(text(info, "timestamp")),
        "date_published": _moment(html_to_text(_meta(meta, "DateTimeOriginal"))) or _moment(text(info, "timestamp")),
        "encoding_format": format_name(text(info, "mime")),
        "width": whole(info, "width"),
        "height": whole(info, "height"),
        "content_size": write_size(size) if size else None,
        "image_id": text(info, "sha1"),
        "creative_commons": licences.word(_meta(meta, "License")) or licences.word(_meta(meta, "LicenseShortName")),
        "description": html_to_text(_meta(meta, "ImageDescription")),
        "tags": categories(meta),
        "attribution": _attribution(meta, name, landing, provider),
    }
    return Image(**{field: value for field, value in fields.items() if value})


def wiki_file_name(title: str) -> str | None:
    """Return a file page's title without its namespace and suffix."""
    bare = title.partition(":")[2] if title.lower().startswith(("file:", "image:")) else title
    return _SUFFIX.sub("", bare.replace("_", " ")).strip() or None


def categories(meta: JsonObject) -> list[str]:
    """Return the file's categories."""
    return [name.strip() for name in (_meta(meta, "Categories") or "").split("|") if name.strip()]


def _attribution(meta: JsonObject, name: str | None, landing: str | None, provider: str) -> Attribution:
    author, author_url = read_html(_meta(meta, "Artist"))
    short = html_to_text(_meta(meta, "LicenseShortName")) or licences.name(_meta(meta, "License"))
    license_url = read_html(_meta(meta, "LicenseUrl"))
    return credit(
        text=html_to_text(_meta(meta, "Attribution")),
        title=name,
        author=author or html_to_text(_meta(meta, "Credit")),
        author_url=author_url,
        license=short,
        license_url=web(license_url[0]) or license_url[1],
        source_name=SITE,
        source_url=landing,
        required=(_meta(meta, "AttributionRequired") or "").lower() != "false",
        provider=provider,
    )


def _meta(meta: JsonObject, name: str) -> str | None:
    value = child(meta, name).get("value")
    return str(value).strip() or None if isinstance(value, (str, int)) else None


def _thumbnail(info: JsonObject) -> MediaSize | None:
    width, height = whole(info, "thumbwidth"), whole(info, "thumbheight")
    return MediaSize(width=width, height=height) if width and height else None


def _moment(words: str | None) -> str | None:
    """Return a date as v7 writes it, if it is one; photographers also write "circa 1900"."""
    try:
        moment = datetime.fromisoformat((words or "").strip())
    except ValueError:
        return None
    return write_date(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
