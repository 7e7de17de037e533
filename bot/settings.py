"""Typed settings from the environment and ``.env``: built once by the command line and passed down.

``DISCORD_*`` says where Discord is, ``MAGPIE_*`` everything else. Nothing is read when this module is imported.
"""

import os
from pathlib import Path
from typing import Literal, Self

from dotenv import dotenv_values
from platformdirs import user_data_path
from pydantic import (
    AliasChoices,
    AnyHttpUrl,
    Field,
    IPvAnyNetwork,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.providers.settings import ProviderSettings, provider_env_name

from .bing_v7 import SafeSearch

ENV_FILE = ".env"
_TOKEN = "DISCORD_TOKEN"  # noqa: S105 (the variable's name)
COLLECTION = "collection"
RECOGNIZER = "recognizer"
TEXT_READER = "text-reader"
V7 = "v7"
DEFAULT_PROVIDERS = (
    "openverse",
    "commons",
    "wikifeeds",
    "commons-sha1",
    "tracemoe",
    COLLECTION,
    RECOGNIZER,
    TEXT_READER,
)
"""Asked where the operator names none: living services without a key, the operator's own pictures, what it shows."""


class SettingsError(Exception):
    """A setting is missing or wrong; the text is one plain sentence for the operator."""


class Settings(BaseSettings, ProviderSettings):  # pyright: ignore[reportIncompatibleVariableOverride] (configs merge)
    """Everything an operator can choose."""

    model_config = SettingsConfigDict(
        env_prefix="MAGPIE_", env_file=ENV_FILE, env_file_encoding="utf-8", extra="ignore", frozen=True,
        env_ignore_empty=True, populate_by_name=True, enable_decoding=False,
    )  # fmt: skip

    discord_token: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("DISCORD_TOKEN"),
        description="The bot's token. Without it `magpie run` opens the try-out page.",
    )
    discord_api_url: AnyHttpUrl | None = Field(
        default=None,
        validation_alias=AliasChoices("DISCORD_API_URL"),
        description="REST address of a Discord-compatible server, with the version: `https://host/api/v10`.",
    )
    discord_gateway_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices("DISCORD_GATEWAY_URL"),
        description="Gateway address of a Discord-compatible server: `wss://host`.",
    )
    providers: tuple[str, ...] = Field(
        default=DEFAULT_PROVIDERS,
        description="Providers in the order they are asked, separated by commas; the try-out page asks only the "
        "collection unless they are named.",
    )
    data_dir: Path = Field(
        default_factory=lambda: user_data_path("magpie"),
        description="Folder for the databases and drawn pictures; if empty the user's own data folder, such as "
        "`~/.local/share/magpie` on Linux.",
    )
    database_url: SecretStr | None = Field(
        default=None, description="`postgresql://user:password@host/name`; without it a SQLite file in the data folder."
    )
    collection_url: SecretStr | None = Field(
        default=None,
        description="Where the collection's index lives if not beside the rest: `postgresql://...`, for bots also that "
        "of a read replica, or `sqlite:///path`.",
    )
    contact: str | None = Field(
        default=None,
        description="A mail address or page of yours: sent to services that require one, shown by `/about`.",
    )
    safesearch_default: SafeSearch = Field(
        default=SafeSearch.STRICT, description="SafeSearch where a server has set nothing: `Strict` or `Moderate`."
    )
    allow_safesearch_off: bool = Field(
        default=False, description="Whether moderators may choose Off, in age-restricted channels only."
    )
    strict_list: Path | None = Field(
        default=None,
        description="File of words and sites left out in Strict, in place of the bot's own list, "
        "`bot/safesearch/strict.txt`, which shows the format.",
    )
    everywhere_list: Path | None = Field(
        default=None,
        description="File of words and sites of yours that are refused at every level, beside the bot's own list, "
        "`bot/safesearch/everywhere.txt`, which always holds.",
    )
    unrated: Literal["withhold", "moderate"] = Field(
        default="withhold",
        description="Your own pictures that nobody rated: `withhold` below Off, or show at `moderate`.",
    )
    embedder: str | None = Field(
        default=None,
        description="What says which pictures are alike, for `magpie index` and for lookups: `builtin` (the extra "
        "`recognition`; chosen by itself where that is installed), `off`, or the ONNX file of an image model of yours "
        "(the image tower of CLIP, SigLIP, DINO), which needs the extra `vectors`.",
    )
    embedder_text: Path | None = Field(
        default=None,
        description="The ONNX file of the text tower that belongs to the image tower in `MAGPIE_EMBEDDER` (CLIP, "
        "SigLIP), with its `tokenizer.json` beside it: words then find pictures that nobody described.",
    )
    embedder_scaling: Literal["clip", "imagenet", "half"] = Field(
        default="clip",
        description="How a model of yours wants colours: `clip`, `imagenet` (DINO), or `half`, mean and deviation 0.5 "
        "(SigLIP).",
    )
    rater: str | None = Field(
        default=None,
        description="What is asked about your pictures nobody rated and about pictures handed in, to keep back, and "
        "about small pictures of services that do not filter, to show them below Off: `builtin` (the extra `rater`: "
        "pornography in photographs, nothing else), or `module:function` of yours.",
    )
    describer: str | None = Field(
        default=None,
        description="`module:function` of yours that `magpie index --describe` asks what pictures show; the built-in "
        "model of the extra `recognition` if empty. Its words are kept as machine-made, below what people wrote.",
    )
    v7_endpoint: AnyHttpUrl | None = Field(
        default=None,
        description="Base address of a v7 endpoint, such as `https://host/v7.0`; turns the provider `v7` on.",
    )
    v7_key: SecretStr | None = Field(default=None, description="Subscription key of the v7 endpoint.")
    serve_keys: tuple[SecretStr, ...] = Field(
        default=(), description="Keys that `magpie serve` accepts, separated by commas; may be empty on loopback only."
    )
    serve_per_second: int = Field(
        default=10, ge=1, description="Requests a second that `magpie serve` grants each key."
    )
    serve_safesearch: SafeSearch = Field(
        default=SafeSearch.OFF,
        description="The mildest SafeSearch of `magpie serve`, whatever a client asks for: `Off`, `Moderate` or "
        "`Strict`.",
    )
    serve_public_url: AnyHttpUrl | None = Field(
        default=None,
        description="Address that the links of `magpie serve` begin with, such as `https://pictures.example.org`.",
    )
    serve_proxies: tuple[IPvAnyNetwork, ...] = Field(
        default=(),
        description="Networks of proxies before `magpie serve` whose `X-Forwarded-*` headers are believed, separated "
        "by commas.",
    )
    serve_origins: tuple[str, ...] = Field(
        default=(),
        description="Origins of web pages that may ask `magpie serve`, separated by commas; if empty all with keys, "
        "none without.",
    )
    shard_count: int | None = Field(
        default=None, ge=1, description="Number of shards in all; Discord's advice if empty."
    )
    shard_ids: tuple[int, ...] = Field(
        default=(), description="Shards of this process, separated by commas; all if empty."
    )
    health_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        description="Port on loopback for `/livez`, `/readyz` and `/metrics`; off if empty.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much is logged; what people ask never is."
    )
    log_format: Literal["plain", "json"] = Field(default="plain", description="Log lines for people or for programs.")

    @field_validator(
        "providers", "serve_keys", "serve_proxies", "serve_origins", "shard_ids", "searxng_engines", mode="before"
    )
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("discord_gateway_url")
    @classmethod
    def _is_websocket(cls, value: str | None) -> str | None:
        if value and not value.startswith(("ws://", "wss://")):
            raise ValueError("the address must begin with ws:// or wss://")
        return value

    @field_validator("discord_token", mode="before")
    @classmethod
    def _no_spaces_around_it(cls, value: object) -> object:
        return value.strip() or None if isinstance(value, str) else value

    @field_validator("safesearch_default")
    @classmethod
    def _never_off(cls, value: SafeSearch) -> SafeSearch:
        if value is SafeSearch.OFF:
            raise ValueError("Off cannot be the default; moderators choose it for age-restricted channels")
        return value

    @model_validator(mode="after")
    def _shards_are_counted(self) -> Self:
        if self.shard_ids and (self.shard_count is None or max(self.shard_ids) >= self.shard_count):
            raise ValueError("MAGPIE_SHARD_IDS needs MAGPIE_SHARD_COUNT, larger than every id")
        return self

    @property
    def names_providers(self) -> bool:
        """True if the operator named the providers to ask."""
        return "providers" in self.model_fields_set

    @property
    def provider_names(self) -> tuple[str, ...]:
        """The providers to ask, first asked first; a v7 endpoint that is set but not named comes first."""
        if self.v7_endpoint and not self.names_providers:
            return (V7, *self.providers)
        return self.providers

    @property
    def state_url(self) -> str:
        """URL of the database with settings, page sessions and counts."""
        if self.database_url:
            return self.database_url.get_secret_value()
        return f"sqlite+aiosqlite:///{self.data_dir / 'magpie.sqlite3'}"

    @property
    def collection_address(self) -> str:
        """Where the collection's index lives: what is set, else the same PostgreSQL or a SQLite file of its own."""
        if self.collection_url:
            return self.collection_url.get_secret_value()
        if self.database_url and self.database_url.get_secret_value().startswith("postgres"):
            return self.database_url.get_secret_value()
        return str(self.data_dir / "collection.sqlite3")


