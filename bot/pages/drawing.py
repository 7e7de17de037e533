"""The page of a session in use as a message, with the pictures that go up with it; and the next one ahead of time."""

from dataclasses import replace

from bot.bing_v7 import Image, Picture
from bot.safesearch.place import Visitor

from .asking import offers_of
from .draw import draw
from .errors import log_error
from .live import Live
from .message import Message
from .pictures import held_id
from .scene import Scene
from .service import Service
from .state import Action, PagerState, View, reduce

EDGES = {View.SINGLE: (1600, 1000, 640), View.GRID: (800, 480), View.GALLERY: (800, 480)}
"""Longest sides in pixels to try for pictures that go up with a message, until one is small enough."""


async def page_of(service: Service, live: Live, visitor: Visitor, upload_limit: int) -> Message:
    """Return the message that a session shows now; pictures that go up with it are at most ``upload_limit`` bytes."""
    scene = _scene(service, live, live.state, visitor)
    held = _held(scene)
    if not held:
        return live.pages.page(scene)
    uploads: dict[str, Picture] = {}
    for image in held:
        for edge in EDGES[live.state.view]:
            picture = await service.picture(visitor, image, edge, live.content.own)
            if picture is not None and len(picture.data) <= upload_limit:
                uploads[held_id(image) or ""] = picture
                break
    return draw(replace(scene, uploads=uploads))


def draw_ahead(service: Service, live: Live, visitor: Visitor, action: Action) -> None:
    """Draw the page that an action would turn to, if all of it is there; whether it may be shown is judged then."""
    state = reduce(live.state, action)
    if state.index == live.state.index or state.wants_more:
        return
    try:
        scene = _scene(service, live, state, visitor)
        if not _held(scene):
            live.pages.page(scene)
    except Exception as error:  # noqa: BLE001 (nobody waits for this page yet; it is drawn again when somebody does)
        log_error(error)


def _scene(service: Service, live: Live, state: PagerState, visitor: Visitor) -> Scene:
    offers = offers_of(service, live.content, in_server=visitor.place.guild_id is not None)
    return Scene(live.id, live.content, state, offers)


def _held(scene: Scene) -> list[Image]:
    """Return the pictures of a page that have to go up with it; none go up with a page that somebody hid."""
    return [image for image in scene.shown if held_id(image)] if scene.state.hidden_by is None else []
