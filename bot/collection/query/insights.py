"""Insights into one picture: what it is a copy of, what is said of that, and what is alike.

Words come from copies alone. Pictures that are merely alike give neither a caption nor tags nor a search, and they are
named only above floors that mean something (tests/benchmarks/README.md): on a collection that has nothing like the
picture, nothing is alike.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.bing_v7 import (
    Confidence,
    Image,
    ImageCaption,
    ImageGallery,
    ImageInsights,
    ImagesModule,
    ImageTagsModule,
    InsightsRequest,
    Module,
    Note,
    NoteCode,
    Person,
    Provenance,
    Query,
    RelatedCollectionsModule,
    RelatedSearchesModule,
    Tag,
)
from bot.bing_v7.errors import InvalidRequest, NotSupported
from bot.bing_v7.extensions import COPY, Certainty, Depiction, PictureText
from bot.bing_v7.provider import local_address, local_image_id
from bot.bing_v7.requests import asked_language
from bot.collection.files import NotThere, read_indexed
from bot.collection.filters import PictureFilters, allowed_ratings
from bot.collection.hooks import Embedder
from bot.collection.model import Indexed, Rating
from bot.collection.store import CodeKind, Store
from bot.collection.text.text_query import Term, TextQuery
from bot.collection.text.tokens import tokens
from bot.media.service import Media
from bot.runtime.background import BackgroundTasks
from bot.vocabulary import pictures as vocabulary

from .answers import COLLECTION_NAME, COLLECTION_TITLE, to_image
from .lookup import CopyMatch, find_copies
from .sample import Sample, sample_of
from .search import by_group

_LOOK_ALIKE_BITS = 56
"""Codes for looks say nothing about meaning: only pictures that look nearly the same are alike by them."""
_FEW_TONES_FLOOR = 0.8
"""A screenshot's vector is near to that of any other (0.55 to 0.73), so it has to be nearer for the two to be alike."""
_MOST_ALIKE = 35
_DEPICTED = 3


def _shows(match: CopyMatch) -> bool:
    """True if the picture that was asked about surely shows the found one: not merely another version of it."""
    return match.confidence is not Confidence.MAYBE and match.step != "group"


def _is_rated_out(picture: Indexed | None, filters: PictureFilters) -> bool:
    """True if somebody rated a picture so that it may not be shown; one that nobody rated may be harmless."""
    rating = picture.rating if picture else Rating.UNKNOWN
    return rating is not Rating.UNKNOWN and rating.number not in filters.ratings


