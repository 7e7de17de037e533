"""What is published for monitoring is what Prometheus reads, checked with its own parser."""

import asyncio
from collections import Counter

from aiohttp.test_utils import TestClient, TestServer
from prometheus_client.parser import text_string_to_metric_families

from bot.bing_v7 import Unavailable
from bot.cli.health import make_health_app
from bot.cli.metrics import published
from bot.observability.loop_lag import LoopLag
from bot.observability.metrics import Metric, counter, gauge
from bot.providers.http.metrics import CallCounts, CallOutcome, call_metrics
from bot.providers.middleware.breaker import Breaker, BreakerRules
from bot.providers.status import breaker_metric
from tests.providers.scripted import Scripted


def parsed(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    found = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    values = {(sample.name, tuple(sorted(sample.labels.items()))): sample.value for sample in found}
    assert len(values) == len(found), "the same sample twice"
    return values


def test_values_labels_and_types_arrive() -> None:
    calls = CallCounts()
    calls.record("openverse", CallOutcome.OK, 0.25)
    calls.record("openverse", CallOutcome.OK, 0.5)
    calls.record('odd "name"\\', CallOutcome.TOO_LARGE, 2.0)
    own = gauge("magpie_up", "Is up.", True), counter("magpie_late_total", "Late.", 3)
    text = published([*call_metrics(calls), *own])
    found = parsed(text.decode())
    assert found["magpie_provider_calls_total", (("outcome", "ok"), ("provider", "openverse"))] == 2
    assert found["magpie_provider_seconds_total", (("outcome", "ok"), ("provider", "openverse"))] == 0.75
    assert found["magpie_provider_calls_total", (("outcome", "too-large"), ("provider", 'odd "name"\\'))] == 1
    assert (found["magpie_up", ()], found["magpie_late_total", ()]) == (1, 3)
    assert found["process_resident_memory_bytes", ()] > 1e6
    assert found["process_open_fds", ()] > 0
    kinds = Counter((f.name, f.type) for f in text_string_to_metric_families(text.decode()))
    assert kinds["magpie_late", "counter"] == kinds["magpie_up", "gauge"] == 1


async def test_a_metric_without_samples_and_a_resting_provider() -> None:
    resting = Breaker(Scripted("down", Unavailable()), BreakerRules(failures=1))
    await asyncio.gather(resting.trending(None), return_exceptions=True)  # type: ignore[arg-type]  # never looked at
    metrics = [breaker_metric([resting, Scripted("bare")]), Metric("magpie_refused_total", "counter", "None yet.", ())]
    found = parsed(published(metrics).decode())
    assert found["magpie_breaker_open", (("provider", "down"), ("verb", "trending"))] == 1
    assert found["magpie_breaker_open", (("provider", "down"), ("verb", "search"))] == 0
    assert not [name for name, _ in found if name == "magpie_refused_total"]


async def test_the_lag_of_a_loop_that_is_blocked_is_published() -> None:
    lag = LoopLag()
    lag.start()
    found = parsed(published(lag.metrics()).decode())
    lag.stop()
    assert found["magpie_event_loop_lag_seconds", ()] == 0


async def test_the_content_type_names_the_format() -> None:
    async def ready() -> str | None:
        return None

    body = published([gauge("magpie_up", "Is up.", 1)])
    async with TestClient(TestServer(make_health_app(ready, lambda: body))) as client:
        answer = await client.get("/metrics")
        assert answer.headers["Content-Type"].startswith("text/plain; version=")
        assert answer.charset == "utf-8"
        assert parsed(await answer.text())["magpie_up", ()] == 1
