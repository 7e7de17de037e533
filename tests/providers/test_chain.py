import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bing_v7 import (
    Attribution,
    BadAnswer,
    Blocked,
    Category,
    Color,
    Confidence,
    Image,
    ImageAnswer,
    ImageCaption,
    ImageInsights,
    ImagesModule,
    ImageTagsModule,
    InsightsRequest,
    InvalidRequest,
    LevelNotHonoured,
    License,
    Limits,
    Match,
    Misconfigured,
    Module,
    Note,
    NoteCode,
    NotSupported,
    Picture,
    Provenance,
    Provider,
    Query,
    QueryContext,
    QuotaSpent,
    RateLimited,
    SafeSearch,
    SearchRequest,
    Tile,
    TrendingImages,
    TrendingRequest,
    Unavailable,
    Upload,
    Verb,
)
from bot.bing_v7.images import images_of
from bot.providers.failures import worst
from bot.providers.routing.chain import Chain
from bot.providers.routing.owners import MAX_CHAIN_OFFSET, STEP, Offsets

from .scripted import Scripted, pictures

pytestmark = pytest.mark.usefixtures("simulated_time")

RED = SearchRequest(q="red", color=Color.RED)
PLAIN = SearchRequest(q="otter")
LOOKUP = InsightsRequest(upload=Upload(data=b"picture"))


def chain(*members: Scripted, within: float = 2.0) -> Chain:
    return Chain(dict.fromkeys(Verb, members), within=within)


def now() -> float:
    return asyncio.get_running_loop().time()


def notes(answer: ImageAnswer | ImageInsights | TrendingImages) -> list[tuple[str, str | None, str | None]]:
    assert answer.provenance is not None
    return [(note.code.value, note.provider, note.detail) for note in answer.provenance.notes]


def names(answer: ImageAnswer) -> list[str | None]:
    return [image.name for image in answer.value]


async def test_the_first_answers_alone() -> None:
    first, second = Scripted("one", pictures("a")), Scripted("two", pictures("b"))
    answer = await chain(first, second).search(PLAIN)
    assert names(answer) == ["a"]
    assert second.asked == []
    assert notes(answer) == []


@pytest.mark.parametrize(
    ("failure", "detail"),
    [
        (Unavailable(), "down"),
        (BadAnswer(), "down"),
        (QuotaSpent(), "quota"),
        (RateLimited(), "rate"),
        (Misconfigured(), "misconfigured"),
        (InvalidRequest(), "unsupported"),
        (NotSupported(), "unsupported"),
        (LevelNotHonoured(SafeSearch.STRICT), "level"),
        (RuntimeError("a fault of ours"), "down"),
        (None, "empty"),
    ],
)
async def test_the_next_answers_and_it_is_said_why(failure: Exception | None, detail: str) -> None:
    answer = await chain(Scripted("one", failure), Scripted("two", pictures("b"))).search(PLAIN)
    assert names(answer) == ["b"]
    assert notes(answer) == [("provider-failed", "one", detail)]


async def test_some_of_the_words_are_kept_for_the_case_that_nobody_has_all() -> None:
    def some(name: str) -> ImageAnswer:
        note = Note(code=NoteCode.SOME_WORDS, provider="one", detail="red, otter")
        return pictures(name).with_(provenance=Provenance(providers=("one",), notes=(note,)))

    one, two = Scripted("one", some("near")), Scripted("two", pictures("whole"))
    answer = await chain(one, two).search(PLAIN)
    assert (names(answer), notes(answer)) == (["whole"], [])
    alone = await chain(Scripted("one", some("near")), Scripted("two", None)).search(PLAIN)
    assert names(alone) == ["near"]
    assert ("some-words", "one", "red, otter") in notes(alone)
    failed = await chain(Scripted("one", some("near")), Scripted("two", Unavailable())).search(PLAIN)
    assert names(failed) == ["near"]


