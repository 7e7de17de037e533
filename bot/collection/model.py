"""What the index holds: pictures, the places they were found at, and who may see them.

A picture is known by its content (``image_id`` is the SHA-1 of the file's bytes in upper-case hex, as v7 writes it);
the same bytes at two places are one picture with two places. So nothing depends on the order of indexing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Self
from urllib.parse import urlsplit

from bot.collection.text.tokens import runs, signs, split_digits, tokens, written_words


class Rating(StrEnum):
    """What the operator says of a picture, or ``unknown`` where nobody said anything."""

    SAFE = "safe"
    RACY = "racy"
    VIOLENT = "violent"
    ADULT = "adult"
    UNKNOWN = "unknown"

    @property
    def number(self) -> int:
        """0 safe, 1 racy, 2 violent, 3 adult, 9 unknown: as the stores write it."""
        return _NUMBERS[self]

    @classmethod
    def of(cls, number: int) -> Rating:
        """Read what `number` wrote; anything else is unknown."""
        return next((rating for rating, value in _NUMBERS.items() if value == number), cls.UNKNOWN)

    @classmethod
    def severest(cls, ratings: Iterable[Rating]) -> Rating:
        """The severest of several, unknown counting only when nothing else is said."""
        known = [rating for rating in ratings if rating is not cls.UNKNOWN]
        return max(known, key=lambda rating: rating.number, default=cls.UNKNOWN)


RATED_BY = "~"
"""Stands in a place's stamp between what was said of it and the rater that was asked."""
KEEPS = "+"
"""Stands in a place's stamp between what was said of it and a rating that a command gave it at another time."""
LISTED_SEVERER = "="
"""Stands in a place's stamp before the rating that a command gave, where a manifest says something severer."""
_NUMBERS = {Rating.SAFE: 0, Rating.RACY: 1, Rating.VIOLENT: 2, Rating.ADULT: 3, Rating.UNKNOWN: 9}


@dataclass(frozen=True, slots=True)
class PictureCredit:
    """What is said of a picture at one place: words, people, terms.

    ``gallery`` is the folder or the manifest's category. ``listed`` is True if it comes from a manifest.
    """

    title: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    author: str = ""
    licence: str = ""
    licence_url: str = ""
    page: str = ""
    original: str = ""
    gallery: str = ""
    published: datetime | None = None
    rating: Rating = Rating.UNKNOWN
    kind: str = ""
    listed: bool = False


@dataclass(frozen=True, slots=True)
class FileLocation:
    """Where a picture was found: a file, and what is said of it there.

    Attributes:
        key: address of the place, unique in the store: the file's resolved path.
        size: bytes of the file.
        modified: modification time in nanoseconds.
        stamp: digest of everything said of it, so that a changed manifest is noticed.
        root: the indexed folder, out of which no link may lead when the file is read again; empty if unknown.
    """

    key: str
    size: int
    modified: int
    stamp: str
    credit: PictureCredit
    root: str = ""

    @property
    def rated_by_command(self) -> Rating:
        """The rating that a command gave it; of a manifest's or a rater's nothing is kept, as they may change."""
        if RATED_BY in self.stamp:
            return Rating.UNKNOWN
        said, keeps, kept = self.stamp.partition(KEEPS)
        if keeps:
            return Rating(kept)
        _, severer, by_command = said.partition(LISTED_SEVERER)
        return Rating(by_command) if severer else self.credit.rating

    def keeping(self, rating: Rating) -> Self:
        """Return it with a command's rating of before if that is severer than the one a command gave it.

        The stamp says so, also where a manifest or a rater says as much of it now: they may say less later.
        """
        if Rating.severest([rating, self.rated_by_command]) in {self.rated_by_command, Rating.SAFE}:
            return self
        severest = Rating.severest([rating, self.credit.rating])
        return replace(self, stamp=self._stamped(rating), credit=replace(self.credit, rating=severest))

    def rated(self, rating: Rating) -> Self:
        """Return it with the rating that a command gave this very file."""
        return replace(self, stamp=self._stamped(rating), credit=replace(self.credit, rating=rating))

    def _stamped(self, rating: Rating) -> str:
        return f"{self.stamp.partition(RATED_BY)[0].partition(KEEPS)[0]}{KEEPS}{rating}"


@dataclass(frozen=True, slots=True)
class Looks:
    """What was computed from the pixels.

    ``colours`` are v7 names; ``words`` are visual words, sorted and unique; ``points`` is the packed form.
    """

    width: int
    height: int
    size: int
    encoding: str
    animated: bool
    transparent: bool
    kind: str
    colours: tuple[str, ...]
    monochrome: bool
    accent: str
    copy_code: bytes
    quality: int
    looks_code: bytes
    points: bytes = field(repr=False, default=b"")
    words: tuple[int, ...] = field(repr=False, default=())


