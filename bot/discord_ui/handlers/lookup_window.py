"""What /identify asks for: the command's options, its modal for a file or an address, and the lookup that they begin.

The modal is read from the event, so that it outlives a restart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import discord

from bot.bing_v7 import Module, SafeSearch
from bot.discord_ui.discord_io import responses
from bot.discord_ui.model.component_ids import window_id
from bot.discord_ui.model.lookup_session import Lookup, LookupSource, Origin, Section
from bot.discord_ui.sessions.service import session_service_of
from bot.i18n import say

from .lookup_candidates import from_address, smaller_copy, video_still
from .lookup_start import EVERYTHING, start_lookup
from .modals import Window, values_in

LOOK_FOR = {
    "pages": Module.PAGES_INCLUDING, "similar": Module.SIMILAR_IMAGES, "products": Module.SIMILAR_PRODUCTS,
    "shopping": Module.SHOPPING_SOURCES, "recipes": Module.RECIPES, "collections": Module.COLLECTIONS,
    "searches": Module.RELATED_SEARCHES, "people": Module.RECOGNIZED_ENTITIES,
}  # fmt: skip
"""What may be looked for alone, by section."""
WINDOW_NAME = "identify"
"""What the window's custom_id begins with; it belongs to no session."""
_URL_LIMIT = 2000


@dataclass(frozen=True, slots=True)
class LookupOptions:
    """The command's other options; they travel in the modal's custom_id, with the user's level."""

    look_for: str | None = None
    part: str | None = None
    private: bool | None = None

    def name(self, own: SafeSearch | None) -> str:
        """Return the custom_id of the window."""
        private = "" if self.private is None else str(int(self.private))
        return window_id(WINDOW_NAME, own, self.look_for or "", self.part or "", private)

    @classmethod
    def read(cls, name: str) -> Self:
        """Read the custom_id of a modal; one of an earlier version has no other options."""
        _, _, look_for, part, private, *_ = (*name.split(":"), "", "", "", "", "")
        return cls(look_for or None, part or None, private == "1" if private else None)


async def on_identify_window(interaction: discord.Interaction[Any]) -> None:
    """Look up what was entered in the window."""
    data: dict[str, Any] = dict(interaction.data or {})
    source = source_in_window(data)
    if source is None:
        await responses.tell(interaction, say(interaction.locale.value, "identify-form-nothing"))
    else:
        await look_up_as_asked(interaction, source, LookupOptions.read(str(data["custom_id"])))


async def look_up_as_asked(interaction: discord.Interaction[Any], source: LookupSource, asked: LookupOptions) -> None:
    """Look a picture up with the command's options."""
    sessions = session_service_of(interaction.client)
    requester, _ = await sessions.begin_command(interaction, asked.private)
    section = asked.look_for if asked.look_for in LOOK_FOR else None
    await start_lookup(
        interaction,
        requester,
        Lookup(
            source=source,
            modules=(LOOK_FOR[section],) if section else EVERYTHING,
            section=Section(section) if section else Section.OVERVIEW,
            part=asked.part or "whole",
            view=await sessions.view_at(interaction),
        ),
    )


def identify_window(locale: str, own: SafeSearch | None = None, asked: LookupOptions | None = None) -> Window:
    """Return the window that asks for a picture."""
    upload: discord.ui.FileUpload[Any] = discord.ui.FileUpload(custom_id="file", required=False, min_values=0)
    address: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="url", required=False, placeholder="https://", max_length=_URL_LIMIT
    )
    parts = [
        discord.ui.Label(
            text=say(locale, "identify-form-file"),
            description=say(locale, "identify-form-file-description"),
            component=upload,
        ),
        discord.ui.Label(text=say(locale, "identify-form-url"), component=address),
    ]
    return Window(say(locale, "identify-form-title"), (asked or LookupOptions()).name(own), parts)


def source_in_window(data: Mapping[str, Any]) -> LookupSource | None:
    """Return what was entered in the window: the file before the address; None for nothing."""
    entered = values_in(data)
    files = data.get("resolved", {}).get("attachments", {})
    for name in entered.get("file", ()):
        if name in files:
            return _file(files[name])
    address = next(iter(entered.get("url", ())), "").strip()
    return from_address(address) if address else None


def _file(found: Mapping[str, Any]) -> LookupSource:
    video = str(found.get("content_type") or "").startswith("video/")
    return LookupSource(
        by=Origin.DISCORD,
        address=video_still(str(found.get("proxy_url") or found["url"])) if video else str(found["url"]),
        size=None if video else int(found.get("size") or 0),
        smaller=None if video else smaller_copy(found.get("proxy_url"), found.get("width"), found.get("height")),
        kind="video" if video else "attachment",
        name=str(found.get("filename") or "") or None,
        spoiler=str(found.get("filename") or "").startswith("SPOILER_"),
        video=str(found["url"]) if video else None,
        video_size=int(found.get("size") or 0) or None if video else None,
    )