async def test_a_level_that_one_cannot_honour_goes_to_the_next() -> None:
    loose = Scripted("one", pictures("a"), levels=frozenset({SafeSearch.OFF}))
    answer = await chain(loose, Scripted("two", pictures("b"))).search(PLAIN.at(SafeSearch.STRICT))
    assert names(answer) == ["b"]
    assert loose.asked == []
    assert notes(answer) == [("provider-failed", "one", "level")]


async def test_a_level_that_nobody_honours_is_refused_unasked() -> None:
    loose = Scripted("one", pictures("a"), levels=frozenset({SafeSearch.OFF}))
    with pytest.raises(LevelNotHonoured) as caught:
        await chain(loose).search(PLAIN.at(SafeSearch.MODERATE))
    assert caught.value.level is SafeSearch.MODERATE
    assert loose.asked == []


async def test_a_filter_goes_to_whoever_can_apply_it() -> None:
    poor, rich = Scripted("one", pictures("a"), filters=frozenset()), Scripted("two", pictures("b"))
    answer = await chain(poor, rich).search(RED)
    assert names(answer) == ["b"]
    assert poor.asked == []


async def test_a_filter_that_nobody_has_is_left_out_and_named() -> None:
    refusing = Scripted("one", lambda request: NotSupported(filters=frozenset({"color"})) if request.color else None)
    poor = Scripted("two", pictures("b"), filters=frozenset({"aspect"}))
    answer = await chain(refusing, poor).search(RED.model_copy(update={"aspect": "Wide"}))
    assert names(answer) == ["b"]
    assert [(request.color, request.aspect) for request in poor.asked] == [(None, "Wide")]
    assert set(notes(answer)) == {("filter-not-applied", "two", "color"), ("provider-failed", "one", "empty")}


async def test_a_true_empty_answer_is_not_replaced_by_an_unfiltered_one() -> None:
    rich, poor = Scripted("one"), Scripted("two", pictures("b"), filters=frozenset())
    answer = await chain(rich, poor).search(RED)
    assert answer.value == ()
    assert poor.asked == []


async def test_a_licence_is_never_left_out() -> None:
    poor = Scripted("one", pictures("a"), filters=frozenset())
    with pytest.raises(NotSupported) as caught:
        await chain(poor).search(SearchRequest(q="x", license=License.PUBLIC))
    assert caught.value.filters == {"license"}
    assert poor.asked == []


async def test_blocked_ends_everything() -> None:
    second = Scripted("two", pictures("b"))
    with pytest.raises(Blocked):
        await chain(Scripted("one", Blocked("word")), second).search(PLAIN)
    assert second.asked == []


async def test_all_failed_raises_what_people_can_use() -> None:
    failing = [Scripted("one", Misconfigured()), Scripted("two", RateLimited()), Scripted("three", QuotaSpent())]
    with pytest.raises(RateLimited) as caught:
        await chain(*failing).search(PLAIN)
    assert caught.value.provider == "two"


def test_several_refusals_name_every_filter() -> None:
    errors = [NotSupported(filters=frozenset({"color"})), NotSupported(filters=frozenset({"size"}))]
    error = worst(errors)
    assert isinstance(error, NotSupported)
    assert error.filters == {"color", "size"}
    assert isinstance(worst([]), Unavailable)


async def test_a_slow_one_leaves_time_for_the_next() -> None:
    slow = Scripted("one", pictures("a"), delay=10)
    started = now()
    answer = await chain(slow, Scripted("two", pictures("b"), delay=0.05), within=0.5).search(PLAIN)
    assert now() - started < 0.5
    assert names(answer) == ["b"]
    assert slow.cancelled == 1


async def test_when_all_are_slow_it_ends_in_time() -> None:
    started = now()
    with pytest.raises(Unavailable):
        await chain(Scripted("one", delay=10), Scripted("two", delay=10), within=0.3).search(PLAIN)
    assert now() - started < 0.6


async def test_pages_stay_with_whoever_answered_first() -> None:
    first = Scripted("one", lambda request: Unavailable() if not request.offset else pictures("wrong"))
    second = Scripted("two", lambda request: pictures(f"b{request.offset}", next_offset=request.offset + 20))
    page = await chain(first, second).search(PLAIN)
    for expected in (20, 40):
        assert page.next_offset is not None
        assert STEP < page.next_offset <= MAX_CHAIN_OFFSET
        page = await chain(first, second).search(PLAIN.model_copy(update={"offset": page.next_offset}))
        assert names(page) == [f"b{expected}"]
    assert len(first.asked) == 1


