"""One answer out of several: findings of reverse lookups, trending categories, notes."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel
from yarl import URL

from bot.bing_v7 import (
    Category,
    Certainty,
    Confidence,
    Depiction,
    Image,
    ImageCaption,
    ImageInsights,
    ImagesModule,
    ImageTagsModule,
    Note,
    NoteCode,
    Provenance,
    RecognizedEntitiesModule,
    RelatedSearchesModule,
    TrendingImages,
)

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)
_RANK = {Confidence.EXACT: 0, Confidence.LIKELY: 1, Confidence.MAYBE: 2}
_UNKNOWN = 3
_OF_WHAT_WAS_SAID = frozenset({NoteCode.ATTRIBUTION, NoteCode.TEXT_ONLY, NoteCode.RATED})
"""Remarks about what a provider's answer holds."""
_CERTAINTY = {Certainty.HIGH: 0, Certainty.MEDIUM: 1, Certainty.LOW: 2}


def rank(image: Image) -> tuple[int, float]:
    """Return how sure a finding is, surest first: exact, near, similar, unknown; then the provider's own figure."""
    if image.match is None:
        return _UNKNOWN, 0.0
    return _RANK[image.match.confidence], -(image.match.score or 0.0)


def merge_insights(answers: Sequence[ImageInsights], notes: Iterable[Note] = ()) -> ImageInsights:
    """Merge reverse lookups: surest findings first, each page and each picture once, absent modules left absent.

    Caption and best query come from the surest answer that has them; answers of equal rank keep their order, but what a
    language model says in words goes before the name of what a program recognized. Only
    providers that said something are named as its sources and credited; what else they remark stays of all.
    """
    answers = sorted(answers, key=_best_rank)
    pages = _images([image for answer in answers for image in _value(answer.pages_including)])
    similar = _images([image for answer in answers for image in _value(answer.visually_similar_images)], besides=pages)
    tags = _once([tag for a in answers for tag in (a.image_tags.value if a.image_tags else ())], _folded("name"))
    searches = _once(
        [query for a in answers for query in (a.related_searches.value if a.related_searches else ())], _folded("text")
    )
    groups = tuple(
        group for a in answers for group in (a.recognized_entity_groups.value if a.recognized_entity_groups else ())
    )
    fields: dict[str, object] = {
        "pages_including": _module(ImagesModule, answers, "pages_including", pages),
        "visually_similar_images": _module(ImagesModule, answers, "visually_similar_images", similar),
        "image_tags": _module(ImageTagsModule, answers, "image_tags", tags),
        "related_searches": _module(RelatedSearchesModule, answers, "related_searches", searches),
        "recognized_entity_groups": _module(RecognizedEntitiesModule, answers, "recognized_entity_groups", groups),
        "depictions": _depictions(answers) or None,
        "image_caption": _caption(answers),
        "picture_texts": _once([text for a in answers for text in a.picture_texts], lambda text: text.text) or None,
        "provenance": merge_provenance([_named_if_it_said(answer) for answer in answers], notes),
    }
    return _joined(ImageInsights, answers, fields)


def _named_if_it_said(answer: ImageInsights) -> Provenance | None:
    source = answer.provenance
    if source is None or not answer.is_empty:
        return source
    return Provenance(notes=tuple(note for note in source.notes if note.code not in _OF_WHAT_WAS_SAID))


def _caption(answers: Iterable[ImageInsights]) -> ImageCaption | None:
    """The first caption, but that of a source or a language model before one that only names what a program saw."""
    said = [answer for answer in answers if answer.image_caption is not None]
    told = (one for one in said if not one.depictions or any(depiction.model for depiction in one.depictions))
    first = next(told, said[0] if said else None)
    return first.image_caption if first is not None else None


def _depictions(answers: Iterable[ImageInsights]) -> tuple[Depiction, ...]:
    """What is shown, surest first, each thing once and as the surest says it."""
    said = sorted((one for answer in answers for one in answer.depictions), key=_surest)
    return _once(said, _folded("name"))


