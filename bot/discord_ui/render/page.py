"""A page as a message: which view draws it, and pages that have no pictures to show."""

from dataclasses import replace

from bot.discord_ui.model.filters import in_force
from bot.discord_ui.model.message import Card, Message
from bot.discord_ui.model.page import PageData
from bot.discord_ui.model.pager import Hider, View
from bot.discord_ui.model.sanitize import plain
from bot.discord_ui.model.session import Content, Kind
from bot.i18n import say, sentences

from . import gallery, grid, lookup, single
from .controls import empty_rows, hidden_rows
from .footer import footer, remarks


def draw(scene: PageData) -> Message:
    """Return the message of a scene; every scene has one, also without pictures."""
    if scene.state.hidden_by is not None:
        return _hidden(scene)
    if scene.content.kind is Kind.IDENTIFY:
        message = lookup.draw(scene)
    elif scene.shown:
        message = _VIEWS[scene.state.view](scene)
    else:
        return _empty(scene)
    if scene.content.spoiler and not scene.content.private:
        message = _covered(message, scene.content.locale)
    return _published(scene, message)


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


def _published(scene: PageData, message: Message) -> Message:
    if scene.content.published and message.gallery is None:
        by = say(scene.content.locale, "shared-by", user=f"<@{scene.content.asker_id}>")
        return replace(message, text=by)
    return message


_VIEWS = {View.SINGLE: single.draw, View.GRID: grid.draw, View.GALLERY: gallery.draw}


def _hidden(scene: PageData) -> Message:
    locale = scene.content.locale
    by = scene.state.hidden_by or Hider.MEMBER
    who = say(locale, f"hidden-note-who-{by.value}" if scene.offers.hiding else "hidden-note-dm")
    words = sentences((say(locale, f"hidden-note-{by.value}"), who), locale)
    if scene.state.view is View.GALLERY:
        return gallery.note(words, hidden_rows(scene))
    return Message(cards=(Card(description=words),), rows=hidden_rows(scene))


def _empty(scene: PageData) -> Message:
    locale = scene.content.locale
    lines = [empty_words(scene.content), *remarks(scene.content)]
    words = "\n".join(lines)
    if scene.state.view is View.GALLERY:
        return gallery.note(words, empty_rows(scene))
    card = Card(title=say(locale, "empty-title"), description=words, footer=footer(scene.content, scene.state))
    return Message(cards=(card,), rows=empty_rows(scene))


def empty_words(content: Content) -> str:
    """Return why a page has no pictures."""
    locale, query = content.locale, plain(content.title, 200)
    if content.fetched.hidden and content.kind is not Kind.TRENDING:
        return say(locale, "empty-hidden", query=query, count=content.fetched.hidden)
    match content.kind:
        case Kind.TRENDING:
            return say(locale, "empty-trending")
        case Kind.SIMILAR:
            return say(locale, "empty-similar")
        case _:
            filters = in_force(content.request, locale) if content.request else ""
            key = "empty-filtered" if filters else "empty-search"
            return say(locale, key, query=query, filters=filters)
