"""A message as the JSON that discord.py would send, held against every limit that Discord has."""

from __future__ import annotations

from typing import Any

from discord.webhook.async_ import interaction_message_response_params

from bot.discord_ui.discord_io.embeds import payload, sending
from bot.discord_ui.model.message import Message
from tests.wire.limits import message_problems
from tests.wire.validate import spec

SESSION = "session-name-1234"
ROUTE = "/interactions/{interaction_id}/{interaction_token}/callback"


async def edit_body(message: Message) -> dict[str, Any]:
    """The body of an answer that replaces a message."""
    with interaction_message_response_params(type=7, **payload(SESSION, message)) as params:
        return dict((params.payload or _from_form(params))["data"])


async def new_body(message: Message) -> dict[str, Any]:
    """The body of a new message."""
    arguments = sending(SESSION, message)
    with interaction_message_response_params(type=4, **arguments) as params:
        return dict((params.payload or _from_form(params))["data"])


def _from_form(params: Any) -> dict[str, Any]:
    import json

    return json.loads(next(part["value"] for part in params.multipart if part["name"] == "payload_json"))


async def problems(message: Message, *, described: bool = True) -> list[str]:
    """Everything that Discord would refuse or not show, as a new message and as an edit; empty if all is well.

    ``described`` holds the bodies against Discord's own description too, which takes a twentieth of a second each.
    """
    files = [one.filename for one in message.files]
    found: list[str] = []
    for body, kind in ((await edit_body(message), 7), (await new_body(message), 4)):
        found += message_problems(body, files, is_edit=kind == 7)
        discord = spec() if described else None
        if discord is not None:
            found += discord.request_problems("POST", ROUTE, {"type": kind, "data": body})
    return found
