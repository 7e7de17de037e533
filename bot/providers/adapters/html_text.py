"""Small pieces of HTML as plain text: what Commons, Wikifeeds and Vision write into titles and authors."""

import re
from html import unescape
from html.parser import HTMLParser

from bot.providers.http.decoding import web

_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<[a-zA-Z/!][^>]*>|&[#\w]+;")
_HIDDEN = {"script", "style"}
_BLOCKS = {"p", "div", "br", "li", "tr", "td", "th", "ul", "ol", "dl", "dd", "dt", "table"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.link: str | None = None
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN
        if tag in _BLOCKS:
            self.words.append(" ")
        if tag == "a" and self.link is None:
            address = dict(attrs).get("href") or ""
            self.link = web(f"https:{address}" if address.startswith("//") else address)

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN and self._hidden > 0
        if tag in _BLOCKS:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def read_html(markup: str | None) -> tuple[str | None, str | None]:
    """Return the plain text and the first absolute link of a piece of HTML; None where there is none."""
    if not markup:
        return None, None
    if not _TAG.search(markup):
        return squeeze(markup), None
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return squeeze("".join(reader.words)), reader.link


def plain(markup: str | None) -> str | None:
    """Return the plain text of a piece of HTML."""
    return read_html(markup)[0]


def squeeze(words: str) -> str | None:
    """Return the text with every run of white space made one space; None if nothing is left."""
    return _SPACE.sub(" ", unescape(words)).strip() or None
