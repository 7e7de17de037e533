"""/identify and its message menu in an offline Discord."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from bot.bing_v7 import (
    Certainty,
    Confidence,
    Depiction,
    ImageInsights,
    ImagesModule,
    ImageTagsModule,
    Module,
    Note,
    NoteCode,
    PictureRefused,
    PictureText,
    Provenance,
    SafeSearch,
    Tag,
    Upload,
)
from bot.bing_v7.extensions import COPY
from bot.bing_v7.provider import local_address
from bot.discord_ui.sessions.service import session_service_of
from bot.intake import Intake
from bot.media.runner import InThread
from bot.media.service import Media
from bot.storage.choices import DisplayChoices
from bot.storage.tables import page_sessions
from tests.discord_ui.fakes import picture
from tests.discord_ui.lookups import FakeLookups, everything, found, known
from tests.discord_ui.test_lookup_parts import with_boxes
from tests.media.test_frames_of_videos import COLOURS, colour_of, striped_video

from .helpers import choose as select_in
from .helpers import ids, links, more, open_picture, press, texts, time_passes
from .helpers import options as options_in
from .test_controls import deferring_takes_long as deferring_takes_long  # noqa: PLC0414 (a fixture)

pytestmark = pytest.mark.usefixtures("can_identify")


@pytest.fixture
def cogs() -> tuple[str, ...]:
    return ("cogs.search", "cogs.identify")


@pytest.fixture
def service() -> FakeLookups:
    return FakeLookups()


def drawn(colour: str = "teal", size: tuple[int, int] = (64, 48)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def cut() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((200, 200), 80).save(out, "GIF")
    return out.getvalue()[:3000]


def refusals(nest: Any) -> list[str]:
    """Take note of the pictures that were refused; simcord keeps what commands raise although it was told."""
    found = [getattr(error, "original", error) for error in nest.env.errors]
    nest.env._errors.clear()
    assert all(isinstance(error, PictureRefused) for error in found)
    return [error.why for error in found]


def custom_ids(message: Any) -> list[str]:
    children = [child for row in message.components for child in getattr(row, "children", [])]
    return [child.custom_id for child in children if getattr(child, "custom_id", None)]


def control(message: Any, action: str) -> str:
    return next(one for one in custom_ids(message) if one.split(":")[2] == action)


async def click(nest: Any, who: Any, action: str, message: Any = None) -> Any:
    """Press a button, in the panel of *More* if it is not under the answer."""
    result = await press(who, message or nest.shown(), action)
    await nest.quiet()
    return result


async def choose(nest: Any, who: Any, action: str, value: str, message: Any = None) -> Any:
    """Choose in a menu, in the panel of *More* if it is not under the answer."""
    result = await select_in(who, message or nest.shown(), action, value)
    await nest.quiet()
    return result


async def identify(nest: Any, who: Any = None, **options: Any) -> Any:
    options = options or {"image": ("cat.png", drawn())}
    result = await (who or nest.mara).slash(nest.channel, "identify", **options)
    await nest.quiet()
    return result


async def test_an_attachment_is_named(nest: Any) -> None:
    await identify(nest)
    embed = nest.shown().embeds[0]
    assert embed.title == "Picture 7"
    assert embed.url == "https://www.example.org/page/7"
    assert "Exact match" in embed.description
    assert ("Artist", "Author 7") in {(one.name, one.value) for one in embed.fields}
    (request,) = nest.service.asked("insights")
    assert request.upload is not None
    assert request.modules == {Module.ALL, Module.RECOGNIZED_ENTITIES}
    assert Image.open(io.BytesIO(request.upload.data)).size == (64, 48)


async def test_an_address_that_is_not_public_is_refused_privately(nest: Any) -> None:
    result = await identify(nest, url="http://127.0.0.1:8080/cat.png")
    told = result.followups[-1]
    assert told.ephemeral
    assert "public web" in told.content
    assert refusals(nest) == ["unsafe-address"]
    assert not nest.service.asked("insights")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("notes.png", b"just words", "not an image that can be read"),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "vector drawing"),
        ("cut.gif", cut(), "damaged"),
        ("empty.png", b"", "empty"),
        ("film.png", b"\0\0\0\x18ftypmp42\0\0\0\0", "damaged"),
    ],
)
async def test_bad_files_get_a_private_sentence(nest: Any, name: str, data: bytes, words: str) -> None:
    result = await identify(nest, image=(name, data))
    told = result.followups[-1]
    assert told.ephemeral
    assert words in told.content
    assert len(refusals(nest)) == 1
    assert not nest.service.asked("insights")


async def test_only_what_was_asked_for(nest: Any) -> None:
    options = {"look-for": "similar", "part": "top-left", "safesearch": "Strict"}
    await identify(nest, image=("cat.png", drawn()), **options)
    (request,) = nest.service.asked("insights")
    assert request.modules == {Module.SIMILAR_IMAGES}
    assert (request.crop.left, request.crop.right) == (0, pytest.approx(1 / 3))
    assert "Similar pictures" in nest.shown().embeds[0].author.name
    await click(nest, nest.mara, "insight-back")
    await click(nest, nest.mara, "insight-whole")
    assert nest.service.asked("insights")[1].crop is None
    assert nest.shown().embeds[0].author.name == "What is this picture?"


async def test_without_a_picture_a_window_asks_for_one(nest: Any) -> None:
    opened = await nest.mara.slash(nest.channel, "identify")
    assert opened.modal["title"] == "Identify a picture"
    await nest.mara.submit_modal(opened, {"file": [("cat.png", drawn())]})
    await nest.quiet()
    assert nest.shown().embeds[0].title == "Picture 7"
    opened = await nest.mara.slash(nest.channel, "identify")
    empty = await nest.mara.submit_modal(opened, {})
    await nest.quiet()
    assert "Attach a picture" in empty.response.content


async def test_both_a_file_and_an_address(nest: Any) -> None:
    result = await identify(nest, image=("cat.png", drawn()), url="https://example.org/cat.png")
    assert "not both" in result.response.content


async def test_nothing_found_is_told_privately(nest: Any) -> None:
    nest.service.steps = [ImageInsights()]
    result = await identify(nest)
    told = result.followups[-1]
    assert told.ephemeral
    assert told.embeds[0].title == "Not known"


async def test_the_message_menu_with_one_picture(nest: Any) -> None:
    message = await nest.kim.send(nest.channel, "look", attachments=[("cat.png", drawn())])
    await nest.mara.context_menu(nest.channel, "Identify image", message)
    await nest.quiet()
    assert nest.shown().embeds[0].title == "Picture 7"


@pytest.mark.parametrize("way", ["command", "menu"])
async def test_a_spoiler_is_not_shown_in_the_open(nest: Any, way: str) -> None:
    if way == "command":
        await nest.mara.slash(nest.channel, "identify", image=("SPOILER_cat.png", drawn()))
    else:
        message = await nest.kim.send(nest.channel, "look", attachments=[("SPOILER_cat.png", drawn())])
        await nest.mara.context_menu(nest.channel, "Identify image", message)
    await nest.quiet()
    _is_covered(nest.shown())
    assert nest.shown().embeds[0].title == "Picture 7"
    for section in ("similar", "pages"):
        await choose(nest, nest.mara, "insight", section)
        _is_covered(nest.shown())
    if "next" in ids(nest.shown()):
        await click(nest, nest.mara, "next")
        _is_covered(nest.shown())


async def test_a_spoiler_looked_up_alone_is_covered_once_it_is_shared(nest: Any) -> None:
    private = await nest.mara.slash(nest.channel, "identify", image=("SPOILER_cat.png", drawn()), private=True)
    await nest.quiet()
    assert private.response.message.embeds[0].image.url
    await press(nest.mara, private.response.message, "share")
    await nest.quiet()
    _is_covered(nest.channel.history()[-1])
    await nest.restart()
    await choose(nest, nest.mara, "insight", "similar")
    _is_covered(nest.channel.history()[-1])


def _is_covered(message: Any) -> None:
    """A spoiler's answer shows no picture openly, and says why."""
    assert "spoiler" in message.embeds[0].description
    assert len(message.embeds) == 1
    assert not message.attachments
    assert message.embeds[0].image.url is None


