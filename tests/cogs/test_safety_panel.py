"""The panel of /safesearch show in an offline Discord: every control, who may press it, and when that is judged."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from bot.bing_v7 import SafeSearch
from bot.i18n import say
from bot.safesearch.policy import Scope
from bot.storage.policies import ListKind

from .helpers import options, texts
from .test_safesearch import cogs as cogs  # noqa: PLC0414 (a fixture, as those below)
from .test_safesearch import levels
from .test_safesearch import operator as operator  # noqa: PLC0414
from .test_safesearch import place as place  # noqa: PLC0414

OFF, MODERATE, STRICT = SafeSearch.OFF, SafeSearch.MODERATE, SafeSearch.STRICT


async def opened(who: Any, channel: Any) -> Any:
    shown = await who.slash(channel, "safesearch show")
    assert shown.ephemeral
    return shown.response.message


def buttons(message: Any) -> dict[str, Any]:
    """The panel's buttons by what follows the target in their custom_ids."""
    found = [
        one for row in message.components for one in getattr(row, "children", ()) if getattr(one, "custom_id", None)
    ]
    return {one.custom_id.split(":", 2)[2]: one for one in found}


async def pressed(who: Any, message: Any, what: str) -> Any:
    """Press and return the panel as it is then."""
    return (await who.click(message, custom_id=buttons(message)[what].custom_id)).response.message


async def picked(who: Any, message: Any, channel: Any) -> Any:
    menu = buttons(message)["target"].custom_id
    return (await who.select(message, [channel], custom_id=menu)).response.message


class TestLevels:
    async def test_the_panel_says_what_holds_and_why(self, place: Any) -> None:
        panel = await opened(place.theo, place.room)
        assert f"<#{place.room.id}> is **Strict**" in texts(panel)
        assert say("en-US", "safesearch-rule-default") in texts(panel)
        levels = {name: one.disabled for name, one in buttons(panel).items() if name.startswith("level:")}
        assert levels == {"level:Off": False, "level:Moderate": False, "level:Strict": False, "level:Inherit": True}

    async def test_stricter_takes_one_press(self, place: Any) -> None:
        await place.policies.set_level(place.guild.id, Scope.SERVER, place.guild.id, MODERATE, 1)
        panel = await pressed(place.theo, await opened(place.theo, place.room), "level:Strict")
        assert "is set to Strict" in texts(panel)
        assert say("en-US", "safesearch-rule-channel") in texts(panel)
        assert (await levels(place))[Scope.CHANNEL, place.room.id] is STRICT

    async def test_less_strict_is_asked_about(self, place: Any) -> None:
        asked = await pressed(place.theo, await opened(place.theo, place.room), "level:Moderate")
        assert "Strict → Moderate" in texts(asked)
        assert await levels(place) == {}
        back = await pressed(place.theo, asked, "overview")
        assert await levels(place) == {}
        panel = await pressed(
            place.theo, await pressed(place.theo, back, "level:Moderate"), "loosen:Moderate-Strict-Moderate"
        )
        assert "is set to Moderate" in texts(panel)
        assert await levels(place) == {(Scope.CHANNEL, place.room.id): MODERATE}
        panel = await pressed(place.theo, panel, "level:Inherit")
        assert await levels(place) == {}
        assert say("en-US", "safesearch-rule-default") in texts(panel)

    async def test_a_question_holds_for_the_change_that_it_names_alone(self, place: Any) -> None:
        """Another moderator makes the channel stricter, or what it would inherit less strict, before the answer."""
        guild, room, policies = place.guild.id, place.room.id, place.policies
        await policies.set_level(guild, Scope.CHANNEL, room, MODERATE, 1)
        asked = await pressed(place.theo, await opened(place.theo, place.room), "level:Off")
        assert "Moderate → Off" in texts(asked)
        await policies.set_level(guild, Scope.CHANNEL, room, STRICT, 1)
        asked = await pressed(place.theo, asked, "loosen:Off-Moderate-Off")
        assert "Strict → Off" in texts(asked)
        assert await levels(place) == {(Scope.CHANNEL, room): STRICT}
        await pressed(place.theo, asked, "loosen:Off-Strict-Off")
        assert await levels(place) == {(Scope.CHANNEL, room): OFF}

        await policies.set_level(guild, Scope.CHANNEL, room, STRICT, 1)
        await policies.set_level(guild, Scope.SERVER, guild, MODERATE, 1)
        asked = await pressed(place.theo, await opened(place.theo, place.room), "level:Inherit")
        await policies.set_level(guild, Scope.SERVER, guild, OFF, 1)
        assert "Strict → Moderate" in texts(asked)
        asked = await pressed(place.theo, asked, "loosen:Inherit-Strict-Moderate")
        assert "Strict → Off" in texts(asked)
        assert (await levels(place))[Scope.CHANNEL, room] is STRICT
        await pressed(place.theo, asked, "loosen:Inherit-Strict-Off")
        assert await levels(place) == {(Scope.SERVER, guild): OFF}

    async def test_a_question_whose_change_loosens_nothing_any_more_sets_the_level(self, place: Any) -> None:
        guild, room = place.guild.id, place.room.id
        asked = await pressed(place.theo, await opened(place.theo, place.room), "level:Moderate")
        await place.policies.set_level(guild, Scope.CHANNEL, room, OFF, 1)
        panel = await pressed(place.theo, asked, "loosen:Moderate-Strict-Moderate")
        assert "is set to Moderate" in texts(panel)
        assert await levels(place) == {(Scope.CHANNEL, room): MODERATE}

    async def test_off_only_where_the_channel_is_age_restricted(self, place: Any) -> None:
        panel = await opened(place.theo, place.channel)
        assert buttons(panel)["level:Off"].disabled

    async def test_a_flag_lost_between_drawing_and_press_counts(self, place: Any) -> None:
        from bot.tryout import age_flag

        asked = await pressed(place.theo, await opened(place.theo, place.room), "level:Off")
        age_flag.set_age_restricted(place.env, place.room, restricted=False)
        await place.env.settle()
        panel = await pressed(place.theo, asked, "loosen:Off-Strict-Off")
        assert say("en-US", "safesearch-off-needs-age") in texts(panel)
        assert await levels(place) == {}

    async def test_a_thread_means_its_channel(self, place: Any) -> None:
        stored = place.env.backend.create_thread(place.room.id, "owls", place.theo.id)
        await place.env.settle()
        inside = type(place.room)(place.env, place.guild, stored)
        panel = await opened(place.theo, inside)
        assert f"<#{place.room.id}>" in texts(panel)
        await pressed(place.theo, panel, "level:Strict")
        assert await levels(place) == {(Scope.CHANNEL, place.room.id): STRICT}


