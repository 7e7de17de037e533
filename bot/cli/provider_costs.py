"""What each provider costs, for ``magpie check``; docs/providers.md says the same with its sources and dates."""

from typing import NamedTuple


class Cost(NamedTuple):
    """What is free, whether a card is needed for it, and what more than that costs."""

    free: str
    card: str
    beyond: str


COSTS = {
    "collection": Cost("all", "no", "none"),
    "recognizer": Cost("all, on your machine", "no", "none"),
    "openverse": Cost("200 a day, 20 a minute", "no", "not sold"),
    "commons": Cost("Wikimedia's limits per client", "no", "not sold"),
    "commons-sha1": Cost("as `commons`", "no", "not sold"),
    "wikifeeds": Cost("as `commons`", "no", "not sold"),
    "searxng": Cost("your server", "no", "yours"),
    "brave": Cost("$5 of credit a month: 1,000 calls at the list price", "yes", "$5 per 1,000"),
    "google-vision": Cost("1,000 a month", "yes", "$5 per 1,000"),
    "saucenao": Cost("10 a day without an account; 200 with a free one", "no", "by account"),
    "tracemoe": Cost("100 a day", "no", "sponsorship"),
    "tineye": Cost("none", "prepaid", "by bundle"),
    "yandex": Cost("none", "yes", "by its price list"),
    "klipy": Cost("all with a key for production", "no", "not sold"),
    "pexels": Cost("200 an hour, 20,000 a month", "no", "on request"),
    "serpapi": Cost("250 a month (*unverified*)", "*unverified*", "$25 per 1,000 in the smallest plan"),
    "serper": Cost("2,500 credits once", "no", "$2 per 1,000"),
    "fluffle": Cost("all, one at a time", "no", "not sold"),
    "animetrace": Cost("*unverified*", "no", "*unverified*"),
    "plantnet": Cost("500 a day", "no", "by contract"),
    "vision": Cost("your server, or the outside service's", "by service", "by service"),
    "v7": Cost("the endpoint's", "the endpoint's", "the endpoint's"),
}
"""By name of the provider; each text is how its cell in docs/providers.md begins."""

UNKNOWN = Cost("see its package", "see its package", "see its package")
"""For a provider of somebody else's package."""


def cost_of(name: str) -> Cost:
    """Return what a provider costs, without the marks of the document."""
    return Cost(*(text.replace("*", "").replace("`", "") for text in COSTS.get(name, UNKNOWN)))
