"""How each kind of session is drawn: its heading, its own controls, what it says when it is empty."""

from abc import abstractmethod

from bot.bing_v7 import Tile
from bot.discord_ui.model.filters import PANEL_FILTER, in_force, value_words, values_of
from bot.discord_ui.model.message import Button, Card, ControlRow, Message, Option, SelectMenu, Style
from bot.discord_ui.model.page import PageData
from bot.discord_ui.model.pager import View
from bot.discord_ui.model.sanitize import clean, clean_markdown
from bot.discord_ui.model.session import (
    LookupSession,
    S_co,
    SearchSession,
    SessionBase,
    SimilarSession,
    TrendingSession,
    label_of,
)
from bot.i18n import say

from . import gallery, grid, lookup, lookup_controls, single
from .attribution import image_credit
from .controls import empty_rows
from .footer import footer, remarks
from .page_view import PageView
from .suggestions import refine_select
from .web_searches import web_searches

_LAYOUTS = {View.SINGLE: single.draw_single, View.GRID: grid.draw_grid, View.GALLERY: gallery.draw_gallery}

LEAST_GROWTH = 1.5
"""Searches made less than this many times as often as usual are not said to be up."""


def page_view_of(data: PageData) -> PageView[SessionBase]:
    """Return the page as its kind of session draws it."""
    match data.content:
        case SearchSession() as content:
            return SearchView(data, content)
        case SimilarSession() as content:
            return SimilarView(data, content)
        case TrendingSession() as content:
            return TrendingView(data, content)
        case LookupSession() as content:
            return LookupView(data, content)


class _PicturesView(PageView[S_co]):
    """A page of pictures in one of the pager's views."""

    def draw(self) -> Message:
        """Return the message of the page; one without pictures says why."""
        return _LAYOUTS[self.state.view](self) if self.shown else self._empty()

    @abstractmethod
    def empty_words(self) -> str:
        """Return why the page has no pictures."""

    def _empty(self) -> Message:
        words = "\n".join([self.empty_words(), *remarks(self.content)])
        if self.state.view is View.GALLERY:
            return gallery.note(words, empty_rows(self))
        title = say(self.locale, "empty-hidden-title" if self.content.fetched.hidden else "empty-title")
        card = Card(title=title, description=words, footer=footer(self.content))
        return Message(cards=(card,), rows=empty_rows(self))


class SearchView(_PicturesView[SearchSession]):
    """A page of a search."""

    def heading(self, locale: str | None = None) -> str:
        """Return the query and the filters in force."""
        locale = locale or self.locale
        asked = say(locale, "head-search", query=clean(self.content.title, 200))
        filters = self._filters(locale)
        return clean(f"{asked} · {filters}" if filters else asked, single.TITLE_LIMIT)

    def empty_words(self) -> str:
        """Return whether all was hidden, or nothing found, with the filters in force."""
        query, hidden = clean_markdown(self.content.title, 200), self.content.fetched.hidden
        if hidden:
            return say(self.locale, "empty-hidden", query=query, count=hidden)
        filters = self._filters(self.locale)
        key = "empty-filtered" if filters else "empty-search"
        return say(self.locale, key, query=query, filters=filters)

    def first_line(self) -> str | None:
        """Return the sentence about a changed spelling."""
        altered, original = self.content.altered, clean_markdown(self.content.title, 200)
        if not altered:
            return None
        return say(self.locale, "showing-results-for", altered=clean_markdown(altered, 200), original=original)

    def choices(self) -> SelectMenu | None:
        """Return the menu of suggested searches."""
        return refine_select(self.content, self.locale)

    def panel_filter(self) -> SelectMenu | None:
        """Return the menu of colors, where somebody here can find by color."""
        request = self.content.request
        if request is None or PANEL_FILTER not in self.offers.filters:
            return None
        now = str(request.filters.get(PANEL_FILTER, ""))
        values = tuple(
            Option(value_words(PANEL_FILTER, value, self.locale), value, chosen=value == now)
            for value in values_of(PANEL_FILTER)
        )
        anything = (Option(say(self.locale, "filter-any"), "All"),) if now else ()
        return SelectMenu(PANEL_FILTER, say(self.locale, f"filter-label-{PANEL_FILTER}"), (*anything, *values))

    def message_buttons(self) -> tuple[Button, ...]:
        """Return the button for filters, where somebody here can apply one; none narrows what is empty already."""
        useful = self.offers.filters and (self.shown or (self.content.request and self.content.request.filters))
        return (Button("filter", say(self.locale, "button-filter")),) if useful else ()

    def empty_buttons(self) -> tuple[Button, ...]:
        """Return the button that takes the filters away."""
        if not (self.content.request and self.content.request.filters):
            return ()
        return (Button("unfiltered", say(self.locale, "button-without-filters"), style=Style.BLUE),)

    def empty_links(self) -> tuple[Button, ...]:
        """Return links that search the web for the same, where nothing was found rather than hidden."""
        request = self.content.request
        return web_searches(request.q, request.safe_search) if request and not self.content.fetched.hidden else ()

    def _filters(self, locale: str) -> str:
        return in_force(self.content.request, locale) if self.content.request else ""


