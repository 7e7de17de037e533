"""The window of /identify: a file or an address; read from the event, so that it outlives a restart."""

from collections.abc import Mapping
from typing import Any

import discord

from bot.discord_ui.model.lookup_session import HandedBy, LookupSource
from bot.i18n import say

from .lookup_candidates import from_address, still
from .modals import Window, values_in

NAME = "identify"
"""The window's custom_id; it belongs to no session."""
_URL_LIMIT = 2000


def identify_window(locale: str) -> Window:
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
    return Window(say(locale, "identify-form-title"), NAME, parts)


def handed_in(data: Mapping[str, Any]) -> LookupSource | None:
    """Return what was entered in the window: the file before the address; None for nothing or another window."""
    if data.get("custom_id") != NAME:
        return None
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
        by=HandedBy.DISCORD,
        address=still(str(found.get("proxy_url") or found["url"])) if video else str(found["url"]),
        size=None if video else int(found.get("size") or 0),
        kind="video" if video else "attachment",
        name=str(found.get("filename") or "") or None,
    )
