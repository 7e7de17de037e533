"""Controls over the message as a whole: share, hide, show again, delete, block its site."""

from dataclasses import replace

from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.components import Controls
from bot.discord_ui.discord_io.errors import ModeratorsOnly, NotYours, TooOften
from bot.discord_ui.model.component_ids import safety_owner
from bot.discord_ui.model.pager import Hide, Hider, PagerState, Refresh, Restore
from bot.discord_ui.model.sanitize import clean_markdown
from bot.discord_ui.render.attribution import image_credit
from bot.discord_ui.render.safety_panel import undo_button
from bot.i18n import say
from bot.safesearch.policies import ListKind
from bot.safesearch.policy import Scope

from .component_interaction import ComponentInteraction
from .pager import show_page, turn_own
from .panel_page import close, page_message
from .results import still_allowed
from .safety_settings import may_manage


async def on_share(event: ComponentInteraction) -> None:
    """Publish a private answer, once, with the name of who asked."""
    if not event.by_owner:
        raise NotYours
    active, sessions, interaction = event.active, event.sessions, event.interaction
    await responses.defer(interaction)
    async with active.lock:
        if active.content.shared:
            return
        content = active.content.with_(private=False, shared=False, published=True)
        state = PagerState(active.state.known, active.state.complete, active.state.index, active.state.view)
        shared, message = await sessions.begin(interaction, event.requester, content, state)
        sent = await sessions.publish(interaction, event.requester, shared, message)
        await sessions.cache.attach(shared, interaction.channel_id, sent.id)
        await show_page(event, await sessions.judged(event.requester, active.content.with_(shared=True), active.state))
    await sessions.offer_reactions(interaction, shared, sent)


async def on_hide(event: ComponentInteraction) -> None:
    """Hide the page."""
    by = Hider.OWNER if event.by_owner else Hider.MODERATOR if event.may_moderate else Hider.MEMBER
    if by is Hider.MEMBER and (wait := event.sessions.hides.take(event.requester.user_id)):
        raise TooOften("hides", wait)
    await responses.defer_if_slow(event.interaction, turn_own(event, Hide(by)))


async def on_restore(event: ComponentInteraction) -> None:
    """Show a hidden page again."""
    own = event.by_owner and (event.interaction.guild_id is None or event.active.state.hidden_by is Hider.OWNER)
    if not (event.may_moderate or own):
        raise ModeratorsOnly("Manage Messages")
    await responses.defer_if_slow(event.interaction, turn_own(event, Restore()))


async def on_delete(event: ComponentInteraction) -> None:
    """Delete the message and its session."""
    if not (event.by_owner or event.may_moderate):
        raise NotYours
    if event.control.panel is None:
        await responses.defer(event.interaction)
        await responses.delete(event.interaction.delete_original_response)
    else:
        await responses.delete(page_message(event).delete)
        await close(event)
    await event.sessions.cache.delete(event.active)


async def on_block(event: ComponentInteraction) -> None:
    """Block the picture's site in this server; who may take it off the list again is offered that."""
    interaction, block = event.interaction, event.sessions.block_site
    if not event.requester.moderator or interaction.guild_id is None or block is None:
        raise ModeratorsOnly("Manage Channels")
    host = image_credit((await still_allowed(event)).image).host
    if host is None:
        return
    value, new = await block(interaction.guild_id, host, event.requester.user_id)
    await responses.defer_if_slow(interaction, turn_own(replace(event), Refresh()))
    locale = event.requester.locale
    words = say(locale, "site-blocked", host=clean_markdown(host, 200))
    if new and may_manage(interaction, Scope.SERVER):
        undo = Controls(safety_owner(interaction.guild_id), [(undo_button(ListKind.HOST, value, locale),)])
        await responses.tell(interaction, words, undo)
    else:
        await responses.tell(interaction, words)
