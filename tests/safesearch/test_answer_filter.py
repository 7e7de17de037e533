"""Every field of every object of the three answers is judged: none can be forgotten, not even tomorrow's."""

from __future__ import annotations

import types
import typing
from enum import Enum
from typing import Any

import pytest
from pydantic import BaseModel

from bot.bing_v7 import (
    Image,
    ImageAnswer,
    ImageInsights,
    ImagesModule,
    Query,
    QueryContext,
    SafeSearch,
    Tag,
    Thumbnail,
    TrendingImages,
)
from bot.bing_v7.answers import Category, ImageTagsModule, RelatedSearchesModule, Tile
from bot.safesearch.answer_filter import OPAQUE, AnswerFilter, asked_at
from bot.safesearch.content_policy import ContentPolicy, Reason
from bot.safesearch.lists import Lists

BAD = "wumpus"
BAD_LINK = "https://cdn.blocked.example/x"
JUDGE = ContentPolicy(SafeSearch.MODERATE, Lists.of(hosts=["blocked.example"], words=[BAD]))
ANSWERS = (ImageAnswer, ImageInsights, TrendingImages)


def inner(annotation: Any) -> tuple[Any, bool]:
    """Return what a field holds, without None, and whether in a tuple."""
    many = False
    while typing.get_origin(annotation) in {typing.Union, types.UnionType, tuple, typing.Annotated}:
        many = many or typing.get_origin(annotation) is tuple
        annotation = next(part for part in typing.get_args(annotation) if part not in {type(None), Ellipsis})
    return annotation, many


def models(model: type[BaseModel], known: dict[type[BaseModel], None]) -> dict[type[BaseModel], None]:
    """Collect every object that an answer can hold."""
    if model not in known:
        known[model] = None
        for field in model.model_fields.values():
            held, _ = inner(field.annotation)
            if isinstance(held, type) and issubclass(held, BaseModel):
                models(held, known)
    return known


REACHABLE: dict[type[BaseModel], None] = {}
for _answer in ANSWERS:
    models(_answer, REACHABLE)
FIELDS = [(model, name) for model in REACHABLE for name in model.model_fields]
TEXTS = [
    (model, name) for model, name in FIELDS
    if inner(model.model_fields[name].annotation)[0] is str and name not in OPAQUE.get(model, ())
]  # fmt: skip


def plain(model: type[BaseModel]) -> dict[str, Any]:
    """Give the required fields harmless values."""
    values: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        if field.is_required():
            held, many = inner(field.annotation)
            values[name] = () if many else make(held)
    return values


def make(held: Any, **changes: Any) -> Any:
    if isinstance(held, type) and issubclass(held, BaseModel):
        return held.model_construct(**{**plain(held), **changes})
    if isinstance(held, type) and issubclass(held, Enum):
        return next(iter(held))
    return {str: "fine", int: 1, float: 1.0, bool: True}[held]


def wrapped(thing: BaseModel) -> tuple[ImageInsights, str]:
    """Put any object into an answer where a list of it would stand."""
    return ImageInsights.model_construct(_fields_set={"image_caption", "tomorrow"}, tomorrow=(thing,)), "tomorrow"


def kept(thing: BaseModel) -> Any:
    """Return what is left of an object after a walk, None if it went."""
    if isinstance(thing, ANSWERS):
        return AnswerFilter(JUDGE).answer(thing)
    answer, place = wrapped(thing)
    left = (AnswerFilter(JUDGE).answer(answer).model_extra or {}).get(place, ())
    return left[0] if left else None


def test_the_answers_hold_more_than_twenty_kinds_of_objects() -> None:
    assert len(REACHABLE) > 20
    assert len(TEXTS) > 80


@pytest.mark.parametrize(("model", "name"), FIELDS, ids=lambda part: getattr(part, "__name__", part))
def test_every_field_is_of_a_kind_that_the_walker_knows(model: type[BaseModel], name: str) -> None:
    held, many = inner(model.model_fields[name].annotation)
    assert held in {str, int, float, bool} or issubclass(held, BaseModel | Enum), f"teach the walker {held}"
    value = make(held)
    thing = make(model, **{name: (value,) if many else value})
    assert kept(thing) is not None


@pytest.mark.parametrize("bad", [BAD, f"say {BAD_LINK}", BAD_LINK])
@pytest.mark.parametrize(("model", "name"), TEXTS, ids=lambda part: getattr(part, "__name__", part))
def test_no_text_field_lets_a_bad_text_through(model: type[BaseModel], name: str, bad: str) -> None:
    _, many = inner(model.model_fields[name].annotation)
    thing = make(model, **{name: (bad,) if many else bad})
    left = kept(thing)
    assert left is None or bad not in left.model_dump_json()