def env_name(field: str) -> str:
    """Return the environment variable that sets a field."""
    return field.upper() if field.startswith("discord_") else provider_env_name(field)


def load_settings(env_file: Path | None = None, serve_public_url: str | None = None) -> Settings:
    """Read the settings from the environment and the env file; what is given here comes before both.

    Raises:
        SettingsError: values are wrong; a sentence a line names each variable, never the value of a secret.
    """
    try:
        given = {} if serve_public_url is None else {"serve_public_url": serve_public_url}
        return Settings(_env_file=env_file or ENV_FILE, **given)  # pyright: ignore (pydantic-settings' argument)
    except ValidationError as error:
        wrong = [_sentence(detail) for detail in error.errors(include_input=False, include_url=False)]
        raise SettingsError("\n".join(dict.fromkeys(wrong))) from None


def token_left_empty(env_file: Path | None = None) -> bool:
    """Tell whether DISCORD_TOKEN is there without a value, or with spaces alone: somebody meant to set it."""
    given = os.environ.get(_TOKEN, dotenv_values(env_file or ENV_FILE).get(_TOKEN))
    return given is not None and not given.strip()


_WANTED = {
    "int_parsing": "it should be a whole number",
    "int_from_float": "it should be a whole number",
    "float_parsing": "it should be a number",
    "bool_parsing": "it should be true or false",
}
"""What pydantic says in words for programmers, by the type of its error."""


def _sentence(detail: ErrorDetails) -> str:
    place = str(detail["loc"][0]) if detail["loc"] else ""
    reason = _WANTED.get(detail["type"], detail["msg"].removeprefix("Value error, "))
    if not place:
        return f"The settings do not fit together: {reason}."
    name = place if place.isupper() else env_name(place)
    return f"{name} is not usable: {reason.replace('Input should', 'it should')}."
