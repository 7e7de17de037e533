"""The world as people see it in Discord: commands, every control, windows and reactions, over planting providers.

Nothing of Magpie is left out but Discord itself: what discord.py would send is turned into the bodies of its requests,
and each is searched for markers, files too. The oracle knows the place and the level that was chosen for the command
that a message goes back to; it does not ask what Magpie meant to send.

Time is turns of the event loop: where a provider, the database or Discord takes its time, the others get theirs. An
interaction that comes late is deferred in one of these turns, as its timer would have it.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import random
from collections.abc import Awaitable, Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, NoReturn
from unittest.mock import patch

import discord
from discord.components import _component_factory
from discord.webhook.async_ import interaction_message_response_params

from bot.bing_v7 import Picture, SafeSearch, Upload
from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.errors import expected, show_error
from bot.discord_ui.discord_io.in_flight import InFlight
from bot.discord_ui.handlers import router
from bot.safesearch.policy import Scope
from bot.storage.policies import ListKind
from bot.storage.sessions import StoredSession
from cogs.identify import IdentifyCog
from cogs.search import SearchCog
from cogs.trending import TrendingCog

from .plants import BLOCKED_HOST, BLOCKED_WORD, MARK, forbidden
from .world import ACTIONS, GUILD, MEANWHILE, Leak, World

OWNER, OTHER, MODERATOR = 5, 6, 7
FINE = ("cats", "dogs", "held", "birds", "words")
KEPT = 10
"""Messages that are still pressed."""
BLOCKED = ((ListKind.WORD, BLOCKED_WORD), (ListKind.HOST, BLOCKED_HOST))
STRICTER = ("strict", "age-off", "block-word", "block-host", "own-rating", "own-rating")
FAVOUR = 0.7
"""How often one of the favoured controls is pressed where there is one."""
NEVER = 3600.0
MOST_TURNS = 4
"""Maximum turns of the event loop that a provider, the database or Discord takes while an interaction is late."""


async def gone(**_: Any) -> NoReturn:
    """What Discord answers about a message that is not there any more."""
    raise discord.NotFound(SimpleNamespace(status=404, reason="gone"), "gone")  # type: ignore[arg-type]


class MemorySessions:
    """The table of sessions as a dictionary."""

    database = SimpleNamespace(setting_changes=SimpleNamespace(tell=lambda _keeper: None))
    """No other process changes settings."""
    shared = False

    def __init__(self, passes: Callable[[], Awaitable[None]]) -> None:
        self.rows: dict[str, StoredSession] = {}
        self._passes = passes

    async def add(self, session: StoredSession) -> None:
        self.rows[session.id] = session
        await self._passes()

    async def get(self, session_id: str) -> StoredSession | None:
        found = self.rows.get(session_id)
        return found if found and not found.expired() else None

    async def get_or_expired(self, session_id: str) -> StoredSession | None:
        return self.rows.get(session_id)

    async def of_message(self, message_id: int, *, or_expired: bool = False) -> StoredSession | None:
        found = [
            one for one in self.rows.values() if one.message_id == message_id and (or_expired or not one.expired())
        ]
        return found[-1] if found else None

    async def detach(self, session_id: str) -> None:
        if session_id in self.rows:
            self.rows[session_id] = replace(self.rows[session_id], message_id=None)

    async def save(self, session: StoredSession, *, with_data: bool = True) -> StoredSession | None:
        saved = await self.save_many([session], with_data=with_data)
        return saved[0] if saved else None

    async def save_many(self, sessions: Any, *, with_data: bool = False) -> list[StoredSession]:
        written: list[StoredSession] = []
        for one in sessions:
            before = self.rows.get(one.id)
            if before is None or before.version != one.version:
                continue
            kept = {} if with_data else {"data": before.data, "question": before.question}
            self.rows[one.id] = replace(one, version=one.version + 1, **kept)
            written.append(self.rows[one.id])
        await self._passes()
        return written

    async def delete(self, session_id: str) -> None:
        self.rows.pop(session_id, None)


@dataclass(eq=False)
class Shown:
    """A message that the bot has sent, as the body of the last request about it."""

    id: int
    place: str
    channel: Any
    own: SafeSearch | None
    seen_by: int | None
    body: dict[str, Any] = field(default_factory=dict[str, Any])
    deleted: bool = False
    pinned: bool = False

    def controls(self) -> list[dict[str, Any]]:
        """The buttons and menus that can be pressed."""
        return [
            one for row in self.body.get("components") or () for one in row.get("components", ())
            if one.get("custom_id") and not one.get("disabled")
        ]  # fmt: skip


class Asked:
    """An interaction as far as Magpie looks at it; what it answers goes through ``Surface.sent``."""

    def __init__(self, surface: Surface, place: str, own: SafeSearch | None, user: int, **event: Any) -> None:
        self.surface, self.place, self.own = surface, place, own
        self.id = next(surface.numbers)
        self.type = event.get("type", discord.InteractionType.application_command)
        self.data = event.get("data", {})
        self.namespace = list(event.get("options", {}).items())
        self.shown: Shown | None = event.get("shown")
        self.message = surface.as_message(self.shown) if self.shown else None
        self.extras: dict[str, Any] = {}
        self.locale = discord.Locale.american_english
        self.channel = surface.channel_of(place)
        self.channel_id = self.channel.id
        self.guild_id = None if place == "dm" else GUILD
        self.user = SimpleNamespace(id=user)
        self.permissions = discord.Permissions.all() if user == MODERATOR else discord.Permissions.none()
        self.app_permissions = discord.Permissions.all()
        self.context = SimpleNamespace(private_channel=False)
        self.client = surface.client
        self.filesize_limit = 10**7
        self.response = Response(self)
        self.followup = SimpleNamespace(send=self.follow, edit_message=self.edit_follow, fetch_message=self.read)
        self.answered: discord.InteractionResponseType | None = None
        self.answer: Shown | None = None
        self.modal: dict[str, Any] | None = None

    def is_guild_integration(self) -> bool:
        return self.place != "dm"

    async def edit_original_response(self, **arguments: Any) -> Any:
        assert self.answer is not None
        self.surface.sent(self.answer, **arguments)
        await self.surface.passes()
        return self.surface.as_message(self.answer)

    async def delete_original_response(self) -> None:
        if self.answer is not None:
            self.answer.deleted = True

    async def follow(
        self, content: str | None = None, *, ephemeral: bool = False, wait: bool = False, **arguments: Any
    ) -> Any:
        made = self.surface.new(self, ephemeral)
        if (one := arguments.pop("file", None)) is not None:
            arguments["files"] = [one]
        self.surface.sent(made, content=content, **arguments)
        await self.surface.passes()
        return self.surface.as_message(made)

    async def edit_follow(self, message_id: int, **arguments: Any) -> Any:
        shown = self.surface.messages[message_id]
        self.surface.sent(shown, **arguments)
        await self.surface.passes()
        return self.surface.as_message(shown)

    async def read(self, message_id: int) -> Any:
        shown = self.surface.messages.get(message_id)
        if shown is None:
            return await gone()
        return self.surface.as_message(shown)


class Response:
    """The first answer to an interaction."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked

    @property
    def type(self) -> discord.InteractionResponseType | None:
        return self.asked.answered

    def is_done(self) -> bool:
        return self.asked.answered is not None

    async def defer(self, *, ephemeral: bool = False, thinking: bool = False) -> Any:
        asked, kinds = self.asked, discord.InteractionResponseType
        replaces = asked.shown is not None and not thinking
        asked.answer = asked.shown if replaces else asked.surface.new(asked, ephemeral)
        await asked.surface.defers()
        asked.answered = kinds.deferred_message_update if replaces else kinds.deferred_channel_message
        return SimpleNamespace(message_id=asked.answer.id if asked.answer else None)

    async def send_message(self, content: str | None = None, *, ephemeral: bool = False, **arguments: Any) -> Any:
        self.asked.answered = discord.InteractionResponseType.channel_message
        self.asked.answer = self.asked.surface.new(self.asked, ephemeral)
        self.asked.surface.sent(self.asked.answer, content=content, **arguments)
        await self.asked.surface.passes()
        return SimpleNamespace(resource=None)

    async def edit_message(self, **arguments: Any) -> None:
        assert self.asked.shown is not None
        self.asked.answered, self.asked.answer = discord.InteractionResponseType.message_update, self.asked.shown
        self.asked.surface.sent(self.asked.shown, **arguments)
        await self.asked.surface.passes()

    async def send_modal(self, modal: Any) -> None:
        asked = self.asked
        asked.answered, asked.modal = discord.InteractionResponseType.modal, modal.to_dict()
        asked.surface.result(asked.place, asked.own, "window", json.dumps(asked.modal, ensure_ascii=False))
        await asked.surface.passes()


