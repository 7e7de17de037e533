"""Query strings and headers to requests, and back: names and values in any case, the first problem as one error.

Source: the v7 parameter and header reference. Unknown parameters are ignored, an empty optional parameter counts as
not given, and of a repeated parameter the first counts, but of several SafeSearch levels the strictest.
"""

import ipaddress
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .errors import InvalidRequest
from .markets import is_market_code
from .parameters import Module, SafeSearch

_R = TypeVar("_R", bound=BaseModel)

HEADERS = {
    "accept_language": "Accept-Language",
    "client_id": "X-MSEdge-ClientID",
    "client_ip": "X-MSEdge-ClientIP",
    "location": "X-Search-Location",
}
"""Request fields that travel as headers."""

CROP = {"left": "cal", "top": "cat", "right": "car", "bottom": "cab"}
"""Fields of a crop and their parameters."""

MAX_VALUE = 200
"""Maximum characters of a value that an error names."""

CLIENT_ID = re.compile(r"[0-9A-Fa-f]{32}")
_LOCATION = re.compile(r"lat:-?\d+(?:\.\d+)?;\s*long:-?\d+(?:\.\d+)?;\s*re:\d+(?:\.\d+)?\w*(?:;.*)?", re.IGNORECASE)
_LEVEL = "safesearch"
_MISSING = frozenset({"missing", "nothing_given"})


NO_PARAMETERS = frozenset({"ct", "readText"})
"""Fields of a details request, by their aliases, that are no parameter of their own."""
READ_APART = NO_PARAMETERS | {"modules", "upload", "crop"}
"""Those, and the fields that are read and written in another way than one parameter each."""
_READ_APART_FOLDED = frozenset(name.casefold() for name in READ_APART)


