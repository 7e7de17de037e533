"""Every control over sockets, with a v7 endpoint that plants adult things in every field: nothing labelled leaves.

Two people try: one whose own level is Strict in a channel at Off, and one whose channel is tightened before each press.
What counts is what was sent: the bodies and files of the bot's requests to Discord, and the levels that the endpoint
was asked at.
"""

from __future__ import annotations

import io
import json
import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image as Pictures
from PIL import ImageDraw

from bot.bing_v7 import (
    Category,
    ImageAnswer,
    ImageCaption,
    ImageInsights,
    InsightsRequest,
    NormalizedRectangle,
    Person,
    Query,
    RecognizedEntitiesModule,
    RecognizedEntity,
    RecognizedEntityGroup,
    RecognizedEntityRegion,
    RelatedSearchesModule,
    SafeSearch,
    SearchRequest,
    Tile,
    TrendingRequest,
)
from bot.discord_ui.handlers.routes import EXPIRED_HANDLERS, HANDLERS, OTHER_HANDLERS, SAFETY_HANDLERS
from tests.media.test_frames_of_videos import striped_video
from tests.safesearch.plants import MARK, Kind, Planter, Plants, forbidden

from . import Channel, Guild, Interaction, Message, StandIn, Upload, User
from .model import Json
from .process import BotProcess, bot_process
from .sample_bot import png

pytestmark = pytest.mark.asyncio(loop_scope="session")
_TESTED = {Kind.CLEAN, Kind.FLAGGED, Kind.EXPLICIT, Kind.ADULT_HOST, Kind.ADULT_WORD}
COMMANDS = ("image", "trending", "identify")
NOTHING = "a query that finds nothing"
LEAST_PRESSED, MOST_ANSWERS = 3, 8
RUINS = frozenset({"delete", "forget"})
"""Controls after which nothing is left; they are pressed last."""


class AdultPlants(Plants):
    """Plants only what a v7 answer can label: silence says nothing there."""

    def pick(self, kinds: tuple[Kind, ...]) -> Kind:
        return self.rng.choice([kind for kind in kinds if kind in _TESTED])


async def _nothing() -> None:
    return None


class Endpoint:
    """A v7 endpoint that answers with planted things, whatever level it is asked at."""

    def __init__(self) -> None:
        self.plants = AdultPlants(random.Random(5))
        self.planter = Planter("planted", self.plants, [], _nothing)
        self.levels: list[str] = []
        self.known: ImageInsights | None = None
        """What a lookup is answered by from now on; None for planted things."""

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/v7.0/images/search", self.search)
        app.router.add_route("*", "/v7.0/images/details", self.details)
        app.router.add_get("/v7.0/images/trending", self.trending)
        return app

    def _asked(self, request: web.Request) -> None:
        self.levels.append(request.query.get("safeSearch", "none given"))

    async def search(self, request: web.Request) -> web.Response:
        self._asked(request)
        if request.query["q"] == NOTHING:
            return web.json_response(ImageAnswer().to_wire())
        offset = int(request.query.get("offset", "0"))
        answer = await self.planter.search(SearchRequest(q=request.query["q"], offset=offset))
        clean = tuple(self.plants.image(Kind.CLEAN) for _ in range(4))
        return web.json_response(answer.with_(value=(*clean, *answer.value)).to_wire())

    async def details(self, request: web.Request) -> web.Response:
        await request.read()
        self._asked(request)
        if self.known is not None:
            return web.json_response(self.known.to_wire())
        answer = await self.planter.insights(InsightsRequest(img_url="https://fine.example/x.jpg"))
        return web.json_response(answer.to_wire())

    async def trending(self, request: web.Request) -> web.Response:
        self._asked(request)
        plants, answer = self.plants, await self.planter.trending(TrendingRequest())
        tiles = tuple(Tile(query=Query(text=plants.text(Kind.CLEAN)), image=plants.image(Kind.CLEAN)) for _ in range(3))
        clean = Category(title=plants.text(Kind.CLEAN), tiles=tiles)
        return web.json_response(answer.with_(categories=(clean, *answer.categories)).to_wire())


