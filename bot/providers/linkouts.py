"""Links that open a picture in another service's reverse search: the user's browser asks, the bot does not.

They need a public address; Discord's attachment addresses end after about a day. SauceNAO's, trace.moe's, ascii2d's and
Yandex's pages may show adult pictures, so those links are shown only where Off is in force; Bing's also at Moderate.
"""

from dataclasses import dataclass
from urllib.parse import quote

from bot.bing_v7 import ALL_LEVELS, SafeSearch

from .http.web_addresses import web

_OFF = frozenset({SafeSearch.OFF})
MAX_BUTTON_URL = 512
"""Longest address that Discord takes for a link button."""


@dataclass(frozen=True, slots=True)
class LinkOut:
    """A service's page for a picture address, and the levels at which the link may be shown."""

    name: str
    title: str
    prefix: str
    levels: frozenset[SafeSearch]

    def address(self, picture: str) -> str:
        """Return the page's address for a picture's address."""
        return self.prefix + quote(picture, safe="")


LINK_OUTS = (
    LinkOut("lens", "Google Lens", "https://lens.google.com/uploadbyurl?url=", ALL_LEVELS),
    LinkOut("tineye", "TinEye", "https://tineye.com/search?url=", ALL_LEVELS),
    LinkOut(
        "bing",
        "Bing",
        "https://www.bing.com/images/search?view=detailv2&iss=sbi&q=imgurl:",
        frozenset({SafeSearch.OFF, SafeSearch.MODERATE}),
    ),
    LinkOut("yandex", "Yandex", "https://yandex.com/images/search?rpt=imageview&url=", _OFF),
    LinkOut("saucenao", "SauceNAO", "https://saucenao.com/search.php?url=", _OFF),
    LinkOut("tracemoe", "trace.moe", "https://trace.moe/?url=", _OFF),
    LinkOut("ascii2d", "ascii2d", "https://ascii2d.net/search/url/", _OFF),
)


def link_outs(picture: str | None, level: SafeSearch) -> list[tuple[LinkOut, str]]:
    """Return the links for a picture at a level, best first; none without a public address.

    A link that would be too long for a button is left out.
    """
    address = web(picture)
    if not address:
        return []
    links = [(link, link.address(address)) for link in LINK_OUTS if level in link.levels]
    return [(link, target) for link, target in links if len(target) <= MAX_BUTTON_URL]
