"""A circuit breaker: a provider that keeps failing is not asked for a while.

Ours and not a library's: purgatory, the one that is kept for asyncio, counts a cancelled call as the caller's business
or as a failure but cannot tell a slow one by its time, lets everybody through when it is half open, goes by the wall
clock and knows no Retry-After.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.bing_v7 import Misconfigured, Provider, ProviderError, RateLimited, Unavailable, Verb
from bot.bing_v7.wrapper import Ans, Req, Wrapper

log = logging.getLogger(__name__)


class State(StrEnum):
    """Closed: asked as usual. Open: not asked. Half open: one question is on its way to see whether it is back."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half-open"


@dataclass(frozen=True, slots=True)
class BreakerRules:
    """When to stop and for how long; times are seconds.

    ``failures`` in a row open the breaker for ``rest``, doubled with every failed trial up to ``longest``; a call given
    up by its caller after ``slow`` counts as a failure.
    """

    failures: int = 3
    rest: float = 30.0
    longest: float = 600.0
    slow: float = 1.0


Listener = Callable[[str, State, float], None]
"""Called with the provider's name, the new state, and the seconds that it is paused."""


class Breaker(Wrapper):
    """A provider that is paused when it keeps failing.

    Args:
        inner: the provider.
        rules: when and for how long.
        listener: called for every change.
        clock: seconds, never going back.
    """

    def __init__(
        self,
        inner: Provider,
        rules: BreakerRules | None = None,
        *,
        listener: Listener | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(inner)
        self.rules = rules or BreakerRules()
        self._listener = listener
        self._clock = clock
        self._failures = 0
        self._trips = 0
        self._until = 0.0
        self._trying = False
        self._state = State.CLOSED
        self._rate_limited = False

    @property
    def state(self) -> State:
        """The state now."""
        if self._state is State.OPEN and self._clock() >= self._until:
            return State.HALF_OPEN
        return self._state

    @property
    def rests_for(self) -> timedelta:
        """How long the provider is still paused."""
        return timedelta(seconds=max(0.0, self._until - self._clock())) if self._state is State.OPEN else timedelta()

    async def around(self, verb: Verb, request: Req, ask: Callable[[Req], Awaitable[Ans]]) -> Ans:  # noqa: ARG002
        """Ask, unless the provider is paused.

        Raises:
            RateLimited: paused because it asked for that; ``retry_after`` says how long.
            Unavailable: paused because it kept failing.
        """
        trial = self._admit()
        started = self._clock()
        try:
            answer = await ask(request)
        except asyncio.CancelledError:
            if self._clock() - started >= self.rules.slow:
                self._failed(trial)
            raise
        except RateLimited as error:
            self._open(error.retry_after.total_seconds() if error.retry_after else self.rules.rest, limited=True)
            raise
        except (Unavailable, Misconfigured):
            self._failed(trial)
            raise
        except ProviderError:
            self._succeeded()
            raise
        finally:
            self._trying = self._trying and not trial
        self._succeeded()
        return answer

    def _admit(self) -> bool:
        """Let a call through, or raise; true if it is the one trial of a half-open breaker."""
        state = self.state
        if state is State.CLOSED:
            return False
        if state is State.OPEN or self._trying:
            if self._rate_limited:
                raise RateLimited("resting as it asked", retry_after=self.rests_for, provider=self.name)
            raise Unavailable("resting after failures in a row", provider=self.name)
        self._trying = True
        self._tell(State.HALF_OPEN, 0.0)
        return True

    def _failed(self, trial: bool) -> None:
        if self._state is State.OPEN and not trial:
            return  # a call from before the breaker opened
        self._failures += 1
        if self._trips or self._failures >= self.rules.failures:
            self._open(self.rules.rest * 2**self._trips)

    def _open(self, seconds: float, *, limited: bool = False) -> None:
        seconds = min(max(seconds, 1.0), self.rules.longest)
        self._trips = min(self._trips + (not limited), 16)
        self._rate_limited = limited
        self._state, self._until = State.OPEN, self._clock() + seconds
        self._tell(State.OPEN, seconds)

    def _succeeded(self) -> None:
        was = self._state
        self._failures = self._trips = 0
        self._state = State.CLOSED
        if was is not State.CLOSED:
            self._tell(State.CLOSED, 0.0)

    def _tell(self, state: State, seconds: float) -> None:
        log.info("%s: breaker %s for %.0f s", self.name, state, seconds)
        if self._listener:
            self._listener(self.name, state, seconds)
