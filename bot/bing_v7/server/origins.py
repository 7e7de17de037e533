"""Web pages that ask from a browser: which may, and what a browser must be told so that it lets them.

With keys, a page needs a key to get anything, so every origin may ask unless the operator names some. Without keys,
being on the same machine is all that is asked of a caller, and a browser is on that machine whatever page it shows: so
requests that another site causes are refused, because any page could spend allowances or read the operator's pictures.
"""

from collections.abc import Mapping

from aiohttp import web

from .responses import TRACE_HEADER

_ALL = "*"
_SHOWN = (TRACE_HEADER, "BingAPIs-Market", "X-MSEdge-ClientID", "Retry-After", "ETag", "Content-Range")
_METHODS = "GET, POST, OPTIONS"
_REMEMBERED = "600"
"""Seconds for which a browser need not ask again."""
_ELSEWHERE = frozenset({"cross-site", "same-site"})


class Origins:
    """Decides which pages may ask.

    Args:
        allowed: origins (``https://host``) that may; ``*`` is all. None: all with keys, no other without.
        keyed: whether callers need a key.
    """

    def __init__(self, allowed: tuple[str, ...] | None, *, keyed: bool) -> None:
        self._allowed = frozenset(allowed if allowed is not None else ((_ALL,) if keyed else ()))
        self._keyed = keyed

    def refuses(self, request: web.Request, root: str) -> bool:
        """True for a request that another site causes and that no key protects."""
        if self._keyed:
            return False
        origin = request.headers.get("Origin")
        if origin is not None:
            return origin != root and not self._allows(origin)
        return request.headers.get("Sec-Fetch-Site", "").lower() in _ELSEWHERE

    def _allows(self, origin: str) -> bool:
        return _ALL in self._allowed or origin in self._allowed

    def headers(self, request: web.Request) -> Mapping[str, str]:
        """Return what lets the page of a request read the answer."""
        origin = request.headers.get("Origin")
        if origin is None or not self._allows(origin):
            return {}
        return {
            "Access-Control-Allow-Origin": _ALL if _ALL in self._allowed else origin,
            "Access-Control-Expose-Headers": ", ".join(_SHOWN),
            "Vary": "Origin",
        }

    def preflight(self, request: web.Request) -> web.Response:
        """Answer ``OPTIONS``: what may be asked here, and by which pages."""
        headers = {"Allow": _METHODS, **self.headers(request)}
        if "Access-Control-Allow-Origin" in headers:
            wanted = request.headers.get("Access-Control-Request-Headers", "")
            headers["Access-Control-Allow-Methods"] = _METHODS
            headers["Access-Control-Allow-Headers"] = wanted if wanted.isprintable() else ""
            headers["Access-Control-Max-Age"] = _REMEMBERED
            if request.headers.get("Access-Control-Request-Private-Network") == "true":
                headers["Access-Control-Allow-Private-Network"] = "true"
        return web.Response(status=204, headers=headers)
