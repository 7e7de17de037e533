"""Where an operator's own models plug in. Nothing is shipped and nothing is fetched."""

from __future__ import annotations

from typing import Protocol

from bot.collection.arrays import Bytes, Floats
from bot.collection.model import Description, Rating


class ModelError(Exception):
    """The operator's model cannot be used; ``str()`` is a plain sentence that says why."""


def model_failure(error: Exception) -> str:
    """Return why a model failed: in words where those are ours, else the kind of error alone."""
    return str(error) if isinstance(error, ModelError) else type(error).__name__


class Rater(Protocol):
    """Rates pictures that nobody rated, while they are indexed; `.rating` has the one operators name.

    A rater can only keep pictures back: its "safe" counts for nothing, errors leave the picture unrated, and what
    the operator said of a picture is never changed.
    """

    @property
    def name(self) -> str:
        """A short name that changes with the rater: unrated pictures are then rated anew."""
        ...

    def rate(self, picture: Bytes) -> Rating | None:
        """Rate an RGB picture ``uint8 [h, w, 3]``; None for no opinion.

        Called in worker processes, so the rater must be picklable.
        """
        ...


class Embedder(Protocol):
    """Turns pictures into vectors that are near for pictures of like meaning; `.onnx_model` has one."""

    @property
    def name(self) -> str:
        """A short name that changes whenever older vectors cannot be compared any more: they are then made anew."""
        ...

    @property
    def floor(self) -> float | None:
        """The cosine from which two pictures are alike, as measured for this model; None: estimated from the index."""
        ...

    def embed(self, picture: Bytes) -> Floats:
        """The vector of an RGB picture ``uint8 [h, w, 3]``, ``float32 [d]`` of length 1.

        Called in threads and in a worker process, so the embedder must be picklable; whatever it raises costs only this
        picture's vector.
        """
        ...


class TextEmbedder(Protocol):
    """Turns words into vectors that are near those of the pictures that show them; `bot.collection.query` has one."""

    def embed(self, text: str) -> Floats:
        """The vector of words, ``float32 [d]`` of length 1, as long as those of the `Embedder` beside it.

        Called in threads; whatever it raises costs only this step of a search.
        """
        ...


class Describer(Protocol):
    """Says what is in pictures, for ``magpie index --describe``; `bot.collection.ingest.describing` has one."""

    @property
    def name(self) -> str:
        """A short name that changes whenever pictures should be described anew."""
        ...

    def describe(self, picture: Bytes) -> Description:
        """Describe an RGB picture ``uint8 [h, w, 3]``; labels are English names as in `bot.vocabulary`.

        Called in threads and in a worker process, so the describer must be picklable; whatever it raises costs only
        this picture's description.
        """
        ...