@pytest.mark.parametrize("model", REACHABLE, ids=lambda model: model.__name__)
def test_no_field_of_tomorrow_lets_a_bad_text_through(model: type[BaseModel]) -> None:
    for bad in ({"tomorrow": BAD}, {"tomorrow": [{"deep": {"link": BAD_LINK}}]}, {"tomorrow": {BAD: 1}}):
        left = kept(make(model, **bad))
        assert left is None or (BAD not in (text := left.model_dump_json()) and BAD_LINK not in text)


@pytest.mark.parametrize(
    ("model", "name"), [(model, name) for model, names in OPAQUE.items() for name in sorted(names)]
)
def test_ids_and_tokens_are_left_alone(model: type[BaseModel], name: str) -> None:
    assert kept(make(model, **{name: f"x {BAD}"})) is not None


def test_of_a_kind_that_is_not_known_nothing_is_shown() -> None:
    answer = ImageAnswer.model_construct(_fields_set={"value"}, value=(Image(name="fine"),), tomorrow=object())
    walker = AnswerFilter(JUDGE)
    assert walker.answer(answer).model_extra == {}


class TestWhatGoesWithIt:
    def test_an_untouched_answer_is_the_same_object(self) -> None:
        answer = ImageAnswer(value=(Image(name="fine", is_family_friendly=True),))
        assert AnswerFilter(JUDGE).answer(answer) is answer

    def test_a_bad_title_takes_its_picture(self) -> None:
        walker = AnswerFilter(JUDGE)
        answer = walker.answer(ImageAnswer(value=(Image(name=BAD), Image(name="fine"))))
        assert [image.name for image in answer.value] == ["fine"]
        assert walker.hidden == {Reason.WORD: 1}

    def test_a_bad_query_takes_its_tile_and_is_counted_once(self) -> None:
        walker = AnswerFilter(JUDGE)
        tiles = (Tile(query=Query(text=BAD), image=Image()), Tile(query=Query(text="fine"), image=Image()))
        answer = walker.answer(TrendingImages(categories=(Category(title="x", tiles=tiles),)))
        assert [tile.query.text for tile in answer.categories[0].tiles] == ["fine"]
        assert walker.hidden == {Reason.WORD: 1}

    def test_a_bad_text_of_the_answer_itself_goes_alone(self) -> None:
        answer = AnswerFilter(JUDGE).answer(
            ImageAnswer(read_link=f"images/search?q={BAD}", value=(Image(name="fine"),))
        )
        assert (answer.read_link, len(answer.value)) == (None, 1)
        assert "readLink" not in answer.to_wire()

    def test_a_module_that_lost_everything_is_left_out(self) -> None:
        answer = AnswerFilter(JUDGE).answer(
            ImageInsights(
                image_tags=ImageTagsModule(value=(Tag(name=BAD),)),
                related_searches=RelatedSearchesModule(value=(Query(text="fine"),)),
            )
        )
        assert answer.image_tags is None
        assert set(answer.to_wire()) == {"_type", "relatedSearches"}

    def test_suggestions_are_not_counted_as_hidden_findings(self) -> None:
        walker = AnswerFilter(JUDGE)
        walker.answer(ImageAnswer(related_searches=(Query(text=BAD),)))
        assert not walker.hidden


class TestFlags:
    @pytest.mark.parametrize("level", SafeSearch)
    @pytest.mark.parametrize("flag", [True, False, None])
    @pytest.mark.parametrize("flags_adult", [True, False])
    def test_findings(self, level: SafeSearch, flag: bool | None, flags_adult: bool) -> None:
        allowed = level is SafeSearch.OFF or flag is True or (flag is None and not flags_adult)
        answer = AnswerFilter(ContentPolicy(level, flags_adult=flags_adult)).answer(
            ImageInsights(visually_similar_images=ImagesModule(value=(Image(is_family_friendly=flag),)))
        )
        assert (answer.visually_similar_images is not None) is allowed

    def test_a_tile_without_flag_passes_in_moderate_only(self) -> None:
        answer = TrendingImages(categories=(Category(title="x", tiles=(Tile(query=Query(text="y"), image=Image()),)),))
        for level, many in ((SafeSearch.OFF, 1), (SafeSearch.MODERATE, 1), (SafeSearch.STRICT, 0)):
            assert len(AnswerFilter(ContentPolicy(level, flags_adult=True)).answer(answer).categories[0].tiles) == many

    def test_pictures_go_and_words_stay_where_only_words_may_be_shown(self) -> None:
        image = Image(name="x", content_url="https://a.example/1", host_page_url="https://a.example/")
        image = image.with_(futureUrl="y")
        answer = AnswerFilter(ContentPolicy(SafeSearch.MODERATE), text_only=True).answer(ImageAnswer(value=(image,)))
        assert answer.to_wire()["value"] == [{"name": "x", "hostPageUrl": "https://a.example/"}]

    def test_the_level_that_was_asked_is_written_on_pictures(self) -> None:
        answer = AnswerFilter(JUDGE, asked_at=SafeSearch.MODERATE).answer(ImageAnswer(value=(Image(name="x"),)))
        assert asked_at(answer.value[0]) is SafeSearch.MODERATE
        assert asked_at(Image.model_validate(answer.value[0].to_wire())) is SafeSearch.MODERATE
        assert asked_at(Image.model_validate({"askedAt": "nonsense"})) is None


