"""Pictures as the stores write them: a JSON text, and the columns that are searched."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

import orjson

from bot.bing_v7.sizes import is_wallpaper
from bot.collection.filters import aspect_number, colour_bits, size_number, type_bits
from bot.collection.licences import licence_bits
from bot.collection.model import Description, FileLocation, Indexed, Looks, PictureCredit, Rating, ordered

_APART = {"copy_code", "looks_code", "points", "words"}
_CREDIT = tuple(field.name for field in fields(PictureCredit))
_LOOKS = tuple(field.name for field in fields(Looks) if field.name not in _APART)
_credit_of, _looks_of = attrgetter(*_CREDIT), attrgetter(*_LOOKS)
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Columns(NamedTuple):
    """What is searched of a picture."""

    image_id: str
    rating: int
    aspect: int
    size: int
    wallpaper: int
    colours: int
    types: int
    licences: int
    width: int
    height: int
    bytes: int
    discovered: float
    gallery: str
    grp: str


def columns(picture: Indexed) -> Columns:
    """Work out the searched columns of a picture."""
    looks, credit = picture.looks, picture.credit
    return Columns(
        image_id=picture.image_id,
        rating=picture.rating.number,
        aspect=aspect_number(looks.width, looks.height),
        size=size_number(looks.width, looks.height),
        wallpaper=int(is_wallpaper(looks.width, looks.height)),
        colours=colour_bits(picture),
        types=type_bits(picture),
        licences=licence_bits(credit.licence, credit.licence_url),
        width=looks.width,
        height=looks.height,
        bytes=looks.size,
        discovered=picture.discovered.timestamp(),
        gallery=credit.gallery,
        grp=picture.group,
    )


def dump_picture(picture: Indexed) -> str:
    """Write what is not searched as JSON."""
    looks = dict(zip(_LOOKS, _looks_of(picture.looks), strict=True))
    wrote: dict[str, Any] = {"looks": looks, "places": [_place(place) for place in picture.places]}
    if picture.described is not None:
        wrote["described"] = {name: value for name, value in asdict(picture.described).items() if value}
    return _write(wrote)


def _place(place: FileLocation) -> dict[str, Any]:
    said = zip(_CREDIT, _credit_of(place.credit), strict=True)
    credit: dict[str, Any] = {name: value for name, value in said if value}
    if place.credit.published:
        credit["published"] = place.credit.published.isoformat()
    wrote = {"key": place.key, "size": place.size, "modified": place.modified, "stamp": place.stamp, "credit": credit}
    return wrote | ({"root": place.root} if place.root else {})


def load_picture(image_id: str, group: str, discovered: datetime, data: str, codes: tuple[bytes, bytes]) -> Indexed:
    """Read a picture back; `codes` are its copy code and looks code."""
    raw = orjson.loads(data)
    looks = raw["looks"] | {"colours": tuple(raw["looks"]["colours"])}
    return Indexed(
        image_id=image_id,
        looks=Looks(**looks, copy_code=codes[0], looks_code=codes[1]),
        places=ordered(_read_place(place) for place in raw["places"]),
        discovered=discovered,
        group=group,
        described=_read_description(raw.get("described")),
    )


def _read_description(raw: dict[str, Any] | None) -> Description | None:
    if raw is None:
        return None
    return Description(raw["model"], tuple(raw.get("labels", ())), raw.get("text", ""), raw.get("caption", ""))


def _read_place(raw: dict[str, Any]) -> FileLocation:
    credit = dict(raw["credit"])
    credit["tags"] = tuple(credit.get("tags", ()))
    credit["rating"] = Rating(credit.get("rating", Rating.UNKNOWN))
    if "published" in credit:
        credit["published"] = datetime.fromisoformat(credit["published"])
    return FileLocation(
        raw["key"], raw["size"], raw["modified"], raw["stamp"], PictureCredit(**credit), raw.get("root", "")
    )
