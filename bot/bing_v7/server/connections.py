"""Connections: how many there may be, how long one may take over its request, and what is answered to no HTTP.

aiohttp bounds sizes but neither the number of connections nor the time that a request's head may take, and answers
what it cannot parse itself, in HTML and with a traceback in the log. Both are put right here, at the protocol.
"""

import asyncio
import logging
import uuid
from collections import Counter, OrderedDict
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from . import problems
from .responses import failed
from .settings import ConnectionLimits

log = logging.getLogger(__name__)

_SWEEP = 1.0
"""Seconds between two looks for connections that take too long."""
_JUST_OPENED = 0.1
"""Seconds in which a connection is not closed for another: its request may be on its way through a busy loop."""
_JUST_ANSWERED = 1.0
"""Seconds after an answer in which a connection is not closed for another: its next request may be on its way."""
_SMALL_ANSWER = 64 * 1024
"""Bytes from which an answer counts: fewer go to the system's own buffers at once."""
_NOT_OURS = (web.RequestPayloadError, HttpProcessingError, ConnectionError)
_QUIET = 60.0
"""Seconds in which noise of one kind is one line of the log."""


class Noise:
    """Counts what is no fault of ours, and logs each kind once a minute."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._timers: dict[str, asyncio.TimerHandle] = {}

    def note(self, kind: str, said: str = "", level: int = logging.INFO) -> None:
        """Count one; the first is logged at once, as ``said``, those of the following minute together."""
        if kind in self._timers:
            self._counts[kind] += 1
            log.debug("%s", said or kind)
            return
        log.log(level, "%s; more of these are counted for a minute", said or kind)
        self._timers[kind] = asyncio.get_running_loop().call_later(_QUIET, self._tell, kind)

    def _tell(self, kind: str) -> None:
        del self._timers[kind]
        if more := self._counts.pop(kind, 0):
            log.warning("%s: %d times in a minute", kind, more)

    def close(self) -> None:
        """Log what is left."""
        for kind, timer in list(self._timers.items()):
            timer.cancel()
            self._tell(kind)


class Connections:
    """Every open connection, and which of them wait for a request.

    When there is no room for another, one that waits is closed for it, the longest wait first: whoever only holds
    connections open gives way to whoever asks something. Those that asked nothing yet go before those that did (where
    they hold half of the room, they alone), so that
    a client which keeps its connection does not lose a request that it is just sending. One whose request is
    being answered is never closed, but one that takes its answer for long is, or else one that sends its body for long,
    as the last of all.
    """

    def __init__(self, limits: ConnectionLimits, noise: Noise) -> None:
        self.limits = limits
        self.noise = noise
        self._open = 0
        self._silent: OrderedDict[Connection, float] = OrderedDict()
        self._answered: OrderedDict[Connection, float] = OrderedDict()
        self._sending: OrderedDict[Connection, float] = OrderedDict()
        self._sweeper: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        """How many are open."""
        return self._open

    def start(self) -> None:
        """Begin to look for connections that take too long."""
        self._sweeper = asyncio.create_task(self._sweep())

    async def aclose(self) -> None:
        """Stop looking."""
        if self._sweeper is not None:
            self._sweeper.cancel()
            await asyncio.gather(self._sweeper, return_exceptions=True)

    def opened(self, connection: "Connection") -> bool:
        """Take one more connection; False if there is no room even without those that wait."""
        if self._open >= self.limits.most and not self._make_room():
            self.noise.note("connections refused: too many are being answered")
            return False
        self._open += 1
        self._silent[connection] = _now()
        return True

    def closed(self, connection: "Connection") -> None:
        """Forget a connection."""
        self._open -= 1
        self._forget(connection)

    @contextmanager
    def serving(self, connection: object) -> Generator[None]:
        """Keep a connection from being taken for one that waits, while its request is answered."""
        if not isinstance(connection, Connection):
            yield
            return
        self._forget(connection)
        try:
            yield
        finally:
            if connection.transport is not None:
                connection.rest(_now())
                self._answered[connection] = _now()

    @contextmanager
    def receiving(self, connection: object) -> Generator[None]:
        """Count a connection as one that sends a body."""
        if not isinstance(connection, Connection):
            yield
            return
        self._sending[connection] = _now()
        try:
            yield
        finally:
            self._sending.pop(connection, None)

    def _forget(self, connection: "Connection") -> None:
        self._silent.pop(connection, None)
        self._answered.pop(connection, None)
        self._sending.pop(connection, None)

    def _make_room(self) -> bool:
        oldest = _longest(self._silent, _JUST_OPENED)
        if oldest is None and len(self._silent) < self.limits.most / 2:
            oldest = _longest(self._answered, _JUST_ANSWERED)
        if oldest is not None:
            return self._end(oldest, "sent no request")
        sender = _longest(self._sending, self.limits.taking_seconds, lambda _: True)
        return self._end_slow_taker() or self._end(sender, "sent their requests slowly")

    def may_send(self, size: int) -> bool:
        """Say whether an answer of so many bytes may be kept until it is taken; slow takers of others give way."""
        if size < _SMALL_ANSWER:
            return True
        while self._untaken() + size > self.limits.untaken_bytes:
            if not self._end_slow_taker():
                self.noise.note("answers refused: too many wait to be taken")
                return False
        return True

    def _untaken(self) -> int:
        return sum(connection.untaken for connection in self._answered)

    def _end_slow_taker(self) -> bool:
        """End the connection that has taken longest over an answer, if that is too long; False if there is none."""
        taker = _longest(self._answered, self.limits.taking_seconds, lambda one: one.writing)
        return self._end(taker, "took their answers slowly")

    def _end(self, connection: "Connection | None", what: str) -> bool:
        """End a connection for what it and its like did; False if there is none."""
        if connection is None:
            return False
        self.noise.note(f"connections closed: they {what} and others need the room")
        connection.forget()  # its room is free at once; the loop tells of the loss only later
        connection.abort()
        return True

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP)
            now = _now()
            late = [one for one in (*self._silent, *self._answered) if one.is_late(now, self.limits)]
            for connection in late:
                self.noise.note("connections closed: no whole request in time")
                connection.abort()


def _is_quiet(connection: "Connection") -> bool:
    return not connection.writing


def _longest(
    waiting: "OrderedDict[Connection, float]", least: float, wanted: "Callable[[Connection], bool]" = _is_quiet
) -> "Connection | None":
    """Return the wanted connection that is there longest, at least so many seconds; else those that take no answer."""
    before = _now() - least
    for connection, since in waiting.items():
        if since > before:
            return None
        if wanted(connection):
            return connection
    return None


def _now() -> float:
    return asyncio.get_running_loop().time()


class Connection(web.RequestHandler):
    """One connection: aiohttp's, with a clock, and with v7's error answer to what is no HTTP."""

    def __init__(self, manager: web.Server, connections: Connections, **options: Any) -> None:
        super().__init__(manager, loop=asyncio.get_running_loop(), **options)
        self._connections = connections
        self._known = False
        self._since: float | None = None
        self._unsent = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection, or close it at once where there is no room."""
        self._since = _now()
        super().connection_made(transport)
        self._known = self._connections.opened(self)
        if not self._known:
            self.abort()

    def connection_lost(self, exc: BaseException | None) -> None:
        """Make room for another."""
        self.forget()
        super().connection_lost(exc)

    def forget(self) -> None:
        """Count this connection no more."""
        if self._known:
            self._known = False
            self._connections.closed(self)

    def data_received(self, data: bytes) -> None:
        """Start the clock at the first byte of a request's head."""
        if self._since is None:
            self._since = _now()
        super().data_received(data)

    def rest(self, now: float) -> None:
        """Stop the clock: the answer is on its way, and the next request may take as long as connections are kept."""
        self._since = now if self.writing else None

    @property
    def writing(self) -> bool:
        """True while an answer has not been taken by the other side."""
        return bool(self.untaken)

    @property
    def untaken(self) -> int:
        """Bytes of an answer that the other side has not taken."""
        return self.transport.get_write_buffer_size() if isinstance(self.transport, asyncio.WriteTransport) else 0

    def is_late(self, now: float, limits: ConnectionLimits) -> bool:
        """Say whether the other side takes too long, over its request or over our answer."""
        unsent, before = self.untaken, self._unsent
        self._unsent = unsent
        if unsent and unsent != before:
            self._since = now  # it is taken slowly, but it is taken
        if self._since is None:
            return False
        return now - self._since > (limits.answer_seconds if unsent else limits.head_seconds)

    def abort(self) -> None:
        """Close without a word."""
        transport = self.transport
        self.force_close()
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()

    def log_exception(self, *args: Any, **options: Any) -> None:
        """Log what went wrong, unless the other side did: aiohttp logs each body that is not what it says it is."""
        if isinstance(options.get("exc_info"), _NOT_OURS):
            self._connections.noise.note("malformed requests")
        else:
            super().log_exception(*args, **options)

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """Answer what never reached the application in v7's words."""
        del request, message
        trace = uuid.uuid4().hex.upper()
        if isinstance(exc, ConnectionError):  # it is gone before it could be told to go on with its body
            status = HTTPStatus.BAD_REQUEST
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            log.error("answering failed, trace %s", trace, exc_info=exc)
        else:
            self._connections.noise.note("malformed requests")
        response = failed(problems.of_status(status), {"Connection": "close"}, trace)
        response.force_close()
        return response


class HttpRunner(web.AppRunner):
    """aiohttp's runner, with connections of ours."""

    def __init__(self, app: web.Application, connections: Connections, **options: Any) -> None:
        super().__init__(app, **options)
        self._connections = connections
        self._options = options

    @property
    def server(self) -> Any:
        """What makes a protocol for each new connection."""
        manager = super().server
        known = {
            name: value for name, value in self._options.items() if name not in {"shutdown_timeout", "handle_signals"}
        }
        return None if manager is None else lambda: Connection(manager, self._connections, **known)
