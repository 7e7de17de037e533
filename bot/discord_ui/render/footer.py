"""The small print of a page: footer, level, and remarks about how the answer was made."""

from datetime import date

from bot.bing_v7 import Image, Note, NoteCode, SafeSearch
from bot.discord_ui.model.filters import filter_words
from bot.discord_ui.model.sanitize import clean, clean_markdown
from bot.discord_ui.model.session import SessionBase
from bot.i18n import day, enumerated, file_size, known_keys, listed, say

from .attribution import ImageCredit, provider_title

FOOTER_LIMIT = 300


def level_words(level: SafeSearch, locale: str) -> str:
    """Return the level in words."""
    return say(locale, f"level-{level.value.lower()}")


def size_words(image: Image, locale: str) -> str | None:
    """Return pixels and bytes of a picture, as far as known."""
    pixels = (
        say(locale, "picture-size", width=str(image.width), height=str(image.height))
        if image.width and image.height
        else None
    )
    amount = image.content_bytes
    return enumerated((pixels or "", file_size(amount, locale) if amount else ""), locale) or None


def footer(content: SessionBase, image: Image | None = None, credit: ImageCredit | None = None) -> str:
    """Return the footer: host, the size of ``image``, provider, level, how many are hidden.

    Where the page stands is written on the button between the arrows.
    """
    locale = content.locale
    hidden = content.fetched.hidden
    parts = (
        credit.host if credit else None,
        size_words(image, locale) if image else None,
        _via(content, credit),
        level_words(content.level, locale),
        say(locale, "hidden-count", count=hidden) if hidden else None,
    )
    return clean(" · ".join(part for part in parts if part), FOOTER_LIMIT)


def _via(content: SessionBase, credit: ImageCredit | None) -> str | None:
    """Return the provider's credit: in the words that its terms ask for, else in ours."""
    fetched, locale, wanted = content.fetched, content.locale, credit.provider if credit else None
    asked = [
        _terms_words(note, locale)
        for note in fetched.notes
        if note.code is NoteCode.ATTRIBUTION and wanted in {None, note.provider}
    ]
    if asked:
        return " · ".join(dict.fromkeys(asked))
    titles = (provider_title(name, locale) for name in ((wanted,) if wanted else fetched.providers))
    via = listed(dict.fromkeys(clean(title, 80) for title in titles), locale)
    return say(locale, "credit-via", provider=via) if via else None


def _terms_words(note: Note, locale: str) -> str:
    """Return the credit that a provider's terms ask for: translated where the wording is free, else verbatim."""
    key = f"credit-terms-{note.provider}"
    return say(locale, key) if key in known_keys() else clean(note.detail, 80)


def remarks(content: SessionBase) -> list[str]:
    """Return the remarks about how the answer was made, as sentences."""
    return [words for note in content.fetched.notes if (words := note_words(note, content.locale))]


def note_words(note: Note, locale: str) -> str:
    """Return one remark in words; empty for what the footer shows."""
    provider = clean_markdown(provider_title(note.provider, locale), 80) or None
    match note.code:
        case NoteCode.FILTER_NOT_APPLIED:
            return _left_out(note.detail or "", provider, locale)
        case NoteCode.PROVIDER_FAILED:
            why = note.detail if note.detail in _WHYS else "down"
            return say(locale, "note-provider-failed", provider=provider or "?", why=say(locale, f"why-{why}"))
        case NoteCode.WITHHELD | NoteCode.UNRATED | NoteCode.DAMAGED:
            return say(locale, f"note-{note.code.value}", count=note.count or 1)
        case NoteCode.SOME_WORDS | NoteCode.LIKE_MEANING | NoteCode.LIKE_PICTURES:
            return say(locale, f"note-{note.code.value}", words=clean(note.detail, 120))
        case NoteCode.STALE | NoteCode.TEXT_ONLY | NoteCode.RATED:
            date = _day_words(note.detail, locale)
            return say(locale, f"note-{note.code.value}", date=date, provider=provider or "?")
        case NoteCode.ATTRIBUTION:  # stands in the footer
            return ""


def _left_out(parameter: str, provider: str | None, locale: str) -> str:
    """Return what was not done for a parameter of the request, by one provider or anywhere."""
    if provider and parameter in _SAID_OTHERWISE:
        return say(locale, _SAID_OTHERWISE[parameter], provider=provider)
    words = clean_markdown(filter_words(parameter, locale), 80)
    key = "note-filter-not-applied" if provider else "note-filter-not-applied-anywhere"
    return say(locale, key, provider=provider or "", filter=words)


def _day_words(written: str | None, locale: str) -> str:
    """Return a day that is written as in ISO 8601; what is no day stays as it is."""
    text = clean((written or "")[:10])
    try:
        return day(date.fromisoformat(text), locale)
    except ValueError:
        return text


_SAID_OTHERWISE = {"crop": "note-part-not-alone", "q": "note-query-cut"}
"""Parameters that users do not know as filters: the part of a picture, the end of a long query."""
_WHYS = frozenset({"down", "quota", "rate", "level", "unsupported", "misconfigured", "empty"})
