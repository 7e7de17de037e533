"""Child processes: bounded, killable, fair, and without anything of ours."""

import asyncio
import io
import os
import signal
import time
from pathlib import Path

import pytest
from PIL import Image

from bot.bing_v7 import Overloaded, PictureRefused, Unavailable
from bot.media.limits import FitLimits, PoolLimits
from bot.media.pool import WorkerPool
from bot.media.refusal import Refused
from bot.media.runner import Busy, Closed
from bot.media.service import Media

from .children import processes_of
from .handlers import sleeper
from .made import coded, scene
from .test_decoding import even_png


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


async def test_a_picture_comes_out_as_a_plain_jpeg(media, draw) -> None:
    upload = await media.fit(draw("PNG"))
    assert (opened(upload.data).format, opened(upload.data).size) == ("JPEG", (320, 200))
    assert (upload.content_type, len(upload.sha1), upload.damaged) == ("image/jpeg", 40, False)


async def test_large_pictures_are_shrunk_to_the_limits(media, draw) -> None:
    upload = await media.fit(draw("JPEG", (3000, 1500)), limits=FitLimits(max_bytes=20_000, max_edge=400))
    assert len(upload.data) <= 20_000
    assert max(opened(upload.data).size) <= 400


async def test_a_picture_just_under_the_cap_stays_within_the_memory_of_a_child(media) -> None:
    assert opened((await media.fit(even_png(8900, 8900))).data).size == (1500, 1500)


async def test_too_many_pixels(media) -> None:
    with pytest.raises(PictureRefused) as refused:
        await media.fit(even_png(10_000, 10_000))
    assert (refused.value.why, refused.value.limit) == ("too-many-pixels", 80_000_000)
    assert refused.value.megapixels == (100, 80)
    assert str(refused.value.__cause__) == "the picture has 100 megapixels, and at most 80 are read"


