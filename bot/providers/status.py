"""How the providers stand now, for the about page: what they do, what is left of their allowances, who is resting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bot.bing_v7 import Provider, Verb
from bot.observability.metrics import figure
from bot.providers.middleware.breaker import Breaker, State
from bot.providers.middleware.budget import BudgetedProvider, Remaining
from bot.providers.middleware.stack import breaker_of


@dataclass(frozen=True, slots=True)
class ProviderStatus:
    """One provider: ``rests_for`` is not zero while it is left alone after failures."""

    name: str
    title: str
    verbs: tuple[Verb, ...]
    home_url: str | None
    terms_url: str | None
    attribution: str | None
    rests_for: timedelta
    remaining: tuple[Remaining, ...]
    price: float | None = None
    """What a call costs."""


async def provider_statuses(members: Iterable[Provider]) -> list[ProviderStatus]:
    """Return how the members stand for whoever asks now (see ``budget.asked_by``)."""
    return [await _standing(member) for member in members]


async def _standing(member: Provider) -> ProviderStatus:
    rests, remaining, price = timedelta(), tuple[Remaining, ...](), member.capabilities.limits.price
    layer: object = member
    while layer is not None:
        if isinstance(layer, BudgetedProvider):
            remaining, price = tuple(await layer.budget.remaining()), layer.budget.limits.price
        if isinstance(layer, Breaker) and layer.state is State.OPEN:
            rests = layer.rests_for
        layer = getattr(layer, "inner", None)
    known = member.capabilities
    return ProviderStatus(
        member.name,
        member.title,
        tuple(verb for verb in Verb if known.supports(verb)),
        known.home_url,
        known.terms_url,
        known.attribution,
        rests,
        remaining,
        price,
    )


def breaker_lines(members: Iterable[Provider]) -> str:
    """Return in the Prometheus format which providers are left alone now."""
    states = [({"provider": member.name}, breaker.state) for member in members if (breaker := breaker_of(member))]
    resting = [(labels, float(state is State.OPEN)) for labels, state in states]
    return figure("magpie_breaker_open", "gauge", "1 while a provider is left alone after failures.", resting)
