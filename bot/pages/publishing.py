"""Controls over the message as a whole: share, hide, show again, delete, block its site."""

from dataclasses import replace

import discord

from bot.words import say

from . import replies
from .attribution import credit_of
from .errors import ModeratorsOnly, NotYours
from .looking import image_of
from .presses import Press, handles, turn_own
from .state import Hide, PagerState, Refresh, Restore
from .text import plain


@handles("share")
async def _share(press: Press) -> None:
    if not press.by_asker:
        raise NotYours
    live, desk, interaction = press.live, press.desk, press.interaction
    await interaction.response.defer()
    async with live.lock:
        if live.content.shared:
            return
        content = live.content.with_(private=False, shared=False, published=True)
        state = PagerState(live.state.known, live.state.complete, live.state.index, live.state.view)
        shared, message = await desk.begin(interaction, press.visitor, content, state)
        sent = await replies.publicly(interaction, shared.id, message)
        await desk.live.attach(shared, interaction.channel_id, sent.id)
        await desk.change(live, live.content.with_(shared=True), live.state)
        own = await desk.drawn(live, press.visitor, interaction.filesize_limit)
        await replies.update(interaction, live.id, own)
    await desk.offer_reactions(interaction, shared, sent)


@handles("hide")
async def _hide(press: Press) -> None:
    if not press.may_moderate:
        press.desk.hides.take(press.visitor.user_id)
    await replies.in_time(press.interaction, turn_own(press, Hide(press.visitor.user_id)))


@handles("restore")
async def _restore(press: Press) -> None:
    if not (press.may_moderate or (press.interaction.guild_id is None and press.by_asker)):
        raise ModeratorsOnly("Manage Messages")
    await replies.in_time(press.interaction, turn_own(press, Restore()))


@handles("delete")
async def _delete(press: Press) -> None:
    if not (press.by_asker or press.may_moderate):
        raise NotYours
    await press.interaction.response.defer()
    await press.interaction.delete_original_response()
    await press.desk.live.delete(press.live)


@handles("block")
async def _block(press: Press) -> None:
    interaction, block = press.interaction, press.desk.block_site
    if not press.visitor.moderator or interaction.guild_id is None or block is None:
        raise ModeratorsOnly("Manage Channels")
    host = credit_of(image_of(press)).host
    if host is None:
        return
    await block(interaction.guild_id, host, press.visitor.user_id)
    await replies.in_time(interaction, turn_own(replace(press), Refresh()))
    words = say(press.visitor.locale, "site-blocked", host=plain(host, 200))
    await interaction.followup.send(words, ephemeral=True, allowed_mentions=discord.AllowedMentions.none())
