import asyncio
import logging
import socket
import time
import tracemalloc
from typing import Any

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.bing_v7 import BadAnswer, FormPart, HttpRequest, HttpResponse, Misconfigured, Unavailable
from bot.observability.redaction import HIDDEN, Redactor
from bot.providers.http.metrics import CallOutcome
from bot.providers.http.transport import TRANSPORT_TRACE_HEADER, Transport, TransportLimits, _Again, user_agent

from .conftest import Stage, squeezed


def get(stage: Stage, **changes: Any) -> HttpRequest:
    return HttpRequest("GET", f"{stage.base}/images", **changes)


async def test_what_is_sent_and_what_comes_back(stage: Stage, transport: Transport) -> None:
    stage.plays(200, "hello", X_Thing="1")
    answer = await transport.send(
        get(stage, params=(("q", "a&b é+|"), ("q", "2")), headers={"X-Key": "k"}), provider="p"
    )
    assert (answer.status, answer.body, answer.headers["x-thing"]) == (200, b"hello", "1")
    assert len(answer.headers[TRANSPORT_TRACE_HEADER]) == 16
    seen = stage.seen[0]
    assert seen.query.getall("q") == ["a&b é+|", "2"]
    assert seen.headers["X-Key"] == "k"
    assert seen.headers["User-Agent"] == transport.user_agent
    assert "(ops@example.org)" in transport.user_agent


async def test_multipart_and_raw_bodies(stage: Stage, transport: Transport) -> None:
    stage.plays()
    part = FormPart("file", b"\x89PNG", "image.png", "image/png")
    await transport.send(HttpRequest("POST", f"{stage.base}/up", parts=(FormPart("hide", b"3"), part)), provider="p")
    assert stage.seen[0].content_type == "multipart/form-data"
    assert b"\x89PNG" in stage.bodies[0]
    assert b'name="hide"' in stage.bodies[0]
    await transport.send(
        HttpRequest("POST", f"{stage.base}/raw", body=b"{}", headers={"Content-Type": "application/json"}), provider="p"
    )
    assert (stage.seen[1].content_type, stage.bodies[1]) == ("application/json", b"{}")