class TestTargets:
    async def test_another_channel_a_category_and_the_server(self, place: Any) -> None:
        panel = await picked(place.ada, await opened(place.ada, place.channel), place.room)
        assert f"<#{place.room.id}>" in texts(panel)
        panel = await pressed(place.ada, panel, "level:Strict")
        panel = await picked(place.ada, panel, place.category)
        assert say("en-US", "safesearch-rule-inherited") in texts(panel)
        panel = await pressed(place.ada, panel, "level:Strict")
        panel = await pressed(place.ada, panel, "server")
        assert say("en-US", "safesearch-rule-default") in texts(panel)  # there is nothing wider to follow
        panel = await pressed(place.ada, panel, "level:Strict")
        panel = await pressed(place.ada, panel, "level:Inherit")
        assert "the bot's default applies" in texts(panel)
        await pressed(place.ada, panel, "level:Strict")
        assert await levels(place) == {
            (Scope.CHANNEL, place.room.id): STRICT,
            (Scope.CATEGORY, place.category.id): STRICT,
            (Scope.SERVER, place.guild.id): STRICT,
        }

    async def test_the_server_is_for_those_who_manage_it(self, place: Any) -> None:
        panel = await pressed(place.theo, await opened(place.theo, place.room), "server")
        assert all(one.disabled for name, one in buttons(panel).items() if name.startswith("level:"))

    async def test_a_channel_that_is_gone(self, place: Any) -> None:
        other = place.guild.create_text_channel("short-lived")
        await place.env.settle()
        panel = await picked(place.ada, await opened(place.ada, place.room), other)
        place.env.backend.delete_channel(other.id)
        await place.env.settle()
        told = await place.ada.click(panel, custom_id=buttons(panel)["level:Strict"].custom_id)
        assert say("en-US", "safesearch-gone") in told.response.content
        assert await levels(place) == {}