@dataclass
class House:
    discord: StandIn
    guild: Guild
    endpoint: Endpoint
    bot: BotProcess
    data: Path
    people: int = 0
    seen: set[str] = field(default_factory=set[str])
    """Actions that were pressed."""

    def person(self) -> User:
        self.people += 1
        return self.discord.member(self.guild, f"person {self.people}")

    async def channel(self) -> Channel:
        """A new age-restricted channel at Off."""
        made = self.discord.channel(self.guild, f"adults-{self.people}-{len(self.discord.channels)}", nsfw=True)
        await self.set_level(made, "Off")
        return made

    async def set_level(self, channel: Channel, level: str) -> None:
        self.people += 1  # somebody else each time: nobody may use many commands in a row
        rights = ["manage_channels", "manage_messages"]
        moderator = self.discord.member(self.guild, f"moderator {self.people}", permissions=rights)
        asked = await self.discord.command(moderator, channel, "safesearch set", level=level)
        if question := asked.answer.controls():
            await self.discord.press(moderator, asked.answer, question[0]["custom_id"])
        assert level.casefold() in asked.answer.text().casefold(), asked.answer.text()

    async def command(self, name: str, person: User, channel: Channel, **options: Any) -> Message:
        if name == "image":
            options["query"] = f"cats {self.people}"  # nobody asked that before
        if name == "identify":
            options.setdefault("image", Upload("mine.png", png()))
        asked = await self.discord.command(person, channel, name, **options)
        message = await self.shown(asked)
        sends = [one for one in message.controls() if ":insight-send" in one.get("custom_id", "")]
        if sends:  # where the picture may go
            self.seen.add("insight-send")
            await self.discord.press(person, message, sends[0]["custom_id"])
        if name == "identify":  # the answer grows; what was drawn before a level changed may come after it
            await self.discord.until(lambda: "Still asking" not in message.text(), "the last answer to a lookup")
        return message

    async def shown(self, asked: Interaction) -> Message:
        """Return the message that a command is answered by: in its place, or a private one."""
        return (await self.discord.until(lambda: _left(asked), "what the command is answered by"))[-1]

    async def press(self, person: User, message: Message, control: Json) -> Interaction:
        self.seen.add(_action(control))
        if options := control.get("options"):
            return await self.discord.select(person, message, [options[-1]["value"]], control["custom_id"])
        asked = await self.discord.press(person, message, control["custom_id"])
        if asked.modal:
            parts = [part.get("component") or part["components"][0] for part in asked.modal["components"]]
            values: dict[str, Any] = {part["custom_id"]: [] if part.get("options") else "1" for part in parts}
            return await self.discord.submit_modal(asked, values)
        return asked

    async def use(self, person: User, message: Message, *actions: str) -> Interaction:
        """Press these controls one after the other; the last one's interaction."""
        for action in actions:
            found = await self.discord.until(
                lambda action=action: [one for one in _controls(message) if _action(one) == action],
                f"the control {action!r}",
            )
            used = await self.press(person, message, found[0])
        return used

    async def in_panel(self, person: User, message: Message, action: str) -> Interaction:
        """Open the panel of a page and press one of its controls."""
        return await self.use(person, (await self.use(person, message, "more")).answer, action)

    async def section(self, person: User, message: Message, name: str) -> None:
        """Open a section of a lookup, from the panel of *More* or, where the answer is private, from the answer."""
        opened = await self.use(person, message, "more")
        self.seen.add("insight")
        await self.discord.select(person, opened.message or message, [name], "Show another part of the answer")

    def moderator(self) -> User:
        self.people += 1
        rights = ["manage_channels", "manage_messages", "manage_guild"]
        return self.discord.member(self.guild, f"moderator {self.people}", permissions=rights)

    async def ask_where(self, channel: Channel) -> None:
        """Have everybody asked where a picture may go."""
        await self.discord.command(self.moderator(), channel, "identify-settings", where="ask")

    async def end_everything(self) -> None:
        """Let every session's lifetime be over: the bot starts again, an hour after they have ended."""
        await self.bot.kill()
        with closing(sqlite3.connect(self.data / "magpie.sqlite3")) as database, database:
            database.execute("UPDATE page_sessions SET expires_at = datetime('now', '-1 hour') || '.000000'")
        await self.bot.start()

    def leaks(self, calls: int, level: SafeSearch) -> list[str]:
        """What was sent since so many requests and may not be seen at a level."""
        found: list[str] = []
        for call in self.discord.calls[calls:]:
            text = json.dumps(call.body, ensure_ascii=False)
            texts = [text, *(one.data.decode("latin-1") for one in call.files)]
            for mark in (mark for one in texts for mark in MARK.finditer(one)):
                if forbidden(self.endpoint.plants, int(mark[1]), level, set(), rated_now=True):
                    kind = self.endpoint.plants.kinds[int(mark[1])]
                    found.append(
                        f"{call.method} {call.route}: {kind} {text[max(0, mark.start() - 80) : mark.end() + 40]}"
                    )
        return found


