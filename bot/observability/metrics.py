"""A metric as a plain value: what is measured below the command line, without knowing how it is published."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric by Prometheus' rules for names: ``samples`` have all the same labels; a counter ends in ``_total``."""

    name: str
    kind: Literal["gauge", "counter"]
    documentation: str
    samples: tuple[tuple[Labels, float], ...]


def gauge(name: str, documentation: str, value: float) -> Metric:
    """Return a gauge without labels."""
    return Metric(name, "gauge", documentation, (({}, value),))


def counter(name: str, documentation: str, value: float) -> Metric:
    """Return a counter without labels."""
    return Metric(name, "counter", documentation, (({}, value),))
