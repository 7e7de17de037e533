"""Pages that were drawn already, or ahead of time: good for the very same content only."""

from cachetools import LRUCache

from bot.discord_ui.model.message import Message
from bot.discord_ui.model.page import Offers, PageData
from bot.discord_ui.model.pager import Hider, View
from bot.discord_ui.model.session import Content

from .page import draw

KEPT = 6
"""Pages a session remembers as they were drawn; the last ones that were seen."""

_Place = tuple[int, View, int, bool, Hider | None]


class Drawn:
    """The pages of one session that were drawn and have nothing to go up with them.

    A page says level, titles and counts of its content, so that other content, even another level, forgets them all.
    Whoever asks for a page has judged it just now (``JudgedPage``): what was drawn before is only drawn faster.
    """

    def __init__(self) -> None:
        self._content: Content | None = None
        self._pages: LRUCache[_Place, tuple[Offers, Message]] = LRUCache(KEPT)

    def page(self, scene: PageData) -> Message:
        """Return the message of a scene without uploads, drawn only if it was not yet."""
        if scene.content is not self._content:
            self._content = scene.content
            self._pages.clear()
        state = scene.state
        place = (state.index, state.view, state.known, state.complete, state.hidden_by)
        found = self._pages.get(place)
        if found is not None and found[0] == scene.offers:
            return found[1]
        message = draw(scene)
        self._pages[place] = (scene.offers, message)
        return message
