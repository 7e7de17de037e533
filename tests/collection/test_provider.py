"""The provider over the starter set: what people and the guard see."""

import asyncio
import io
import json
import threading
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from bot.bing_v7 import (
    Confidence,
    Crop,
    HoldsPictures,
    InsightsRequest,
    LookupState,
    Module,
    NoteCode,
    SafeSearch,
    SearchRequest,
    TrendingRequest,
    Upload,
    Verb,
    local_image_id,
)
from bot.bing_v7.errors import InvalidRequest, NotSupported, PictureRefused
from bot.bing_v7.extensions import COPY
from bot.collection.files import ReadFiles
from bot.collection.ingest.indexing import index_paths
from bot.collection.model import Rating
from bot.collection.provider import CollectionProvider
from bot.collection.query.trends import QueryCount, trend, trending_searches
from bot.collection.text.lemmas import prepare_dictionaries
from bot.collection.text.text_query import parse_query
from bot.media.runner import InThread
from bot.media.service import Media

from .contents import ALL
from .made import row, scene


def asked(**wishes: Any) -> SearchRequest:
    return SearchRequest.model_validate(wishes)


def lookup(**wishes: Any) -> InsightsRequest:
    return InsightsRequest.model_validate(wishes)


def trends(**wishes: Any) -> TrendingRequest:
    return TrendingRequest.model_validate(wishes)


class Counted:
    """Searches that people made."""

    def __init__(self, *counts: QueryCount) -> None:
        self._counts = counts

    async def counts(self, now: datetime, limit: int, scope: str | None = None) -> list[QueryCount]:
        assert scope in {None, "here"}
        return list(self._counts)[1 if scope else 0 : limit]


@pytest.fixture
def provider(starter_store):
    return CollectionProvider(starter_store, Media(InThread()))


def names(answer):
    return [image.name for image in answer.value]


async def test_it_says_what_it_can(provider):
    can = provider.capabilities
    assert isinstance(provider, HoldsPictures)
    assert all(can.honours(verb, level) for verb in Verb for level in SafeSearch)
    assert not can.outside
    assert can.flags_adult
    assert "imageContent" not in can.filters
    assert Module.PAGES_INCLUDING in can.modules


async def test_every_picture_names_its_source(provider):
    answer = await provider.search(asked(q="fox", safe_search="Strict"))
    image = next(one for one in answer.value if one.name == "Red fox in the snow")
    assert local_image_id(image.content_url) == local_image_id(image.thumbnail_url) == image.image_id
    assert image.host_page_url == "https://starter.magpie.example/red-fox-in-the-snow"
    assert (image.attribution.author, image.attribution.license) == ("Magpie", "CC0 1.0")
    assert not image.attribution.required
    assert (image.width, image.height, image.encoding_format) == (480, 480, "png")
    assert image.content_bytes > 1000
    assert image.is_family_friendly is True
    assert image.published == datetime(2026, 1, 1, tzinfo=UTC) or image.published.year == 2026
    assert image.accent is not None
    assert image.insights_metadata.pages_including_count == 1
    assert answer.to_wire()["_type"] == "Images"


@pytest.mark.parametrize(("level", "seen"), [("Strict", 0), ("Moderate", 0), ("Off", 4)])
async def test_levels(provider, level, seen):
    answer = await provider.search(asked(q='"abstract figure"', safe_search=level))
    assert len(answer.value) == seen
    assert all(image.is_family_friendly is False for image in answer.value)
    pages = [await provider.search(asked(q="-nothing", count=150, offset=at, safe_search=level)) for at in (0, 150)]
    adult = sum(not image.is_family_friendly for page in pages for image in page.value)
    assert adult == seen


