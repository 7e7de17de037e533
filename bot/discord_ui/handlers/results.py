"""Controls of results: refined searches, trending tiles, similar pictures, one picture, credit."""

from dataclasses import replace

from bot.bing_v7 import Image, SearchRequest
from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.errors import Outdated
from bot.discord_ui.model.message import Card, Field, Message
from bot.discord_ui.model.page import JudgedImage
from bot.discord_ui.model.pager import PagerState, View
from bot.discord_ui.model.sanitize import clean_markdown, shorten
from bot.discord_ui.model.session import Refinement, SearchSession, Session, TrendingSession
from bot.discord_ui.render.attribution import credit_markdown, credit_text, image_credit
from bot.discord_ui.sessions import new_session
from bot.discord_ui.sessions.recheck import judged_image
from bot.i18n import say

from .component_interaction import ComponentInteraction
from .pager import change_to, copy_of, draw_again

CREDIT_LIMIT = 990
"""A field holds 1024 characters, fences included."""


def named_image(event: ComponentInteraction) -> Image:
    """Return the picture that a control names by its place.

    Raises:
        Outdated: it is no longer there.
    """
    number, items = event.control.number, event.active.content.items
    if number is None or number >= len(items):
        raise Outdated
    return items[number]


async def still_allowed(event: ComponentInteraction) -> JudgedImage:
    """Return the picture that a control names, judged again; if it is not allowed, its page is drawn again.

    It is called before the press is answered or deferred as anything but a change of its message (`draw_again`).

    Raises:
        Outdated: it is not there or not allowed any more.
    """
    judged = await judged_image(event.sessions.service, event.requester, event.active.content, named_image(event))
    if judged is None:
        await draw_again(event)
        raise Outdated
    return judged


def refined(content: SearchSession, chosen: Refinement, locale: str) -> SearchRequest:
    """Return the search behind a choice of the refine menu, filters kept."""
    if content.request is None:
        return new_session.search_request(chosen.text, locale)
    return content.request.model_copy(update={"q": chosen.text, "offset": 0, "id": None})


def credit_message(judged: JudgedImage, locale: str) -> Message:
    """Return the ready attribution lines of a picture, to be copied."""
    credit = image_credit(judged.image, judged.providers)
    fields = [
        Field(say(locale, key), f"```\n{shorten(text.replace('`', chr(39)), CREDIT_LIMIT)}\n```")
        for key, text in (
            ("credit-markdown", credit_markdown(credit, locale)),
            ("credit-plain", credit_text(credit, locale)),
        )
        if text and (key != "credit-markdown" or len(text) <= CREDIT_LIMIT)
    ]
    words = None if credit.license else say(locale, "credit-unknown-licence")
    title = clean_markdown(credit.title, 200) or say(locale, "untitled")
    description = f"{title}\n{words}" if words else title
    return Message(cards=(Card(title=say(locale, "credit-title"), description=description, fields=tuple(fields)),))


async def on_refine(event: ComponentInteraction) -> None:
    """Search for the suggestion that was chosen."""
    offered, number = event.content_as(SearchSession).suggestions, event.choice
    if number is None or number >= len(offered):
        raise Outdated
    content = await event.judged_as(SearchSession)
    if offered[number] not in content.suggestions:
        await draw_again(event)
        raise Outdated
    request = refined(content, offered[number], event.requester.locale)
    await change_to(event, lambda: new_session.search_session(event.sessions.service, event.requester, request))


async def on_tile(event: ComponentInteraction) -> None:
    """Search for a trending tile, its picture first."""
    number, tiles = event.control.number, event.content_as(TrendingSession).tiles
    if number is None or number >= len(tiles):
        raise Outdated
    if tiles[number] not in (await event.judged_as(TrendingSession)).tiles:
        await draw_again(event)
        raise Outdated
    tile = tiles[number]
    request = new_session.search_request(tile.query.text, event.requester.locale, id=tile.image.image_id)
    view = await event.sessions.view_at(event.interaction) or View.SINGLE
    await change_to(event, lambda: new_session.search_session(event.sessions.service, event.requester, request), view)


async def on_category(event: ComponentInteraction) -> None:
    """Show another category of trending searches."""
    content = event.content_as(TrendingSession)
    if event.choice is None:
        raise Outdated
    chosen = content.in_category(event.choice)

    async def same() -> Session:
        return chosen

    await change_to(event, same)


async def on_similar(event: ComponentInteraction) -> None:
    """Show pictures like this one, privately."""
    judged, like = await still_allowed(event), event.active.content

    async def find() -> None:
        title = judged.image.name or like.title
        request = new_session.similar_request(judged, event.requester.locale)
        sessions, requester = event.sessions, event.requester
        content = await new_session.similar_session(sessions.service, requester, request, title, judged.image)
        content, state = content.with_(spoiler=like.spoiler), PagerState(view=event.active.state.view)
        await event.sessions.open_privately(event.interaction, event.requester, content, state)

    await responses.defer_if_slow(event.interaction, find(), private=True, thinking=True)


async def on_credit(event: ComponentInteraction) -> None:
    """Show the ready lines of credit, privately."""
    judged = await responses.judged_last(event.interaction, lambda: still_allowed(event))
    await responses.privately(event.interaction, event.active.id, credit_message(judged, event.requester.locale))


async def on_picture(event: ComponentInteraction) -> None:
    """Open one picture of a grid (a button) or a gallery (a menu), privately."""
    number = event.choice if event.values else event.control.number
    if number is not None:
        placed = replace(event, control=event.control._replace(argument=str(number)))
        await still_allowed(placed)  # or its copy would show the picture that comes after it
        await responses.defer_if_slow(event.interaction, copy_of(placed), private=True, thinking=True)
