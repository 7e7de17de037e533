"""What a v7 service means by an answer that is not a good one: status, headers and body to one of our errors.

Source: section 5 of the v7 reference and the recorded errors. Nothing of a body gets into an error's words but the
service's own short codes.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, cast

from pydantic_core import from_json

from .errors import (
    BadAnswer,
    InvalidRequest,
    Misconfigured,
    NotSupported,
    PictureRefused,
    ProviderError,
    QuotaSpent,
    RateLimited,
    Unavailable,
)
from .http import HttpResponse

TRACE_HEADERS = ("bingapis-traceid", "apim-request-id", "x-magpie-trace")
LONGEST_WAIT = timedelta(days=40)
"""No allowance is renewed later than this; longer waits are taken for a mistake of the service and cut."""

_TRACE = re.compile(r"[0-9A-Za-z-]{8,64}")
_CODE = re.compile(r"[0-9A-Za-z]{1,40}")
_AGAIN = re.compile(r"(?:try again|retry)\D{0,20}(\d{1,7})\s*second", re.IGNORECASE)
_RENEWED = re.compile(r"replenished in\s+(?:(\d{1,3})\.)?(\d{1,2}):(\d{2}):(\d{2})", re.IGNORECASE)
_QUOTA = re.compile(r"quota|call volume", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Problem:
    """One error of a body, whatever its shape; ``message`` is the service's text and is never shown."""

    code: str = ""
    sub_code: str = ""
    message: str = ""
    parameter: str | None = None
    value: str | None = None


def trace_id(response: HttpResponse) -> str | None:
    """Return the service's log id, which its support asks for."""
    found = (response.headers.get(name, "").strip() for name in TRACE_HEADERS)
    return next((value for value in found if _TRACE.fullmatch(value)), None)


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | int) else ""


def _entries(body: object) -> list[dict[str, Any]]:
    """Return the error objects of a body: from ``errors``, from ``error``, and the body itself."""
    if not isinstance(body, dict):
        return []
    fields = cast("dict[str, Any]", body)
    found = fields.get("errors", fields.get("error"))
    listed: list[object] = cast("list[object]", found) if isinstance(found, list) else [found]
    return [cast("dict[str, Any]", item) for item in (*listed, fields) if isinstance(item, dict)]


def read_problem(body: bytes) -> _Problem:
    """Read the first error of a body of any of the four shapes; an empty problem for a body without one."""
    try:
        parsed: object = from_json(body)
    except ValueError:
        return _Problem()
    first = (_entries(parsed) or [dict[str, Any]()])[0]
    code = _text(first.get("code", first.get("statusCode")))
    sub_code = _text(first.get("subCode"))
    return _Problem(
        code=code if _CODE.fullmatch(code) else "",
        sub_code=sub_code if _CODE.fullmatch(sub_code) else "",
        message=_text(first.get("message"))[:1000],
        parameter=_text(first.get("parameter"))[:100] or None,
        value=_text(first.get("value"))[:200] or None,
    )


def wait(response: HttpResponse, problem: _Problem) -> timedelta | None:
    """Return how long to wait, from ``Retry-After`` (seconds or a date) or from the gateway's sentence."""
    text = response.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:8])), LONGEST_WAIT)
    if text:
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return min(max(moment - datetime.now(UTC), timedelta()), LONGEST_WAIT)
    renewed = _RENEWED.search(problem.message)
    if renewed:
        days, hours, minutes, seconds = (int(part or 0) for part in renewed.groups())
        return min(timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds), LONGEST_WAIT)
    again = _AGAIN.search(problem.message)
    return min(timedelta(seconds=int(again[1])), LONGEST_WAIT) if again else None


def failure(response: HttpResponse, provider: str | None = None) -> ProviderError:
    """Return the error that a failed response stands for."""
    problem = read_problem(response.body)
    trace = trace_id(response)
    status = response.status if response.status != HTTPStatus.OK else _status_of(problem)
    words = "/".join(word for word in (problem.code, problem.sub_code) if word)
    reason = f"HTTP {response.status} {words}".strip()
    limited = _limited(status, response, problem, reason, provider)
    if limited:
        return limited
    if status in {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}:
        return InvalidRequest(
            reason,
            parameter=problem.parameter,
            value=problem.value,
            missing=problem.sub_code == "ParameterMissing",
            provider=provider,
            trace_id=trace,
        )
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return PictureRefused("too-large", reason, provider=provider)
    if status == HTTPStatus.UNSUPPORTED_MEDIA_TYPE:
        return PictureRefused("not-a-picture", reason, provider=provider)
    if status == HTTPStatus.NOT_IMPLEMENTED or problem.sub_code == "NotImplemented":
        return NotSupported(reason, provider=provider)
    return _by_status(status, reason, provider, trace)


def _status_of(problem: _Problem) -> int:
    """Return the status that an error should have come with, where it came with 200."""
    known = {
        "InvalidRequest": HTTPStatus.BAD_REQUEST,
        "InvalidAuthorization": HTTPStatus.UNAUTHORIZED,
        "InsufficientAuthorization": HTTPStatus.FORBIDDEN,
        "RateLimitExceeded": HTTPStatus.TOO_MANY_REQUESTS,
    }
    if problem.code.isdigit() and len(problem.code) == len("401"):
        return int(problem.code)
    return known.get(problem.code, HTTPStatus.INTERNAL_SERVER_ERROR)


def _limited(
    status: int, response: HttpResponse, problem: _Problem, reason: str, provider: str | None
) -> ProviderError | None:
    """Tell the limit of a second (429) from the allowance of a day or month (403)."""
    trace = trace_id(response)
    pause = wait(response, problem)
    volume = problem.code == "RateLimitExceeded" or bool(_QUOTA.search(problem.message))
    if status == HTTPStatus.FORBIDDEN and volume:
        until = datetime.now(UTC) + pause if pause is not None else None
        return QuotaSpent(reason, until=until, provider=provider, trace_id=trace)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return RateLimited(reason, retry_after=pause, provider=provider, trace_id=trace)
    return None


def _by_status(status: int, reason: str, provider: str | None, trace: str | None) -> ProviderError:
    """Return the error of a status whose body adds nothing."""
    advice = {
        HTTPStatus.UNAUTHORIZED: "the key is missing, wrong or no longer valid",
        HTTPStatus.FORBIDDEN: "the key may not be used for this",
        HTTPStatus.NOT_FOUND: "the base address has no v7 endpoint",
        HTTPStatus.METHOD_NOT_ALLOWED: "the base address has no v7 endpoint",
        HTTPStatus.GONE: "the endpoint was retired; set the base address of a living one",
    }.get(HTTPStatus(status) if status in set(HTTPStatus) else HTTPStatus.OK)
    if advice:
        return Misconfigured(f"{reason}: {advice}", provider=provider, trace_id=trace)
    if status < HTTPStatus.BAD_REQUEST:
        return BadAnswer(reason, provider=provider, trace_id=trace)
    passing = status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT}
    kind = Unavailable if passing else InvalidRequest
    return kind(reason, provider=provider, trace_id=trace)
