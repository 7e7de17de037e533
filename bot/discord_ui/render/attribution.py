"""The credit of a picture: author, source and licence, for every view, button and credit line."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.bing_v7 import CreativeCommons, Image
from bot.discord_ui.model.sanitize import clean, clean_markdown, display_host, in_markdown, safe_url
from bot.i18n import enumerated, known_keys, say

_titles = {"bing": "Bing", "v7": "v7 endpoint"}
"""Titles that are the same in every language; `learn_titles` adds those of the registered providers."""

_NOBODY = frozenset({"chain"})
"""Internal names, which users are not shown."""

_CC_NAMES = {
    CreativeCommons.PUBLIC: "Public domain",
    CreativeCommons.BY: "CC BY",
    CreativeCommons.BY_SA: "CC BY-SA",
    CreativeCommons.BY_ND: "CC BY-ND",
    CreativeCommons.BY_NC: "CC BY-NC",
    CreativeCommons.BY_NC_SA: "CC BY-NC-SA",
    CreativeCommons.BY_NC_ND: "CC BY-NC-ND",
}

_PUBLIC_DOMAIN = frozenset({_CC_NAMES[CreativeCommons.PUBLIC].casefold(), "pd", "pdm"})


@dataclass(frozen=True, slots=True)
class ImageCredit:
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
    """Short name of the provider; ``provider_title()`` has the one for people."""
    ready: str | None = None


def learn_titles(titles: Mapping[str, str]) -> None:
    """Set the titles of providers by their short names, when the program is put together.

    A translated title, the message ``provider-NAME``, takes precedence.
    """
    _titles.update(titles)


def provider_title(name: str | None, locale: str) -> str | None:
    """Return a provider's name for users, translated where it has a message."""
    if not name or name in _NOBODY:
        return None
    own, _, engine = name.partition("/")
    title = known_title(own, locale) or own.replace("_", " ").replace("-", " ").title()
    return f"{title} ({engine})" if engine else title


def known_title(name: str, locale: str) -> str | None:
    """Return a provider's name for users, None for an unknown provider."""
    key = f"provider-{name}"
    return say(locale, key) if key in known_keys() else _titles.get(name)


def licence_words(licence: str | None, locale: str, limit: int = 100) -> str:
    """Return a licence's name without unsafe characters; names of licences stay, only "public domain" is translated."""
    if (licence or "").strip().casefold() in _PUBLIC_DOMAIN:
        return say(locale, "licence-public-domain")
    return clean(licence, limit)


def image_credit(image: Image, providers: tuple[str, ...] = ()) -> ImageCredit:
    """Gather a picture's origin from v7's fields and the attribution beside them."""
    given = image.attribution
    page = safe_url(image.host_page_url) or (safe_url(given.source_url) if given else None)
    licence = (given.license if given else None) or (_CC_NAMES[image.license] if image.license else None)
    return ImageCredit(
        title=(given.title if given else None) or image.name,
        page_url=page,
        picture_url=safe_url(image.content_url),
        host=display_host(page) or display_host(image.content_url),
        author=given.author if given else None,
        author_url=safe_url(given.author_url) if given else None,
        license=licence,
        license_url=safe_url(given.license_url) if given else None,
        source=(given.source_name if given else None) or image.host_page_domain_friendly_name,
        provider=(given.provider if given else None) or (providers[0] if len(providers) == 1 else None),
        ready=given.text if given else None,
    )


def byline(credit: ImageCredit, locale: str) -> str:
    """Return author and licence as one markdown line; names are plain text, links carry our own words. May be empty."""
    lines: list[str] = []
    if author := clean_markdown(credit.author, 200):
        lines.append(_with_link("credit-by", credit.author_url, locale, author=author))
    if licence := clean_markdown(licence_words(credit.license, locale), 100):
        lines.append(_with_link("credit-licence", credit.license_url, locale, licence=licence))
    return " · ".join(lines)


def credit_text(credit: ImageCredit, locale: str) -> str:
    """Return the attribution as one plain line: title, author, source, licence, addresses written out."""
    if ready := clean(credit.ready, 1000):
        return ready
    title, licence = clean(credit.title, 200), licence_words(credit.license, locale)
    parts = [say(locale, "credit-title-quoted", title=title) if title else "", clean(credit.author, 200)]
    if credit.page_url or credit.host:
        parts.append(f"{clean(credit.source, 100)} {credit.page_url or credit.host}".strip())
    if licence and credit.license_url:
        parts.append(say(locale, "credit-licence-at", licence=licence, url=credit.license_url))
    else:
        parts.append(licence)
    parts.append(provider_title(credit.provider, locale) or "")
    return enumerated(parts, locale)


def credit_markdown(credit: ImageCredit, locale: str) -> str:
    """Return the attribution as Markdown for a web page or a document, in the usual order title, author, licence."""
    title = _label(credit.title) or credit.host or ""
    parts = [f"[{title}](<{credit.page_url}>)" if credit.page_url and title else title]
    if author := _label(credit.author):
        parts.append(f"[{author}](<{credit.author_url}>)" if credit.author_url else author)
    if licence := _label(licence_words(credit.license, locale)):
        parts.append(f"[{licence}](<{credit.license_url}>)" if credit.license_url else licence)
    return enumerated(parts, locale)


def _label(text: str | None) -> str:
    """Clean a text for a label in Markdown that is shown as source in a code block: no back-tick, no bracket."""
    cleaned = clean(text, 200)
    return cleaned.translate(str.maketrans("`[]<>\\", "'()()/"))


def _with_link(key: str, url: str | None, locale: str, **words: str) -> str:
    """Say a line of the credit, with its link where there is one; the link's label is our own word."""
    return say(locale, f"{key}-linked", url=in_markdown(url), **words) if url else say(locale, key, **words)
