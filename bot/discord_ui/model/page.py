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
    """A page that may be shown under ``rules``; only its own pictures were judged, not those of later pages.

    ``rests_on_ratings`` says of its content what the function of that name does, which looks at all its pictures.
    """

    content: Session
    state: PagerState
    rules: object
    rests_on_ratings: bool
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
    """Which controls may be offered: what the providers can do and the place allows."""

    similar: bool = False
    details: bool = False
    filters: frozenset[str] = frozenset()
    site_blocks: bool = False
    """The page is seen by one person alone, who may block sites here; whoever presses is checked again."""
    hiding: bool = False
    """Others can see the message, so hiding it makes sense."""
    everything: bool = False
    """Show all controls under the page itself: where only one user sees it and no panel could edit it."""


@dataclass(frozen=True, slots=True)
class PageData:
    """Everything that drawing a page needs: session id, judged page, uploads, controls to offer."""

    session: str
    page: JudgedPage
    offers: Offers = field(default_factory=Offers)
    uploads: PictureUploads = field(default_factory=dict[str, Picture])

    @property
    def content(self) -> Session:
        """The session without its pager state."""
        return self.page.content

    @property
    def state(self) -> PagerState:
        """The pager state."""
        return self.page.state

    @property
    def shown(self) -> tuple[Image, ...]:
        """The pictures of the page."""
        return self.page.shown
