"""Visits every field of an answer and removes what the content policy forbids.

Fields are not listed one by one: texts, links, objects, lists and fields unknown to the contract are judged by their
type, so that whatever is added to the contract later is judged too. A forbidden text removes the object that it
describes; only the answer itself stays, without the text. Values of an unknown type are removed.
"""

from collections import Counter
from collections.abc import Collection, Container, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from bot.bing_v7 import (
    Image,
    ImageAnswer,
    ImageGallery,
    ImageInsights,
    ImagesModule,
    Offer,
    Organization,
    Person,
    Query,
    Recipe,
    RecognizedEntity,
    SafeSearch,
    Tile,
    TrendingImages,
    local_id,
)
from bot.bing_v7.images import clear_unflagged

from .content_policy import ContentPolicy, Reason

_M = TypeVar("_M", bound=BaseModel)

OPAQUE: dict[type[BaseModel], frozenset[str]] = {
    Image: frozenset({"image_id", "image_insights_token"}),
    ImageInsights: frozenset({"image_insights_token"}),
}
"""Ids and tokens: random letters, in which a blocked word means nothing."""
_HARMLESS = frozenset({type(None), bool, int, float})
_SIMPLE = _HARMLESS | {str}
_ANSWERS = (ImageAnswer, ImageInsights, TrendingImages)
_THINGS = (Image, Tile, ImageGallery, Offer, Recipe, RecognizedEntity)
"""Types that users see as findings, and that are therefore counted when they are removed."""
_FINDINGS = (ImageAnswer, ImagesModule, type(None))
_PICTURES: dict[type[BaseModel], tuple[str, ...]] = {
    Image: ("content_url", "thumbnail_url", "thumbnail", "proxy_content_url", "url", "host_page_fav_icon_url"),
    Query: ("thumbnail",),
    ImageGallery: ("thumbnail_url",),
    Recipe: ("thumbnail_url",),
    Person: ("image",),
    Organization: ("image",),
}
"""Fields that show a picture, for providers whose pictures must not be shown below Off."""
_WORDS_OF_A_LOOKUP = ("best_representative_query", "image_caption", "image_tags", "related_searches")
"""What an answer says of the picture as a whole, taken from what was found."""
ASKED_AT = "askedAt"
"""Name of the mark on a picture: at which level its provider was asked."""
UNFILTERED = "unfiltered"
"""Name of the mark on a picture of a provider whose pictures are shown at Off only; stored ones keep it."""
RATED = "rated"
"""Name of the mark on such a picture that a rater has looked at: the address of the thumbnail that it saw."""