async def test_filters(provider):
    async def ask(**wishes):
        return names(await provider.search(asked(q="", count=150, safe_search="Strict", **wishes)))

    async def find(q, **wishes):
        return names(await provider.search(asked(q=q, count=150, safe_search="Strict", **wishes)))

    assert "Bouncing ball" in await find("animation", image_type="AnimatedGif")
    assert "Red heart" in await find("icon", image_type="Transparent")
    assert await find("cat", image_type="Line") == ["Line drawing of a cat"]
    assert "Sunrise over the mountains" in await find("landscape", size="Wallpaper")
    assert await find("apple", color="Red") == ["Red apple"]
    assert await find("apple", color="Blue") == []
    assert "Gold star badge" in await find("star", size="Small")
    assert "Black and white checkerboard" in await find("pattern", color="Monochrome")
    foxes = {"Red fox in the snow", "Fox cub in the ferns", "Sleeping arctic fox"}
    assert set(await find("fox", license="ModifyCommercially")) == foxes
    assert await find("red panda", aspect="Wide", license="Public") == ["Red panda on a branch"], "README's example"
    with pytest.raises(NotSupported) as refused:
        await find("fox", image_content="Face")
    assert refused.value.filters == {"imageContent"}


async def test_a_bird_finds_birds_and_not_everything_by_an_author_who_is_named_like_one(provider):
    found = await provider.search(asked(q="bird", safe_search="Off"))
    assert 3 <= len(found.value) < 20
    assert all(
        {"bird", "duck", "owl", "penguin", "magpie"} & set(str(image.name).lower().replace("duckling", "duck").split())
        for image in found.value
    )


async def test_the_same_question_again_is_answered_from_memory_until_something_is_indexed(starter_store):
    provider = CollectionProvider(starter_store, Media(InThread()))
    first = await provider.search(asked(q="fox", safe_search="Strict"))
    assert await provider.search(asked(q="fox", safe_search="Strict")) is first
    for other in ({"safe_search": "Off"}, {"count": 3}, {"offset": 1}, {"set_lang": "de"}, {"size": "Small"}):
        assert await provider.search(asked(**({"q": "fox", "safe_search": "Strict"} | other))) is not first
    await starter_store.upsert([row("Another fox", seed=77)])
    later = await provider.search(asked(q="fox", safe_search="Strict"))
    assert "Another fox" in names(later)
    await starter_store.remove_places(["/pictures/Another fox.jpg"])


async def test_pages_do_not_overlap_and_hold_still(provider, starter_store, tmp_path):
    first = await provider.search(asked(q="animal", count=10, safe_search="Strict"))
    assert first.next_offset == 10
    for seed in range(3):
        scene(seed).save(tmp_path / f"{seed} animal.png")
    await index_paths(starter_store, [tmp_path], workers=0, rating=None)
    seen, offset, total = [], 0, first.total_estimated_matches
    while offset is not None:
        page = await provider.search(asked(q="animal", count=10, offset=offset or 0, safe_search="Strict"))
        seen += [image.image_id for image in page.value]
        offset = page.next_offset
    assert len(seen) == len(set(seen)) == total
    beyond = await provider.search(asked(q="animal", offset=5000, safe_search="Strict"))
    assert beyond.value == ()
    assert beyond.next_offset is None


async def test_pictures_that_left_meanwhile_are_not_shown(provider, starter_store):
    first = await provider.search(asked(q="animal", count=5, safe_search="Strict"))
    later = await provider.search(asked(q="animal", count=5, offset=5, safe_search="Strict"))
    (gone,) = await starter_store.pictures([later.value[0].image_id])
    await starter_store.remove_places([place.key for place in gone.places])
    again = await provider.search(asked(q="animal", count=5, offset=5, safe_search="Strict"))
    assert [i.image_id for i in again.value] == [i.image_id for i in later.value[1:]]
    assert again.next_offset == later.next_offset
    assert first.next_offset == 5


async def test_a_picture_named_by_id_comes_first(provider):
    owl = (await provider.search(asked(q="owl", safe_search="Strict"))).value[0]
    answer = await provider.search(asked(q="flower", id=owl.image_id.lower(), safe_search="Strict"))
    assert answer.value[0].image_id == owl.image_id
    adult = (await provider.search(asked(q="crimson", safe_search="Off"))).value[0]
    answer = await provider.search(asked(q="flower", id=adult.image_id, safe_search="Strict"))
    assert adult.image_id not in [image.image_id for image in answer.value]