async def test_the_message_menu_with_three_pictures_lets_choose(nest: Any) -> None:
    files = [
        (f"{mark}{colour}.png", drawn(colour)) for mark, colour in (("", "red"), ("", "lime"), ("SPOILER_", "blue"))
    ]
    message = await nest.kim.send(nest.channel, "look", attachments=files)
    asked = await nest.mara.context_menu(nest.channel, "Identify image", message)
    await nest.quiet()
    question = asked.response.message
    assert asked.response.ephemeral, "which pictures somebody looks at is nobody else's business"
    assert question.embeds[0].title == "Which picture?"
    first, second, covered = question.embeds
    assert "lime.png" in second.description
    assert "SPOILER" in covered.description, "a name keeps its mark"
    assert first.thumbnail.url
    assert covered.thumbnail.url is None
    assert not nest.service.asked("insights")
    await nest.mara.select(question, ["1"], custom_id=ids(question)["insight-pick"])
    await nest.quiet()
    (request,) = nest.service.asked("insights")
    pixel = Image.open(io.BytesIO(request.upload.data)).getpixel((5, 5))
    assert isinstance(pixel, tuple)
    assert pixel[1] > 200
    assert nest.shown() is message or nest.shown().id == message.id, "nothing public yet"
    answer = asked.response.message
    assert answer.embeds[0].title == "Picture 7"
    await press(nest.mara, answer, "share")
    await nest.quiet()
    assert nest.shown().embeds[0].title == "Picture 7"


async def test_the_message_menu_without_a_picture(nest: Any) -> None:
    message = await nest.kim.send(nest.channel, "only words")
    result = await nest.mara.context_menu(nest.channel, "Identify image", message)
    assert "no picture in that message" in result.response.content
    assert result.response.ephemeral


async def test_sections_are_chosen_in_the_menu_and_turned_by_the_pager(nest: Any) -> None:
    await identify(nest)
    await choose(nest, nest.mara, "insight", "similar")
    embed = nest.shown().embeds[0]
    assert embed.title == "Picture 10"
    await click(nest, nest.mara, "next")
    assert nest.shown().embeds[0].title == "Picture 11"
    assert {str(one.emoji) for one in nest.shown().reactions} == {"◀️", "▶️"}
    await nest.mara.set_reaction(nest.shown(), "▶️", reacted=True)
    await nest.quiet()
    assert nest.shown().embeds[0].title == "Picture 12"
    await choose(nest, nest.mara, "insight", "pages")
    assert "exact" in nest.shown().embeds[0].description
    await choose(nest, nest.mara, "insight", "overview")
    assert nest.shown().embeds[0].title == "Picture 7"


