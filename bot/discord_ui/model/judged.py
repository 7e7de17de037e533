"""What may be shown: values that only the judging (``sessions.recheck``) can make, so that drawing cannot forget it."""

from dataclasses import InitVar, dataclass

from bot.bing_v7 import Image
from bot.discord_ui.model.pager import PagerState
from bot.discord_ui.model.session import Session


class _Seal:
    """What makes a judged value; nobody outside of this module has one."""


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
