"""Sizes that answers declare before a picture is drawn, and that drawing keeps."""

STORED_WIDTH = 474
"""Width in pixels of v7's thumbnails at most. Source: section 10 of the v7 reference."""
STORED_HEIGHT = 4 * STORED_WIDTH
LARGEST_EDGE = 4096
"""Longest side in pixels of a picture that is written anew to be shown."""
AS_IT_IS = {
    "JPEG": ("image/jpeg", "jpg"),
    "PNG": ("image/png", "png"),
    "GIF": ("image/gif", "gif"),
    "WEBP": ("image/webp", "webp"),
    "AVIF": ("image/avif", "avif"),
}
"""What browsers and Discord show themselves: type and ending by kind. Everything else is made into JPEG or PNG."""
_AS_IT_IS = frozenset({"jpeg", "png", "gif", "animatedgif", "webp", "avif"})


def thumbnail_size(width: int, height: int) -> tuple[int, int]:
    """Return the size in pixels of the thumbnail of a picture, if no other is asked for."""
    factor = min(STORED_WIDTH / width, STORED_HEIGHT / height, 1.0)
    return max(1, round(width * factor)), max(1, round(height * factor))


def is_shown_as_it_is(encoding: str) -> bool:
    """Return whether a file of this ``encodingFormat`` is given to others as it is."""
    return encoding in _AS_IT_IS


def made_into(width: int, height: int, *, transparent: bool) -> tuple[str, int, int]:
    """Return what a picture becomes that is not shown as it is: ``encodingFormat``, width and height."""
    factor = min(1.0, LARGEST_EDGE / max(width, height))
    size = max(1, round(width * factor)), max(1, round(height * factor))
    return ("png" if transparent else "jpeg", *size)
