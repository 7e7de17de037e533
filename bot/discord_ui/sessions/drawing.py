"""Draws the page of a session in use, with the pictures to upload; and the next page ahead of time."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.bing_v7 import Image, Module, Picture, Verb, local_id
from bot.discord_ui.discord_io.errors import log_error
from bot.discord_ui.model.images import PREVIEW
from bot.discord_ui.model.message import Message
from bot.discord_ui.model.page import JudgedPage, Offers, PageData
from bot.discord_ui.model.pager import PagerAction, PagerState, View, reduce
from bot.discord_ui.model.ports import Service
from bot.discord_ui.model.session import Session, shows_preview
from bot.discord_ui.render.page import draw_page
from bot.safesearch.place import Requester
from bot.safesearch.policies import SettingsChanging

from .cache import ActiveSession
from .recheck import judged_page

EDGES = {View.SINGLE: (1600, 1000, 640), View.GRID: (800, 480), View.GALLERY: (800, 480)}
"""Longest sides in pixels to try for uploads, until one is small enough."""
MAX_DRAWINGS = 3
"""Maximum times that a page is drawn again because its place became stricter meanwhile."""


async def page_of(
    service: Service,
    active: ActiveSession,
    page: JudgedPage,
    requester: Requester,
    upload_limit: int,
    *,
    everything: bool = False,
) -> Message:
    """Return a session's page as a message; pictures that go up with it are at most ``upload_limit`` bytes.

    If the rules have changed while it was stored and its pictures were fetched, or one of these may not be shown any
    more, it is judged and drawn again; so it is if something of it goes by ratings that may have changed meanwhile:
    words, or a picture that was fetched before another.

    Raises:
        SettingsChanging: the rules change all the time.
    """
    for _ in range(MAX_DRAWINGS):
        drawn = await _draw(service, active, page, requester, upload_limit, everything=everything)
        same = await service.rules(requester.at_least(page.content.own)) == page.rules
        if same and not drawn.lacks and not drawn.one_by_one and not page.rests_on_ratings:
            return drawn.message
        as_fetched = replace(page.state, complete=True)  # or more would be fetched, and nothing ever be the same
        now = await judged_page(service, requester, page.content, as_fetched, (page,))
        if same and now.content is page.content and now.rules == page.rules:
            return drawn.message  # what it lacks is allowed, but not there to be shown; its words are still allowed
        page = now
        active.content, active.state, active.judged = page.content, page.state, (page,)
    raise SettingsChanging


class _Drawn(NamedTuple):
    """A page as a message; ``lacks`` True if one of its held pictures is gone or was not handed out.

    ``one_by_one``: several held pictures were fetched one after the other, each judged by its rating of that moment.
    """

    message: Message
    lacks: bool = False
    one_by_one: bool = False


async def _draw(
    service: Service,
    active: ActiveSession,
    page: JudgedPage,
    requester: Requester,
    upload_limit: int,
    *,
    everything: bool = False,
) -> _Drawn:
    data = _page_data(service, active, page, requester)
    if everything:
        data = replace(data, offers=replace(data.offers, everything=True))
    images = held_images(page.content, page.state)
    uploads: dict[str, Picture] = {}
    if active.preview is not None and shows_preview(page.content):
        uploads[PREVIEW] = active.preview
    if not images and not uploads:
        return _Drawn(active.pages.page(data))
    lacks, asks = False, requester.at_least(page.content.own)
    for image in images:
        picture = await _fitting(service, image, page.state.view, asks, upload_limit)
        lacks = lacks or picture is None
        if picture is not None and len(picture.data) <= upload_limit:
            uploads[local_id(image) or ""] = picture
    return _Drawn(draw_page(replace(data, uploads=uploads)), lacks, one_by_one=len(images) > 1)


async def _fitting(
    service: Service, image: Image, view: View, requester: Requester, upload_limit: int
) -> Picture | None:
    """Return a held picture, the smallest that was tried where none fits; None if it is gone or not handed out."""
    picture: Picture | None = None
    for edge in EDGES[view]:
        picture = await service.picture(requester, image, edge)
        if picture is None or len(picture.data) <= upload_limit:
            break
    return picture


def state_ahead(active: ActiveSession, action: PagerAction) -> PagerState | None:
    """Return the state that an action would turn to; None if it is the same page, or not all of it is fetched."""
    state = reduce(active.state, action)
    return None if state.index == active.state.index or state.wants_more else state


async def draw_ahead(service: Service, active: ActiveSession, requester: Requester, state: PagerState) -> None:
    """Draw a page without held pictures that is probably shown next, if it may be shown.

    It goes to the cache of drawn pages only: when it is shown, it is judged again if the rules have changed.
    """
    try:
        content = active.content
        page = await judged_page(service, requester, content, state, active.judged)
        if page.content is not content:
            return
        active.pages.page(_page_data(service, active, page, requester))
        active.judged = (*active.judged[:1], page)
    except Exception as error:  # noqa: BLE001 (nobody waits for this page yet; the error comes again when somebody does)
        log_error(error)


async def fetch_pictures(
    service: Service, images: Sequence[Image], view: View, requester: Requester, upload_limit: int
) -> None:
    """Ask for held pictures that will be shown next: who holds them keeps what was drawn last.

    They are not judged before, and not shown: those that go up with a page are asked for again, and judged then.

    Raises:
        ProviderError: they cannot be read now.
    """
    for image in images:
        await _fitting(service, image, view, requester, upload_limit)


def offers_of(service: Service, content: Session, *, in_server: bool) -> Offers:
    """Return which controls may be offered for a session."""
    able = service.capabilities
    can_look_up = able.supports(Verb.INSIGHTS)
    return Offers(
        similar=can_look_up and bool(able.modules & {Module.SIMILAR_IMAGES, Module.ALL}),
        details=can_look_up,
        filters=able.filters,
        site_blocks=in_server and content.private and content.owner_moderates,
        hiding=in_server and not content.private,
    )


def _page_data(service: Service, active: ActiveSession, page: JudgedPage, requester: Requester) -> PageData:
    offers = offers_of(service, page.content, in_server=requester.place.guild_id is not None)
    return PageData(active.id, page, offers)


def held_images(content: Session, state: PagerState) -> list[Image]:
    """Return the pictures of a page that have to go up with it; none go up with a page that somebody hid."""
    return [image for image in content.page(state) if local_id(image)] if state.hidden_by is None else []
