"""Yandex's XML answer to a search by words: pictures, counts, and errors by number.

Facts: the service's published answer format of July 2025. Its parser is the standard library's, so a document that
declares entities is refused before it is read.
"""

from base64 import b64decode
from datetime import timedelta
from itertools import islice
from typing import NoReturn
from xml.etree import ElementTree as ET

from bot.bing_v7 import BadAnswer, InvalidRequest, Misconfigured, QuotaSpent, RateLimited, Unavailable
from bot.bing_v7.size_limits import MOST_ITEMS

Doc = dict[str, str]

_NO_RESULTS = 15
_TOO_MANY = 55
_SPENT = 32
_REQUEST = frozenset({1, 2, 18, 19, 48})
_KEY = frozenset({31, 33, 34, 42, 44, 100})


def read_xml(raw: str, provider: str) -> tuple[list[Doc], int | None]:
    """Read base64 of the XML: the pictures' fields by element name, and how many were found in all.

    Raises:
        BadAnswer: it is no such document.
        RateLimited, QuotaSpent, Misconfigured, InvalidRequest, Unavailable: by the number of its error.
    """
    try:
        document = b64decode(raw).decode()
        if "<!DOCTYPE" in document or "<!ENTITY" in document:
            raise BadAnswer("the answer declares entities", provider=provider)
        root = ET.fromstring(document)  # noqa: S314 (no document type gets this far)
    except (ValueError, ET.ParseError):
        raise BadAnswer("the answer is no XML", provider=provider) from None
    error = root.find("response/error")
    if error is not None:
        number = error.get("code", "")
        if number != str(_NO_RESULTS):
            _fail(int(number) if number.isdigit() else 0, provider)
        return [], 0
    docs = [_fields(doc) for doc in islice(root.iterfind("response/results/grouping/group/doc"), MOST_ITEMS)]
    return docs, _found(root)


def _fields(doc: ET.Element) -> Doc:
    """Return a document's texts; what stands under ``image-properties`` is closer to the picture, so it wins."""
    title = doc.find("title")
    inner = doc.find("image-properties")
    elements = [*doc, *(inner if inner is not None else ())]
    fields = {element.tag: words for element in elements if (words := (element.text or "").strip())}
    if title is not None:
        fields["title"] = "".join(title.itertext()).strip()
    return fields


def _found(root: ET.Element) -> int | None:
    counts = [found.text or "" for found in root.iterfind("response/found") if found.get("priority") == "all"]
    return next((int(count) for count in counts if count.isdigit()), None)


def _fail(code: int, provider: str) -> NoReturn:
    reason = f"error {code}"
    if code == _TOO_MANY:
        raise RateLimited(reason, retry_after=timedelta(seconds=1), provider=provider)
    if code == _SPENT:
        raise QuotaSpent(reason, provider=provider)
    if code in _KEY:
        raise Misconfigured(reason, provider=provider)
    if code in _REQUEST:
        raise InvalidRequest(reason, provider=provider)
    raise Unavailable(reason, provider=provider)
