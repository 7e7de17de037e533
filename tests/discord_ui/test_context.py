"""Facts of a place: what Discord does not say stays unknown, and unknown is Strict."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.discord_ui.discord_io import context
from bot.discord_ui.discord_io.context import place_of, requester_at, requester_of, ruling_channel
from bot.safesearch.place import Place, PlaceKind
from bot.safesearch.policy import OperatorPolicy, Rule, Scopes, decide

Kind = discord.ChannelType


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    context._not_told.clear()


GUILD = 7


class Client:
    """A client with a server's channels in its cache, and others that Discord would tell of."""

    def __init__(self, cached: tuple[Any, ...] = (), told: tuple[Any, ...] = (), *, member: bool = True) -> None:
        self.guild = SimpleNamespace(id=GUILD, get_channel_or_thread={one.id: one for one in cached}.get)
        self.told = {one.id: one for one in told}
        self.member = member
        self.fetched: list[int] = []

    def get_guild(self, guild_id: int) -> Any:
        return self.guild if self.member and guild_id == GUILD else None

    async def fetch_channel(self, channel_id: int) -> Any:
        self.fetched.append(channel_id)
        if channel_id not in self.told:
            raise discord.Forbidden(SimpleNamespace(status=403, reason="Forbidden"), {"code": 50001, "message": ""})  # type: ignore[arg-type]  # only these two are read
        return self.told[channel_id]


def channel(number: int, kind: Any = Kind.text, nsfw: bool | None = False, guild: int = GUILD, **rest: Any) -> Any:
    facts = {"id": number, "type": kind, "category_id": 90, "guild": SimpleNamespace(id=guild), **rest}
    return SimpleNamespace(**facts, **({} if nsfw is None else {"nsfw": nsfw}))


def thread(number: int, parent: int | None) -> Any:
    return SimpleNamespace(id=number, type=Kind.public_thread, parent_id=parent, guild=SimpleNamespace(id=GUILD))


def interaction(where: Any, client: Client | None = None, **rest: Any) -> Any:
    facts: dict[str, Any] = {
        "guild_id": GUILD, "channel": where, "channel_id": getattr(where, "id", 0), "client": client or Client(),
        "user": SimpleNamespace(id=5), "locale": discord.Locale.german, "permissions": discord.Permissions.none(),
        "context": SimpleNamespace(private_channel=False), "is_guild_integration": lambda: True,
    }  # fmt: skip
    return SimpleNamespace(**{**facts, **rest})


@pytest.mark.parametrize("flag", [True, False])
@pytest.mark.parametrize("kind", [Kind.text, Kind.news, Kind.voice, Kind.stage_voice])
async def test_a_channel_has_its_own_flag(kind: Any, flag: bool) -> None:
    place = await place_of(interaction(channel(1, kind, flag)))
    assert place == Place(PlaceKind.CHANNEL, GUILD, 1, 90, None, flag)


async def test_a_channel_without_the_flag_is_not_known() -> None:
    place = await place_of(interaction(channel(1, nsfw=None)))
    assert place.age_restricted is None
    assert decide(place, Scopes(), OperatorPolicy()).rule is Rule.UNKNOWN


@pytest.mark.parametrize("kind", [Kind.text, Kind.forum, Kind.media, Kind.news])
async def test_a_thread_and_a_forum_post_follow_their_parent(kind: Any) -> None:
    client = Client(cached=(channel(1, kind, nsfw=True),))
    place = await place_of(interaction(thread(2, 1), client))
    assert place == Place(PlaceKind.THREAD, GUILD, 1, 90, 2, True)
    assert client.fetched == []


async def test_a_parent_that_is_not_cached_is_asked_for() -> None:
    client = Client(told=(channel(1, nsfw=True),))
    place = await place_of(interaction(thread(2, 1), client))
    assert place == Place(PlaceKind.THREAD, GUILD, 1, 90, 2, True)
    assert client.fetched == [1]


@pytest.mark.parametrize("told", [(), (channel(1, nsfw=True, guild=8),), (channel(1, Kind.category),)])
async def test_a_parent_nobody_knows_stays_unknown(told: tuple[Any, ...]) -> None:
    place = await place_of(interaction(thread(2, 1), Client(told=told)))
    assert place.kind is PlaceKind.THREAD
    assert place.age_restricted is None
    assert decide(place, Scopes(), OperatorPolicy()).rule is Rule.UNKNOWN


