"""What an index holds, without what depends on when it was written."""

from typing import Any

from bot.collection.filters import PictureFilters
from bot.collection.model import Rating
from bot.collection.store import Store
from bot.collection.text.text_query import TextQuery

ALL = PictureFilters(ratings=tuple(rating.number for rating in Rating))


async def contents(store: Store) -> list[dict[str, Any]]:
    """Every picture, in the order of ids."""
    hits = await store.text(TextQuery(), ALL)
    pictures = sorted(await store.pictures(hits.image_ids), key=lambda picture: picture.image_id)
    points = await store.points(list(hits.image_ids))
    return [
        {
            "id": picture.image_id,
            "group": picture.group,
            "title": picture.credit.title,
            "rating": picture.rating.value,
            "keys": [place.key for place in picture.places],
            "looks": (picture.looks.copy_code, picture.looks.looks_code, picture.looks.colours, picture.looks.kind),
            "points": points[picture.image_id],
        }
        for picture in pictures
    ]
