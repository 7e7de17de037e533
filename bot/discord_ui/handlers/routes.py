"""Every control by its name in a custom id, and the function that answers it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import discord

from bot.discord_ui.discord_io.about import ABOUT
from bot.discord_ui.model.filters import PANEL_FILTER

from . import about, lookup, lookup_window, modals, moderation, pager, panel, results, safety_panel
from .component_interaction import ComponentHandler
from .expired import ExpiredHandler, ask_again, delete_ended
from .safety_panel import SafetyHandler

HANDLERS: Mapping[str, ComponentHandler] = {
    "previous": pager.on_turn,
    "next": pager.on_turn,
    "view": pager.on_view,
    "more": panel.on_more,
    "refine": results.on_refine,
    "tile": results.on_tile,
    "category": results.on_category,
    "similar": results.on_similar,
    "credit": results.on_credit,
    "picture": results.on_picture,
    "jump": modals.on_jump,
    "filter": modals.on_filter,
    PANEL_FILTER: modals.on_panel_filter,
    "unfiltered": modals.on_unfiltered,
    "share": moderation.on_share,
    "hide": moderation.on_hide,
    "restore": moderation.on_restore,
    "delete": moderation.on_delete,
    "block": moderation.on_block,
    "details": lookup.on_details,
    "insight": lookup.on_section,
    "insight-page": lookup.on_page,
    "insight-fold": lookup.on_fold,
    "insight-whole": lookup.on_whole,
    "insight-back": lookup.on_back,
    "insight-search": lookup.on_search,
    "insight-find": lookup.on_find,
    "insight-text": lookup.on_text,
    "insight-read": lookup.on_read,
    "insight-similar": lookup.on_similar_section,
    "insight-pages": lookup.on_pages_section,
    "insight-pick": lookup.on_pick,
    "insight-send": lookup.on_send,
    "insight-inside": lookup.on_inside,
    "insight-never": lookup.on_never,
    "insight-region": lookup.on_region,
    "insight-part": lookup.on_part,
    "insight-frames": lookup.on_frames,
    "insight-frame": lookup.on_frame,
    "insight-links": lookup.on_links,
    "forget": lookup.on_forget,
}
"""Controls of a live session."""

EXPIRED_HANDLERS: Mapping[str, ExpiredHandler] = {"again": ask_again, "delete": delete_ended}
"""Controls of an expired session; any other is answered by ``expired.tell_ended``."""

SAFETY_HANDLERS: Mapping[str, SafetyHandler] = {
    "overview": safety_panel.on_overview,
    "target": safety_panel.on_target,
    "server": safety_panel.on_server,
    "level": safety_panel.on_level,
    "loosen": safety_panel.on_loosen,
    "lists": safety_panel.on_lists,
    "remove": safety_panel.on_remove,
    "add": safety_panel.on_add,
    "history": safety_panel.on_history,
}
"""Controls of a safety panel, which has no session."""

InteractionHandler = Callable[[discord.Interaction[Any]], Awaitable[None]]

OTHER_HANDLERS: Mapping[str, InteractionHandler] = {
    ABOUT: about.on_about,
    lookup_window.WINDOW_NAME: lookup_window.on_identify_window,
}
"""What belongs to no message of pages, by what its custom_id begins with: the about page, the window of /identify."""
