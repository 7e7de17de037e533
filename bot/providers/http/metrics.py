"""Counts calls by provider and outcome, for the about page and the operator; knows nothing of people or servers."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.observability.metrics import Metric


class CallOutcome(StrEnum):
    """How a call over the network ended."""

    OK = "ok"
    REFUSED = "refused"
    """A 4xx other than 429."""
    RATE_LIMITED = "rate-limited"
    FAILED = "failed"
    """A 5xx."""
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    TOO_LARGE = "too-large"
    REDIRECTED = "redirected"


@dataclass(frozen=True, slots=True)
class Tally:
    """Calls of one kind: how many, and how many seconds they took together."""

    calls: int = 0
    seconds: float = 0.0


class CallCounts:
    """Counters since the start of the process."""

    def __init__(self) -> None:
        self._tallies: defaultdict[tuple[str, CallOutcome], Tally] = defaultdict(Tally)

    def record(self, provider: str, outcome: CallOutcome, seconds: float) -> None:
        """Count one call that took ``seconds``."""
        old = self._tallies[provider, outcome]
        self._tallies[provider, outcome] = Tally(old.calls + 1, old.seconds + seconds)

    def snapshot(self) -> Mapping[tuple[str, CallOutcome], Tally]:
        """Return what was counted so far, as a copy."""
        return dict(self._tallies)


def outcome_of(status: int) -> CallOutcome:
    """Sort an HTTP status into an outcome."""
    if status == 429:  # noqa: PLR2004 - the number is the meaning
        return CallOutcome.RATE_LIMITED
    if status >= 500:  # noqa: PLR2004 - the number is the meaning
        return CallOutcome.FAILED
    return CallOutcome.REFUSED if status >= 400 else CallOutcome.OK  # noqa: PLR2004 - the number is the meaning


def call_metrics(counted: CallCounts) -> tuple[Metric, ...]:
    """Return how many calls there were, and how many seconds they took together."""
    found = sorted(counted.snapshot().items())
    labelled = [({"provider": provider, "outcome": str(outcome)}, tally) for (provider, outcome), tally in found]
    calls = tuple((labels, float(tally.calls)) for labels, tally in labelled)
    seconds = tuple((labels, tally.seconds) for labels, tally in labelled)
    return (
        Metric("magpie_provider_calls_total", "counter", "Calls to providers over the network, by outcome.", calls),
        Metric("magpie_provider_seconds_total", "counter", "Seconds that those calls took together.", seconds),
    )
