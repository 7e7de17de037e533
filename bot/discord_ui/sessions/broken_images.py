"""Pictures that Discord could not load: found in the message that it returns, and shown from another address.

Discord fetches every picture of an embed or gallery itself. One that it cannot fetch has width and height 0 in the
message that comes back (its maintainers say so in issue 3002 of discord-api-docs); in a gallery its ``loading_state``
is 3 besides. People would see a card without a picture.
"""

from collections.abc import Awaitable, Callable, Iterator
from typing import NamedTuple

import discord

from bot.discord_ui.discord_io.responses import redraw
from bot.discord_ui.model.ports import Service
from bot.discord_ui.model.session import Session
from bot.safesearch.place import Requester

from .cache import ActiveSession
from .drawing import page_of
from .recheck import judged_page

MOST_ADDRESSES = 2
"""A picture has its own address and a thumbnail's."""
MOST_REMEMBERED = 200
"""Maximum addresses a session remembers as not loading; the most recent ones."""


def unloaded_in(message: discord.Message) -> frozenset[str]:
    """Return the web addresses of the pictures in a message that Discord could not load."""
    images = [one.image for one in message.embeds]  # made anew at each look
    found = {image.url for image in images if _no_size(image.width, image.height)}
    found |= {item.media.url for item in _items(message) if _not_found(item.media)}
    return frozenset(address for address in found if address)


def loaded_in(message: discord.Message) -> frozenset[str]:
    """Return the web addresses of the pictures in a message that Discord has loaded."""
    found = {one.image.url for one in message.embeds if one.image.width}
    found |= {item.media.url for item in _items(message) if item.media.width and not _not_found(item.media)}
    return frozenset(address for address in found if address)


def _items(message: discord.Message) -> Iterator[discord.MediaGalleryItem]:
    """Yield the items of all galleries."""
    for part in message.components:
        for child in part.children if isinstance(part, discord.Container) else (part,):
            if isinstance(child, discord.MediaGalleryComponent):
                yield from child.items


def _not_found(media: discord.UnfurledMediaItem) -> bool:
    return _no_size(media.width, media.height) or media.loading_state is discord.MediaItemLoadingState.not_found


def _no_size(width: int | None, height: int | None) -> bool:
    """True for a size of 0 by 0; no size at all says nothing, for the picture may still be on its way."""
    return width == 0 and height == 0


def with_unloaded(content: Session, message: discord.Message) -> Session:
    """Return the content that knows which pictures of the message did not load; the same one if none is new."""
    news = [address for address in sorted(unloaded_in(message)) if address not in content.unloaded]
    return content.with_(unloaded=(*content.unloaded, *news)[-MOST_REMEMBERED:]) if news else content


class EditableMessage(NamedTuple):
    """How to fetch and how to edit a message that shows a page."""

    read: Callable[[], Awaitable[discord.Message]]
    edit: Callable[..., Awaitable[discord.Message | None]]


async def replace_broken_images(
    service: Service,
    requester: Requester,
    active: ActiveSession,
    returned: discord.Message,
    editable: EditableMessage,
    upload_limit: int,
) -> None:
    """Draw a page that was just shown again, by other addresses, as long as Discord cannot load its pictures."""
    for _ in range(MOST_ADDRESSES):
        active.loaded |= loaded_in(returned)
        async with active.lock:
            content = with_unloaded(active.content, returned)
            if content is active.content:
                return
            active.content = content
            page = await judged_page(service, requester, content, active.state)
            active.content, active.state, active.judged = page.content, page.state, (page,)
            message = await page_of(service, active, page, requester, upload_limit)
            again = await redraw(editable.edit, active.id, message)
        if again is None:
            return
        returned = again
