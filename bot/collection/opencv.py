"""OpenCV, loaded when it is first used: a bot needs its 20 MB only once somebody hands in a picture."""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import cv2
else:

    class _OpenCV:
        """Stands for the module; whatever is asked of it is looked up there, once."""

        def __getattr__(self, name: str) -> Any:
            found = getattr(importlib.import_module("cv2"), name)
            setattr(self, name, found)
            return found

    cv2 = _OpenCV()

__all__ = ["cv2"]
