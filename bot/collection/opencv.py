"""OpenCV, loaded when it is first used: a bot needs its 20 MB only once somebody hands in a picture."""

import importlib
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import cv2
else:

    @cache
    def _loaded() -> ModuleType:
        """One thread: pictures are worked on side by side already, and a pool of all cores costs more than it gives.

        Of the recognizer's network on two cores 8 threads take 24 ms of processor time in place of 16, and no less of
        the clock's.
        """
        module = importlib.import_module("cv2")
        module.setNumThreads(1)
        return module

    class _OpenCV:
        """Stands for the module; whatever is asked of it is looked up there, once."""

        def __getattr__(self, name: str) -> Any:
            found = getattr(_loaded(), name)
            setattr(self, name, found)
            return found

    cv2 = _OpenCV()

__all__ = ["cv2"]
