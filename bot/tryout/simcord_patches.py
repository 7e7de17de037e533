"""Small things of Discord that simcord 3.2.1 leaves out and the try-out needs. Each has its test.

- An upload has Discord's own address, and a picture has its width and height.
- An interaction says who installed the app, in which language its person reads, and how much may be uploaded.
- A person can use a message menu in a direct message.
- A follow-up after the deleted "is thinking" of an interaction is a message of its own.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, cast

import imagesize  # pyright: ignore[reportMissingTypeStubs]
from simcord import actors
from simcord.backend import serializers
from simcord.backend.cdn import CdnStore
from simcord.builders import UserHandle
from simcord.enums import AppCommandType, InteractionType
from simcord.env import Env
from simcord.results import InteractionResult, ResponseMessage

from bot.media.sniffing import ENOUGH, kind_of

__all__ = ["CDN", "UPLOAD_LIMIT", "Cdn", "Locales", "install_simcord_patches", "message_menu_in_dm"]

CDN = "https://cdn.discordapp.com"
UPLOAD_LIMIT = 10 * 1024 * 1024  # Discord's default a file, bytes
_KEPT = 256 * 1024 * 1024
_SIZED = frozenset({"JPEG", "PNG", "GIF", "WEBP", "AVIF"})
"""Kinds of which Discord tells the size."""


class Cdn(CdnStore):
    """Uploads under the host that Discord uses, so that the bot treats them as it treats Discord's.

    Every turned page is an upload: beyond `most` bytes the oldest are forgotten (the page shows a placeholder).
    """

    def __init__(self, most: int = _KEPT) -> None:
        super().__init__()
        self._most = most
        self._held = 0

    def store_attachment(
        self, attachment_id: int, channel_id: int, filename: str, data: bytes, description: str | None
    ) -> dict[str, Any]:
        """Keep the bytes; answer the attachment object, with width and height in pixels for a picture."""
        payload = super().store_attachment(attachment_id, channel_id, filename, data, description)
        url = f"{CDN}/attachments/{channel_id}/{attachment_id}/{filename}"
        self._blobs[url] = self._blobs.pop(payload["url"])
        self._held += len(data)
        while self._held > self._most and len(self._blobs) > 1:
            self._held -= len(self._blobs.pop(next(iter(self._blobs))))
        payload["url"] = payload["proxy_url"] = url
        if (size := _size_of(data)) is not None:
            payload["width"], payload["height"] = size
        return payload


def _size_of(data: bytes) -> tuple[int, int] | None:
    """Return width and height as a picture's header says them, nothing decoded; None for what is no picture."""
    with suppress(Exception):  # whatever a broken header does: Discord sends no size either
        if kind_of(data[:ENOUGH]) in _SIZED:
            width, height = cast("Any", imagesize).get(io.BytesIO(data))
            return (int(width), int(height)) if width > 0 and height > 0 else None
    return None


class Locales:
    """Which language each person has set in their client, as Discord's codes (`en-US`, `de`, ...)."""

    def __init__(self) -> None:
        self._by_user: dict[int, str] = {}

    def get(self, user_id: int) -> str:
        """The person's language; `en-US` until set."""
        return self._by_user.get(user_id, "en-US")

    def set(self, user_id: int, locale: str) -> None:
        """Change the person's language, for the interactions to come."""
        self._by_user[user_id] = locale


def install_simcord_patches(env: Env) -> Locales:
    """Put the additions into a world that has not started yet; answers the languages, to be set at any time."""
    backend: Any = env.backend
    locales = Locales()
    emit = backend.emit

    def emit_whole(event: str, payload: Mapping[str, Any]) -> None:
        emit(event, _whole_interaction(payload, locales) if event == "INTERACTION_CREATE" else payload)

    delete = backend.delete_message

    def delete_whole(channel_id: int, message_id: int) -> None:
        delete(channel_id, message_id)
        for record in backend.interactions.values():
            if record.message_id == message_id and record.loading:
                record.complete_deferred()

    backend.cdn = Cdn()
    backend.emit = emit_whole
    backend.delete_message = delete_whole
    return locales


def _whole_interaction(payload: Mapping[str, Any], locales: Locales) -> dict[str, Any]:
    """The interaction with its language, its upload limit and its installation owner (0: a server's install)."""
    user = payload.get("user") or payload["member"]["user"]
    return {
        **payload,
        "locale": locales.get(int(user["id"])),
        "attachment_size_limit": UPLOAD_LIMIT,
        "authorizing_integration_owners": {"0": str(payload.get("guild_id") or 0)},
    }


async def message_menu_in_dm(
    env: Env, person: UserHandle, command: Mapping[str, Any], message: ResponseMessage
) -> InteractionResult:
    """Use a message menu on a message of this person's DM with the bot (simcord: in servers only)."""
    stored = env.backend.get_message(message.channel_id, message.id)
    data = {
        "id": command["id"],
        "name": command["name"],
        "type": AppCommandType.MESSAGE,
        "target_id": str(message.id),
        "resolved": {"messages": {str(message.id): dict(serializers.message_payload(env.backend, stored))}},
    }
    dispatch: Any = actors._dispatch_actor_interaction  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # no public way
    return await dispatch(person, InteractionType.APPLICATION_COMMAND, person.dm_channel, data)
