"""Converts HTML in services' titles, authors and captions to plain text.

Tags go, entities are decoded once, and what a page would not show (``display: none``, scripts) is not shown here.
"""

import re
from html.parser import HTMLParser

from bot.providers.http.web_addresses import web

_MAX_CHARACTERS = 4_000
"""Characters of one text; longer ones are cut before they are read."""
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<[a-zA-Z/!][^>]*>|&[#\w]+;")
_HIDDEN = {"script", "style", "template", "head"}
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCKS = {"p", "div", "br", "li", "tr", "td", "th", "ul", "ol", "dl", "dd", "dt", "table"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.link: str | None = None
        self._unseen: list[str] = []
        """The hidden element and what is open inside it."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        hidden = tag in _HIDDEN or "hidden" in given or bool(_UNSEEN.search(given.get("style") or ""))
        if tag not in _VOID and (self._unseen or hidden):
            self._unseen.append(tag)
        if tag in _BLOCKS:
            self.words.append(" ")
        if tag == "a" and self.link is None and not self._unseen:
            self.link = web(given.get("href"))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            while self._unseen.pop() != tag:
                pass
        if tag in _BLOCKS:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(data)


def read_html(markup: str | None) -> tuple[str | None, str | None]:
    """Return the plain text and the first absolute link of a piece of HTML; None where there is none."""
    if not markup:
        return None, None
    markup = markup[:_MAX_CHARACTERS]
    if not _TAG.search(markup):
        return squeeze(markup), None
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return squeeze("".join(reader.words)), reader.link


def html_to_text(markup: str | None) -> str | None:
    """Return the plain text of a piece of HTML."""
    return read_html(markup)[0]


def squeeze(words: str) -> str | None:
    """Return the text with every run of white space made one space; None if nothing is left."""
    return _SPACE.sub(" ", words).strip() or None
