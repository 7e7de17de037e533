"""What identify answers are made of: parts of a picture, lists, candidates of a message, where pictures may go."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bing_v7 import (
    AggregateOffer,
    AggregateRating,
    ImageInsights,
    Module,
    NormalizedRectangle,
    Offer,
    Person,
    Picture,
    PictureRefused,
    RecognizedEntitiesModule,
    RecognizedEntity,
    RecognizedEntityGroup,
    RecognizedEntityRegion,
    Upload,
)
from bot.discord_ui.handlers.lookup_candidates import candidates, from_address, from_attachment
from bot.discord_ui.handlers.lookup_window import WINDOW_NAME, identify_window, source_in_window
from bot.discord_ui.model.lookup_session import Lookup, LookupResult, LookupSource, Origin, Section
from bot.discord_ui.model.session import LookupSession
from bot.discord_ui.render.lookup_lists import (
    ENTRIES,
    entries,
    numbered,
    offer_line,
    pages_of,
    rating_words,
    sure_words,
)
from bot.discord_ui.render.lookup_regions import CELLS, MAX_BOXES, boxes, cell, find_part, options, part_words
from bot.discord_ui.sessions.lookups import Where, decide_where, look_up, read_source, request_for, where_to
from bot.intake import VideoFrames
from bot.safesearch.place import Place, PlaceKind, Requester

from .fakes import picture
from .lookups import FakeLookups, everything, known

EN = "en-US"
WEB = LookupSource(by=Origin.WEB, address="https://example.org/cat.png")
DISCORD = LookupSource(by=Origin.DISCORD, address="https://cdn.discordapp.com/attachments/1/2/cat.png", size=10)


def with_boxes(*regions: tuple[float, float, float, float]) -> ImageInsights:
    found = tuple(
        RecognizedEntityRegion(
            region=NormalizedRectangle(left=left, top=top, right=right, bottom=bottom),
            matching_entities=(RecognizedEntity(entity=Person(name="Pabu"), match_confidence=0.9),),
        )
        for left, top, right, bottom in regions
    )
    group = RecognizedEntityGroup(recognized_entity_regions=found)
    return ImageInsights(recognized_entity_groups=RecognizedEntitiesModule(value=(group,)))


# Parts of a picture.


def test_the_cells_cover_the_picture_once() -> None:
    found = [cell(name) for name in CELLS]
    assert len(CELLS) == 9
    assert sum((one.right - one.left) * (one.bottom - one.top) for one in found if one) == pytest.approx(1)
    assert cell("middle") == find_part("middle", None).crop  # type: ignore[union-attr]  # it is there
    assert cell("whole") is None
    assert find_part("box:1", None) is None
    assert find_part("nonsense", everything()) is None


def test_boxes_that_show_nothing_are_left_out_and_others_are_cut_to_the_picture() -> None:
    answer = with_boxes((0.1, 0.1, 0.4, 0.6), (0.5, 0.5, 0.501, 0.9), (-0.2, 0.2, 1.7, 0.8), (0.9, 0.9, 0.1, 0.1))
    first, second = boxes(answer)
    assert (first.name, first.shows) == ("box:1", "Pabu")
    assert second.name == "box:3"
    assert (second.crop.left, second.crop.right) == (0, 1)


def test_the_menu_of_parts_fits_a_menu() -> None:
    many = with_boxes(*[(n / 50, 0.1, n / 50 + 0.3, 0.5) for n in range(30)])
    assert len(boxes(many)) == MAX_BOXES
    lines = options(many, EN)
    assert len(lines) == MAX_BOXES
    assert lines[0].label == "Box 1: Pabu"
    assert len({line.value for line in lines}) == MAX_BOXES


def test_a_part_in_words() -> None:
    assert part_words("top-left", EN) == "Top left"
    assert part_words("box:2", EN) == "Box 2"
    assert part_words("box:2", EN, "Ann\u202e") == "Box 2: Ann"


@given(st.lists(st.tuples(*[st.floats(-1, 2, allow_nan=False)] * 4), max_size=20))
def test_any_recognised_region_makes_a_crop_or_none(regions: list[tuple[float, float, float, float]]) -> None:
    for part in boxes(with_boxes(*regions)):
        assert 0 <= part.crop.left < part.crop.right <= 1
        assert 0 <= part.crop.top < part.crop.bottom <= 1


# Lists.


def test_offers_in_words() -> None:
    assert "from $3.00" in offer_line(Offer(low_price=3, price_currency="USD", offer_count=4), EN)
    assert "ab 3,00\u00a0$" in offer_line(Offer(low_price=3, price_currency="USD"), "de")
    assert "4 offers" in offer_line(Offer(low_price=3, offer_count=4), EN)
    assert offer_line(Offer(name="Cup", availability="SoldOut"), EN) == "Cup · sold out"
    assert offer_line(Offer(name="Cup", availability="Whatever", url="javascript:alert(1)"), EN) == "Cup"
    single = ImageInsights(shopping_sources=AggregateOffer(name="Vase", price=1.5))
    assert entries(single, Section.SHOPPING, EN) == ("Vase · **1.50**",)


def test_ratings_in_words() -> None:
    assert rating_words(None, EN) is None
    assert rating_words(AggregateRating(rating_value=4.5, best_rating=10), EN) == "rated 4.5 out of 10"
    assert rating_words(AggregateRating(rating_value=3, review_count=1), EN) == "rated 3 out of 5 in one review"
    assert rating_words(AggregateRating(rating_value=4.6667, review_count=1234), "de") == (
        "mit 4,7 von 5 bewertet, in 1.234 Rezensionen"
    )


@pytest.mark.parametrize(
    ("confidence", "words"), [(0.99, "very likely"), (0.8, "probably"), (0.6, "perhaps"), (None, "perhaps")]
)
def test_how_sure_a_recognition_is(confidence: float | None, words: str) -> None:
    assert sure_words(confidence, EN) == words


def test_lists_are_numbered_through_their_pages() -> None:
    lines = tuple(f"line {n}" for n in range(ENTRIES * 2 + 1))
    assert pages_of(lines) == 3
    assert numbered(lines, 1).startswith(f"**{ENTRIES + 1}.** line {ENTRIES}")
    assert numbered(lines, 99) == f"**{ENTRIES * 2 + 1}.** line {ENTRIES * 2}"
    assert numbered(lines, -5).startswith("**1.** line 0")
    assert (pages_of(()), numbered((), 0)) == (1, "")


# Candidates of a message.


def attachment(name: str, kind: str | None) -> Any:
    address = f"https://cdn.discordapp.com/attachments/1/2/{name}?ex=a&is=b&hm=c"
    return SimpleNamespace(
        url=address, proxy_url=address.replace("cdn.discordapp.com", "media.discordapp.net"), size=5,
        content_type=kind, filename=name, width=640, height=480,
        is_spoiler=lambda: name.startswith("SPOILER_"),
    )  # fmt: skip


def message(**parts: Any) -> Any:
    return SimpleNamespace(
        **{
            "attachments": [],
            "components": [],
            "embeds": [],
            "stickers": [],
            "content": "",
            "message_snapshots": [],
            **parts,
        }
    )


def test_attachments_and_stills_of_videos() -> None:
    found = candidates(
        message(attachments=[attachment("a.png", "image/png"), attachment("b.mp4", "video/mp4"),
                             attachment("c.txt", "text/plain"), attachment("d", None)])
    )  # fmt: skip
    assert [(one.kind, one.name) for one in found] == [("attachment", "a.png"), ("video", "b.mp4"), ("attachment", "d")]
    assert (found[1].address or "").startswith("https://media.discordapp.net/")
    assert "format=webp" in (found[1].address or "")
    assert "hm=c" in (found[1].address or "")
    assert found[1].size is None


def test_previews_stickers_links_and_forwarded_messages() -> None:
    embed = discord.Embed.from_dict({
        "title": "A page", "url": "https://example.org/page",
        "image": {"url": "https://example.org/i.png", "proxy_url": "https://media.discordapp.net/external/i.png"},
    })  # fmt: skip
    bare_embed = discord.Embed.from_dict({"thumbnail": {"url": "https://example.org/t.png"}})
    stickers = [
        SimpleNamespace(
            url="https://media.discordapp.net/stickers/1.png", name="wave", format=discord.StickerFormatType.png
        ),
        SimpleNamespace(url="https://x/2.json", name="moves", format=discord.StickerFormatType.lottie),
    ]
    forwarded = message(attachments=[attachment("f.png", "image/png")])
    text = "see https://example.org/page and <https://example.org/z.png>"
    found = candidates(
        message(embeds=[embed, bare_embed], stickers=stickers, content=text, message_snapshots=[forwarded])
    )
    assert [(one.kind, one.by) for one in found] == [
        ("embed", Origin.DISCORD), ("embed", Origin.WEB), ("sticker", Origin.DISCORD), ("link", Origin.WEB),
        ("attachment", Origin.DISCORD),
    ]  # fmt: skip
    assert found[3].address == "https://example.org/z.png"


def test_a_file_that_a_preview_shows_is_one_picture_under_the_previews_name() -> None:
    file = attachment("magpie-0729.png", "image/png")
    shown = discord.Embed.from_dict(
        {"title": "Pink rose", "image": {"url": file.url.partition("?")[0], "proxy_url": file.proxy_url}}
    )
    elsewhere = "https://forum.example.org/attachments/1/2/magpie-0729.png"
    (one, other) = candidates(message(attachments=[file], embeds=[shown], content=elsewhere))
    assert (one.address, one.name, one.kind, one.size) == (file.url, "Pink rose", "embed", 5)
    assert other.address == elsewhere


def test_a_message_without_pictures_has_none_and_one_with_many_as_many_as_a_menu() -> None:
    assert candidates(message(content="only words")) == ()
    many = " ".join(f"https://example.org/{n}.png" for n in range(40))
    assert len(candidates(message(content=many))) == 25
    assert len(candidates(message(content="https://example.org/1.png https://example.org/1.png"))) == 1


# The window.


def test_the_window_is_read_from_the_event() -> None:
    files = {"7": {"id": "7", "filename": "a.png", "url": "https://cdn.discordapp.com/a.png", "size": 3}}
    parts = [
        {"type": 18, "component": {"type": 19, "custom_id": "file", "values": ["7"]}},
        {"type": 18, "component": {"type": 4, "custom_id": "url", "value": " https://example.org/b.png "}},
    ]
    both = {"custom_id": WINDOW_NAME, "components": parts, "resolved": {"attachments": files}}
    found = source_in_window(both)
    assert found is not None
    assert (found.by, found.name, found.size) == (Origin.DISCORD, "a.png", 3)
    address = source_in_window({"custom_id": WINDOW_NAME, "components": parts[1:]})
    assert address == from_address("https://example.org/b.png")
    assert source_in_window({"custom_id": WINDOW_NAME, "components": []}) is None


async def test_the_window_fits_discord() -> None:
    from tests.wire.limits_components import modal_problems

    assert modal_problems(identify_window(EN).to_dict()) == []


# Reading, asking, and where pictures may go.


class Reads:
    """An intake without a network."""

    reads_videos = False

    def is_old_link(self, address: str) -> bool:
        return False

    def __init__(self, why: str | None = None) -> None:
        self.why = why
        self.asked: list[str] = []

    async def from_discord(self, address: str, **_: object) -> Upload:
        return await self.from_web(address)

    async def from_web(self, address: str, **_: object) -> Upload:
        self.asked.append(address)
        if self.why:
            raise PictureRefused(self.why)
        return Upload(data=b"picture")

    async def frames(self, address: str, **_: object) -> VideoFrames:
        raise AssertionError("nobody chooses a frame here")

    async def preview(self, data: bytes, boxes: object, **_: object) -> Picture:
        raise AssertionError("nobody draws a preview here")


class Choices:
    """Choices in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, int], str | None] = {}

    async def of_server(self, guild_id: int, name: str) -> str | None:
        return self.kept.get(("server", guild_id))

    async def set_server(self, guild_id: int, name: str, value: str | None) -> None:
        self.kept["server", guild_id] = value

    async def of_person(self, user_id: int, name: str) -> str | None:
        return self.kept.get(("person", user_id))

    async def set_person(self, user_id: int, name: str, value: str | None) -> None:
        self.kept["person", user_id] = value


