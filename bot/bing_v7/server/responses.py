"""What every answer has in common: headers, trace id, and the body of an error."""

from collections.abc import Mapping

from aiohttp import web
from pydantic_core import to_json

from .problems import Problem

TRACE_HEADER = "BingAPIs-TraceId"
UNCACHED = {
    "Cache-Control": "no-cache, no-store, must-revalidate",
    "Pragma": "no-cache",
    "Expires": "-1",
    "X-Content-Type-Options": "nosniff",
}


def failed(problem: Problem, headers: Mapping[str, str] | None = None, trace: str | None = None) -> web.Response:
    """Return v7's error answer; the trace id is set later where it is not given."""
    extra = {**UNCACHED, **(headers or {})}
    if problem.retry_after is not None:
        extra["Retry-After"] = str(problem.retry_after)
    body = to_json(problem.answer().to_wire())
    response = web.Response(
        body=body, status=problem.status, content_type="application/json", charset="utf-8", headers=extra
    )
    if trace is not None:
        identify(response, trace)
    return response


def identify(response: web.StreamResponse, trace: str) -> None:
    """Put the trace id on an answer, and our name in place of the HTTP library's."""
    response.headers[TRACE_HEADER] = trace
    response.headers["Server"] = "Magpie"
