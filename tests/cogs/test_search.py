"""/image in an offline Discord: the first page, buttons and reactions, restarts, strangers."""

from __future__ import annotations

from typing import Any

import discord


def custom_id(message: Any, action: str) -> str:
    """The custom_id of the control with this action."""
    ids = [
        child.custom_id
        for row in message.components
        for child in getattr(row, "children", [])
        if getattr(child, "custom_id", None)
    ]
    return next(one for one in ids if one.split(":")[2] == action)


async def press(nest: Any, who: Any, action: str, message: Any = None) -> Any:
    message = message or nest.shown()
    return await who.click(message, custom_id=custom_id(message, action))


def title(nest: Any) -> str | None:
    return nest.shown().embeds[0].title


async def test_the_first_page_names_its_source(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    await nest.quiet()
    embed = nest.shown().embeds[0]
    assert embed.title == "Picture 1"
    assert embed.url == "https://www.example.org/page/1"
    assert embed.image.url == "https://thumbs.example.net/1.jpg"
    assert "example.org" in embed.footer.text
    assert "SafeSearch strict" in embed.footer.text
    assert "1 of" in embed.footer.text
    assert {str(reaction.emoji) for reaction in nest.shown().reactions} == {"◀️", "▶️"}


async def test_buttons_turn_pages_without_asking_again(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    for expected in ("Picture 2", "Picture 3"):
        await press(nest, nest.mara, "next")
        assert title(nest) == expected
    await press(nest, nest.mara, "previous")
    assert title(nest) == "Picture 2"
    assert len(nest.service.asked("search")) == 1


async def test_reactions_turn_pages_and_are_taken_away_where_that_is_allowed(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    await nest.quiet()
    message = nest.shown()
    for emoji, expected in (("▶️", "Picture 2"), ("▶️", "Picture 3"), ("◀️", "Picture 2")):
        await nest.mara.react(message, emoji)
        await nest.quiet()
        assert title(nest) == expected
        assert [reaction.count for reaction in nest.shown().reactions] == [1, 1]


async def test_without_manage_messages_taking_a_reaction_away_is_a_press_too(nest: Any) -> None:
    no = discord.PermissionOverwrite(manage_messages=False)
    channel = nest.guild.create_text_channel("strict", overwrites={nest.guild.me: no})
    await nest.mara.slash(channel, "image", query="red flowers")
    await nest.quiet()
    await nest.mara.react(nest.shown(channel), "▶️")
    await nest.quiet()
    assert nest.shown(channel).embeds[0].title == "Picture 2"
    await nest.mara.unreact(nest.shown(channel), "▶️")
    await nest.quiet()
    assert nest.shown(channel).embeds[0].title == "Picture 3"


async def test_reactions_of_others_and_other_emoji_do_nothing(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    await nest.quiet()
    await nest.kim.react(nest.shown(), "▶️")
    await nest.mara.react(nest.shown(), "🎉")
    await nest.quiet()
    assert title(nest) == "Picture 1"


async def test_controls_outlive_a_restart(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    await press(nest, nest.mara, "next")
    await nest.quiet()
    await nest.restart()
    await press(nest, nest.mara, "next")
    assert title(nest) == "Picture 3"
    await nest.quiet()
    await nest.restart()
    await nest.mara.react(nest.shown(), "▶️")
    await nest.quiet()
    assert title(nest) == "Picture 4"
    assert len(nest.service.asked("search")) == 1


async def test_the_next_batch_is_fetched_when_it_is_needed(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    await press(nest, nest.mara, "last")
    assert title(nest) == "Picture 10"
    await press(nest, nest.mara, "next")
    assert title(nest) == "Picture 11"
    assert [request.offset for request in nest.service.asked("search")] == [0, 10]


async def test_somebody_else_gets_a_private_copy(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    await nest.quiet()
    message = nest.shown()
    result = await press(nest, nest.kim, "next", message)
    assert result.response.ephemeral
    assert result.response.embeds[0].title == "Picture 2"
    assert message.channel.id == nest.channel.id
    first = next(one for one in nest.channel.history() if one.id == message.id)
    assert first.embeds[0].title == "Picture 1"