def services(*outside: str) -> Any:
    return SimpleNamespace(search=FakeLookups(services=outside), intake=Reads(), choices=Choices())


IN_SERVER = Requester(Place(PlaceKind.CHANNEL, guild_id=5, channel_id=6, age_restricted=False), 1, own=None)
IN_DM = Requester(Place(PlaceKind.DM), 1, own=None)
AS_GUEST = Requester(Place(PlaceKind.CHANNEL, guild_id=5, channel_id=6, user_install=True), 1, own=None)


@pytest.mark.parametrize(("requester", "key"), [(IN_SERVER, "server"), (IN_DM, "person"), (AS_GUEST, "person")])
async def test_somebody_is_asked_once_a_server_or_a_person(requester: Requester, key: str) -> None:
    here = services("tineye")
    assert await where_to(here, requester, WEB) is Where.ASK
    for where in (Where.OUTSIDE, Where.INSIDE):
        await decide_where(here, requester, where)
        assert await where_to(here, requester, WEB) is where
        assert {name for name, _ in here.choices.kept} == {key}
    await decide_where(here, requester, Where.ASK)
    assert await where_to(here, requester, WEB) is Where.ASK


async def test_nobody_is_asked_where_nothing_leaves_or_nothing_was_handed_in() -> None:
    assert await where_to(services(), IN_SERVER, WEB) is Where.OUTSIDE
    result = LookupSource(by=Origin.RESULT, token="t")
    assert await where_to(services("tineye"), IN_SERVER, result) is Where.OUTSIDE


