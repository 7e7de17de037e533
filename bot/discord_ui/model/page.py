"""Everything a view needs to draw one page, as a value."""

from dataclasses import dataclass, field

from bot.bing_v7 import Image, Picture

from .images import Uploads
from .pager import PagerState
from .session import Content


@dataclass(frozen=True, slots=True)
class Offers:
    """What may be offered beside the pages: as far as the providers can and the place allows."""

    similar: bool = False
    details: bool = False
    filters: frozenset[str] = frozenset()
    site_blocks: bool = False
    """The page is seen by one person alone, who may block sites here; whoever presses is checked again."""
    hiding: bool = False
    """Others can see the message, so that there is somebody to protect from it."""


@dataclass(frozen=True, slots=True)
class PageData:
    """One page to be drawn: the session's name, content and state, the pictures to send along, what may be offered."""

    session: str
    content: Content
    state: PagerState
    offers: Offers = field(default_factory=Offers)
    uploads: Uploads = field(default_factory=dict[str, Picture])

    @property
    def shown(self) -> tuple[Image, ...]:
        """The pictures of the page."""
        return shown(self.content, self.state)


def shown(content: Content, state: PagerState) -> tuple[Image, ...]:
    """Return the pictures of the page that a state stands at."""
    return content.items[state.index : state.index + state.size]
