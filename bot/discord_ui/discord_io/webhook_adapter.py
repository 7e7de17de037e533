"""Answering a press without having Discord send the message back.

discord.py always asks for the message that an answer shows, and parses it with all its controls. We have just drawn
that message: parsing it would cost as much as drawing it.
"""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from discord.http import MultipartParameters, Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from .library_version import is_known_version


class _WithoutMessage(AsyncWebhookAdapter):
    """The library's adapter, but it does not ask for the message."""

    async def create_interaction_response(
        self,
        interaction_id: int,
        token: str,
        *,
        session: Any,
        proxy: str | None = None,
        proxy_auth: Any = None,
        params: MultipartParameters,
    ) -> Any:
        """Answer, and return the fields that the library reads: which interaction it was."""
        route = Route(
            "POST", "/interactions/{webhook_id}/{webhook_token}/callback",
            webhook_id=interaction_id, webhook_token=token,
        )  # fmt: skip
        body: dict[str, Any] = (
            {"files": params.files, "multipart": params.multipart} if params.files else {"payload": params.payload}
        )
        await self.request(route, session=session, proxy=proxy, proxy_auth=proxy_auth, **body)
        return {"interaction": {"id": str(interaction_id), "type": 3}}


_WITHOUT_MESSAGE = _WithoutMessage()


@contextmanager
def without_echo() -> Generator[None]:
    """Answer interactions inside this block without having the message sent back.

    With an unknown version of discord.py, or where ``async_context`` holds another adapter, nothing is changed: then
    the message is sent back and parsed.
    """
    if not is_known_version() or type(async_context.get()) is not AsyncWebhookAdapter:
        yield
        return
    before = async_context.set(_WITHOUT_MESSAGE)
    try:
        yield
    finally:
        async_context.reset(before)