class Texts(NamedTuple):
    """Words of a picture as token strings, by how much they weigh.

    Attributes:
        title: words of the titles.
        tags: words of the tags.
        body: words of descriptions and galleries.
        near: other forms of the words of titles and tags: base forms, parts, runs of a script, and signs of the titles.
        far: other forms of the words of the body.
        author: words of the authors' names, which are no things that are shown: they are found only as they are typed.
    """

    title: str
    tags: str
    body: str
    near: str
    far: str
    author: str


def _beside(*texts: str) -> list[str]:
    """Tokens that stand for the words of texts without being them, each once."""
    from bot.collection.text.lemmas import bases  # noqa: PLC0415 (children that read pictures would load it for nothing)

    found: dict[str, None] = {}
    for text in texts:
        for word in written_words(text):
            found.update(dict.fromkeys(bases(word)))
            found.update(dict.fromkeys(split_digits(word.lower()) or ()))
        found.update(dict.fromkeys(runs(text)))
    return list(found)


@dataclass(frozen=True, slots=True)
class Description:
    """What a machine says of a picture: kept apart from what people wrote, and searched below it.

    Attributes:
        model: which one said it.
        labels: names of what is seen, surest first; English, as the picture vocabulary has them where it does.
        text: words that can be read in the picture.
        caption: a sentence about it.
    """

    model: str
    labels: tuple[str, ...] = ()
    text: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A picture as the store keeps it.

    Attributes:
        image_id: 40 upper-case hex digits.
        looks: what was computed.
        places: where it was found, the leading one first.
        discovered: when it was first indexed.
        group: ``image_id`` that near copies share; its own if it has none.
        described: what a machine says of it, None if none was asked.
    """

    image_id: str
    looks: Looks
    places: tuple[FileLocation, ...]
    discovered: datetime
    group: str = ""
    described: Description | None = None

    @property
    def credit(self) -> PictureCredit:
        """What is said at the leading place."""
        return self.places[0].credit

    @property
    def rating(self) -> Rating:
        """The severest rating of all places."""
        if len(self.places) == 1:
            return self.places[0].credit.rating
        return Rating.severest(place.credit.rating for place in self.places)

    @property
    def kind(self) -> str:
        """The kind that a manifest gives, else the computed one."""
        return self.credit.kind or self.looks.kind

    @property
    def tags(self) -> tuple[str, ...]:
        """Tags of all places, folded, each once, in order."""
        if len(self.places) == 1:
            return tuple(dict.fromkeys(self.places[0].credit.tags))
        return tuple(dict.fromkeys(tag for place in self.places for tag in place.credit.tags))

    @property
    def hosts(self) -> tuple[str, ...]:
        """Hosts of the pages and originals of all places, for ``site:``."""
        found = (web_host(address) for place in self.places for address in (place.credit.page, place.credit.original))
        return tuple(dict.fromkeys(host for host in found if host))

    def texts(self) -> Texts:
        """What is said of the picture as token strings for the text index."""
        credits_ = [place.credit for place in self.places]
        titles = dict.fromkeys(c.title for c in credits_)
        tags = " ".join(self.tags)
        bodies = dict.fromkeys(f"{c.description} {c.gallery}" for c in credits_)
        authors = dict.fromkeys(" ".join(tokens(c.author)) for c in credits_)
        return Texts(
            title=" ".join(dict.fromkeys(" ".join(tokens(title)) for title in titles)),
            tags=" ".join(tokens(tags)),
            body=" ".join(dict.fromkeys(" ".join(tokens(body)) for body in bodies)),
            near=" ".join(_beside(*titles, tags) + [sign for title in titles for sign in signs(title)]),
            far=" ".join([*_beside(*bodies), *self._machine_made()]),
            author=" ".join(authors),
        )

    def _machine_made(self) -> list[str]:
        """Words of the machine's description, with their base forms."""
        if self.described is None:
            return []
        told = " ".join([*self.described.labels, self.described.caption, self.described.text])
        return [*tokens(told), *_beside(told)]

    def placed(self, places: Sequence[FileLocation]) -> Self:
        """Return the picture with other places, put in their order."""
        return replace(self, places=ordered(places))


def ordered(places: Iterable[FileLocation]) -> tuple[FileLocation, ...]:
    """Put places in an order that does not depend on when they were found: listed ones first, then by address."""
    found = tuple(places)
    return found if len(found) == 1 else tuple(sorted(found, key=lambda place: (not place.credit.listed, place.key)))


def web_host(address: str) -> str:
    """The host of a web address without a leading ``www.``, empty for anything else."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").lower() if address[:4].lower() == "http" else ""