def _action(control: Json) -> str:
    return control["custom_id"].split(":")[2]


def _left(asked: Interaction) -> list[Message]:
    """The messages that a command is answered by so far: in its place, or a private one last."""
    return [one for one in (asked.answer, *asked.followups) if not one.deleted]


def _controls(message: Message) -> list[Json]:
    """Every control of a message that can be pressed; those that end it last."""
    able = [one for one in message.controls() if one.get("custom_id", "").startswith("mg:") and not one.get("disabled")]
    return sorted(able, key=lambda one: _action(one) in RUINS)


def told(message: Message) -> str:
    """All that a message says, links and addresses too."""
    return json.dumps([message.embeds, message.components], ensure_ascii=False)


def names_its_source(message: Message) -> list[str]:
    """Return what a message with a picture does not say of it: who found it, its site, its page, the level."""
    text = told(message)
    if '"image": {"url"' not in text and '"media"' not in text:
        return []
    missing = [name for name, part in {"host": "fine.example", "page": "/page", "level": "SafeSearch"}.items()
               if part not in text]  # fmt: skip
    return missing if "v7 endpoint" in text else [*missing, "provider"]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    endpoint = Endpoint()
    async with TestServer(endpoint.app()) as server, StandIn(check_answers=True, strict=False) as discord:
        guild = discord.guild()
        env = {
            "MAGPIE_PROVIDERS": "v7,text-reader", "MAGPIE_V7_ENDPOINT": str(server.make_url("/v7.0")),
            "MAGPIE_V7_KEY": "0" * 32,
            "MAGPIE_ALLOW_SAFESEARCH_OFF": "true",
        }  # fmt: skip
        data = tmp_path_factory.mktemp("magpie")
        async with bot_process(discord, data, env=env, preloaded=True) as bot:
            yield House(discord, guild, endpoint, bot, data)
            discord.assert_no_violations()
            assert "Traceback" not in bot.output, bot.output


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("name", COMMANDS)
async def test_a_persons_own_level_holds_at_every_control(house: House, name: str, private: bool) -> None:
    """Strict was chosen in a channel at Off: no control asks or shows anything looser."""
    channel, person = await house.channel(), house.person()
    calls, asked = len(house.discord.calls), len(house.endpoint.levels)
    pressed = answers = 0
    while pressed < LEAST_PRESSED:  # what is planted in one answer may leave few controls at Strict
        answers += 1
        assert answers <= MOST_ANSWERS, f"{pressed} controls in {MOST_ANSWERS} answers"
        message = await house.command(name, person, channel, safesearch="Strict", private=private)
        pressed += await _all_pressed(house, person, message)
    levels = set(house.endpoint.levels[asked:])
    assert levels == {"Strict"} if name == "image" else levels <= {"Strict"}  # the others may be remembered
    assert house.leaks(calls, SafeSearch.STRICT) == []


