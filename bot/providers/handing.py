"""What a chain changes in its members' answers: whose token a token is, and flags that are missing."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from bot.bing_v7 import Image, ImageAnswer, ImageInsights, ImagesModule, TrendingImages

_Answer = TypeVar("_Answer", ImageAnswer, ImageInsights, TrendingImages)
_MARK = "~"


class Tokens:
    """Marks insights tokens with their provider's name, so that a token goes back to whoever understands it.

    Args:
        names: the providers' names.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)

    def read(self, token: str | None) -> tuple[str | None, str | None]:
        """Return the provider whose token it is (None: nobody's mark) and the provider's own token."""
        name, mark, own = (token or "").partition(_MARK)
        return (name, own) if mark and name in self._names else (None, token)

    def mark(self, images: Sequence[Image], name: str) -> tuple[Image, ...]:
        """Return the pictures with marked tokens."""
        return tuple(
            image.with_(image_insights_token=self._marked(image.image_insights_token, name))
            if image.image_insights_token
            else image
            for image in images
        )

    def mark_insights(self, answer: ImageInsights, name: str) -> ImageInsights:
        """Return a lookup's answer with marked tokens."""
        changes: dict[str, object] = {
            field: module.with_(value=self.mark(module.value, name))
            for field in ("pages_including", "visually_similar_images", "visually_similar_products")
            if isinstance(module := getattr(answer, field), ImagesModule)
        }
        if answer.image_insights_token:
            changes["image_insights_token"] = self._marked(answer.image_insights_token, name)
        return answer.with_(**changes)

    def _marked(self, token: str | None, name: str) -> str | None:
        owned = token is None or self.read(token)[0] is not None
        return token if owned else f"{name}{_MARK}{token}"


def clear_unflagged(answer: _Answer) -> _Answer:
    """Mark pictures that lack ``isFamilyFriendly`` as not family friendly, where the provider normally says it."""
    if isinstance(answer, ImageAnswer):
        return answer.with_(value=_flagged(answer.value))
    if isinstance(answer, TrendingImages):
        return answer.with_(
            categories=tuple(
                category.with_(tiles=tuple(tile.with_(image=_flagged((tile.image,))[0]) for tile in category.tiles))
                for category in answer.categories
            )
        )
    changes = {
        field: module.with_(value=_flagged(module.value))
        for field in ("pages_including", "visually_similar_images", "visually_similar_products")
        if isinstance(module := getattr(answer, field), ImagesModule)
    }
    return answer.with_(**changes)


def _flagged(images: Sequence[Image]) -> tuple[Image, ...]:
    return tuple(
        image.with_(is_family_friendly=False) if image.is_family_friendly is None else image for image in images
    )
