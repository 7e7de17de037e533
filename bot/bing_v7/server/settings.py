"""What the operator of an endpoint decides."""

import secrets
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, IPvAnyNetwork, SecretStr, field_validator

from bot.bing_v7.parameters import SafeSearch

PREFIXES = ("/v7.0", "/bing/v7.0")
"""Base paths of both eras: the Bing resource (2020 to 2025) and Cognitive Services (to 2023)."""


class ConnectionLimits(BaseModel):
    """How many connections there may be, and how long the other side may take; seconds."""

    model_config = ConfigDict(frozen=True)

    most: Annotated[int, Field(ge=1)] = 512
    head_seconds: Annotated[float, Field(gt=0)] = 10.0
    """From the beginning of a connection, or of a later request on it, to the end of the request's head."""
    answer_seconds: Annotated[float, Field(gt=0)] = 30.0
    """Without the other side taking a byte of an answer."""
    taking_seconds: Annotated[float, Field(gt=0)] = 5.0
    """For an answer to be taken whole, where others need the room or the memory; for a body to be sent, where they need
    the room."""
    untaken_bytes: Annotated[int, Field(ge=1)] = 128 * 1024 * 1024
    """Of answers that the other sides have not taken yet, all together."""
    idle_seconds: Annotated[float, Field(gt=0)] = 75.0
    """Between two requests."""


class ServerSettings(BaseModel):
    """Who may ask, how often, and how the endpoint is known outside.

    Without ``keys`` the endpoint answers only to its own machine. ``public_url`` is the address that links in answers
    begin with; without it they begin with the address that was asked. ``secrets_`` sign insights tokens and picture
    addresses, the first one newly, the others only for reading; without any, both end with the process.
    """

    model_config = ConfigDict(frozen=True)

    keys: tuple[SecretStr, ...] = ()
    per_second: Annotated[int, Field(ge=1)] | None = 10
    """Requests a key may make in one second, then 429."""
    per_day: Annotated[int, Field(ge=1)] | None = None
    """Requests a key may make in a day, then 403."""
    safe_search: SafeSearch = SafeSearch.OFF
    """The mildest level given to anybody; a request for less is answered at this one."""
    public_url: str | None = None
    proxies: tuple[IPvAnyNetwork, ...] = ()
    """Networks of the proxies whose ``X-Forwarded-*`` headers are believed."""
    origins: tuple[str, ...] | None = None
    """Origins of web pages that may ask (``*``: all); None: all with keys, no other without."""
    wrong_keys_per_minute: Annotated[int, Field(ge=1)] = 20
    """From one address; then 429 to it for whatever key it did not use before."""
    secrets_: Annotated[tuple[SecretStr, ...], Field(repr=False)] = ()
    max_upload_bytes: Annotated[int, Field(ge=1)] = 1_048_576
    time_limit: Annotated[float, Field(gt=0)] = 30.0
    """Seconds after which a request is given up."""
    picture_seconds: Annotated[float, Field(gt=0)] = 20.0
    """Seconds that a posted picture may wait for its turn and be read, then 429; a program waits longer than a person,
    and what is left of ``time_limit`` is for the lookup."""
    body_seconds: Annotated[float, Field(gt=0)] = 15.0
    """Seconds that the body of a request may take, then 408."""
    token_seconds: Annotated[int, Field(ge=1)] = 900
    """Seconds for which the token of a posted picture is good."""
    connections: ConnectionLimits = ConnectionLimits()
    shutdown_grace: Annotated[float, Field(ge=0)] = 10.0
    """Seconds that running requests have left once the endpoint is told to stop."""

    @field_validator("keys")
    @classmethod
    def _usable_keys(cls, keys: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        for key in keys:
            text = key.get_secret_value()
            if not (text and text.isascii() and text.isprintable() and text == text.strip()):
                raise ValueError("a key must be printable ASCII without blanks at its ends")
        return keys

    @field_validator("public_url")
    @classmethod
    def _usable_url(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("http://", "https://")):
            raise ValueError("public_url must begin with http:// or https://")
        return url.rstrip("/") if url else None

    def signing_secrets(self) -> tuple[str, ...]:
        """Return the secrets to sign and read with, newest first; one made for this process where none is set."""
        return tuple(secret.get_secret_value() for secret in self.secrets_) or (secrets.token_hex(32),)
