"""Controls that look further: refined searches, trending tiles, similar pictures, details, credit."""

from dataclasses import replace

from bot.bing_v7 import Image, SearchRequest
from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.errors import Expired
from bot.discord_ui.model.judged import JudgedImage
from bot.discord_ui.model.message import Card, Field, Message
from bot.discord_ui.model.pager import PagerState
from bot.discord_ui.model.sanitize import cut, plain
from bot.discord_ui.model.session import Refinement, SearchSession, Session, TrendingSession
from bot.discord_ui.render.attribution import credit_markdown, credit_of, credit_text
from bot.discord_ui.sessions import queries
from bot.discord_ui.sessions.recheck import judged_image
from bot.i18n import say

from .component_interaction import ComponentInteraction
from .pager import change_to, copy_of

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


async def still_allowed(press: ComponentInteraction) -> JudgedImage:
    """Return the picture that a control names, judged anew.

    Raises:
        Expired: it is not there or not allowed any more.
    """
    judged = await judged_image(press.desk.service, press.requester, press.live.content, image_of(press))
    if judged is None:
        raise Expired
    return judged


def refined(content: SearchSession, chosen: Refinement, locale: str) -> SearchRequest:
    """Return the search behind a choice of the refine menu, filters kept."""
    if content.request is None:
        return queries.search_request(chosen.text, locale)
    return content.request.model_copy(update={"q": chosen.text, "offset": 0, "id": None})


def credit_message(judged: JudgedImage, locale: str) -> Message:
    """Return the ready attribution lines of a picture, to be copied."""
    credit = credit_of(judged.image, judged.providers)
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


async def on_refine(press: ComponentInteraction) -> None:
    """Search for a choice of the suggestions menu."""
    offered, number = press.content_as(SearchSession).suggestions, press.choice
    if number is None or number >= len(offered):
        raise Expired
    content = await press.judged_as(SearchSession)
    if offered[number] not in content.suggestions:
        raise Expired
    request = refined(content, offered[number], press.requester.locale)
    await change_to(press, lambda: queries.search(press.desk.service, press.requester, request))


async def on_tile(press: ComponentInteraction) -> None:
    """Search for a trending tile, its picture first."""
    number, tiles = press.control.number, press.content_as(TrendingSession).tiles
    if number is None or number >= len(tiles):
        raise Expired
    if tiles[number] not in (await press.judged_as(TrendingSession)).tiles:
        raise Expired
    tile = tiles[number]
    request = queries.search_request(tile.query.text, press.requester.locale, id=tile.image.image_id)
    view = await press.desk.view_at(press.interaction)
    await change_to(press, lambda: queries.search(press.desk.service, press.requester, request), view)


async def on_category(press: ComponentInteraction) -> None:
    """Show another category of trending searches."""
    content = press.content_as(TrendingSession)
    if press.choice is None:
        raise Expired
    chosen = content.in_category(press.choice)

    async def same() -> Session:
        return chosen

    await change_to(press, same)


async def on_similar(press: ComponentInteraction) -> None:
    """Show pictures like this one, privately."""

    async def find() -> None:
        judged, like = await still_allowed(press), press.live.content
        title = judged.image.name or like.title
        request = queries.similar_request(judged, press.requester.locale)
        content = await queries.similar(press.desk.service, press.requester, request, title, judged.image)
        content, state = content.with_(spoiler=like.spoiler), PagerState(view=press.live.state.view)
        await press.desk.open_privately(press.interaction, press.requester, content, state)

    await responses.in_time(press.interaction, find(), private=True, thinking=True)


async def on_credit(press: ComponentInteraction) -> None:
    """Show the ready lines of credit, privately."""
    judged = await still_allowed(press)
    await responses.privately(press.interaction, press.live.id, credit_message(judged, press.requester.locale))


async def on_picture(press: ComponentInteraction) -> None:
    """Open one picture of a grid or gallery, privately."""
    if press.choice is not None:
        placed = replace(press, control=press.control._replace(argument=str(press.choice)))
        await responses.in_time(press.interaction, copy_of(placed), private=True, thinking=True)
