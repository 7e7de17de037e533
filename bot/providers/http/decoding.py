"""What every adapter needs to read a response: JSON or a plain error, and what an HTTP status means."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, cast

from bot.bing_v7 import (
    BadAnswer,
    HttpResponse,
    InvalidRequest,
    Misconfigured,
    PictureRefused,
    ProviderError,
    QuotaSpent,
    RateLimited,
    Unavailable,
)
from bot.bing_v7.size_limits import limit_size
from bot.providers.http.html_text import html_to_text

JsonObject = dict[str, Any]

_TRACE_HEADERS = ("bingapis-traceid", "x-msedge-ref", "x-request-id", "x-cloud-trace-context", "x-magpie-trace")
_LONGEST_WAIT = timedelta(days=2)
_MOST_MEMBERS = 40_000
"""Items and fields of a whole answer that are read: a day's feed of Wikipedia has about 6,000, most of them unused."""
_EXPECTED_IN = re.compile(r"available in (\d+) second", re.IGNORECASE)


def trace_id_of(response: HttpResponse) -> str | None:
    """Return the service's own log id for the response, else the transport's."""
    return next((response.headers[name] for name in _TRACE_HEADERS if response.headers.get(name)), None)


def retry_after(response: HttpResponse) -> timedelta | None:
    """Read Retry-After (seconds or a date), or the words "available in 3600 seconds" that Openverse writes instead."""
    text = response.headers.get("retry-after", "").strip()
    found = _EXPECTED_IN.search(response.body[:2000].decode("utf-8", "replace")) if not text else None
    if text.isdigit() or found:
        seconds = int(text[:9] if text else found[1][:9] if found else 0)
        return min(timedelta(seconds=seconds), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(moment - datetime.now(UTC), timedelta()), _LONGEST_WAIT)


_STATUS: dict[int, type[Misconfigured | QuotaSpent | Unavailable]] = {
    401: Misconfigured,
    402: QuotaSpent,
    403: Misconfigured,
    404: Misconfigured,
    405: Misconfigured,
    407: Misconfigured,
    408: Unavailable,
    409: Unavailable,
    410: Misconfigured,
    425: Unavailable,
}


_SAID = {401: "the key is refused or missing", 402: "the allowance is used up", 403: "access is refused"}
_REFUSALS = frozenset({401, 403, 503})


def _is_challenge(response: HttpResponse) -> bool:
    """True if a bot check in front of the service wants a browser: the service itself refused nothing."""
    mitigated = response.headers.get("cf-mitigated", "").lower() == "challenge"
    page = response.body[:4096].lstrip().lower()
    return mitigated or (page.startswith(b"<") and any(mark in page for mark in _CHALLENGES))


_CHALLENGES = (b"just a moment", b"challenge", b"captcha", b"checking your browser", b"attention required", b"ddos")


def error_of_status(response: HttpResponse, provider: str, reason: str = "") -> ProviderError:
    """Return the error that a status of 300 and more stands for where the service says nothing more exact."""
    status, trace = response.status, trace_id_of(response)
    if status in _REFUSALS and _is_challenge(response):
        return BadAnswer(f"answered a challenge page (HTTP {status})", provider=provider, trace_id=trace)
    reason = reason or (f"{_SAID[status]} (HTTP {status})" if status in _SAID else f"HTTP {status}")
    if status == 413:  # noqa: PLR2004 - Content Too Large
        return PictureRefused("too-large", reason, provider=provider)
    if status == 429:  # noqa: PLR2004 - Too Many Requests
        return RateLimited(reason, retry_after=retry_after(response), provider=provider, trace_id=trace)
    family = next(
        (kind for limit, kind in ((300, Unavailable), (400, BadAnswer), (500, InvalidRequest)) if status < limit),
        Unavailable,
    )
    return _STATUS.get(status, family)(reason, provider=provider, trace_id=trace)