class _Out(Exception):
    """The object being visited has to be removed."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class AnswerFilter:
    """Filters one answer by one policy; ``hidden`` counts removed findings by reason.

    Args:
        judge: says what may be shown.
        text_only: take pictures and keep words and links.
        asked_at: the level that the provider was asked at, written on every picture; None leaves marks alone.
        unfiltered: mark every picture as one that is shown at Off only.
        rated: thumbnails that a rater has looked at and does not object to: they stay where pictures are taken.
    """

    def __init__(
        self,
        judge: ContentPolicy,
        *,
        text_only: bool = False,
        asked_at: SafeSearch | None = None,
        unfiltered: bool = False,
        rated: frozenset[str] = frozenset(),
    ) -> None:
        self.judge = judge
        self.text_only = text_only
        self.asked_at = asked_at
        self.unfiltered = unfiltered
        self.rated = rated
        self.hidden: Counter[Reason] = Counter()
        self._clear: Container[str] = ()
        self._harmless: Container[int] = ()
        self._clear_parts: Container[int] = ()

    def answer(self, answer: _M) -> _M:
        """Return the answer without what is forbidden.

        Words about a picture are those of the pages that it was found on: they go when none of the pages may be shown.
        """
        harmless = self.judge.harmless
        seen = _Seen.of(answer, harmless)
        self._clear = self.judge.screen(seen.strings)
        plain = seen.plain(self._clear)
        harmless.get_all(plain, _is_there)
        self._harmless = seen.known_ids.union(map(id, plain))
        self._clear_parts = () if self.text_only else seen.clear_parts(self._clear)
        if isinstance(answer, ImageAnswer) and self.judge.below_off:
            return cast("_M", self._model(self._as_a_whole(answer), None))
        kept = self._model(answer, None)
        if isinstance(kept, ImageInsights) and found_on(answer) and not found_on(kept):
            return without_words(kept)
        return kept

    def _as_a_whole(self, answer: ImageAnswer) -> ImageAnswer:
        """Apply what an answer says of all its pictures at once.

        ``adultIntent``: in Strict v7 gives no pictures for such a query, so neither they nor further searches stay.
        ``isFamilyFriendly`` false of the answer counts for each picture that does not say itself, and does not stay
        when those are gone.
        """
        intent = answer.query_context.adult_intent if answer.query_context else None
        if intent and self.judge.level is SafeSearch.STRICT:
            self.hidden[Reason.ADULT] += len(answer.value)
            answer = ImageAnswer(value=(), query_context=answer.query_context, provenance=answer.provenance)
        if answer.is_family_friendly is False:
            answer = clear_unflagged(answer).without("is_family_friendly")
        return answer

    def image(self, image: Image) -> Image | None:
        """Return a picture of a list of findings, None if it may not be shown."""
        try:
            return self._model(image, None)
        except _Out as out:
            self._count(image, out.reason)
            return None

    def is_whole(self, thing: BaseModel) -> bool:
        """True if a thing may be shown with everything that belongs to it, seen or not."""
        try:
            return self._model(thing, None) is thing
        except _Out:
            return False

    def _model(self, model: _M, parent: type[BaseModel] | None) -> _M:
        """Return the model with everything in it judged; raises `_Out` if it has to go."""
        kind = type(model)
        if isinstance(model, Image):
            self._flags(model, parent)
            if self._is_harmless(model):
                return self._only_marked(model)
        is_answer = isinstance(model, _ANSWERS)
        kept: dict[str, Any] = {}
        changed = False
        opaque = OPAQUE.get(kind, frozenset())
        for name, value in _fields(model):
            try:
                new = value if name in opaque or id(value) in self._clear_parts else self._value(value, kind)
            except _Out as out:
                if not is_answer:
                    raise
                self._count(value, out.reason)
                changed = True
                continue
            changed = changed or new is not value
            kept[name] = new
        if is_answer:
            changed = _drop_empty(kept) or changed
        changed = self._bare(model, kept) or changed
        changed = self._mark(model, kept) or changed
        return _rebuilt(model, kept) if changed else model

    def _is_harmless(self, image: Image) -> bool:
        """True if nothing has to be taken from a picture, whatever the answer that it came with."""
        if self.text_only or self.unfiltered or UNFILTERED in (image.model_extra or ()):
            return False
        return id(image) in self._harmless

    def _only_marked(self, image: _M) -> _M:
        """Return a picture in which nothing has to be judged any more."""
        extra = image.model_extra or {}
        if self.asked_at is None or extra.get(ASKED_AT) == self.asked_at.value:
            return image
        return image.model_copy(update={ASKED_AT: self.asked_at.value})

    def _flags(self, image: Image, parent: type[BaseModel] | None) -> None:
        self._flag(image, finding=parent is None or _lists_findings(parent))

    def _flag(self, image: Image, *, finding: bool) -> None:
        reason = self.judge.flags(image, finding=finding)
        if reason is not None:
            raise _Out(reason)

    def _value(self, value: Any, owner: type[BaseModel]) -> Any:
        """Return the value with what may not be shown taken out; raises `_Out` if all of it has to go."""
        if type(value) in _HARMLESS:  # the commonest first
            return value
        if isinstance(value, str):
            if value not in self._clear and (reason := self.judge.string(value)) is not None:
                raise _Out(reason)
            return value
        if isinstance(value, int | float | date | timedelta):
            return value
        if isinstance(value, BaseModel):
            return self._model(value, owner)
        if isinstance(value, tuple | list):
            return self._items(cast("tuple[Any, ...] | list[Any]", value), owner)
        if isinstance(value, Mapping):
            return self._mapping(cast("Mapping[str, Any]", value), owner)
        raise _Out(Reason.UNKNOWN)

    def _items(self, items: tuple[Any, ...] | list[Any], owner: type[BaseModel]) -> Any:
        kept: list[Any] = []
        changed = False
        finding, unmarked = _lists_findings(owner), self.asked_at is None and not self.text_only and not self.unfiltered
        for item in items:
            try:
                if unmarked and type(item) is Image and id(item) in self._harmless and not item.model_extra:
                    self._flag(item, finding=finding)  # as `_model` does, of which many pictures need no more
                    new = item
                else:
                    new = self._value(item, owner)
            except _Out as out:
                self._count(item, out.reason)
                changed = True
                continue
            changed = changed or new is not item
            kept.append(new)
        return type(items)(kept) if changed else items

    def _mapping(self, mapping: Mapping[str, Any], owner: type[BaseModel]) -> Mapping[str, Any]:
        """Judge an object that is unknown to the contract; one with a picture's address counts as a finding."""
        if "isFamilyFriendly" in mapping or "contentUrl" in mapping or "thumbnailUrl" in mapping:
            flag = mapping.get("isFamilyFriendly")
            self._flags(Image(is_family_friendly=flag if isinstance(flag, bool) else None), None)
        for key in mapping:
            self._value(key, owner)
        kept = {key: self._value(value, owner) for key, value in mapping.items()}
        return mapping if all(kept[key] is value for key, value in mapping.items()) else kept

    def _bare(self, model: BaseModel, kept: dict[str, Any]) -> bool:
        """Take the pictures where only words may be shown; unknown fields may hold pictures and go as well."""
        marked = isinstance(model, Image) and bool((model.model_extra or {}).get(UNFILTERED))
        if not self.text_only and not (marked and self.judge.below_off):
            return False
        doomed = {*_PICTURES.get(type(model), ()), *(model.model_extra or ())} & kept.keys()
        if isinstance(model, Image) and self._is_rated(model):
            doomed -= {"thumbnail_url", "thumbnail", *((RATED, UNFILTERED, ASKED_AT) if not self.text_only else ())}
        for name in doomed:
            del kept[name]
        return bool(doomed)

    def _is_rated(self, image: Image) -> bool:
        """True if a rater has looked at the thumbnail: just now, or as the mark of a stored picture says."""
        if self.text_only:
            return image.thumbnail_url in self.rated
        return image.thumbnail_url is not None and (image.model_extra or {}).get(RATED) == image.thumbnail_url

    def _mark(self, model: BaseModel, kept: dict[str, Any]) -> bool:
        if not isinstance(model, Image):
            return False
        before = len(kept), kept.get(ASKED_AT), kept.get(RATED)
        if self.asked_at is not None:
            kept[ASKED_AT] = self.asked_at.value
        if self.unfiltered:
            kept[UNFILTERED] = True
            kept.pop(RATED, None)  # a provider does not say so itself
            if self.text_only and self._is_rated(model):
                kept[RATED] = model.thumbnail_url
        return before != (len(kept), kept.get(ASKED_AT), kept.get(RATED))

    def _count(self, value: object, reason: Reason) -> None:
        if isinstance(value, _THINGS):
            self.hidden[reason] += 1