async def test_the_first_provider_keeps_plain_offsets_and_its_errors() -> None:
    first = Scripted("one", lambda request: Unavailable() if request.offset else pictures("a", next_offset=20))
    second = Scripted("two", pictures("b"))
    assert (await chain(first, second).search(PLAIN)).next_offset == 20
    with pytest.raises(Unavailable):
        await chain(first, second).search(PLAIN.model_copy(update={"offset": 20}))
    assert second.asked == []


async def test_an_empty_later_page_is_the_end() -> None:
    second = Scripted("two", pictures("b"))
    answer = await chain(Scripted("one"), second).search(PLAIN.model_copy(update={"offset": 40}))
    assert answer.value == ()
    assert second.asked == []


async def test_a_page_of_a_provider_that_is_gone() -> None:
    offset = Offsets(["one", "two"]).write("two", 20)
    with pytest.raises(InvalidRequest) as caught:
        await chain(Scripted("one"), Scripted("three")).search(PLAIN.model_copy(update={"offset": offset}))
    assert caught.value.parameter == "offset"


@given(st.lists(st.text(min_size=1), min_size=2, max_size=16, unique=True), st.integers(0, STEP - 1), st.data())
def test_offsets_come_back(known: list[str], offset: int, data: Any) -> None:
    offsets = Offsets(known)
    name = data.draw(st.sampled_from(known))
    written = offsets.write(name, offset)
    assert written is not None
    assert SearchRequest(q="x", offset=written).offset == written, "v7 allows it"
    owner, own = offsets.read(written)
    assert (owner or known[0], own) == (name, offset)
    assert offsets.write(name, None) is None
    assert offsets.write(name, STEP) is None


def test_alone_a_provider_keeps_all_its_offsets() -> None:
    offsets = Offsets(["one"])
    assert [offsets.write("one", offset) for offset in (5000, MAX_CHAIN_OFFSET, MAX_CHAIN_OFFSET + 1)] == [
        5000,
        MAX_CHAIN_OFFSET,
        None,
    ]
    assert offsets.read(MAX_CHAIN_OFFSET) == (None, MAX_CHAIN_OFFSET)


def test_too_many_providers_have_one_page_each() -> None:
    names = [f"p{number}" for number in range(20)]
    offsets = Offsets(names)
    assert all(offsets.write(name, 20) is not None for name in names[:16])
    assert all(offsets.write(name, 20) is None for name in names[16:])


def finding(page: str, confidence: Confidence, provider: str, score: float | None = None, **more: Any) -> Image:
    match = Match(confidence=confidence, provider=provider, score=score)
    return Image(host_page_url=f"https://{page}", match=match, **more)


def found(*images: Image, **more: Any) -> ImageInsights:
    return ImageInsights(pages_including=ImagesModule(value=images), **more)


async def test_lookups_run_side_by_side_and_merge_surest_first() -> None:
    near = found(
        finding("a.example/x", Confidence.LIKELY, "one", 0.9),
        finding("www.b.example/y/", Confidence.MAYBE, "one"),
        best_representative_query=Query(text="maybe"),
    )
    exact = found(
        finding("b.example/y#part", Confidence.EXACT, "two", 1.0),
        finding("c.example", Confidence.LIKELY, "two", 0.95),
        best_representative_query=Query(text="surely"),
    )
    started = now()
    merged = await chain(
        Scripted("one", near, delay=0.2), Scripted("two", exact, delay=0.2), Scripted("three", Unavailable())
    ).insights(LOOKUP)
    assert now() - started < 0.39
    assert merged.pages_including is not None
    assert [(image.host_page_url, image.match and image.match.provider) for image in merged.pages_including.value] == [
        ("https://b.example/y#part", "two"),
        ("https://c.example", "two"),
        ("https://a.example/x", "one"),
    ]
    assert merged.best_representative_query == Query(text="surely")
    assert notes(merged) == [("provider-failed", "three", "down")]
    assert merged.recipes is None
    assert "recipes" not in merged.to_wire()