class Client:
    """What Magpie asks of its client."""

    def __init__(self, surface: Surface) -> None:
        self.surface = surface
        self.user = SimpleNamespace(id=1)
        self.services = SimpleNamespace(
            search=surface.service, sessions=MemorySessions(surface.passes), policies=surface.policies,
            choices=Choices(), intake=Intake(),
        )  # fmt: skip
        self.tree = None

    def get_guild(self, guild_id: int) -> Any:
        found = lambda channel_id: next(  # noqa: E731
            (self.surface.channel_of("channel", one) for one in self.surface.channels if one.id == channel_id), None
        )
        return SimpleNamespace(get_channel_or_thread=found, me=None, filesize_limit=10**7)

    def get_partial_messageable(self, channel_id: int, guild_id: int | None = None) -> Any:
        def message(number: int) -> Any:
            shown = self.surface.messages.get(number)
            return (
                SimpleNamespace(delete=gone, edit=gone, fetch=gone) if shown is None else self.surface.as_message(shown)
            )

        return SimpleNamespace(get_partial_message=message)


class Choices:
    """Where pictures may go: mostly everywhere."""

    where = "outside"

    async def of_server(self, guild_id: int, name: str) -> str | None:
        return self.where

    async def of_person(self, user_id: int, name: str) -> str | None:
        return self.where

    async def set_server(self, guild_id: int, name: str, value: str | None) -> None:
        self.where = value or "ask"

    async def set_person(self, user_id: int, name: str, value: str | None) -> None:
        self.where = value or "ask"

    async def of(self, guild_id: int | None, channel_id: int | None) -> dict[str, str]:
        return {}


