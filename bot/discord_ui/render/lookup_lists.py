"""The parts of an answer that are lists of text: offers, recipes, collections, searches, people. One entry, one line.

All names come from outside and are cleaned; addresses are linked under the name of the host they lead to.
"""

from bot.bing_v7 import AggregateRating, ImageInsights, Offer, RecognizedEntityRegion, values
from bot.discord_ui.model.lookup_session import SURE_ENOUGH, Section, boxes_of
from bot.discord_ui.model.sanitize import clean_markdown, display_host, in_markdown, safe_url
from bot.i18n import day, duration, known_keys, price, say

ENTRIES = 8
"""Entries a page of a list."""
_LIKELY = 0.75
_VERY = 0.9
_BEST_RATING = 5.0
_LONGEST_LINK = 400


def entries(answer: ImageInsights, section: Section, locale: str, *, unfolded: bool = False) -> tuple[str, ...]:
    """Return every entry of a section as markdown; empty for sections that are no lists of text."""
    match section:
        case Section.SHOPPING:
            shopping = answer.shopping_sources
            offers = (shopping.offers or (shopping,)) if shopping else ()
            found = [offer_line(offer, locale) for offer in offers]
        case Section.RECIPES:
            found = _recipes(answer, locale)
        case Section.COLLECTIONS:
            found = _collections(answer, locale)
        case Section.SEARCHES:
            queries = answer.related_searches.value if answer.related_searches else ()
            found = [clean_markdown(query.display_text or query.text, 150) for query in queries]
        case Section.PEOPLE:
            found = people(boxes_of(answer), locale, unfolded=unfolded)
        case _:
            found = []
    return tuple(line for line in found if line)


def pages_of(lines: tuple[str, ...]) -> int:
    """Return how many pages a list has; at least one."""
    return max(1, -(-len(lines) // ENTRIES))


def numbered(lines: tuple[str, ...], page: int) -> str:
    """Return one page of a list as numbered markdown lines."""
    first = min(max(0, page), pages_of(lines) - 1) * ENTRIES
    return "\n".join(f"**{first + n + 1}.** {line}" for n, line in enumerate(lines[first : first + ENTRIES]))


def link(address: str | None) -> str | None:
    """Return a link whose label is the host it leads to."""
    safe = safe_url(address, _LONGEST_LINK)
    host = display_host(safe)
    return f"[{host}]({in_markdown(safe)})" if safe and host else None


def offer_line(offer: Offer, locale: str) -> str:
    """Return product, price, seller, availability, rating, date and link of an offer."""
    price = price_words(offer, locale)
    seller = clean_markdown(offer.seller.name, 80) if offer.seller else ""
    availability = f"insights-availability-{offer.availability}"
    parts = (
        clean_markdown(offer.name, 150),
        f"**{price}**" if price else None,
        say(locale, "insights-seller", name=seller) if seller else None,
        say(locale, availability) if availability in known_keys() else None,
        say(locale, "insights-offer-count", count=offer.offer_count) if offer.offer_count else None,
        rating_words(offer.aggregate_rating, locale),
        say(locale, "insights-updated", date=day(offer.updated, locale)) if offer.updated else None,
        link(offer.url),
    )
    return _joined(parts)


def price_words(offer: Offer, locale: str) -> str | None:
    """Return the price, or the lowest one, with its currency as the reader writes it; None if there is none."""
    currency = clean_markdown(offer.price_currency, 10)
    if offer.price is not None and (words := price(offer.price, currency, locale)):
        return words
    if offer.low_price is not None and (words := price(offer.low_price, currency, locale)):
        return say(locale, "insights-offer-from", price=words)
    return None


def rating_words(rating: AggregateRating | None, locale: str) -> str | None:
    """Return how people rated a thing; None if nobody did."""
    if rating is None:
        return None
    value, best = round(rating.rating_value, 1), round(rating.best_rating or _BEST_RATING, 1)
    if rating.review_count:
        return say(locale, "insights-rating-reviews", value=value, best=best, count=rating.review_count)
    return say(locale, "insights-rating", value=value, best=best)


def people(boxes: tuple[RecognizedEntityRegion, ...], locale: str, *, unfolded: bool = False) -> list[str]:
    """Return who is recognised in which box, with how sure that is in words; the unsure only if ``unfolded``."""
    lines: list[str] = []
    for number, box in enumerate(boxes, start=1):
        for found in box.matching_entities:
            confidence = found.match_confidence
            if not unfolded and confidence is not None and confidence < SURE_ENOUGH:
                continue
            name = clean_markdown(found.entity.name, 100)
            if not name:
                continue
            key = "insights-entity-box" if box.region else "insights-entity"
            who = say(locale, key, name=name, sure=sure_words(confidence, locale), box=str(number))
            lines.append(_joined((who, clean_markdown(found.entity.job_title, 80), link(found.entity.url))))
    return lines


def sure_words(confidence: float | None, locale: str) -> str:
    """Return how sure a recognition is, in words."""
    if confidence is None or confidence < _LIKELY:
        return say(locale, "insights-entity-maybe")
    return say(locale, "insights-entity-very" if confidence >= _VERY else "insights-entity-likely")


def _recipes(answer: ImageInsights, locale: str) -> list[str]:
    lines: list[str] = []
    for recipe in answer.recipes.value if answer.recipes else ():
        times = (
            ("insights-recipe-total", recipe.total),
            ("insights-recipe-prep", values.read_duration(recipe.prep_time)),
            ("insights-recipe-cook", values.read_duration(recipe.cook_time)),
        )
        creator = clean_markdown(recipe.creator.name, 80) if recipe.creator else ""
        parts = (
            clean_markdown(recipe.name, 150),
            say(locale, "insights-collection-by", name=creator) if creator else None,
            *(say(locale, key, time=words) for key, time in times if (words := duration(time, locale))),
            rating_words(recipe.aggregate_rating, locale),
            link(recipe.url),
        )
        lines.append(_joined(parts))
    return lines


def _collections(answer: ImageInsights, locale: str) -> list[str]:
    lines: list[str] = []
    for gallery in answer.related_collections.value if answer.related_collections else ():
        creator = clean_markdown(gallery.creator.name, 80) if gallery.creator else ""
        parts = (
            clean_markdown(gallery.name, 150),
            say(locale, "insights-collection-by", name=creator) if creator else None,
            clean_markdown(gallery.source, 80),
            say(locale, "insights-collection-images", count=gallery.images_count) if gallery.images_count else None,
            say(locale, "insights-collection-followers", count=gallery.followers_count)
            if gallery.followers_count
            else None,
            link(gallery.url),
        )
        lines.append(_joined(parts))
    return lines


def _joined(parts: tuple[str | None, ...]) -> str:
    return " · ".join(part for part in parts if part)