async def test_damage_is_said(media, draw) -> None:
    data = draw("JPEG", (600, 400))
    assert (await media.fit(data[: len(data) * 9 // 10])).damaged
    with pytest.raises(PictureRefused) as refused:
        await media.fit(data[: len(data) // 3])
    assert refused.value.why == "broken"


async def test_what_takes_too_long_is_killed() -> None:
    async with WorkerPool(sleeper, PoolLimits(at_once=1, seconds=0.3)) as pool:
        with pytest.raises(Refused) as refused:
            await pool.run({"sleep": 30})
        assert refused.value.why == "too-slow"
        assert processes_of(pool) == ()


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="processor time is bounded on Unix")
async def test_what_takes_too_much_processor_time_is_killed_and_a_wait_is_no_fault_of_the_picture() -> None:
    async with WorkerPool(sleeper, PoolLimits(at_once=1, seconds=1.5)) as pool:
        assert (await pool.run({"sleep": 2, "name": "waited"}))[0] == {"name": "waited"}
        with pytest.raises(Refused) as refused:
            await pool.run({"spin": 60})
        assert refused.value.why == "too-slow"
        assert (await pool.run({"name": "next"}))[0] == {"name": "next"}


async def test_a_child_that_dies_costs_its_own_job() -> None:
    async with WorkerPool(sleeper, PoolLimits(at_once=1)) as pool:
        with pytest.raises(Refused) as refused:
            await pool.run({"die": True})
        assert refused.value.why == "crashed"
        assert (await pool.run({"name": "next"}, b"data"))[1] == b"data"


async def test_what_a_library_prints_is_no_answer() -> None:
    async with WorkerPool(sleeper, PoolLimits(at_once=1)) as pool:
        assert await pool.run({"print": True, "name": "a"}) == ({"name": "a"}, b"")


async def test_a_stopped_idle_child_is_replaced() -> None:
    async with WorkerPool(sleeper, PoolLimits(at_once=1)) as pool:
        await pool.run({"name": "a"})
        os.kill(processes_of(pool)[0], signal.SIGKILL)
        await asyncio.sleep(0.2)
        assert (await pool.run({"name": "b"}))[0] == {"name": "b"}


async def test_a_cancelled_job_leaves_no_child_behind() -> None:
    async with WorkerPool(sleeper, PoolLimits(at_once=1)) as pool:
        await pool.run({})
        task = asyncio.create_task(pool.run({"sleep": 30}))
        await asyncio.sleep(0.2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert processes_of(pool) == ()
        assert (await pool.run({"name": "b"}))[0] == {"name": "b"}


async def test_a_job_that_is_cancelled_while_its_child_is_ended_leaves_none_behind() -> None:
    """A stop meets what is already being given up: both cancel the same job."""
    async with WorkerPool(sleeper, PoolLimits(at_once=1)) as pool:
        await pool.run({})
        (child,) = processes_of(pool)
        task = asyncio.create_task(pool.run({"sleep": 30}))
        await asyncio.sleep(0.2)
        task.cancel()
        await asyncio.sleep(0)  # it cancels the work ...
        await asyncio.sleep(0)  # ... which kills the child and waits for its end
        await pool.aclose()
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_nobody_waits_longer_than_told_and_others_do_not_wait_for_one_persons_pictures() -> None:
    async with WorkerPool(sleeper, PoolLimits(at_once=1)) as pool:
        await pool.run({})
        many = [asyncio.create_task(pool.run({"sleep": 1.5}, owner="ann", patience=4)) for _ in range(12)]
        await asyncio.sleep(0)
        await pool.run({"name": "tom"}, owner="tom", patience=4)
        assert sum(one.done() for one in many) < 3, "tom was not the last"
        outcomes = await asyncio.gather(*many, return_exceptions=True)
        assert {type(one) for one in outcomes} == {tuple, Busy}


async def test_a_queue_that_is_full_says_so_at_once() -> None:
    async with WorkerPool(sleeper, PoolLimits(at_once=1, waiting_bytes=1000)) as pool:
        first = [asyncio.create_task(pool.run({"sleep": 0.5}, bytes(600), owner=n, patience=5)) for n in range(2)]
        await asyncio.sleep(0.05)
        with pytest.raises(Busy):
            await pool.run({}, bytes(600), owner=3, patience=5)
        await asyncio.gather(*first)
        assert (await pool.run({}, bytes(600), owner=3, patience=5))[1] == bytes(600)


async def test_nobody_waits_for_heavy_jobs_but_heavy_ones() -> None:
    async with WorkerPool(sleeper, PoolLimits(at_once=2, heavy_at_once=2, heavy_memory=100)) as pool:
        await asyncio.gather(pool.run({"sleep": 0.1}), pool.run({"sleep": 0.1}))
        began = time.monotonic()
        heavy = [asyncio.create_task(pool.run({"heavy": 80, "sleep": 0.6}, owner="ann")) for _ in range(4)]
        await asyncio.sleep(0.05)
        await asyncio.gather(*(pool.run({"name": "light"}, owner="tom") for _ in range(6)))
        assert not all(one.done() for one in heavy[1:])
        await asyncio.gather(*heavy)
        assert time.monotonic() - began >= 2.4, "there is memory for one at a time"


async def test_whoever_would_wait_for_nothing_is_told_at_once_and_when_to_come_again() -> None:
    """Thought to take a second each, the last of sixteen have no turn in eight; the others are told when the first one
    shows that they take much longer."""
    async with WorkerPool(sleeper, PoolLimits(at_once=1, heavy_at_once=1)) as pool:
        await pool.run({})
        jobs = [asyncio.create_task(pool.run({"heavy": 9, "sleep": 60}, owner="ann", patience=8)) for _ in range(16)]
        done, others = await asyncio.wait(jobs, return_when=asyncio.FIRST_COMPLETED)
        assert done
        assert others
        outcomes = await asyncio.gather(*jobs, return_exceptions=True)
        assert {type(one) for one in outcomes} == {Busy}
        waits = [one.wait for one in outcomes if isinstance(one, Busy) and one.wait is not None]
        assert len(waits) >= 8, "who is refused before his time knows when to come again"
        assert max(waits) > min(waits) > 0, "and not all at once"


async def test_a_heavy_job_that_gets_its_turn_in_time_is_not_refused_for_those_before_it() -> None:
    async with WorkerPool(sleeper, PoolLimits(at_once=1, heavy_at_once=1)) as pool:
        await pool.run({})
        jobs = [pool.run({"heavy": 9, "sleep": 0.2, "name": n}, owner=n % 2, patience=120) for n in range(8)]
        assert [said["name"] for said, _ in await asyncio.gather(*jobs)] == list(range(8))


async def test_heavy_jobs_run_side_by_side_where_their_memory_allows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.media.children._LINGERING", 0.05)
    async with WorkerPool(sleeper, PoolLimits(at_once=1, heavy_at_once=2, heavy_memory=100)) as pool:
        both = [asyncio.create_task(pool.run({"heavy": 50, "sleep": 1.0, "name": n}, owner=n)) for n in range(2)]
        side_by_side = 0
        while not all(task.done() for task in both):
            await asyncio.sleep(0.02)
            side_by_side = max(side_by_side, len(processes_of(pool)))
        await asyncio.gather(*both)
        assert side_by_side >= 2
        async with asyncio.timeout(30):
            while len(processes_of(pool)) > 1:  # noqa: ASYNC110 - processes that end tell nobody
                await asyncio.sleep(0.05)


async def test_heavy_jobs_give_way_and_their_child_is_kept_for_the_next_one() -> None:
    async with WorkerPool(sleeper, PoolLimits(at_once=1)) as pool:
        await pool.run({"heavy": 50, "sleep": 0.0})
        before = set(processes_of(pool))
        await pool.run({"heavy": 50, "sleep": 0.0})
        assert set(processes_of(pool)) == before
        own = os.getpriority(os.PRIO_PROCESS, 0)
        assert sorted(os.getpriority(os.PRIO_PROCESS, pid) - own for pid in before) == [0, 10]


async def test_what_needs_more_than_all_heavy_jobs_may_runs_alone_and_is_not_passed_for_ever() -> None:
    done: list[str] = []

    async def run(name: str, needed: int) -> None:
        await pool.run({"heavy": needed, "sleep": 0.1}, owner=name)
        done.append(name)

    async with WorkerPool(sleeper, PoolLimits(at_once=1, heavy_at_once=2, heavy_memory=100)) as pool:
        tasks = [asyncio.create_task(run("first", 60))]
        await asyncio.sleep(0.01)
        tasks += [asyncio.create_task(run("huge", 500))]
        await asyncio.sleep(0.01)
        tasks += [asyncio.create_task(run(f"small {n}", 10)) for n in range(5)]
        await asyncio.gather(*tasks)
    assert done[:2] == ["first", "huge"]


async def test_the_memory_of_a_child_is_bounded() -> None:
    pytest.importorskip("resource")
    async with WorkerPool(sleeper, PoolLimits(at_once=1, memory=400 * 1024 * 1024)) as pool:
        with pytest.raises(Refused):
            await pool.run({"allocate": 600 * 1024 * 1024})
        assert (await pool.run({"allocate": 1024, "name": "a"}))[0] == {"name": "a"}


needs_proc = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="facts of a process are read in /proc")


def proc(pid: int, name: str) -> str:
    return Path(f"/proc/{pid}/{name}").read_text()


def resident(pid: int) -> int:
    return next(int(line.split()[1]) for line in proc(pid, "status").splitlines() if line.startswith("VmRSS"))


@needs_proc
async def test_a_child_serves_many_pictures_without_growing(media, pool, draw) -> None:
    big = draw("PNG", (4000, 3000))
    await media.fit(big)
    both = processes_of(pool)
    child = both[-1]  # the one for heavy pictures
    before = resident(child)
    for _ in range(6):
        await media.fit(big)
    assert processes_of(pool) == both
    assert resident(child) < before * 1.3


@needs_proc
async def test_the_child_sees_none_of_our_environment(media, pool, draw, monkeypatch) -> None:
    monkeypatch.setitem(os.environ, "DISCORD_TOKEN", "canary")
    await media.fit(draw())
    assert "canary" not in proc(processes_of(pool)[0], "environ")


@needs_proc
async def test_a_child_is_light(media, pool) -> None:
    """It knows neither the contract nor Discord, nor anything else of ours."""
    await media.fit(coded(scene(), "PNG"))
    maps = proc(processes_of(pool)[0], "maps")
    assert not any(name in maps for name in ("pydantic_core", "aiohttp", "cv2", "numpy", "pi_heif", "pillow_jxl"))
    assert resident(processes_of(pool)[0]) < 32_000


async def test_a_closed_pool_takes_nothing_and_tells_who_waits() -> None:
    pool = WorkerPool(sleeper, PoolLimits(at_once=1))
    waiting = [asyncio.create_task(pool.run({"sleep": 5}, owner=n)) for n in range(3)]
    await asyncio.sleep(0.1)
    await pool.aclose()
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(one, Closed) for one in outcomes)
    with pytest.raises(Closed):
        await pool.run({})


async def test_the_contracts_errors(draw) -> None:
    async with WorkerPool(limits=PoolLimits(at_once=1, waiting_bytes=10)) as pool:
        with pytest.raises(Overloaded) as busy:
            await Media(pool).fit(draw())
        assert busy.value.retry_after is not None
    with pytest.raises(Unavailable):
        await Media(pool).fit(draw())


async def test_a_caller_may_have_more_patience_than_others(draw) -> None:
    async with WorkerPool() as pool:
        media = Media(pool, patience=0.001)
        with pytest.raises(Overloaded):
            await media.fit(draw())
        assert (await media.fit(draw(), patience=60)).data
