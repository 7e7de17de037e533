"""One page to be drawn: what was judged, and what may be offered beside it.

A judged value can be made by ``sessions.recheck`` alone, which holds the seal, so that drawing cannot forget to judge.
"""

from dataclasses import InitVar, dataclass, field

from bot.bing_v7 import Image, Picture

from .images import PictureUploads
from .pager import PagerState
from .session import Session


class _Seal:
    """What makes a judged value; only ``sessions.recheck`` may take it from here."""


_SEAL = _Seal()


@dataclass(frozen=True, slots=True)
class JudgedPage:
    """A page that may be shown at ``rules``, those of the moment it was made: everything in it but later pages."""

    content: Session
    state: PagerState
    rules: object
    seal: InitVar[_Seal]

    @property
    def shown(self) -> tuple[Image, ...]:
        """The pictures of the page."""
        return self.content.page(self.state)


@dataclass(frozen=True, slots=True)
class JudgedImage:
    """A picture that may be shown, and who found it for the session that it is of."""

    image: Image
    providers: tuple[str, ...]
    seal: InitVar[_Seal]


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
    everything: bool = False
    """All controls stand under the page itself, because nobody else sees them there and no panel could change it."""


@dataclass(frozen=True, slots=True)
class PageData:
    """One page to be drawn: the session's name, what was judged, the pictures to send along, what may be offered."""

    session: str
    page: JudgedPage
    offers: Offers = field(default_factory=Offers)
    uploads: PictureUploads = field(default_factory=dict[str, Picture])

    @property
    def content(self) -> Session:
        """The session but its pager state."""
        return self.page.content

    @property
    def state(self) -> PagerState:
        """Where the session stands."""
        return self.page.state

    @property
    def shown(self) -> tuple[Image, ...]:
        """The pictures of the page."""
        return self.page.shown
