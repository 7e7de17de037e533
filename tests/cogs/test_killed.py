"""kill -9 before and after every write of every flow: afterwards no control that can be seen is dead."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import pytest
from PIL import Image

from bot.bing_v7 import Category, Query, Tile, TrendingImages
from bot.discord_ui.sessions.service import session_service_of
from bot.storage.choices import Choices
from tests.discord_ui.fakes import picture
from tests.discord_ui.lookups import FakeLookups
from tests.examples import some

from .helpers import choose, ids, press, texts, time_passes

WRITES = frozenset({"add", "save", "save_many", "delete", "detach", "set_server", "set_person"})
DEAD = ("no longer kept", "went wrong", "did not accept")
SOUGHT = (
    "next", "previous", "restore", "again", "insight-send", "insight-back", "insight", "credit", "view", "more",
    "delete",
)  # fmt: skip
"""Controls to try on a message that is seen after a restart, the first of them that it has."""


class Life:
    """A process that dies before or after its n-th write; nothing is written from then on."""

    def __init__(self, at: int, *, after: bool) -> None:
        self._left, self._after = at, after
        self.dead = False
        self.writes = 0

    def over(self, thing: Any) -> Any:
        """Return a store that belongs to this life."""
        return _Mortal(self, thing)

    async def write(self, work: Callable[[], Awaitable[Any]]) -> Any:
        self.writes += 1
        if self.dead or (self.writes == self._left and not self._after):
            self.dead = True
            raise asyncio.CancelledError
        result = await work()
        if self.writes == self._left:
            self.dead = True
            raise asyncio.CancelledError
        return result


class _Mortal:
    def __init__(self, life: Life, thing: Any) -> None:
        self._life, self._thing = life, thing

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._thing, name)
        if name not in WRITES:
            return found
        return lambda *arguments, **named: self._life.write(lambda: found(*arguments, **named))


def begins(nest: Any, life: Life) -> None:
    """Let everything that the bot of now writes belong to a life."""
    sessions: Any = session_service_of(nest.bot).cache
    sessions._store = life.over(nest.bot.services.sessions)
    nest.bot.services.choices = life.over(nest.choices)


async def searching(nest: Any) -> None:
    """Search, turn, refine, share a private answer, hide and show again."""
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    await nest.quiet()
    for action in ("next", "next", "next"):
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


async def looking_up(nest: Any) -> None:
    """Hand a picture in, agree that it may go out, look at lists and at a part."""
    nest.service.services = ("tineye",)
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "PNG")
    await nest.mara.slash(nest.channel, "identify", image=("cat.png", out.getvalue()))
    await nest.quiet()
    await press(nest.mara, nest.shown(), "insight-send")
    await nest.quiet()
    await choose(nest.mara, nest.shown(), "insight", "similar")
    await press(nest.mara, nest.shown(), "next")
    await choose(nest.mara, nest.shown(), "insight", "overview")
    await press(nest.mara, nest.shown(), "insight-region")
    await press(nest.mara, nest.shown(), "insight-part")
    await nest.quiet()


async def trends(nest: Any) -> None:
    """See what is trending, another category, a tile's search."""
    await nest.mara.slash(nest.channel, "trending")
    await nest.quiet()
    await press(nest.mara, nest.shown(), "next")
    await choose(nest.mara, nest.shown(), "category", "1")
    await press(nest.mara, nest.shown(), "tile")
    await press(nest.mara, nest.shown(), "next")
    await nest.quiet()


async def sharing(nest: Any) -> None:
    """Turn a private answer, publish it, turn what is public."""
    private = await nest.mara.slash(nest.channel, "image", query="blue", private=True)
    await press(nest.mara, private.response.message, "next")
    await press(nest.mara, private.response.message, "share")
    await nest.quiet()
    await press(nest.mara, nest.channel.history()[-1], "next")
    await press(nest.mara, private.response.message, "previous")
    await nest.quiet()


async def copying(nest: Any) -> None:
    """Somebody else turns pages, refines, asks for more of a kind, looks at details and leaves a gallery."""
    await nest.mara.slash(nest.channel, "image", query="red flowers", view="gallery")
    await nest.quiet()
    own = await press(nest.kim, nest.shown(), "next")
    await choose(nest.kim, own.response.message, "refine", "0")
    one = await press(nest.kim, own.response.message, "view")
    await press(nest.kim, one.response.message, "similar")
    await press(nest.kim, one.response.message, "details")
    await nest.quiet()