async def test_a_garbled_choice_asks_again() -> None:
    here = services("tineye")
    here.choices.kept["server", 5] = "nonsense"
    assert await where_to(here, IN_SERVER, WEB) is Where.ASK


async def test_pictures_are_read_where_they_were_handed_in() -> None:
    reads = Reads()
    await read_source(reads, WEB)
    await read_source(reads, DISCORD)
    assert reads.asked == [WEB.address, DISCORD.address]


@pytest.mark.parametrize(
    ("source", "why", "told"),
    [(DISCORD, "unreachable", "gone"), (DISCORD, "broken", "broken"), (WEB, "unreachable", "unreachable"),
     (DISCORD.model_copy(update={"address": None}), None, "gone")],
)  # fmt: skip
async def test_why_a_picture_cannot_be_read(source: LookupSource, why: str | None, told: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        await read_source(Reads(why), source)
    assert refused.value.why == told


async def test_requests_are_v7s() -> None:
    lookup = Lookup(source=WEB, modules=(Module.TAGS,))
    request = await request_for(Reads(), lookup, cell("top"), "de")
    assert request.upload == Upload(data=b"picture")
    assert request.modules == {Module.TAGS}
    assert (request.mkt, request.set_lang) == ("de-DE", "de")
    assert request.crop == cell("top")


@pytest.mark.parametrize(
    ("token", "address"), [("t", "https://example.org/a.png"), (None, "https://example.org/a.png")]
)
async def test_found_pictures_are_asked_for_by_token_else_address(token: str | None, address: str) -> None:
    reads = Reads()
    source = LookupSource(by=Origin.RESULT, token=token, address=address, image=picture(1))
    request = await request_for(reads, Lookup(source=source), None, EN)
    assert (request.insights_token, request.img_url) == (token, None if token else address)
    assert not reads.asked


async def test_what_is_gone_is_asked_for_by_its_token() -> None:
    lookup = Lookup(source=DISCORD).with_result(LookupResult(answer=known()))
    assert (await request_for(Reads("unreachable"), lookup, None, EN)).insights_token == "token*whole"
    with pytest.raises(PictureRefused, match="gone"):
        await request_for(Reads("unreachable"), Lookup(source=DISCORD), None, EN)


async def test_looking_up_yields_each_answer() -> None:
    here = services()
    here.search.steps = [ImageInsights(), known()]
    asked = Lookup(source=WEB, part="middle")
    base = LookupSession(owner_id=1, lookup=asked)
    shown = [content.lookup async for content in look_up(here, IN_SERVER, base, asked)]
    assert [len(one.results) for one in shown] == [1, 1]
    assert shown[-1].result is not None
    assert (shown[-1].result.part, shown[-1].result.crop) == ("middle", cell("middle"))
    (request,) = here.search.asked("insights")
    assert request.crop == cell("middle")


def test_an_attachment_keeps_its_size() -> None:
    assert from_attachment(attachment("a.png", "image/png")).size == 5
