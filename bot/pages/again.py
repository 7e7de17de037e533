"""Pages whose day is over: saying so, and asking the very same again.

A press is answered privately. A reaction cannot be, so the message itself says it, once, without a new message.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import discord

from bot.bing_v7 import InsightsRequest, TrendingRequest
from bot.retrying import retrying
from bot.safesearch.place import Visitor
from bot.words import say

from . import asking, ended, replies
from .content import Content, Kind
from .custom_ids import new_session_id
from .desk import Desk
from .errors import Expired, explain, log_error
from .insights_content import for_others
from .message import Button, Card, Message, Style
from .past import Past, can_ask_again
from .rejudge import judged_words
from .signs import withdraw
from .single import head
from .state import View

log = logging.getLogger(__name__)

AskAgain = Callable[[Desk, discord.Interaction[Any], Visitor, Past], Awaitable[None]]
"""Asks again what a past session asked, and opens the answer in the place that the interaction keeps."""
_ASK_AGAIN: dict[Kind, AskAgain] = {}


def asks_again(*kinds: Kind) -> Callable[[AskAgain], AskAgain]:
    """Register how sessions of some kinds are asked again."""

    def register(ask: AskAgain) -> AskAgain:
        _ASK_AGAIN.update(dict.fromkeys(kinds, ask))
        return ask

    return register


async def tell_expired(desk: Desk, interaction: discord.Interaction[Any], visitor: Visitor, session: str) -> None:
    """Say privately that the pages are over, with a button to ask again what they asked, if that is still known."""
    locale = interaction.locale.value
    trace = f"\n-# {say(locale, 'error-trace', trace=log_error(Expired()))}"
    past = await _seen_by(desk, visitor, await desk.live.past(session))
    if past is None:
        await replies.privately(interaction, new_session_id(), Message(text=say(locale, "error-expired-gone") + trace))
        return
    if not _can(past):
        words = say(locale, "error-expired-picture") + trace
        await replies.privately(interaction, past.id, Message(text=words))
        return
    card = Card(author=_head(past.content, locale), description=explain(Expired(), locale) + trace)
    await replies.privately(interaction, past.id, Message(cards=(card,), rows=((_button(locale),),)))


async def ask_again(desk: Desk, interaction: discord.Interaction[Any], visitor: Visitor, session: str) -> None:
    """Ask again what a session asked, with every filter, in the same view, as private as it was.

    The asker gets a public answer in public again: in the message that offers it, if it is the old one, else in a new
    one. Anybody else gets a private one.

    Raises:
        ProviderError: there is no answer.
    """
    past = await _seen_by(desk, visitor, await desk.live.past(session))
    if past is None or not _can(past):
        await tell_expired(desk, interaction, visitor, session)
        return
    private = past.content.private or visitor.user_id != past.content.asker_id
    note = interaction.message
    on_a_note = note is not None and note.flags.ephemeral
    interaction.extras["private"] = private
    if private and not on_a_note:
        await interaction.response.defer(ephemeral=True, thinking=True)
    else:
        await interaction.response.defer()
    if on_a_note and not private:
        interaction.extras["elsewhere"] = True
    elif not private or on_a_note:
        interaction.extras["in_place"] = True
        interaction.extras["message_id"] = note.id if note is not None else None
    await _ASK_AGAIN[past.content.kind](desk, interaction, visitor, past)
    if interaction.extras.get("elsewhere"):
        await replies.withdraw(interaction)


async def reacted(desk: Desk, past: Past, channel_id: int, message_id: int, guild_id: int | None) -> None:
    """Have the message of an ended session say so, once: its controls give way to a note and a button to ask again."""
    await desk.live.end(past, message_id)
    locale = past.content.locale
    can = _can(past)
    words = say(locale, "error-expired" if can else "error-expired-picture")
    message = desk.client.get_partial_messageable(channel_id, guild_id=guild_id).get_partial_message(message_id)
    try:
        await _say_in(message, past, words, _button(locale) if can else None)
    except discord.HTTPException as error:
        log.info("the message of the ended session %s cannot say so: %s", past.id, error)
    else:
        await withdraw(message, desk.client)


async def _say_in(message: discord.PartialMessage, past: Past, words: str, button: Button | None) -> None:
    if past.view is View.GALLERY:
        shown = await message.fetch()
        arguments = ended.gallery(shown, past.id, words, button)
    else:
        arguments = ended.card(past.content, past.id, words, button)
    await retrying(lambda: message.edit(**arguments))


@asks_again(Kind.SEARCH, Kind.SIMILAR, Kind.TRENDING)
async def _pages(desk: Desk, interaction: discord.Interaction[Any], visitor: Visitor, past: Past) -> None:
    content = await _asked(desk, visitor, past.content)
    if content is not None:
        await desk.open(interaction, visitor, content, past.view)


async def _asked(desk: Desk, visitor: Visitor, asked: Content) -> Content | None:
    service, own = desk.service, asked.own
    match asked.kind:
        case Kind.SEARCH if asked.request is not None:
            return await asking.search(service, visitor, asked.request, own=own)
        case Kind.SIMILAR if asked.extra:
            request = InsightsRequest.model_validate_json(asked.extra)
            return await asking.similar(service, visitor, request, asked.title, own=own)
        case Kind.TRENDING if asked.extra:
            trends = TrendingRequest.model_validate_json(asked.extra)
            category = asked.categories[0].title if asked.categories else ""
            return await asking.trending(service, visitor, own=own, category=category, request=trends)
        case _:
            return None


async def _seen_by(desk: Desk, visitor: Visitor, past: Past | None) -> Past | None:
    """Return a past session as somebody may see it here and now: not the way to what another person handed in."""
    if past is None:
        return None
    content = past.content if visitor.user_id == past.content.asker_id else for_others(past.content)
    judged = await judged_words(desk.service, visitor, content)
    if judged.title != content.title or judged.categories != content.categories:
        return None
    return replace(past, content=judged)


def _can(past: Past) -> bool:
    return past.content.kind in _ASK_AGAIN and can_ask_again(past.content)


def _head(content: Content, locale: str) -> str:
    if content.kind is Kind.IDENTIFY:
        return say(locale, "insights-head")
    return head(content.with_(locale=locale))


def _button(locale: str) -> Button:
    return Button("again", say(locale, "button-again"), style=Style.GREEN)
