"""What people ask and who they are appears in no log line, also while the database fails.

Canaries stand for searches, keys, people and places; they go through every command and many controls, with a database
that is well, locked, full, broken and gone; on PostgreSQL frozen and read-only too, at DEBUG alone,
where the lines of every other level are too.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import resource
import sqlite3
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image

from bot.discord_ui.render.controls import MORE
from tests.postgres import Postgres, postgres_server

from . import Message, Upload, User
from .house import NEXT, draw_collection
from .house import House as AnyHouse
from .process import bot_command, bot_process
from .standin import StandIn

pytestmark = pytest.mark.asyncio(loop_scope="session")

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
async def _house(folder: Path, level: str, **database: str) -> AsyncIterator[House]:
    pictures, data = folder / "pictures", folder / "data"
    pictures.mkdir()
    draw_collection(pictures)
    await bot_command("index", str(pictures), data=data, preloaded=True, **database)
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", _refusing)
    async with TestServer(app) as server, StandIn(check_answers=True, strict=False) as discord:
        guild = discord.guild()
        env = {
            "MAGPIE_PROVIDERS": "collection,v7,brave", "MAGPIE_V7_ENDPOINT": str(server.make_url("/v7.0")),
            "MAGPIE_V7_KEY": KEY, "MAGPIE_BRAVE_KEY": KEY, "MAGPIE_BRAVE_URL": str(server.make_url("/brave/")),
            "MAGPIE_LOG_LEVEL": level, **database,
        }  # fmt: skip
        async with bot_process(discord, data, env=env, preloaded=True) as bot:
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


def _statements(server: Postgres, *statements: str) -> None:
    """Run each statement in a transaction of its own."""
    command = [str(server.place / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", server.url]
    subprocess.run(
        [*command, *(part for one in statements for part in ("-c", one))],
        check=True,
        timeout=30,
        stdout=subprocess.DEVNULL,
    )


@contextmanager
def _postgres_locked(server: Postgres) -> Iterator[None]:
    """Somebody else holds every table."""
    lock = """DO $$ DECLARE name regclass; BEGIN
        FOR name IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        LOOP EXECUTE 'LOCK TABLE ' || name || ' IN ACCESS EXCLUSIVE MODE'; END LOOP;
        PERFORM pg_sleep(600); END $$"""
    command = [str(server.place / "psql"), "-X", "-q", server.url, "-c", lock]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as holder:
        time.sleep(1)
        assert holder.poll() is None, "the tables are held"
        yield
        _statements(server, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'DO $$%'")


@contextmanager
def _postgres_frozen(server: Postgres) -> Iterator[None]:
    server.freeze()
    yield
    server.thaw()


@contextmanager
def _postgres_read_only(server: Postgres) -> Iterator[None]:
    """What hosts of databases do when a disk is full."""
    _statements(server, "ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()")
    yield
    _statements(
        server, "SET default_transaction_read_only = off", "ALTER SYSTEM RESET default_transaction_read_only",
        "SELECT pg_reload_conf()",
    )  # fmt: skip


@contextmanager
def _postgres_broken(server: Postgres) -> Iterator[None]:
    """The tables are not where they were."""
    _statements(server, "ALTER SCHEMA public RENAME TO elsewhere")
    yield
    _statements(server, "ALTER SCHEMA elsewhere RENAME TO public")


@contextmanager
def _postgres_gone(server: Postgres) -> Iterator[None]:
    server.stop()
    yield


POSTGRES_TROUBLES = {
    "locked": _postgres_locked, "frozen": _postgres_frozen, "read-only": _postgres_read_only,
    "broken": _postgres_broken, "gone": _postgres_gone,
}  # fmt: skip


async def _everything(house: House, *, answered: bool) -> None:
    """Drive every command, then the controls of an answer; with ``answered`` a few at once, and each is answered."""
    discord, channel = house.discord, house.channel
    helper = partial(house.person, permissions=["manage_channels", "manage_messages", "manage_guild"])
    said = await discord.write(helper(), channel, f"look: {ADDRESS}")
    acts: list[Awaitable[object]] = [
        *(discord.command(helper(), channel, name, **options) for name, options in COMMANDS.items()),
        discord.command(helper(), channel, "identify", image=Upload(FILE, _png())),
        discord.message_menu(helper(), said, "Identify image"),
        discord.autocomplete(helper(), channel, "image", query="birdcanary"),
    ]
    turn = asyncio.Semaphore(3 if answered else len(acts))
    done = await asyncio.gather(*(_in_turn(turn, act) for act in acts), return_exceptions=True)
    wrong = [repr(one) for one in done if isinstance(one, BaseException) and not isinstance(one, AssertionError)]
    assert not wrong, wrong
    if answered:
        assert not [repr(one) for one in done if isinstance(one, BaseException)]
    asker, message = house.opened
    pressed = ((asker, NEXT), (helper(), "Details"), (helper(), MORE), (helper(), NEXT))
    presses = [discord.press(person, message, action) for person, action in pressed]
    done = await asyncio.gather(*presses, return_exceptions=not answered)
    await discord.react(asker, message, NEXT)
    await discord.unreact(asker, message, NEXT)
    await asyncio.sleep(2.5)  # page turns are written two seconds later


async def _in_turn(turn: asyncio.Semaphore, act: Awaitable[object]) -> object:
    async with turn:
        return await act


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


async def _drive(house: House, trouble: str, cause: AbstractContextManager[None]) -> None:
    """Drive everything through one trouble, and look at what was logged meanwhile."""
    asker = house.person()
    house.opened = (asker, (await house.search(asker)).answer) if trouble == "well" else house.opened
    before = len(house.bot.output)
    with cause:
        await _everything(house, answered=trouble == "well")
    lines = house.bot.output[before:].splitlines()
    told = {line for line in lines for canary in _canaries(house) if canary in line.casefold()}
    assert not told, (trouble, *sorted(told)[:20])
    assert lines, "the log itself was looked at"
    if trouble != "well":
        failed = any("sqlalchemy" in line or "Error" in line or "the database" in line for line in lines)
        assert failed, f"{trouble}: nothing failed, so this shows nothing"


@pytest.mark.slow
@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
async def test_no_log_line_tells_what_was_asked_or_by_whom(tmp_path: Path, level: str) -> None:
    async with _house(tmp_path, level) as house:
        for trouble, cause in TROUBLES.items():
            await _drive(house, trouble, cause(house))


@pytest.mark.slow
@pytest.mark.postgres
async def test_no_log_line_over_postgresql_tells_it_either(tmp_path: Path) -> None:
    with postgres_server() as server:
        async with _house(tmp_path, "DEBUG", MAGPIE_DATABASE_URL=server.url) as house:
            await _drive(house, "well", _well(house))
            for trouble, cause in POSTGRES_TROUBLES.items():
                await _drive(house, trouble, cause(server))