class TestLists:
    async def test_blocking_by_window_and_removing_by_menu(self, place: Any) -> None:
        lists = await pressed(place.ada, await opened(place.ada, place.room), "lists")
        window = await place.ada.click(lists, custom_id=buttons(lists)["add:host"].custom_id)
        done = await place.ada.submit_modal(window, {"entry": "https://www.Bad.example/x"})
        lists = done.response.message
        assert "`bad.example` is blocked" in texts(lists)
        (entry,) = options(lists, "remove")
        lists = (await place.ada.select(lists, [entry.value], custom_id=buttons(lists)["remove"].custom_id)).response
        assert "was removed from the lists" in texts(lists.message)
        assert await place.policies.entries(place.guild.id) == []

    async def test_who_manages_channels_alone_may_block_but_not_unblock(self, place: Any) -> None:
        await place.policies.add(place.guild.id, ListKind.WORD, "wumpus", 1)
        lists = await pressed(place.theo, await opened(place.theo, place.room), "lists")
        assert {"add:host", "add:word"} <= set(buttons(lists))
        assert not {"remove", "add:allow"} & set(buttons(lists))

    async def test_many_entries_are_turned(self, place: Any) -> None:
        for number in range(30):
            await place.policies.add(place.guild.id, ListKind.HOST, f"site{number:02}.example", 1)
        lists = await pressed(place.ada, await opened(place.ada, place.room), "lists")
        assert len(options(lists, "remove")) == 25
        lists = await pressed(place.ada, lists, "lists:1")
        assert len(options(lists, "remove")) == 5

    async def test_history(self, place: Any) -> None:
        panel = await pressed(place.theo, await opened(place.theo, place.room), "level:Strict")
        history = await pressed(place.theo, panel, "history")
        assert f"<#{place.room.id}>, inherited → Strict" in texts(history)
        assert "is **Strict**" in texts(await pressed(place.theo, history, "overview"))


class TestWhoMay:
    @pytest.mark.parametrize("what", ["level:Strict", "level:Moderate", "server", "lists", "history"])
    async def test_a_permission_taken_away_counts_at_the_press(self, place: Any, what: str) -> None:
        place.failures_expected = True
        panel = await opened(place.theo, place.room)
        place.guild.roles["Moderators"]._role.permissions = 0
        refused = await place.theo.click(panel, custom_id=buttons(panel)[what].custom_id)
        assert "Manage Channels" in refused.response.content
        assert await levels(place) == {}

    async def test_a_permission_taken_away_before_a_removal(self, place: Any) -> None:
        place.failures_expected = True
        await place.policies.add(place.guild.id, ListKind.WORD, "wumpus", 1)
        lists = await pressed(place.ada, await opened(place.ada, place.room), "lists")
        (entry,) = options(lists, "remove")
        place.guild.roles["Keepers"]._role.permissions = 0
        await place.ada.select(lists, [entry.value], custom_id=buttons(lists)["remove"].custom_id)
        assert [row.value for row in await place.policies.entries(place.guild.id)] == ["wumpus"]

    async def test_another_channel_takes_the_permission_there(self, place: Any) -> None:
        """Somebody who may manage this channel alone gets no say in another."""
        place.failures_expected = True
        own = {place.mara: discord.PermissionOverwrite(manage_channels=True)}
        mine = place.guild.create_text_channel("mine", overwrites=own)
        await place.env.settle()
        panel = await opened(place.mara, mine)
        panel = await picked(place.mara, panel, place.room)
        assert buttons(panel)["level:Strict"].disabled
        with pytest.raises(Exception, match="disabled"):
            await place.mara.click(panel, custom_id=buttons(panel)["level:Strict"].custom_id)
        assert await levels(place) == {}

    async def test_the_panel_works_after_a_restart(self, place: Any) -> None:
        panel = await opened(place.theo, place.room)
        await place.restart()
        await pressed(place.theo, panel, "level:Strict")
        assert await levels(place) == {(Scope.CHANNEL, place.room.id): STRICT}
