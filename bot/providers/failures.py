"""The note for a provider's failure, and which of several failures users are told."""

from collections.abc import Sequence

from bot.bing_v7 import (
    InvalidRequest,
    LevelNotHonoured,
    Misconfigured,
    Note,
    NoteCode,
    NotSupported,
    PictureRefused,
    ProviderError,
    QuotaSpent,
    RateLimited,
    Unavailable,
)

EMPTY = "empty"
_DETAILS: tuple[tuple[type[ProviderError], str], ...] = (
    (RateLimited, "rate"),
    (QuotaSpent, "quota"),
    (LevelNotHonoured, "level"),
    (NotSupported, "unsupported"),
    (InvalidRequest, "unsupported"),
    (Misconfigured, "misconfigured"),
    (ProviderError, "down"),
)
_TELLING = (
    PictureRefused,
    RateLimited,
    Unavailable,
    QuotaSpent,
    InvalidRequest,
    NotSupported,
    LevelNotHonoured,
    Misconfigured,
)


def failure_note(provider: str, error: ProviderError) -> Note:
    """Return the note that says why a provider did not answer."""
    detail = next(word for kind, word in _DETAILS if isinstance(error, kind))
    return Note(code=NoteCode.PROVIDER_FAILED, provider=provider, detail=detail)


def empty_note(provider: str) -> Note:
    """Return the note that a provider found nothing."""
    return Note(code=NoteCode.PROVIDER_FAILED, provider=provider, detail=EMPTY)


def withheld_note(provider: str, count: int) -> list[Note]:
    """Return the note that an adapter kept findings back that are marked as adult, or lack a mark; none for none."""
    return [Note(code=NoteCode.WITHHELD, provider=provider, detail="adult", count=count)] if count else []


def filter_note(provider: str, parameter: str) -> Note:
    """Return the note that a filter was left out."""
    return Note(code=NoteCode.FILTER_NOT_APPLIED, provider=provider, detail=parameter)


def worst(errors: Sequence[ProviderError]) -> ProviderError:
    """Return the most useful error: one that users can fix, then a temporary one, then one for the operator.

    Several ``NotSupported`` become one that names every filter. ``tried`` of the error names the providers that failed.
    """
    chosen = _most_telling(errors)
    chosen.tried = tuple(dict.fromkeys(error.provider for error in errors if error.provider))
    return chosen


def _most_telling(errors: Sequence[ProviderError]) -> ProviderError:
    if errors and all(isinstance(error, NotSupported) for error in errors):
        filters = frozenset(name for error in errors if isinstance(error, NotSupported) for name in error.filters)
        return NotSupported(errors[0].reason, filters=filters, provider=errors[0].provider)
    for kind in _TELLING:
        for error in errors:
            if isinstance(error, kind):
                return error
    return errors[0] if errors else Unavailable("nobody was asked")
