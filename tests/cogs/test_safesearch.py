"""/safesearch in an offline Discord: who may do what, what is asked about first, what is told."""

from __future__ import annotations

import re
from typing import Any

import discord
import pytest

from bot.bing_v7 import SafeSearch
from bot.i18n import known_keys, say
from bot.safesearch.guard import Guard
from bot.safesearch.policies import Policies
from bot.safesearch.policy import OperatorPolicy, Scope
from bot.search.service import SearchService
from bot.storage.policies import ListKind, PolicyStore
from bot.tryout import age_flag
from tests.safesearch.told import Told

from .helpers import texts

OFF, MODERATE, STRICT = SafeSearch.OFF, SafeSearch.MODERATE, SafeSearch.STRICT


@pytest.fixture
def cogs() -> tuple[str, ...]:
    return ("cogs.search", "cogs.safesearch")


@pytest.fixture
def operator() -> OperatorPolicy:
    return OperatorPolicy(allow_off=True)


@pytest.fixture
async def place(nest: Any, operator: OperatorPolicy) -> Any:
    """The nest with real settings; ``ada`` may manage the server, ``theo`` channels, ``mara`` nothing."""
    services = nest.bot.services
    services.policies = Policies(PolicyStore(services.sessions.database), operator)
    services.search = SearchService(Guard(Told()), services.policies)
    permissions = discord.Permissions(manage_guild=True, manage_channels=True)
    keeper = nest.guild.create_role("Keepers", permissions=permissions)
    nest.ada = nest.guild.add_member(nest.env.create_user("ada"), roles=[keeper])
    nest.category = nest.guild.create_category("Rooms")
    nest.room = nest.guild.create_text_channel("room", category=nest.category)
    age_flag.set_age_restricted(nest.env, nest.room, restricted=True)
    await nest.env.settle()
    nest.policies = services.policies
    return nest


async def said(who: Any, channel: Any, command: str, **options: Any) -> str:
    """Give a command and return what was said, which must be private."""
    result = await who.slash(channel, f"safesearch {command}", **options)
    assert result.ephemeral
    return texts(result.response.message)


def button(place: Any, level: str) -> str:
    """The button that confirms a looser level of the room, which is Strict."""
    return f"mg:safety-{place.room.id}:loosen:{level}-Strict-{level}"


async def levels(place: Any) -> dict[tuple[Scope, int], SafeSearch]:
    policy = await place.policies.of_server(place.guild.id)
    return {key: held.level for key, held in policy.levels.items()}


class TestShow:
    async def test_the_default(self, place: Any) -> None:
        words = await said(place.theo, place.channel, "show")
        assert "**Strict**" in words
        assert say("en-US", "safesearch-rule-default") in words

    async def test_who_set_it_and_when(self, place: Any) -> None:
        await said(place.theo, place.channel, "set", level="Strict")
        words = await said(place.ada, place.channel, "show")
        assert say("en-US", "safesearch-rule-channel") in words
        assert re.search(rf"<@{place.theo.id}> set that <t:\d+:R>", words)

    async def test_off_in_a_channel_that_is_not_age_restricted(self, place: Any) -> None:
        await place.policies.set_level(place.guild.id, Scope.SERVER, place.guild.id, OFF, 1)
        assert say("en-US", "safesearch-rule-not-age-restricted") in await said(place.theo, place.channel, "show")
        assert "**Off**" in await said(place.theo, place.room, "show")
        age_flag.set_age_restricted(place.env, place.room, restricted=False)
        await place.env.settle()
        assert "**Moderate**" in await said(place.theo, place.room, "show")


class TestSet:
    async def test_stricter_at_once(self, place: Any) -> None:
        await place.policies.set_level(place.guild.id, Scope.CHANNEL, place.channel.id, MODERATE, 1)
        words = await said(place.theo, place.channel, "set", level="Strict")
        assert words == f"<#{place.channel.id}> is set to Strict."
        assert await levels(place) == {(Scope.CHANNEL, place.channel.id): STRICT}
        assert "already" in await said(place.theo, place.channel, "set", level="Strict")

    async def test_less_strict_only_after_a_button(self, place: Any) -> None:
        asked = await place.theo.slash(place.room, "safesearch set", level="Moderate")
        assert asked.ephemeral
        assert "Strict → Moderate" in asked.response.content
        assert await levels(place) == {}
        done = await place.theo.click(asked.response, custom_id=button(place, "Moderate"))
        assert "is set to Moderate" in done.response.content
        assert await levels(place) == {(Scope.CHANNEL, place.room.id): MODERATE}

    async def test_the_button_asks_for_the_permission_again(self, place: Any) -> None:
        place.failures_expected = True
        asked = await place.theo.slash(place.room, "safesearch set", level="Moderate")
        place.guild.roles["Moderators"]._role.permissions = 0
        refused = await place.theo.click(asked.response, custom_id=button(place, "Moderate"))
        assert "Manage Channels" in refused.response.content
        assert await levels(place) == {}

    async def test_the_button_works_after_a_restart(self, place: Any) -> None:
        asked = await place.theo.slash(place.room, "safesearch set", level="Moderate")
        await place.restart()
        await place.theo.click(asked.response, custom_id=button(place, "Moderate"))
        assert await levels(place) == {(Scope.CHANNEL, place.room.id): MODERATE}

    async def test_scopes(self, place: Any) -> None:
        await place.policies.set_level(place.guild.id, Scope.SERVER, place.guild.id, MODERATE, 1)
        await said(place.ada, place.room, "set", level="Strict", scope="category")
        assert (Scope.CATEGORY, place.category.id) in await levels(place)
        assert "The whole server is set" in await said(place.ada, place.room, "set", level="Strict", scope="server")
        assert "no category" in await said(place.ada, place.channel, "set", level="Strict", scope="category")

    async def test_the_server_takes_manage_server(self, place: Any) -> None:
        place.failures_expected = True
        words = await said(place.theo, place.room, "set", level="Strict", scope="server")
        assert "Manage Guild" in words or "Manage Server" in words
        assert await levels(place) == {}

    async def test_off_needs_an_age_restricted_channel(self, place: Any) -> None:
        assert await said(place.theo, place.channel, "set", level="Off") == say("en-US", "safesearch-off-needs-age")
        assert await levels(place) == {}

    async def test_clearing(self, place: Any) -> None:
        await said(place.theo, place.room, "set", level="Strict")
        assert "no longer has its own setting" in await said(place.theo, place.room, "clear")
        assert await levels(place) == {}
        await place.policies.set_level(place.guild.id, Scope.SERVER, place.guild.id, MODERATE, 1)
        await place.policies.set_level(place.guild.id, Scope.CHANNEL, place.room.id, STRICT, 1)
        assert "less strict" in await said(place.theo, place.room, "clear")


