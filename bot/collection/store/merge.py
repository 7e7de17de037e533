"""Putting new findings together with what is stored, the same way in every store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from bot.collection.model import FileLocation, Indexed, Rating
from bot.collection.text.tokens import fold_text, tokens, written_words

_TELLS_NOTHING = frozenset({Rating.SAFE, Rating.UNKNOWN})


@dataclass
class StoreChange:
    """What a store has to write.

    Attributes:
        write: pictures to insert or replace.
        before: for replaced ones, what they were.
        delete: pictures that lost their last place.
        rated_themselves: addresses of files whose ratings were said of them just now (`Store.remove_places`).
        severer: addresses of places that took over a severer rating, which a command gave the same picture elsewhere.
    """

    rated_themselves: AbstractSet[str] = frozenset()
    write: list[Indexed] = field(default_factory=list[Indexed])
    before: dict[str, Indexed] = field(default_factory=dict[str, Indexed])
    delete: list[Indexed] = field(default_factory=list[Indexed])
    severer: list[str] = field(default_factory=list[str])

    def word_steps(self) -> list[tuple[int, str, str]]:
        """How the number of pictures with a word changes, and how it is written if otherwise; in the order of words."""
        written = written_forms(self.write)
        return [(step, word, written.get(word, "")) for step, word in self._steps(said_words)]

    def tag_steps(self) -> list[tuple[int, str]]:
        """How the number of pictures with a tag changes, in the order of tags."""
        return self._steps(lambda picture: picture.tags)

    @property
    def growth(self) -> int:
        """By how many pictures there are more."""
        return len(self.write) - len(self.before) - len(self.delete)

    def remembered(self) -> list[tuple[str, int]]:
        """The ratings, as numbers, that commands gave to pictures which are gone now, where they are not safe."""
        rated = ((picture.image_id, _by_commands(picture.places)) for picture in self.delete)
        return [(image_id, rating.number) for image_id, rating in rated if rating not in _TELLS_NOTHING]

    def kept(self, places: Iterable[FileLocation], lost: Rating) -> list[FileLocation]:
        """Return a picture's places, none of them milder than the rating of those that it lost.

        A rating by a command is one of what the picture shows, whatever its file is called. What was said just now of
        the very file holds.
        """
        held: list[FileLocation] = []
        for place in places:
            held.append(place if place.key in self.rated_themselves else place.keeping(lost))
            self.severer += [place.key] if held[-1].credit.rating is not place.credit.rating else []
        return held

    def _steps(self, of: Callable[[Indexed], Iterable[str]]) -> list[tuple[int, str]]:
        steps: Counter[str] = Counter()
        for picture in self.write:
            steps.update(of(picture))
        for picture in (*self.before.values(), *self.delete):
            steps.subtract(of(picture))
        return [(step, name) for name, step in sorted(steps.items()) if step]


def said_words(picture: Indexed) -> set[str]:
    """Words of a picture that a misspelt query may have meant."""
    return {word for text in _texts(picture) for word in tokens(text) if _is_spelt(word)}


def written_forms(pictures: Iterable[Indexed]) -> dict[str, str]:
    """How words with accents are written in pictures, by folded word; of several ways the last in the alphabet."""
    found: dict[str, str] = {}
    for text in (text for picture in pictures for text in _texts(picture) if not text.isascii()):
        for word in written_words(text):
            small = word.lower()
            if not small.isascii() and _is_spelt(folded := fold_text(small)) and folded != small:
                found[folded] = max(found.get(folded, ""), small)
    return found


def _texts(picture: Indexed) -> list[str]:
    return [f"{c.title} {' '.join(c.tags)} {c.description}" for c in (place.credit for place in picture.places)]


def _is_spelt(word: str) -> bool:
    return len(word) > 2 and word.isalpha()


def merged_places(
    incoming: Sequence[Indexed],
    stored: Mapping[str, Indexed],
    remembered: Mapping[str, int],
    rated_themselves: AbstractSet[str] = frozenset(),
) -> StoreChange:
    """Add findings.

    Args:
        incoming: pictures with the places found now.
        stored: by image id, the pictures with the same content and those that own one of the places.
        remembered: by image id, the ratings of pictures that were gone (`StoreChange.remembered`).
        rated_themselves: see `Store.remove_places`.
    """
    taken = {place.key for picture in incoming for place in picture.places}
    fresh: dict[str, Indexed] = {}
    for picture in incoming:
        known = fresh.get(picture.image_id)
        fresh[picture.image_id] = picture if known is None else known.placed(_joined(known, picture))
    change = StoreChange(rated_themselves)
    for image_id, picture in fresh.items():
        before = stored.get(image_id)
        if before is None and not picture.places:
            continue
        if before is None:
            lost = Rating.of(remembered[image_id]) if image_id in remembered else Rating.UNKNOWN
            change.write.append(picture.placed(change.kept(picture.places, lost)))
            continue
        own = {place.key: place.rated_by_command for place in before.places}
        kept = [place for place in before.places if place.key not in taken]
        again = {place.key for place in picture.places}
        lost = _by_commands(place for place in before.places if place.key in taken - again)
        change.before[image_id] = before
        described = picture.described or before.described
        places = change.kept(kept, lost)
        for place in picture.places:  # another command may have rated it since this one looked what is known
            places += change.kept([place], Rating.severest([lost, own.get(place.key, Rating.UNKNOWN)]))
        change.write.append(replace(before.placed(places), described=described))
    _take_away(change, (p for image_id, p in stored.items() if image_id not in fresh), taken)
    return change


def without_places(keys: Iterable[str], stored: Iterable[Indexed], rated_themselves: AbstractSet[str]) -> StoreChange:
    """Take places away from the pictures that own them; see `Store.remove_places`."""
    change = StoreChange(rated_themselves)
    _take_away(change, stored, set(keys))
    return change


def _take_away(change: StoreChange, pictures: Iterable[Indexed], keys: set[str]) -> None:
    for picture in pictures:
        kept = [place for place in picture.places if place.key not in keys]
        if not kept:
            change.delete.append(picture)
        elif len(kept) < len(picture.places):
            lost = _by_commands(place for place in picture.places if place.key in keys)
            change.before[picture.image_id] = picture
            change.write.append(picture.placed(change.kept(kept, lost)))


def _by_commands(places: Iterable[FileLocation]) -> Rating:
    """The severest rating that commands gave to places."""
    return Rating.severest(place.rated_by_command for place in places)


def _joined(one: Indexed, other: Indexed) -> list[FileLocation]:
    by_key = {place.key: place for place in (*one.places, *other.places)}
    return list(by_key.values())
