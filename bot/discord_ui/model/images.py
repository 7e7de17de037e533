"""Which address of a picture a message shows, and pictures that are uploaded with it."""

import re
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from bot.bing_v7 import Image, Picture, local_id

from .message import Attached
from .sanitize import clean, safe_url

SMALLEST_THUMBNAIL = 200
"""Pixels; the picture itself is shown in place of a thumbnail known to be narrower."""
ALT_LIMIT = 1024
DEFAULT_UPLOAD = 10 * 1024 * 1024
"""Bytes a file, where Discord does not say how much is allowed."""

_EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp", "image/avif": "avif"}

PictureUploads = Mapping[str, Picture]
"""Pictures to upload with a message, by image id."""

PREVIEW = "parts"
"""Among the pictures to send along: the picture that was handed in, cut into numbered parts."""


def can_ask_about(image: Image) -> bool:
    """True if a picture can be handed to a reverse lookup: it has a token or a public address."""
    return bool(image.image_insights_token or safe_url(image.content_url))


def address_of(image: Image, uploads: PictureUploads, unloaded: Collection[str] = ()) -> str | None:
    """Return what an embed or gallery shows: ``attachment://``, else the provider's thumbnail, else the picture itself.

    Thumbnails are preferred because they are there when the picture's own site is gone or refuses to be linked;
    animations and pictures with a tiny thumbnail are shown themselves. An address of ``unloaded`` is not tried again,
    and its whole site only if there is no other. None if nothing can be shown.
    """
    image_id = local_id(image)
    if image_id is not None:
        picture = uploads.get(image_id)
        return f"attachment://{filename_of(image_id, picture)}" if picture else None
    thumbnail, own = safe_url(image.thumbnail_url), safe_url(image.content_url)
    narrow = image.thumbnail is not None and 0 < (image.thumbnail.width or 0) < SMALLEST_THUMBNAIL
    animated = (image.encoding_format or "").lower() in {"gif", "animatedgif"}
    wanted = (own, thumbnail) if narrow or animated else (thumbnail, own)
    if not unloaded:
        return wanted[0] or wanted[1]
    sites = {urlsplit(address).netloc for address in unloaded}
    left = [address for address in wanted if address and address not in unloaded]
    return next((address for address in left if urlsplit(address).netloc not in sites), left[0] if left else None)


def filename_of(image_id: str, picture: Picture) -> str:
    """Return a file name that is safe in an ``attachment://`` address: letters, digits, dash; never the uploader's."""
    stem = re.sub(r"[^A-Za-z0-9]+", "-", image_id).strip("-")[:40] or "picture"
    return f"magpie-{stem}.{_EXTENSIONS.get(picture.content_type, 'png')}"


def _alt_text(image: Image, seen: str | None) -> str | None:
    """Return what a screen reader says for a file: the picture's description, else what was seen, else its title."""
    return next((said for text in (image.description, seen, image.name) if (said := clean(text, ALT_LIMIT))), None)


def attached(images: tuple[Image, ...], uploads: PictureUploads, seen: str | None = None) -> tuple[Attached, ...]:
    """Return the files that a message with these pictures sends along; ``seen`` is what a model says they show."""
    local = {image_id: image for image in images if (image_id := local_id(image)) is not None and image_id in uploads}
    return tuple(
        Attached(filename_of(image_id, uploads[image_id]), uploads[image_id], _alt_text(image, seen))
        for image_id, image in local.items()
    )
