"""*More*: the further controls of a page, in a private panel for the user who pressed."""

from bot.discord_ui.discord_io import responses
from bot.discord_ui.discord_io.context import acts_itself
from bot.discord_ui.discord_io.errors import Outdated
from bot.discord_ui.model.component_ids import panel_of
from bot.discord_ui.model.page import JudgedPage, PageData
from bot.discord_ui.render.page import draw_panel
from bot.discord_ui.sessions.drawing import MAX_DRAWINGS, offers_of
from bot.safesearch.policies import SettingsChanging

from .component_interaction import ComponentInteraction
from .pager import copy_of, starting_state
from .panel_page import draw_judged, page_named


async def on_more(event: ComponentInteraction) -> None:
    """Show the controls that the page has no room for.

    Where the bot cannot edit the message without the interaction (private answers, apps that only a user installed),
    they are added to the page itself for the user who asked, and to a private copy for anybody else.
    """
    interaction, active = event.interaction, event.active
    shown = interaction.message
    own = shown is not None and not shown.flags.ephemeral and not active.content.private and acts_itself(interaction)
    if own:
        await responses.defer_if_slow(interaction, _open(event), private=True, thinking=True)
    elif event.by_owner:
        await responses.defer_if_slow(interaction, _unfold(event))
    else:
        await responses.defer_if_slow(interaction, copy_of(event), private=True, thinking=True)


async def _open(event: ComponentInteraction) -> None:
    async with event.active.lock:
        page = await responses.judged_last(event.interaction, lambda: _as_shown(event))
    offers = offers_of(event.sessions.service, page.content, in_server=event.interaction.guild_id is not None)
    may_block = event.interaction.guild_id is not None and event.requester.moderator
    message = draw_panel(PageData(event.active.id, page, offers), event.requester.locale, may_block=may_block)
    owner = panel_of(event.active.id, page_named(page.content, page.state.index))
    await responses.privately(event.interaction, owner, message)


async def _as_shown(event: ComponentInteraction) -> JudgedPage:
    """Return the page as it may be shown now; the message is drawn again if it shows something else.

    Otherwise no control of the panel would belong to what the message shows. After the message was edited the page is
    judged again, because its place may have become stricter while Discord answered.

    Raises:
        SettingsChanging: the rules change all the time.
    """
    active, sessions = event.active, event.sessions
    for _ in range(MAX_DRAWINGS):
        page = await sessions.judged(event.requester, active.content, starting_state(event))
        if page.state.hidden_by is not None:
            raise Outdated
        index = page.state.index
        if page_named(page.content, index) == page_named(active.content, index):
            return page
        await draw_judged(event, page)
    raise SettingsChanging


async def _unfold(event: ComponentInteraction) -> None:
    active, sessions = event.active, event.sessions
    async with active.lock:
        page = await sessions.judged(event.requester, active.content, starting_state(event), active)
        await sessions.change(active, page)
        await sessions.update(event.interaction, event.requester, active, page, everything=True)