async def test_statuses_are_handed_on(stage: Stage, transport: Transport) -> None:
    stage.plays(404, "gone")
    assert (await transport.send(get(stage), provider="p")).status == 404
    assert transport.metrics.snapshot()["p", CallOutcome.REFUSED].calls == 1


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_a_passing_fault_is_tried_again_and_the_log_says_what_and_why(
    stage: Stage, transport: Transport, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")

    async def bad(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status)

    async def good(_: web.Request) -> web.StreamResponse:
        return web.Response(text="ok")

    stage.plays_in_turn(bad, good)
    assert (await transport.send(get(stage), provider="p")).body == b"ok"
    assert len(stage.seen) == 2
    (line,) = (record.getMessage() for record in caplog.records if "asked again" in record.getMessage())
    assert line.startswith("p is asked again: ")
    assert str(status) in line


async def test_what_may_not_be_sent_twice_is_sent_once(stage: Stage, transport: Transport) -> None:
    stage.plays(503)
    answer = await transport.send(get(stage, idempotent=False), provider="p")
    assert (answer.status, len(stage.seen)) == (503, 1)


async def test_the_last_answer_is_returned_when_all_attempts_fail(stage: Stage, transport: Transport) -> None:
    stage.plays(503, "busy")
    assert (await transport.send(get(stage), provider="p")).body == b"busy"
    assert len(stage.seen) == transport.limits.attempts


async def test_retry_after_is_obeyed_when_short(stage: Stage, transport: Transport) -> None:
    async def wait(_: web.Request) -> web.StreamResponse:
        return web.Response(status=429, headers={"Retry-After": "0"})

    async def good(_: web.Request) -> web.StreamResponse:
        return web.Response(text="ok")

    stage.plays_in_turn(wait, good)
    assert (await transport.send(get(stage), provider="p")).body == b"ok"


@pytest.mark.parametrize("headers", [{"Retry_After": "3600"}, {}])
async def test_a_429_that_lasts_is_not_hammered(stage: Stage, transport: Transport, headers: dict[str, str]) -> None:
    stage.plays(429, **headers)
    assert (await transport.send(get(stage), provider="p")).status == 429
    assert len(stage.seen) == 1
    assert transport.metrics.snapshot()["p", CallOutcome.RATE_LIMITED].calls == 1


async def test_silence_ends_in_time(stage: Stage, transport: Transport) -> None:
    async def silent(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(600)
        return web.Response()

    stage.handler = silent
    started = time.monotonic()
    with pytest.raises(Unavailable) as caught:
        await transport.send(get(stage), provider="p", within=0.3)
    assert time.monotonic() - started < 30
    assert caught.value.provider == "p"
    assert caught.value.trace_id


class Slow(Transport):
    """Each attempt takes 2.8 seconds and fails in a way that may pass."""

    attempts = 0

    async def _once(self, *_: Any) -> HttpResponse:
        self.attempts += 1
        await asyncio.sleep(2.8)
        raise _Again(HttpResponse(503, {}, b"busy"))


@pytest.mark.usefixtures("simulated_time")
@pytest.mark.parametrize(("seconds", "attempts"), [(3.0, 1), (9.5, 3)])
async def test_what_is_left_is_reckoned_on_the_clock_that_ends_it(seconds: float, attempts: int) -> None:
    """An attempt that no time is left for is not begun: the caller gets the answer there is, not a timeout."""
    slow = Slow()
    answer = await slow.send(HttpRequest("GET", "http://127.0.0.1:1/"), provider="p", within=seconds)
    assert (answer.status, slow.attempts) == (503, attempts)


async def test_dripping_bytes_end_with_the_whole_budget(stage: Stage, transport: Transport) -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        for _ in range(12000):
            await answer.write(b".")
            await asyncio.sleep(0.05)
        return answer

    stage.handler = drip
    with pytest.raises(Unavailable, match=r"no answer within 0\.4 s"):
        await transport.send(get(stage), provider="p", within=0.4)
    assert transport.metrics.snapshot()["p", CallOutcome.TIMEOUT].calls == 1


async def test_nobody_listens(transport: Transport) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(Unavailable, match="unreachable"):
        await transport.send(HttpRequest("GET", f"http://127.0.0.1:{port}/?api_key=s3cr3t-value"), provider="p")


async def test_a_connection_cut_short_is_an_unavailable(stage: Stage, transport: Transport) -> None:
    async def cut(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Length": "1000"})
        await answer.prepare(request)
        await answer.write(b"half")
        assert request.transport is not None
        request.transport.close()
        return answer

    stage.handler = cut
    with pytest.raises(Unavailable):
        await transport.send(get(stage), provider="p")


async def test_a_huge_body_is_left_unread(stage: Stage, transport: Transport) -> None:
    stage.plays(200, b"x" * 5_000_000)
    with pytest.raises(BadAnswer, match="larger than 200000 bytes"):
        await transport.send(get(stage), provider="p")
    assert transport.metrics.snapshot()["p", CallOutcome.TOO_LARGE].calls == 1


async def test_a_bomb_does_not_unpack(stage: Stage, transport: Transport) -> None:
    stage.plays(200, squeezed(300_000_000), Content_Encoding="gzip")
    tracemalloc.start()
    with pytest.raises(BadAnswer, match="larger than"):
        await transport.send(get(stage), provider="p", within=60)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 80_000_000


async def test_the_limit_itself_is_allowed(stage: Stage, transport: Transport) -> None:
    stage.plays(200, b"x" * 1000)
    assert len((await transport.send(get(stage), provider="p", max_bytes=1000)).body) == 1000
    with pytest.raises(BadAnswer):
        await transport.send(get(stage), provider="p", max_bytes=999)


async def test_broken_compression_is_an_error_of_the_service(stage: Stage, transport: Transport) -> None:
    stage.plays(200, b"not gzip at all", Content_Encoding="gzip")
    with pytest.raises(Unavailable):
        await transport.send(get(stage), provider="p")


async def test_no_redirect_is_followed(stage: Stage, transport: Transport) -> None:
    stage.plays(302, Location="http://elsewhere.invalid/?q=private")
    with pytest.raises(BadAnswer, match="another host") as caught:
        await transport.send(get(stage), provider="p")
    assert "private" not in str(caught.value)
    stage.plays(301, Location="/other")
    with pytest.raises(Misconfigured, match=r"http://127\.0\.0\.1"):
        await transport.send(get(stage), provider="p")
    assert len(stage.seen) == 2


@pytest.mark.parametrize("address", ["", "nonsense", "http://", "http://[", "ftp://example.org/", "http://a:99999/"])
async def test_a_bad_address_is_the_operators_to_mend(transport: Transport, address: str) -> None:
    with pytest.raises((Misconfigured, Unavailable)):
        await transport.send(HttpRequest("GET", address), provider="p")


async def test_cancellation_passes_through(stage: Stage, transport: Transport) -> None:
    async def silent(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(600)
        return web.Response()

    stage.handler = silent
    task = asyncio.create_task(transport.send(get(stage), provider="p"))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_borrowed_session_stays_open(stage: Stage) -> None:
    import aiohttp

    stage.plays()
    async with aiohttp.ClientSession() as session:
        async with Transport(session=session) as made:
            await made.send(get(stage), provider="p")
        assert not session.closed


async def test_keys_stay_out_of_the_log(stage: Stage, transport: Transport, caplog: pytest.LogCaptureFixture) -> None:
    stage.plays(503)
    with caplog.at_level(logging.DEBUG):
        await transport.send(
            get(stage, params=(("api_key", "s3cr3t-value"),), headers={"Authorization": "Bearer s3cr3t-value"}),
            provider="p",
        )
    ours = [record for record in caplog.records if record.name != "aiohttp.access"]  # the local server's own log
    assert any("p GET" in record.getMessage() for record in ours)
    assert "s3cr3t-value" not in str([(record.getMessage(), record.__dict__) for record in ours])


@pytest.mark.parametrize("seconds", [0.5, 2, 5, 30])
def test_times_leave_some_of_the_seconds_for_words(seconds: float) -> None:
    limits = TransportLimits.within(seconds)
    assert 0.8 * seconds <= limits.total < seconds
    assert limits.connect <= limits.total
    assert limits.read <= limits.total


def test_the_user_agent_holds_one_line() -> None:
    assert "\n" not in user_agent("me@example.org\r\nX: 1")
    assert "(contact not set)" in user_agent(None)


@pytest.mark.parametrize(
    "text",
    [
        "GET https://saucenao.com/search.php?output_type=2&api_key=0123456789abcdef",
        "Authorization: Bearer abcdefgh12345678",
        "{'X-Subscription-Token': 'abcdefgh12345678'}",
        'Authorization: "Api-Key abcdefgh12345678"',
        '{"access_token": "abcdefgh12345678"}',
        "Ocp-Apim-Subscription-Key: abcdefgh12345678",
    ],
)
def test_what_looks_like_a_key_is_hidden(text: str) -> None:
    cleaned = Redactor().clean(text)
    assert HIDDEN in cleaned
    assert "abcdefgh12345678" not in cleaned
    assert "0123456789abcdef" not in cleaned


@given(st.text(min_size=6), st.text(), st.text())
def test_a_known_key_is_hidden_wherever_it_stands(key: str, before: str, after: str) -> None:
    cleaned = Redactor([key]).clean(before + key + after)
    assert key not in cleaned.replace(HIDDEN, "") or key in before + after or key in HIDDEN


def test_a_log_record_is_cleaned_with_its_traceback() -> None:
    redactor = Redactor(["s3cr3t-value"])
    error = ValueError("s3cr3t-value")
    where = (ValueError, error, None)
    record = logging.LogRecord("n", logging.ERROR, "f", 1, "key %s", ("s3cr3t-value",), where)
    assert redactor.filter(record)
    assert "s3cr3t-value" not in logging.Formatter().format(record)
