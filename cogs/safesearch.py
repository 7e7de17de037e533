"""/safesearch: what may be shown where, who decided it, and what a server blocks."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.bing_v7 import SafeSearch
from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.context import requester_of
from bot.discord_ui.discord_io.image_options import localized, suggested
from bot.discord_ui.handlers.safety_panel import answer_proposal, open_panel
from bot.discord_ui.handlers.safety_settings import (
    LONGEST_HOST,
    LONGEST_WORD,
    add_entry,
    check_scope,
    history_of,
    lists_of,
    may_change,
    policies_of,
    remove_entry,
    target_here,
)
from bot.i18n import say
from bot.safesearch.messages import tell_decision
from bot.safesearch.policies import ListKind
from bot.safesearch.policy import Scope

if TYPE_CHECKING:
    from bot.client import Magpie

_Interaction = discord.Interaction["Magpie"]
_MESSAGE_LIMIT = 2000
"""Characters of a message that Discord takes."""
_LEVELS = [
    app_commands.Choice(name=localized(f"choice-safesearch-{level.value}"), value=level.value) for level in SafeSearch
]
_SCOPES = [
    app_commands.Choice(name=localized(f"choice-scope-{scope.value}"), value=scope.value) for scope in reversed(Scope)
]


def _described(*names: str) -> Callable[[Any], Any]:
    """Name and describe options in every language."""
    rename = app_commands.rename(**{name: localized(f"option-safesearch-{name}") for name in names})
    describe = app_commands.describe(**{name: localized(f"option-safesearch-{name}-description") for name in names})
    return lambda command: rename(describe(command))


def _named(path: str) -> dict[str, Any]:
    """Name and describe a command in every language; ``path`` is its name with its group's."""
    return {
        "name": localized(f"command-safesearch-{path}"),
        "description": localized(f"command-safesearch-{path}-description"),
    }


@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_channels=True)
class SafeSearchCog(
    commands.GroupCog,
    group_name=localized("command-safesearch"),
    group_description=localized("command-safesearch-description"),
):
    """Levels and lists of a server, for its moderators."""

    block = app_commands.Group(**_named("block"))

    @app_commands.command(**_named("show"))
    async def show(self, interaction: _Interaction) -> None:
        """Open the panel of this channel; whoever may not manage it is told what holds here and why."""
        target = await target_here(interaction, Scope.CHANNEL)
        if target is not None and may_change(interaction, target):
            await open_panel(interaction, target)
            return
        decision = await interaction.client.services.search.decide(await requester_of(interaction, None))
        await _tell(interaction, tell_decision(decision, interaction.locale.value))

    @app_commands.command(**_named("set"))
    @_described("level", "scope")
    @app_commands.choices(level=_LEVELS, scope=_SCOPES)
    async def set_level(self, interaction: _Interaction, level: str, scope: str = Scope.CHANNEL.value) -> None:
        """Set a level; a less strict one has to be confirmed."""
        await _propose(interaction, Scope(scope), SafeSearch(level))

    @app_commands.command(**_named("clear"))
    @_described("scope")
    @app_commands.choices(scope=_SCOPES)
    async def clear(self, interaction: _Interaction, scope: str = Scope.CHANNEL.value) -> None:
        """Clear a level."""
        await _propose(interaction, Scope(scope), None)

    @app_commands.command(**_named("list"))
    async def list_all(self, interaction: _Interaction) -> None:
        """List levels and entries."""
        _, words = await lists_of(interaction)
        together = "\n\n".join(words)
        await _tell(interaction, *((together,) if len(together) <= _MESSAGE_LIMIT else words))

    @block.command(**_named("block-host"))
    @_described("host")
    async def block_host(self, interaction: _Interaction, host: app_commands.Range[str, 1, LONGEST_HOST]) -> None:
        """Block a site."""
        await _tell(interaction, await add_entry(interaction, ListKind.HOST, host))

    @block.command(**_named("block-word"))
    @_described("word")
    async def block_word(self, interaction: _Interaction, word: app_commands.Range[str, 1, LONGEST_WORD]) -> None:
        """Block a word."""
        await _tell(interaction, await add_entry(interaction, ListKind.WORD, word))

    @app_commands.command(**_named("unblock"))
    @_described("entry")
    async def unblock(self, interaction: _Interaction, entry: app_commands.Range[str, 1, LONGEST_HOST]) -> None:
        """Remove an entry from whichever list it is on; that loosens the whole server."""
        await _tell(interaction, await remove_entry(interaction, entry))

    @unblock.autocomplete("entry")
    async def entries(self, interaction: _Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Suggest the entries of the lists."""
        rows = await suggested(policies_of(interaction).entries(interaction.guild_id or 0))
        fitting = [row.value for row in rows if current.casefold() in row.value and len(row.value) <= 100]  # noqa: PLR2004 (Discord's limit)
        return [app_commands.Choice(name=value, value=value) for value in dict.fromkeys(fitting)][:25]

    @app_commands.command(**_named("allow"))
    @_described("host")
    async def allow(self, interaction: _Interaction, host: app_commands.Range[str, 1, LONGEST_HOST]) -> None:
        """Allow searches to name a site."""
        await _tell(interaction, await add_entry(interaction, ListKind.ALLOW, host))

    @app_commands.command(**_named("audit"))
    async def audit(self, interaction: _Interaction) -> None:
        """List the latest changes."""
        await _tell(interaction, await history_of(interaction))


async def _propose(interaction: _Interaction, scope: Scope, level: SafeSearch | None) -> None:
    """Make a change, or ask for confirmation if it makes the place less strict."""
    target = await target_here(interaction, scope)
    if target is None:
        check_scope(interaction, Scope.CHANNEL)
        await _tell(interaction, say(interaction.locale.value, f"safesearch-no-{scope.value}"))
    else:
        await answer_proposal(interaction, target, level)


async def _tell(interaction: discord.Interaction[Any], *texts: str) -> None:
    """Answer privately, in as many messages as there are texts."""
    for text in texts:
        await responses.tell(interaction, text)


async def setup(bot: "Magpie") -> None:
    """Add the cog."""
    await bot.add_cog(SafeSearchCog())