class Insights:
    """Answers reverse lookups from a store; never asks the network.

    Args:
        store: where the pictures are.
        media: decodes pictures.
        show_unrated: whether Moderate shows pictures that nobody rated.
        embedder: the model whose vectors say what is alike.
    """

    def __init__(self, store: Store, media: Media, *, show_unrated: bool, embedder: Embedder | None = None) -> None:
        self._store = store
        self._media = media
        self._show_unrated = show_unrated
        self._embedder = embedder
        self._background = BackgroundTasks("an identified picture could not be counted")

    async def settled(self) -> None:
        """Wait until everything is counted."""
        await self._background.settled()

    async def answer(self, request: InsightsRequest) -> ImageInsights:
        """Answer a reverse lookup.

        Raises:
            PictureRefused: the picture sent cannot be used.
            InvalidRequest: the token is unknown.
            NotSupported: the address is not one of the collection's.
        """
        now = datetime.now(UTC)
        filters = PictureFilters(ratings=allowed_ratings(request.safe_search, show_unrated=self._show_unrated))
        asked = await self._asked(request, filters)
        matches = await find_copies(self._store, asked.pixels, asked.image_id)
        held = {picture.image_id: picture for picture in await self._store.pictures([m.image_id for m in matches])}
        seen = [m for m in matches if m.image_id in held and held[m.image_id].rating.number in filters.ratings]
        withheld = sum(m.image_id in held for m in matches) - len(seen)
        sure = [m for m in seen if m.confidence is not Confidence.MAYBE]
        if sure and request.upload is not None:
            self._background.start(self._store.note_identified(sure[0].image_id, now))
        copies = [held[match.image_id] for match in sure]
        alike = await self._alike(asked, copies, {m.image_id for m in matches}, filters)
        fields = await self._fields(request, now, sure, copies, filters)
        maybe = [(m, held[m.image_id]) for m in seen if m.confidence is Confidence.MAYBE]
        if request.wants(Module.SIMILAR_IMAGES) and (maybe or alike):
            fields["visually_similar_images"] = ImagesModule(
                value=(
                    *(to_image(picture, now=now, match=match) for match, picture in maybe),
                    *(to_image(picture, now=now) for picture in alike),
                )
            )
        forbidden = any(_shows(m) and _is_rated_out(held.get(m.image_id), filters) for m in matches)
        detail = COPY if forbidden else None
        note = Note(code=NoteCode.WITHHELD, provider=COLLECTION_NAME, detail=detail, count=withheld)
        fields["provenance"] = Provenance(providers=(COLLECTION_NAME,), notes=(note,) if withheld else ())
        return ImageInsights.model_validate(fields)

    async def _asked(self, request: InsightsRequest, filters: PictureFilters) -> Sample:
        if request.upload is not None:
            data = request.upload.data
        else:
            data = await self._own_bytes(request, filters)
        return await sample_of(data, request, self._media, await self._useful_embedder())

    async def _useful_embedder(self) -> Embedder | None:
        """The model, where pictures have vectors of it to compare with; else it need not even be loaded."""
        model = self._embedder
        return model if model is not None and await self._store.has_vectors(model.name) else None

    async def _own_bytes(self, request: InsightsRequest, filters: PictureFilters) -> bytes:
        """The bytes of a picture of the collection that a token or an address names."""
        if request.insights_token is not None:
            image_id: str | None = request.insights_token.upper()
        else:
            address = request.img_url or ""
            image_id = local_image_id(address) or await self._store.by_address(address)
            if image_id is None:
                raise NotSupported("the collection knows only its own addresses", provider=COLLECTION_NAME)
        held = await self._store.pictures([image_id.upper()])
        if not held or held[0].rating.number not in filters.ratings:
            # A picture that the level forbids is not told apart from one that is not there.
            parameter = "insightsToken" if request.insights_token is not None else "imgUrl"
            raise InvalidRequest("the collection has no such picture", parameter=parameter, provider=COLLECTION_NAME)
        try:
            return await asyncio.to_thread(read_indexed, held[0])
        except NotThere as error:
            raise InvalidRequest("the picture's file is not there any more", provider=COLLECTION_NAME) from error

    async def _alike(
        self, asked: Sample, copies: Sequence[Indexed], known: set[str], filters: PictureFilters
    ) -> list[Indexed]:
        """Pictures that mean alike, then those described as the original is, then those that look the same.

        Vectors come first because they are right most often: of their first five 0.92 were of the same category, of
        ranks fused with the other two 0.83.
        """
        model, most = self._embedder, 4 * _MOST_ALIKE
        ranked: list[str] = []
        if model is not None and asked.vector is not None and asked.structured:
            floor = model.floor
            if floor is not None and asked.few_tones:
                floor = max(floor, _FEW_TONES_FLOOR)
            ranked += await self._store.like(model.name, asked.vector, most, floor)
        if copies:
            ranked += await self._described_alike(copies[0], filters)
        if asked.structured:
            near = await self._store.near(CodeKind.LOOKS, asked.looks[None], _LOOK_ALIKE_BITS, most)
            ranked += [found.image_id for found in near]
        ranked = [image_id for image_id in dict.fromkeys(ranked) if image_id not in known]
        held = await self._store.pictures(ranked[: 4 * _MOST_ALIKE])
        return [picture for picture in held if picture.rating.number in filters.ratings][:_MOST_ALIKE]

    async def _described_alike(self, picture: Indexed, filters: PictureFilters) -> tuple[str, ...]:
        texts = [*picture.tags[:6], *tokens(picture.credit.title)[:4]]
        terms = tuple(Term(tuple(tokens(text))) for text in texts if tokens(text))
        if not terms:
            return ()
        return (await self._store.text(TextQuery(all_of=(terms,)), filters, _MOST_ALIKE)).image_ids

    async def _fields(
        self,
        request: InsightsRequest,
        now: datetime,
        matches: Sequence[CopyMatch],
        copies: Sequence[Indexed],
        filters: PictureFilters,
    ) -> dict[str, object]:
        fields: dict[str, object] = {}
        best = copies[0] if copies else None
        tags = _tags(copies)
        if best is not None:
            fields["image_insights_token"] = best.image_id
            if request.wants(Module.CAPTION) and (caption := _caption(best, tags)) is not None:
                fields["image_caption"] = caption
            if request.wants(Module.PAGES_INCLUDING):
                fields["pages_including"] = ImagesModule(value=await self._pages(now, matches, copies))
            if request.wants(Module.COLLECTIONS) and best.credit.gallery:
                fields["related_collections"] = await self._galleries(best, filters)
            fields |= _machine_made(best, asked_language(request))
        query = _best_query(best, tags)
        if query and request.wants(Module.BRQ):
            fields["best_representative_query"] = Query(text=query, display_text=query)
        if tags and request.wants(Module.TAGS):
            fields["image_tags"] = ImageTagsModule(value=tuple(Tag(name=tag) for tag in tags[:12]))
        if tags and request.wants(Module.RELATED_SEARCHES):
            related = [Query(text=tag, display_text=tag) for tag in tags[:12] if tag != query]
            fields["related_searches"] = RelatedSearchesModule(value=tuple(related))
        return fields

    async def _pages(self, now: datetime, matches: Sequence[CopyMatch], copies: Sequence[Indexed]) -> tuple[Image, ...]:
        """One image for each page that shows a copy."""
        groups = by_group((await self._store.details([picture.image_id for picture in copies])).copies)
        images: list[Image] = []
        for match, picture in zip(matches, copies, strict=True):
            pages: set[str] = set()
            for place in picture.places:
                if place.credit.page not in pages or not pages:
                    pages.add(place.credit.page)
                    here = Indexed(picture.image_id, picture.looks, (place,), picture.discovered, picture.group)
                    images.append(to_image(here, now=now, copies=groups, match=match))
        return tuple(images)

    async def _galleries(self, best: Indexed, filters: PictureFilters) -> RelatedCollectionsModule:
        name = best.credit.gallery
        members = await self._store.gallery(name, filters, 1000)
        authors = {picture.credit.author for picture in await self._store.pictures(members[:50])}
        gallery = ImageGallery(
            name=name,
            source=COLLECTION_TITLE,
            images_count=len(members),
            thumbnail_url=local_address("thumbnail", (members or [best.image_id])[0]),
        )
        if len(authors) == 1 and authors != {""}:
            gallery = gallery.with_(creator=Person(name=authors.pop()))
        return RelatedCollectionsModule(value=(gallery,))


