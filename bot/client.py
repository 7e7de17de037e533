"""The discord.py client: intents, cogs, command sync, and nothing that knows where pictures come from."""

import hashlib
import json
import logging
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import discord
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.discord_ui.discord_io.errors import log_error, show_error
from bot.discord_ui.discord_io.events import read_safely
from bot.discord_ui.discord_io.first_message import send_first_message
from bot.discord_ui.discord_io.library_version import is_known_version
from bot.discord_ui.handlers.router import admit_command
from bot.discord_ui.sessions.service import session_service_of
from bot.observability.logs import new_trace
from bot.safesearch.place import Place

from .i18n import catalogue_digest, forget_unused, known_keys, say
from .runtime.memory import freeze_loaded
from .services import Services

log = logging.getLogger(__name__)

discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # the bot has no voice features

COGS = ("cogs.search", "cogs.trending", "cogs.identify", "cogs.safesearch", "cogs.display", "cogs.about")

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    add_reactions=True,
    read_message_history=True,
)
"""What the invite link asks for; the bot works with View and Send alone."""


def magpie_intents() -> discord.Intents:
    """Return the intents: servers and reactions. None is privileged."""
    intents = discord.Intents.none()
    intents.guilds = True
    intents.guild_reactions = True
    intents.dm_reactions = True
    return intents


def point_at(api_url: str | None, gateway_url: str | None) -> None:
    """Point discord.py at another Discord-compatible server; call before a client is made (one server a process)."""
    if api_url:
        Route.BASE = api_url.rstrip("/")
    if gateway_url:
        DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway_url)


class CommandTranslator(app_commands.Translator):
    """Gives Discord the names and descriptions of commands in every language that has them."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002 (discord.py's signature)
    ) -> str | None:
        """Return the string's text in the locale; None leaves the default."""
        key = string.extras.get("key")
        name = {"es-419": "es-ES", "en-US": None}.get(locale.value, locale.value)
        if not isinstance(key, str) or name is None or key not in known_keys(name):
            return None
        return say(name, key)


class MagpieTree(app_commands.CommandTree["Magpie"]):
    """The command tree: errors are shown privately and logged under the same trace id."""

    async def interaction_check(self, interaction: discord.Interaction["Magpie"], /) -> bool:
        """Begin a trace for the interaction and count it; a user who sends too many is told so."""
        new_trace()
        return await admit_command(interaction)

    async def on_error(
        self, interaction: discord.Interaction["Magpie"], error: app_commands.AppCommandError, /
    ) -> None:
        """Show the error to the user."""
        await show_error(interaction, getattr(error, "original", error))


class Magpie(commands.AutoShardedBot):
    """The bot: commands and reactions of all servers, over services made elsewhere."""

    def __init__(self, services: Services, *, shard_count: int | None = None, shard_ids: Sequence[int] = ()) -> None:
        shards: dict[str, Any] = {"shard_ids": list(shard_ids)} if shard_ids else {}
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=MagpieTree,
            intents=magpie_intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            shard_count=shard_count,
            **shards,
        )
        self.services = services
        self._read_safely()
        self.was_ready = False
        """True once the bot was logged in and ready at least once."""

    def _read_safely(self) -> None:
        """Answer interactions that discord.py cannot parse, where its private parsers are as we know them."""
        parsers: Any = getattr(self._connection, "parsers", None)
        if is_known_version() and isinstance(parsers, dict) and "INTERACTION_CREATE" in parsers:
            own = cast("dict[str, Any]", parsers)
            own["INTERACTION_CREATE"] = read_safely(self, own["INTERACTION_CREATE"])
        else:
            log.warning("interactions are read by discord.py %s alone", discord.__version__)

    def place_now(self, place: Place) -> Place:
        """Return a place with the age flag that its channel has now, where the gateway keeps us informed of it."""
        guild = self.get_guild(place.guild_id) if place.guild_id else None  # get_channel() looks through every server
        channel = guild.get_channel(place.channel_id) if guild and place.channel_id else None
        if channel is None or isinstance(channel, discord.CategoryChannel):
            return place
        now = (channel.is_nsfw(), channel.category_id)
        if now == (place.age_restricted, place.category_id):
            return place
        return replace(place, age_restricted=now[0], category_id=now[1])

    @property
    def connected(self) -> bool:
        """True if every shard of this process is logged in."""
        return self.is_ready() and not self.is_closed() and not any(one.is_closed() for one in self.shards.values())

    async def close(self) -> None:
        """Let running work finish first, so that nobody is left waiting."""
        if not self.is_closed():
            await session_service_of(self).in_flight.finish()
        await super().close()

    async def on_error(self, event_method: str, /, *_arguments: Any, **_options: Any) -> None:
        """Log what an event listener raised; there is nobody to show it to."""
        error = sys.exc_info()[1]
        if error is not None:
            log.info("%s ended early", event_method)
            log_error(error)

    async def setup_hook(self) -> None:
        """Load the cogs and tell Discord about the commands, if they changed; no server is known yet."""
        self.services.search.place_now = self.place_now
        await self.tree.set_translator(CommandTranslator())
        for cog in COGS:
            await self.load_extension(cog)
        await self._sync_commands()
        freeze_loaded()

    async def _sync_commands(self) -> None:
        fingerprint = self._commands_fingerprint()
        if await self.services.command_syncs.fingerprint(self._application_id()) == fingerprint:
            return
        synced = await self.tree.sync()
        await self.services.command_syncs.store(self._application_id(), fingerprint)
        forget_unused()
        log.info("told Discord about %d commands", len(synced))

    def _commands_fingerprint(self) -> str:
        """Return a hash that changes with the commands and their texts; only the default language is read for it."""
        commands = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        plain = json.dumps(commands, sort_keys=True).encode()
        return hashlib.sha256(plain + catalogue_digest()).hexdigest()

    def _application_id(self) -> int:
        if self.application_id is None:
            raise RuntimeError("the application is known only after login")
        return self.application_id

    async def on_ready(self) -> None:
        """Log that the bot is ready, and note servers that removed it meanwhile."""
        self.was_ready = True
        log.info("ready in %d servers as %s", len(self.guilds), self.user)
        await self.forget_departed()
        for guild in self.guilds:  # one may have added the bot just before it was started
            await self._greet(guild)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Tell a server that added the bot what to try."""
        await self._greet(guild)

    async def _greet(self, guild: discord.Guild) -> None:
        await send_first_message(self, guild, self.services.choices, self.services.policies)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget a server that removed the bot."""
        await self._forget_server(guild.id)

    async def forget_departed(self) -> None:
        """Forget servers that removed the bot while it was away, a day after it first missed them.

        Does nothing unless every shard of this process is there and no server is unavailable.
        """
        if not self.is_ready() or any(shard.is_closed() for shard in self.shards.values()):
            return
        if any(guild.unavailable for guild in self.guilds):
            return
        present = {guild.id for guild in self.guilds}
        departed = await self.services.absences.overdue(present, self._is_ours)
        for guild_id in departed:
            await self._forget_server(guild_id)
        if departed:
            log.info("forgot %d servers that removed the bot", len(departed))

    async def _forget_server(self, guild_id: int) -> None:
        await self.services.forget_server(guild_id)
        await session_service_of(self).cache.forget(lambda stored: stored.guild_id == guild_id)

    def _is_ours(self, guild_id: int) -> bool:
        """True for a server that belongs to one of this process's shards."""
        return (guild_id >> 22) % (self.shard_count or 1) in self.shards
