"""Carries HTTP requests to the providers that the operator configured, and nowhere else.

Addresses that people type never pass through here; they have their own guarded reader. Retrying is stamina's job (well
kept, jitter and Retry-After through its backoff hook); we only say what may be tried again.
"""

import asyncio
import logging
import random
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import aiohttp
import stamina
from yarl import URL

from bot.bing_v7 import BadAnswer, HttpRequest, HttpResponse, Misconfigured, Unavailable
from bot.observability.redaction import Redactor
from bot.runtime.version import program_version

from .decoding import retry_after
from .metrics import CallCounts, CallOutcome, outcome_of

log = logging.getLogger(__name__)

TRANSPORT_TRACE_HEADER = "x-magpie-trace"
"""Set by the transport on every response: the id of the call in the log."""

_CHUNK = 64 * 1024
_TRY_AGAIN = frozenset({429, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class TransportLimits:
    """How long and how much; times are seconds.

    ``total`` is for the whole call with all its retries, ``read`` for silence while reading, ``max_bytes`` for the
    body after decompression.
    """

    total: float = 4.5
    connect: float = 2.0
    read: float = 4.0
    attempts: int = 3
    wait_initial: float = 0.15
    wait_max: float = 1.5
    max_bytes: int = 8 * 1024 * 1024

    @classmethod
    def within(cls, seconds: float) -> Self:
        """Return limits for answers needed within ``seconds``: a little less, which leaves time for an error."""
        total = 0.9 * seconds
        return cls(total=total, connect=min(2.0, total), read=0.8 * seconds)


class _Again(Exception):
    """One attempt failed in a way that may pass: with a response, or without one and with the error to raise."""

    def __init__(self, response: HttpResponse | None = None, error: Unavailable | None = None) -> None:
        super().__init__(f"status {response.status}" if response else str(error))
        self.response = response
        self.error = error


class Transport:
    """Sends requests over one aiohttp session and hands back whole responses, of whatever status.

    Args:
        contact: how a service reaches the operator (an address of a page or a mail address), for the User-Agent.
        session: a session to borrow; without one the transport makes and closes its own.
        limits: times and sizes.
        keys: values that must never be seen in logs or errors.
        metrics: where calls are counted.
    """

    def __init__(
        self,
        *,
        contact: str | None = None,
        session: aiohttp.ClientSession | None = None,
        limits: TransportLimits | None = None,
        keys: Iterable[str] = (),
        metrics: CallCounts | None = None,
    ) -> None:
        self.limits = limits or TransportLimits()
        self.metrics = metrics or CallCounts()
        self.redactor = Redactor(keys)
        self.user_agent = user_agent(contact)
        self._session = session
        self._owned = session is None
        self._lanes: dict[str, asyncio.Semaphore] = {}

    def lane(self, name: str, at_once: int) -> asyncio.Semaphore:
        """Return the semaphore that all callers of one service share; the first caller's ``at_once`` counts."""
        return self._lanes.setdefault(name, asyncio.Semaphore(at_once))

    async def send(
        self, request: HttpRequest, *, provider: str, within: float | None = None, max_bytes: int | None = None
    ) -> HttpResponse:
        """Send a request and read its response whole.

        Args:
            request: what to send; only ``idempotent`` requests are tried again.
            provider: name for errors, logs and counts.
            within: seconds for the whole call, instead of ``limits.total``.
            max_bytes: size of the decoded body, instead of ``limits.max_bytes``.

        Raises:
            Unavailable: unreachable or too slow.
            BadAnswer: the body is too large, or the answer sends us to another host.
            Misconfigured: the address is not one, or the service has moved within its host.
        """
        trace = secrets.token_hex(8)
        total = self.limits.total if within is None else within
        read = max(self.limits.read, total) if total > self.limits.total else self.limits.read
        started = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(total):
                return await self._with_retries(
                    request, provider, trace, started + total, max_bytes or self.limits.max_bytes, read
                )
        except TimeoutError:
            self._count(request, provider, CallOutcome.TIMEOUT, trace, started)
            raise Unavailable(f"no answer within {total:g} s", provider=provider, trace_id=trace) from None

    async def _with_retries(
        self, request: HttpRequest, provider: str, trace: str, deadline: float, max_bytes: int, read: float
    ) -> HttpResponse:
        def may_pass(error: Exception) -> bool | float:
            wait = isinstance(error, _Again) and self._pause(error, deadline)
            if wait:
                log.info("%s is asked again: %s [%s]", provider, error, trace)
            return wait

        try:
            async for attempt in stamina.retry_context(
                on=may_pass,
                attempts=self.limits.attempts if request.idempotent else 1,
                timeout=None,
                wait_initial=self.limits.wait_initial,
                wait_max=self.limits.wait_max,
                wait_jitter=self.limits.wait_initial,
            ):
                with attempt:
                    return await self._once(request, provider, trace, max_bytes, read)
        except _Again as last:
            if last.response:
                return last.response
            raise (last.error or Unavailable(provider=provider, trace_id=trace)) from None
        raise AssertionError("retrying ends with a response or an error")

    def _pause(self, error: _Again, deadline: float) -> bool | float:
        """Say whether and how long to wait before the next attempt, so that it still fits into the time left."""
        left = deadline - asyncio.get_running_loop().time()
        asked = retry_after(error.response) if error.response else None
        if asked is None:
            busy = error.response is not None and error.response.status == 429  # noqa: PLR2004 - Too Many Requests
            return not busy and left > 2 * self.limits.wait_initial
        wait = asked.total_seconds() + random.uniform(0, self.limits.wait_initial)  # noqa: S311 - jitter, no secret
        return wait if wait < min(self.limits.wait_max, left / 2) else False

    async def _once(self, request: HttpRequest, provider: str, trace: str, max_bytes: int, read: float) -> HttpResponse:
        started = asyncio.get_running_loop().time()
        try:
            url = URL(request.url).extend_query(list(request.params)) if request.params else URL(request.url)
            async with self._client().request(
                request.method,
                url,
                headers={"User-Agent": self.user_agent, **request.headers},
                data=_form(request) if request.parts else request.body,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=self.limits.connect, sock_read=read),
            ) as answer:
                self._refuse_redirect(answer, url, provider, trace)
                body = await _read(answer, max_bytes, provider, trace)
        except (aiohttp.InvalidURL, ValueError):
            raise Misconfigured("the address is not a web address", provider=provider, trace_id=trace) from None
        except BadAnswer as error:
            self._count(request, provider, _bad(error), trace, started)
            raise
        except (aiohttp.ClientError, OSError) as error:
            slow = isinstance(error, TimeoutError)
            self._count(request, provider, CallOutcome.TIMEOUT if slow else CallOutcome.UNREACHABLE, trace, started)
            reason = "too slow" if slow else f"unreachable ({type(error).__name__})"
            raise _Again(error=Unavailable(reason, provider=provider, trace_id=trace)) from None
        headers = {name.lower(): value for name, value in answer.headers.items()} | {TRANSPORT_TRACE_HEADER: trace}
        response = HttpResponse(answer.status, headers, body)
        self._count(request, provider, outcome_of(answer.status), trace, started)
        if response.status in _TRY_AGAIN:
            raise _Again(response)
        return response

    def _refuse_redirect(self, answer: aiohttp.ClientResponse, url: URL, provider: str, trace: str) -> None:
        if answer.status not in _REDIRECTS:
            return
        try:
            target = url.join(URL(answer.headers.get("Location", "")))
        except ValueError:
            target = URL()
        if target.host != url.host:
            raise BadAnswer("redirected to another host", provider=provider, trace_id=trace)
        raise Misconfigured(
            f"redirected; the address to set may begin with {target.scheme}://{target.authority}",
            provider=provider,
            trace_id=trace,
        )

    def _count(self, request: HttpRequest, provider: str, outcome: CallOutcome, trace: str, started: float) -> None:
        seconds = asyncio.get_running_loop().time() - started
        self.metrics.record(provider, outcome, seconds)
        where = self.redactor.clean(request.url.partition("?")[0])
        log.debug("%s %s %s: %s in %.3f s [%s]", provider, request.method, where, outcome, seconds, trace)

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None or (self._owned and self._session.closed):
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        return self._session

    async def aclose(self) -> None:
        """Close the session if it is our own."""
        if self._owned and self._session is not None:
            await self._session.close()
            self._session = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()


def user_agent(contact: str | None) -> str:
    """Return the name we go by: program, version, how to reach the operator, library (Wikimedia's rule for names)."""
    reach = "".join(char for char in contact or "" if char.isprintable() and char not in "()")
    return f"Magpie/{program_version()} ({reach or 'contact not set'}) aiohttp/{aiohttp.__version__}"


def _form(request: HttpRequest) -> aiohttp.FormData:
    form = aiohttp.FormData(default_to_multipart=True)
    for part in request.parts:
        if part.filename is None and part.content_type is None:
            form.add_field(part.name, part.data.decode())
        else:
            form.add_field(part.name, part.data, filename=part.filename, content_type=part.content_type)
    return form


async def _read(answer: aiohttp.ClientResponse, max_bytes: int, provider: str, trace: str) -> bytes:
    """Read the decoded body piece by piece, and stop at the limit rather than after it."""
    body = bytearray()
    async for piece in answer.content.iter_chunked(_CHUNK):
        body += piece
        if len(body) > max_bytes:
            answer.close()
            raise _TooLarge(f"the answer is larger than {max_bytes} bytes", provider=provider, trace_id=trace)
    return bytes(body)


class _TooLarge(BadAnswer):
    """The body went past the limit."""


def _bad(error: BadAnswer) -> CallOutcome:
    return CallOutcome.TOO_LARGE if isinstance(error, _TooLarge) else CallOutcome.REDIRECTED
