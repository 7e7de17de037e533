"""Markets, countries and languages of the contract, and the nearest of each for what somebody asks for.

Source: the market and language tables of the v7 reference. A market that is not listed is answered with the nearest
one, as the retired service did; ``BingAPIs-Market`` says which.
"""

import re
from functools import lru_cache

DEFAULT_MARKET = "en-US"
DEFAULT_LANGUAGE = "en"

MARKETS = (
    "es-AR", "en-AU", "de-AT", "nl-BE", "fr-BE", "pt-BR", "en-CA", "fr-CA", "es-CL", "da-DK", "fi-FI", "fr-FR", "de-DE",
    "zh-HK", "en-IN", "en-ID", "it-IT", "ja-JP", "ko-KR", "en-MY", "es-MX", "nl-NL", "en-NZ", "no-NO", "zh-CN", "pl-PL",
    "en-PH", "ru-RU", "en-ZA", "es-ES", "sv-SE", "fr-CH", "de-CH", "zh-TW", "tr-TR", "en-GB", "en-US", "es-US",
)  # fmt: skip
"""Values of ``mkt``."""

MARKET_LANGUAGES = (
    "ar", "eu", "bn", "bg", "ca", "zh-hans", "zh-hant", "hr", "cs", "da", "nl", "en", "en-gb", "et", "fi", "fr", "gl",
    "de", "gu", "he", "hi", "hu", "is", "it", "jp", "kn", "ko", "lv", "lt", "ms", "ml", "mr", "nb", "pl", "pt-br",
    "pt-pt", "pa", "ro", "ru", "sr", "sk", "sl", "es", "sv", "ta", "te", "th", "tr", "uk", "vi",
)  # fmt: skip
"""Values of ``setLang``; Japanese really is written ``jp`` there."""

TRENDING_MARKETS = ("en-AU", "en-CA", "en-IN", "zh-CN", "en-GB", "en-US")
"""Markets that had trending pictures."""

_MARKETS = {market.casefold(): market for market in MARKETS}
_HOME = {
    "da": "da-DK", "de": "de-DE", "en": "en-US", "es": "es-ES", "fi": "fi-FI", "fr": "fr-FR", "it": "it-IT",
    "ja": "ja-JP", "ko": "ko-KR", "nl": "nl-NL", "no": "no-NO", "pl": "pl-PL", "pt": "pt-BR", "ru": "ru-RU",
    "sv": "sv-SE", "tr": "tr-TR", "zh": "zh-CN",
}  # fmt: skip
"""The market to take for a language alone."""
_COUSINS = {"nb": "no", "nn": "no", "jp": "ja", "hi": "en", "id": "en"}
"""Languages without a market of their own, and the language of the market where they are spoken."""
_PLACES = {"hi": "IN", "id": "ID"}
_REGIONS = {"419": "MX", "UK": "GB", "HANT": "TW", "HANS": "CN", "MO": "HK", "SG": "CN"}
"""Regions and scripts that stand for one of the listed countries (``es-419`` is Latin American Spanish)."""
_WRITTEN = {
    "ja": "jp", "no": "nb", "nn": "nb", "zh": "zh-hans", "zh-cn": "zh-hans", "zh-sg": "zh-hans", "zh-tw": "zh-hant",
    "zh-hk": "zh-hant", "zh-mo": "zh-hant", "pt": "pt-br", "iw": "he",
}  # fmt: skip
_JAPANESE = re.compile(r"\Ajp\b", re.IGNORECASE)
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def is_market_code(text: str) -> bool:
    """True if the text looks like ``<language>-<COUNTRY>``, listed or not."""
    return _TAG.fullmatch(text) is not None


def _split(locale: str | None) -> tuple[str, str]:
    """Split a locale into lower-case language and upper-case region; both empty for what is no locale."""
    if not locale or not is_market_code(locale):
        return "", ""
    language, *rest = locale.replace("_", "-").split("-")
    region = rest[-1].upper() if rest else ""
    return language.lower(), _REGIONS.get(region, region)


@lru_cache(maxsize=1024)
def nearest_market(locale: str | None) -> str:
    """Return the listed market nearest to a market or locale; ``en-US`` for what is unknown.

    The same language in the same country comes first, then the language at home, then the country.
    """
    language, region = _split(locale)
    spoken = _COUSINS.get(language, language)
    exact = _MARKETS.get(f"{spoken}-{region or _PLACES.get(language, '')}".casefold())
    if exact:
        return exact
    if language in _COUSINS and spoken == "en" and region:
        language = ""
    if spoken in _HOME and language:
        return _HOME[spoken]
    return next((market for market in MARKETS if region and market.endswith(f"-{region}")), DEFAULT_MARKET)


def market_for_country(cc: str, accept_language: str | None = None) -> str:
    """Return the market of a country and the first language of an ``Accept-Language`` list that it has."""
    country = cc.strip().upper()
    here = [market for market in MARKETS if market.endswith(f"-{country}")]
    for tag in preferred_languages(accept_language):
        language, _ = _split(tag)
        found = next((market for market in here if market.startswith(f"{_COUSINS.get(language, language)}-")), None)
        if found:
            return found
    return here[0] if here else nearest_market(next(iter(preferred_languages(accept_language)), None))


def written_outside(language: str) -> str:
    """Return a ``setLang`` or market code as everybody but v7 writes it: its ``jp`` is ``ja``, the rest stays."""
    return _JAPANESE.sub("ja", language)


def preferred_languages(accept_language: str | None) -> list[str]:
    """Read an ``Accept-Language`` header: tags by falling ``q``, refused (``q=0``) and unreadable ones left out."""
    weighed: list[tuple[float, str]] = []
    for item in (accept_language or "").split(","):
        tag, _, weight = item.partition(";")
        quality = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", weight) if weight else None
        if not _TAG.fullmatch(tag.strip()) or (weight and not quality):
            continue
        weighed.append((float(quality[1]) if quality else 1.0, tag.strip()))
    return [tag for weight, tag in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0]


def language_for(locale: str | None) -> str:
    """Return the ``setLang`` code nearest to a locale; ``en`` for what the contract has no code for."""
    if not locale or not is_market_code(locale):
        return DEFAULT_LANGUAGE
    tag = locale.replace("_", "-").lower()
    language = tag.split("-")[0]
    for candidate in (tag, "-".join(tag.split("-")[:2]), language):
        code = _WRITTEN.get(candidate, candidate)
        if code in MARKET_LANGUAGES:
            return code
    return DEFAULT_LANGUAGE


def nearest_trending_market(locale: str | None) -> str:
    """Return the market with trending pictures that is nearest to a market or locale."""
    market = nearest_market(locale)
    if market in TRENDING_MARKETS:
        return market
    language, country = market.split("-")
    same_country = next((known for known in TRENDING_MARKETS if known.endswith(f"-{country}")), None)
    return same_country or ("zh-CN" if language == "zh" else DEFAULT_MARKET)