def notes(answer):
    return [(note.code, note.detail) for note in answer.provenance.notes]


async def test_spelling_with_recourse(provider):
    answer = await provider.search(asked(q="grey elehpant", safe_search="Strict"))
    context = answer.query_context
    assert names(answer) == ["Grey elephant"]
    assert context.has_recourse
    assert (context.original_query, context.altered_query) == ("grey elehpant", "grey elephant")
    insisted = await provider.search(asked(q="+elehpant", safe_search="Strict"))
    assert insisted.value == ()
    assert not insisted.query_context.has_recourse


@pytest.mark.parametrize("q", ["elon musk", "funny", "mice", "Strasse", "kiet", "aple pie recipe", "wlf"])
async def test_no_word_becomes_an_unrelated_one(provider, q):
    answer = await provider.search(asked(q=q, safe_search="Strict"))
    assert not answer.query_context.has_recourse or answer.query_context.altered_query == "kite"


async def test_a_query_gives_way_and_says_so(provider):
    async def ask(q, **wishes):
        return await provider.search(asked(q=q, safe_search="Strict", **wishes))

    whole = await ask("pictures of a red fox in the snow")
    assert (names(whole)[0], notes(whole)) == ("Red fox in the snow", [])
    some = await ask("zzyzx elephant")
    assert names(some) == ["Grey elephant"]
    assert notes(some) == [(NoteCode.SOME_WORDS, "zzyzx, elephant")]
    assert not some.query_context.has_recourse
    most = await ask("volcano erupting near naples at dusk")
    assert names(most)[0] == "Volcano erupting at dusk"
    assert most.provenance.notes[0].code is NoteCode.SOME_WORDS
    assert names(await ask("purple elephant")) == ["Grey elephant"]
    assert (await ask("purple giraffe")).value == (), "how something is, is not what is looked for"


async def test_other_languages_and_kinds_are_found(provider):
    lighthouse = "Lighthouse by the stormy sea"
    for q, first in (("Leuchtturm", lighthouse), ("farol", lighthouse), ("灯台", lighthouse), ("カワウソ", None),
                     ("arc-en-ciel", "Rainbow stripes"), ("Ananas", "Pineapple")):  # fmt: skip
        answer = await provider.search(asked(q=q, safe_search="Strict"))
        assert (names(answer) or [None])[0] == first, q
    birds = await provider.search(asked(q="bird", count=50, safe_search="Strict"))
    assert {"Owl on a branch at night", "Yellow duckling"} <= set(names(birds))
    said = await provider.search(asked(q="Leuchtturm", safe_search="Strict"))
    assert notes(said) == [(NoteCode.LIKE_MEANING, "lighthouse")]


@pytest.mark.parametrize(("title", "said"), [("Eine Katze", "katze"), ("\u732b", "\u732b")])
async def test_what_was_searched_instead_is_not_what_was_asked(sqlite_store, title, said):
    await sqlite_store.upsert([row(title)])
    provider = CollectionProvider(sqlite_store, Media(InThread()))
    answer = await provider.search(asked(q="cat", safe_search="Strict"))
    assert (names(answer), notes(answer)) == ([title], [(NoteCode.LIKE_MEANING, said)])


async def test_a_name_that_is_another_word_in_english_finds_nothing_among_english_captions(sqlite_store):
    await prepare_dictionaries()
    cat, talk = row("A cat on a roof"), row("Chat bubble with three dots")
    await sqlite_store.upsert(
        [cat, talk, row("Bread and butter"), row("Pain scale"), row("Trousers"), row("Hose reel")]
    )
    provider = CollectionProvider(sqlite_store, Media(InThread()))

    async def found(q: str, **more: str) -> list[str | None]:
        return names(await provider.search(asked(q=q, safe_search="Strict", **more)))

    assert await found("Katze") == await found("gato") == await found("猫") == ["A cat on a roof"]
    assert await found("cat") == ["A cat on a roof"]
    assert await found("Brot") == ["Bread and butter"]
    assert await found("pantalon") == ["Trousers"]
    assert set(await found("chat")) == {"A cat on a roof", "Chat bubble with three dots"}, "it was asked for itself"
    assert set(await found("Katze", set_lang="fr")) == {"A cat on a roof", "Chat bubble with three dots"}
    french = ["Un chat dans la rue avec un chien", "Une dame sur un banc", "Un pont sous la pluie"]
    await sqlite_store.upsert([row(name) for name in french])
    assert french[0] in await found("Katze"), "now French captions are there"


