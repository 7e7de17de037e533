"""What a chain changes in its members' answers: who found them, whose token a token is, and flags that are missing."""

from collections.abc import Iterable
from typing import TypeVar

from bot.bing_v7 import Attribution, Image, ImageAnswer, ImageInsights, Match, Provenance, TrendingImages
from bot.bing_v7.images import map_images

_Answer = TypeVar("_Answer", ImageAnswer, ImageInsights, TrendingImages)
_MARK = "~"
_ENGINE = "/"
"""Between the name of a provider and that of the engine it asked: ``searxng/bing``."""


class TokenOwners:
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

    def mark(self, answer: _Answer, name: str) -> _Answer:
        """Return the answer with every token in it marked: those of its pictures, wherever they stand, and its own."""

        def marked(image: Image) -> Image:
            token = image.image_insights_token
            return image.with_(image_insights_token=self._marked(token, name)) if token else image

        answer = map_images(answer, marked)
        if isinstance(answer, ImageInsights) and answer.image_insights_token:
            return answer.with_(image_insights_token=self._marked(answer.image_insights_token, name))
        return answer

    def _marked(self, token: str, name: str) -> str:
        return token if self.read(token)[0] is not None else f"{name}{_MARK}{token}"


def stamped(answer: _Answer, name: str) -> _Answer:
    """Return the answer with its provider's name on it, on every result and on how each match was found.

    An adapter cannot forget to name itself, and none can name another: only ``name`` and ``name/engine`` stay.
    """

    def named(image: Image) -> Image:
        changes: dict[str, Attribution | Match] = {}
        given, match = image.attribution, image.match
        if given is None:
            changes["attribution"] = Attribution(provider=name)
        elif not _is_of(given.provider, name):
            changes["attribution"] = given.with_(provider=name)
        if match is not None and not _is_of(match.provider, name):
            changes["match"] = match.with_(provider=name)
        return image.with_(**changes) if changes else image

    source = answer.provenance or Provenance()
    own = tuple(one for one in source.providers if _is_of(one, name))
    if own != source.providers or not own:
        source = source.with_(providers=own or (name,))
    return map_images(answer, named, results_only=True).with_(provenance=source)


def _is_of(given: str | None, name: str) -> bool:
    return given is not None and given.partition(_ENGINE)[0] == name


def says_adult(answer: ImageAnswer | ImageInsights | TrendingImages) -> bool:
    """True if a search's answer says of the question or of itself as a whole that it is about adult things.

    Pictures in it that carry no flag of their own are then no safe ones.
    """
    if not isinstance(answer, ImageAnswer):
        return False
    return answer.is_family_friendly is False or bool(answer.query_context and answer.query_context.adult_intent)


def clear_unflagged(answer: _Answer) -> _Answer:
    """Mark pictures that lack ``isFamilyFriendly`` as not family friendly, where the provider normally says it."""
    return map_images(
        answer,
        lambda image: image.with_(is_family_friendly=False) if image.is_family_friendly is None else image,
        results_only=True,
    )
