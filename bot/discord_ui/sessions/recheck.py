"""The words of a stored session at the level and lists of now: what was offered then may not be shown any more."""

from bot.discord_ui.model.ports import Service
from bot.discord_ui.model.session import Content, TrendingCategory
from bot.safesearch.place import Requester

WITHHELD = "…"
"""Stands where a title stood that may not be shown here any more."""


async def judged_words(service: Service, requester: Requester, content: Content) -> Content:
    """Return the content without words that may not be shown here now.

    Suggestions and tiles go one by one. If what was asked itself is not allowed any more, everything goes.

    Raises:
        ProviderError: the settings cannot be read.
    """
    words = _words(content)
    fit = frozenset(await service.allowed_texts(requester, words, content.own))
    if fit.issuperset(words):
        return content
    if content.title and content.title not in fit:
        bare = content.fetched.model_copy(update={"items": (), "complete": True, "next_offset": None})
        return content.with_(
            title=WITHHELD,
            request=None,
            fetched=bare,
            refinements=(),
            altered=None,
            categories=(),
            category=0,
            extra=None,
        )
    kept = tuple(one for one in content.refinements if {one.text, one.label, one.instead_of or one.text} <= fit)
    altered = content.altered if content.altered in fit else None
    return _tiles(content.with_(refinements=kept, altered=altered), fit)


def _words(content: Content) -> list[str]:
    """Return every text of a session that people read or press, but those of its pictures."""
    words = [content.title, content.altered or ""]
    for one in content.refinements:
        words += [one.text, one.label, one.instead_of or ""]
    for category in content.categories:
        words.append(category.title)
        for tile in category.tiles:
            words += [tile.query, tile.label]
    return list(dict.fromkeys(word for word in words if word))


def _tiles(content: Content, fit: frozenset[str]) -> Content:
    """Drop the tiles whose words do not fit, with their pictures."""
    if not content.categories:
        return content
    categories: list[TrendingCategory] = []
    fetched = content.fetched
    for number, category in enumerate(content.categories):
        named = category.title in fit
        items = content.items if number == content.category else category.items
        places = [at for at, tile in enumerate(category.tiles) if named and {tile.query, tile.label} <= fit]
        kept = tuple(items[at] for at in places)
        update = {"tiles": tuple(category.tiles[at] for at in places), "items": kept}
        categories.append(category.model_copy(update=update if named else {**update, "title": WITHHELD}))
        if number == content.category:
            fetched = fetched.model_copy(update={"items": kept, "hidden": fetched.hidden + len(items) - len(kept)})
    return content.with_(categories=tuple(categories), fetched=fetched)
