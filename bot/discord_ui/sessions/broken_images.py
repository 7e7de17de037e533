"""Pictures that Discord could not load: seen in what Discord says of a message, and shown by another address then.

Discord fetches every picture of an embed or gallery itself. One that it cannot fetch has width and height 0 in the
message that comes back (its maintainers say so in issue 3002 of discord-api-docs); in a gallery its ``loading_state``
is 3 besides. People would see a card without a picture.
"""

from typing import Any

import discord

from bot.discord_ui.discord_io.responses import Sent, redraw
from bot.discord_ui.model.ports import Service
from bot.discord_ui.model.session import Content
from bot.safesearch.place import Requester

from .cache import ActiveSession
from .drawing import page_of
from .recheck import judged_page

MOST_ADDRESSES = 2
"""A picture has its own address and a thumbnail's."""
MOST_REMEMBERED = 200
"""Addresses a session remembers as not loading, the last ones."""


def unloaded_in(message: discord.Message) -> frozenset[str]:
    """Return the web addresses of the pictures in a message that Discord could not load."""
    found = {one.image.url for one in message.embeds if _no_size(one.image.width, one.image.height)}
    for part in message.components:
        found |= _in_component(part)
    return frozenset(address for address in found if address)


def _in_component(part: discord.Component) -> set[str]:
    if isinstance(part, discord.Container):
        return {address for child in part.children for address in _in_component(child)}
    if not isinstance(part, discord.MediaGalleryComponent):
        return set()
    return {
        item.media.url
        for item in part.items
        if _no_size(item.media.width, item.media.height)
        or item.media.loading_state is discord.MediaItemLoadingState.not_found
    }


def _no_size(width: int | None, height: int | None) -> bool:
    """True for a size of 0 by 0; no size at all says nothing, for the picture may still be on its way."""
    return width == 0 and height == 0


def noticed(content: Content, message: discord.Message) -> Content:
    """Return the content that knows which pictures of the message did not load; the same one if none is new."""
    news = [address for address in sorted(unloaded_in(message)) if address not in content.unloaded]
    return content.with_(unloaded=(*content.unloaded, *news)[-MOST_REMEMBERED:]) if news else content


async def show_whole(
    service: Service, interaction: discord.Interaction[Any], requester: Requester, live: ActiveSession, sent: Sent
) -> None:
    """Draw a page that was just sent again, by other addresses, as long as Discord cannot load its pictures."""
    told: discord.Message = sent
    for _ in range(MOST_ADDRESSES):
        async with live.lock:
            content = noticed(live.content, told)
            if content is live.content:
                return
            live.content = content
            page = await judged_page(service, requester, content, live.state)
            live.content, live.state, live.judged = page.content, page.state, page
            message = await page_of(service, live, page, requester, interaction.filesize_limit)
            told = await redraw(sent, live.id, message)