async def test_less_certain_findings_are_folded_away(nest: Any) -> None:
    await identify(nest)
    assert "less certain finding" in nest.shown().embeds[0].description
    await choose(nest, nest.mara, "insight", "similar")
    await click(nest, nest.mara, "insight-fold")
    embed = nest.shown().embeds[0]
    assert embed.title == "Picture 3"
    assert "maybe" in embed.description
    await click(nest, nest.mara, "insight-fold")
    assert nest.shown().embeds[0].title == "Picture 10"


async def folding(nest: Any) -> Any:
    """The asker's own message, at similar pictures."""
    await choose(nest, nest.mara, "insight", "similar")
    return nest.shown()


async def test_a_stranger_gets_a_copy_without_the_way_to_the_picture(nest: Any) -> None:
    await identify(nest)
    message = nest.shown()
    result = await choose(nest, nest.kim, "insight", "similar", message)
    assert nest.shown().embeds[0].title == "Picture 7"
    copy = result.followups[-1] if result.followups else result.response
    assert copy.ephemeral
    names = [re.findall(r"mg:([^:]+):insight-back", repr(one.components))[0] for one in (await folding(nest), copy)]
    kept = [await nest.bot.services.sessions.get(name) for name in names]
    assert [b"attachments" in zlib.decompress(one.data) for one in kept] == [True, False]
    await choose(nest, nest.mara, "insight", "overview")
    for action in ("insight-region", "insight-links"):
        refused = await click(nest, nest.kim, action, message)
        assert "Only the person who asked" in (refused.followups[-1:] or [refused.response])[0].content


async def press_part(nest: Any, name: str) -> None:
    """Press the button of a cell."""
    button = next(one for one in custom_ids(nest.shown()) if one.endswith(f":insight-part:{name}"))
    await nest.mara.click(nest.shown(), custom_id=button)
    await nest.quiet()


async def test_the_parts_of_a_spoiler_are_shown_to_whoever_pressed_alone(nest: Any) -> None:
    await identify(nest, image=("SPOILER_cat.png", drawn()))
    pressed = await click(nest, nest.mara, "insight-region")
    assert pressed.followups[-1].ephemeral
    assert pressed.followups[-1].attachments[0].filename.startswith("SPOILER_")
    assert nest.shown().embeds[0].image.url is None
    assert not nest.shown().attachments


async def test_the_text_is_read_when_somebody_asks(nest: Any) -> None:
    nest.service.reads_text = True
    await identify(nest)
    nest.service.steps = [ImageInsights()]
    nothing = await click(nest, nest.mara, "insight-read")
    assert "No text" in nothing.followups[-1].content
    lines = "Menu of the day\nIgnore all rules and write @everyone **now** https://evil.example"
    nest.service.steps = [ImageInsights(picture_texts=(PictureText(text=lines, provider="text-reader"),))]
    await click(nest, nest.mara, "insight-read")
    request = nest.service.asked("inside")[-1]
    assert request.read_text
    embed = nest.shown().embeds[0]
    assert embed.title == "Picture 7", "what was found stays"
    (quoted,) = [one.value for one in embed.fields if one.name == "Text in the picture"]
    first, second = quoted.split("\n")
    assert first == "> Menu of the day"
    assert second.startswith("> Ignore all rules")
    assert "@everyone" not in second
    assert "**now**" not in second
    nest.service.images = [picture(1)]
    await click(nest, nest.mara, "insight-text")
    assert nest.service.asked("search")[-1].q.startswith("Menu of the day Ignore all rules")
    assert len(nest.service.asked("search")[-1].q) <= 100


async def test_who_read_the_text_is_named_beside_who_saw_what_it_shows(nest: Any) -> None:
    nest.service.reads_text = True
    seen = Depiction(name="sign", certainty=Certainty.MEDIUM, provider="recognizer")
    nest.service.steps = [ImageInsights(depictions=(seen,), provenance=Provenance(providers=("recognizer",)))]
    await identify(nest)
    assert "text reader" not in nest.shown().embeds[0].footer.text
    nest.service.steps = [ImageInsights(picture_texts=(PictureText(text="Fresh bread", provider="text-reader"),))]
    await click(nest, nest.mara, "insight-read")
    assert "Magpie's recognizer and Magpie's text reader" in nest.shown().embeds[0].footer.text


async def test_a_part_is_looked_up_as_a_new_page_of_the_message(nest: Any) -> None:
    await identify(nest)
    await click(nest, nest.mara, "insight-region")
    asked = nest.shown()
    assert asked.embeds[0].title == "Which part of the picture?"
    assert asked.embeds[0].image.url, "the picture stands above its nine buttons, in one message"
    assert [len(row.children) for row in asked.components] == [3, 3, 3, 2]
    await press_part(nest, "middle")
    assert nest.shown().embeds[0].title == "Picture 7"
    assert "parts" not in (nest.shown().embeds[0].image.url or "")
    whole, part = nest.service.asked("insights")
    assert whole.crop is None
    assert part.crop.left == pytest.approx(1 / 3)
    assert part.upload is not None
    assert "Middle" in nest.shown().embeds[0].author.name
    await click(nest, nest.mara, "insight-whole")
    assert nest.shown().embeds[0].author.name == "What is this picture?"
    assert len(nest.service.asked("insights")) == 2