@pytest.mark.parametrize("q", ["cat", "Katze", "gato", "chat", "猫", "kitten"])
async def test_there_are_many_cats_in_every_language(provider, q):
    found = names(await provider.search(asked(q=q, count=50, safe_search="Strict")))
    cats = [name for name in found if {"cat", "cats", "kitten"} & set(name.lower().split())]
    assert len(cats) >= (2 if q == "kitten" else 6)


@pytest.mark.parametrize(
    ("q", "least"),
    [("dog", 4), ("fox", 3), ("sunset", 4), ("city", 4), ("food", 12), ("flower", 10), ("space", 8), ("panda", 2)],
)
async def test_what_people_try_first_has_depth(provider, q, least):
    assert len((await provider.search(asked(q=q, count=50, safe_search="Strict"))).value) >= least


async def test_a_query_that_is_typed_is_completed_from_tags_and_titles(provider):
    typed = await provider.complete("light", 10, SafeSearch.STRICT)
    assert {"lights", "lighthouse"} <= set(typed[:2])
    assert "Lighthouse by the stormy sea" in typed
    assert "red fox" in [text.lower() for text in await provider.complete("red fo", 10, SafeSearch.STRICT)]
    assert await provider.complete("x", 10, SafeSearch.STRICT) == []
    assert await provider.complete("demonstr", 10, SafeSearch.STRICT) == [], "a word of hidden pictures"
    assert "demonstration" in await provider.complete("demonstr", 10, SafeSearch.OFF)


async def test_searches_offered_before_go_with_the_pictures_that_they_find(provider):
    offered = ["lighthouse", "demonstration", "no such word"]
    assert await provider.withdrawn(offered, ("collection",), SafeSearch.OFF) == {"no such word"}
    for _ in range(2):
        assert await provider.withdrawn(offered, ("collection",), SafeSearch.STRICT) == set(offered[1:])
    assert await provider.withdrawn(offered, ("openverse",), SafeSearch.STRICT) == frozenset(), "another's words"


@pytest.mark.parametrize("q", ["\U0001f99c", "???", "%", "\u200b", "!!", "\u00ad", "***"])
async def test_a_query_without_words_finds_nothing(provider, q):
    answer = await provider.search(asked(q=q, safe_search="Strict"))
    assert answer.value == ()


async def test_words_that_only_filters_keep_back_do_not_give_way(provider):
    answer = await provider.search(asked(q="grey elephant", color="Pink", safe_search="Strict"))
    assert answer.value == ()
    assert notes(answer) == []


async def test_an_empty_answer_offers_what_is_near(provider):
    answer = await provider.search(asked(q="kingfisher telephone box", safe_search="Strict"))
    assert answer.value == ()
    assert "bird" in {query.text for query in answer.related_searches}


async def test_what_is_offered_is_offered_once(provider):
    answer = await provider.search(asked(q="bird", safe_search="Strict"))
    lists = (answer.query_expansions, answer.related_searches, answer.similar_terms)
    offered = [query.display_text for queries in lists for query in queries]
    assert len(offered) == len(set(offered))
    assert "animal" not in {query.display_text for query in answer.query_expansions}


async def test_what_else_may_be_searched(provider):
    answer = await provider.search(asked(q="red flower", safe_search="Strict"))
    assert [pivot.pivot for pivot in answer.pivot_suggestions] == ["red", "flower"]
    assert any(
        "summer" in (q.display_text or "") or "garden" in (q.display_text or "") for q in answer.query_expansions
    )
    assert answer.related_searches
    assert all(q.text.startswith("red flower ") for q in answer.query_expansions)
    off = await provider.search(asked(q="art", safe_search="Strict"))
    assert "adult" not in {q.display_text for q in (*off.related_searches, *off.query_expansions)}


