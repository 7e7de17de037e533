"""How a search gives way until it finds something, step by step, and which step that was.

1. All words, without function words and phrases such as "photo of"; run-together words apart, parted words together.
2. The same in a better spelling, where a word is one that nobody knows.
3. Words of like meaning for all words: other names, other languages, kinds of it. Before words are left out, because
   a heron by a lake answers "bird lake" better than any lake does.
4. All words but one, then most words; of those left at least one must say what is shown and not only how it is.
5. With a model of two towers, pictures of like meaning.

Filters never make words give way: where the words are found without the filters, nothing is found with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice

from bot.collection.filters import PictureFilters
from bot.collection.store import Hits, SearchReads
from bot.collection.text.lemmas import is_word
from bot.collection.text.text_query import Term, TextQuery, parse_query
from bot.collection.text.tokens import is_unspaced, normal, signs, tokens
from bot.vocabulary import pictures

from .by_meaning import PicturesByMeaning
from .meaning import Sense, segments, sense_of, sense_of_whole, things_named
from .spelling import better_spelling
from .stopwords import ALWAYS, ELSEWHERE, without_phrase

_ENOUGH = 35
"""With fewer pictures than this, those found by words of like meaning are put behind them."""
_MOST_GROUPS = 7
_LEAST_PART = 3
_LINKING = ("", "s", "es", "n", "en", "e")
"""What German puts between the parts of a compound."""


class Step(StrEnum):
    """What it took to find something."""

    ALL_WORDS = "all-words"
    SPELLING = "spelling"
    LIKE_MEANING = "like-meaning"
    SOME_WORDS = "some-words"
    LIKE_PICTURES = "like-pictures"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """What a search came to.

    Attributes:
        step: which one found it.
        hits: what was found.
        query: what was asked for at last, for suggestions.
        text: the query as it reads, in its better spelling where there is one.
        altered: the better spelling, if it took one.
        asked: words of the query that no picture has all of, as they were typed.
        instead: names that were searched instead, for `Step.LIKE_MEANING`.
    """

    step: Step
    hits: Hits
    query: TextQuery
    text: str
    altered: str | None = None
    asked: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


@dataclass
class QueryRelaxation:
    """One search that gives way.

    Attributes:
        store: where the pictures are.
        filters: what they must be.
        language: the reader's, such as ``de``.
        by_meaning: finds pictures that nobody described; None without a model of two towers.
    """

    store: SearchReads
    filters: PictureFilters
    language: str = ""
    by_meaning: PicturesByMeaning | None = None
    _vocabulary: Mapping[str, int] = field(default_factory=dict[str, int])

    async def run(self, text: str) -> StepOutcome:
        """Search for a query as it was typed."""
        whole = parse_query(text)
        if not whole.all_of:
            return await self._without_words(text, whole)
        short = without_phrase(text)
        query = replace(whole, all_of=_content(whole if short == text else parse_query(short), ALWAYS).all_of)
        first = await self.store.text(query, self.filters)
        if first.image_ids:
            return StepOutcome(Step.ALL_WORDS, await self._more(query, first), query, text)
        self._vocabulary = await self.store.vocabulary()
        found = await self._same_words(query, text)
        if found is None and not await self._only_filtered(query):
            found = await self._spelt(query, text) or await self._like_meaning(query, text)
            found = found or await self._some_words(query, text) or await self._like_pictures(query, text)
        nothing = StepOutcome(Step.NOTHING, first, query, text, asked=_typed(query))
        if found is None:
            return nothing
        return replace(found, hits=found.hits._replace(unrated=max(first.unrated, found.hits.unrated)))

    async def _without_words(self, text: str, query: TextQuery) -> StepOutcome:
        """Signs find the titles that hold them; nothing at all finds nothing, unless sites or exclusions narrow it."""
        if query.sites or query.not_sites or query.none_of or not text:
            return StepOutcome(Step.ALL_WORDS, await self.store.text(query, self.filters), query, text)
        wanted = TextQuery(all_of=tuple((Term((sign,), exact=False),) for sign in signs(text)))
        hits = await self.store.text(wanted, self.filters) if wanted.all_of else Hits((), False)
        return StepOutcome(Step.ALL_WORDS if hits.image_ids else Step.NOTHING, hits, query, text)

    async def _found(
        self, step: Step, query: TextQuery, text: str, asked: tuple[str, ...] = (), instead: tuple[str, ...] = ()
    ) -> StepOutcome | None:
        hits = await self.store.text(query, self.filters)
        return StepOutcome(step, hits, query, text, asked=asked, instead=instead) if hits.image_ids else None

    async def _more(self, query: TextQuery, hits: Hits) -> Hits:
        """Put what words of like meaning find behind the little that the words themselves found."""
        if len(hits.image_ids) >= _ENOUGH or query.spelling_fixed:
            return hits
        self._vocabulary = self._vocabulary or await self.store.vocabulary()
        wider, _ = await self.store.aside(lambda: self._widened(query))
        if wider == query:
            return hits
        also = await self.store.text(wider, self.filters)
        joined = dict.fromkeys([*hits.image_ids, *also.image_ids])
        return Hits(tuple(joined), hits.capped, max(hits.unrated, also.unrated))

    async def _same_words(self, query: TextQuery, text: str) -> StepOutcome | None:
        """The same words written otherwise: without words that are function words elsewhere, apart, together."""
        fewer = _content(query, ELSEWHERE.get(self.language[:2].lower(), frozenset()))
        if fewer != query and (found := await self._found(Step.ALL_WORDS, fewer, text)):
            return found
        joined = self._rejoined(query)
        return await self._found(Step.ALL_WORDS, joined, text) if joined != query else None

    def _rejoined(self, query: TextQuery) -> TextQuery:
        """Let a word that is nowhere be two that are, and two neighbours be the one word that they make."""
        groups = list(query.all_of)
        for place, group in enumerate(groups):
            word = _one_word(group)
            if word and word not in self._vocabulary and (parts := self._parts(word)):
                groups[place] = (*group, Term(parts))
        for place in range(len(groups) - 1):
            one, two = _one_word(groups[place]), _one_word(groups[place + 1])
            if one and two and one + two in self._vocabulary:
                together = (Term((one + two,)),)
                groups[place : place + 2] = [(*together, Term((one, two)))]
                break
        return replace(query, all_of=tuple(groups))

    def _parts(self, word: str) -> tuple[str, str] | None:
        """The two words of the collection that a run-together one is made of, the most common ones of several."""
        known = [(one, two) for one, two in _cuts(word) if one in self._vocabulary and two in self._vocabulary]
        return max(known, key=lambda pair: min(map(self._vocabulary.__getitem__, pair)), default=None)

    async def _only_filtered(self, query: TextQuery) -> bool:
        """Whether the words are found and only the filters are in the way."""
        free = PictureFilters(ratings=self.filters.ratings)
        return free != self.filters and await self.store.finds(query, free)

    async def _spelt(self, query: TextQuery, text: str) -> StepOutcome | None:
        """The query in a better spelling, if the words that nobody knows have one and all are found together."""
        if query.spelling_fixed:
            return None
        swaps: dict[str, str] = {}
        for word in query.words:
            if not is_unspaced(word) and not await self._known(word):
                better = await self._better_spelling(word)
                if better is not None:
                    swaps[word] = better
        if not swaps:
            return None
        written = await self.store.written(list(swaps.values()))
        swaps = {word: written.get(better, better) for word, better in swaps.items()}
        altered = " ".join(swaps.get(normal(part), part) for part in text.split())
        asked = _content(parse_query(without_phrase(altered)), ALWAYS)
        found = await self._found(Step.SPELLING, asked, altered) or await self._like_meaning(asked, altered)
        if found is None:
            return None
        return replace(found, step=Step.SPELLING, altered=altered, hits=await self._more(asked, found.hits))

    async def _better_spelling(self, word: str) -> str | None:
        return await self.store.aside(lambda: better_spelling(word, self._vocabulary, pictures().names()))

    async def _known(self, word: str) -> bool:
        return word in self._vocabulary or await self.store.finds(
            parse_query(word), PictureFilters(self.filters.ratings)
        )

    async def offers(self, query: TextQuery) -> list[str]:
        """Parts of a query that find something where all of it found nothing: its words, or English names for them."""
        parts: dict[str, None] = {}
        for group in query.all_of if len(query.all_of) > 1 else ():
            sense = await self._sense_aside(group[0])
            if not (sense and sense.is_quality):
                names = [thing.name("en") for thing in sense.things[:1]] if sense else []
                parts.update(dict.fromkeys([group[0].written or " ".join(group[0].words), *names]))
        return list(parts)

    async def _sense_aside(self, term: Term) -> Sense | None:
        return await self.store.aside(lambda: self._sense([term]))

    async def _like_meaning(self, query: TextQuery, text: str) -> StepOutcome | None:
        wider, instead = await self.store.aside(lambda: self._widened(query))
        if wider == query:
            return None
        return await self._found(Step.LIKE_MEANING, wider, text, asked=_typed(query), instead=instead)

    async def _like_pictures(self, query: TextQuery, text: str) -> StepOutcome | None:
        """Pictures that look as the words say; only for words that somebody knows, for a model has a guess for any."""
        words = query.words
        if self.by_meaning is None or query.spelling_fixed or query.none_of or query.sites or query.not_sites:
            return None
        if not await self.store.aside(lambda: all(is_unspaced(w) or is_word(w) or things_named((w,)) for w in words)):
            return None
        image_ids = await self.by_meaning.find(self.store, without_phrase(text), self.filters)
        hits = Hits(tuple(image_ids), False)
        return StepOutcome(Step.LIKE_PICTURES, hits, query, text, asked=_typed(query)) if image_ids else None

    async def _some_words(self, query: TextQuery, text: str) -> StepOutcome | None:
        """All words but one, then most of them; each also by words of like meaning."""
        wider, _ = await self.store.aside(lambda: self._widened(query))
        count = len(wider.all_of)
        if not 1 < count <= _MOST_GROUPS:
            return None
        saying = await self.store.aside(lambda: self._saying(wider))
        for least in dict.fromkeys((count - 1, -(-count // 2))):
            fewer = replace(wider, least=least, one_of=saying)
            if found := await self._found(Step.SOME_WORDS, fewer, text, asked=_typed(query)):
                return found
        return None

    def _saying(self, query: TextQuery) -> tuple[int, ...]:
        """Places of the groups that say what is shown; all of them if none does."""
        places = tuple(
            place
            for place, group in enumerate(query.all_of)
            if not ((sense := self._sense([group[0]])) and sense.is_quality)
        )
        return places or tuple(range(len(query.all_of)))

    def _widened(self, query: TextQuery) -> tuple[TextQuery, tuple[str, ...]]:
        """The query with words of like meaning beside its own; and the first of the names that stand in for each."""
        groups: list[tuple[Term, ...]] = []
        instead: list[str] = []
        row, at = _segmented(query.all_of), 0
        while at < len(row):
            plain = list(islice((group[0] for group in row[at:]), _run_length(row[at:])))
            sense = self._sense(plain) if plain else None
            if sense is None:
                parts = self._compound(row[at])
                instead += [term.words[0] for part in parts for term in part[1:2] if len(parts) > 1]
                groups += parts
                at += 1
                continue
            own = Term(tuple(word for term in plain[: sense.length] for word in term.words), written=plain[0].written)
            first = row[at] if sense.length == 1 else (own,)
            groups.append((*first, *(Term(name, named=True) for name in sense.names)))
            instead += self._stand_in(sense, own)
            at += sense.length
        return replace(query, all_of=tuple(groups)), tuple(dict.fromkeys(instead))

    def _stand_in(self, sense: Sense, own: Term) -> list[str]:
        """What to call a thing that is searched by other names: in English, or where that was asked, as others do."""
        names = [thing.name("en") for thing in sense.things[:1]]
        if [name.casefold() for name in names] != [" ".join(own.words)]:
            return names
        others = [name for name in sense.names if name != own.words]
        written = [name for name in others if all(word in self._vocabulary for word in name)]
        return [("" if is_unspaced(name[0]) else " ").join(name) for name in (written or others)[:1]] or names

    def _compound(self, group: tuple[Term, ...]) -> list[tuple[Term, ...]]:
        """A run-together word of two names as both names, each with words of like meaning; else the group as it is."""
        word = _one_word(group)
        for one, two in _cuts(word) if word and word not in self._vocabulary else ():
            halves = [self._sense([Term((part,))]) for part in (one, two)]
            if all(halves):
                parts = zip((one, two), halves, strict=True)
                return [(Term((w,)), *(Term(n, named=True) for n in half.names)) for w, half in parts if half]
        return [group]

    def _sense(self, terms: list[Term]) -> Sense | None:
        if len(terms) == 1 and len(terms[0].words) > 1:  # hyphens, or writing without blanks
            return sense_of_whole(terms[0].words, self.language, self._occurs)
        words = [term.words[0] for term in terms]
        written = [term.written or term.words[0] for term in terms]
        return sense_of(words, written, self.language, self._occurs)

    def _occurs(self, word: str) -> bool:
        return word in self._vocabulary or f"{word}s" in self._vocabulary or len(word) < _LEAST_PART


def _cuts(word: str) -> Iterator[tuple[str, str]]:
    """Every way to part a word in two, also without the letters that German puts between."""
    for cut in range(_LEAST_PART, len(word) - _LEAST_PART + 1):
        for link in _LINKING:
            one = word[:cut].removesuffix(link)
            if word[:cut].endswith(link) and len(one) >= _LEAST_PART:
                yield one, word[cut:]


def _content(query: TextQuery, stops: frozenset[str]) -> TextQuery:
    """The query without function words, unless nothing would be left."""
    kept = tuple(group for group in query.all_of if not (_one_word(group) in stops and not group[0].exact))
    return replace(query, all_of=kept) if kept else query


def _one_word(group: tuple[Term, ...]) -> str:
    """The word of a group that is nothing but one word, else nothing."""
    return group[0].words[0] if len(group) == 1 and len(group[0].words) == 1 and not group[0].exact else ""


def _run_length(groups: list[tuple[Term, ...]]) -> int:
    """How many groups from the start are one plain word each; one if the first is a plain term of several."""
    if groups and len(groups[0]) == 1 and not groups[0][0].exact and len(groups[0][0].words) > 1:
        return 1
    return next((place for place, group in enumerate(groups) if not _one_word(group)), len(groups))


def _segmented(groups: tuple[tuple[Term, ...], ...]) -> list[tuple[Term, ...]]:
    """Cut terms of Japanese into the names that the vocabulary knows; particles between them fall away."""
    found: list[tuple[Term, ...]] = []
    for group in groups:
        term = group[0]
        if len(group) > 1 or term.exact or len(term.words) < 2 or not all(map(is_unspaced, term.words)):
            found.append(group)
            continue
        pieces = segments(term.written or "".join(term.words))
        kept = [piece for piece in pieces if piece not in _PARTICLES] or pieces
        found += [(Term(tuple(tokens(piece)), written=piece),) for piece in kept if tokens(piece)]
    return found


_PARTICLES = frozenset("のとはがをにでへもや") | {"から", "まで", "など", "たち", "な"}


def _typed(query: TextQuery) -> tuple[str, ...]:
    """The words of a query as they were typed."""
    return tuple(term.written or " ".join(term.words) for group in query.all_of for term in group[:1])