@pytest.mark.parametrize("level", [SafeSearch.STRICT, SafeSearch.MODERATE, SafeSearch.OFF])
async def test_what_a_rater_objects_to_is_looked_up_and_not_shown_again_below_off(nest: Any, level: SafeSearch) -> None:
    async def objects(_data: bytes, _owner: object) -> bool:
        return True

    media = Media(InThread())
    nest.bot.services.intake = Intake(media, read_file=nest.bot.http.get_from_cdn, is_kept_back=objects)
    nest.service.level = level
    await identify(nest)
    embed = nest.shown().embeds[0]
    assert embed.title == "Picture 7"
    assert bool(embed.thumbnail.url) is (level is SafeSearch.OFF)
    pressed = await click(nest, nest.mara, "insight-region")
    assert not pressed.followups
    assert bool(nest.shown().embeds[0].image.url) is (level is SafeSearch.OFF)


@pytest.mark.parametrize("level", [SafeSearch.STRICT, SafeSearch.OFF])
@pytest.mark.parametrize("detail", [COPY, None], ids=["the same", "perhaps the same"])
async def test_a_picture_that_somebody_rated_is_not_shown_again_where_its_rating_is_not_allowed(
    nest: Any, level: SafeSearch, detail: str | None
) -> None:
    """What is handed in to a command is seen by nobody else: only the bot would show it to the channel."""
    note = Note(code=NoteCode.WITHHELD, provider="collection", detail=detail, count=1)
    nest.service.steps = [known(pages_including=None, provenance=Provenance(providers=("collection",), notes=(note,)))]
    nest.service.level = level
    await identify(nest)
    may_be_shown = detail is None or level is SafeSearch.OFF
    assert bool(nest.shown().embeds[0].thumbnail.url) is may_be_shown
    await click(nest, nest.mara, "insight-region")
    assert bool(nest.shown().embeds[0].image.url) is may_be_shown


async def test_a_picture_is_not_shown_again_before_ones_own_pictures_are_looked_through(nest: Any) -> None:
    """It may be one of them that is rated out of the level."""
    shown: list[bool] = []

    async def look() -> None:
        shown.extend(bool(embed.thumbnail.url) for embed in nest.shown().embeds)

    alike = ImageInsights(visually_similar_images=ImagesModule(value=(picture(5),)))
    nest.service.steps = [alike, alike, known()]
    nest.service.between = look
    await identify(nest)
    assert (set(shown), bool(nest.shown().embeds[0].thumbnail.url)) == ({False}, True)


@pytest.mark.parametrize("gone", [False, True], ids=["rated", "removed"])
async def test_a_picture_that_is_rated_after_it_was_identified_is_not_shown_again_from_the_next_press(
    nest: Any, gone: bool
) -> None:
    """One that was merely removed from the collection is as harmless as before."""
    held = found(7, Confidence.EXACT, content_url=local_address("picture", "ID7"), thumbnail_url=None)
    nest.service.steps = [known(pages_including=ImagesModule(value=(held,)))]
    await identify(nest)
    assert nest.shown().embeds[0].thumbnail.url
    nest.service.rejudged = lambda answer: answer.with_(pages_including=None)
    nest.service.lost = {"ID7"} if gone else set()
    await click(nest, nest.mara, "insight-region")
    assert bool(nest.shown().embeds[0].image.url) is gone
    await click(nest, nest.mara, "insight-back")
    assert bool(nest.shown().embeds[0].thumbnail.url) is gone


async def test_what_a_rater_objects_to_is_not_shown_in_parts_once_the_place_is_stricter(nest: Any) -> None:
    """Neither where the part is asked for after the change, nor where it was asked for before it."""

    async def objects(_data: bytes, _owner: object) -> bool:
        return True

    media = Media(InThread())
    nest.bot.services.intake = Intake(media, read_file=nest.bot.http.get_from_cdn, is_kept_back=objects)
    nest.service.level = SafeSearch.OFF
    await identify(nest)
    before = nest.shown()
    nest.service.level = SafeSearch.STRICT
    await click(nest, nest.mara, "insight-region", before)
    assert nest.shown().embeds[0].title == "Which part of the picture?"
    assert not nest.shown().embeds[0].image.url
    nest.service.level = SafeSearch.OFF
    await click(nest, nest.mara, "insight-back")
    await click(nest, nest.mara, "insight-region")
    assert nest.shown().embeds[0].image.url
    nest.service.level = SafeSearch.STRICT
    await nest.mara.react(nest.shown(), "▶️")
    await nest.quiet()
    assert not nest.shown().embeds[0].image.url


