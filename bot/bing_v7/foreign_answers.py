"""Answers from elsewhere made harmless: no addresses of our own pictures, no extensions in another shape.

Another service may use the names of `EXTENSIONS` for something else, or be a Magpie of another age; and nobody outside
may point at pictures that only this Magpie holds.
"""

from typing import Any, cast

from .answers import ImageAnswer, ImageInsights, TrendingImages
from .images import images_of
from .provider import LOCAL_SCHEME, local_image_id

EXTENSIONS = frozenset({"altText", "attribution", "depictions", "match", "pictureTexts", "provenance"})
_MARK = f"{LOCAL_SCHEME}:"


def points_at_ours(answer: ImageAnswer | ImageInsights | TrendingImages) -> bool:
    """True if a picture of the answer has an address that only our own providers give out."""
    return any(
        address is not None and address.startswith(_MARK)
        for image in images_of(answer)
        for address in (image.content_url, image.thumbnail_url)
    )


def without_local(value: Any) -> Any:
    """Return JSON without addresses of pictures that only we hold."""
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {name: without_local(item) for name, item in fields.items() if not _is_local(item)}
    if isinstance(value, list):
        return [without_local(item) for item in cast("list[Any]", value) if not _is_local(item)]
    return value


def without_extensions(value: Any) -> Any:
    """Return JSON without the objects that stand beside v7's."""
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {name: without_extensions(item) for name, item in fields.items() if name not in EXTENSIONS}
    if isinstance(value, list):
        return [without_extensions(item) for item in cast("list[Any]", value)]
    return value


def _is_local(value: object) -> bool:
    return isinstance(value, str) and local_image_id(value) is not None
