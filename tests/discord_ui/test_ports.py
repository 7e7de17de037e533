"""The rooms below have the faces that pages ask for."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest

from bot.discord_ui.model.ports import Service, SiteBlocking
from bot.safesearch.policies import Policies
from bot.search.service import SearchService

from .fakes import FakeService

if TYPE_CHECKING:  # checked by pyright: the assignments stand for the types' agreement
    from bot.discord_ui.model.ports import HasServices
    from bot.services import Services

    def services_fit(services: Services) -> HasServices:
        return services

    def service_fits(service: SearchService) -> Service:
        return service

    def policies_fit(policies: Policies) -> SiteBlocking:
        return policies


@pytest.mark.parametrize(("face", "real"), [(Service, SearchService), (Service, FakeService), (SiteBlocking, Policies)])
def test_methods_take_what_pages_give(face: type, real: type) -> None:
    methods = {name: one for name, one in vars(face).items() if inspect.isfunction(one) and not name.startswith("_")}
    assert methods
    for name, method in methods.items():
        wanted = list(inspect.signature(method).parameters)
        there = list(inspect.signature(getattr(real, name)).parameters)
        assert there[: len(wanted)] == wanted, name
