"""/trending with everything real but Discord: what a server searched shows in that server, and nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.bing_v7 import Verb
from bot.collection.ingest.indexing import index_paths
from bot.collection.model import Rating
from bot.collection.provider import CollectionProvider
from bot.collection.store import open_store
from bot.media.runner import InThread
from bot.media.service import Media
from bot.providers.routing.chain import Chain
from bot.safesearch.gate import gated
from bot.safesearch.guard import Guard
from bot.safesearch.policies import Policies
from bot.safesearch.policy import OperatorPolicy
from bot.search.counts import SearchCounts
from bot.search.service import SearchService
from bot.storage.choices import Choices
from bot.storage.policies import PolicyStore
from bot.storage.query_counts import QueryCountStore
from bot.storage.recent import RecentQueries
from bot.tryout import age_flag
from tests.collection.made import scene
from tests.databases import open_database

from .helpers import ids, more, options, texts

HERE, ALL = "Popular in this server", "Popular searches"


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Any]:
    """The service over a small collection; searches are counted."""
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    for seed, name in enumerate(("owl", "fox", "heron")):
        scene(seed, (160, 120)).save(pictures / f"{name}.png")
    store = await open_store(tmp_path / "index.sqlite3")
    await index_paths(store, [pictures], workers=0, rating=Rating.SAFE)
    database = await open_database(tmp_path / "counts.db")
    counting = SearchCounts(await QueryCountStore.open(database), RecentQueries(database), Choices(database))
    collection = gated(CollectionProvider(store, Media(InThread()), counts=counting))
    chain = Chain({verb: [collection] for verb in Verb})
    yield SearchService(Guard(chain), Policies(PolicyStore(database), OperatorPolicy()), counting=counting)
    await chain.aclose()
    await database.close()


async def everybody_searches(nest: Any, channel: Any, query: str) -> None:
    for person in (nest.mara, nest.kim, nest.theo):
        await person.slash(channel, "image", query=query)
    await nest.quiet()


async def categories(nest: Any, person: Any, channel: Any) -> list[str]:
    """The titles that /trending offers, in a direct message without a channel; a single one stands in the head."""
    await (person.slash("trending") if channel is None else person.slash(channel, "trending"))
    await nest.quiet()
    message = (channel or person.dm_channel).last_message
    panel = await more(person, message)
    if "category" in ids(panel):
        return [one.label for one in options(panel, "category")]
    return [message.embeds[0].author.name.removeprefix("Trending: ").split(" · ")[0]]


async def test_what_three_people_search_is_shown_in_their_server(nest: Any) -> None:
    await nest.mara.slash(nest.channel, "image", query="owl")
    await nest.kim.slash(nest.channel, "image", query="owl")
    assert HERE not in await categories(nest, nest.mara, nest.channel)
    await nest.theo.slash(nest.channel, "image", query="owl")
    assert (await categories(nest, nest.mara, nest.channel))[:2] == [HERE, ALL]
    assert f"Trending: {HERE}" in texts(nest.shown())
    assert "**1.** owl · new" in texts(nest.shown())


async def test_other_servers_and_direct_messages_see_only_what_all_search(nest: Any) -> None:
    await everybody_searches(nest, nest.channel, "owl")
    elsewhere = nest.env.create_guild("Elsewhere")
    lobby = elsewhere.create_text_channel("lobby")
    guest = elsewhere.add_member(nest.env.create_user("guest"))
    user = nest.mara.user
    await nest.quiet()
    for person, channel in ((guest, lobby), (user, None)):
        found = await categories(nest, person, channel)
        assert HERE not in found
        assert ALL in found


async def test_what_is_searched_behind_closed_doors_is_not_counted(nest: Any) -> None:
    closed = {nest.guild.default_role: discord.PermissionOverwrite(view_channel=False)}
    staff = {person: discord.PermissionOverwrite(view_channel=True) for person in (nest.mara, nest.kim, nest.theo)}
    private = nest.guild.create_text_channel("staff", overwrites={**closed, **staff})
    adults = nest.guild.create_text_channel("after-dark")
    age_flag.set_age_restricted(nest.env, adults, restricted=True)
    await nest.quiet()
    for channel in (private, adults):
        await everybody_searches(nest, channel, "fox")
        assert not {HERE, ALL} & set(await categories(nest, nest.mara, channel))
    await everybody_searches(nest, nest.channel, "heron")
    assert HERE in await categories(nest, nest.mara, private)
