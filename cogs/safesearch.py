"""/safesearch: what may be shown where, who decided it, and what a server blocks."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.bing_v7 import SafeSearch
from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.context import place_of, requester_of
from bot.discord_ui.discord_io.image_options import localized, suggested
from bot.discord_ui.handlers.router import answer_interaction
from bot.i18n import say
from bot.safesearch.messages import level_word, scope_word, tell_audit, tell_decision, tell_entries, tell_settings
from bot.safesearch.place import Place
from bot.safesearch.policies import BadEntry, ListKind, Policies, TooManyEntries
from bot.safesearch.policy import Scope, level_of, loosens

if TYPE_CHECKING:
    from bot.client import Magpie

_Interaction = discord.Interaction["Magpie"]
_LEVELS = [
    app_commands.Choice(name=localized(f"choice-safesearch-{level.value}"), value=level.value) for level in SafeSearch
]
_SCOPES = [
    app_commands.Choice(name=localized(f"choice-scope-{scope.value}"), value=scope.value) for scope in reversed(Scope)
]
_INHERIT = "Inherit"


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


class Loosen(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"loosen:(?P<scope>\w+):(?P<id>\d+):(?P<to>\w+)"):
    """The button that confirms a change to less strict; it carries the change, and asks for the permission again."""

    def __init__(self, scope: Scope, scope_id: int, level: SafeSearch | None, locale: str) -> None:
        label = say(locale, "safesearch-confirm-button")
        custom_id = f"loosen:{scope.value}:{scope_id}:{level.value if level else _INHERIT}"
        super().__init__(discord.ui.Button(label=label, style=discord.ButtonStyle.danger, custom_id=custom_id))
        self.scope, self.scope_id, self.level = scope, scope_id, level

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the change from the button."""
        level = None if match["to"] == _INHERIT else SafeSearch(match["to"])
        return cls(Scope(match["scope"]), int(match["id"]), level, interaction.locale.value)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Make the change, if the place is still the same and the person may still do it."""

        async def loosen() -> None:
            place = await place_of(interaction)
            _check(interaction, self.scope)
            same = _scope_id(place, self.scope) == self.scope_id
            words = await _change(interaction, place, self.scope, self.level) if same else _moved(interaction)
            await responses.replace_text(interaction, words)

        await answer_interaction(interaction, loosen)


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
        """Say what holds here and why."""
        decision = await interaction.client.services.search.decide(await requester_of(interaction, None))
        await _tell(interaction, tell_decision(decision, interaction.locale.value))

    @app_commands.command(**_named("set"))
    @_described("level", "scope")
    @app_commands.choices(level=_LEVELS, scope=_SCOPES)
    async def set_level(self, interaction: _Interaction, level: str, scope: str = Scope.CHANNEL.value) -> None:
        """Set a level; a change to less strict is asked about first."""
        await _propose(interaction, Scope(scope), SafeSearch(level))

    @app_commands.command(**_named("clear"))
    @_described("scope")
    @app_commands.choices(scope=_SCOPES)
    async def clear(self, interaction: _Interaction, scope: str = Scope.CHANNEL.value) -> None:
        """Take a level back."""
        await _propose(interaction, Scope(scope), None)

    @app_commands.command(**_named("list"))
    async def list_all(self, interaction: _Interaction) -> None:
        """List levels and entries."""
        _check(interaction, Scope.CHANNEL)
        policies, locale = _policies(interaction), interaction.locale.value
        levels = tell_settings(await policies.of_server(interaction.guild_id or 0), locale)
        await _tell(interaction, levels, tell_entries(await policies.entries(interaction.guild_id or 0), locale))

    @block.command(**_named("block-host"))
    @_described("host")
    async def block_host(self, interaction: _Interaction, host: app_commands.Range[str, 1, 255]) -> None:
        """Block a site."""
        await _enter(interaction, ListKind.HOST, host, "safesearch-blocked-host")

    @block.command(**_named("block-word"))
    @_described("word")
    async def block_word(self, interaction: _Interaction, word: app_commands.Range[str, 1, 100]) -> None:
        """Block a word."""
        await _enter(interaction, ListKind.WORD, word, "safesearch-blocked-word")

    @app_commands.command(**_named("unblock"))
    @_described("entry")
    async def unblock(self, interaction: _Interaction, entry: app_commands.Range[str, 1, 255]) -> None:
        """Take an entry off whichever list it is on; that loosens the whole server."""
        _check(interaction, Scope.SERVER)
        gone = [value for kind in ListKind if (value := await _removed(interaction, kind, entry))]
        shown = f"`{gone[0] if gone else entry.replace('`', '')}`"
        key = "safesearch-unblocked" if gone else "safesearch-not-listed"
        await _tell(interaction, say(interaction.locale.value, key, entry=shown))

    @unblock.autocomplete("entry")
    async def entries(self, interaction: _Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Offer what is on the lists."""
        rows = await suggested(_policies(interaction).entries(interaction.guild_id or 0))
        fitting = [row.value for row in rows if current.casefold() in row.value and len(row.value) <= 100]  # noqa: PLR2004 (Discord's limit)
        return [app_commands.Choice(name=value, value=value) for value in dict.fromkeys(fitting)][:25]

    @app_commands.command(**_named("allow"))
    @_described("host")
    async def allow(self, interaction: _Interaction, host: app_commands.Range[str, 1, 255]) -> None:
        """Let searches name a site."""
        await _enter(interaction, ListKind.ALLOW, host, "safesearch-allowed")

    @app_commands.command(**_named("audit"))
    async def audit(self, interaction: _Interaction) -> None:
        """List the latest changes."""
        _check(interaction, Scope.CHANNEL)
        rows = await _policies(interaction).audit(interaction.guild_id or 0, 20)
        await _tell(interaction, tell_audit(rows, interaction.locale.value))