class SimilarView(_PicturesView[SimilarSession]):
    """A page of pictures that look like one."""

    def heading(self, locale: str | None = None) -> str:
        """Return what the pictures are like."""
        return say(locale or self.locale, "head-similar", query=clean(self.content.title, 200))

    def empty_words(self) -> str:
        """Return whether all was hidden, or nothing found."""
        query, hidden = clean_markdown(self.content.title, 200), self.content.fetched.hidden
        return (
            say(self.locale, "empty-hidden", query=query, count=hidden) if hidden else say(self.locale, "empty-similar")
        )


class TrendingView(_PicturesView[TrendingSession]):
    """A page of trending searches, one a picture."""

    def heading(self, locale: str | None = None) -> str:
        """Return the category, and under one picture the search it stands for, unless that is the picture's title."""
        category = self.content.chosen
        words = say(locale or self.locale, "head-trending", category=clean(category.title if category else "", 80))
        tile = self._tile(self.state.index) if self.state.view is View.SINGLE else None
        label = clean(label_of(tile.query), 100) if tile else ""
        if tile is None or label.casefold() == clean(image_credit(tile.image).title).casefold():
            return words
        return clean(f"{words} · {label}", single.TITLE_LIMIT)

    def line_title(self, number: int) -> str | None:
        """Return the search that the picture stands for."""
        tile = self._tile(number)
        return label_of(tile.query) if tile else None

    def words_about(self, number: int) -> str | None:
        """Return how much more often than usual it is searched for, as far as that is known and worth a word."""
        tile = self._tile(number)
        growth = tile.growth if tile else None
        if growth is None:
            return None
        if growth.times is None:
            return say(self.locale, "trend-new")
        return say(self.locale, "trend-up", times=round(growth.times)) if growth.times >= LEAST_GROWTH else None

    def opening_button(self, number: int) -> Button:
        """Return the button that searches for what a picture of a grid stands for."""
        tile = self._tile(number)
        label = clean(label_of(tile.query), 30) if tile else ""
        return Button(f"tile:{number}", f"{number + 1} · {label}" if label else str(number + 1))

    def _tile(self, number: int) -> Tile | None:
        return self.content.tiles[number] if number < len(self.content.tiles) else None

    def empty_words(self) -> str:
        """Return that nothing is trending."""
        return say(self.locale, "empty-trending")

    def choices(self) -> SelectMenu | None:
        """Return the menu of categories."""
        categories = self.content.categories
        if len(categories) < 2:  # noqa: PLR2004 (one category is no choice)
            return None
        options = tuple(
            Option(clean(category.title, 100) or str(number + 1), str(number), chosen=number == self.content.category)
            for number, category in enumerate(categories[:25])
        )
        return SelectMenu("category", say(self.locale, "select-category"), options)

    def picture_buttons(self) -> tuple[Button, ...]:
        """Return the button that searches for what the picture stands for."""
        return (Button(f"tile:{self.state.index}", say(self.locale, "button-search-this"), style=Style.BLUE),)


class LookupView(PageView[LookupSession]):
    """A page of an identify answer."""

    def panel_rows(self) -> tuple[ControlRow | None, ...]:
        """Return what can be done with the open section beside the row under it."""
        return lookup_controls.further_rows(self, self.content.lookup)

    def draw(self) -> Message:
        """Return the open section of the answer."""
        return lookup.draw_lookup(self)

    def heading(self, locale: str | None = None) -> str:
        """Return the question that is answered."""
        return lookup.lookup_heading(self.content.lookup, locale or self.locale)