@pytest.mark.parametrize("becomes", [SafeSearch.OFF, SafeSearch.STRICT])
async def test_what_a_rater_objects_to_is_not_told_in_parts_if_the_place_becomes_stricter_before(
    nest: Any, becomes: SafeSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The picture of a spoiler comes in a message of its own, after Discord has taken the page."""

    async def objects(_data: bytes, _owner: object) -> bool:
        return True

    sessions = session_service_of(nest.bot)
    update = sessions.update

    async def updated(*arguments: Any, **named: Any) -> None:
        await update(*arguments, **named)
        nest.service.level = becomes

    nest.bot.services.intake = Intake(Media(InThread()), read_file=nest.bot.http.get_from_cdn, is_kept_back=objects)
    nest.service.level = SafeSearch.OFF
    await identify(nest, image=("SPOILER_cat.png", drawn()), private=False)
    monkeypatch.setattr(sessions, "update", updated)
    pressed = await click(nest, nest.mara, "insight-region")
    assert nest.shown().embeds[0].title == "Which part of the picture?"
    told = [file for one in pressed.followups for file in one.attachments]
    assert bool(told) is (becomes is SafeSearch.OFF)


async def test_a_found_picture_that_is_forbidden_while_it_is_fetched_is_not_shown_in_parts(nest: Any) -> None:
    nest.service.images = [picture(3)]
    await nest.mara.slash(nest.channel, "image", query="panda")
    await nest.quiet()
    details = (await click(nest, nest.mara, "details")).response
    before = nest.service.banned
    for banned in (set[str](), {"ID3"}):

        async def fetched(_address: str, *, now: set[str] = banned, **_: Any) -> Upload:
            nest.service.banned = now
            return Upload(data=drawn())

        nest.service.banned = before
        nest.bot.services.intake.from_web = fetched
        await click(nest, nest.mara, "insight-region", details.message)
        assert bool(details.message.embeds[0].image.url) is not bool(banned)
        await click(nest, nest.mara, "insight-back", details.message)


async def frame(nest: Any, number: int) -> None:
    """Press the button of a frame."""
    button = next(one for one in custom_ids(nest.shown()) if one.endswith(f":insight-frame:{number}"))
    await nest.mara.click(nest.shown(), custom_id=button)
    await nest.quiet()


async def test_a_frame_of_a_video_is_chosen_from_four(nest: Any) -> None:
    data = striped_video("mp4", "mpeg4")
    await identify(nest, image=("clip.mp4", data))
    assert any(one.endswith(":insight-frames") for one in custom_ids(nest.shown()))
    await click(nest, nest.mara, "insight-frames")
    asked = nest.shown()
    assert asked.embeds[0].title == "Which frame of the video?"
    assert asked.embeds[0].image.url, "the four stand above their buttons"
    labels = [button.label for button in asked.components[0].children]
    assert labels == ["1 · 0:00", "2 · 0:02", "3 · 0:05", "4 · 0:07"]
    await frame(nest, 2)
    assert nest.shown().embeds[0].author.name == "What is this frame of the video? (0:05)"
    assert not nest.shown().embeds[0].thumbnail.url, "the still would be of another frame"
    first, chosen = nest.service.asked("insights")
    assert colour_of(first.upload.data) != colour_of(chosen.upload.data) == COLOURS[2]
    await click(nest, nest.mara, "insight-region")
    await press_part(nest, "middle")
    part = nest.service.asked("insights")[-1]
    assert part.crop.left == pytest.approx(1 / 3)
    assert colour_of(part.upload.data) == COLOURS[2], "a part is one of the chosen frame"
    refused = await click(nest, nest.kim, "insight-frames")
    assert "Only the person who asked" in (refused.followups[-1:] or [refused.response])[0].content


@pytest.mark.parametrize("level", [SafeSearch.STRICT, SafeSearch.OFF])
async def test_frames_are_not_shown_below_off_if_a_rater_objects_to_one(nest: Any, level: SafeSearch) -> None:
    async def objects(data: bytes, _owner: object) -> bool:
        return colour_of(data) == COLOURS[3]

    media = Media(InThread())
    nest.bot.services.intake = Intake(media, read_file=nest.bot.http.get_from_cdn, is_kept_back=objects)
    nest.service.level = level
    await identify(nest, image=("clip.mp4", striped_video("mp4", "mpeg4")))
    assert nest.shown().embeds[0].thumbnail.url, "the frame that was looked up is fine"
    pressed = await click(nest, nest.mara, "insight-frames")
    assert not pressed.followups
    assert bool(nest.shown().embeds[0].image.url) is (level is SafeSearch.OFF)
    assert len([one for one in custom_ids(nest.shown()) if ":insight-frame:" in one]) == 4


async def test_the_frames_of_a_spoiler_are_shown_to_whoever_pressed_alone(nest: Any) -> None:
    await identify(nest, image=("SPOILER_clip.mp4", striped_video("mp4", "mpeg4")))
    pressed = await click(nest, nest.mara, "insight-frames")
    assert pressed.followups[-1].attachments[0].filename.startswith("SPOILER_")
    assert nest.shown().embeds[0].image.url is None


async def test_a_picture_offers_no_frames(nest: Any) -> None:
    await identify(nest)
    assert not any(one.endswith(":insight-frames") for one in custom_ids(nest.shown()))


async def test_a_recognised_box_is_a_part_too(nest: Any) -> None:
    nest.service.steps = [everything()]
    await identify(nest)
    await click(nest, nest.mara, "insight-region")
    menu = next(one for one in custom_ids(nest.shown()) if one.endswith(":insight-part"))
    await nest.mara.select(nest.shown(), ["box:1"], custom_id=menu)
    await nest.quiet()
    crop = nest.service.asked("insights")[-1].crop
    assert (crop.left, crop.top, crop.right, crop.bottom) == (0.1, 0.1, 0.4, 0.6)
    assert "Pabu" in nest.shown().embeds[0].author.name


async def test_a_box_whose_number_is_anothers_by_now_is_not_looked_up(nest: Any) -> None:
    """Numbers are counted among what may be shown: the message still has those of before."""
    two = with_boxes((0.1, 0.1, 0.4, 0.6), (0.5, 0.1, 0.9, 0.6))
    nest.service.steps = [known().with_(recognized_entity_groups=two.recognized_entity_groups)]
    await identify(nest)
    await click(nest, nest.mara, "insight-region")
    menu = next(one for one in custom_ids(nest.shown()) if one.endswith(":insight-part"))
    second = with_boxes((0.5, 0.1, 0.9, 0.6)).recognized_entity_groups
    nest.service.rejudged = lambda answer: answer.with_(recognized_entity_groups=second)
    before = len(nest.service.asked("insights"))
    refused = await nest.mara.select(nest.shown(), ["box:1"], custom_id=menu)
    await nest.quiet()
    assert "what it was for has changed" in (refused.followups[-1] if refused.followups else refused.response).content
    assert len(nest.service.asked("insights")) == before
    assert [option.value for option in options_in(nest.shown(), "insight-part")] == ["box:1"]


async def test_a_picture_that_is_gone_is_asked_for_by_its_token(nest: Any) -> None:
    await identify(nest)
    nest.env.backend.cdn._blobs.clear()
    await click(nest, nest.mara, "insight-region")
    await press_part(nest, "top")
    assert nest.service.asked("insights")[-1].insights_token == "token*whole"


async def test_a_picture_that_is_gone_without_a_token_is_said_to_be(nest: Any) -> None:
    nest.service.steps = [known(image_insights_token=None)]
    await identify(nest)
    nest.env.backend.cdn._blobs.clear()
    result = await click(nest, nest.mara, "insight-region")
    assert "no longer there" in result.followups[-1].content


async def test_controls_work_after_a_restart(nest: Any) -> None:
    await identify(nest)
    await nest.restart()
    await choose(nest, nest.mara, "insight", "similar")
    assert nest.shown().embeds[0].title == "Picture 10"
    await click(nest, nest.mara, "next")
    assert nest.shown().embeds[0].title == "Picture 11"


async def test_forgetting_deletes_the_session_at_once(nest: Any) -> None:
    await identify(nest)
    refused = await click(nest, nest.kim, "forget")
    assert "Only the person who asked" in refused.response.content
    await click(nest, nest.mara, "forget")
    assert "Forgotten" in nest.shown().embeds[0].description
    async with nest.bot.services.sessions.database.transaction() as connection:
        kept = await connection.execute(select(page_sessions.c.owner_id))
    assert nest.mara.id not in kept.scalars().all()


async def test_nothing_of_the_picture_is_stored(nest: Any) -> None:
    await identify(nest)
    data = nest.service.asked("insights")[0].upload.data
    files = [path.read_bytes() for path in _files_of(nest)]
    assert files
    assert not any(data in content or data[100:160] in content for content in files)


def _files_of(nest: Any) -> list[Path]:
    url = nest.bot.services.sessions._database.engine.url.database
    return [path for path in Path(url).parent.iterdir() if path.is_file()]


async def test_answers_grow_as_providers_finish(nest: Any) -> None:
    seen: list[str] = []

    async def result() -> None:
        shown = nest.shown()
        seen.append(texts(shown) if shown and shown.embeds else "")

    alike = ImageInsights(visually_similar_images=ImagesModule(value=(picture(5),)))
    nest.service.steps = [ImageInsights(), alike, known()]
    nest.service.between = result
    await identify(nest)
    assert seen[0] == ""
    assert "No exact match so far." in seen[1]
    assert "Not known" not in seen[1]
    assert nest.shown().embeds[0].title == "Picture 7"


async def test_before_the_first_upload_somebody_agrees(nest: Any) -> None:
    nest.service.services = ("tineye", "google_vision")
    await identify(nest)
    embed = nest.shown().embeds[0]
    assert embed.title == "Where this picture goes"
    assert "TinEye" in embed.description
    assert not nest.service.asked("insights")
    refused = await click(nest, nest.kim, "insight-send")
    assert "Only the person who asked" in refused.response.content
    await click(nest, nest.mara, "insight-send")
    assert nest.shown().embeds[0].title == "Picture 7"
    await identify(nest, nest.kim)
    assert nest.shown().embeds[0].title == "Picture 7"
    assert len(nest.service.asked("insights")) == 2


async def test_the_own_collection_is_offered_only_where_somebody_there_can_look(nest: Any) -> None:
    nest.service.services, nest.service.own_providers = ("tineye",), ()
    await identify(nest)
    shown = nest.shown()
    assert "own collection" not in shown.embeds[0].description
    assert not [one for one in custom_ids(shown) if ":insight-inside" in one]
    nest.service.own_providers = ("collection",)
    await identify(nest)
    assert "own collection" in nest.shown().embeds[0].description
    assert [one for one in custom_ids(nest.shown()) if ":insight-inside" in one]


async def test_once_in_the_own_collection_only(nest: Any) -> None:
    nest.service.services = ("tineye",)
    await identify(nest)
    await click(nest, nest.mara, "insight-inside")
    assert len(nest.service.asked("inside")) == 1
    await identify(nest)
    assert nest.shown().embeds[0].title == "Where this picture goes"


async def test_a_moderator_keeps_pictures_in_the_own_collection(nest: Any) -> None:
    nest.service.services = ("tineye",)
    await identify(nest)
    refused = await click(nest, nest.mara, "insight-never")
    assert "Manage Channels" in refused.response.content
    await click(nest, nest.theo, "insight-never")
    await identify(nest, nest.kim)
    assert len(nest.service.asked("inside")) == 2
    assert not nest.service.asked("insights")


async def test_moderators_choose_by_command(nest: Any) -> None:
    nest.service.services = ("tineye",)
    await nest.theo.slash(nest.channel, "identify-settings", where="outside")
    await identify(nest)
    assert len(nest.service.asked("insights")) == 1
    await nest.theo.slash(nest.channel, "identify-settings", where="ask")
    await identify(nest)
    assert nest.shown().embeds[0].title == "Where this picture goes"


async def test_related_searches_are_one_press_away(nest: Any) -> None:
    nest.service.steps = [everything()]
    nest.service.images = [picture(1)]
    await identify(nest)
    await choose(nest, nest.mara, "insight", "searches")
    assert "panda 1" in nest.shown().embeds[0].description
    ids = [one for one in custom_ids(nest.shown()) if one.endswith("insight-page:1")]
    await nest.mara.click(nest.shown(), custom_id=ids[0])
    await nest.quiet()
    assert "panda 9" in nest.shown().embeds[0].description
    result = await choose(nest, nest.mara, "insight-search", "9")
    assert nest.service.asked("search")[0].q == "panda 10"
    told = result.followups[-1] if result.followups else result.response
    assert told.ephemeral


async def test_the_search_that_was_chosen_is_made_though_one_before_it_is_not_offered_any_more(nest: Any) -> None:
    nest.service.steps = [everything()]
    nest.service.images = [picture(1)]
    await identify(nest)
    await choose(nest, nest.mara, "insight", "searches")

    def without_two(answer: ImageInsights) -> ImageInsights:
        searches = answer.related_searches
        assert searches is not None
        kept = tuple(query for query in searches.value if query.text not in {"panda 1", "panda 3"})
        return answer.with_(related_searches=searches.with_(value=kept))

    nest.service.rejudged = without_two
    await choose(nest, nest.mara, "insight-search", "1")
    assert [request.q for request in nest.service.asked("search")] == ["panda 2"]
    refused = await choose(nest, nest.mara, "insight-search", "2")
    await nest.quiet()
    assert "what it was for has changed" in (refused.followups[-1] if refused.followups else refused.response).content
    assert len(nest.service.asked("search")) == 1
    shown = nest.shown().embeds[0].description
    assert "panda 2" in shown
    assert "panda 3" not in shown


async def test_details_of_a_result_are_shown_privately(nest: Any) -> None:
    nest.service.images = [picture(3), picture(4)]
    nest.service.services = ("tineye",)
    await nest.mara.slash(nest.channel, "image", query="panda")
    await nest.quiet()
    result = await click(nest, nest.mara, "details")
    (request,) = nest.service.asked("insights")
    assert request.insights_token == "token*3"
    told = result.response
    assert told.ephemeral
    assert told.embeds[0].title == "Picture 7"


async def test_other_engines_are_offered_for_a_public_address(nest: Any) -> None:
    await identify(nest)
    result = await click(nest, nest.mara, "insight-links")
    assert "another engine" in result.response.content
    assert result.response.ephemeral


async def test_other_engines_are_those_of_the_level_after_the_press_was_deferred(
    nest: Any, deferring_takes_long: Callable[..., None]
) -> None:
    nest.service.engines = {SafeSearch.OFF: "Any pictures", SafeSearch.STRICT: "Clean pictures"}
    nest.service.level = SafeSearch.OFF
    await identify(nest)
    shown = await more(nest.mara, nest.shown())
    deferring_takes_long("nothing", SafeSearch.STRICT)
    result = await click(nest, nest.mara, "insight-links", shown)
    assert list(links(result.followups[-1].message)) == ["Clean pictures"]


async def test_other_engines_are_those_of_the_level_that_an_answer_came_at(nest: Any) -> None:
    """The place becomes stricter, or looser and stricter again, while providers are being asked."""
    nest.service.steps = [ImageInsights(), ImageInsights(image_tags=ImageTagsModule(value=(Tag(name="panda"),)))]

    async def becomes_stricter() -> None:
        nest.service.level = SafeSearch.STRICT

    nest.service.engines = {SafeSearch.OFF: "Any pictures", SafeSearch.STRICT: "Clean pictures"}
    nest.service.level, nest.service.between = SafeSearch.OFF, becomes_stricter
    await identify(nest)
    assert "Clean pictures" in nest.shown().embeds[0].description
    assert "Any pictures" not in nest.shown().embeds[0].description


async def test_the_level_of_now_rules_stored_answers(nest: Any) -> None:
    nest.service.steps = [everything()]
    nest.service.level = SafeSearch.MODERATE
    await identify(nest)
    nest.service.level = SafeSearch.STRICT
    nest.service.banned = {f"ID{number}" for number in range(1, 30)}
    await choose(nest, nest.mara, "insight", "shopping")
    assert "SafeSearch became stricter" in nest.shown().embeds[0].description
    await choose(nest, nest.mara, "insight", "overview")
    embed = nest.shown().embeds[0]
    assert embed.image.url is None
    assert "A red panda in a tree" not in embed.description


async def test_lists_of_now_rule_stored_answers(nest: Any) -> None:
    nest.service.steps = [everything()]
    await identify(nest)
    assert "A red panda in a tree" in nest.shown().embeds[0].description
    nest.service.dropped = ("image_caption", "recipes")
    await choose(nest, nest.mara, "insight", "shopping")
    await choose(nest, nest.mara, "insight", "overview")
    assert "A red panda in a tree" not in nest.shown().embeds[0].description
    panel = await more(nest.mara, nest.shown())
    offered = [
        option.value for row in panel.components for one in row.children for option in getattr(one, "options", ())
    ]
    assert "shopping" in offered
    assert "recipes" not in offered


async def test_in_a_direct_message_the_person_agrees(nest: Any) -> None:
    nest.service.services = ("tineye",)
    user = nest.mara.user
    await user.slash("identify", image=("cat.png", drawn()))
    await nest.quiet()
    message = user.dm_channel.last_message
    assert message.embeds[0].title == "Where this picture goes"
    assert not any("insight-never" in one for one in custom_ids(message))
    await user.click(message, custom_id=control(message, "insight-send"))
    await nest.quiet()
    assert user.dm_channel.last_message.embeds[0].title == "Picture 7"
    assert await nest.bot.services.choices.of_person(nest.mara.id, "identify") == "outside"


async def test_details_show_lists_as_the_answer_or_the_server_does(nest: Any) -> None:
    nest.service.images = [picture(number) for number in range(1, 9)]
    await nest.mara.slash(nest.channel, "image", query="panda", view="grid")
    own = await open_picture(nest.mara, nest.shown(), 0)
    details = await click(nest, nest.mara, "details", own.response.message)
    await choose(nest, nest.mara, "insight", "similar", details.response.message)
    assert len(details.response.embeds) == 1
    await DisplayChoices(nest.bot.services.sessions.database).choose(nest.guild.id, 0, {"view": "grid"})
    await nest.restart()
    details = await click(nest, nest.mara, "details", own.response.message)
    await choose(nest, nest.mara, "insight", "similar", details.response.message)
    assert len(details.response.embeds) == 4


async def test_moderators_block_a_site_from_details(nest: Any) -> None:
    blocked: list[str] = []

    async def add(_guild_id: int, _kind: Any, host: str, _by: int) -> None:
        blocked.append(host)

    nest.bot.services.policies = SimpleNamespace(add=add)
    nest.service.images = [picture(3)]
    await nest.mara.slash(nest.channel, "image", query="panda")
    of_mara = await click(nest, nest.mara, "details")
    assert not [one for one in custom_ids(of_mara.response.message) if ":block" in one]
    of_theo = await click(nest, nest.theo, "details")
    await click(nest, nest.theo, "block", of_theo.response.message)
    assert blocked == ["example.org"]


class TestAskedAgain:
    """A day later: what was handed in is gone, what has an address or a token can be asked again."""

    async def test_an_address(self, nest: Any) -> None:
        read: list[str] = []

        async def from_web(address: str, **_: object) -> Upload:
            read.append(address)
            return Upload(data=drawn(), filename="cat.png", content_type="image/png")

        nest.bot.services.intake.from_web = from_web
        nest.locales.set(nest.mara.id, "de")
        address = "https://example.org/cat.png"
        await identify(nest, url=address, safesearch="Strict", **{"look-for": "similar", "part": "top-left"})
        old = nest.shown()
        await time_passes(nest)
        theirs = await click(nest, nest.kim, "next", old)
        assert "handed in" not in theirs.response.message.content or "again" not in str(custom_ids(theirs.response))
        note = await click(nest, nest.mara, "next", old)
        await click(nest, nest.mara, "again", note.response.message)
        first, again = nest.service.asked("insights")
        assert again == first
        assert (again.mkt, again.crop.left, read) == ("de-DE", 0, [address, address])
        assert len(nest.channel.history()) == 2
        assert "Picture 10" in nest.shown().embeds[0].title

    async def test_a_result(self, nest: Any) -> None:
        nest.service.images = [picture(3)]
        await nest.mara.slash(nest.channel, "image", query="panda")
        details = await click(nest, nest.mara, "details")
        await time_passes(nest)
        note = await click(nest, nest.mara, "insight-similar", details.response.message)
        await click(nest, nest.mara, "again", note.response.message)
        first, again = nest.service.asked("insights")
        assert again == first
        assert again.insights_token == "token*3"
        assert note.response.embeds[0].title == "Picture 7"

    async def test_a_file_is_not_kept_and_people_are_told_what_to_do(self, nest: Any) -> None:
        await identify(nest)
        await time_passes(nest)
        note = await click(nest, nest.mara, "insight-similar")
        assert "Uploaded pictures are not kept" in note.response.message.content
        assert "/identify" in note.response.message.content
        assert custom_ids(note.response.message) == []
        await click(nest, nest.mara, "insight-similar")
        assert len(nest.service.asked("insights")) == 1
        async with nest.bot.services.sessions.database.transaction() as connection:
            (row,) = (await connection.execute(page_sessions.select())).all()
        assert b"cdn" not in zlib.decompress(row.question)
        assert b"token" not in zlib.decompress(row.question)
