"""``magpie try`` as a program of its own, for tests of what people get in the browser."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests import preloaded
from tests.starter_data import give_dictionaries, give_starter

_ROOT = Path(__file__).parents[2]
_ADDRESS = re.compile(rb"http://127\.0\.0\.1:\d+/")
_STARTS_WITHIN = 120.0


@asynccontextmanager
async def running_tryout(home: Path, *, forked: bool = False, **settings: str) -> AsyncIterator[str]:
    """Run it with nothing set but a folder of its own and what is given; yields the address of its page.

    With ``forked``, or where this process was forked itself, its imports are shared (`tests.preloaded`).
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAGPIE_", "DISCORD_"))}
    env = {**kept, "MAGPIE_DATA_DIR": str(home / "data"), "HOME": str(home), "PYTHONPATH": str(_ROOT), **settings}
    give_starter(home / "data")
    give_dictionaries(home)
    magpie = await preloaded.start_either_way("bot", "try", "--port", "0", cwd=home, env=env, forked=forked)
    assert magpie.stdout is not None
    said = b""
    try:
        async with asyncio.timeout(_STARTS_WITHIN):
            while not (found := _ADDRESS.search(said)):
                line = await magpie.stdout.readline()
                assert line, said.decode()
                said += line
        draining = asyncio.create_task(magpie.stdout.read())
        yield found[0].decode()
        magpie.terminate()
        await magpie.wait()
        await draining
    finally:
        if magpie.returncode is None:
            magpie.kill()
            await magpie.wait()