def _machine_made(picture: Indexed, language: str) -> dict[str, object]:
    """What a model said of the picture when it was indexed, with the model's name: people are told so."""
    described = picture.described
    if described is None:
        return {}
    named = [(vocabulary().named(label) or (None,))[0] for label in described.labels[:_DEPICTED]]
    names = [c.name(language) if c else label for c, label in zip(named, described.labels, strict=False)]
    said = dict.fromkeys([*names, described.caption] if described.caption else names)
    depictions = tuple(
        Depiction(name=name, certainty=Certainty.LOW, provider=COLLECTION_NAME, model=described.model) for name in said
    )
    texts = (PictureText(text=described.text, provider=COLLECTION_NAME),) if described.text else ()
    return {name: value for name, value in (("depictions", depictions), ("picture_texts", texts)) if value}


def _tags(copies: Sequence[Indexed]) -> list[str]:
    """Tags of the copies, those that most of them have first."""
    counts = Counter(tag for picture in copies for tag in picture.tags)
    return [tag for tag, _ in counts.most_common()]


def _best_query(best: Indexed | None, tags: Sequence[str]) -> str:
    if best is not None and best.credit.title:
        return best.credit.title
    return tags[0] if tags else ""


def _caption(best: Indexed, tags: Sequence[str]) -> ImageCaption | None:
    """What the operator says of the picture, in the operator's words; author and licence are in its attribution."""
    credit = best.credit
    text = credit.description or credit.title
    if not text:
        return None
    page = credit.page or credit.original or local_address("picture", best.image_id)
    related = tuple(Query(text=tag, display_text=tag) for tag in tags[:6])
    return ImageCaption(caption=text, data_source_url=page, related_searches=related)
