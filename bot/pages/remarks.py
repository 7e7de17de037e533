"""The small print of a page: footer, level, position, and remarks about how the answer was made."""

from bot.bing_v7 import Image, Note, NoteCode, SafeSearch
from bot.words import say

from .attribution import Credit, provider_title
from .content import Content
from .filters import filter_words
from .state import PagerState
from .text import bare, plain

FOOTER_LIMIT = 300
_PREFIXES = ("", "k", "M", "G")


def level_words(level: SafeSearch, locale: str) -> str:
    """Return the level in words."""
    return say(locale, f"level-{level.value.lower()}")


def position_words(state: PagerState, total: int | None, locale: str) -> str | None:
    """Return where the page stands; None where there is only one page."""
    if state.single_page or not state.known:
        return None
    if state.complete:
        return say(locale, "page-of", page=state.page, pages=state.pages)
    about = -(-total // state.size) if total else 0
    if about > state.pages:
        return say(locale, "page-of-about", page=state.page, total=about)
    return say(locale, "page-of-more", page=state.page, pages=state.pages)


def size_words(image: Image, locale: str) -> str | None:
    """Return pixels and bytes of a picture, as far as known."""
    pixels = (
        say(locale, "picture-size", width=str(image.width), height=str(image.height))
        if image.width and image.height
        else None
    )
    amount = image.content_bytes
    return ", ".join(part for part in (pixels, bytes_words(amount) if amount else None) if part) or None


def bytes_words(amount: int) -> str:
    """Return a number of bytes as people read it, with SI prefixes: ``345 kB``."""
    power = min((len(str(max(amount, 0))) - 1) // 3, len(_PREFIXES) - 1)
    value = amount / 1000**power
    return f"{value:.1f} {_PREFIXES[power]}B" if power and value < 10 else f"{value:.0f} {_PREFIXES[power]}B"  # noqa: PLR2004 (two digits are enough)


def footer(content: Content, state: PagerState, image: Image | None = None, credit: Credit | None = None) -> str:
    """Return the footer: host, size, licence, provider, level, position, how many are hidden."""
    locale = content.locale
    hidden = content.fetched.hidden
    parts = (
        credit.host if credit else None,
        size_words(image, locale) if image else None,
        bare(credit.license, 40) if credit else None,
        _via(content, credit),
        level_words(content.level, locale),
        position_words(state, content.fetched.total, locale),
        say(locale, "hidden-count", count=hidden) if hidden else None,
    )
    return bare(" · ".join(part for part in parts if part), FOOTER_LIMIT)


def _via(content: Content, credit: Credit | None) -> str | None:
    """Return who found it: in the words that the provider's terms ask for, else in ours."""
    fetched, wanted = content.fetched, credit.provider if credit else None
    asked = [
        bare(note.detail, 80)
        for note in fetched.notes
        if note.code is NoteCode.ATTRIBUTION and wanted in {None, provider_title(note.provider)}
    ]
    if asked:
        return " · ".join(dict.fromkeys(asked))
    via = wanted or ", ".join(title for name in fetched.providers if (title := provider_title(name)))
    return say(content.locale, "credit-via", provider=bare(via, 80)) if via else None


def remarks(content: Content) -> list[str]:
    """Return the remarks about how the answer was made, as sentences."""
    return [words for note in content.fetched.notes if (words := note_words(note, content.locale))]


def note_words(note: Note, locale: str) -> str:
    """Return one remark in words; none for what stands in the footer."""
    provider = plain(provider_title(note.provider), 80) or None
    match note.code:
        case NoteCode.FILTER_NOT_APPLIED:
            words = plain(filter_words(note.detail or "", locale), 80)
            key = "note-filter-not-applied" if provider else "note-filter-not-applied-anywhere"
            return say(locale, key, provider=provider or "", filter=words)
        case NoteCode.PROVIDER_FAILED:
            why = note.detail if note.detail in _WHYS else "down"
            return say(locale, "note-provider-failed", provider=provider or "?", why=say(locale, f"why-{why}"))
        case NoteCode.WITHHELD | NoteCode.UNRATED:
            return say(locale, f"note-{note.code.value}", count=note.count or 1)
        case NoteCode.STALE:
            return say(locale, "note-stale", date=bare((note.detail or "")[:10]))
        case NoteCode.TEXT_ONLY:
            return say(locale, "note-text-only", provider=provider or "?")
        case NoteCode.ATTRIBUTION:  # stands in the footer
            return ""


_WHYS = frozenset({"down", "quota", "rate", "level", "unsupported", "misconfigured", "empty"})
