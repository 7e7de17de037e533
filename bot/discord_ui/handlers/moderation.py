"""Controls over the message as a whole: share, hide, show again, delete, block its site."""

from dataclasses import replace

from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.errors import ModeratorsOnly, NotYours, TooOften
from bot.discord_ui.model.pager import Hide, Hider, PagerState, Refresh, Restore
from bot.discord_ui.model.sanitize import plain
from bot.discord_ui.render.attribution import credit_of
from bot.i18n import say

from .component_interaction import ComponentInteraction
from .pager import show, turn_own
from .results import still_allowed


async def on_share(press: ComponentInteraction) -> None:
    """Publish a private answer, once, with the name of who asked."""
    if not press.by_asker:
        raise NotYours
    live, desk, interaction = press.live, press.desk, press.interaction
    await responses.defer(interaction)
    async with live.lock:
        if live.content.shared:
            return
        content = live.content.with_(private=False, shared=False, published=True)
        state = PagerState(live.state.known, live.state.complete, live.state.index, live.state.view)
        shared, message = await desk.begin(interaction, press.requester, content, state)
        sent = await desk.publish(interaction, press.requester, shared, message)
        await desk.live.attach(shared, interaction.channel_id, sent.id)
        await show(press, await desk.judged(press.requester, live.content.with_(shared=True), live.state))
    await desk.offer_reactions(interaction, shared, sent)


async def on_hide(press: ComponentInteraction) -> None:
    """Hide the page."""
    by = Hider.ASKER if press.by_asker else Hider.MODERATOR if press.may_moderate else Hider.MEMBER
    if by is Hider.MEMBER and (wait := press.desk.hides.take(press.requester.user_id)):
        raise TooOften("hides", wait)
    await responses.in_time(press.interaction, turn_own(press, Hide(by)))


async def on_restore(press: ComponentInteraction) -> None:
    """Show a hidden page again."""
    own = press.by_asker and (press.interaction.guild_id is None or press.live.state.hidden_by is Hider.ASKER)
    if not (press.may_moderate or own):
        raise ModeratorsOnly("Manage Messages")
    await responses.in_time(press.interaction, turn_own(press, Restore()))


async def on_delete(press: ComponentInteraction) -> None:
    """Delete the message and its session."""
    if not (press.by_asker or press.may_moderate):
        raise NotYours
    await responses.defer(press.interaction)
    await press.interaction.delete_original_response()
    await press.desk.live.delete(press.live)


async def on_block(press: ComponentInteraction) -> None:
    """Block the picture's site in this server."""
    interaction, block = press.interaction, press.desk.block_site
    if not press.requester.moderator or interaction.guild_id is None or block is None:
        raise ModeratorsOnly("Manage Channels")
    host = credit_of((await still_allowed(press)).image).host
    if host is None:
        return
    await block(interaction.guild_id, host, press.requester.user_id)
    await responses.in_time(interaction, turn_own(replace(press), Refresh()))
    words = say(press.requester.locale, "site-blocked", host=plain(host, 200))
    await responses.tell(interaction, words)