def first_values(query: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the first value of each parameter by folded name, of ``safeSearch`` the strictest; without blank ones."""
    found: dict[str, str] = {}
    for name, value in query:
        if value.strip():
            folded = name.casefold()
            first = found.setdefault(folded, value)
            if first is not value and folded == _LEVEL:
                found[folded] = max(first, value, key=_strictness)
    return found


def _strictness(value: str) -> int:
    """Order SafeSearch levels; what is none comes last, so that it is refused wherever it stands."""
    try:
        return SafeSearch(value).strictness
    except ValueError:
        return len(SafeSearch)


def _readable_headers(headers: Mapping[str, str] | None) -> dict[str, str]:
    """Return request fields from headers; what is malformed is ignored, as v7 does."""
    folded = {name.casefold(): value.strip() for name, value in (headers or {}).items()}
    found = {field: folded.get(name.casefold(), "") for field, name in HEADERS.items()}
    if not CLIENT_ID.fullmatch(found["client_id"]):
        del found["client_id"]
    if not _LOCATION.fullmatch(found["location"]):
        del found["location"]
    if found["client_ip"] and not _is_ip_address(found["client_ip"]):
        del found["client_ip"]
    return {field: value for field, value in found.items() if value}


def _is_ip_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


@cache
def _plain_names(model: type[BaseModel]) -> dict[str, str]:
    """Return the names of a request's parameters by their folded form."""
    names = [field.alias or name for name, field in model.model_fields.items() if name not in HEADERS]
    return {name.casefold(): name for name in names}


def _general(model: type[BaseModel], given: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields whose parameter is one plain value."""
    names = _plain_names(model)
    values = {names[folded]: value for folded, value in given.items() if folded in names}
    market = values.get("mkt")
    if market is not None and not is_market_code(market):
        raise refused("mkt", market, "mkt must look like en-US")
    country = values.get("cc")
    if country is not None and not re.fullmatch(r"[A-Za-z]{2}", country):
        raise refused("cc", country, "cc must be a country code of two letters")
    return values


def read_request(model: type[_R], query: Iterable[tuple[str, str]], headers: Mapping[str, str] | None) -> _R:
    """Build a search or trending request.

    Raises:
        InvalidRequest: something is missing or has a value that is not allowed.
    """
    values = {**_general(model, first_values(query)), **_readable_headers(headers)}
    return _build(model, values)


def read_insights(
    model: type[_R], query: Iterable[tuple[str, str]], headers: Mapping[str, str] | None, upload: BaseModel | None
) -> _R:
    """Build a details request from a query string and an uploaded picture.

    Raises:
        InvalidRequest: no picture or several, or a parameter with a value that is not allowed.
    """
    given = first_values(query)
    plain = {name: value for name, value in given.items() if name not in _READ_APART_FOLDED}
    values: dict[str, Any] = {**_general(model, plain), **_readable_headers(headers)}
    if upload is not None:
        values["upload"] = upload
    if "imgUrl" in values and not _is_web_address(values["imgUrl"]):
        raise refused("imgUrl", values["imgUrl"], "imgUrl must be an http or https address")
    if "modules" in given:
        values["modules"] = read_modules(given["modules"])
    if given.get("ct", "0").strip().casefold() not in {"0", "rectangular"}:
        raise refused("ct", given["ct"], "ct must be 0 (rectangular)")
    crop = {field: given[name] for field, name in CROP.items() if name in given}
    if crop:
        values["crop"] = crop
    return _build(model, values)


def read_modules(text: str) -> frozenset[Module]:
    """Read a comma list of modules; people in a picture must be asked for alone and are left out otherwise.

    Raises:
        InvalidRequest: a word is no module.
    """
    words = [word.strip() for word in text.split(",") if word.strip()]
    modules: set[Module] = set()
    for word in words:
        try:
            modules.add(Module("Collections" if word.casefold() == "collection" else word))
        except ValueError:
            raise refused("modules", word, "modules must be a comma list of module names") from None
    if len(modules) > 1:
        modules.discard(Module.RECOGNIZED_ENTITIES)
    return frozenset(modules or {Module.ALL})


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text.strip())
        return parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _build(model: type[_R], values: dict[str, Any]) -> _R:
    try:
        return model(**values)
    except ValidationError as error:
        raise invalid_request(error) from None


def refused(parameter: str, value: str, reason: str) -> InvalidRequest:
    """Return the error for a parameter whose value is not allowed."""
    return InvalidRequest(reason, parameter=parameter, value=value[:MAX_VALUE])


def invalid_request(error: ValidationError) -> InvalidRequest:
    """Turn what is wrong with a request into one error: what is missing first, then the first bad value."""
    details = error.errors(include_url=False)
    first = next((detail for detail in details if detail["type"] in _MISSING), details[0])
    parameter = _parameter(first)
    missing = first["type"] in _MISSING
    value = None if missing else _shown(first.get("ctx", {}).get("value", first["input"]))
    return InvalidRequest(_sentence(parameter, first), parameter=parameter, value=value, missing=missing)


def _parameter(detail: ErrorDetails) -> str | None:
    """Return the v7 name of the parameter that a problem is about."""
    named = detail.get("ctx", {}).get("parameter")
    if named:
        return str(named)
    place = [str(part) for part in detail["loc"]]
    if place[:1] == ["crop"]:
        return CROP.get(place[-1], "cal")
    return place[0] if place else None


_WHOLE = frozenset({"int_parsing", "int_parsing_size", "int_from_float", "int_type"})
_NUMBER = frozenset({"float_parsing", "finite_number", "float_type"})


def _sentence(parameter: str | None, detail: ErrorDetails) -> str:
    """Return what is wrong, in words that name the parameter and what it may be."""
    kind, ctx, name = detail["type"], detail.get("ctx", {}), parameter or "the request"
    if kind == "missing":
        return f"{name} is missing"
    if kind == "greater_than_equal":
        return f"{name} must be at least {ctx['ge']}"
    if kind == "less_than_equal":
        return f"{name} must be at most {ctx['le']}"
    if kind in _WHOLE | _NUMBER:
        return f"{name} must be a {'whole number' if kind in _WHOLE else 'number'}"
    if kind == "enum":
        return f"{name} must be {ctx['expected'].replace(chr(39), '')}"
    return str(detail["msg"])


def _shown(value: object) -> str | None:
    """Return a value for an error; whole objects are not shown."""
    return str(value)[:MAX_VALUE] if isinstance(value, str | int | float) else None


def to_params(request: BaseModel) -> tuple[tuple[str, str], ...]:
    """Write the plain parameters of a request in the order of its fields; ``All`` filters nothing and is left out."""
    written: list[tuple[str, str]] = []
    for name, field in type(request).model_fields.items():
        value = getattr(request, name)
        if name in HEADERS or value is None or not isinstance(value, str | int):
            continue
        if isinstance(value, StrEnum) and value.value == "All":
            continue
        written.append((field.alias or name, str(value)))
    return tuple(written)


def to_headers(request: BaseModel) -> dict[str, str]:
    """Write the header fields of a request; ``Accept-Language`` is left out where ``setLang`` takes its place."""
    found = {header: getattr(request, field) for field, header in HEADERS.items()}
    if getattr(request, "set_lang", None):
        del found["Accept-Language"]
    return {header: value for header, value in found.items() if value}
