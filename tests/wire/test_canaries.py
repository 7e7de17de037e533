"""What people ask and who they are appears in no log line, at any level, also while the database fails.

Canaries stand for searches, keys, people and places; they go through every command and many controls, with a database
that is well, locked, full, broken and gone.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import resource
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image

from . import Message, Upload, User
from .house import NEXT, draw_collection
from .house import House as AnyHouse
from .process import bot_command, bot_process
from .standin import StandIn

QUERY = "canaryquery"
KEY = "canarykey0123456789abcdef"
SITE = "canarysite.example"
FILE = "canaryfile.png"
ADDRESS = "https://canaryhost.example/canarypath.png?token=canarytoken"
WORDS = ("canary", "small bird")
"""Every canary of ours has the first in it; the second stands in the titles of what is found."""
COMMANDS = {
    "image": {"query": f"bird {QUERY}", "view": "grid"},
    "trending": {"category": "canarycategory"},
    "identify": {"url": ADDRESS},
    "display": {"view": "grid"},
    "identify-settings": {"where": "inside"},
    "about": {},
    "safesearch show": {},
    "safesearch set": {"level": "Moderate", "scope": "channel"},
    "safesearch clear": {"scope": "channel"},
    "safesearch block host": {"site": SITE},
    "safesearch block word": {"word": QUERY},
    "safesearch unblock": {"entry": SITE},
    "safesearch allow": {"site": SITE},
    "safesearch list": {},
    "safesearch audit": {},
}


@dataclass(repr=False)
class House(AnyHouse):
    """The bot, and an answer to press on."""

    opened: tuple[User, Message] = field(init=False)
    """An answer with several pages, and whose it is."""


async def _refusing(request: web.Request) -> web.Response:
    """A provider that answers every request with what it was asked, as an error."""
    asked = f"{request.query_string} {request.headers.get('Ocp-Apim-Subscription-Key')}"
    error = {"code": "InvalidRequest", "message": asked, "parameter": "q", "value": asked}
    return web.json_response({"_type": "ErrorResponse", "errors": [error]}, status=400)


@asynccontextmanager
async def _house(folder: Path, level: str) -> AsyncIterator[House]:
    pictures, data = folder / "pictures", folder / "data"
    pictures.mkdir()
    draw_collection(pictures)
    await bot_command("index", str(pictures), data=data)
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", _refusing)
    async with TestServer(app) as server, StandIn(check_answers=True, strict=False) as discord:
        guild = discord.guild()
        env = {
            "MAGPIE_PROVIDERS": "collection,v7,brave", "MAGPIE_V7_ENDPOINT": str(server.make_url("/v7.0")),
            "MAGPIE_V7_KEY": KEY, "MAGPIE_BRAVE_KEY": KEY, "MAGPIE_BRAVE_URL": str(server.make_url("/brave/")),
            "MAGPIE_LOG_LEVEL": level,
        }  # fmt: skip
        async with bot_process(discord, data, env=env) as bot:
            yield House(discord, bot, guild, discord.channel(guild), data)


def _state(house: House) -> Path:
    return house.data / "magpie.sqlite3"


@contextmanager
def _well(_house: House) -> Iterator[None]:
    yield


@contextmanager
def _locked(house: House) -> Iterator[None]:
    with contextlib.closing(sqlite3.connect(_state(house), isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


@contextmanager
def _full(house: House) -> Iterator[None]:
    """No file of the process may grow any more."""
    before = resource.prlimit(house.bot.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(house.bot.pid, resource.RLIMIT_FSIZE, (1024, before[1]))
    yield
    resource.prlimit(house.bot.pid, resource.RLIMIT_FSIZE, before)


@contextmanager
def _broken(house: House) -> Iterator[None]:
    """The tables are not there any more."""
    with contextlib.closing(sqlite3.connect(_state(house), isolation_level=None)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            if not name.startswith("sqlite_"):
                connection.execute(f'DROP TABLE "{name}"')
        yield


@contextmanager
def _gone(house: House) -> Iterator[None]:
    """Files with nothing of a database in them stand where it was."""
    for path in house.data.glob(f"{_state(house).name}*"):
        path.write_bytes(b"\0" * 4096)
    yield


TROUBLES = {"well": _well, "locked": _locked, "full": _full, "broken": _broken, "gone": _gone}


async def _everything(house: House, *, answered: bool) -> None:
    """Drive every command at once, then the controls of an answer; with ``answered`` each must be answered."""
    discord, channel = house.discord, house.channel
    helper = partial(house.person, permissions=["manage_channels", "manage_messages", "manage_guild"])
    said = await discord.write(helper(), channel, f"look: {ADDRESS}")
    acts: list[Awaitable[object]] = [
        *(discord.command(helper(), channel, name, **options) for name, options in COMMANDS.items()),
        discord.command(helper(), channel, "identify", image=Upload(FILE, _png())),
        discord.message_menu(helper(), said, "Identify image"),
        discord.autocomplete(helper(), channel, "image", query="birdcanary"),
    ]
    done = await asyncio.gather(*acts, return_exceptions=True)
    wrong = [repr(one) for one in done if isinstance(one, BaseException) and not isinstance(one, AssertionError)]
    assert not wrong, wrong
    if answered:
        assert not [repr(one) for one in done if isinstance(one, BaseException)]
    asker, message = house.opened
    pressed = ((asker, NEXT), (helper(), "Details"), (helper(), "More like this"), (helper(), NEXT))
    presses = [discord.press(person, message, action) for person, action in pressed]
    done = await asyncio.gather(*presses, return_exceptions=not answered)
    await discord.react(asker, message, NEXT)
    await discord.unreact(asker, message, NEXT)
    await asyncio.sleep(2.5)  # page turns are written two seconds later


def _png() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((64, 64), 90).save(out, "PNG")
    return out.getvalue()


def _canaries(house: House) -> set[str]:
    """Whatever must not be read: our words and keys, every id, every token of an interaction."""
    world = house.discord
    people = {str(one) for one in (*world.users, *world.guilds, *world.channels) if one != world.bot.id}
    made = {text for token, one in world.interactions.items() for text in (token, str(one.id))}
    return {*people, *made, *WORDS}


@pytest.mark.asyncio
@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
async def test_no_log_line_tells_what_was_asked_or_by_whom(tmp_path: Path, level: str) -> None:
    async with _house(tmp_path, level) as house:
        for trouble, cause in TROUBLES.items():
            asker = house.person()
            house.opened = (asker, (await house.search(asker)).answer) if trouble == "well" else house.opened
            before = len(house.bot.output)
            with cause(house):
                await _everything(house, answered=trouble == "well")
            lines = house.bot.output[before:].splitlines()
            told = {line for line in lines for canary in _canaries(house) if canary in line.casefold()}
            assert not told, (trouble, *sorted(told)[:20])
            assert lines, "the log itself was looked at"
            if trouble != "well":
                failed = any("sqlalchemy" in line or "Error" in line for line in lines)
                assert failed, f"{trouble}: nothing failed, so this shows nothing"
