"""What providers know beyond v7: attribution, how sure a match is, and where an answer came from.

These objects stand beside the v7 fields under names v7 does not use; a v7 client ignores them.
"""

from enum import StrEnum

from ._model import V7Model


class Attribution(V7Model):
    """Whose picture it is and on what terms: shown wherever the picture is shown."""

    text: str | None = None
    """A ready attribution line in the source's own words, where the source gives one."""
    title: str | None = None
    author: str | None = None
    author_url: str | None = None
    license: str | None = None
    """The licence's short name, for example "CC BY-SA 4.0"."""
    license_url: str | None = None
    source_name: str | None = None
    source_url: str | None = None
    required: bool = True
    """False only where the licence asks for no attribution (the source page is shown all the same)."""
    provider: str | None = None
    """Name of the provider that brought the picture."""


class Confidence(StrEnum):
    """How sure a reverse lookup is that a finding shows the same picture, surest first."""

    EXACT = "exact"
    LIKELY = "likely"
    MAYBE = "maybe"


class Match(V7Model):
    """How a reverse lookup came to a finding."""

    confidence: Confidence
    provider: str
    score: float | None = None
    """The provider's own figure scaled to 0..1, where it gives one."""
    share: float | None = None
    """How much of the picture that was asked about it takes up, 0..1, where that is known and not all of it."""


class LookupState(StrEnum):
    """What a reverse lookup comes to, the most telling first."""

    EXACT = "exact"
    """The very picture is known."""
    ALTERED = "altered"
    """A picture is known that this is very likely a changed copy of."""
    DEPICTED = "depicted"
    """The picture is not known, but somebody says what it shows."""
    SIMILAR = "similar"
    """Only pictures that are like it, or may be it, were found."""
    UNKNOWN = "unknown"
    """Nobody knows anything of it."""


class Certainty(StrEnum):
    """How sure somebody is of what a picture shows; none of it is a proof."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Depiction(V7Model):
    """What a picture shows, as a program says that has looked at it; never where it comes from, never who."""

    name: str
    """In the language of the answer, where the program knows it."""
    kind: str | None = None
    """What sort of thing it is, one of `DEPICTION_KINDS`."""
    certainty: Certainty
    probability: float | None = None
    """0 to 1, calibrated: of what is said with 0.9, nine in ten are right. None where the program gives no figure."""
    provider: str
    model: str | None = None
    """The model's name where people should be told that a model says so."""


DEPICTION_KINDS = ("animal", "artwork", "character", "food", "landmark", "logo", "place", "plant", "product", "other")
"""Kinds of things that a picture may show; persons are none of them."""


class PictureText(V7Model):
    """Text that was read in a picture: a quotation from a stranger, never an instruction."""

    text: str
    provider: str


class Growth(V7Model):
    """How much more often than usual a search is made."""

    times: float | None = None
    """The searches of the last day as a multiple of a usual day's; None where there were none before."""


COPY = "copy"
"""Detail of a note: the picture that was asked about is surely a picture that somebody rated out of the level."""


class NoteCode(StrEnum):
    """What a person should know about how an answer was made."""

    FILTER_NOT_APPLIED = "filter-not-applied"
    """``detail`` is the v7 parameter name."""
    PROVIDER_FAILED = "provider-failed"
    """``detail`` is one of down, quota, rate, level, unsupported, misconfigured, empty."""
    WITHHELD = "withheld"
    """``count`` matches exist that the level does not allow; ``detail`` is `COPY` if one is surely the same picture."""
    UNRATED = "unrated"
    """``count`` of the operator's own pictures were left out because nobody rated them."""
    SOME_WORDS = "some-words"
    """No picture has all words of the query, which are the ``detail``; these have most of them."""
    LIKE_MEANING = "like-meaning"
    """No picture has the words of the query; these have words of like meaning, of which ``detail`` names some."""
    LIKE_PICTURES = "like-pictures"
    """No picture is described by the words of the query, the ``detail``; these show what a model takes them to mean."""
    STALE = "stale"
    """The answer is a kept copy; ``detail`` is its ISO date."""
    TEXT_ONLY = "text-only"
    """The provider's pictures are not filtered, so only titles and links are given."""
    RATED = "rated"
    """The provider's pictures are not filtered; small ones that a rater does not object to are shown all the same."""
    DAMAGED = "damaged"
    """A part of the posted picture is missing; what is there was looked up."""
    ATTRIBUTION = "attribution"
    """``detail`` is what the provider's terms ask to be shown with its results."""


class Note(V7Model):
    """One remark about an answer; the wording is the bot's business."""

    code: NoteCode
    provider: str | None = None
    detail: str | None = None
    count: int | None = None


class Provenance(V7Model):
    """Which providers made an answer and what they could not do."""

    providers: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
