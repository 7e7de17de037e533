"""A bot with the real cogs and a fake service, in an offline Discord."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import discord
import pytest
from discord import app_commands
from discord.ext import commands

from bot.discord_ui.discord_io import in_flight
from bot.discord_ui.discord_io.errors import show_error
from bot.discord_ui.handlers.router import admit_command
from bot.discord_ui.sessions import cache
from bot.discord_ui.sessions.service import session_service_of
from bot.intake import Intake
from bot.media.runner import InThread
from bot.media.service import Media
from bot.storage.choices import Choices
from bot.storage.sessions import SessionStore
from tests.databases import open_database
from tests.discord_ui.fakes import FakeService, picture

simcord = pytest.importorskip("simcord", reason="needs the extra magpie-bot[tryout]")

PATIENCE = 30
"""Seconds until a bot has to be done: a busy machine is slow, not wrong."""


class Tree(app_commands.CommandTree[Any]):
    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        return await admit_command(interaction)

    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /) -> None:
        await show_error(interaction, getattr(error, "original", error))


class PagesBot(commands.AutoShardedBot):
    """What pages need of the bot, and nothing else."""

    def __init__(self, services: Any, cogs: tuple[str, ...]) -> None:
        intents = discord.Intents.none()
        intents.guilds = intents.guild_reactions = intents.dm_reactions = True
        super().__init__(
            command_prefix=commands.when_mentioned, help_command=None, tree_cls=Tree, intents=intents,
            allowed_mentions=discord.AllowedMentions.none(), max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(), chunk_guilds_at_startup=False, shard_count=1,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        )  # fmt: skip
        self.services = services
        self.wanted = cogs

    async def setup_hook(self) -> None:
        for cog in self.wanted:
            await self.load_extension(cog)
        await self.tree.sync()


@dataclass(repr=False)
class Nest:
    """An offline server with a member, another member and a moderator."""

    env: Any
    service: FakeService
    guild: Any
    channel: Any
    mara: Any
    kim: Any
    theo: Any
    make_bot: Callable[[], PagesBot]
    locales: Any
    failures_expected: bool = False
    """True where a test has a command fail on purpose."""

    @property
    def bot(self) -> Any:
        return self.env.bot

    def shown(self, channel: Any = None) -> Any:
        """The last message of the channel as the bot left it."""
        return (channel or self.channel).last_message

    async def quiet(self) -> None:
        """Wait until everything in the background is done."""
        await self.env.settle()
        await session_service_of(self.bot).cache.flush()
        await self.env.settle()

    async def restart(self) -> None:
        """Another process on the same database."""
        bot = self.make_bot()
        await self.env.restart_bot(bot)
        self.env.bot = bot


@pytest.fixture
def cogs() -> tuple[str, ...]:
    """The cogs to load."""
    return ("cogs.search", "cogs.trending", "cogs.display")


@pytest.fixture
def service() -> FakeService:
    """Twenty-five pictures."""
    return FakeService([picture(number) for number in range(1, 26)])


@pytest.fixture
async def nest(
    tmp_path: Path, service: FakeService, cogs: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Nest]:
    """A running bot in an offline server."""
    from bot.tryout import age_flag, simcord_patches

    monkeypatch.setattr(cache, "WRITE_AFTER", 0.0)  # the offline Discord waits for every timer
    monkeypatch.setattr(in_flight, "STILL_READ", 0.0)  # nothing of Discord's is on its way when a test ends
    settle = simcord.Env._settle_internal

    async def settled(env: Any, **how: Any) -> None:
        """Look oftener than every 50 ms, and give a bot that starts again more than five seconds."""
        await settle(env, **({"idle": 0.005} | how | ({"timeout": PATIENCE} if "timeout" in how else {})))

    monkeypatch.setattr(simcord.Env, "_settle_internal", settled)
    database = await open_database(tmp_path / "magpie.db")
    services = SimpleNamespace(search=service, sessions=SessionStore(database))

    def make_bot() -> PagesBot:
        return PagesBot(services, cogs)

    env = simcord.Env(make_bot(), settle_timeout=PATIENCE)
    locales = simcord_patches.install_simcord_patches(env)
    age_flag.install_age_flag(env)
    guild = env.create_guild("The Nest")
    channel = guild.create_text_channel("general")
    moderators = guild.create_role(
        "Moderators", permissions=discord.Permissions(manage_messages=True, manage_channels=True)
    )
    mara, kim = (guild.add_member(env.create_user(name)) for name in ("mara", "kim"))
    theo = guild.add_member(env.create_user("theo"), roles=[moderators])
    try:
        await env.start()
        nest = Nest(env, service, guild, channel, mara, kim, theo, make_bot, locales)
        yield nest
        if not nest.failures_expected:
            env.raise_errors()
    finally:
        await session_service_of(env.bot).close()
        await env.shutdown()
        await database.close()


ComponentInteraction = Callable[..., Awaitable[Any]]


@pytest.fixture
async def can_identify(nest: Nest, tmp_path: Path) -> AsyncIterator[Choices]:
    """Give the bot what identifying needs, and the test the choices; files' addresses are read with any signature."""
    database = await open_database(tmp_path / "choices.db")
    services: Any = nest.bot.services
    services.intake = Intake(Media(InThread()), read_file=nest.bot.http.get_from_cdn)
    services.choices = Choices(database)
    yield services.choices
    await services.intake.aclose()
    await database.close()
