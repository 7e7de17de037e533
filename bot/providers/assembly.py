"""Builds the operator's providers: each with its middleware, all in one chain."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.bing_v7 import Limits, Provider, Verb
from bot.media.service import Media
from bot.providers.http.transport import Transport
from bot.providers.middleware.breaker import Listener
from bot.providers.middleware.budget import Allowances
from bot.providers.middleware.budget_store import BudgetStore
from bot.providers.middleware.stack import stacked
from bot.providers.routing.chain import Chain

from .registry import make, provider_states
from .settings import ProviderSettings


def limits_of(provider: Provider, settings: ProviderSettings) -> Limits:
    """Return a provider's limits: what the operator set, else its own declaration.

    A limit in money becomes a number of calls a month by the price of a call, in place of what is free; where the price
    is not known it cannot be kept, so then nothing is asked (`unpriced` says so).
    """
    known, name = provider.capabilities.limits, provider.name
    price = settings.provider_price_per_call.get(name, known.price)
    money = settings.provider_money_per_month.get(name)
    per_month = settings.provider_calls_per_month.get(name, known.per_month if money is None or price == 0 else None)
    if money is not None and price != 0:
        affordable = int(money / price + _ROUNDING) if price else 0
        per_month = affordable if per_month is None else min(per_month, affordable)
    per_day = settings.provider_calls_per_day.get(name, known.per_day)
    return replace(known, per_day=per_day, per_month=per_month, price=price)


_ROUNDING = 1e-9


def unpriced(provider: Provider, settings: ProviderSettings) -> bool:
    """True if there is a limit in money for a provider whose price is not known."""
    money = settings.provider_money_per_month.get(provider.name)
    price = settings.provider_price_per_call.get(provider.name, provider.capabilities.limits.price)
    return money is not None and price is None


def fixed_by_operator(name: str, settings: ProviderSettings) -> frozenset[str]:
    """Return which limits of a provider the operator set, by their names in ``Limits``."""
    month = name in settings.provider_calls_per_month or settings.provider_money_per_month.get(name) is not None
    day = name in settings.provider_calls_per_day
    return frozenset(field for field, given in (("per_day", day), ("per_month", month)) if given)


def build_chain(
    names: Sequence[str],
    settings: ProviderSettings,
    transport: Transport,
    media: Media,
    *,
    contact: str | None = None,
    others: Mapping[str, Provider] | None = None,
    store: BudgetStore | None = None,
    listener: Listener | None = None,
    wrap: Callable[[Provider], Provider] = lambda provider: provider,
) -> Chain:
    """Return the chain of the named providers; what is not ready is left out (`provider_states` says why).

    Args:
        names: the operator's list, first asked first.
        settings: the providers' settings; their keys are hidden from logs from here on.
        transport: carries the requests of all.
        media: cuts parts out of posted pictures.
        contact: how services reach the operator.
        others: providers made elsewhere, by name; those that ask outside get the same layers.
        store: where spending is kept.
        listener: called when a provider is paused and when it is back.
        wrap: wraps each member, outside of all its middleware.
    """
    transport.redactor.learn(*settings.keys())
    allowances = Allowances(server_per_day=settings.server_calls_per_day, person_per_day=settings.person_calls_per_day)

    def layered(provider: Provider) -> Provider:
        return stacked(
            provider,
            media,
            store=store,
            allowances=allowances,
            limits=limits_of(provider, settings),
            fixed=fixed_by_operator(provider.name, settings),
            listener=listener,
        )

    made: list[Provider] = []
    ready = {status.name for status in provider_states(names, settings, contact, others or ()) if status.on}
    for name in dict.fromkeys(names):
        if others and name in others:
            made.append(wrap(layered(others[name]) if others[name].capabilities.outside else others[name]))
        elif name in ready:
            made.append(wrap(layered(make(name, transport, settings, contact))))
    members = {verb: [one for one in made if one.capabilities.supports(verb)] for verb in Verb}
    return Chain(members, within=settings.provider_seconds)
