"""Web addresses in what people write, without the punctuation and Markdown around them."""

import re

_LINK = re.compile(r"https?://(?:(?!\]\()[^\s<>\"`|])+", re.IGNORECASE)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?|hei[cf]|jxl)(?=[^\x00-\x7f])", re.IGNORECASE)
"""The end of a file's name with letters of another script right behind it: a sentence that goes on without a space."""
_AFTER = ".,:;!?'*~…。、，！？：；」』】）”’»"  # noqa: RUF001 (marks of other scripts are meant)
"""What ends a sentence or a mark of Markdown, not an address."""
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def links_in(text: str) -> list[str]:
    """Return the web addresses of a text as they are meant, in order; one that stands twice is there twice."""
    return [_meant(found.group(), text[: found.start()]) for found in _LINK.finditer(text)]


def _meant(link: str, before: str) -> str:
    """Return a link without what does not belong to it; ``before`` is the text in front of it."""
    if file := _FILE.search(link):
        link = link[: file.end()]
    while link and _is_around(link, before):
        link = link[:-1]
    return link.replace("&amp;", "&")


def _is_around(link: str, before: str) -> bool:
    last = link[-1]
    if last == "_":
        return before.endswith("_")
    opening = _BRACKETS.get(last)
    return last in _AFTER or (opening is not None and link.count(last) > link.count(opening))
