"""Controls that look further: refined searches, trending tiles, similar pictures, details, credit."""

from dataclasses import replace

from bot.bing_v7 import Image, SearchRequest
from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.errors import Expired
from bot.discord_ui.model.message import Card, Field, Message
from bot.discord_ui.model.pager import PagerState
from bot.discord_ui.model.sanitize import cut, plain
from bot.discord_ui.model.session import Content, Kind
from bot.discord_ui.render.attribution import Credit, credit_markdown, credit_of, credit_text
from bot.discord_ui.sessions import queries
from bot.i18n import say

from .pager import ComponentInteraction, change_to, copy_of, handles

CREDIT_LIMIT = 990
"""A field holds 1024 characters, fences included."""


def image_of(press: ComponentInteraction) -> Image:
    """Return the picture that a control names by its place.

    Raises:
        Expired: it is no longer there.
    """
    number, items = press.control.number, press.live.content.items
    if number is None or number >= len(items):
        raise Expired
    return items[number]


async def still_allowed(press: ComponentInteraction) -> Image:
    """Return the picture that a control names, judged anew.

    Raises:
        Expired: it is not there or not allowed any more.
    """
    image = image_of(press)
    judged = await press.desk.service.allowed(press.requester, (image,), press.live.content.own)
    if not judged.answer:
        raise Expired
    return judged.answer[0]


def refined(content: Content, number: int | None, locale: str) -> SearchRequest | None:
    """Return the search behind a choice of the refine menu, filters kept; None if there is no such choice."""
    if number is None or number >= len(content.refinements):
        return None
    text = content.refinements[number].text
    if content.request is None:
        return queries.search_request(text, locale)
    return content.request.model_copy(update={"q": text, "offset": 0, "id": None})


def credit_message(credit: Credit, locale: str) -> Message:
    """Return the ready attribution lines, to be copied."""
    fields = [
        Field(say(locale, key), f"```\n{cut(text.replace('`', chr(39)), CREDIT_LIMIT)}\n```")
        for key, text in (
            ("credit-markdown", credit_markdown(credit, locale)),
            ("credit-plain", credit_text(credit, locale)),
        )
        if text and (key != "credit-markdown" or len(text) <= CREDIT_LIMIT)
    ]
    words = None if credit.license else say(locale, "credit-unknown-licence")
    title = plain(credit.title, 200) or say(locale, "untitled")
    description = f"{title}\n{words}" if words else title
    return Message(cards=(Card(title=say(locale, "credit-title"), description=description, fields=tuple(fields)),))


@handles("refine")
async def _refine(press: ComponentInteraction) -> None:
    content, service = press.live.content, press.desk.service
    request = refined(content, press.choice, press.requester.locale)
    if request is not None:
        await change_to(press, lambda: queries.search(service, press.requester, request, own=content.own))


@handles("tile")
async def _tile(press: ComponentInteraction) -> None:
    content, number = press.live.content, press.control.number
    category = content.categories[content.category] if content.categories else None
    if category is None or number is None or number >= len(category.tiles):
        raise Expired
    tile = category.tiles[number]
    request = queries.search_request(tile.query, press.requester.locale, id=tile.image_id)
    view = await press.desk.view_at(press.interaction)
    await change_to(press, lambda: queries.search(press.desk.service, press.requester, request, own=content.own), view)


@handles("category")
async def _category(press: ComponentInteraction) -> None:
    content = press.live.content
    if content.kind is not Kind.TRENDING or press.choice is None:
        raise Expired
    chosen = queries.in_category(content, press.choice)

    async def same() -> Content:
        return chosen

    await change_to(press, same)


@handles("similar")
async def _similar(press: ComponentInteraction) -> None:
    async def find() -> None:
        image = await still_allowed(press)
        like = press.live.content
        request, title = queries.similar_request(image, press.requester.locale), image.name or like.title
        content = await queries.similar(press.desk.service, press.requester, request, title, own=like.own)
        state = PagerState(view=press.live.state.view)
        await press.desk.open_privately(press.interaction, press.requester, content, state)

    await responses.in_time(press.interaction, find(), ephemeral=True, thinking=True)


@handles("credit")
async def _credit(press: ComponentInteraction) -> None:
    image = await still_allowed(press)
    credit = credit_of(image, press.live.content.fetched.providers)
    await responses.privately(press.interaction, press.live.id, credit_message(credit, press.requester.locale))


@handles("picture")
async def _picture(press: ComponentInteraction) -> None:
    if press.choice is not None:
        placed = replace(press, control=press.control._replace(argument=str(press.choice)))
        await responses.in_time(press.interaction, copy_of(placed), ephemeral=True, thinking=True)
