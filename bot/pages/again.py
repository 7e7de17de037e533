"""Pages whose day is over: what they were about is read from the message itself, and offered to be asked again."""

from typing import TYPE_CHECKING, Any

import discord

from bot.safesearch.place import Visitor
from bot.words import LOCALES, say

from . import asking, replies
from .content import Kind
from .custom_ids import new_session_id
from .errors import Expired, explain, log_error
from .message import Button, Card, Message, Style
from .state import PagerState
from .text import ELLIPSIS, bare

if TYPE_CHECKING:
    from .desk import Desk

_MARK = "\x00"


def asked_in(message: discord.Message | None) -> tuple[Kind, str] | None:
    """Return what an old message was about: a search and its words, or trending; None if it cannot be told."""
    for line in _heads(message):
        if (query := _between(line, "head-search", "query")) is not None:
            return Kind.SEARCH, query.removesuffix(ELLIPSIS)
        if (category := _between(line, "head-trending", "category")) is not None:
            return Kind.TRENDING, category.partition(" · ")[0]
    return None


async def tell_expired(interaction: discord.Interaction[Any]) -> None:
    """Say privately that the pages are over, with a button to ask again where it is known what was asked."""
    locale, asked = interaction.locale.value, asked_in(interaction.message)
    log_error(Expired())
    if asked is None:
        message = Message(text=say(locale, "error-expired-gone"))
        await replies.privately(interaction, new_session_id(), message)
        return
    kind, words = asked
    key, name = ("head-trending", "category") if kind is Kind.TRENDING else ("head-search", "query")
    card = Card(author=bare(say(locale, key, **{name: words}), 256), description=explain(Expired(), locale))
    button = Button("again", say(locale, "button-again"), style=Style.GREEN)
    await replies.privately(interaction, new_session_id(), Message(cards=(card,), rows=((button,),)))


async def ask_again(desk: "Desk", interaction: discord.Interaction[Any], visitor: Visitor) -> None:
    """Ask again what an expired message asked, and show it in place of the note about it."""
    asked = asked_in(interaction.message)
    if asked is None:
        raise Expired
    kind, words = asked
    await interaction.response.defer()
    if kind is Kind.TRENDING:
        content = await asking.trending(desk.service, visitor, private=True, category=words)
    else:
        request = asking.search_request(words, visitor.locale)
        content = await asking.search(desk.service, visitor, request, private=True)
    live, message = await desk.begin(interaction, visitor, content, PagerState())
    await replies.update(interaction, live.id, message)


def _heads(message: discord.Message | None) -> list[str]:
    if message is None:
        return []
    heads = [embed.author.name for embed in message.embeds[:1] if embed.author.name]
    for component in message.components:
        texts = (getattr(child, "content", None) for child in getattr(component, "children", ()))
        heads.extend(_unescaped(text) for text in texts if isinstance(text, str))
    return heads


def _unescaped(text: str) -> str:
    return text.strip("*").replace("\\", "").replace("\u200b", "")


def _between(line: str, key: str, name: str) -> str | None:
    for locale in LOCALES:
        before, _, after = say(locale, key, **{name: _MARK}).partition(_MARK)
        if line.startswith(before) and line.endswith(after) and len(line) > len(before) + len(after):
            return line[len(before) : len(line) - len(after)]
    return None