async def grown_old(nest: Any) -> None:
    """A day later: a reaction, then the same asked again in place, and by somebody else from a note."""
    await press(nest.mara, nest.channel.history()[0], "again")
    await nest.quiet()
    note = await press(nest.kim, nest.channel.history()[1], "next")
    await press(nest.kim, note.response.message, "again")
    note = await press(nest.mara, nest.channel.history()[1], "next")
    await press(nest.mara, note.response.message, "again")
    await nest.mara.react(nest.channel.history()[1], "▶️")
    await nest.quiet()


async def yesterday(nest: Any) -> None:
    """Two searches of yesterday, one of which says that it is over."""
    for query in ("red flowers", "blue"):
        await nest.mara.slash(nest.channel, "image", query=query, color="Red")
        await nest.quiet()
    await time_passes(nest)
    await nest.mara.react(nest.channel.history()[0], "▶️")
    await nest.quiet()


FLOWS: Mapping[str, tuple[Callable[[Any], Awaitable[None]], int]] = {
    "search": (searching, 13),
    "lookup": (looking_up, 8),
    "trending": (trends, 5),
    "share": (sharing, 8),
    "copy": (copying, 10),
    "again": (grown_old, 5),
}
"""Every flow with how often it writes."""


def points(name: str) -> Sequence[Any]:
    """Before and after every write of a flow: of publishing all, of others a third in a usual run."""
    each = [
        pytest.param(name, step, after, id=f"{name}-{'after' if after else 'before'}-{step}")
        for step in range(1, FLOWS[name][1] + 1)
        for after in (False, True)
    ]
    return each if name == "share" else some(each)


@pytest.fixture
def cogs() -> tuple[str, ...]:
    return ("cogs.search", "cogs.trending", "cogs.identify")


@pytest.fixture
def service() -> FakeLookups:
    """Twenty-five pictures, two categories, a related search."""
    images = [picture(number) for number in range(1, 26)]
    tiles = tuple(Tile(query=Query(text=f"query {image.name}"), image=image) for image in images[:12])
    trending = TrendingImages(categories=(Category(title="A", tiles=tiles[:6]), Category(title="B", tiles=tiles[6:])))
    answer = {"related_searches": (Query(text="tulips"),)}
    return FakeLookups(images, trends=trending, answer=answer, alike=images[:4])


@pytest.fixture
def ready(nest: Any, can_identify: Choices) -> None:
    """Note the choices, which a bot that is to be killed reaches by another way."""
    nest.choices = can_identify


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("name", FLOWS)
async def test_every_write_of_a_flow_is_tried(nest: Any, name: str) -> None:
    flow, writes = FLOWS[name]
    if name == "again":
        await yesterday(nest)
    life = Life(0, after=False)
    begins(nest, life)
    await flow(nest)
    assert (life.writes, life.dead) == (writes, False)


@pytest.mark.usefixtures("ready")
@pytest.mark.thorough
@pytest.mark.parametrize(("name", "step", "after"), [point for name in FLOWS for point in points(name)])
async def test_killed_at_any_write_what_is_seen_still_works(nest: Any, name: str, step: int, after: bool) -> None:
    nest.failures_expected = True
    if name == "again":
        await yesterday(nest)
    life = Life(step, after=after)
    begins(nest, life)
    try:
        async with asyncio.timeout(60):
            await FLOWS[name][0](nest)
    except (asyncio.CancelledError, AssertionError, AttributeError, IndexError, KeyError, StopIteration):
        assert life.dead  # the flow ends where its bot died
    except Exception:
        if not life.dead:
            raise
    assert life.dead
    nest.bot.services.choices = nest.choices
    await nest.restart()
    tried = [await works(nest, who, message) for who, message in seen(nest)]
    assert tried or step <= 2


def seen(nest: Any) -> list[tuple[Any, Any]]:
    """What Mara and Kim see that has controls, each message once, with who is to try it."""
    found: dict[int, tuple[Any, Any]] = {}
    for who in (nest.mara, nest.kim):
        for message in nest.channel.history(viewer=who):
            if ids(message):
                found.setdefault(message.id, (who, message))
    return list(found.values())


async def works(nest: Any, who: Any, message: Any) -> str:
    """Use a control of a message, and be sure that it did something."""
    action = next(one for one in SOUGHT if one in ids(message) and not _disabled(message, ids(message)[one]))
    who = nest.theo if action == "restore" else who
    result = await (choose(who, message, action, "overview") if action == "insight" else press(who, message, action))
    assert result.acknowledged, action
    said = "\n".join(texts(one.message) for one in (result.response, *result.followups) if one is not None)
    assert not [words for words in DEAD if words in said], (action, said)
    return action


def _disabled(message: Any, custom_id: str) -> bool:
    children = [child for row in message.components for child in getattr(row, "children", ())]
    return any(getattr(one, "custom_id", None) == custom_id and getattr(one, "disabled", False) for one in children)
