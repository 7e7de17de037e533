"""Searches that an answer suggests: spelling, expansions, pivots, related searches, similar terms."""

from collections.abc import Iterable

from bot.bing_v7 import ImageAnswer, Query
from bot.discord_ui.model.filters import QUERY_LIMIT
from bot.discord_ui.model.message import Option, SelectMenu
from bot.discord_ui.model.sanitize import clean
from bot.discord_ui.model.session import Refinement, SearchSession
from bot.i18n import say

MAX_OPTIONS = 25


def refinements_of(answer: ImageAnswer, query: str) -> tuple[Refinement, ...]:
    """Return the searches that an answer suggests, spelling first, without duplicates and without the query itself."""
    found = [
        *_spelling(answer, query),
        *_queries("expansion", answer.query_expansions),
        *(
            one.model_copy(update={"instead_of": pivot.pivot})
            for pivot in answer.pivot_suggestions
            for one in _queries("pivot", pivot.suggestions)
        ),
        *_queries("related", answer.related_searches),
        *_queries("similar", answer.similar_terms),
    ]
    seen = {query.casefold()}
    kept: list[Refinement] = []
    for one in found:
        folded = one.text.casefold()
        if folded not in seen and clean(one.label):
            seen.add(folded)
            kept.append(one)
    return tuple(kept[:MAX_OPTIONS])


def altered_query(answer: ImageAnswer) -> str | None:
    """Return the query that was answered, where its spelling was changed and the user can undo that."""
    context = answer.query_context
    if context is None or not context.has_recourse or not context.alteration_override_query:
        return None
    return context.alteration_display_query or context.altered_query


def refine_select(content: SearchSession, locale: str) -> SelectMenu | None:
    """Return the menu of offered searches in the language of whoever reads it, None if there are none."""
    options = tuple(
        Option(
            label=_label(one, locale),
            value=str(number),
            description=_describe(one, locale),
            emoji="✏️" if one.kind == "spelling" else None,
        )
        for number, one in enumerate(content.suggestions[:MAX_OPTIONS])
        if clean(one.label)
    )
    return SelectMenu("refine", say(locale, "select-refine"), options) if options else None


def _label(one: Refinement, locale: str) -> str:
    if one.kind == "spelling":
        return clean(say(locale, "refine-instead", query=clean(one.label, 70)), 100)
    return clean(one.label, 100)


def _describe(one: Refinement, locale: str) -> str:
    if one.kind == "pivot":
        return say(locale, "refine-pivot", word=clean(one.instead_of, 60))
    return say(locale, f"refine-{one.kind}")


def _spelling(answer: ImageAnswer, query: str) -> list[Refinement]:
    context = answer.query_context
    if context is None or altered_query(answer) is None or not context.alteration_override_query:
        return []
    as_written = Query(text=context.alteration_override_query, display_text=context.original_query or query)
    return [Refinement(kind="spelling", query=as_written)]


def _queries(kind: str, queries: Iterable[Query]) -> list[Refinement]:
    return [Refinement(kind=kind, query=query) for query in queries if 0 < len(query.text) <= QUERY_LIMIT]