async def test_findings_show_as_they_finish() -> None:
    fast = Scripted("one", found(finding("a.example", Confidence.MAYBE, "one")))
    slow = Scripted("two", found(finding("b.example", Confidence.EXACT, "two")), delay=0.2)
    steps = [step async for step in chain(fast, slow, Scripted("three", Unavailable())).insights_as_completed(LOOKUP)]
    assert steps[0].waiting
    assert steps[-1].waiting == ()
    last = steps[-1].insights.pages_including
    assert last is not None
    assert [image.host_page_url for image in last.value] == ["https://b.example", "https://a.example"]


async def test_a_slow_one_has_its_own_time_and_holds_nobody_up() -> None:
    """Who declares to need longer gets it; what the others found is there before, and a whole answer does not wait."""
    quick = Scripted("quick", found(finding("quick.example", Confidence.LIKELY, "quick")))
    slow = Scripted(
        "slow", found(finding("slow.example", Confidence.EXACT, "slow")), delay=0.6, limits=Limits(within=5)
    )
    late = Scripted("late", found(finding("late.example", Confidence.EXACT, "late")), delay=0.6)
    both = chain(quick, slow, late, within=0.3)
    asked = InsightsRequest(img_url="https://x.example/x.png")
    steps: list[tuple[list[str | None], tuple[str, ...]]] = []
    async with aclosing(both.insights_as_completed(asked)) as progresses:
        async for progress in progresses:
            assert progress.insights.pages_including
            pages = progress.insights.pages_including.value
            steps.append(([image.host_page_url for image in pages], progress.waiting))
    assert steps[0] == (["https://quick.example"], ("slow", "late"))
    assert steps[-1] == (["https://slow.example", "https://quick.example"], ())
    started = now()
    whole = await both.insights(asked)
    assert now() - started < 0.55
    assert whole.pages_including
    assert [image.host_page_url for image in whole.pages_including.value] == ["https://quick.example"]
    assert {(note.provider, note.detail) for note in whole.provenance.notes} >= {("slow", "down")}  # type: ignore[union-attr]
    alone = await chain(slow, within=0.3).insights(asked)
    assert alone.pages_including


async def test_trending_waits_for_nobody_beyond_the_time_of_all() -> None:
    quick = Scripted("quick", trends("now", "cats"), verbs=frozenset({Verb.TRENDING}))
    slow = Scripted("slow", trends("now", "dogs"), delay=1, verbs=frozenset({Verb.TRENDING}), limits=Limits(within=5))
    started = now()
    answer = await chain(quick, slow, within=0.3).trending(TrendingRequest())
    assert now() - started < 0.9
    assert [tile.query.text for tile in answer.categories[0].tiles] == ["cats"]


async def test_leaving_early_cancels_the_rest() -> None:
    slow = Scripted("two", delay=10)
    async with aclosing(chain(Scripted("one", found()), slow).insights_as_completed(LOOKUP)) as steps:
        async for _ in steps:
            break
    assert slow.cancelled == 1


async def test_a_picture_that_is_not_allowed_here_ends_the_lookup() -> None:
    slow = Scripted("two", delay=10)
    with pytest.raises(Blocked):
        await chain(Scripted("one", Blocked("picture"), delay=0.05), slow).insights(LOOKUP)
    assert slow.cancelled == 1


async def test_all_lookups_failed() -> None:
    with pytest.raises(QuotaSpent):
        await chain(Scripted("one", Misconfigured()), Scripted("two", QuotaSpent())).insights(LOOKUP)


async def test_only_those_with_the_part_are_asked() -> None:
    tags = Scripted("one", modules=frozenset({Module.TAGS}))
    pages = Scripted("two", found(), modules=frozenset({Module.PAGES_INCLUDING}))
    await chain(tags, pages).insights(LOOKUP.model_copy(update={"modules": frozenset({Module.PAGES_INCLUDING})}))
    assert (len(tags.asked), len(pages.asked)) == (0, 1)
    with pytest.raises(NotSupported):
        await chain(tags).insights(LOOKUP.model_copy(update={"modules": frozenset({Module.RECIPES})}))