def uploaded(picture, kind="JPEG", **options):
    buffer = io.BytesIO()
    picture.convert("RGB").save(buffer, kind, **options)
    return Upload(data=buffer.getvalue())


async def original(provider, q, level="Off"):
    image = (await provider.search(asked(q=q, safe_search=level))).value[0]
    held = await provider.picture(image.image_id)
    return image, Image.open(io.BytesIO(held.data))


async def test_an_upload_names_its_original(provider):
    image, picture = await original(provider, "hot-air balloons morning")
    upload = uploaded(picture.resize((picture.width // 2, picture.height // 2)), quality=30)
    found = await provider.insights(lookup(upload=upload, safe_search="Strict"))
    first = found.pages_including.value[0]
    assert first.image_id == image.image_id == found.image_insights_token
    assert first.match.confidence in {Confidence.EXACT, Confidence.LIKELY}
    assert found.best_representative_query.text == image.name
    assert found.image_caption.caption == f"{image.name}, drawn with simple shapes."
    assert found.image_caption.data_source_url == image.host_page_url
    assert {"balloon", "sky"} <= {tag.name for tag in found.image_tags.value}
    assert found.related_collections.value[0].name == "Sky and space"
    assert found.visually_similar_images.value
    assert image.image_id not in {i.image_id for i in found.visually_similar_images.value}
    await provider._insights.settled()  # nobody waits for the counting
    shown = await provider.trending(trends(safe_search="Strict"))
    (most,) = [category for category in shown.categories if category.title == "Most identified pictures"]
    assert most.tiles[0].image.image_id == image.image_id


async def test_only_the_modules_asked_for(provider):
    image, _ = await original(provider, "fox")
    found = await provider.insights(lookup(insights_token=image.image_id, modules={Module.TAGS}, safe_search="Strict"))
    assert found.image_tags.value
    assert found.pages_including is None
    assert found.visually_similar_images is None
    assert found.image_caption is None


async def test_a_forbidden_match_is_withheld_not_denied(provider):
    image, picture = await original(provider, "crimson")
    upload = uploaded(picture, quality=80)
    strict = await provider.insights(lookup(upload=upload, safe_search="Strict"))
    (note,) = strict.provenance.notes
    assert (note.code, note.count, note.detail) == (NoteCode.WITHHELD, 1, COPY)
    assert strict.pages_including is None
    assert strict.image_insights_token is None
    assert image.name not in str(strict.to_wire())
    off = await provider.insights(lookup(upload=upload, safe_search="Off"))
    assert off.pages_including.value[0].image_id == image.image_id
    assert off.provenance.notes == ()
    for source in ({"insights_token": image.image_id}, {"img_url": image.content_url}):
        with pytest.raises(InvalidRequest):
            await provider.insights(lookup(safe_search="Strict", **source))


async def test_a_region_may_be_asked_for(provider):
    _, fox = await original(provider, "fox")
    image, train = await original(provider, "train")
    page = Image.new("RGB", (1200, 600))
    page.paste(fox.resize((600, 600)), (0, 0))
    page.paste(train.resize((600, 394)), (600, 100))
    request = lookup(
        upload=uploaded(page, quality=90), safe_search="Strict", crop=Crop(left=0.5, top=1 / 6, right=1.0, bottom=0.823)
    )
    found = await provider.insights(request)
    assert found.pages_including.value[0].image_id == image.image_id


async def test_a_picture_without_a_page_names_the_collection(provider, starter_store, tmp_path):
    scene(41).save(tmp_path / "jetty.png")
    await index_paths(starter_store, [tmp_path], workers=0, rating=Rating.SAFE)
    (image,) = (await provider.search(asked(q="jetty", safe_search="Strict"))).value
    assert (image.host_page_url, image.attribution.source_url) == (None, None)
    assert image.attribution.source_name == "Magpie's collection"


async def test_addresses_and_tokens(provider, starter_store, tmp_path):
    scene(40).save(tmp_path / "harbour.png")
    said = {"file": "harbour.png", "title": "Harbour", "page": "https://a.example/harbour", "rating": "safe"}
    (tmp_path / "manifest.jsonl").write_text(json.dumps(said))
    await index_paths(starter_store, [tmp_path], workers=0)
    image, _ = await original(provider, "harbour")
    assert image.host_page_url == "https://a.example/harbour"
    for source in (
        {"insights_token": image.image_id.lower()}, {"img_url": image.content_url}, {"img_url": image.host_page_url},
    ):  # fmt: skip
        found = await provider.insights(lookup(safe_search="Strict", **source))
        assert found.image_insights_token == image.image_id
    with pytest.raises(NotSupported):
        await provider.insights(lookup(img_url="https://elsewhere.example/x.jpg"))
    with pytest.raises(InvalidRequest):
        await provider.insights(lookup(insights_token="nonsense"))


@pytest.mark.parametrize(("data", "why"), [(b"", "empty"), (b"hello", "not-a-picture")])
async def test_what_is_no_picture_is_refused(provider, data, why):
    with pytest.raises(PictureRefused) as refused:
        await provider.insights(lookup(upload=Upload(data=data)))
    assert refused.value.why == why


def noise(seed: int) -> Image.Image:
    random = np.random.default_rng(seed)
    return Image.fromarray(random.integers(0, 256, (300, 400, 3), dtype=np.uint8))


def page_of_text() -> Image.Image:
    page = Image.new("RGB", (900, 700), "white")
    draw = ImageDraw.Draw(page)
    for line in range(24):
        draw.text((30, 20 + 27 * line), f"{line}: words that somebody wrote to somebody else " * 2, fill="black")
    return page


STRANGERS = {
    "scene": scene(5, (500, 400)),
    "noise": noise(1),
    "grey noise": noise(2).convert("L").convert("RGB"),
    "soft noise": noise(3).resize((24, 18)).resize((500, 400), Image.Resampling.BICUBIC),
    "white": Image.new("RGB", (400, 300), "white"),
    "black": Image.new("RGB", (400, 300)),
    "blue": Image.new("RGB", (400, 300), "#1040c0"),
    "text": page_of_text(),
}


@pytest.mark.parametrize("name", STRANGERS)
async def test_a_stranger_gets_no_source_no_words_and_nothing_similar(provider, name):
    found = await provider.insights(lookup(upload=uploaded(STRANGERS[name]), safe_search="Strict"))
    assert found.model_fields_set <= {"provenance", "type_"}
    assert found.provenance.notes == ()
    assert found.state is LookupState.UNKNOWN


async def test_bytes_are_bounded_and_say_nothing_else(provider, starter_store, tmp_path):
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "taken at home", 6
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 0.0)
    scene(8, (900, 600)).save(tmp_path / "p.jpg", exif=exif, comment=b"secret words")
    await index_paths(starter_store, [tmp_path], workers=0)
    image = (await provider.search(asked(q="taken home", safe_search="Off"))).value[0]
    assert (image.width, image.height) == (600, 900)
    shown = await provider.picture(image.image_id, 300)
    assert (shown.width, shown.height, shown.content_type) == (200, 300, "image/jpeg")
    assert shown.is_family_friendly is None
    assert b"secret" not in shown.data
    assert b"home" not in shown.data
    with Image.open(io.BytesIO(shown.data)) as picture:
        assert picture.size == (200, 300)
        assert not dict(picture.getexif())
    assert await provider.picture("0" * 40) is None
    (tmp_path / "p.jpg").unlink()
    assert await provider.picture(image.image_id) is None
    assert await provider.picture(image.image_id, 300) is None, "it was drawn before, and is gone"


async def test_that_a_picture_cannot_be_shown_is_logged_once(provider, starter_store, tmp_path, caplog):
    file = tmp_path / "p.png"
    scene(8, (90, 60)).save(file)
    before = file.read_bytes()
    (tmp_path / "manifest.jsonl").write_text('{"file": "p.png", "title": "Often asked"}')
    await index_paths(starter_store, [tmp_path], workers=0, rating=Rating.SAFE)
    image, _ = await original(provider, "often asked")
    lines = []
    for data in (before + b"other", before, before + b"other"):
        file.write_bytes(data)
        caplog.clear()
        shown = [await provider.picture(image.image_id, edge) for edge in (None, 50, None, 50)]
        assert [one is None for one in shown] == [data != before] * 4
        lines.append([one.getMessage() for one in caplog.records if one.levelname == "WARNING"])
    assert [len(one) for one in lines] == [1, 0, 1]
    assert str(file) in lines[0][0]


async def test_a_picture_is_drawn_once_but_told_with_its_rating_of_now(provider, starter_store, tmp_path, monkeypatch):
    drawn, show = [], provider._media.show
    monkeypatch.setattr(provider._media, "show", lambda data, edge: drawn.append(edge) or show(data, edge))
    scene(8, (900, 600)).save(tmp_path / "p.png")
    (tmp_path / "manifest.jsonl").write_text('{"file": "p.png", "title": "Twice drawn"}')
    await index_paths(starter_store, [tmp_path], workers=0, rating=Rating.SAFE)
    image, _ = await original(provider, "twice drawn")
    first = [await provider.picture(image.image_id, edge) for edge in (100, 100, 60, 100)]
    assert [one.data for one in first] == [first[0].data, first[0].data, first[2].data, first[0].data]
    assert [one.is_family_friendly for one in first] == [True] * 4
    await index_paths(starter_store, [tmp_path], workers=0, rating=Rating.ADULT)
    again = await provider.picture(image.image_id, 100)
    assert (again.data, again.is_family_friendly, drawn) == (first[0].data, False, [100, 60])


async def test_files_are_read_no_further_once_nobody_waits_for_their_ratings(provider, starter_store, monkeypatch):
    """A disk may be slow, and whoever asks again would have the same files read by yet another thread."""
    begun, goes_on, read = threading.Event(), threading.Event(), []

    def slowly(_files, picture):
        read.append(picture.image_id)
        begun.set()
        return goes_on.wait(20)

    monkeypatch.setattr(ReadFiles, "has", slowly)
    ids = (await starter_store.text(parse_query("animal"), ALL)).image_ids[:9]
    asked = asyncio.create_task(provider.ratings(ids))
    assert await asyncio.to_thread(begun.wait, 20)
    asked.cancel()
    await asyncio.wait([asked])
    goes_on.set()
    assert list(await provider.ratings(ids)) == list(ids)
    assert len(read) == 1 + len(ids)


async def test_a_picture_goes_by_its_rating_once_it_is_drawn(provider, starter_store, tmp_path, monkeypatch):
    """Drawing takes seconds at times, and another program may rate it or forget it meanwhile."""
    show = provider._media.show

    async def while_it_changes(data, edge):
        drawn = await show(data, edge)
        if edge == 100:
            await index_paths(starter_store, [tmp_path], workers=0, rating=Rating.ADULT)
        else:
            held = await starter_store.pictures([image.image_id])
            await starter_store.remove_places([place.key for one in held for place in one.places])
        return drawn

    monkeypatch.setattr(provider._media, "show", while_it_changes)
    scene(9, (900, 600)).save(tmp_path / "p.png")
    (tmp_path / "manifest.jsonl").write_text('{"file": "p.png", "title": "Drawn slowly"}')
    await index_paths(starter_store, [tmp_path], workers=0, rating=Rating.SAFE)
    image, _ = await original(provider, "drawn slowly")
    assert (await provider.picture(image.image_id, 100)).is_family_friendly is False
    assert await provider.picture(image.image_id, 60) is None


async def test_animations_stay_and_see_through_stays(provider):
    ball, _ = await original(provider, "bouncing ball")
    shown = await provider.picture(ball.image_id, 100)
    with Image.open(io.BytesIO(shown.data)) as picture:
        assert (picture.format, getattr(picture, "n_frames", 1) > 1, picture.size) == ("GIF", True, (100, 100))
    leaf, _ = await original(provider, "maple leaf")
    shown = await provider.picture(leaf.image_id, 100)
    with Image.open(io.BytesIO(shown.data)) as picture:
        assert picture.getchannel("A").getextrema() == (0, 255)
    assert shown.filename == "maple-leaf.png"


async def test_trending(starter_store):
    def count(text, people, recent, before=0):
        return QueryCount(text, people, (recent,) + (0,) * 23, before)

    counts = Counted(
        count("red fox", 5, 9), count("Owl", 3, 20), count("alone", 2, 500), count("crimson figure", 9, 90),
        count("unheard of", 9, 90), count("owl ", 4, 1),
    )  # fmt: skip
    provider = CollectionProvider(starter_store, Media(InThread()), counts=counts)
    answer = await provider.trending(trends(safe_search="Strict"))
    popular = {category.title: [t.query.text for t in category.tiles] for category in answer.categories}
    assert popular["Popular searches"] == ["Owl", "red fox"]
    assert len(popular["New in the collection"]) == 12
    assert all(t.image.is_family_friendly for category in answer.categories for t in category.tiles)
    off = await provider.trending(trends(safe_search="Off"))
    assert "crimson figure" in {t.query.text for t in off.categories[0].tiles}


def test_trends_decay_and_the_usual_weighs_less():
    new, old = QueryCount("a", 3, (10,) + (0,) * 23, 0), QueryCount("a", 3, (0,) * 23 + (10,), 0)
    usual = QueryCount("b", 3, (10,) + (0,) * 23, 14_000)
    assert trend(new) > trend(usual) > 0
    assert trend(new) > trend(old)
    assert trending_searches([QueryCount("x", 2, (99,), 0), QueryCount("!!", 9, (99,), 0)], 5) == []


async def test_unrated_pictures(starter_store, tmp_path):
    scene(9).save(tmp_path / "unrated thing.png")
    await index_paths(starter_store, [tmp_path], workers=0)
    strict, lenient = (
        CollectionProvider(starter_store, Media(InThread())),
        CollectionProvider(starter_store, Media(InThread()), show_unrated=True),
    )
    answer = await strict.search(asked(q="unrated", safe_search="Moderate"))
    assert answer.value == ()
    assert answer.provenance is not None
    assert [(note.code, note.count) for note in answer.provenance.notes] == [(NoteCode.UNRATED, 1)]
    assert not lenient.capabilities.flags_adult
    shown = await lenient.search(asked(q="unrated", safe_search="Moderate"))
    assert shown.value[0].is_family_friendly is None
    assert (await lenient.search(asked(q="unrated", safe_search="Strict"))).value == ()


async def test_completion(provider):
    assert "fox" in await provider.complete("fo")
    words = [text for text in await provider.complete("red fo") if text.islower()]
    assert "red fox" in words
    assert all(text.startswith("red fo") for text in words)
    assert await provider.complete("f") == await provider.complete("") == []
    assert "crimson" not in await provider.complete("crim")
    assert await provider.complete("crim", level=SafeSearch.OFF) == ["crimson", "Abstract figure in crimson"]


async def test_related_searches_of_other_people_are_safe_too(starter_store):
    counts = [QueryCount(text, 5, (9,) + (0,) * 23, 0) for text in ("fox snow", "fox crimson", "owl")]
    provider = CollectionProvider(starter_store, Media(InThread()), counts=Counted(*counts))
    answer = await provider.search(asked(q="fox", safe_search="Strict"))
    texts = [query.text for query in answer.related_searches]
    assert texts[0] == "fox snow"
    assert not {"fox crimson", "owl"} & set(texts)


async def test_a_picture_that_several_people_want_is_drawn_once(provider, monkeypatch):
    drawn, show = [], provider._media.show
    monkeypatch.setattr(provider._media, "show", lambda data, edge: drawn.append(edge) or show(data, edge))
    image, _ = await original(provider, "maple leaf")
    pictures = await asyncio.gather(*(provider.picture(image.image_id, 100) for _ in range(3)))
    assert drawn == [100]
    assert len({one.data for one in pictures}) == 1