class Intake:
    """Reads what was handed in; the bytes of an address are the address, so that it is seen when they are sent."""

    reads_videos = False

    def is_old_link(self, address: str) -> bool:
        return False

    async def from_discord(self, address: str, **_options: Any) -> Upload:
        return Upload(data=b"a picture")

    async def from_web(self, address: str, **_options: Any) -> Upload:
        return Upload(data=address.encode())

    async def preview(self, data: bytes, boxes: Any, *, owner: int | None = None) -> Picture:
        """The preview of parts is not drawn, so that its bytes tell what it is of."""
        return Picture(data, "image/jpeg", "parts.jpg", 1, 1, None)


class Surface(World):
    """The world with Discord over it."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.numbers = itertools.count(1000)
        self.messages: dict[int, Shown] = {}
        self.client: Any = Client(self)
        self.search_cog = SearchCog(self.client)
        self.identify_cog = IdentifyCog(self.client)
        self.trending_cog = TrendingCog()
        self.sessions = self.search_cog.sessions
        self.sessions.choices = Choices()  # type: ignore[assignment]
        self.pressed: dict[str, int] = {}
        self.favoured: AbstractSet[str] = frozenset()
        self.sends = 0
        self.chance = random.Random(seed)
        self.restless = 0.0
        """How often something becomes stricter while Discord or the database answers."""
        self.lateness = random.Random(seed)
        self.late_share = 0.0
        """How many of the interactions come late."""
        self.late = False
        """True while an interaction is answered that comes late."""
        self.stricter_while_deferring = 0
        """How often something became stricter while Discord took a late deferral."""

    # Discord

    def channel_of(self, place: str, channel: Any = None) -> Any:
        if place == "dm":
            return SimpleNamespace(type=discord.ChannelType.private, id=3)
        at = channel or self.at
        allowed = SimpleNamespace(manage_messages=True, view_channel=True)
        return SimpleNamespace(
            type=discord.ChannelType.text, id=at.id, category_id=at.category, nsfw=at.age_restricted, guild=None,
            permissions_for=lambda _: allowed,
        )  # fmt: skip

    def new(self, asked: Asked, ephemeral: bool) -> Shown:
        number = next(self.numbers)
        seen_by = asked.user.id if ephemeral else None
        made = self.messages[number] = Shown(number, asked.place, self.at, asked.own, seen_by)
        return made

    def as_message(self, shown: Shown) -> Any:
        async def edit(**arguments: Any) -> Any:
            self.sent(shown, **arguments)
            await self.passes()
            return self.as_message(shown)

        async def delete() -> None:
            shown.deleted = True

        async def nothing(*_: Any) -> None:
            return None

        async def fetch() -> Any:
            return self.as_message(shown)

        return SimpleNamespace(
            id=shown.id, flags=SimpleNamespace(ephemeral=shown.seen_by is not None, components_v2=False),
            embeds=[], attachments=[],
            components=[_component_factory(one) for one in shown.body.get("components") or ()],
            channel=SimpleNamespace(id=self.channel_of(shown.place, shown.channel).id), edit=edit, fetch=fetch,
            delete=delete,
            guild=None if shown.place == "dm" else SimpleNamespace(id=GUILD), add_reaction=nothing,
            remove_reaction=nothing, interaction_metadata=None, content="",
        )  # fmt: skip

    def sent(self, shown: Shown, **arguments: Any) -> None:
        """Look at the body of a request, as discord.py makes it, and at its files."""
        with interaction_message_response_params(type=4, **arguments) as params:
            whole = params.payload or json.loads(
                next(part["value"] for part in params.multipart or () if part["name"] == "payload_json")
            )
            files = [one.fp.read().decode("utf-8", "replace") for one in params.files or ()]
        body = whole["data"]
        shown.body = {**shown.body, **body}
        self.sends += 1
        self.result(shown.place, shown.own, "message", json.dumps(body, ensure_ascii=False), *files)

    def result(self, place: str, own: SafeSearch | None, surface: str, *texts: str) -> None:
        """Judge what is being sent by the oracle, with ratings of now."""
        self.check(place, own, "stored" if surface == "message" else surface, *texts)

    async def passes(self) -> None:
        """Let the time pass that an answer of Discord's or the database's takes."""
        await self._turns()
        if self.chance.random() < self.restless:
            await self._tighten(self.chance)

    async def defers(self) -> None:
        """Let the time pass that Discord takes to accept a deferral; a late one lasts, and then much may change."""
        await self.passes()
        if self.late:
            await self._turns()
            await self._tighten(self.lateness)
            self.stricter_while_deferring += 1
            await self._turns()

    async def _meanwhile(self) -> None:
        await self._turns()
        await super()._meanwhile()

    async def _tighten(self, rng: random.Random) -> None:
        if self.late and self.plants.asked_for and rng.random() < 0.5:
            self.plants.ratings[rng.choice(self.plants.asked_for)] = False
            return
        later, self.change = self.change, rng.choice(STRICTER)
        await super()._meanwhile()
        self.change = later

    async def _turns(self) -> None:
        """While an interaction is late, give everything else that runs some turns of the event loop."""
        if self.late:
            for _ in range(self.lateness.randrange(MOST_TURNS + 1)):
                await asyncio.sleep(0)

    async def answers(self, asked: Asked, work: Callable[[], Awaitable[None]]) -> None:
        """Answer an interaction to its end; if it comes late, both of its timers may run out at any moment.

        One is the handler's own (`responses.defer_if_slow`), the other that of everything in flight
        (`responses.defer_late`): it may run out before anything was judged, because it counts from the event.
        """
        self.late = self.lateness.random() < self.late_share
        if not self.late:
            await work()
            await self.settle()
            return
        self.plants.asked_for.clear()
        await self.loosen()  # or most would be forbidden before
        for entry in BLOCKED:
            await self.edit_list(entry, block=False)
        timers = self.lateness.choice((("handler",), ("in flight",), ("handler", "in flight")))
        with patch.object(responses, "DEFER_AFTER", 0.0 if "handler" in timers else NEVER):
            deferring = [asyncio.create_task(self._defer_late(asked))] if "in flight" in timers else []
            await self._turns()
            try:
                await work()
                await self.settle()
            finally:
                await asyncio.gather(*deferring)
                self.late = False

    async def _defer_late(self, asked: Asked) -> None:
        await self._turns()
        if not asked.response.is_done():
            await responses.defer_late(asked)  # type: ignore[arg-type]

    async def settle(self) -> None:
        """Wait for what runs in the background."""
        while tasks := [task for task in self.sessions._tasks if not task.done()]:
            for error in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(error, BaseException) and not expected(error):
                    raise error

    # What people do

    async def command(
        self, name: str, place: str, own: SafeSearch | None, run: Callable[[Asked], Awaitable[None]], **options: Any
    ) -> Asked:
        """Call a command; refusals are told as the client does."""
        given = {**options, **({"safesearch": own.value} if own else {})}
        asked = Asked(self, place, own, OWNER, options=given)
        before = len(self.calls)

        async def answer() -> None:
            try:
                await run(asked)
            except Exception as error:
                if isinstance(error, Leak) or not expected(error):
                    raise
                await show_error(asked, error)  # type: ignore[arg-type]

        await self.answers(asked, answer)
        self.asked_at(before, own, name)
        return asked

    def asked_at(self, before: int, own: SafeSearch | None, surface: str) -> None:
        """No provider may be asked at a looser level than the person chose."""
        for call in self.calls[before:]:
            if own is not None and call.level < own:
                raise Leak(f"{surface} asked {call.provider} at {call.level} where {own} was chosen")

    async def interact(self, asked: Asked) -> None:
        """Press a control or submit a window."""
        await self.answers(asked, lambda: self.search_cog.on_interaction(asked))  # type: ignore[arg-type]

    async def image(
        self, place: str, query: str, own: SafeSearch | None, private: bool, view: str | None, meanwhile: str
    ) -> None:
        self.change = meanwhile
        options = {"query": query, "private": private, **({"view": view} if view else {})}
        await self.command("image", place, own, lambda asked: self.search_cog.image(asked, dict(options)), **options)  # type: ignore[arg-type]

    async def trends(self, place: str, own: SafeSearch | None, private: bool, meanwhile: str) -> None:
        self.change = meanwhile
        call: Any = TrendingCog.trending.callback
        level = own.value if own else None
        await self.command("trending", place, own, lambda asked: call(self.trending_cog, asked, None, private, level))

    async def identify(
        self, place: str, own: SafeSearch | None, private: bool, windowed: bool, where: str, meanwhile: str
    ) -> None:
        self.change, self.client.services.choices.where = meanwhile, where
        call: Any = IdentifyCog.identify.callback
        level, url = own.value if own else None, None if windowed else "https://fine.example/mine.jpg"
        asked = await self.command(
            "identify", place, own,
            lambda asked: call(self.identify_cog, asked, None, url, None, None, private, level),
        )  # fmt: skip
        if asked.modal is None:
            return
        data = {
            "custom_id": asked.modal["custom_id"],
            "components": [{"type": 18, "component": {"custom_id": "url", "value": "https://fine.example/mine.jpg"}}],
        }
        sent = Asked(self, place, own, OWNER, type=discord.InteractionType.modal_submit, data=data)
        before = len(self.calls)
        await self.interact(sent)
        self.asked_at(before, own, "window")

    async def press(self, seed: int, user: int, meanwhile: str) -> None:
        """Press any control of any message that is still there."""
        rng = random.Random(seed)
        able = [one for one in self.alive() if one.controls() and one.seen_by in {None, user}]
        favoured = [one for one in able if self._favoured_of(one)]
        if favoured and rng.random() < FAVOUR:
            able = favoured
        if not able:
            return
        shown = rng.choice(able)
        controls = (self._favoured_of(shown) if able is favoured else []) or shown.controls()
        seldom = [1 / (1 + self.pressed.get(one["custom_id"].split(":")[2], 0)) for one in controls]
        (control,) = rng.choices(controls, seldom)
        values = [rng.choice(control["options"])["value"]] if control.get("options") else []
        await self.press_control(shown, control, values, user, rng, meanwhile)

    def _favoured_of(self, shown: Shown) -> list[dict[str, Any]]:
        return [one for one in shown.controls() if one["custom_id"].split(":")[2] in self.favoured]

    async def press_control(
        self, shown: Shown, control: dict[str, Any], values: list[str], user: int, rng: random.Random, meanwhile: str
    ) -> None:
        action = control["custom_id"].split(":")[2]
        self.pressed[action] = self.pressed.get(action, 0) + 1
        self.at, self.change, before = shown.channel, meanwhile, len(self.calls)
        data: dict[str, Any] = {"custom_id": control["custom_id"], "values": values}
        self._now_their_words(shown, control, values)
        asked = Asked(
            self, shown.place, shown.own, user, type=discord.InteractionType.component, data=data, shown=shown
        )
        await self.interact(asked)
        if asked.modal is not None:
            entered = {"custom_id": asked.modal["custom_id"], "components": _filled(asked.modal, rng)}
            kind = discord.InteractionType.modal_submit
            sent = Asked(self, shown.place, shown.own, user, type=kind, data=entered, shown=shown)
            await self.interact(sent)
        self._now_their_words(shown, control, values)
        self.asked_at(before, shown.own, action)

    def _now_their_words(self, shown: Shown, control: dict[str, Any], values: list[str]) -> None:
        """A search that somebody chooses while it may be offered is their own question from then on.

        The bot looks while the press is under way, so that it counts if it may be offered before it or after it.
        """
        if control["custom_id"].split(":")[2] not in {"refine", "insight-search", "tile"}:
            return
        chosen = [one for one in control.get("options") or () if one["value"] in values]
        heads = [one.get("author") for one in shown.body.get("embeds") or ()]
        level, lists = self.level(shown.place, shown.own), self.lists(shown.place)
        for found in MARK.finditer(json.dumps(chosen or [control.get("label"), *heads])):
            if not forbidden(self.plants, int(found[1]), level, lists, rated_now=True):
                self.plants.chosen.add(int(found[1]))

    async def react(self, seed: int, emoji: str, meanwhile: str) -> None:
        able = [one for one in self.alive() if one.seen_by is None and one.place != "dm"]
        if not able:
            return
        shown = random.Random(seed).choice(able)
        self.at, self.change, before = shown.channel, meanwhile, len(self.calls)
        event = SimpleNamespace(
            emoji=discord.PartialEmoji(name=emoji), user_id=OWNER, event_type="REACTION_ADD", message_id=shown.id,
            message_author_id=1, channel_id=shown.channel.id, guild_id=GUILD,
        )  # fmt: skip
        await self.search_cog.router.reactions.handle(event)  # type: ignore[arg-type]
        await self.settle()
        self.asked_at(before, shown.own, "reaction")

    async def expire(self, seed: int) -> None:
        """The day of a session is over."""
        rows = self.client.services.sessions.rows
        if not rows:
            return
        chosen = random.Random(seed).choice(list(rows))
        await self.sessions.cache.flush()
        rows[chosen] = replace(rows[chosen], expires_at=datetime.now(UTC) - timedelta(minutes=1))
        self.forget_sessions()

    async def loosen(self) -> None:
        """Everything may be shown where people are: what a tightening has to take away again."""
        self.at.age_restricted = True
        await self.policies.set_level(GUILD, Scope.CHANNEL, self.at.id, SafeSearch.OFF, 1)

    async def restart(self) -> None:
        await self.sessions.cache.flush()
        self.forget_sessions()

    def forget_sessions(self) -> None:
        """What is in memory is gone, as after a restart."""
        for active in list(self.sessions.cache._active.values()):
            self.sessions.cache.drop(active)
        self.sessions.cache._foreign.clear()

    def alive(self) -> list[Shown]:
        gone = [number for number, one in self.messages.items() if one.deleted]
        for number in [*gone, *list(self.messages)[: -4 * KEPT]]:
            self.messages.pop(number, None)
        return [one for one in self.messages.values() if one.body][-KEPT:]


def _filled(modal: dict[str, Any], rng: random.Random) -> list[dict[str, Any]]:
    """Something entered in every field of a window."""
    filled: list[dict[str, Any]] = []
    for label in modal["components"]:
        part = label.get("component") or label["components"][0]
        if part.get("options"):
            some = [rng.choice(part["options"])["value"]] if rng.random() < 0.5 else []
            filled.append({"type": 18, "component": {"custom_id": part["custom_id"], "values": some}})
        else:
            filled.append({"type": 18, "component": {"custom_id": part["custom_id"], "value": str(rng.randrange(6))}})
    return filled


_PLACES = ("channel", "channel", "channel", "channel", "dm")
_OWNS = (None, None, SafeSearch.MODERATE, SafeSearch.STRICT, SafeSearch.STRICT)
_USERS = (OWNER, OWNER, OWNER, OWNER, OTHER, MODERATOR)
_SEEDS = tuple(range(1 << 16))
SURFACE_ACTIONS: dict[str, dict[str, Any]] = {
    "image": {
        "place": _PLACES, "query": FINE, "own": _OWNS, "private": (True, False),
        "view": (None, "single", "grid", "gallery"), "meanwhile": MEANWHILE,
    },
    "trends": {"place": _PLACES, "own": _OWNS, "private": (True, False), "meanwhile": MEANWHILE},
    "identify": {
        "place": _PLACES, "own": _OWNS, "private": (True, False), "windowed": (True, False),
        "where": ("outside", "outside", "inside", "ask"), "meanwhile": MEANWHILE,
    },
    "press": {"seed": _SEEDS, "user": _USERS, "meanwhile": MEANWHILE},
    "react": {"seed": _SEEDS, "emoji": ("◀️", "▶️"), "meanwhile": MEANWHILE},
    "expire": {"seed": _SEEDS},
    "restart": {},
    "loosen": {},
    **{name: ACTIONS[name] for name in ("set_level", "flip_age", "go_to", "edit_list", "rerate")},
}  # fmt: skip
_OFTEN = {"press": 26, "image": 3, "identify": 2, "set_level": 2, "react": 2, "loosen": 5}
SURFACE_NAMES = tuple(name for name in SURFACE_ACTIONS for _ in range(_OFTEN.get(name, 1)))


@contextmanager
def unlimited_and_raising() -> Iterator[None]:
    """Nobody is too quick, and unexpected failures are raised."""

    async def told(interaction: Any, error: BaseException) -> None:
        page_is_gone = isinstance(error, discord.NotFound)  # somebody deleted it while its panel was open
        if isinstance(error, Leak) or not (page_is_gone or expected(error)):
            raise error
        await show_error(interaction, error)

    def unlimited(self: InFlight, interaction: Any, **how: Any) -> bool:
        """Nobody is too quick here."""
        return True

    with (
        patch.object(router, "show_error", told),
        patch.multiple(InFlight, watch=unlimited, begin=unlimited, count_press=unlimited, count_command=unlimited),
        patch("bot.discord_ui.sessions.cache.WRITE_AFTER", 0.0),
    ):
        yield


def surface_walk(
    seed: int, steps: int, favoured: AbstractSet[str] = frozenset(), *, restless: float = 0.0, late: float = 0.0
) -> Surface:
    """Walk at random over the surface of a new world; raises `Leak` if something leaks.

    The controls whose actions are ``favoured`` are pressed more often than the others, and commands so called.
    ``restless`` is how often something becomes stricter while Discord or the database answers, ``late`` the share of
    the interactions that are deferred while they are worked on.
    """
    rng = random.Random(seed)
    surface = Surface(seed)
    surface.favoured = favoured
    surface.restless, surface.late_share, surface.plants.pictures_alone = restless, late, late > 0
    commands = sorted(favoured & SURFACE_ACTIONS.keys())

    async def go() -> None:
        if rng.random() < 0.8:  # most walks begin where much may be shown
            surface.at = surface.channels[1]
            surface.policies.operator = surface.operator = replace(surface.operator, allow_off=True)
            await surface.loosen()
        for _ in range(steps):
            name = rng.choice(commands if commands and rng.random() < FAVOUR / 4 else SURFACE_NAMES)
            drawn = {key: rng.choice(values) for key, values in SURFACE_ACTIONS[name].items()}
            surface.steps += 1
            await getattr(surface, name)(**drawn)
        await surface.sessions.close()

    with unlimited_and_raising():
        asyncio.run(go())
    return surface
