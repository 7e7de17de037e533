"""Identifying over sockets: the real bot with its own pictures and a v7 endpoint that replays answers."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image

from bot.discord_ui.render.controls import MORE
from tests.discord_ui.lookups import everything

from . import Channel, Guild, Message, StandIn, Upload, User
from .process import BotProcess, bot_process

pytestmark = pytest.mark.asyncio(loop_scope="session")


@dataclass
class Endpoint:
    """A v7 endpoint that answers every lookup alike, and what it was asked."""

    answer: dict[str, Any] = field(default_factory=lambda: {"_type": "ImageInsights"})
    status: int = 200
    asked: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def details(self, request: web.Request) -> web.Response:
        data = b""
        if request.method == "POST":
            async for part in await request.multipart():
                data = bytes(await part.read())  # type: ignore[union-attr]  # no nested parts are sent
        self.asked.append((dict(request.query), data))
        return web.json_response(self.answer, status=self.status)


@dataclass
class House:
    discord: StandIn
    bot: BotProcess
    guild: Guild
    channel: Channel
    endpoint: Endpoint
    pictures: Path
    numbers: int = 0

    def person(self, *permissions: str) -> User:
        self.numbers += 1
        return self.discord.member(self.guild, f"person {self.numbers}", permissions=list(permissions) or None)

    async def open_section(self, person: User, message: Message, section: str) -> None:
        """Show another part of an answer, from the panel of *More*."""
        panel = (await self.discord.press(person, message, MORE)).answer
        await self.discord.select(person, panel, [section], "Show another part of the answer")
        assert panel.deleted

    async def identify(self, person: User, **options: Any) -> Message:
        """What is shown once nobody is asked any more."""
        message = (await self.discord.command(person, self.channel, "identify", **options)).answer
        await self.discord.until(lambda: "Still asking" not in message.text(), "everybody who is asked")
        return message

    async def let_pictures_go(self, where: str) -> None:
        moderator = self.person("manage_channels")
        await self.discord.command(moderator, self.channel, "identify-settings", where=where)

    def drawn(self, number: int) -> tuple[str, bytes]:
        """Title and bytes of a picture of the collection that may be shown everywhere."""
        lines = (self.pictures / "manifest.jsonl").read_text("utf-8").splitlines()
        entries = [json.loads(line) for line in lines if line.strip()]
        entry = [entry for entry in entries if entry.get("rating") == "safe"][number]
        return entry["title"], (self.pictures / entry["file"]).read_bytes()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    endpoint = Endpoint()
    app = web.Application()
    app.router.add_route("*", "/v7.0/images/details", endpoint.details)
    async with TestServer(app) as server, StandIn(check_answers=True, strict=False) as discord:
        guild = discord.guild()
        channel = discord.channel(guild)
        data = tmp_path_factory.mktemp("magpie")
        env = {
            "MAGPIE_PROVIDERS": "collection,v7",
            "MAGPIE_V7_ENDPOINT": str(server.make_url("/v7.0")),
            "MAGPIE_V7_KEY": "0" * 32,
        }
        async with bot_process(discord, data, env=env, preloaded=True) as bot:
            house = House(discord, bot, guild, channel, endpoint, data / "starter")
            await house.let_pictures_go("outside")
            yield house


@pytest_asyncio.fixture(loop_scope="session")
async def house(running: House) -> AsyncIterator[House]:
    running.discord.violations.clear()
    running.endpoint.asked.clear()
    running.endpoint.answer, running.endpoint.status = {"_type": "ImageInsights"}, 200
    yield running
    running.discord.assert_no_violations()
    assert "Traceback" not in running.bot.output


def copy(data: bytes, quality: int = 40) -> bytes:
    """A small JPEG of a picture, as people pass them on."""
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    out = io.BytesIO()
    picture.resize((picture.width // 2, picture.height // 2)).save(out, "JPEG", quality=quality)
    return out.getvalue()


def noise() -> bytes:
    """A picture that nobody has."""
    out = io.BytesIO()
    Image.effect_noise((300, 300), 90).save(out, "PNG")
    return out.getvalue()


async def test_it_is_asked_once_where_pictures_may_go(house: House) -> None:
    await house.let_pictures_go("ask")
    person = house.person()
    message = await house.identify(person, image=Upload("a.png", house.drawn(3)[1]))
    assert message.embed["title"] == "Where this picture goes"
    assert not house.endpoint.asked
    await house.discord.press(person, message, "Own collection only")
    assert message.embed["title"] == house.drawn(3)[0]
    assert not house.endpoint.asked
    message = await house.identify(person, image=Upload("a.png", house.drawn(3)[1]))
    await house.discord.press(person, message, "Send it")
    await house.discord.until(lambda: house.endpoint.asked, "that the endpoint is asked")
    await house.identify(house.person(), image=Upload("a.png", house.drawn(4)[1]))
    await house.discord.until(lambda: len(house.endpoint.asked) > 1, "that it is asked again, without a question")
    assert len(house.endpoint.asked) == 2


async def test_an_attachment_is_named_and_its_copy_too(house: House) -> None:
    for number in (5, 40, 77):
        title, data = house.drawn(number)
        for upload in (Upload("exact.png", data), Upload("copy.jpg", copy(data))):
            message = await house.identify(house.person(), image=upload)
            assert message.embed["title"] == title
            said = message.embed["description"]
            assert "**Exact match.**" in said or "the same picture**" in said
            assert list(message.files())


async def test_what_is_sent_on_has_nothing_but_its_pixels(house: House) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Spy camera"
    out = io.BytesIO()
    Image.new("RGB", (3000, 2000), "teal").save(out, "JPEG", exif=exif)
    await house.discord.command(house.person(), house.channel, "identify", image=Upload("big.jpg", out.getvalue()))
    ((_, sent),) = house.endpoint.asked
    assert b"Spy" not in sent
    assert max(Image.open(io.BytesIO(sent)).size) <= 1500
    assert len(sent) <= 1_000_000


async def test_every_module_is_shown_where_present(house: House) -> None:
    house.endpoint.answer = everything().to_wire()
    person = house.person()
    message = await house.identify(person, image=Upload("new.png", noise()))
    panel = (await house.discord.press(person, message, MORE)).answer
    offered = {option["value"] for control in panel.controls() for option in control.get("options") or []}
    assert offered == {
        "overview", "pages", "similar", "products", "shopping", "recipes", "collections", "searches", "people",
    }  # fmt: skip
    for section, words in (
        ("shopping", "€19.50"), ("recipes", "1\xa0h 15\xa0min"),
        ("collections", "12 pictures"), ("searches", "panda 1"),
        ("people", "Pabu (very likely"), ("products", "€12.00"), ("pages", "likely"), ("similar", "Picture 10"),
        ("overview", "A red panda in a tree"),
    ):  # fmt: skip
        await house.open_section(person, message, section)
        assert words in message.text(), section


async def test_recorded_answers(house: House, shared: Path) -> None:
    for name, section, words in (
        ("details-degas-all-abridged-a", "overview", "Edgar Degas Paintings"),
        ("docsample-details-recognized-entities", "people", "Charlene Whitney"),
        ("docsample-details-shopping-sources", "shopping", "$75.99"),
    ):
        house.endpoint.answer = json.loads((shared / "recordings" / "bing-v7" / f"{name}.json").read_text("utf-8"))
        person = house.person()
        message = await house.identify(person, image=Upload("new.png", noise()))
        if section != "overview":
            await house.open_section(person, message, section)
        assert words in message.text(), name


async def test_findings_of_two_providers_are_merged_surest_first(house: House) -> None:
    house.endpoint.answer = everything().to_wire()
    title, data = house.drawn(20)
    person = house.person()
    message = await house.identify(person, image=Upload("a.png", data))
    await house.discord.until(lambda: message.embed["title"] == title, "the surest finding")
    await house.discord.until(lambda: "panda" in message.text(), "the other provider")
    await house.discord.press(person, message, "Pages with this picture")
    assert message.text().index(title) < message.text().index("Picture 8")


async def test_a_message_with_three_pictures(house: House) -> None:
    drawn = [house.drawn(number) for number in (30, 50, 70)]
    uploads = [Upload(f"{n}.png", data) for n, (_, data) in enumerate(drawn)]
    posted = await house.discord.write(house.person(), house.channel, "which?", attachments=uploads)
    person = house.person()
    message = (await house.discord.message_menu(person, posted, "Identify image")).answer
    assert message.embed["title"] == "Which picture?"
    await house.discord.select(person, message, ["1"], "Choose a picture")
    assert message.embed["title"] == drawn[1][0]


async def test_a_part_of_the_picture(house: House) -> None:
    person = house.person()
    message = await house.identify(person, image=Upload("a.png", house.drawn(60)[1]))
    await house.discord.press(person, message, "Look at a part")
    await house.discord.until(
        lambda: "Bottom right" in [one.get("label") for one in message.controls()], "the parts to choose from"
    )
    assert message.files(), "the picture with its parts stands above the buttons"
    await house.discord.press(person, message, "Bottom right")
    await house.discord.until(lambda: "Bottom right" in message.embed["author"]["name"], "what the part shows")
    query, _ = house.endpoint.asked[-1]
    sides = {name: round(float(query[name]), 2) for name in ("cal", "cat", "car", "cab")}
    assert sides == {"cal": 0.67, "cat": 0.67, "car": 1.0, "cab": 1.0}


async def test_an_address_is_named(house: House) -> None:
    title, data = house.drawn(20)
    posted = await house.discord.write(house.person(), house.channel, "look", attachments=[Upload("a.jpg", copy(data))])
    message = await house.identify(house.person(), url=house.discord.files.url(posted.attachments[0]))
    assert message.embed["title"] == title


async def test_an_address_on_this_machine_is_refused(house: House) -> None:
    for address in ("http://127.0.0.1/a.png", "http://[::ffff:127.0.0.1]/a.png", "http://2130706433/a.png"):
        reply = await house.discord.command(house.person(), house.channel, "identify", url=address)
        await house.discord.until(lambda reply=reply: reply.followups, "the refusal")
        assert reply.message is not None
        assert reply.message.deleted
        assert reply.followups[0].ephemeral
        assert "public web" in reply.followups[0].text()
    assert not house.endpoint.asked


async def test_the_form_takes_a_file(house: House) -> None:
    title, data = house.drawn(80)
    person = house.person()
    opened = await house.discord.command(person, house.channel, "identify")
    sent = await house.discord.submit_modal(opened, {"file": [Upload("a.png", data)]})
    assert sent.answer.embed["title"] == title


async def test_controls_go_on_after_kill_9(house: House) -> None:
    title, data = house.drawn(25)
    person = house.person()
    message = await house.identify(person, image=Upload("a.png", data))
    await house.bot.restart()
    await house.open_section(person, message, "similar")
    assert "Similar pictures" in message.embed["author"]["name"]
    panel = (await house.discord.press(person, message, MORE)).answer
    await house.discord.press(person, panel, "Forget this")
    assert "Forgotten" in message.text()
    assert panel.deleted
    assert title not in message.text()


async def test_one_of_two_providers_fails(house: House) -> None:
    # Last: the provider is left alone for a while after this.
    house.endpoint.status = 503
    title, data = house.drawn(12)
    message = await house.identify(house.person(), image=Upload("a.png", data))
    assert message.embed["title"] == title
    assert "could not answer" in message.embed["description"]
