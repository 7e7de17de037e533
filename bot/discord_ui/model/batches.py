"""Pictures fetched so far, and fetching more: on demand, without duplicates, never in an endless loop."""

from pydantic import BaseModel, ConfigDict

from bot.bing_v7 import Image, ImageAnswer, Note, SearchRequest
from bot.safesearch.place import Requester

from .ports import Judged, Service

MAX_KEPT = 500
"""Maximum pictures of a session; then the list counts as complete."""
MAX_DRY = 3
"""Maximum batches in a row without anything new; some providers repeat their last page for ever."""


class Fetched(BaseModel):
    """What a session has of its answer; ``next_offset`` is v7's ``nextOffset``."""

    model_config = ConfigDict(frozen=True)

    items: tuple[Image, ...] = ()
    next_offset: int | None = None
    complete: bool = False
    total: int | None = None
    dry: int = 0
    hidden: int = 0
    providers: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


def keys_of(image: Image) -> frozenset[str]:
    """Return what identifies a picture: its id and its address; two pictures that share one are the same."""
    return frozenset(
        f"{kind}:{value}"
        for kind, value in (("id", image.image_id), ("url", image.content_url or image.thumbnail_url))
        if value
    )


def merge(fetched: Fetched, answer: ImageAnswer, offset: int, hidden: int = 0) -> Fetched:
    """Return what is fetched after one more answer, asked for at ``offset``.

    Duplicates, and pictures without any address or id, are dropped. The list is complete when the answer names no next
    offset or one that does not advance, when it and those before it brought nothing new (``MAX_DRY`` in a row), or when
    ``MAX_KEPT`` is reached.
    """
    seen = {key for image in fetched.items for key in keys_of(image)}
    fresh: list[Image] = []
    for image in answer.value:
        keys = keys_of(image)
        if keys and not keys & seen:
            seen |= keys
            fresh.append(image)
    items = (*fetched.items, *fresh)[:MAX_KEPT]
    dry = 0 if fresh else fetched.dry + 1
    next_offset = answer.next_offset
    stuck = next_offset is None or next_offset <= offset
    provenance = answer.provenance
    return Fetched(
        items=items,
        next_offset=None if stuck else next_offset,
        complete=stuck or dry >= MAX_DRY or len(items) >= MAX_KEPT,
        total=answer.total_estimated_matches if answer.total_estimated_matches is not None else fetched.total,
        dry=dry,
        hidden=fetched.hidden + hidden,
        providers=tuple(dict.fromkeys((*fetched.providers, *(provenance.providers if provenance else ())))),
        notes=tuple(dict.fromkeys((*fetched.notes, *(provenance.notes if provenance else ())))),
    )


async def fetch_more(
    service: Service, requester: Requester, request: SearchRequest, fetched: Fetched, wanted: int
) -> tuple[Fetched, Judged[ImageAnswer] | None]:
    """Fetch batches until there are ``wanted`` pictures or no more; returns the last judged answer, None if none.

    Raises:
        ProviderError: the service could not answer; what was fetched before stays as it was.
    """
    last: Judged[ImageAnswer] | None = None
    while not fetched.complete and len(fetched.items) < wanted:
        offset = request.offset if fetched.next_offset is None else fetched.next_offset
        last = await service.search(requester, request.model_copy(update={"offset": offset}))
        fetched = merge(fetched, last.answer, offset, last.hidden.total)
    return fetched, last
