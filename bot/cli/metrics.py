"""All metrics of the running bot, for the operator's monitoring (docs/operating.md)."""

import asyncio
from collections.abc import Iterable, Sequence

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from bot.client import Magpie
from bot.discord_ui.discord_io.in_flight import InFlight
from bot.discord_ui.sessions.service import session_service_of
from bot.observability.loop_lag import LoopLag
from bot.observability.metrics import Metric, counter, gauge
from bot.services import Services

_FAMILIES = {"gauge": GaugeMetricFamily, "counter": CounterMetricFamily}


def exposition(services: Services, clients: Sequence[Magpie], lag: LoopLag) -> bytes:
    """Return the metrics of providers, database, gateway, interactions, event loop and process, as Prometheus reads."""
    connected = any(client.connected for client in clients)
    return published(
        [
            *services.metrics(),
            gauge("magpie_gateway_connected", "1 if every shard is logged in.", connected),
            *(metric for client in clients for metric in _of_interactions(session_service_of(client).in_flight)),
            *lag.metrics(),
            gauge("magpie_tasks", "Tasks of the event loop.", len(asyncio.all_tasks())),
        ]
    )


def published(metrics: Sequence[Metric]) -> bytes:
    """Return metrics, and those that every process has, in Prometheus' text format."""
    registry = CollectorRegistry()
    registry.register(_Snapshot(metrics))
    ProcessCollector(registry=registry)
    return generate_latest(registry)


class _Snapshot(Collector):
    """Gives prometheus-client values that were counted elsewhere."""

    def __init__(self, metrics: Sequence[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterable[GaugeMetricFamily | CounterMetricFamily]:
        for metric in self._metrics:
            names = sorted({label for labels, _ in metric.samples for label in labels})
            family = _FAMILIES[metric.kind](metric.name, metric.documentation, labels=names)
            for labels, value in metric.samples:
                family.add_metric([labels[name] for name in names], value)
            yield family


def _of_interactions(found: InFlight) -> tuple[Metric, ...]:
    refused = tuple(({"limit": limit}, float(times)) for limit, times in sorted(found.refused.items()))
    return (
        gauge("magpie_interactions_in_flight", "Interactions being answered.", len(found)),
        gauge("magpie_private_messages_waiting", "Private messages waiting for their turn.", found.copies_waiting),
        counter("magpie_interactions_late_total", "Interactions that had to be deferred late.", found.late),
        counter("magpie_interactions_overdue_total", "Interactions stopped after thirty seconds.", found.overdue),
        Metric("magpie_refused_total", "counter", "Interactions refused, by the limit that was met.", refused),
    )