async def test_a_thread_without_parent_is_unknown() -> None:
    place = await place_of(interaction(thread(2, None)))
    assert (place.channel_id, place.age_restricted) == (None, None)


@pytest.mark.parametrize("where", [None, SimpleNamespace(id=3), channel(3, Kind.category)])
async def test_what_is_no_channel_of_a_server_is_unknown(where: Any) -> None:
    assert (await place_of(interaction(where))).kind is PlaceKind.UNKNOWN


async def test_direct_messages_and_private_channels_differ() -> None:
    dm = SimpleNamespace(id=3, type=Kind.private)
    group = SimpleNamespace(id=3, type=Kind.group)
    private = SimpleNamespace(private_channel=True)
    assert (await place_of(interaction(dm, guild_id=None))).kind is PlaceKind.DM
    assert (await place_of(interaction(dm, guild_id=None, context=private))).kind is PlaceKind.PRIVATE
    assert (await place_of(interaction(group, guild_id=None))).kind is PlaceKind.PRIVATE
    assert (await place_of(interaction(None, guild_id=None))).kind is PlaceKind.PRIVATE


async def test_in_a_server_that_did_not_install_the_app_nothing_counts() -> None:
    client = Client(member=False)
    place = await place_of(interaction(channel(1, nsfw=True), client, is_guild_integration=lambda: False))
    assert place.user_install
    assert decide(place, Scopes(), OperatorPolicy(allow_off=True)).rule is Rule.USER_INSTALL
    await place_of(interaction(thread(2, 1), client, is_guild_integration=lambda: False))
    assert client.fetched == []


async def test_who_asks_is_said_with_language_and_rank() -> None:
    plain = await requester_of(interaction(channel(1)), None)
    assert (plain.user_id, plain.locale, plain.moderator) == (5, "de", False)
    rank = discord.Permissions(manage_channels=True)
    assert (await requester_of(interaction(channel(1), permissions=rank), None)).moderator
    dm = SimpleNamespace(id=3, type=Kind.private)
    assert not (await requester_of(interaction(dm, guild_id=None, permissions=rank), None)).moderator


async def test_a_reaction_comes_from_the_same_places() -> None:
    client: Any = Client(cached=(channel(1, nsfw=True), thread(2, 1)), told=(channel(4),))
    assert (await requester_at(client, 1, GUILD, 5, "ja", None)).place == Place(
        PlaceKind.CHANNEL, GUILD, 1, 90, None, True
    )
    assert (await requester_at(client, 2, GUILD, 5, "ja", None)).place == Place(PlaceKind.THREAD, GUILD, 1, 90, 2, True)
    assert (await requester_at(client, 4, GUILD, 5, "ja", None)).place.age_restricted is False
    for _ in range(3):
        assert (await requester_at(client, 6, GUILD, 5, "ja", None)).place.kind is PlaceKind.UNKNOWN
    assert client.fetched.count(6) == 1
    assert (await requester_at(client, 6, None, 5, "ja", None)).place.kind is PlaceKind.DM


def test_a_threads_choices_are_its_parents() -> None:
    assert ruling_channel(interaction(thread(2, 1))) == 1
    assert ruling_channel(interaction(channel(3))) == 3


def open_channel(number: int, view: bool) -> Any:
    """A channel whose server's roles are known; `view` says whether everybody may read it."""
    everybody, other = object(), discord.Permissions(view_channel=not view)
    where = channel(number)
    where.guild = SimpleNamespace(id=GUILD, default_role=everybody)
    where.permissions_for = lambda role: discord.Permissions(view_channel=view) if role is everybody else other
    return where


@pytest.mark.parametrize("view", [True, False])
async def test_whether_everybody_can_read_a_place(view: bool) -> None:
    where = open_channel(1, view)
    assert (await place_of(interaction(where))).everyone is view
    inside, invited = thread(2, 1), thread(3, 1)
    invited.type = Kind.private_thread
    client = Client(cached=(where,))
    assert (await place_of(interaction(inside, client))).everyone is view
    assert (await place_of(interaction(invited, client))).everyone is False
    installed = await place_of(interaction(where, client, is_guild_integration=lambda: False))
    assert installed.user_install
    assert installed.everyone is view


async def test_a_place_whose_roles_are_not_known_is_not_known_to_be_open() -> None:
    assert (await place_of(interaction(channel(1)))).everyone is None
    assert (await place_of(interaction(thread(2, 1)))).everyone is None