def json_object(response: HttpResponse, provider: str) -> JsonObject:
    """Read the body as a JSON object, whatever the status.

    Raises:
        BadAnswer: it is something else, for instance a challenge page with status 200.
    """
    try:
        data: object = json.loads(response.body)
    except (ValueError, RecursionError):
        kind = "a web page" if response.body[:512].lstrip().startswith(b"<") else "no JSON"
        raise BadAnswer(
            f"answered {kind} (HTTP {response.status})", provider=provider, trace_id=trace_id_of(response)
        ) from None
    if not isinstance(data, dict):
        raise BadAnswer("answered no JSON object", provider=provider, trace_id=trace_id_of(response))
    try:
        return cast("JsonObject", limit_size(cast("JsonObject", data), members=_MOST_MEMBERS))
    except ValueError:
        raise BadAnswer("the answer is too large", provider=provider, trace_id=trace_id_of(response)) from None


def decoded_json(response: HttpResponse, provider: str) -> JsonObject:
    """Return the JSON object of a good answer; any status of 300 and more becomes its error."""
    if response.status >= 300:  # noqa: PLR2004 - everything that is not a success
        raise error_of_status(response, provider)
    return json_object(response, provider)


def response_fields(response: HttpResponse) -> JsonObject:
    """Return the JSON object of a response, whatever its status; an empty one if it has none."""
    try:
        return json_object(response, "")
    except BadAnswer:
        return {}


def said_number(written: object) -> int | None:
    """Return a number of 0 or more as services write it in headers and bodies (``200/day``, ``"199"``, ``0``)."""
    found = re.match(r"\d{1,9}(?!\d)", written.strip() if isinstance(written, str) else "")
    if found:
        return int(found[0])
    return written if isinstance(written, int) and not isinstance(written, bool) and written >= 0 else None


def objects(data: Mapping[str, Any], name: str) -> list[JsonObject]:
    """Return the objects of a list, leaving out what is none; absent or of another type means empty."""
    value = data.get(name)
    return (
        [cast("JsonObject", item) for item in cast("list[object]", value) if isinstance(item, dict)]
        if isinstance(value, list)
        else []
    )


def first_object(data: Mapping[str, Any], name: str) -> JsonObject:
    """Return the first object of a list; empty if there is none."""
    found = objects(data, name)
    return found[0] if found else {}


def child(data: Mapping[str, Any], name: str) -> JsonObject:
    """Return an object inside an object; absent or of another type means empty."""
    value = data.get(name)
    return cast("JsonObject", value) if isinstance(value, dict) else {}


def text(data: Mapping[str, Any], name: str) -> str | None:
    """Return a text that is not blank, else None."""
    value = data.get(name)
    return value.strip() or None if isinstance(value, str) else None


def words(data: Mapping[str, Any], name: str) -> str | None:
    """Return a text for people: markup is gone, entities are decoded once; None if nothing is left."""
    return html_to_text(text(data, name))


def all_words(data: Mapping[str, Any], name: str) -> list[str]:
    """Return the texts for people of a list; a single text counts as a list of one."""
    return [found for item in texts(data, name) if (found := html_to_text(item))]


def texts(data: Mapping[str, Any], name: str) -> list[str]:
    """Return the texts of a list; a single text counts as a list of one."""
    value = data.get(name)
    items = cast("list[object]", value) if isinstance(value, list) else [value]
    return [item.strip() for item in items if isinstance(item, str) and item.strip()]


def number(data: Mapping[str, Any], name: str) -> float | None:
    """Return a number, also one written as text."""
    value = data.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):  # an integer may be larger than any float
        return None
    return found if found == found and abs(found) != float("inf") else None  # noqa: PLR0124 - NaN differs from itself


def whole(data: Mapping[str, Any], name: str) -> int | None:
    """Return a whole number of at least 1 (sizes and counts, where 0 means unknown), also one written as text."""
    found = number(data, name)
    return int(found) if found is not None and found >= 1 else None