async def test_a_token_goes_back_to_its_own_provider() -> None:
    one = Scripted("one", ImageAnswer(value=(Image(name="a", image_insights_token="tok~en"),)))
    two = Scripted("two", ImageInsights(image_insights_token="more"))
    both = chain(one, two)
    token = (await both.search(PLAIN)).value[0].image_insights_token
    assert token == "one~tok~en"
    one.says = ImageInsights()
    await both.insights(InsightsRequest(insights_token=token))
    assert one.asked[-1].insights_token == "tok~en"
    assert two.asked == []
    merged = await both.insights(InsightsRequest(insights_token="foreign"))
    assert two.asked[-1].insights_token == "foreign"
    assert merged.image_insights_token == "two~more"


def trends(title: str, *texts: str) -> TrendingImages:
    tiles = tuple(Tile(query=Query(text=text), image=Image(name=text)) for text in texts)
    return TrendingImages(categories=(Category(title=title, tiles=tiles),))


async def test_trending_categories_are_put_together() -> None:
    merged = await chain(
        Scripted("one", trends("Today", "a", "b"), delay=0.05),
        Scripted("two", trends("Today", "B", "c")),
        Scripted("three", trends("Here", "d")),
        Scripted("four", QuotaSpent()),
    ).trending(TrendingRequest())
    assert [(c.title, [tile.query.text for tile in c.tiles]) for c in merged.categories] == [
        ("Today", ["a", "b", "c"]),
        ("Here", ["d"]),
    ]
    assert notes(merged) == [("provider-failed", "four", "quota")]
    with pytest.raises(Unavailable):
        await chain(Scripted("one", Unavailable())).trending(TrendingRequest())


async def test_a_token_of_a_trending_tile_goes_to_its_own_provider_alone() -> None:
    tile = Tile(query=Query(text="cats"), image=Image(name="cats", image_insights_token="sha1-of-a-file"))
    trends_here = TrendingImages(categories=(Category(title="here", tiles=(tile,)),))
    own = Scripted(
        "own", lambda request: trends_here if isinstance(request, TrendingRequest) else found(), outside=False
    )
    other = Scripted("other", found(), verbs=frozenset({Verb.INSIGHTS}))
    both = chain(own, other)
    token = (await both.trending(TrendingRequest())).categories[0].tiles[0].image.image_insights_token
    assert token == "own~sha1-of-a-file"
    await both.insights(InsightsRequest(insights_token=token))
    assert [one.insights_token for one in own.asked if isinstance(one, InsightsRequest)] == ["sha1-of-a-file"]
    assert other.asked == []


async def test_a_token_of_somebody_outside_reaches_nobody_inside() -> None:
    own, other = Scripted("own", outside=False), Scripted("other")
    with pytest.raises(NotSupported):
        await chain(own, other).inside().insights(InsightsRequest(insights_token="other~secret"))
    assert own.asked == other.asked == []


@pytest.mark.parametrize("claimed", [None, "somebody else"])
async def test_a_provider_that_does_not_name_itself_is_named(claimed: str | None) -> None:
    """Who forgets to say who they are, or says somebody else, is named all the same, on every finding."""
    given = Attribution(provider=claimed) if claimed else None
    image = Image(name="x", host_page_url="https://page.example", attribution=given)
    silent = Scripted("silent", lambda request: _answer_of(request, image, claimed))
    both = chain(silent)
    answers = [
        await both.search(SearchRequest(q="x")),
        await both.insights(InsightsRequest(img_url="https://x.example/x.png")),
        await both.trending(TrendingRequest()),
    ]
    for answer in answers:
        assert answer.provenance is not None
        assert answer.provenance.providers == ("silent",)
        held = list(images_of(answer))
        assert [one.attribution and one.attribution.provider for one in held] == ["silent"] * len(held)
        assert {one.match.provider for one in held if one.match} <= {"silent"}
        assert held