def _moved(interaction: discord.Interaction[Any]) -> str:
    return say(interaction.locale.value, "safesearch-moved")


def _policies(interaction: discord.Interaction[Any]) -> Policies:
    return interaction.client.services.policies


def _check(interaction: discord.Interaction[Any], scope: Scope) -> None:
    """Let moderators pass: Manage Channels here, for a category there, for the server Manage Server.

    Raises:
        discord.app_commands.MissingPermissions: the interaction does not carry the permission.
    """
    permissions = interaction.permissions
    if scope is Scope.CATEGORY:
        permissions = _in_category(interaction)
    needed = "manage_guild" if scope is Scope.SERVER else "manage_channels"
    if interaction.guild_id is None or not (permissions.administrator or getattr(permissions, needed)):
        raise app_commands.MissingPermissions([needed])


def _in_category(interaction: discord.Interaction[Any]) -> discord.Permissions:
    """Return what the member may do in the category; where that is not known, only what holds for the server counts."""
    channel = getattr(interaction.channel, "parent", None) or interaction.channel
    category = getattr(channel, "category", None)
    if isinstance(category, discord.CategoryChannel) and isinstance(interaction.user, discord.Member):
        return category.permissions_for(interaction.user)
    permissions = interaction.permissions
    return discord.Permissions(manage_channels=permissions.manage_guild, administrator=permissions.administrator)


def _scope_id(place: Place, scope: Scope) -> int | None:
    """Return what a setting would be made for; None where the place does not know."""
    return {Scope.SERVER: place.guild_id, Scope.CATEGORY: place.category_id, Scope.CHANNEL: place.channel_id}[scope]


async def _propose(interaction: _Interaction, scope: Scope, level: SafeSearch | None) -> None:
    """Make a change, or ask first if it makes the place less strict."""
    _check(interaction, scope)
    place, policies, locale = await place_of(interaction), _policies(interaction), interaction.locale.value
    scope_id = _scope_id(place, scope)
    if scope_id is None:
        await _tell(interaction, say(locale, f"safesearch-no-{scope.value}"))
    elif level is SafeSearch.OFF and (refusal := _no_off(policies, place, scope)):
        await _tell(interaction, say(locale, refusal))
    elif loosens(
        scope, level, scopes := (await policies.of_server(place.guild_id or 0)).scopes(place), policies.operator
    ):
        before = level_word(level_of(scope, scopes, policies.operator), locale)
        after = level_word(level, locale)
        question = say(
            locale, "safesearch-confirm", scope=scope_word(scope, scope_id, locale), before=before, after=after
        )
        view = discord.ui.View(timeout=None).add_item(Loosen(scope, scope_id, level, locale))
        await responses.tell(interaction, question, view)
    else:
        await _tell(interaction, await _change(interaction, place, scope, level))


def _no_off(policies: Policies, place: Place, scope: Scope) -> str | None:
    """Return the words that say why Off cannot be set, None if it can."""
    if not policies.operator.allow_off or policies.operator.minimum > SafeSearch.OFF:
        return "safesearch-off-not-offered"
    return "safesearch-off-needs-age" if scope is Scope.CHANNEL and place.age_restricted is not True else None


async def _change(interaction: discord.Interaction[Any], place: Place, scope: Scope, level: SafeSearch | None) -> str:
    """Make a change and return the sentence that says so."""
    locale, scope_id = interaction.locale.value, _scope_id(place, scope) or 0
    before = await _policies(interaction).set_level(place.guild_id or 0, scope, scope_id, level, interaction.user.id)
    key = "safesearch-unchanged" if before == level else "safesearch-set" if level else "safesearch-cleared"
    return say(locale, key, scope=scope_word(scope, scope_id, locale), level=level_word(level, locale))


async def _enter(interaction: _Interaction, kind: ListKind, entry: str, key: str) -> None:
    """Put an entry on a list. Blocking takes Manage Channels; allowing loosens the server and takes Manage Server."""
    _check(interaction, Scope.SERVER if kind is ListKind.ALLOW else Scope.CHANNEL)
    locale = interaction.locale.value
    try:
        value, new = await _policies(interaction).add(interaction.guild_id or 0, kind, entry, interaction.user.id)
    except BadEntry:
        words = say(locale, "safesearch-bad-word" if kind is ListKind.WORD else "safesearch-bad-host")
    except TooManyEntries:
        words = say(locale, "safesearch-full")
    else:
        shown = f"||{value}||" if kind is ListKind.WORD else f"`{value}`"
        words = say(locale, key if new else "safesearch-already", entry=shown, bare=value)
    await _tell(interaction, words)


async def _removed(interaction: _Interaction, kind: ListKind, entry: str) -> str | None:
    """Take an entry off one list; return its one spelling if it was there."""
    try:
        value, was_there = await _policies(interaction).remove(
            interaction.guild_id or 0, kind, entry, interaction.user.id
        )
    except BadEntry:
        return None
    return value if was_there else None


async def _tell(interaction: discord.Interaction[Any], *texts: str) -> None:
    """Answer privately, in as many messages as there are texts."""
    for text in texts:
        await responses.tell(interaction, text)


async def setup(bot: "Magpie") -> None:
    """Add the cog, and have the confirming buttons of earlier days listened to."""
    bot.add_dynamic_items(Loosen)
    await bot.add_cog(SafeSearchCog())
