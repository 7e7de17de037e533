"""The providers by name: a new one is one file and one entry here."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from pydantic import SecretStr

from bot.bing_v7 import Misconfigured, Provider, Verb
from bot.providers.adapters.brave import Brave, BraveSettings
from bot.providers.adapters.commons.search import Commons, CommonsSettings
from bot.providers.adapters.commons.sha1 import CommonsSha1
from bot.providers.adapters.google_vision import GoogleVision, GoogleVisionSettings
from bot.providers.adapters.openverse import Openverse
from bot.providers.adapters.openverse_app import OpenverseSettings
from bot.providers.adapters.saucenao import SauceNao, SauceNaoSettings
from bot.providers.adapters.searxng import Searxng, SearxngSettings
from bot.providers.adapters.tineye import TinEye, TinEyeSettings
from bot.providers.adapters.tracemoe import TraceMoe, TraceMoeSettings
from bot.providers.adapters.vision import Vision, VisionSettings
from bot.providers.adapters.wikifeeds import Wikifeeds, WikifeedsSettings
from bot.providers.adapters.yandex import Yandex, YandexSettings
from bot.providers.http.transport import Transport

from .settings import ProviderSettings, env_name

KEYLESS = ("openverse", "commons", "wikifeeds", "commons-sha1", "tracemoe")
"""What answers without any key, in a good order; the collection belongs behind them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """How a provider is made.

    ``needs`` are fields of `ProviderSettings` that must be set; ``together`` are fields that are optional but belong
    together; ``contact`` says that the service wants to be able to reach the operator.
    """

    title: str
    verbs: tuple[Verb, ...]
    make: Callable[[Transport, ProviderSettings], Provider]
    needs: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    contact: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """Whether a provider is on, and why not; ``missing`` are environment variables."""

    name: str
    title: str
    on: bool
    why: str
    missing: tuple[str, ...] = ()
    verbs: tuple[Verb, ...] = ()


REGISTRY: Mapping[str, Entry] = {
    "openverse": Entry(
        Openverse.title,
        (Verb.SEARCH,),
        lambda transport, s: Openverse(
            transport, OpenverseSettings(s.openverse_url, s.openverse_client_id, s.openverse_client_secret)
        ),
        together=("openverse_client_id", "openverse_client_secret"),
    ),
    "commons": Entry(
        Commons.title,
        (Verb.SEARCH,),
        lambda transport, s: Commons(transport, CommonsSettings(s.commons_url, s.commons_moderate)),
        contact=True,
    ),
    "commons-sha1": Entry(
        CommonsSha1.title,
        (Verb.INSIGHTS,),
        lambda transport, s: CommonsSha1(transport, CommonsSettings(s.commons_url)),
        contact=True,
    ),
    "wikifeeds": Entry(
        Wikifeeds.title,
        (Verb.TRENDING,),
        lambda transport, s: Wikifeeds(transport, WikifeedsSettings(s.wikifeeds_url, s.commons_url)),
        contact=True,
    ),
    "searxng": Entry(
        Searxng.title,
        (Verb.SEARCH,),
        lambda transport, s: Searxng(transport, SearxngSettings(s.searxng_url or "", s.searxng_engines)),
        needs=("searxng_url",),
    ),
    "brave": Entry(
        Brave.title,
        (Verb.SEARCH,),
        lambda transport, s: Brave(transport, BraveSettings(_given(s.brave_key), s.brave_url)),
        needs=("brave_key",),
    ),
    "google-vision": Entry(
        GoogleVision.title,
        (Verb.INSIGHTS,),
        lambda transport, s: GoogleVision(
            transport,
            GoogleVisionSettings(_given(s.google_vision_key), s.google_vision_url, s.google_vision_entities),
        ),
        needs=("google_vision_key",),
    ),
    "saucenao": Entry(
        SauceNao.title,
        (Verb.INSIGHTS,),
        lambda transport, s: SauceNao(transport, SauceNaoSettings(s.saucenao_url, s.saucenao_key)),
    ),
    "tracemoe": Entry(
        TraceMoe.title,
        (Verb.INSIGHTS,),
        lambda transport, s: TraceMoe(transport, TraceMoeSettings(s.tracemoe_url, s.tracemoe_key)),
    ),
    "vision": Entry(
        Vision.title,
        (Verb.INSIGHTS,),
        lambda transport, s: Vision(
            transport, VisionSettings(s.vision_url or "", s.vision_model or "", s.vision_key, s.vision_seconds)
        ),
        needs=("vision_url", "vision_model"),
    ),
    "tineye": Entry(
        TinEye.title,
        (Verb.INSIGHTS,),
        lambda transport, s: TinEye(transport, TinEyeSettings(_given(s.tineye_key), s.tineye_url)),
        needs=("tineye_key",),
    ),
    "yandex": Entry(
        Yandex.title,
        (Verb.SEARCH, Verb.INSIGHTS),
        lambda transport, s: Yandex(
            transport, YandexSettings(_given(s.yandex_key), s.yandex_folder_id or "", s.yandex_url)
        ),
        needs=("yandex_key", "yandex_folder_id"),
    ),
}


def _given(key: SecretStr | None) -> SecretStr:
    return key or SecretStr("")


def missing(name: str, settings: ProviderSettings, contact: str | None) -> tuple[str, ...]:
    """Return the environment variables that a provider still needs."""
    entry = REGISTRY[name]
    needed = [field for field in entry.needs if not settings.has(field)]
    if any(settings.has(field) for field in entry.together):
        needed += [field for field in entry.together if not settings.has(field)]
    if entry.contact and not (contact or "").strip():
        needed.append("contact")
    return tuple(env_name(field) for field in needed)


def describe(
    names: Sequence[str], settings: ProviderSettings, contact: str | None, elsewhere: Collection[str] = ()
) -> list[Status]:
    """Say of every provider whether it is on, and exactly what is missing: the named ones first, in their order.

    Args:
        names: the operator's list.
        settings: the providers' settings.
        contact: how services reach the operator.
        elsewhere: names of providers made elsewhere, which are passed over here.
    """
    chosen = [name for name in dict.fromkeys(names) if name not in elsewhere]
    rest = [name for name in REGISTRY if name not in chosen]
    return [_status(name, settings, contact, elsewhere, chosen=name in chosen) for name in [*chosen, *rest]]


def _status(
    name: str, settings: ProviderSettings, contact: str | None, elsewhere: Collection[str] = (), *, chosen: bool
) -> Status:
    entry = REGISTRY.get(name)
    if entry is None:
        names = ", ".join([*REGISTRY, *sorted(elsewhere)])
        return Status(name, name, on=False, why=f"no such provider; there are {names}")
    lacking = missing(name, settings, contact)
    if not chosen:
        ready = "" if lacking or not entry.needs else ", though its settings are there"
        why = f"not named in MAGPIE_PROVIDERS{ready}"
    elif lacking:
        why = f"set {' and '.join(lacking)}"
    else:
        why = "ready"
    return Status(name, entry.title, chosen and not lacking, why, lacking if chosen else (), entry.verbs)


def make(name: str, transport: Transport, settings: ProviderSettings, contact: str | None) -> Provider:
    """Make a provider.

    Raises:
        Misconfigured: there is none of that name, or something is missing; the sentence says what.
    """
    status = _status(name, settings, contact, chosen=True)
    if not status.on:
        raise Misconfigured(status.why, provider=name)
    return REGISTRY[name].make(transport, settings)
