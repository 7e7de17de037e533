"""kill -9 before and after every write of a flow: afterwards no control that can be seen is dead."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.bing_v7 import Query
from bot.pages.desk import desk_of
from tests.cogs.helpers import choose, ids, press, texts

WRITES = frozenset({"add", "save", "save_many", "delete"})


class Mortal:
    """A store whose process dies before or after its n-th write; nothing is written from then on."""

    def __init__(self, store: Any, at: int, *, after: bool) -> None:
        self._store, self._left, self._after = store, at, after
        self.dead = False

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        if name not in WRITES:
            return found

        async def write(*arguments: Any, **named: Any) -> Any:
            self._left -= 1
            if self.dead or (self._left == 0 and not self._after):
                self.dead = True
                raise asyncio.CancelledError
            result = await found(*arguments, **named)
            if self._left == 0:
                self.dead = True
                raise asyncio.CancelledError
            return result

        return write


async def flow(nest: Any) -> None:
    """Search, turn, refine, share a private answer, hide and show again."""
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    await nest.quiet()
    for action in ("next", "last", "next"):
        await press(nest.mara, nest.shown(), action)
    await nest.mara.react(nest.shown(), "▶️")
    await nest.quiet()
    await choose(nest.mara, nest.shown(), "refine", "0")
    private = await nest.mara.slash(nest.channel, "image", query="blue", private=True)
    await press(nest.mara, private.response.message, "share")
    await nest.quiet()
    await press(nest.kim, nest.channel.history()[-1], "hide")
    await press(nest.theo, nest.channel.history()[-1], "restore")
    await nest.quiet()


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", range(1, 11))
async def test_killed_at_any_write_what_is_seen_still_works(nest: Any, step: int, after: bool) -> None:
    nest.failures_expected = True
    nest.service.answer = {"related_searches": (Query(text="tulips"),)}
    nest.env.settle_timeout = 2.0
    mortal = Mortal(nest.bot.services.sessions, step, after=after)
    sessions: Any = desk_of(nest.bot).live
    sessions._store = mortal
    try:
        async with asyncio.timeout(20):
            await flow(nest)
    except (asyncio.CancelledError, AssertionError, AttributeError, IndexError, KeyError, StopIteration):
        assert mortal.dead  # the flow ends where its bot died
    except Exception:
        if not mortal.dead:
            raise
    assert mortal.dead
    await nest.restart()
    seen = [message for message in nest.channel.history() if message.components]
    assert seen or step <= 2
    for message in seen:
        action = next(one for one in ("next", "restore", "previous") if one in ids(message))
        who = nest.theo if action == "restore" else nest.mara
        result = await press(who, message, action)
        assert result.acknowledged
        said = "\n".join(texts(one.message) for one in (result.response, *result.followups) if one is not None)
        assert "more than a day old" not in said
        assert "no longer kept" not in said
        assert "went wrong" not in said
        now = next(one for one in nest.channel.history() if one.id == message.id)
        assert now.embeds[0].title, action
