"""The adapters against real servers on loopback."""

import pytest

from bot.bing_v7 import InsightsRequest, LevelNotHonoured, SafeSearch, SearchRequest, Unavailable, Upload
from bot.media.runner import InThread
from bot.media.service import Media
from bot.providers.adapters.commons.search import Commons, CommonsSettings
from bot.providers.adapters.commons.sha1 import CommonsSha1
from bot.providers.adapters.searxng import Searxng, SearxngSettings
from bot.providers.assembly import build_chain
from bot.providers.http.transport import Transport
from bot.providers.settings import ProviderSettings

from .meta_search import TOTAL
from .wiki import Wiki

pytestmark = pytest.mark.servers

OFF, MODERATE, STRICT = SafeSearch


def asked(words: str, level: SafeSearch = OFF, **more: object) -> SearchRequest:
    return SearchRequest.model_validate({"q": words, "safeSearch": level} | more)


async def test_commons_finds_files_with_author_and_licence(wiki: Wiki, transport: Transport) -> None:
    answer = await Commons(transport, CommonsSettings(wiki.api)).search(asked("red panda"))
    found = {image.name: image for image in answer.value}
    assert set(found) == {"Red panda resting", "Red panda walking", "Red panda tiny"}
    resting = found["Red panda resting"]
    assert (resting.width, resting.height, resting.encoding_format) == (1200, 800, "jpeg")
    assert resting.image_id == wiki.sha1("Red panda resting.jpg")
    assert resting.creative_commons == "AttributionShareAlike"
    assert resting.attribution is not None
    assert (resting.attribution.author, resting.attribution.license) == ("Ada Example", "CC BY-SA 4.0")
    assert resting.attribution.author_url == "https://commons.wikimedia.org/wiki/User:Ada"
    assert (resting.host_page_url or "").startswith(wiki.base)
    assert resting.thumbnail_url


async def test_commons_pages_and_filters(wiki: Wiki, transport: Transport) -> None:
    provider = Commons(transport, CommonsSettings(wiki.api))
    names: list[str | None] = []
    offset: int | None = 0
    while offset is not None:
        page = await provider.search(asked("red panda", count=2, offset=offset))
        names += [image.name for image in page.value]
        offset = page.next_offset
    assert len(names) == len(set(names)) == 3
    tall = await provider.search(asked("red panda", aspect="Tall"))
    assert [image.name for image in tall.value] == ["Red panda walking"]
    assert (await provider.search(asked("nothing of the kind"))).value == ()
    with pytest.raises(LevelNotHonoured):
        await provider.search(asked("red panda", STRICT))


@pytest.mark.parametrize("level", SafeSearch)
async def test_the_exact_file_is_found_by_its_bytes(wiki: Wiki, transport: Transport, level: SafeSearch) -> None:
    provider = CommonsSha1(transport, CommonsSettings(wiki.api))
    picture = wiki.pictures["Red panda resting.jpg"]
    answer = await provider.insights(InsightsRequest(upload=Upload(data=picture), safe_search=level))
    assert answer.pages_including is not None
    (page,) = answer.pages_including.value
    assert page.name == "Red panda resting"
    assert page.match is not None
    assert page.match.confidence == "exact"
    assert (page.content_url is not None) == (level is OFF)
    other = await provider.insights(InsightsRequest(upload=Upload(data=picture + b"x"), safe_search=level))
    assert other.pages_including is None


async def test_searx_asks_only_safe_engines_below_off(searx: str, transport: Transport) -> None:
    provider = Searxng(transport, SearxngSettings(searx, ("safe local", "loose local")))
    off = await provider.search(asked("otter", OFF, count=100))
    assert {(image.name or "").split()[0] for image in off.value} == {"safe", "loose"}
    for level in (MODERATE, STRICT):
        safe = await provider.search(asked("otter", level, count=100))
        assert {(image.name or "").split()[0] for image in safe.value} == {"safe"}
        assert all(image.is_family_friendly for image in safe.value)
    with pytest.raises(LevelNotHonoured):
        await Searxng(transport, SearxngSettings(searx, ("loose local",))).search(asked("otter", STRICT))


async def test_searx_pages_to_the_end(searx: str, transport: Transport) -> None:
    provider = Searxng(transport, SearxngSettings(searx, ("safe local",)))
    names: list[str | None] = []
    offset: int | None = 0
    while offset is not None:
        page = await provider.search(asked("otter", STRICT, count=15, offset=offset))
        names += [image.name for image in page.value]
        offset = page.next_offset
    assert names == [f"safe otter {number}" for number in range(TOTAL)]


@pytest.mark.parametrize("words", ["!loo otter", "!!w otter", ":fr otter", "<1 otter"])
async def test_no_word_reaches_searx_as_a_command(searx: str, transport: Transport, words: str) -> None:
    answer = await Searxng(transport, SearxngSettings(searx, ("safe local",))).search(asked(words, STRICT))
    assert answer.value
    assert all((image.name or "").startswith("safe otter") for image in answer.value)


async def test_a_dead_engine_is_no_empty_answer(searx: str, transport: Transport) -> None:
    with pytest.raises(Unavailable, match="dead local"):
        await Searxng(transport, SearxngSettings(searx, ("dead local",))).search(asked("otter"))
    both = await Searxng(transport, SearxngSettings(searx, ("dead local", "safe local"))).search(asked("otter"))
    assert both.value
    assert both.provenance is not None
    assert [note.provider for note in both.provenance.notes] == ["searxng/dead local"]
    nothing = await Searxng(transport, SearxngSettings(searx, ("safe local",))).search(asked("nothing"))
    assert nothing.value == ()


async def test_the_chain_over_both(wiki: Wiki, searx: str, transport: Transport) -> None:
    settings = ProviderSettings(commons_url=wiki.api, searxng_url=searx, searxng_engines=("safe local",))
    chain = build_chain(("commons", "searxng"), settings, transport, Media(InThread()), contact="ops@example.org")
    assert (await chain.search(asked("red panda", OFF))).value[0].attribution is not None
    strict = await chain.search(asked("red panda", STRICT))
    assert strict.provenance is not None
    assert strict.provenance.providers == ("searxng",)
    assert [(note.provider, note.detail) for note in strict.provenance.notes] == [("commons", "level")]
    assert strict.next_offset is not None
    later = await chain.search(asked("red panda", STRICT, offset=strict.next_offset))
    assert [image.name for image in later.value][:1] == ["safe red panda 20"]
