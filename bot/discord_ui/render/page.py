"""A page as a message: what all kinds of session share, and the cache of drawn pages."""

from dataclasses import replace

from cachetools import LRUCache

from bot.discord_ui.model.message import Card, Message
from bot.discord_ui.model.page import Offers, PageData
from bot.discord_ui.model.pager import Hider, View
from bot.discord_ui.model.session import Session
from bot.i18n import say, sentences

from . import gallery
from .controls import hidden_rows, panel_controls
from .kinds import page_view_of

REMEMBERED_PAGES = 6
"""Maximum drawn pages kept for a session; the most recent ones."""

_Place = tuple[int, View, int, bool, Hider | None]


def draw_page(data: PageData) -> Message:
    """Return the message of a page; every page has one, also without pictures."""
    if data.state.hidden_by is not None:
        return _hidden(data)
    message, content = page_view_of(data).draw(), data.content
    if content.spoiler and not content.private:
        message = _covered(message, content.locale)
    return _published(message, content)


def draw_panel(data: PageData, locale: str, *, may_block: bool) -> Message:
    """Return the panel of a page, in the language of the user who pressed."""
    page_view = page_view_of(
        replace(data, offers=replace(data.offers, site_blocks=data.offers.site_blocks or may_block))
    )
    page_view.reader = locale
    return panel_controls(page_view)


def _hidden(data: PageData) -> Message:
    locale = data.content.locale
    by = data.state.hidden_by or Hider.MEMBER
    who = say(locale, f"hidden-note-who-{by.value}" if data.offers.hiding else "hidden-note-dm")
    words = sentences((say(locale, f"hidden-note-{by.value}"), who), locale)
    if data.state.view is View.GALLERY:
        return gallery.note(words, hidden_rows(locale))
    return Message(cards=(Card(description=words),), rows=hidden_rows(locale))


def _covered(message: Message, locale: str) -> Message:
    """Return the message of a spoiler: a gallery covers its pictures; embeds cannot, so they go without."""
    if message.gallery is not None:
        items = tuple(replace(item, spoiler=True) for item in message.gallery.items)
        return replace(message, gallery=replace(message.gallery, items=items))
    if not any(card.image or card.thumbnail for card in message.cards):
        return message
    first, *_ = message.cards
    words = "\n".join(text for text in (say(locale, "note-spoiler"), first.description) if text)
    return replace(message, cards=(replace(first, description=words, image=None, thumbnail=None),), files=())


def _published(message: Message, content: Session) -> Message:
    if content.published and message.gallery is None:
        by = say(content.locale, "shared-by", user=f"<@{content.owner_id}>")
        return replace(message, text=by)
    return message


class PageCache:
    """The drawn pages of one session that have no uploads.

    A page shows level, titles and counts of its content, so any change of the content, even of its level, empties the
    cache. Callers have just judged the page that they ask for (``JudgedPage``): the cache saves drawing, not judging.
    """

    def __init__(self) -> None:
        self._content: Session | None = None
        self._pages: LRUCache[_Place, tuple[Offers, Message]] = LRUCache(REMEMBERED_PAGES)

    def page(self, data: PageData) -> Message:
        """Return the message of a page without uploads, drawn only if it was not yet."""
        if data.content is not self._content:
            self._content = data.content
            self._pages.clear()
        state = data.state
        place = (state.index, state.view, state.known, state.complete, state.hidden_by)
        found = self._pages.get(place)
        if found is not None and found[0] == data.offers:
            return found[1]
        message = draw_page(data)
        self._pages[place] = (data.offers, message)
        return message