async def _all_pressed(house: House, person: User, message: Message) -> int:
    """Press every control of a message and of its panel; how many that were."""
    number = panels = 0
    while number < len(controls := _controls(message)) and not message.deleted:
        control = controls[number]
        inner = await house.press(person, message, control)
        for further in (one for one in (inner.message, *inner.followups) if one and one is not message):
            if not further.deleted:
                assert names_its_source(further) == [], told(further)
        if _action(control) == "more":
            panels += await _panel_pressed(house, person, message, inner.message)
        number += 1
    return number + panels


async def _panel_pressed(house: House, person: User, message: Message, panel: Message | None) -> int:
    """Press everything in the panel of a page; it goes after what changes the page, so it is opened anew each time."""
    pressed = set[str]()
    while panel is not None and panel is not message and not panel.deleted and not message.deleted:
        left = [one for one in _controls(panel) if _action(one) not in pressed and _action(one) not in RUINS]
        if not left:
            break
        pressed.add(_action(left[0]))
        inner = await house.press(person, panel, left[0])
        for further in (one for one in (inner.message, *inner.followups) if one and one not in (message, panel)):
            if not further.deleted:
                assert names_its_source(further) == [], told(further)
        again = [one for one in _controls(message) if _action(one) in {"more", "restore"}]
        if panel.deleted and again and not message.deleted:
            panel = (await house.press(person, message, again[0])).message
    return len(pressed)


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("name", COMMANDS)
async def test_a_place_tightened_before_a_press_gets_nothing_old(house: House, name: str, private: bool) -> None:
    """Every control of an answer at Off is pressed once after its channel was made Strict; each time a new answer."""
    channel, number, pressed = await house.channel(), 0, set[str]()
    while True:
        person = house.person()
        message = await house.command(name, person, channel, private=private)
        assert names_its_source(message) == [], told(message)
        where, left = message, [one for one in _controls(message) if _action(one) not in pressed]
        opened = [one for one in _controls(message) if _action(one) == "more"]
        if not left and opened:  # the panel, and what a private page shows below itself
            where = (await house.press(person, message, opened[0])).message or message
            left = [one for one in _controls(where) if _action(one) not in pressed]
        if not left:
            break
        pressed.add(_action(left[0]))
        await house.set_level(channel, "Strict")
        calls, asked = len(house.discord.calls), len(house.endpoint.levels)
        await house.press(person, where, left[0])
        assert house.leaks(calls, SafeSearch.STRICT) == [], _action(left[0])
        assert set(house.endpoint.levels[asked:]) <= {"Strict"}
        await house.set_level(channel, "Off")
        number += 1
    assert number >= 3


async def test_adult_things_are_shown_where_they_may_be(house: House) -> None:
    """Otherwise the tests above would prove nothing."""
    channel, calls = await house.channel(), len(house.discord.calls)
    for name in COMMANDS:
        person = house.person()
        message = await house.command(name, person, channel, **({"view": "grid"} if name == "image" else {}))
        for control in (one for one in _controls(message) if _action(one) in {"more", "picture"}):
            await house.press(person, message, control)
    assert len(house.leaks(calls, SafeSearch.STRICT)) > 3
    assert house.leaks(calls, SafeSearch.OFF) == []
    assert house.seen >= {"next", "similar", "details", "refine", "tile", "share", "insight", "insight-region", "view"}


def lettered(words: str) -> bytes:
    """A picture with a few words, as PNG; a low one would be enlarged by the reader."""
    picture = Pictures.new("RGB", (480, 480), "white")
    ImageDraw.Draw(picture).text((20, 60), words, fill="black", font_size=50)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def depicted(house: House) -> ImageInsights:
    """A picture that nobody knows, with many searches and somebody who may be in it."""
    text = house.endpoint.plants.text
    unsure = RecognizedEntity(entity=Person(name=text(Kind.CLEAN)), match_confidence=0.3)
    region = RecognizedEntityRegion(
        region=NormalizedRectangle(left=0.1, top=0.1, right=0.6, bottom=0.6), matching_entities=(unsure,)
    )
    group = RecognizedEntityGroup(name=text(Kind.CLEAN), recognized_entity_regions=(region,))
    return ImageInsights(
        best_representative_query=Query(text=text(Kind.CLEAN)),
        image_caption=ImageCaption(caption=text(Kind.CLEAN)),
        related_searches=RelatedSearchesModule(value=tuple(Query(text=text(Kind.CLEAN)) for _ in range(12))),
        recognized_entity_groups=RecognizedEntitiesModule(value=(group,)),
    )


