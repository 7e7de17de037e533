"""Signing in to Openverse as a registered app, for higher limits."""

from dataclasses import dataclass
from urllib.parse import urlencode

from pydantic import SecretStr

from bot.bing_v7 import HttpRequest, HttpResponse, Misconfigured
from bot.providers.http.decoding import decoded_json, text, whole

from .addresses import safe_join

NAME = "openverse"
BASE_URL = "https://api.openverse.org/v1/"


@dataclass(frozen=True, slots=True)
class OpenverseSettings:
    """Where Openverse is, and the registered app if there is one."""

    base_url: str = BASE_URL
    client_id: str | None = None
    client_secret: SecretStr | None = None

    @property
    def registered(self) -> bool:
        """True if there is an app to sign in with."""
        return bool(self.client_id and self.client_secret)


def build_token(settings: OpenverseSettings) -> HttpRequest:
    """Build the sign-in of a registered app."""
    secret = settings.client_secret.get_secret_value() if settings.client_secret else ""
    form = {"grant_type": "client_credentials", "client_id": settings.client_id or "", "client_secret": secret}
    return HttpRequest(
        "POST",
        safe_join(settings.base_url, "auth_tokens/token/"),
        body=urlencode(form).encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )


def decode_token(response: HttpResponse) -> tuple[str, float]:
    """Read the sign-in: the token and for how many seconds it is good.

    Raises:
        Misconfigured: the app's id or secret is refused.
    """
    data = decoded_json(response, NAME)
    token = text(data, "access_token")
    if not token:
        raise Misconfigured("the sign-in gave no token", provider=NAME)
    return token, float(whole(data, "expires_in") or 3600)
