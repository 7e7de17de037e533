"""Everything beside turning pages: windows, menus, sharing, hiding, views, errors, private answers, other places."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import discord
import pytest
from simcord.builders import ChannelHandle

from bot.bing_v7 import Query, QueryContext, QuotaSpent, SafeSearch, Unavailable
from bot.discord_ui.discord_io import in_flight
from bot.discord_ui.discord_io.responses import defer_late, reply_of
from bot.discord_ui.sessions.service import session_service_of
from bot.i18n import say
from bot.safesearch.place import PlaceKind
from tests.discord_ui.fakes import held, picture

from .helpers import choose, custom_ids, ids, links, more, open_picture, options, placeholder, press, texts, time_passes

ASKED = {"related_searches": (Query(text="tulips"), Query(text="roses", display_text="Roses!"))}


@pytest.fixture
async def page(nest: Any) -> Any:
    """The message of a search by Mara."""
    nest.service.answer = ASKED
    await nest.mara.slash(nest.channel, "image", query="red flowers", size="Large")
    await nest.quiet()
    return nest.shown()


async def test_a_page_number_can_be_entered(nest: Any, page: Any) -> None:
    window = await press(nest.mara, page, "jump")
    assert window.modal["title"] == "Go to page"
    await nest.mara.submit_modal(window, {"page": "7"})
    assert nest.shown().embeds[0].title == "Picture 7"


async def test_a_page_number_can_be_entered_after_a_restart(nest: Any, page: Any) -> None:
    window = await press(nest.mara, page, "jump")
    await nest.restart()
    await nest.mara.submit_modal(window, {"page": "4"})
    assert nest.shown().embeds[0].title == "Picture 4"


@pytest.mark.parametrize("entered", ["0", "x", "-3", "1.5"])
async def test_what_is_no_page_number_is_said_privately(nest: Any, page: Any, entered: str) -> None:
    window = await press(nest.mara, page, "jump")
    result = await nest.mara.submit_modal(window, {"page": entered})
    assert result.response.ephemeral
    assert "from 1 to 10" in result.response.content
    assert nest.shown().embeds[0].title == "Picture 1"


async def test_filters_are_chosen_in_a_window_and_the_query_is_kept(nest: Any, page: Any) -> None:
    window = await press(nest.mara, page, "filter")
    labels = [part["label"] for part in window.modal["components"]]
    assert labels == ["Size", "Shape", "Kind of picture", "License", "Age"]
    await nest.mara.submit_modal(window, {"size": "All", "imageType": "Photo", "aspect": "Wide"})
    request = nest.service.asked("search")[-1]
    assert request.q == "red flowers"
    assert {name: str(value) for name, value in request.filters.items()} == {
        "imageType": "Photo", "aspect": "Wide",
    }  # fmt: skip


async def test_a_color_is_chosen_in_the_panel_and_taken_away_there(nest: Any, page: Any) -> None:
    panel = await more(nest.mara, page)
    assert {"Red", "Black and white"} < {option.label for option in options(panel, "color")}
    assert "Any" not in {option.label for option in options(panel, "color")}, "nothing is to be taken away yet"
    window = await press(nest.mara, panel, "filter")
    labels = [part["label"] for part in window.modal["components"]]
    assert labels == ["Size", "Shape", "Kind of picture", "License", "Age"], "what the panel has is not asked twice"
    await choose(nest.mara, page, "color", "Red")
    assert nest.shown().embeds[0].author.name == "“red flowers” · color: Red, size: Large"
    panel = await more(nest.mara, nest.shown())
    assert [option.label for option in options(panel, "color") if option.default] == ["Red"]
    await choose(nest.mara, nest.shown(), "color", "All")
    assert nest.shown().embeds[0].author.name == "“red flowers” · size: Large"


async def test_a_refined_search_takes_the_place_of_the_first(nest: Any, page: Any) -> None:
    assert [option.label for option in options(await more(nest.mara, page), "refine")] == ["tulips", "Roses!"]
    nest.service.images = [picture(50)]
    await choose(nest.mara, page, "refine", "1")
    request = nest.service.asked("search")[-1]
    assert (request.q, str(request.size), request.offset) == ("roses", "Large", 0)
    assert nest.shown().embeds[0].title == "Picture 50"
    assert nest.shown().embeds[0].author.name == "“roses” · size: Large"


async def test_a_refined_search_by_somebody_else_is_theirs(nest: Any, page: Any) -> None:
    nest.service.images = [picture(50), picture(51)]
    result = await choose(nest.kim, page, "refine", "0")
    assert result.response.ephemeral
    assert result.response.embeds[0].title == "Picture 50"
    await press(nest.kim, result.response.message, "next")
    assert nest.shown().embeds[0].title == "Picture 1"


async def test_a_changed_spelling_can_be_undone(nest: Any) -> None:
    nest.service.answer = {
        "query_context": QueryContext(
            original_query="flwoers", altered_query="flowers", alteration_override_query="+flwoers",
            alteration_method="AM_ChangeItWithRecourse",
        )
    }  # fmt: skip
    await nest.mara.slash(nest.channel, "image", query="flwoers")
    assert "Showing results for **flowers**" in texts(nest.shown())
    assert options(await more(nest.mara, nest.shown()), "refine")[0].label == "Search for flwoers instead"
    await choose(nest.mara, nest.shown(), "refine", "0")
    assert nest.service.asked("search")[-1].q == "+flwoers"
    assert nest.shown().embeds[0].author.name == "“flwoers”"


async def test_a_refined_search_that_finds_nothing_leaves_the_page(nest: Any, page: Any) -> None:
    nest.service.images = []
    result = await choose(nest.mara, page, "refine", "0")
    assert result.response.ephemeral
    assert "Nothing was found for “tulips”" in texts(result.response.message)
    assert nest.shown().embeds[0].title == "Picture 1"
    nest.service.images = [picture(number) for number in range(1, 26)]
    await press(nest.mara, nest.shown(), "next")
    assert nest.shown().embeds[0].title == "Picture 2"


async def test_a_private_answer_is_published_once(nest: Any) -> None:
    result = await nest.mara.slash(nest.channel, "image", query="red flowers", private=True)
    await nest.quiet()
    own = result.response
    assert own.ephemeral
    assert not nest.service.asked("picture")
    await press(nest.mara, own.message, "next")
    await press(nest.mara, own.message, "share")
    await nest.quiet()
    public = nest.channel.history()[-1]
    assert not public.flags.ephemeral
    assert public.embeds[0].title == "Picture 2"
    assert "red flowers" in texts(public)
    assert public.content == f"Shared by <@{nest.mara.id}>"
    assert {str(reaction.emoji) for reaction in public.reactions} == {"◀️", "▶️"}
    assert "share" not in ids(own.message)
    await nest.mara.react(public, "▶️")
    await nest.quiet()
    assert nest.channel.history()[-1].embeds[0].title == "Picture 3"


async def test_anybody_can_hide_a_page_and_moderators_show_it_again(nest: Any, page: Any) -> None:
    await press(nest.kim, page, "hide")
    hidden = nest.shown()
    assert "A member hid this page" in texts(hidden)
    assert hidden.embeds[0].image.url is None
    refused = await press(nest.mara, hidden, "restore")
    assert "Manage Messages" in refused.response.content
    await nest.mara.react(hidden, "▶️")
    await nest.quiet()
    assert "A member hid this page" in texts(nest.shown())
    await press(nest.theo, nest.shown(), "restore")
    assert nest.shown().embeds[0].title == "Picture 1"


async def test_the_asker_shows_again_what_they_hid_and_nobody_else(nest: Any, page: Any) -> None:
    await press(nest.mara, page, "hide")
    assert "The person who asked hid this page" in texts(nest.shown())
    refused = await press(nest.kim, nest.shown(), "restore")
    assert "Manage Messages" in refused.response.content
    await nest.quiet()
    await nest.restart()
    await press(nest.mara, nest.shown(), "restore")
    assert nest.shown().embeds[0].title == "Picture 1"


async def test_what_a_moderator_hid_says_so_and_stays(nest: Any, page: Any) -> None:
    await press(nest.theo, page, "hide")
    assert "A moderator hid this page" in texts(nest.shown())
    refused = await press(nest.mara, nest.shown(), "restore")
    assert "Manage Messages" in refused.response.content
    await press(nest.theo, nest.shown(), "restore")
    assert nest.shown().embeds[0].title == "Picture 1"


async def test_hiding_page_after_page_has_an_end(nest: Any) -> None:
    result: Any = None
    for number in range(4):
        await nest.mara.slash(nest.channel, "image", query="red flowers")
        result = await press(nest.kim, nest.shown(), "hide")
        assert ("A member hid" in texts(nest.shown())) == (number < 3)
    assert "several pages" in result.response.content


async def test_the_asker_and_moderators_delete_others_do_not(nest: Any, page: Any) -> None:
    refused = await press(nest.kim, page, "delete")
    assert refused.response.ephemeral
    assert "Only the person who asked" in refused.response.content
    await press(nest.theo, page, "delete")
    assert nest.channel.history() == []
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    await press(nest.mara, nest.shown(), "delete")
    assert nest.channel.history() == []


async def test_moderators_block_a_site_from_its_page(nest: Any, page: Any) -> None:
    blocked: list[tuple[Any, ...]] = []

    async def add(guild_id: int, kind: Any, host: str, by: int) -> tuple[str, bool]:
        blocked.append((guild_id, kind.value, host, by))
        nest.service.banned.add("ID1")
        return host, True

    nest.bot.services.policies = SimpleNamespace(add=add)
    assert "block" not in ids(page)
    theirs = await press(nest.kim, page, "next")
    assert "block" not in ids(theirs.response.message)
    own = await press(nest.theo, page, "next")
    await press(nest.theo, own.response.message, "previous")
    assert own.response.embeds[0].title == "Picture 1"
    await press(nest.theo, own.response.message, "block")
    assert blocked == [(nest.guild.id, "host", "example.org", nest.theo.id)]
    assert own.response.embeds[0].title == "Picture 2"
    assert "1 hidden" in own.response.embeds[0].footer.text


async def test_who_is_no_moderator_any_more_blocks_nothing(nest: Any) -> None:
    nest.bot.services.policies = SimpleNamespace(add=None)
    await nest.theo.slash(nest.channel, "image", query="red flowers")
    assert "block" not in ids(nest.shown())
    own = await nest.theo.slash(nest.channel, "image", query="red flowers", private=True)
    nest.env.backend.get_member(nest.guild.id, nest.theo.id).role_ids.clear()
    refused = await press(nest.theo, own.response.message, "block")
    assert "Only moderators" in refused.response.content


async def test_reactions_are_there_only_where_there_are_pages(nest: Any, page: Any) -> None:
    async def mine() -> list[str]:
        await nest.quiet()
        return [str(reaction.emoji) for reaction in nest.shown().reactions]

    assert await mine() == ["◀️", "▶️"]
    nest.service.images = [picture(50)]
    await choose(nest.mara, page, "refine", "0")
    assert await mine() == []
    nest.service.images = [picture(number) for number in range(60, 70)]
    await choose(nest.mara, nest.shown(), "refine", "0")
    assert await mine() == ["◀️", "▶️"]


async def test_a_page_that_has_nothing_to_turn_any_more_loses_its_reactions(nest: Any, page: Any) -> None:
    async def mine() -> list[str]:
        await nest.quiet()
        return [str(reaction.emoji) for reaction in nest.shown().reactions]

    await press(nest.kim, page, "hide")
    assert await mine() == []
    await press(nest.theo, nest.shown(), "restore")
    assert await mine() == ["◀️", "▶️"]
    nest.service.banned.update(f"ID{number}" for number in range(30))  # as after *Block this site*
    await press(nest.mara, nest.shown(), "next")
    assert "none is allowed here" in texts(nest.shown())
    assert await mine() == []


async def test_a_page_that_a_reaction_empties_loses_its_reactions(nest: Any, page: Any) -> None:
    await nest.quiet()
    nest.service.banned.update(f"ID{number}" for number in range(30))
    await nest.mara.react(nest.shown(), "▶️")
    await nest.quiet()
    assert "none is allowed here" in texts(nest.shown())
    assert [one for one in nest.shown().reactions if one.me] == []


async def test_a_panel_of_a_page_that_has_changed_meanwhile_does_not_call_it_old(nest: Any, page: Any) -> None:
    panel = await more(nest.mara, page)
    await choose(nest.mara, page, "refine", "0")
    told = await nest.mara.click(panel, custom_id=ids(panel)["credit"])
    assert "what it was for has changed" in told.response.content
    assert "old" not in told.response.content


async def test_a_panel_is_whole_in_the_language_of_whoever_opens_it(nest: Any, page: Any) -> None:
    nest.locales.set(nest.mara.id, "de")
    panel = await more(nest.mara, page)
    assert placeholder(panel, "refine") == say("de", "select-refine")
    assert options(panel, "refine")[0].description == say("de", "refine-related")


async def test_a_picture_that_is_not_allowed_any_more_gives_way_at_the_next_turn(nest: Any, page: Any) -> None:
    nest.service.banned.update({"ID2", "ID3"})
    nest.service.level = SafeSearch.STRICT
    await press(nest.mara, page, "next")
    assert nest.shown().embeds[0].title == "Picture 4"
    assert "2 hidden" in nest.shown().embeds[0].footer.text
    nest.service.banned.update(f"ID{number}" for number in range(30))
    await nest.mara.react(nest.shown(), "▶️")
    await nest.quiet()
    assert nest.shown().embeds[0].image.url is None
    assert "none is allowed here" in texts(nest.shown())


async def test_a_search_that_may_not_be_offered_any_more_leaves_the_menu(nest: Any, page: Any) -> None:
    nest.service.banned.add("tulips")
    await press(nest.mara, page, "next")
    assert [option.label for option in options(await more(nest.mara, nest.shown()), "refine")] == ["Roses!"]


async def test_links_lead_to_the_page_and_to_the_picture(nest: Any, page: Any) -> None:
    assert links(await more(nest.mara, page)) == {
        "Open page": "https://www.example.org/page/1",
        "Full image": "https://pictures.example.org/1.jpg",
    }


async def test_an_address_too_long_for_a_button_stays_in_the_title(nest: Any) -> None:
    long = "https://example.org/" + "a" * 600
    nest.service.images = [picture(1, host_page_url=long)]
    await nest.mara.slash(nest.channel, "image", query="x")
    assert "Open page" not in links(await more(nest.mara, nest.shown()))
    assert nest.shown().embeds[0].url == long


async def test_credit_is_ready_to_be_copied(nest: Any, page: Any) -> None:
    result = await press(nest.kim, page, "credit")
    assert result.response.ephemeral
    said = texts(result.response.message)
    assert "[Picture 1](<https://www.example.org/page/1>), Author 1, [CC BY 4.0]" in said
    assert "“Picture 1”, Author 1, https://www.example.org/page/1, CC BY 4.0" in said


async def test_more_like_this_is_a_private_page_of_its_own(nest: Any, page: Any) -> None:
    nest.service.alike = [picture(70), picture(71)]
    result = await press(nest.mara, page, "similar")
    assert result.response.ephemeral
    assert result.response.embeds[0].title == "Picture 70"
    assert nest.service.asked("insights")[0].insights_token == "token*1"
    assert nest.shown().embeds[0].title == "Picture 1"


async def test_a_grid_shows_four_and_opens_one(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers", view="grid")
    await nest.quiet()
    message = nest.shown()
    assert len(message.embeds) == 4
    assert len({embed.url for embed in message.embeds}) == 1
    await press(nest.mara, message, "next")
    assert nest.shown().embeds[1].image.url == "https://thumbs.example.net/6.jpg"
    one = await open_picture(nest.mara, nest.shown(), 6)
    assert one.response.ephemeral
    assert one.response.embeds[0].title == "Picture 7"
    await press(nest.mara, nest.shown(), "view")
    assert len(nest.shown().embeds) == 1
    assert nest.shown().embeds[0].title == "Picture 5"


async def test_a_gallery_turns_by_buttons_and_reactions(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers", view="gallery")
    await nest.quiet()
    message = nest.shown()
    assert message.flags.components_v2
    assert "**6.** Picture 6" in texts(message)
    await press(nest.mara, message, "next")
    assert "**7.** Picture 7" in texts(nest.shown())
    await nest.mara.react(nest.shown(), "◀️")
    await nest.quiet()
    assert "**1.** Picture 1" in texts(nest.shown())
    await press(nest.kim, nest.shown(), "hide")
    assert "A member hid this page" in texts(nest.shown())


async def test_a_gallery_gives_another_view_as_a_copy_of_ones_own(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="red flowers", view="gallery")
    await press(nest.mara, nest.shown(), "next")
    own = await press(nest.mara, nest.shown(), "view")
    assert own.response.ephemeral
    assert own.response.embeds[0].title == "Picture 7"
    assert nest.shown().flags.components_v2
    back = await press(nest.mara, own.response.message, "next")
    assert own.response.embeds[0].title == "Picture 8"
    assert back.acknowledged
    alone = await nest.mara.slash(nest.channel, "image", query="red flowers", view="gallery", private=True)
    again = await press(nest.mara, alone.response.message, "view")
    assert again.response.embeds[0].title == "Picture 1"


async def test_more_like_this_and_refined_searches_keep_the_view(nest: Any) -> None:
    nest.service.alike = [picture(number) for number in range(70, 80)]
    nest.service.answer = {"related_searches": (Query(text="tulips"),)}
    await nest.mara.slash(nest.channel, "image", query="red flowers", view="gallery")
    await choose(nest.mara, nest.shown(), "refine", "0")
    assert nest.shown().flags.components_v2
    one = await press(nest.mara, nest.shown(), "view")
    alike = await press(nest.mara, one.response.message, "similar")
    assert len(alike.response.embeds) == 1
    await press(nest.mara, one.response.message, "view")
    alike = await press(nest.mara, (await open_picture(nest.mara, nest.shown(), 1)).response.message, "similar")
    assert alike.response.embeds[0].title == "Picture 70"


async def test_held_pictures_go_up_with_the_message_and_are_replaced_on_a_turn(nest: Any) -> None:
    nest.service.images = [held(1), held(2)]
    nest.service.pictures = {"h1": b"\x89PNG one", "h2": b"\x89PNG two"}
    await nest.mara.slash(nest.channel, "image", query="x")
    assert [one.filename for one in nest.shown().attachments] == ["magpie-h1.png"]
    await press(nest.mara, nest.shown(), "next")
    assert [one.filename for one in nest.shown().attachments] == ["magpie-h2.png"]
    assert "magpie-h2.png" in nest.shown().embeds[0].image.url


@pytest.mark.parametrize("how", ["button", "reaction"])
async def test_held_pictures_of_the_next_page_are_asked_for_before_anybody_turns_to_it(nest: Any, how: str) -> None:
    nest.service.images = [held(number) for number in range(1, 5)]
    nest.service.pictures = {f"h{number}": b"\x89PNG" for number in range(1, 5)}

    async def turned(forth: bool) -> list[str]:
        asked = len(nest.service.asked("picture"))
        if how == "button":
            await press(nest.mara, nest.shown(), "next" if forth else "previous")
        else:
            await nest.mara.react(nest.shown(), "▶️" if forth else "◀️")
        await nest.quiet()
        return nest.service.asked("picture")[asked:]

    await nest.mara.slash(nest.channel, "image", query="x")
    await nest.quiet()
    assert await turned(forth=True) == ["h2", "h3"]
    assert await turned(forth=True) == ["h3", "h4"]
    assert await turned(forth=False) == ["h2", "h1"]


async def test_a_held_picture_too_large_for_the_server_is_asked_for_smaller_then_left_out(nest: Any) -> None:
    nest.service.images = [held(1)]
    nest.service.pictures = {"h1": b"x" * (10 * 1024 * 1024 + 1)}
    await nest.mara.slash(nest.channel, "image", query="x")
    assert len(nest.service.asked("picture")) == 3
    assert nest.shown().attachments == []
    assert "cannot be shown here" in texts(nest.shown())


@pytest.mark.parametrize("rated_adult", [False, True])
async def test_a_held_picture_that_is_not_handed_out_is_named_only_if_it_is_still_allowed(
    nest: Any, rated_adult: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process rates it adult, or takes it away, after its page was judged; the rules of the place stay."""
    nest.service.images = [held(1), held(2), held(3)]
    nest.service.pictures = {f"h{number}": b"\x89PNG" for number in (1, 2, 3)}
    await nest.mara.slash(nest.channel, "image", query="x")
    change = session_service_of(nest.bot).change

    async def changed(*arguments: Any) -> None:
        await change(*arguments)
        del nest.service.pictures["h2"]
        nest.service.banned |= {"h2"} if rated_adult else set()

    async def rules(_requester: Any) -> Any:
        return SafeSearch.STRICT, frozenset()

    monkeypatch.setattr(nest.service, "rules", rules)
    monkeypatch.setattr(session_service_of(nest.bot), "change", changed)
    await press(nest.mara, nest.shown(), "next")
    assert ("Picture 2" in texts(nest.shown())) is not rated_adult
    assert [one.filename for one in nest.shown().attachments] == (["magpie-h3.png"] if rated_adult else [])


