"""The state of the providers: what they do, what is left of their allowances, which are paused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bot.bing_v7 import Provider, Verb
from bot.bing_v7.wrapper import layers
from bot.observability.metrics import Metric
from bot.providers.middleware.breaker import Breaker, State
from bot.providers.middleware.budget import BudgetedProvider, Remaining


@dataclass(frozen=True, slots=True)
class ProviderStatus:
    """One provider: ``rests_for`` is not zero while it is asked for nothing, after failures."""

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
    """Return the state of the members for the current caller (see ``budget.asked_by``)."""
    return [await _status(member) for member in members]


async def _status(member: Provider) -> ProviderStatus:
    known = member.capabilities
    verbs = tuple(verb for verb in Verb if known.supports(verb))
    rests, remaining, price = timedelta(), tuple[Remaining, ...](), known.limits.price
    for layer in layers(member):
        if isinstance(layer, BudgetedProvider):
            remaining, price = tuple(await layer.budget.remaining()), layer.budget.limits.price
        if isinstance(layer, Breaker):
            rests = min((layer.rests_for(verb) for verb in verbs), default=rests)
    return ProviderStatus(
        member.name,
        member.title,
        verbs,
        known.home_url,
        known.terms_url,
        known.attribution,
        rests,
        remaining,
        price,
    )


def breaker_metric(members: Iterable[Provider]) -> Metric:
    """Return which providers are not asked for what now."""
    breakers = [layer for member in members for layer in layers(member) if isinstance(layer, Breaker)]
    resting = tuple(
        ({"provider": one.name, "verb": str(verb)}, float(one.state(verb) is State.OPEN))
        for one in breakers
        for verb in Verb
        if one.capabilities.supports(verb)
    )
    return Metric("magpie_breaker_open", "gauge", "1 while a provider is not asked for a verb after failures.", resting)