class TestAnOperatorWithoutOff:
    @pytest.fixture
    def operator(self) -> OperatorPolicy:
        return OperatorPolicy()

    async def test_off_is_not_on_offer(self, place: Any) -> None:
        assert await said(place.theo, place.room, "set", level="Off") == say("en-US", "safesearch-off-not-offered")
        assert await levels(place) == {}


class TestLists:
    async def test_blocking_and_unblocking(self, place: Any) -> None:
        words = await said(place.theo, place.channel, "block host", site="https://www.Bad.example/x")
        assert "`bad.example`" in words
        assert "||wumpus||" in await said(place.theo, place.channel, "block word", word="Wumpus")
        assert "already" in await said(place.theo, place.channel, "block word", word="W\u00fcmpus")
        listed = await place.theo.slash(place.channel, "safesearch list")
        assert listed.ephemeral
        shown = texts(listed.response.message)
        assert shown.index(say("en-US", "safesearch-list-no-levels")) < shown.index("`bad.example`")
        lists = (await place.policies.of_server(place.guild.id)).lists
        assert (lists.hosts, lists.words) == (frozenset({"bad.example"}), frozenset({"wumpus"}))
        assert "was removed from the lists" in await said(place.ada, place.channel, "unblock", entry="www.bad.example")
        assert "is not on any list" in await said(place.ada, place.channel, "unblock", entry="www.bad.example")

    async def test_what_is_no_host_or_word(self, place: Any) -> None:
        bad_host, bad_word = say("en-US", "safesearch-bad-host"), say("en-US", "safesearch-bad-word")
        assert await said(place.theo, place.channel, "block host", site="nonsense") == bad_host
        assert await said(place.theo, place.channel, "block word", word="!!!") == bad_word
        assert await said(place.ada, place.channel, "allow", site="`x`") == bad_host
        assert "is not on any list" in await said(place.ada, place.channel, "unblock", entry="`!`")

    async def test_what_loosens_the_server_takes_manage_server(self, place: Any) -> None:
        place.failures_expected = True
        await place.policies.add(place.guild.id, ListKind.WORD, "wumpus", 1)
        for command, options in (("allow", {"site": "fine.example"}), ("unblock", {"entry": "wumpus"})):
            assert "Manage" in await said(place.theo, place.channel, command, **options)
        assert [row.value for row in await place.policies.entries(place.guild.id)] == ["wumpus"]
        assert "site:fine.example" in await said(place.ada, place.channel, "allow", site="fine.example")

    async def test_entries_are_offered(self, place: Any) -> None:
        for word in ("wumpus", "wombat"):
            await place.policies.add(place.guild.id, ListKind.WORD, word, 1)
        offered = await place.ada.autocomplete(place.channel, "safesearch unblock", "entry", "WOM")
        assert [one["value"] for one in offered] == ["wombat"]

    async def test_history(self, place: Any) -> None:
        assert await said(place.theo, place.channel, "audit") == say("en-US", "safesearch-audit-none")
        await said(place.theo, place.channel, "block word", word="wumpus")
        await said(place.theo, place.room, "set", level="Strict")
        first, second = (await said(place.ada, place.channel, "audit")).splitlines()
        assert f"<#{place.room.id}>, inherited → Strict" in first
        assert f"<@{place.theo.id}> blocked ||wumpus||" in second


async def test_people_without_the_permission_do_not_see_the_command(place: Any) -> None:
    assert not [name for name in place.mara.available_commands(place.channel) if name.startswith("safesearch")]
    assert len([name for name in place.theo.available_commands(place.channel) if name.startswith("safesearch")]) == 9


def test_every_rule_scope_action_and_level_has_words() -> None:
    from bot.safesearch.policy import Rule

    keys = known_keys()
    assert {f"safesearch-rule-{rule.value}" for rule in Rule} <= keys
    assert {f"safesearch-{part}-{level.value}" for part in ("level", "effect") for level in SafeSearch} <= keys
    assert {f"safesearch-list-{kind.value}" for kind in ListKind} <= keys
    actions = ("block-host", "block-word", "allow", "unblock-host", "unblock-word", "disallow", "level", "none")
    assert {f"safesearch-audit-{action}" for action in actions} <= keys
