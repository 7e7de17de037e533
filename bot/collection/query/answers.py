"""Pictures of the index as v7 objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from bot.bing_v7 import Image, InsightsMetadata, MediaSize
from bot.bing_v7.extensions import Match as MatchNote
from bot.bing_v7.provider import local_address
from bot.bing_v7.values import CreativeCommons, write_date, write_size
from bot.collection.licences import creative_commons
from bot.collection.model import Indexed, Rating, web_host
from bot.media.sizes import is_shown_as_it_is, made_into, thumbnail_size

from .lookup import CopyMatch

COLLECTION_NAME = "collection"
COLLECTION_TITLE = "Magpie's collection"
"""The source of pictures that have no page."""

_FRESH = timedelta(days=1)
_SHARED = 2048
"""Small objects that many pictures have alike are made once."""


def to_image(
    picture: Indexed,
    *,
    now: datetime,
    copies: Mapping[str, Sequence[Indexed]] | None = None,
    match: CopyMatch | None = None,
) -> Image:
    """Write a picture as a v7 image.

    Args:
        picture: which.
        now: for ``isFresh``.
        copies: near copies by group, for the counts of pages and sizes.
        match: how a reverse lookup came to it.
    """
    credit, looks = picture.credit, picture.looks
    word = creative_commons(credit.licence, credit.licence_url)
    discovered = write_date(picture.discovered)
    fields: dict[str, object] = {
        **_file_fields(picture),
        "name": _shortened(credit.title or " ".join(picture.tags[:4]).capitalize() or "Untitled picture", 100),
        "date_published": write_date(credit.published) if credit.published else discovered,
        "host_page_discovered_date": discovered,
        "image_insights_token": picture.image_id,
        "insights_metadata": _counts(picture, (copies or {}).get(picture.group, ())),
        "accent_color": looks.accent,
        "is_fresh": is_fresh(picture, now),
        "is_transparent": looks.transparent,
        "attribution": _attribution(picture, word),
        "is_family_friendly": family_friendly(picture.rating),
        "creative_commons": word.value if word else None,
        "description": credit.description or None,
        "match": match and _match_note(match),
    }
    return Image.model_validate({name: value for name, value in fields.items() if value is not None}).sharing_names()


def is_fresh(picture: Indexed, now: datetime) -> bool:
    """Whether a picture is new in the collection."""
    return now - picture.discovered < _FRESH


def _match_note(match: CopyMatch) -> MatchNote:
    note = MatchNote(confidence=match.confidence, provider=COLLECTION_NAME, score=match.score)
    return note.with_(share=match.share) if match.share < 1 else note


def _file_fields(picture: Indexed) -> dict[str, object]:
    """Where the picture and its page are, and what the file is like."""
    credit, looks = picture.credit, picture.looks
    page = credit.page or credit.original
    if is_shown_as_it_is(looks.encoding):
        encoding, width, height, size = looks.encoding, looks.width, looks.height, write_size(looks.size)
    else:  # its size in bytes is not known before it is made
        encoding, width, height = made_into(looks.width, looks.height, transparent=looks.transparent)
        size = None
    return {
        "image_id": picture.image_id,
        "content_url": local_address("picture", picture.image_id),
        "thumbnail_url": local_address("thumbnail", picture.image_id),
        "thumbnail": _media_size(*thumbnail_size(width, height)),
        "width": width,
        "height": height,
        "content_size": size,
        "encoding_format": encoding,
        "host_page_url": page or None,
        "host_page_display_url": _shown(page) or None,
        "url": credit.original or None,
    }


def family_friendly(rating: Rating) -> bool | None:
    """v7's flag for a rating: None where nobody rated the picture."""
    return None if rating is Rating.UNKNOWN else rating is Rating.SAFE


def _attribution(picture: Indexed, word: CreativeCommons | None) -> dict[str, object]:
    """Whose picture it is and on what terms."""
    credit = picture.credit
    page = credit.page or credit.original
    fields: dict[str, object] = {
        "title": credit.title,
        "author": credit.author,
        "license": credit.licence,
        "license_url": credit.licence_url,
        "source_name": web_host(page) or COLLECTION_TITLE,
        "source_url": page,
        "provider": COLLECTION_NAME,
    }
    return {k: v for k, v in fields.items() if v} | {"required": word is not CreativeCommons.PUBLIC}


@lru_cache(maxsize=_SHARED)
def _media_size(width: int, height: int) -> MediaSize:
    return MediaSize(width=width, height=height)


@lru_cache(maxsize=_SHARED)
def _metadata(pages: int, sizes: int) -> InsightsMetadata:
    return InsightsMetadata(pages_including_count=pages, available_sizes_count=sizes)


def _counts(picture: Indexed, copies: Sequence[Indexed]) -> InsightsMetadata:
    if not copies:
        return _metadata(len({place.credit.page or place.key for place in picture.places}), 1)
    all_of_it = {copy.image_id: copy for copy in (picture, *copies)}.values()
    pages = {place.credit.page or place.key for copy in all_of_it for place in copy.places}
    sizes = {(copy.looks.width, copy.looks.height) for copy in all_of_it}
    return _metadata(len(pages), len(sizes))


def _shown(page: str) -> str:
    try:
        parts = urlsplit(page)
    except ValueError:
        return ""
    return _shortened(f"{parts.netloc.removeprefix('www.')}{parts.path}".rstrip("/"), 70)


def _shortened(text: str, most: int) -> str:
    """Shorten a text at a word, as v7 does, with `` ...`` at the end."""
    if len(text) <= most:
        return text
    return text[: most - 4].rsplit(" ", 1)[0] + " ..."
