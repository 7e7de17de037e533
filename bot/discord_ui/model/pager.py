"""The pager: what a message shows, as a value, and how presses change it, as one pure function.

Buttons and reactions make the same actions, so they cannot disagree. ``index`` is the first picture of the page; it
always lies inside the pictures that are known, but for one case: after ``Next`` at the end of an incomplete list it
equals ``known``, which asks for more (``wants_more``); ``within_bounds()`` corrects it once they have been fetched.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

REMEMBERED_PRESSES = 8


class View(StrEnum):
    """How many pictures a page shows, and how."""

    SINGLE = "single"
    GRID = "grid"
    GALLERY = "gallery"

    @property
    def size(self) -> int:
        """Pictures a page."""
        return _SIZES[self]


_SIZES = {View.SINGLE: 1, View.GRID: 4, View.GALLERY: 6}


@dataclass(frozen=True, slots=True)
class Previous:
    """One page back; nothing happens on the first."""


@dataclass(frozen=True, slots=True)
class Next:
    """One page on; nothing happens on the last."""


@dataclass(frozen=True, slots=True)
class Jump:
    """To a page by its number, counted from 1; a number outside goes to the nearest page."""

    page: int


@dataclass(frozen=True, slots=True)
class Show:
    """Show in another view; the picture ``index`` (else the one shown) stays on the page."""

    view: View
    index: int | None = None


class Hider(StrEnum):
    """The role of the user who hid a page; no id is stored."""

    OWNER = "asker"
    MEMBER = "member"
    MODERATOR = "moderator"


@dataclass(frozen=True, slots=True)
class Hide:
    """Hide the pictures behind a note that says who did it."""

    by: Hider


@dataclass(frozen=True, slots=True)
class Restore:
    """Show again what was hidden."""


@dataclass(frozen=True, slots=True)
class Refresh:
    """Draw again."""


Paging = Previous | Next | Jump
"""Actions that only turn to another page."""
PagerAction = Paging | Show | Hide | Restore | Refresh


@dataclass(frozen=True, slots=True)
class PagerState:
    """What a message shows.

    ``known`` counts the pictures fetched, ``complete`` says that there are no more, ``recent`` holds the ids of the
    last presses so that one delivered twice acts once.
    """

    known: int = 0
    complete: bool = True
    index: int = 0
    view: View = View.SINGLE
    hidden_by: Hider | None = None
    recent: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """Pictures a page."""
        return _SIZES[self.view]

    @property
    def page(self) -> int:
        """Number of the page shown, from 1."""
        return self.index // self.size + 1

    @property
    def pages(self) -> int:
        """Number of pages known."""
        return -(-self.known // self.size)

    @property
    def single_page(self) -> bool:
        """True if there is no other page."""
        return self.complete and self.pages <= 1

    @property
    def turns(self) -> bool:
        """True if the page has others to turn to: something is shown, and there is more of it."""
        return self.known > 0 and not self.single_page and self.hidden_by is None

    @property
    def at_first(self) -> bool:
        """True on the first page."""
        return self.index == 0

    @property
    def at_last(self) -> bool:
        """True on the last page of a complete list."""
        return self.complete and self.index + self.size >= self.known

    @property
    def wants_more(self) -> bool:
        """True if the page has room for pictures that are not fetched yet."""
        return not self.complete and self.index + self.size > self.known


def reduce(state: PagerState, action: PagerAction, press: int | None = None) -> PagerState:
    """Return the state after an action; total, pure, and a second delivery of the same ``press`` changes nothing."""
    if press is not None and press in state.recent:
        return state
    if press is not None:
        state = replace(state, recent=(*state.recent, press)[-REMEMBERED_PRESSES:])
    match action:
        case Hide(by=by):
            return replace(state, hidden_by=state.hidden_by if state.hidden_by is not None else by)
        case Restore():
            return replace(state, hidden_by=None)
        case Show(view=view, index=index):
            kept = state.index if index is None else index
            return _at(replace(state, view=view), max(0, kept) // view.size * view.size)
        case _:
            return state if state.hidden_by is not None else _turn(state, action)


def within_bounds(state: PagerState, known: int, complete: bool) -> PagerState:
    """Return the state when ``known`` pictures are there: a page that has none gives way to the last that has some."""
    same = state.known == known and state.complete == complete
    if same and state.index < max(1, known):
        return state
    settled = replace(state, known=max(0, known), complete=complete)
    return replace(settled, index=min(settled.index, max(0, settled.pages - 1) * settled.size))


def at_place(state: PagerState, index: int | None) -> PagerState:
    """Return the state at the page that a message shows; an impossible index changes nothing."""
    possible = index is not None and 0 <= index < state.known and index % state.size == 0
    return replace(state, index=index or 0) if possible else state


def _turn(state: PagerState, action: PagerAction) -> PagerState:
    match action:
        case Previous():
            return _at(state, state.index - state.size)
        case Next():
            return _at(state, state.index + state.size)
        case Jump(page=page):
            return _at(state, (page - 1) * state.size)
        case _:
            return state


def _at(state: PagerState, index: int) -> PagerState:
    """Move to a page start, not before the first page and not behind the last (or the one still to be fetched)."""
    last = max(0, state.pages - 1) * state.size
    if not state.complete and last + state.size == state.known:
        last = state.known
    return replace(state, index=min(max(0, index), last))