def without_words(insights: _M) -> _M:
    """Return what was found out about a picture without the words about the whole of it."""
    return _rebuilt(insights, {name: value for name, value in _fields(insights) if name not in _WORDS_OF_A_LOOKUP})


def without_words_of(insights: ImageInsights, pages: Sequence[Image]) -> ImageInsights:
    """Return a lookup without its words, and without what those who hold the pages say of their own pictures.

    What others say that they see or read in the picture itself stays.
    """
    holders = {page.attribution.provider for page in pages if page.attribution and local_id(page)}
    kept = {name: value for name, value in _fields(without_words(insights)) if name != "related_collections"}
    for name in {"depictions", "picture_texts"} & kept.keys():
        kept[name] = tuple(said for said in kept[name] if said.provider not in holders)
    return _rebuilt(insights, kept)


def strings_of(value: object) -> list[str]:
    """Return every string in an answer, as far as its types are known here, for `ContentPolicy.screen`."""
    return _Seen.of(value).strings


class _Seen:
    """What an answer holds: its strings, and for each result where its own stand.

    ``odd`` counts what nothing is known of from strings alone: objects unknown to the contract, pictures inside of
    pictures, values of other types. ``known_ids`` are those of pictures that are known to be harmless.
    """

    def __init__(self, known: Container[Image]) -> None:
        self.known = known
        self.known_ids: set[int] = set()
        self.strings: list[str] = []
        self.odd = 0
        self.results: list[tuple[Image, int, int]] = []
        self.parts: list[tuple[int, int, int]] = []

    @classmethod
    def of(cls, value: object, known: Container[Image] = ()) -> "_Seen":
        """Go through an object or a list, but not through results that are known to be harmless."""
        seen = cls(known)
        seen.gather(value, None)
        return seen

    def plain(self, clear: Container[str]) -> list[Image]:
        """Return the results that hold nothing but strings that are clear."""
        strings = self.strings
        return [image for image, start, end in self.results if all(text in clear for text in strings[start:end])]

    def clear_parts(self, clear: Container[str]) -> frozenset[int]:
        """Return the ids of the answer's lists (suggestions, for example) that hold nothing but clear strings."""
        strings = self.strings
        return frozenset(part for part, start, end in self.parts if all(text in clear for text in strings[start:end]))

    def gather(self, value: object, owner: type[BaseModel] | None) -> None:
        """Add the strings in an object or a list to those found."""
        if isinstance(value, BaseModel):
            self._gather_model(value, owner)
        elif isinstance(value, tuple | list):
            self._gather_parts(cast("tuple[object, ...] | list[object]", value), owner)
        elif isinstance(value, Mapping):
            self.odd += 1
            self.strings.extend(cast("Mapping[str, object]", value))
            self._gather_parts(cast("Mapping[str, object]", value).values(), owner)
        else:
            self.odd += 1

    def _gather_model(self, model: BaseModel, owner: type[BaseModel] | None) -> None:
        start, odd, kind = len(self.strings), self.odd, type(model)
        is_image = isinstance(model, Image)
        fields = model.__dict__
        if opaque := OPAQUE.get(kind):
            fields = fields.copy()
            for name in opaque:
                fields.pop(name, None)
        self._gather_parts(fields.values(), kind)
        if extra := model.__pydantic_extra__:
            self.strings.extend(extra)
            self._gather_parts(extra.values(), kind)
        if is_image:
            if odd == self.odd and owner is not None and issubclass(owner, _FINDINGS):
                self.results.append((model, start, len(self.strings)))
            self.odd += 1

    def _gather_parts(self, parts: Collection[object], owner: type[BaseModel] | None) -> None:
        found = self.strings
        given = [each for each in parts if each is not None]
        found += [each for each in given if type(each) is str]
        for each in [each for each in given if type(each) not in _SIMPLE]:
            if type(each) is Image and each in self.known:
                self.known_ids.add(id(each))
                self.odd += 1
                continue
            if isinstance(each, BaseModel):
                self._gather_model(each, owner)
                continue
            start, odd = len(found), self.odd
            self.gather(each, owner)
            if owner in _ANSWERS and type(each) is tuple and odd == self.odd:
                self.parts.append((id(cast("object", each)), start, len(found)))


