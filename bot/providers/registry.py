"""The providers by name: a new one is one file and one entry here, or a package with an entry point (see `plugins`)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

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

from .adapters import animetrace, fluffle, klipy, pexels, plantnet, serpapi, serper
from .entry import Cost, Entry
from .plugins import load_plugins
from .settings import ProviderSettings, provider_env_name

NO_SUCH_PROVIDER = "no such provider"
"""Why a name that nobody has is off."""


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
        cost=Cost("200 a day, 20 a minute", "no", "not sold"),
    ),
    "commons": Entry(
        Commons.title,
        (Verb.SEARCH,),
        lambda transport, s: Commons(transport, CommonsSettings(s.commons_url, s.commons_moderate)),
        contact=True,
        cost=Cost("Wikimedia's limits per client", "no", "not sold"),
    ),
    "commons-sha1": Entry(
        CommonsSha1.title,
        (Verb.INSIGHTS,),
        lambda transport, s: CommonsSha1(transport, CommonsSettings(s.commons_url)),
        contact=True,
        cost=Cost("as `commons`", "no", "not sold"),
    ),
    "wikifeeds": Entry(
        Wikifeeds.title,
        (Verb.TRENDING,),
        lambda transport, s: Wikifeeds(transport, WikifeedsSettings(s.wikifeeds_url, s.commons_url)),
        contact=True,
        cost=Cost("as `commons`", "no", "not sold"),
    ),
    "searxng": Entry(
        Searxng.title,
        (Verb.SEARCH,),
        lambda transport, s: Searxng(transport, SearxngSettings(s.searxng_url or "", s.searxng_engines)),
        needs=("searxng_url",),
        cost=Cost("your server", "no", "yours"),
    ),
    "brave": Entry(
        Brave.title,
        (Verb.SEARCH,),
        lambda transport, s: Brave(transport, BraveSettings(_given(s.brave_key), s.brave_url)),
        needs=("brave_key",),
        cost=Cost("$5 of credit a month: 1,000 calls at the list price", "yes", "$5 per 1,000"),
    ),
    "google-vision": Entry(
        GoogleVision.title,
        (Verb.INSIGHTS,),
        lambda transport, s: GoogleVision(
            transport,
            GoogleVisionSettings(_given(s.google_vision_key), s.google_vision_url, s.google_vision_entities),
        ),
        needs=("google_vision_key",),
        cost=Cost("1,000 a month", "yes", "$5 per 1,000"),
    ),
    "saucenao": Entry(
        SauceNao.title,
        (Verb.INSIGHTS,),
        lambda transport, s: SauceNao(transport, SauceNaoSettings(s.saucenao_url, s.saucenao_key)),
        cost=Cost("10 a day without an account; 200 with a free one", "no", "by account"),
    ),
    "tracemoe": Entry(
        TraceMoe.title,
        (Verb.INSIGHTS,),
        lambda transport, s: TraceMoe(transport, TraceMoeSettings(s.tracemoe_url, s.tracemoe_key)),
        cost=Cost("100 a day", "no", "sponsorship"),
    ),
    "vision": Entry(
        Vision.title,
        (Verb.INSIGHTS,),
        lambda transport, s: Vision(
            transport, VisionSettings(s.vision_url or "", s.vision_model or "", s.vision_key, s.vision_seconds)
        ),
        needs=("vision_url", "vision_model"),
        cost=Cost("your server, or the outside service's", "by service", "by service"),
    ),
    "tineye": Entry(
        TinEye.title,
        (Verb.INSIGHTS,),
        lambda transport, s: TinEye(transport, TinEyeSettings(_given(s.tineye_key), s.tineye_url)),
        needs=("tineye_key",),
        cost=Cost("none", "prepaid", "by bundle"),
    ),
    "klipy": Entry(
        klipy.TITLE,
        (Verb.SEARCH, Verb.TRENDING),
        lambda transport, s: klipy.Klipy(transport, klipy.KlipySettings(_given(s.klipy_key), s.klipy_url)),
        needs=("klipy_key",),
        cost=Cost("all with a key for production", "no", "not sold"),
    ),
    "pexels": Entry(
        pexels.TITLE,
        (Verb.SEARCH, Verb.TRENDING),
        lambda transport, s: pexels.Pexels(transport, pexels.PexelsSettings(_given(s.pexels_key), s.pexels_url)),
        needs=("pexels_key",),
        cost=Cost("200 an hour, 20,000 a month", "no", "on request"),
    ),
    "serpapi": Entry(
        serpapi.TITLE,
        (Verb.SEARCH, Verb.INSIGHTS),
        lambda transport, s: serpapi.SerpApi(transport, serpapi.SerpApiSettings(_given(s.serpapi_key), s.serpapi_url)),
        needs=("serpapi_key",),
        cost=Cost("250 a month (*unverified*)", "*unverified*", "$25 per 1,000 in the smallest plan"),
    ),
    "serper": Entry(
        serper.TITLE,
        (Verb.SEARCH,),
        lambda transport, s: serper.Serper(transport, serper.SerperSettings(_given(s.serper_key), s.serper_url)),
        needs=("serper_key",),
        cost=Cost("2,500 credits once", "no", "$2 per 1,000"),
    ),
    "fluffle": Entry(
        fluffle.TITLE,
        (Verb.INSIGHTS,),
        lambda transport, s: fluffle.Fluffle(transport, fluffle.FluffleSettings(s.fluffle_url)),
        contact=True,
        cost=Cost("all, one at a time", "no", "not sold"),
    ),
    "animetrace": Entry(
        animetrace.TITLE,
        (Verb.INSIGHTS,),
        lambda transport, s: animetrace.AnimeTrace(transport, animetrace.AnimeTraceSettings(s.animetrace_url)),
        cost=Cost("*unverified*", "no", "*unverified*"),
    ),
    "plantnet": Entry(
        plantnet.TITLE,
        (Verb.INSIGHTS,),
        lambda transport, s: plantnet.PlantNet(
            transport, plantnet.PlantNetSettings(_given(s.plantnet_key), s.plantnet_url)
        ),
        needs=("plantnet_key",),
        cost=Cost("500 a day", "no", "by contract"),
    ),
    "yandex": Entry(
        Yandex.title,
        (Verb.SEARCH, Verb.INSIGHTS),
        lambda transport, s: Yandex(
            transport, YandexSettings(_given(s.yandex_key), s.yandex_folder_id or "", s.yandex_url)
        ),
        needs=("yandex_key", "yandex_folder_id"),
        cost=Cost("none", "yes", "by its price list"),
    ),
}


@lru_cache(maxsize=1)
def registry() -> Mapping[str, Entry]:
    """Return every provider that can be named: the bot's, and those of installed packages; ours keep their names."""
    return {**load_plugins().entries, **REGISTRY}


def _given(key: SecretStr | None) -> SecretStr:
    return key or SecretStr("")


def missing(name: str, settings: ProviderSettings, contact: str | None) -> tuple[str, ...]:
    """Return the environment variables that a provider still needs."""
    entry = registry()[name]
    needed = [field for field in entry.needs if not settings.has(field)]
    if any(settings.has(field) for field in entry.together):
        needed += [field for field in entry.together if not settings.has(field)]
    if entry.contact and not (contact or "").strip():
        needed.append("contact")
    return tuple(provider_env_name(field) for field in needed)


def provider_states(
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
    rest = [name for name in registry() if name not in chosen]
    return [_status(name, settings, contact, chosen=name in chosen) for name in [*chosen, *rest]]


def _status(name: str, settings: ProviderSettings, contact: str | None, *, chosen: bool) -> Status:
    entry = registry().get(name)
    if entry is None:
        if name in (broken := load_plugins().broken):
            return Status(name, name, on=False, why=broken[name])
        return Status(name, name, on=False, why=NO_SUCH_PROVIDER)
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
    return registry()[name].make(transport, settings)
