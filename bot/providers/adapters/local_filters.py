"""Filters that Magpie applies itself, on what an answer says of its pictures.

A picture whose size is not known cannot be shown to fit, so it is left out. Sizes and shapes: `bot.bing_v7.sizes`.
"""

from collections.abc import Callable, Iterable

from bot.bing_v7 import Aspect, Image, SearchRequest
from bot.bing_v7.sizes import aspect_of, has_size

DIMENSIONS = frozenset({"width", "height", "minWidth", "maxWidth", "minHeight", "maxHeight"})
SHAPES = DIMENSIONS | {"aspect", "size"}
"""v7 names of the filters that need no more than width and height."""
FILE_SIZES = frozenset({"minFileSize", "maxFileSize"})

_SIDES: dict[str, Callable[[int, int, int], bool]] = {
    "width": lambda width, _, wanted: width == wanted,
    "height": lambda _, height, wanted: height == wanted,
    "minWidth": lambda width, _, wanted: width >= wanted,
    "maxWidth": lambda width, _, wanted: width <= wanted,
    "minHeight": lambda _, height, wanted: height >= wanted,
    "maxHeight": lambda _, height, wanted: height <= wanted,
}


def fits(image: Image, request: SearchRequest) -> bool:
    """Say whether a picture passes the request's filters on width, height, shape, size and file size."""
    wanted = request.filters
    if SHAPES & wanted.keys():
        if not image.width or not image.height:
            return False
        width, height = image.width, image.height
        if not all(_SIDES[name](width, height, int(str(wanted[name]))) for name in DIMENSIONS & wanted.keys()):
            return False
        if request.aspect not in {None, Aspect.ALL, aspect_of(width, height)}:
            return False
        if request.size is not None and not has_size(width, height, request.size):
            return False
    if FILE_SIZES & wanted.keys():
        size = image.content_bytes
        least, most = request.min_file_size or 0, request.max_file_size
        return size is not None and size >= least and (most is None or size <= most)
    return True


def narrow(images: Iterable[Image], request: SearchRequest) -> tuple[Image, ...]:
    """Return the pictures that pass."""
    return tuple(image for image in images if fits(image, request))
