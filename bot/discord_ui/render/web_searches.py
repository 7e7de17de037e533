"""Links that search the web for a query without results: the user's browser asks, the bot does not.

The engines' own filters for adult pictures are switched on in the address unless Off is in force.
"""

from __future__ import annotations

from urllib.parse import quote

from bot.bing_v7 import SafeSearch
from bot.discord_ui.model.message import Button
from bot.discord_ui.model.sanitize import LINK_BUTTON_LIMIT, safe_url

_ENGINES = (
    ("Google", "https://www.google.com/search?tbm=isch&q=", "&safe=active"),
    ("Bing", "https://www.bing.com/images/search?q=", "&adlt=strict"),
    ("DuckDuckGo", "https://duckduckgo.com/?ia=images&iax=images&q=", "&kp=1"),
)
"""Name, address up to the words, and what switches the filter on."""


def web_searches(query: str, level: SafeSearch) -> tuple[Button, ...]:
    """Return link buttons for a query; one whose address Discord would not take is left out."""
    words = quote(" ".join(query.split()), safe="")
    if not words:
        return ()
    links = ((name, start + words + ("" if level is SafeSearch.OFF else strict)) for name, start, strict in _ENGINES)
    return tuple(Button(label=name, url=url) for name, url in links if safe_url(url, LINK_BUTTON_LIMIT))
