"""Whose picture it is and where it comes from: one component for every view, button and credit line."""

from dataclasses import dataclass

from bot.bing_v7 import CreativeCommons, Image
from bot.words import say

from .text import bare, host_of, in_markdown, plain, safe_url

PROVIDER_TITLES = {
    "bing": "Bing",
    "bing_v7": "Bing",
    "brave": "Brave Search",
    "collection": "Magpie's collection",
    "google_vision": "Google Cloud Vision",
    "iqdb": "IQDB",
    "openverse": "Openverse",
    "saucenao": "SauceNAO",
    "searxng": "SearXNG",
    "tineye": "TinEye",
    "tracemoe": "trace.moe",
    "v7": "Bing Image Search v7",
    "wikimedia": "Wikimedia Commons",
}

_NOBODY = frozenset({"chain"})
"""What stands for several providers, and is none that people could know."""

_CC_NAMES = {
    CreativeCommons.PUBLIC: "Public domain",
    CreativeCommons.BY: "CC BY",
    CreativeCommons.BY_SA: "CC BY-SA",
    CreativeCommons.BY_ND: "CC BY-ND",
    CreativeCommons.BY_NC: "CC BY-NC",
    CreativeCommons.BY_NC_SA: "CC BY-NC-SA",
    CreativeCommons.BY_NC_ND: "CC BY-NC-ND",
}


@dataclass(frozen=True, slots=True)
class Credit:
    """What is known of a picture's origin; texts are raw, addresses are safe."""

    title: str | None = None
    page_url: str | None = None
    picture_url: str | None = None
    host: str | None = None
    author: str | None = None
    author_url: str | None = None
    license: str | None = None
    license_url: str | None = None
    source: str | None = None
    provider: str | None = None
    ready: str | None = None


def provider_title(name: str | None) -> str | None:
    """Return the name people know a provider by."""
    if not name or name in _NOBODY:
        return None
    return PROVIDER_TITLES.get(name) or name.replace("_", " ").replace("-", " ").title()


def credit_of(image: Image, providers: tuple[str, ...] = ()) -> Credit:
    """Gather a picture's origin from v7's fields and the attribution beside them."""
    given = image.attribution
    page = safe_url(image.host_page_url) or (safe_url(given.source_url) if given else None)
    licence = (given.license if given else None) or (_CC_NAMES[image.license] if image.license else None)
    return Credit(
        title=(given.title if given else None) or image.name,
        page_url=page,
        picture_url=safe_url(image.content_url),
        host=host_of(page) or host_of(image.content_url),
        author=given.author if given else None,
        author_url=safe_url(given.author_url) if given else None,
        license=licence,
        license_url=safe_url(given.license_url) if given else None,
        source=(given.source_name if given else None) or image.host_page_domain_friendly_name,
        provider=provider_title((given.provider if given else None) or (providers[0] if len(providers) == 1 else None)),
        ready=given.text if given else None,
    )


def byline(credit: Credit, locale: str) -> str:
    """Return author and licence as markdown lines; names are plain text, links carry our own words. May be empty."""
    lines: list[str] = []
    if author := plain(credit.author, 200):
        lines.append(say(locale, "credit-by", author=author) + _link(credit.author_url, say(locale, "credit-profile")))
    if licence := plain(credit.license, 100):
        terms = _link(credit.license_url, say(locale, "credit-terms"))
        lines.append(say(locale, "credit-licence", licence=licence) + terms)
    return "\n".join(lines)


def credit_text(credit: Credit) -> str:
    """Return the attribution as one plain line: title, author, source, licence, addresses written out."""
    if ready := bare(credit.ready, 1000):
        return ready
    parts = [f"“{bare(credit.title, 200)}”" if bare(credit.title) else None]
    if author := bare(credit.author, 200):
        parts.append(author)
    if credit.page_url or credit.host:
        parts.append(f"{bare(credit.source, 100)} {credit.page_url or credit.host}".strip())
    if licence := bare(credit.license, 100):
        parts.append(f"{licence} ({credit.license_url})" if credit.license_url else licence)
    if credit.provider:
        parts.append(credit.provider)
    return ", ".join(part for part in parts if part)


def credit_markdown(credit: Credit) -> str:
    """Return the attribution as Markdown for a web page or a document, in the usual order title, author, licence."""
    title = _label(credit.title) or credit.host or ""
    parts = [f"[{title}](<{credit.page_url}>)" if credit.page_url and title else title]
    if author := _label(credit.author):
        parts.append(f"[{author}](<{credit.author_url}>)" if credit.author_url else author)
    if licence := _label(credit.license):
        parts.append(f"[{licence}](<{credit.license_url}>)" if credit.license_url else licence)
    return ", ".join(part for part in parts if part)


def _label(text: str | None) -> str:
    """Clean a text for a label in Markdown that is shown as source in a code block: no back-tick, no bracket."""
    cleaned = bare(text, 200)
    return cleaned.translate(str.maketrans("`[]<>\\", "'()()/"))


def _link(url: str | None, label: str) -> str:
    return f" ([{label}]({in_markdown(url)}))" if url else ""