async def test_controls_of_a_search_in_order(house: House) -> None:
    """What can be pressed only after something else was: back again, shown again, without filters."""
    channel, person = await house.channel(), house.person()
    message = await house.command("image", person, channel, view="grid")
    await house.use(person, message, "next", "previous")
    await house.in_panel(person, message, "picture")
    await house.in_panel(person, message, "hide")
    await house.use(person, message, "restore")
    asked = await house.discord.command(person, channel, "image", query=NOTHING, size="Large")
    await house.discord.until(lambda: asked.followups, "that nothing is found is told privately")
    await house.use(person, await house.shown(asked), "unfiltered")


async def test_controls_of_a_lookup_in_order(house: House) -> None:
    channel, person = await house.channel(), house.person()
    house.endpoint.known = depicted(house)
    message = await house.command("identify", person, channel, image=Upload("a.png", png("navy")))
    await house.use(person, message, "insight-find", "insight-region", "insight-back")
    await house.section(person, message, "people")
    await house.use(person, message, "insight-fold")
    await house.section(person, message, "searches")
    await house.use(person, message, "insight-search", "insight-page")
    found = await house.command("image", person, channel)
    details = await house.use(person, found, "details")
    await house.discord.until(details.answer.controls, "the details")
    await house.use(person, details.answer, "more", "insight-links")
    other = house.person()
    again = await house.command("identify", other, channel, image=Upload("b.png", png("teal")))
    await house.use(other, again, "insight-region", "insight-part", "insight-whole")
    sign = await house.command("identify", other, channel, image=Upload("sign.png", lettered("Fresh bread")))
    await house.discord.until(lambda: "insight-read" in map(_action, _controls(sign)), "the whole answer", within=30)
    await house.use(other, sign, "insight-read")
    await house.discord.until(lambda: "insight-text" in map(_action, _controls(sign)), "the text", within=30)
    await house.use(other, sign, "insight-text")
    two = [Upload("c.png", png("olive")), Upload("d.png", png("maroon"))]
    posted = await house.discord.write(other, channel, "which?", attachments=two)
    offered = await house.discord.message_menu(other, posted, "Identify image")
    await house.use(other, await house.shown(offered), "insight-pick")


async def test_answers_to_the_question_where_a_picture_may_go(house: House) -> None:
    channel = await house.channel()
    for number, (action, colour) in enumerate((("insight-inside", "pink"), ("insight-never", "plum"))):
        await house.ask_where(channel)
        moderator = house.moderator()
        asked = await house.discord.command(moderator, channel, "identify", image=Upload(f"{number}.png", png(colour)))
        await house.use(moderator, await house.shown(asked), action)


async def test_a_session_of_yesterday_is_asked_again(house: House) -> None:
    channel, person = await house.channel(), house.person()
    message = await house.command("image", person, channel)
    await house.end_everything()
    ended = await house.use(person, message, "next")
    await house.use(person, await house.shown(ended), "again")


async def test_a_site_is_blocked(house: House) -> None:
    """All pictures come from this one, so that nothing is found after it."""
    channel, moderator = await house.channel(), house.moderator()
    await house.in_panel(moderator, await house.command("image", moderator, channel, private=True), "block")


