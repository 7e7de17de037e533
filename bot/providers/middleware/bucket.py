"""A token bucket."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Bucket:
    """A token bucket: ``burst`` tokens, refilled at ``per_second``."""

    per_second: float
    burst: float
    tokens: float = field(init=False)
    at: float = 0.0

    def __post_init__(self) -> None:
        self.tokens = self.burst

    def take(self, now: float, cost: float = 1) -> float:
        """Take tokens; 0 if there were enough, else the seconds until there are (and nothing is taken)."""
        self.tokens = min(self.burst, self.tokens + max(0.0, now - self.at) * self.per_second)
        self.at = now
        if self.tokens >= cost:
            self.tokens -= cost
            return 0.0
        return (cost - self.tokens) / self.per_second