def _surest(depiction: Depiction) -> tuple[int, float]:
    return _CERTAINTY[depiction.certainty], -(depiction.probability or 0.0)


def merge_trending(answers: Sequence[TrendingImages], notes: Iterable[Note] = ()) -> TrendingImages:
    """Merge categories by title in the order of the answers; a query appears once in a category."""
    merged: dict[str, Category] = {}
    for category in (category for answer in answers for category in answer.categories):
        known = merged.get(category.title)
        both = category if known is None else known.with_(tiles=(*known.tiles, *category.tiles))
        merged[category.title] = both.with_(tiles=_once(both.tiles, lambda tile: tile.query.text.casefold()))
    fields: dict[str, object] = {
        "categories": tuple(category for category in merged.values() if category.tiles),
        "provenance": merge_provenance([answer.provenance for answer in answers], notes),
    }
    return _joined(TrendingImages, answers, fields)


def _joined(kind: type[M], models: Iterable[BaseModel], fields: Mapping[str, object]) -> M:
    """Return a model with these fields, and of all others, unknown ones too, what the first that has them says.

    A field that is None here is left out.
    """
    found: dict[str, object] = {}
    for model in models:
        for name in model.model_fields_set:
            value = getattr(model, name)
            if value is not None:
                found.setdefault(name, value)
    found.update(fields)
    return kind().model_copy(update={name: value for name, value in found.items() if value is not None})


def _module(kind: type[M], answers: Iterable[BaseModel], field: str, value: tuple[object, ...]) -> M | None:
    """Return a module with a merged list, and what else the answers' modules hold; None without a list."""
    modules = [module for answer in answers if (module := getattr(answer, field)) is not None]
    return _joined(kind, modules, {"value": value}) if value else None


def merge_provenance(sources: Iterable[Provenance | None], notes: Iterable[Note] = ()) -> Provenance:
    """Merge where answers came from; the same note appears once."""
    known = [source for source in sources if source is not None]
    names = dict.fromkeys(name for source in known for name in source.providers)
    said = [*(note for source in known for note in source.notes), *notes]
    return Provenance(providers=tuple(names), notes=_once(said, lambda note: note.model_dump_json()))


def page_key(address: str | None) -> str | None:
    """Return what two addresses of one page have in common: no scheme, no ``www.``, no fragment, no last slash."""
    if not address:
        return None
    try:
        url = URL(address)
    except ValueError:
        return address
    host = (url.host or "").removeprefix("www.")
    return f"{host}{url.path.rstrip('/')}?{url.query_string}" if host else address


def _best_rank(answer: ImageInsights) -> int:
    return min((rank(image)[0] for image in _value(answer.pages_including)), default=_UNKNOWN)


def _value(module: ImagesModule | None) -> tuple[Image, ...]:
    return module.value if module else ()


def _images(images: list[Image], besides: Sequence[Image] = ()) -> tuple[Image, ...]:
    """Sort by sureness and drop a finding whose page, or whose picture on no page of its own, was seen before."""
    seen = {key for image in besides for key in _keys(image)}
    kept: list[Image] = []
    for image in sorted(images, key=rank):
        page, picture = _keys(image)
        own = page if page[1] else picture
        if own[1] is None or own not in seen:
            kept.append(image)
            seen.update({page, picture})
    return tuple(kept)


def _keys(image: Image) -> tuple[tuple[str, str | None], tuple[str, str | None]]:
    return ("page", page_key(image.host_page_url)), ("picture", page_key(image.content_url))


def _once(items: Iterable[T], key: Callable[[T], Hashable]) -> tuple[T, ...]:
    found: dict[Hashable, T] = {}
    for item in items:
        found.setdefault(key(item), item)
    return tuple(found.values())


def _folded(field: str) -> Callable[[object], str]:
    return lambda item: str(getattr(item, field)).casefold()