async def test_the_safety_panel(house: House) -> None:
    """Every control of it, by somebody who manages the server, then by a member who finds it open."""
    channel, moderator = await house.channel(), house.moderator()
    panel = (await house.discord.command(moderator, channel, "safesearch show")).answer
    assert panel.ephemeral
    await house.use(moderator, panel, "history", "overview", "server", "lists")
    asked = await house.discord.press(moderator, panel, _named(panel, ":add:word"))
    await house.discord.submit_modal(asked, {"entry": "wumpus"})
    assert "wumpus" in panel.text()
    house.seen.add("add")
    await house.use(moderator, panel, "remove", "overview")
    house.seen.add("target")
    await house.discord.select(moderator, panel, [str(channel.id)], _named(panel, ":target"))
    await house.discord.press(moderator, panel, _named(panel, ":level:Strict"))
    assert "is set to Strict" in panel.text()
    await house.discord.press(moderator, panel, _named(panel, ":level:Moderate"))
    assert "Strict → Moderate" in panel.text()
    house.seen.add("level")
    await house.use(moderator, panel, "loosen")
    assert "is set to Moderate" in panel.text()
    await house.bot.kill()
    await house.bot.start()
    await house.discord.press(moderator, panel, _named(panel, ":level:Strict"))
    assert "is set to Strict" in panel.text()


async def test_a_safety_panel_does_nothing_without_the_permission(house: House) -> None:
    channel, moderator = await house.channel(), house.moderator()
    panel = (await house.discord.command(moderator, channel, "safesearch show")).answer
    house.discord.join(house.guild, moderator)
    for end in (":level:Strict", ":lists", ":history", ":server"):
        before = panel.text()
        told = await house.discord.press(moderator, panel, _named(panel, end))
        assert "Manage Channels" in told.answer.text()
        assert panel.text() == before


def _named(message: Message, end: str) -> str:
    return next(one["custom_id"] for one in message.controls() if one.get("custom_id", "").endswith(end))


async def test_the_about_page_and_the_window_of_identify(house: House) -> None:
    """What belongs to no page: found by what its custom_id begins with."""
    channel, person = await house.channel(), house.person()
    about = (await house.discord.command(person, channel, "about")).answer
    for button, said in (("Remember my searches", "kept from now on"), ("Delete my data", "cannot be undone")):
        assert said in (await house.discord.press(person, about, button)).answer.text()
    house.seen.add("about")
    asked = await house.discord.command(person, channel, "identify")
    sent = await house.discord.submit_modal(asked, {"file": [Upload("window.png", png("navy"))]})
    await house.discord.until(
        lambda: [one for one in (sent.answer, *sent.followups) if not one.deleted and one.controls()], "what was found"
    )
    house.seen.add("identify")


async def test_a_frame_of_a_video(house: House) -> None:
    """Strict was chosen in a channel at Off: what is asked and shown of a frame holds to it as well."""
    channel, person = await house.channel(), house.person()
    calls, asked = len(house.discord.calls), len(house.endpoint.levels)
    clip = Upload("clip.mp4", striped_video("mp4", "mpeg4"))
    message = await house.command("identify", person, channel, safesearch="Strict", image=clip)

    def frames() -> list[Json]:
        return [one for one in _controls(message) if _action(one) == "insight-frame"]

    await house.use(person, message, "insight-frames")
    await house.discord.until(lambda: len(frames()) == 4, "the frames to choose from")
    await house.press(person, message, frames()[2])
    said = "What is this frame of the video?"
    await house.discord.until(lambda: said in message.text(), "what the frame shows")
    assert set(house.endpoint.levels[asked:]) <= {"Strict"}
    assert house.leaks(calls, SafeSearch.STRICT) == []


async def test_every_handler_is_pressed(house: House) -> None:
    """Last: a new control has to be pressed in this file too, over what was really sent."""
    known = {*HANDLERS, *EXPIRED_HANDLERS, *SAFETY_HANDLERS, *OTHER_HANDLERS}
    assert not known - house.seen, f"press in a test above: {', '.join(sorted(known - house.seen))}"
    unanswered = ", ".join(sorted(house.seen - known))
    assert not unanswered, f"drawn, but in no table of bot/discord_ui/handlers/routes.py: {unanswered}"
