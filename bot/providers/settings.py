"""What an operator can set for each provider: field names are the environment's, in small letters after ``MAGPIE_``."""

from collections.abc import Iterator, Mapping

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from bot.providers.adapters.commons import search

from .adapters import (
    animetrace,
    brave,
    fluffle,
    google_vision,
    klipy,
    openverse_app,
    pexels,
    plantnet,
    saucenao,
    serpapi,
    serper,
    tineye,
    tracemoe,
    wikifeeds,
    yandex,
)
from .adapters.vision_model import SECONDS as VISION_SECONDS
from .http.web_addresses import is_web


class ProviderSettings(BaseModel):
    """Keys and addresses of the providers; all are optional, an empty text counts as not set."""

    model_config = ConfigDict(frozen=True)

    openverse_url: str = Field(default=openverse_app.BASE_URL, description="Address of Openverse's API.")
    openverse_client_id: str | None = Field(default=None, description="Client id of a registered Openverse app.")
    openverse_client_secret: SecretStr | None = Field(default=None, description="Client secret of that app.")
    commons_url: str = Field(default=search.API_URL, description="Address of Wikimedia Commons' `api.php`.")
    commons_moderate: bool = Field(
        default=False, description="Let Commons answer at Moderate too, without its categories of nudity and sex."
    )
    wikifeeds_url: str = Field(
        default=wikifeeds.BASE_URL,
        description="Address of Wikipedia's REST API; `{language}` is filled in, also `{date}` if it is there.",
    )
    searxng_url: str | None = Field(default=None, description="Address of your own SearXNG server; turns `searxng` on.")
    searxng_engines: tuple[str, ...] = Field(
        default=(), description="Image engines of that server to use, separated by commas; all that are on if empty."
    )
    brave_key: SecretStr | None = Field(
        default=None, description="Subscription token of Brave Search; turns `brave` on."
    )
    brave_url: str = Field(default=brave.BASE_URL, description="Address of Brave Search's API.")
    google_vision_key: SecretStr | None = Field(
        default=None, description="API key of Google Cloud Vision; turns `google-vision` on."
    )
    google_vision_url: str = Field(default=google_vision.BASE_URL, description="Address of Google Cloud Vision.")
    google_vision_entities: bool = Field(
        default=True, description="Show the names that Google finds in web captions; they may name people."
    )
    saucenao_key: SecretStr | None = Field(
        default=None, description="API key of a SauceNAO account; raises its limits."
    )
    saucenao_url: str = Field(default=saucenao.BASE_URL, description="Address of SauceNAO.")
    tracemoe_key: SecretStr | None = Field(default=None, description="A trace.moe sponsor's key; raises its limits.")
    tracemoe_url: str = Field(default=tracemoe.BASE_URL, description="Address of trace.moe's API.")
    tineye_key: SecretStr | None = Field(default=None, description="API key of TinEye; turns `tineye` on.")
    tineye_url: str = Field(default=tineye.BASE_URL, description="Address of TinEye's API.")
    vision_url: str | None = Field(
        default=None,
        description="Address of a chat endpoint in OpenAI's form, before `chat/completions`, such as Ollama's "
        "`http://127.0.0.1:11434/v1`; or `https://api.anthropic.com/v1`. Turns `vision` on, with its model.",
    )
    vision_model: str | None = Field(default=None, description="Name of that model.")
    vision_key: SecretStr | None = Field(default=None, description="Key of that endpoint, if it wants one.")
    vision_seconds: float = Field(
        default=VISION_SECONDS,
        gt=0,
        le=300,
        description="Seconds that the model may take; other answers are shown first.",
    )
    yandex_key: SecretStr | None = Field(default=None, description="API key of Yandex Search API.")
    yandex_folder_id: str | None = Field(default=None, description="Folder that the Yandex key belongs to.")
    yandex_url: str = Field(default=yandex.BASE_URL, description="Address of Yandex Search API.")
    klipy_key: SecretStr | None = Field(default=None, description="API key of KLIPY; turns `klipy` on.")
    klipy_url: str = Field(default=klipy.BASE_URL, description="Address of KLIPY's API.")
    pexels_key: SecretStr | None = Field(default=None, description="API key of Pexels; turns `pexels` on.")
    pexels_url: str = Field(default=pexels.BASE_URL, description="Address of Pexels' API.")
    serpapi_key: SecretStr | None = Field(default=None, description="API key of SerpApi; turns `serpapi` on.")
    serpapi_url: str = Field(default=serpapi.BASE_URL, description="Address of SerpApi.")
    serper_key: SecretStr | None = Field(default=None, description="API key of Serper; turns `serper` on.")
    serper_url: str = Field(default=serper.BASE_URL, description="Address of Serper's API.")
    fluffle_url: str = Field(default=fluffle.BASE_URL, description="Address of Fluffle's API.")
    animetrace_url: str = Field(default=animetrace.BASE_URL, description="Address of AnimeTrace's API.")
    plantnet_key: SecretStr | None = Field(default=None, description="API key of Pl@ntNet; turns `plantnet` on.")
    plantnet_url: str = Field(default=plantnet.BASE_URL, description="Address of Pl@ntNet's API.")
    provider_seconds: float = Field(
        default=5.0, gt=0, le=60, description="Seconds within which people get an answer or a plain sentence."
    )
    provider_calls_per_day: Mapping[str, int | None] = Field(
        default={},
        description="Calls a day that a provider allows you, in place of what it allows everybody, as "
        "`saucenao=5000,tracemoe=1000`; `none` for no limit.",
    )
    provider_calls_per_month: Mapping[str, int | None] = Field(
        default={}, description="The same by calendar month: `brave=2000,google-vision=none`."
    )
    provider_price_per_call: Mapping[str, float | None] = Field(
        default={}, description="What a call costs you, in place of the list price: `serpapi=0.01`."
    )
    provider_money_per_month: Mapping[str, float | None] = Field(
        default={}, description="Most that may be spent at a provider in a calendar month: `brave=5,serpapi=20`."
    )
    server_calls_per_day: int | None = Field(
        default=None,
        ge=1,
        description="Calls that one Discord server may cause at each provider in a day; no limit if empty.",
    )
    person_calls_per_day: int | None = Field(
        default=100,
        ge=1,
        description="Calls that one person may cause at each provider in a day; cached answers are free.",
    )

    @field_validator(
        "openverse_url", "commons_url", "wikifeeds_url", "searxng_url", "brave_url", "google_vision_url",
        "saucenao_url", "tracemoe_url", "tineye_url", "vision_url", "yandex_url", "klipy_url", "pexels_url",
        "serpapi_url", "serper_url", "fluffle_url", "animetrace_url", "plantnet_url",
    )  # fmt: skip
    @classmethod
    def _is_web_address(cls, value: str | None) -> str | None:
        if value and not is_web(value):
            raise ValueError("the address must begin with http:// or https://")
        return value

    @field_validator(
        "provider_calls_per_day", "provider_calls_per_month", "provider_price_per_call", "provider_money_per_month",
        mode="before",
    )  # fmt: skip
    @classmethod
    def _by_provider(cls, value: object) -> object:
        """Read ``name=value`` pairs; the numbers themselves are checked by the field's type."""
        if not isinstance(value, str):
            return value
        pairs = [part.partition("=") for part in value.split(",") if part.strip()]
        if any(not name.strip() or not equals or not amount.strip() for name, equals, amount in pairs):
            raise ValueError("write name=number, separated by commas")
        return {name.strip(): None if amount.strip().lower() == "none" else amount.strip() for name, _, amount in pairs}

    @field_validator(
        "provider_calls_per_day", "provider_calls_per_month", "provider_price_per_call", "provider_money_per_month"
    )
    @classmethod
    def _not_negative(cls, value: Mapping[str, float | None]) -> Mapping[str, float | None]:
        if any(amount is not None and amount < 0 for amount in value.values()):
            raise ValueError("the numbers must be 0 or more")
        return value

    def has(self, field: str) -> bool:
        """True if the operator set the field (a blank text is not set)."""
        value = getattr(self, field)
        return bool(value.get_secret_value().strip() if isinstance(value, SecretStr) else value)

    def keys(self) -> Iterator[str]:
        """Yield every secret value, for whoever keeps them out of logs."""
        for field in type(self).model_fields:
            value = getattr(self, field)
            if isinstance(value, SecretStr) and value.get_secret_value():
                yield value.get_secret_value()


def provider_env_name(field: str) -> str:
    """Return the environment variable that sets a field."""
    return f"MAGPIE_{field.upper()}"