@cache
def _lists_findings(kind: type[BaseModel]) -> bool:
    return issubclass(kind, _FINDINGS)


def _is_there(_: Image) -> bool:
    return True


def _fields(model: BaseModel) -> list[tuple[str, Any]]:
    given = model.model_fields_set
    known = [pair for pair in model.__dict__.items() if pair[0] in given]
    return [*known, *model.model_extra.items()] if model.model_extra else known


def found_on(answer: BaseModel) -> tuple[Image, ...]:
    """Return the pages that a picture was found on."""
    module = answer.pages_including if isinstance(answer, ImageInsights) else None
    return module.value if module else ()


def _drop_empty(kept: dict[str, Any]) -> bool:
    """Leave out modules that lost everything, as an answer without data for a module does; say if there were any."""
    empty = [
        name for name, value in kept.items()
        if isinstance(value, BaseModel) and "value" in type(value).model_fields and not getattr(value, "value", True)
    ]  # fmt: skip
    for name in empty:
        del kept[name]
    return bool(empty)


def _rebuilt(model: _M, kept: dict[str, Any]) -> _M:
    """Make the same object with other fields; one that lacks a required field is removed."""
    gone = model.model_fields_set - kept.keys()
    fields = type(model).model_fields
    if any(fields[name].is_required() for name in gone & fields.keys()):
        raise _Out(Reason.UNKNOWN)
    defaults = {name: fields[name].get_default(call_default_factory=True) for name in gone & fields.keys()}
    copy = model.model_copy(update={**kept, **defaults})
    copy.model_fields_set.difference_update(gone)
    for name in (model.model_extra or {}).keys() - kept.keys():
        del (copy.model_extra or {})[name]
    return copy


def asked_at(image: Image) -> SafeSearch | None:
    """Return the level that a picture's provider was asked at, None if it is not known."""
    mark = (image.model_extra or {}).get(ASKED_AT)
    try:
        return SafeSearch(mark) if isinstance(mark, str) else None
    except ValueError:
        return None