def _answer_of(request: Any, image: Image, claimed: str | None) -> Any:
    source = Provenance(providers=(claimed,)) if claimed else None
    if isinstance(request, SearchRequest):
        return ImageAnswer(value=(image,), provenance=source)
    if isinstance(request, InsightsRequest):
        match = Match(confidence=Confidence.LIKELY, provider=claimed or "nobody")
        return ImageInsights(pages_including=ImagesModule(value=(image.with_(match=match),)), provenance=source)
    tile = Tile(query=Query(text="x"), image=image)
    return TrendingImages(categories=(Category(title="x", tiles=(tile,)),), provenance=source)


async def test_the_engine_behind_a_provider_stays_named() -> None:
    image = Image(name="x", attribution=Attribution(provider="meta/bing"))
    answer = await chain(Scripted("meta", ImageAnswer(value=(image,)))).search(SearchRequest(q="x"))
    assert answer.value == (image,)


async def test_which_server_asks_is_told_to_nobody_outside() -> None:
    outside, own = Scripted("one", trends("Today", "a")), Scripted("two", trends("Here", "b"), outside=False)
    scoped = TrendingRequest(mkt="de-DE", client_id="0" * 32).within("server")
    await chain(outside, own).trending(scoped)
    assert outside.asked == [TrendingRequest(mkt="de-DE", client_id="0" * 32)]
    assert "scope" not in outside.asked[0].model_dump()
    assert own.asked == [scoped]


async def test_a_missing_flag_counts_as_false_where_the_provider_always_says_it() -> None:
    image = Image(name="a")
    member = Scripted("one", ImageAnswer(value=(image,)), flags_adult=True)
    assert (await chain(member).search(PLAIN)).value[0].is_family_friendly is False
    member.says = found(image)
    pages = (await chain(member).insights(LOOKUP)).pages_including
    assert pages is not None
    assert pages.value[0].is_family_friendly is False
    member.says = trends("t", "a")
    assert (await chain(member).trending(TrendingRequest())).categories[0].tiles[0].image.is_family_friendly is False


async def test_what_the_chain_declares_and_closes() -> None:
    one = Scripted("one", levels=frozenset({SafeSearch.OFF}), filters=frozenset({"size"}), outside=False)
    two = Scripted("two", verbs=frozenset({Verb.TRENDING}), filters=frozenset())
    both: Provider = Chain({Verb.SEARCH: [one], Verb.TRENDING: [one, two]})
    assert both.capabilities.honours(Verb.SEARCH, SafeSearch.OFF)
    assert not both.capabilities.honours(Verb.SEARCH, SafeSearch.STRICT)
    assert both.capabilities.honours(Verb.TRENDING, SafeSearch.STRICT)
    assert not both.capabilities.supports(Verb.INSIGHTS)
    assert both.capabilities.filters == {"size"}
    with pytest.raises(NotSupported):
        await both.insights(LOOKUP)
    await both.aclose()
    assert (one.closed, two.closed) == (1, 1)


async def test_cancelling_a_search_cancels_the_provider() -> None:
    slow = Scripted("one", delay=10)
    task = asyncio.create_task(chain(slow).search(PLAIN))
    await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert slow.cancelled == 1


