"""Interactions as the gateway sends them: one that cannot be parsed is answered all the same.

discord.py fails on a poll whose ``expiry`` is null, which Discord's API description allows, and the user gets no
answer. The bot has no use for polls, so they are removed; what else cannot be parsed is answered with an apology.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, cast

import discord
from discord.http import HTTPClient, Route

from bot.i18n import say

log = logging.getLogger(__name__)

Parse = Callable[[dict[str, Any]], Any]
_MESSAGE, _AUTOCOMPLETE, _EPHEMERAL = 4, 4, 64
"""Response type of a message; interaction type of autocomplete; flag of an ephemeral message."""


def read_safely(client: discord.Client, parse: Parse) -> Parse:
    """Return a parser of interactions that apologizes to the user if an event cannot be parsed."""
    answering: set[asyncio.Task[None]] = set()

    def read(data: dict[str, Any]) -> None:
        try:
            parse(without_polls(data))
        except Exception:
            log.exception("an interaction cannot be read")
            task = asyncio.create_task(_apologize(client.http, data))
            answering.add(task)
            task.add_done_callback(answering.discard)

    return read


def without_polls(data: dict[str, Any]) -> dict[str, Any]:
    """Return the event without the polls of its messages; the event itself is left as it is."""
    kept = data
    if isinstance(message := data.get("message"), dict) and "poll" in message:
        kept = {**data, "message": _plain(message)}
    messages = _within(_within(data, "data"), "resolved").get("messages")
    if isinstance(messages, dict):
        named = cast("dict[str, Any]", messages)
        plain = {key: _plain(one) if isinstance(one, dict) else one for key, one in named.items()}
        inner = _within(data, "data")
        kept = {**kept, "data": {**inner, "resolved": {**_within(inner, "resolved"), "messages": plain}}}
    return kept


def _within(data: dict[str, Any], key: str) -> dict[str, Any]:
    found = data.get(key)
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _plain(message: Any) -> dict[str, Any]:
    return {key: value for key, value in cast("dict[str, Any]", message).items() if key != "poll"}


async def _apologize(http: HTTPClient, data: dict[str, Any]) -> None:
    if data.get("type") == _AUTOCOMPLETE:
        return
    route = Route("POST", f"/interactions/{data.get('id')}/{data.get('token')}/callback")
    words = say(str(data.get("locale")), "error-unknown")
    body: dict[str, Any] = {"content": words, "flags": _EPHEMERAL, "allowed_mentions": {"parse": []}}
    try:
        await http.request(route, json={"type": _MESSAGE, "data": body})
    except (discord.HTTPException, OSError) as error:
        log.info("an interaction that cannot be read cannot be answered: %s", type(error).__name__)
