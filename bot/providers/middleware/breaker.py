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


Listener = Callable[[str, Verb, State, float], None]
"""Called with the provider's name, the verb, the new state of both, and the seconds that it is paused."""


class Breaker(Wrapper):
    """A provider that is paused when it keeps failing, for each verb by itself.

    An endpoint that has no trends, or whose lookups are down, goes on answering searches. A rate limit is the whole
    provider's.

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
        self._circuits = {verb: _Circuit(self.rules, clock) for verb in Verb}

    def state(self, verb: Verb) -> State:
        """Return the state of a verb now."""
        return self._circuits[verb].state

    def rests_for(self, verb: Verb) -> timedelta:
        """Return how long the provider is still not asked for this."""
        return self._circuits[verb].rests_for

    async def around(self, verb: Verb, request: Req, ask: Callable[[Req], Awaitable[Ans]]) -> Ans:
        """Ask, unless the provider is paused.

        Raises:
            RateLimited: paused because it asked for that; ``retry_after`` says how long.
            Unavailable: paused because it kept failing.
        """
        circuit = self._circuits[verb]
        trial = self._admit(verb, circuit)
        started = self._clock()
        try:
            answer = await ask(request)
        except asyncio.CancelledError:
            if self._clock() - started >= self.rules.slow:
                self._failed(verb, trial=trial)
            raise
        except RateLimited as error:
            self._limited(verb, error.retry_after.total_seconds() if error.retry_after else self.rules.rest)
            raise
        except (Unavailable, Misconfigured):
            self._failed(verb, trial=trial)
            raise
        except ProviderError:
            self._succeeded(verb)
            raise
        finally:
            circuit.trying = circuit.trying and not trial
        self._succeeded(verb)
        return answer

    def _admit(self, verb: Verb, circuit: "_Circuit") -> bool:
        """Let a call through, or raise; true if it is the one trial of a half-open circuit."""
        state = circuit.state
        if state is State.CLOSED:
            return False
        if state is State.OPEN or circuit.trying:
            if circuit.rate_limited:
                raise RateLimited("resting as it asked", retry_after=circuit.rests_for, provider=self.name)
            raise Unavailable("resting after failures in a row", provider=self.name)
        circuit.trying = True
        self._tell(verb, State.HALF_OPEN, 0.0)
        return True

    def _failed(self, verb: Verb, *, trial: bool) -> None:
        if seconds := self._circuits[verb].failed(trial=trial):
            self._tell(verb, State.OPEN, seconds)

    def _limited(self, verb: Verb, seconds: float) -> None:
        rests = [circuit.open(seconds, limited=True) for circuit in self._circuits.values()]
        self._tell(verb, State.OPEN, rests[0])

    def _succeeded(self, verb: Verb) -> None:
        if self._circuits[verb].succeeded():
            self._tell(verb, State.CLOSED, 0.0)

    def _tell(self, verb: Verb, state: State, seconds: float) -> None:
        log.info("%s, %s: breaker %s for %.0f s", self.name, verb, state, seconds)
        if self._listener:
            self._listener(self.name, verb, state, seconds)


class _Circuit:
    """What is known of one verb: its failures, and until when it is not asked for."""

    def __init__(self, rules: BreakerRules, clock: Callable[[], float]) -> None:
        self._rules = rules
        self._clock = clock
        self._failures = 0
        self._trips = 0
        self._until = 0.0
        self._state = State.CLOSED
        self.trying = False
        self.rate_limited = False

    @property
    def state(self) -> State:
        if self._state is State.OPEN and self._clock() >= self._until:
            return State.HALF_OPEN
        return self._state

    @property
    def rests_for(self) -> timedelta:
        return timedelta(seconds=max(0.0, self._until - self._clock())) if self._state is State.OPEN else timedelta()

    def failed(self, *, trial: bool) -> float | None:
        """Count a failure; return for how many seconds it opens, None if it does not."""
        if self._state is State.OPEN and not trial:
            return None  # a call from before it opened
        self._failures += 1
        if self._trips or self._failures >= self._rules.failures:
            return self.open(self._rules.rest * 2**self._trips)
        return None

    def open(self, seconds: float, *, limited: bool = False) -> float:
        """Open for so many seconds, within the rules; return how many it is."""
        seconds = min(max(seconds, 1.0), self._rules.longest)
        self._trips = min(self._trips + (not limited), 16)
        self.rate_limited = limited
        self._state, self._until = State.OPEN, self._clock() + seconds
        return seconds

    def succeeded(self) -> bool:
        """Close; return whether it was open."""
        was = self._state
        self._failures = self._trips = 0
        self._state = State.CLOSED
        return was is not State.CLOSED