@pytest.mark.parametrize("level", SafeSearch)
def test_a_query_that_means_adult_pictures_gets_none_in_strict(level: SafeSearch) -> None:
    answer = ImageAnswer(
        query_context=QueryContext(original_query="x", adult_intent=True),
        value=(Image(name="a", is_family_friendly=True), Image(name="b", is_family_friendly=True)),
        related_searches=(Query(text="y"),),
        next_offset=35,
    )
    walker = AnswerFilter(ContentPolicy(level))
    judged = walker.answer(answer)
    if level is not SafeSearch.STRICT:
        assert judged == answer
        return
    assert (judged.value, judged.related_searches, judged.next_offset) == ((), (), None)
    assert judged.query_context == answer.query_context
    assert walker.hidden == {Reason.ADULT: 2}


@pytest.mark.parametrize("level", [SafeSearch.MODERATE, SafeSearch.STRICT])
def test_an_answer_that_is_not_family_friendly_loses_the_word_with_the_pictures(level: SafeSearch) -> None:
    adult, fine, silent = (Image(name=f"p{flag}", is_family_friendly=flag) for flag in (False, True, None))
    answer = ImageAnswer(is_family_friendly=False, value=(adult, fine, silent))
    walker = AnswerFilter(ContentPolicy(level))
    assert walker.answer(answer).to_wire() == {"_type": "Images", "value": [fine.to_wire()]}
    assert walker.hidden == {Reason.ADULT: 2}
    assert AnswerFilter(ContentPolicy(SafeSearch.OFF)).answer(answer) == answer


def test_suggestions_without_anything_bad_stay_as_they_are_and_one_bad_one_goes() -> None:
    clean = tuple(Query(text=f"red panda {number}") for number in range(9))
    answer = ImageAnswer(query_expansions=clean, related_searches=(*clean, Query(text=BAD)), similar_terms=clean)
    judged = AnswerFilter(JUDGE).answer(answer)
    assert judged.query_expansions is answer.query_expansions
    assert judged.similar_terms is answer.similar_terms
    assert judged.related_searches == clean


def test_thumbnails_of_clean_suggestions_go_where_only_words_may_be_shown() -> None:
    shown = Query(text="red panda", thumbnail=Thumbnail(thumbnail_url="https://cdn.example/1.jpg"))
    judged = AnswerFilter(JUDGE, text_only=True).answer(ImageAnswer(query_expansions=(shown,) * 9))
    assert judged.query_expansions == (Query(text="red panda"),) * 9


def test_words_about_a_picture_go_with_the_last_page_that_it_was_found_on() -> None:
    blocked = Image(name="A cottage", content_url="https://a.example/1.jpg", host_page_url=BAD_LINK)
    fine = Image(name="A house", content_url="https://a.example/2.jpg", host_page_url="https://a.example/2")
    answer = ImageInsights(
        best_representative_query=Query(text="A cottage"),
        image_tags=ImageTagsModule(value=(Tag(name="roof"),)),
        related_searches=RelatedSearchesModule(value=(Query(text="thatch"),)),
        visually_similar_images=ImagesModule(value=(fine,)),
    )
    on_pages = answer.with_(pages_including=ImagesModule(value=(blocked, fine)))
    assert AnswerFilter(JUDGE).answer(on_pages) == answer.with_(pages_including=ImagesModule(value=(fine,)))
    on_blocked_alone = answer.with_(pages_including=ImagesModule(value=(blocked,)))
    left = AnswerFilter(JUDGE).answer(on_blocked_alone).to_wire()
    assert left == {"_type": "ImageInsights", "visuallySimilarImages": answer.visually_similar_images.to_wire()}  # type: ignore[union-attr]
    assert AnswerFilter(JUDGE).answer(answer) == answer