async def test_words_of_held_pictures_are_judged_again_after_the_page_was_stored(
    nest: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process rates the pictures of a search adult while its page is stored; the rules of the place stay."""
    nest.service.images = [held(1)]
    nest.service.pictures = {"h1": b"\x89PNG"}
    nest.service.answer = {
        "query_context": QueryContext(
            original_query="flwoers", altered_query="flowers", alteration_override_query="+flwoers",
            alteration_method="AM_ChangeItWithRecourse",
        )
    }  # fmt: skip
    cache = session_service_of(nest.bot).cache
    add, gone = cache.add, set[str]()

    async def added(*arguments: Any, **named: Any) -> Any:
        active = await add(*arguments, **named)
        gone.add("flowers")
        return active

    async def withdrawn(*_: Any) -> frozenset[str]:
        return frozenset(gone)

    monkeypatch.setattr(nest.service, "withdrawn", withdrawn)
    await nest.mara.slash(nest.channel, "image", query="flwoers")
    assert "Showing results for **flowers**" in texts(nest.shown())
    monkeypatch.setattr(cache, "add", added)
    await nest.mara.slash(nest.channel, "image", query="flwoers")
    assert "Picture 1" in texts(nest.shown())
    assert "Showing results for" not in texts(nest.shown())


async def test_a_panel_offers_only_what_the_place_allows_once_its_page_was_drawn_again(
    nest: Any, page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The picture of the page is not allowed any more, and a suggestion is blocked while Discord takes the new page."""
    edit = session_service_of(nest.bot).edit

    async def edited(*arguments: Any) -> None:
        await edit(*arguments)
        nest.service.banned |= {"tulips"}

    monkeypatch.setattr(session_service_of(nest.bot), "edit", edited)
    nest.service.banned = {"ID1"}
    panel = await more(nest.mara, page)
    assert nest.shown().embeds[0].title == "Picture 2"
    assert [option.label for option in options(panel, "refine")] == ["Roses!"]


@pytest.fixture
def deferring_takes_long(nest: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """From a call of what is returned on, presses are deferred, and something is forbidden while Discord answers that.

    The press is judged only once the deferring has begun, and Discord answers only once the press waits for it.
    """

    def begin(forbidden: str, level: SafeSearch = SafeSearch.STRICT) -> None:
        watched, allowed, defer = in_flight.InFlight.watch, nest.service.allowed, discord.InteractionResponse.defer
        pressed: list[Any] = []
        late: list[asyncio.Task[None]] = []
        begun = asyncio.Event()

        def watch(self: Any, interaction: Any) -> None:
            pressed.append(interaction)
            watched(self, interaction)

        async def allowed_late(*arguments: Any) -> Any:
            if not late:
                late.append(asyncio.create_task(defer_late(pressed[-1])))
                await begun.wait()
            return await allowed(*arguments)

        async def deferred(self: Any, **how: Any) -> Any:
            lock: Any = reply_of(pressed[-1]).lock
            begun.set()
            while not lock._waiters:  # noqa: ASYNC110 (a lock does not say when somebody waits for it)
                await asyncio.sleep(0)
            nest.service.banned |= {forbidden}
            nest.service.level = level
            return await defer(self, **how)

        monkeypatch.setattr(in_flight.InFlight, "watch", watch)
        monkeypatch.setattr(nest.service, "allowed", allowed_late)
        monkeypatch.setattr(discord.InteractionResponse, "defer", deferred)

    return begin


async def test_a_page_is_judged_again_once_its_press_is_deferred(
    nest: Any, page: Any, deferring_takes_long: Callable[[str], None]
) -> None:
    deferring_takes_long("ID2")
    await press(nest.mara, page, "next")
    assert nest.shown().embeds[0].title == "Picture 3"


async def test_a_copy_is_judged_again_once_its_press_is_deferred(
    nest: Any, page: Any, deferring_takes_long: Callable[[str], None]
) -> None:
    deferring_takes_long("ID2")
    copied = await press(nest.kim, page, "next")
    assert copied.followups[-1].message.embeds[0].title == "Picture 3"


async def test_a_panel_is_judged_again_once_its_press_is_deferred(
    nest: Any, page: Any, deferring_takes_long: Callable[[str], None]
) -> None:
    deferring_takes_long("tulips")
    opened = await nest.mara.click(page, custom_id=ids(page)["more"])
    panel = opened.followups[-1].message
    assert [option.label for option in options(panel, "refine")] == ["Roses!"]


@pytest.mark.parametrize("who", ["mara", "kim"])
@pytest.mark.parametrize("action", ["credit", "similar", "details"])
async def test_a_press_that_finds_its_picture_forbidden_takes_it_off_the_page(
    nest: Any, page: Any, who: str, action: str
) -> None:
    """Whoever pressed; the message would show it until somebody turns."""
    person = getattr(nest, who)
    panel = page if action in ids(page) else await more(person, page)
    nest.service.banned.add("ID1")
    refused = await person.click(panel, custom_id=ids(panel)[action])
    await nest.quiet()
    assert (refused.response or refused.followups[-1]).ephemeral
    assert nest.shown().embeds[0].title == "Picture 2"
    assert "1 hidden" in nest.shown().embeds[0].footer.text


@pytest.mark.parametrize("whose", ["answer", "copy"])
@pytest.mark.parametrize("action", ["credit", "similar", "details"])
async def test_a_press_that_finds_its_picture_forbidden_takes_it_off_a_private_page(
    nest: Any, page: Any, whose: str, action: str
) -> None:
    """Only the press itself can change such a message, and it says why besides."""
    if whose == "answer":
        answered = await nest.mara.slash(nest.channel, "image", query="red flowers", private=True)
        person, shown = nest.mara, answered.response.message
    else:
        person, shown = nest.kim, (await press(nest.kim, page, "next")).response.message
    title = shown.embeds[0].title
    shown = shown if action in ids(shown) else await more(person, shown)
    nest.service.banned.add(f"ID{title.split()[-1]}")
    refused = await person.click(shown, custom_id=ids(shown)[action])
    await nest.quiet()
    assert refused.response.message.id == shown.id
    assert title not in texts(refused.response.message)
    assert "1 hidden" in refused.response.embeds[0].footer.text
    assert refused.followups[-1].ephemeral
    assert refused.followups[-1].content == say("en-US", "error-outdated")


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize("view", ["grid", "gallery"])
async def test_a_picture_of_several_that_is_forbidden_is_not_opened_and_taken_off(
    nest: Any, private: bool, view: str
) -> None:
    """What is opened is not the picture after it."""
    answered = await nest.mara.slash(nest.channel, "image", query="red flowers", private=private, view=view)
    await nest.quiet()
    page = answered.response.message
    opened = await more(nest.mara, page)
    button = next((one for one in custom_ids(opened) if one.endswith(":picture:2")), None)
    nest.service.banned.add("ID3")
    pressed = nest.mara.click(opened, custom_id=button) if button else choose(nest.mara, opened, "picture", "2")
    refused = await pressed
    await nest.quiet()
    told = refused.followups[-1]
    assert told.ephemeral
    assert told.content == say("en-US", "error-outdated")
    left = refused.response.message if private else nest.shown()
    assert left.id == page.id
    assert "Picture 2" in texts(left)
    assert "Picture 3" not in texts(left)


@pytest.mark.parametrize("private", [True, False])
async def test_a_search_that_may_not_be_offered_any_more_is_taken_away_once_it_is_chosen(
    nest: Any, page: Any, private: bool
) -> None:
    """From a private page, and with the panel from a public one."""
    answered = await nest.mara.slash(nest.channel, "image", query="red flowers", private=private)
    await nest.quiet()
    opened = await more(nest.mara, answered.response.message)
    assert [option.label for option in options(opened, "refine")] == ["tulips", "Roses!"]
    nest.service.banned.add("tulips")
    asked = len(nest.service.asked("search"))
    refused = await choose(nest.mara, opened, "refine", "0")
    await nest.quiet()
    assert refused.followups[-1].ephemeral
    assert refused.followups[-1].content == say("en-US", "error-outdated")
    assert len(nest.service.asked("search")) == asked
    if private:
        left = await more(nest.mara, refused.response.message)
        assert left.id == opened.id
        assert [option.label for option in options(left, "refine")] == ["Roses!"]
    else:
        assert refused.response is None, "the panel is gone"


async def test_a_credit_is_judged_again_once_its_press_is_deferred(
    nest: Any, page: Any, deferring_takes_long: Callable[[str], None]
) -> None:
    panel = await more(nest.mara, page)
    deferring_takes_long("ID1")
    credit = await press(nest.mara, panel, "credit")
    assert "Picture 1" not in texts(credit.followups[-1].message)


async def test_the_note_of_an_ended_search_is_judged_again_once_its_press_is_deferred(
    nest: Any, page: Any, deferring_takes_long: Callable[[str], None]
) -> None:
    await time_passes(nest)
    deferring_takes_long("red flowers")
    note = await press(nest.mara, nest.shown(), "next")
    assert "red flowers" not in texts(note.followups[-1].message)


async def test_nothing_found_is_said_privately(nest: Any) -> None:
    nest.service.images = []
    result = await nest.mara.slash(nest.channel, "image", query="zzz", color="Red")
    await nest.quiet()
    (answer,) = result.followups
    assert answer.ephemeral
    assert "Nothing was found for “zzz” with these filters: color: Red" in texts(answer.message)
    assert nest.channel.history() == []


async def test_what_filters_leave_nothing_of_is_one_press_from_being_asked_without_them(nest: Any) -> None:
    found, nest.service.images = nest.service.images, []
    result = await nest.mara.slash(nest.channel, "image", query="zzz", color="Red", shape="Wide")
    await nest.quiet()
    (answer,) = result.followups
    nest.service.images = found
    pressed = await press(nest.mara, answer.message, "unfiltered")
    request = nest.service.asked("search")[-1]
    assert (request.q, request.filters) == ("zzz", {})
    assert pressed.response.embeds[0].title == "Picture 1"


async def test_errors_are_private_sentences_with_the_trace_of_the_log(nest: Any, caplog: Any) -> None:
    caplog.set_level(logging.INFO)
    nest.failures_expected = True
    until = datetime(2026, 12, 1, tzinfo=UTC)
    nest.service.error = QuotaSpent("secret key abc", provider="brave", until=until)
    result = await nest.mara.slash(nest.channel, "image", query="red flowers")
    await nest.quiet()
    (answer,) = result.followups
    assert answer.ephemeral
    assert "The quota at Brave Search is used up. It resets <t:1796083200:R>." in answer.content
    assert "secret" not in answer.content
    assert "Trace" not in answer.content, "nothing is broken"
    assert nest.channel.history() == []
    assert "QuotaSpent" in caplog.text


async def test_a_failure_while_turning_leaves_the_page(nest: Any, page: Any) -> None:
    nest.service.error = Unavailable("down", provider="openverse")
    for _ in range(9):
        await press(nest.mara, nest.shown(), "next")
    result = await press(nest.mara, nest.shown(), "next")
    assert "Openverse cannot be reached" in result.response.content
    assert nest.shown().embeds[0].title == "Picture 10"
    nest.service.error = None
    await press(nest.mara, nest.shown(), "next")
    assert nest.shown().embeds[0].title == "Picture 11"


async def test_something_nobody_expected_gets_a_sentence_too(nest: Any, page: Any, caplog: Any) -> None:
    nest.service.error = ZeroDivisionError("inside")
    result = await choose(nest.mara, page, "refine", "0")
    assert "Something went wrong" in result.response.content
    assert "inside" not in result.response.content
    assert any(record.exc_info for record in caplog.records)


async def test_fast_clicks_keep_their_order(nest: Any) -> None:
    import asyncio

    await nest.mara.slash(nest.channel, "image", query="red flowers")
    await nest.quiet()
    sessions = session_service_of(nest.bot)
    active = await sessions.cache.of_message(nest.shown().id)
    assert active is not None
    events = [
        discord.RawReactionActionEvent(
            data={  # type: ignore[arg-type]  # ids as numbers are taken too
                "message_id": nest.shown().id, "channel_id": nest.channel.id, "user_id": nest.mara.id,
                "guild_id": nest.guild.id, "type": 0,
            },
            emoji=discord.PartialEmoji(name=emoji),
            event_type="REACTION_REMOVE",
        )
        for emoji in ("▶️", "▶️", "▶️", "◀️", "▶️", "▶")
    ]  # fmt: skip
    before = len(nest.env.http_requests)
    router = nest.bot.get_cog("SearchCog").router
    await asyncio.gather(*(router.reactions.handle(event) for event in events))
    await nest.quiet()
    assert nest.shown().embeds[0].title == "Picture 5"
    edits = [one for one in nest.env.http_requests[before:] if one.method == "PATCH"]
    assert len(edits) <= 2


async def test_a_vanished_message_ends_its_session(nest: Any, page: Any) -> None:
    nest.env.inject_error("PATCH", "/channels/*/messages/*", status=404, code=10008)
    await nest.mara.react(page, "▶️")
    await nest.quiet()
    assert await nest.bot.services.sessions.of_message(page.id) is None


@pytest.mark.parametrize(("status", "code"), [(403, 50001), (403, 50013), (400, 50083)])
async def test_lost_permissions_and_archived_threads_are_borne(nest: Any, page: Any, status: int, code: int) -> None:
    nest.env.inject_error("PATCH", "/channels/*/messages/*", status=status, code=code)
    await nest.mara.react(page, "▶️")
    await nest.quiet()
    assert nest.shown().embeds[0].title == "Picture 1"
    await nest.mara.react(page, "▶️")
    await nest.quiet()
    assert nest.shown().embeds[0].title == "Picture 3"


async def test_without_add_reactions_there_are_buttons_alone(nest: Any) -> None:
    no = discord.PermissionOverwrite(add_reactions=False)
    channel = nest.guild.create_text_channel("plain", overwrites={nest.guild.me: no})
    await nest.mara.slash(channel, "image", query="red flowers")
    await nest.quiet()
    assert channel.last_message.reactions == []
    await press(nest.mara, channel.last_message, "next")
    assert channel.last_message.embeds[0].title == "Picture 2"


async def test_in_a_direct_message_both_work_and_the_place_is_said(nest: Any) -> None:
    user = nest.mara.user
    await user.slash("image", query="red flowers")
    await nest.quiet()
    channel = user.dm_channel
    assert nest.service.requesters[-1].place.kind is PlaceKind.DM
    message = channel.last_message
    assert {"hide", "block"}.isdisjoint(ids(message))
    await user.set_reaction(message, "▶️", reacted=True)
    await nest.quiet()
    assert channel.last_message.embeds[0].title == "Picture 2"
    await user.set_reaction(message, "▶️", reacted=False)
    await nest.quiet()
    assert channel.last_message.embeds[0].title == "Picture 3"
    await user.click(channel.last_message, custom_id=ids(channel.last_message)["previous"])
    assert channel.last_message.embeds[0].title == "Picture 2"


async def test_in_a_thread_the_parent_counts(nest: Any) -> None:
    stored = nest.env.backend.create_thread(nest.channel.id, "bird watchers", nest.mara.id)
    thread: Any = ChannelHandle(nest.env, nest.guild, stored)
    await nest.mara.slash(thread, "image", query="red flowers")
    await nest.quiet()
    place = nest.service.requesters[-1].place
    assert (place.kind, place.channel_id, place.thread_id) == (PlaceKind.THREAD, nest.channel.id, thread.id)
    assert place.age_restricted is False
    await nest.mara.react(thread.last_message, "▶️")
    await nest.quiet()
    assert thread.last_message.embeds[0].title == "Picture 2"


async def test_the_server_chooses_how_answers_look(nest: Any) -> None:
    said = await nest.theo.slash(nest.channel, "display", view="grid", reactions=False, everywhere=True)
    assert said.response.ephemeral
    assert "buttons only" in said.response.content
    await nest.mara.slash(nest.channel, "image", query="red flowers")
    await nest.quiet()
    assert len(nest.shown().embeds) == 4
    assert nest.shown().reactions == []
    await nest.theo.slash(nest.channel, "display", private=True)
    result = await nest.mara.slash(nest.channel, "image", query="red flowers")
    assert result.response.ephemeral
    asked = await nest.mara.slash(nest.channel, "image", query="red flowers", private=False)
    assert not asked.response.ephemeral


async def test_nothing_ever_pings(nest: Any) -> None:
    nest.service.images = [picture(1, name="@everyone <@1>"), picture(2)]
    await nest.mara.slash(nest.channel, "image", query="@here")
    await nest.quiet()
    await press(nest.mara, nest.shown(), "next")
    await nest.mara.react(nest.shown(), "◀️")
    await nest.quiet()
    assert nest.shown().mentions == []
    assert "@everyone" not in texts(nest.shown())


async def test_a_slow_search_is_deferred_in_time(nest: Any, page: Any) -> None:
    import asyncio

    async def slow() -> None:
        await asyncio.sleep(2.5)

    nest.service.hook = slow
    clicking = asyncio.ensure_future(choose(nest.mara, page, "refine", "0"))
    result = await clicking
    assert result.acknowledged
    assert nest.shown().embeds[0].author.name == "“tulips” · size: Large"


async def test_killed_before_a_turn_was_written_the_message_itself_knows_its_page(nest: Any, page: Any) -> None:
    sessions = session_service_of(nest.bot)
    sessions.cache.turned = lambda active: None
    for _ in range(3):
        await press(nest.mara, nest.shown(), "next")
    assert nest.shown().embeds[0].title == "Picture 4"
    await nest.restart()
    await press(nest.mara, nest.shown(), "next")
    assert nest.shown().embeds[0].title == "Picture 5"


async def test_killed_before_a_turn_was_written_a_reaction_goes_on_from_what_is_seen(nest: Any, page: Any) -> None:
    sessions: Any = session_service_of(nest.bot).cache
    sessions.turned = lambda active: None
    for _ in range(3):
        await press(nest.mara, nest.shown(), "next")
    await nest.restart()
    await nest.mara.react(nest.shown(), "▶️")
    await nest.quiet()
    assert nest.shown().embeds[0].title == "Picture 5"
    await nest.restart()
    nest.env.inject_error("GET", "/channels/*/messages/*", status=403, code=50001)
    await nest.mara.react(nest.shown(), "▶️")
    await nest.quiet()
    assert nest.shown().embeds[0].title == "Picture 6"