async def test_what_a_service_says_beside_the_known_parts_is_kept() -> None:
    details = {
        "_type": "ImageInsights", "id": "i", "readLink": "r", "image": {"name": "n"}, "unknown": 1,
        "pagesIncluding": {"value": [{"contentUrl": "https://a.example/1.jpg"}], "webSearchUrl": "w"},
        "imageTags": {"value": [{"name": "bird"}], "more": True},
    }  # fmt: skip
    other = {"pagesIncluding": {"value": [{"contentUrl": "https://b.example/2.jpg"}], "other": 2}, "unknown": 2}
    members = [
        Scripted("one", ImageInsights.model_validate(details)),
        Scripted("two", ImageInsights.model_validate(other)),
    ]
    merged = (await chain(*members).insights(LOOKUP)).to_wire()
    assert (merged["id"], merged["readLink"], merged["image"], merged["unknown"]) == ("i", "r", {"name": "n"}, 1)
    assert merged["imageTags"] == details["imageTags"]
    assert merged["pagesIncluding"].items() >= {"webSearchUrl": "w", "other": 2}.items()
    assert len(merged["pagesIncluding"]["value"]) == 2

    trending = {
        "_type": "TrendingImages", "id": "t", "readLink": "r", "webSearchUrl": "w",
        "instrumentation": {"pingUrlBase": "p"},
        "categories": [{"title": "Birds", "tiles": [{"query": {"text": "magpie"}, "image": {}}], "unknown": 1}],
    }  # fmt: skip
    answer = await chain(Scripted("one", TrendingImages.model_validate(trending))).trending(TrendingRequest())
    wire = answer.to_wire()
    assert {name: wire[name] for name in trending if name != "categories"} == {
        name: value for name, value in trending.items() if name != "categories"
    }
    assert wire["categories"][0]["unknown"] == 1


@pytest.mark.parametrize("said", [{"is_family_friendly": False}, {"query_context": QueryContext(adult_intent=True)}])
async def test_an_answer_about_adult_things_vouches_for_no_picture_without_a_flag(said: dict[str, Any]) -> None:
    images = (Image(name="a"), Image(name="b", is_family_friendly=True))
    answer = await chain(Scripted("one", ImageAnswer(value=images, **said))).search(PLAIN)
    assert [image.is_family_friendly for image in answer.value] == [False, True]


async def test_only_who_said_something_is_named_as_a_source() -> None:
    def credited(name: str, **fields: Any) -> ImageInsights:
        notes = (
            Note(code=NoteCode.ATTRIBUTION, provider=name, detail=f"By {name}"),
            Note(code=NoteCode.WITHHELD, provider=name, detail="adult", count=1),
        )
        return ImageInsights(provenance=Provenance(providers=(name,), notes=notes), **fields)

    said = {"image_caption": ImageCaption(caption="a heron")}
    silent = Scripted("reader", credited("reader", image_insights_token="t", image_tags=ImageTagsModule(value=())))
    answer = await chain(silent, Scripted("eyes", credited("eyes", **said))).insights(LOOKUP)
    assert answer.provenance is not None
    assert answer.provenance.providers == ("eyes",)
    notes = {(note.code, note.provider) for note in answer.provenance.notes}
    assert notes == {
        (NoteCode.WITHHELD, "reader"),
        (NoteCode.WITHHELD, "eyes"),
        (NoteCode.ATTRIBUTION, "eyes"),
    }
    nothing = await chain(silent).insights(LOOKUP)
    assert nothing.provenance is not None
    assert nothing.provenance.providers == ()


class Holding(Scripted):
    """Holds pictures; ``says`` is their ratings."""

    async def picture(self, image_id: str, max_edge: int | None = None) -> Picture | None:
        ratings = await self.ratings([image_id])
        return Picture(b"", "image/png", "a.png", 1, 1, ratings[image_id]) if image_id in ratings else None

    async def ratings(self, image_ids: Sequence[str]) -> dict[str, bool | None]:
        held: dict[str, bool | None] = await self._say(tuple(image_ids), {})
        return {image_id: held[image_id] for image_id in image_ids if image_id in held}


async def test_ratings_are_those_of_the_first_who_holds_the_picture() -> None:
    first, second = Holding("one", {"A": False, "B": None}), Holding("two", {"A": True, "C": True})
    both = chain(first, Scripted("none"), second)
    assert await both.ratings(["A", "B", "C", "D"]) == {"A": False, "B": None, "C": True}
    assert second.asked == [("C", "D")]
    assert await both.ratings(["B"]) == {"B": None}
    assert len(second.asked) == 1, "nothing was missing"


async def test_ratings_that_do_not_come_in_time_are_not_guessed() -> None:
    with pytest.raises(Unavailable):
        await chain(Holding("one", {"A": True}, delay=10)).ratings(["A"])
