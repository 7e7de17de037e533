"""The interface of a page to be drawn; ``kinds.py`` implements it for each kind of session."""

from abc import ABC, abstractmethod
from typing import Generic

from bot.bing_v7 import Image
from bot.discord_ui.model.images import PictureUploads
from bot.discord_ui.model.message import Button, ControlRow, Message, SelectMenu
from bot.discord_ui.model.page import Offers, PageData
from bot.discord_ui.model.pager import PagerState
from bot.discord_ui.model.session import S_co
from bot.i18n import say


class PageView(ABC, Generic[S_co]):
    """A page to be drawn: its data, and the words and controls that its kind of session has."""

    def __init__(self, data: PageData, content: S_co) -> None:
        self.data = data
        self.content = content
        self.reader: str | None = None
        """The language of another user who sees it privately; None for that of the user who asked."""

    @property
    def state(self) -> PagerState:
        """The pager state."""
        return self.data.state

    @property
    def shown(self) -> tuple[Image, ...]:
        """The pictures of the page."""
        return self.data.shown

    @property
    def offers(self) -> Offers:
        """What may be offered beside the page."""
        return self.data.offers

    @property
    def uploads(self) -> PictureUploads:
        """The pictures that go up with the message."""
        return self.data.uploads

    @property
    def locale(self) -> str:
        """The reader's language: that of the user who asked, unless another user sees the page privately."""
        return self.reader or self.content.locale

    @property
    def few_controls(self) -> bool:
        """True if most controls of this page are in its panel, not below it."""
        return not self.offers.everything

    @abstractmethod
    def draw(self) -> Message:
        """Return the message of the page."""

    @abstractmethod
    def heading(self, locale: str | None = None) -> str:
        """Return the line above the page, by default in the language of the user who asked."""

    def first_line(self) -> str | None:
        """Return a sentence that stands first on the first page; None if there is none."""
        return None

    def choices(self) -> SelectMenu | None:
        """Return the menu below the pictures; None if there is no choice."""
        return None

    def panel_filter(self) -> SelectMenu | None:
        """Return the menu of a filter that stands in the panel beside the others; None if there is none."""
        return None

    def panel_rows(self) -> tuple[ControlRow | None, ...]:
        """Return the rows of the panel where a kind of session has its own; empty for the ordinary ones."""
        return ()

    def picture_buttons(self) -> tuple[Button, ...]:
        """Return the buttons that stand before the others under one picture."""
        return ()

    def words_about(self, number: int) -> str | None:  # noqa: ARG002 (kinds of sessions use it)
        """Return what there is to say of one picture, by its place among all, beside its origin; in markdown."""
        return None

    def line_title(self, number: int) -> str | None:  # noqa: ARG002 (kinds of sessions use it)
        """Return what a picture is called in the line of a grid, where that is not its own title."""
        return None

    def opening_button(self, number: int) -> Button:
        """Return the button that opens a picture of a grid, by its place among all; people see the place from 1."""
        return Button(f"picture:{number}", say(self.locale, "open-number", number=str(number + 1)))

    def message_buttons(self) -> tuple[Button, ...]:
        """Return the buttons that stand before the others in the last row."""
        return ()

    def empty_buttons(self) -> tuple[Button, ...]:
        """Return the buttons that stand before the others in the last row of a page without pictures."""
        return ()

    def empty_links(self) -> tuple[Button, ...]:
        """Return the links in a row of their own below a page without pictures."""
        return ()
