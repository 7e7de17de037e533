"""The base of every object of the contract: frozen, camelCase on the wire, nothing unknown lost."""

from functools import lru_cache
from typing import Any, Self

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class V7Model(BaseModel):
    """A v7 object: Python names inside, v7's names on the wire, unknown fields carried along."""

    model_config = ConfigDict(
        frozen=True,
        extra="allow",
        alias_generator=to_camel,
        populate_by_name=True,
        protected_namespaces=(),
        allow_inf_nan=False,
    )

    def to_wire(self) -> dict[str, Any]:
        """Return the JSON-ready object as v7 writes it: only what was set, unknown fields included."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)

    def with_(self, **changes: Any) -> Self:
        """Return a copy with some fields (Python names) replaced; the values must have their field's type already."""
        fields = self.__dict__ | changes
        if len(fields) != len(self.__dict__):
            return self.model_copy(update=changes)  # one of them is no field of the contract
        copy = type(self).__new__(type(self))  # as pydantic copies, in a third of the time: every picture is copied
        given = self.__pydantic_fields_set__
        _PUT(copy, "__dict__", fields)
        _PUT(copy, "__pydantic_fields_set__", given if given.issuperset(changes) else {*given, *changes})
        _PUT(copy, "__pydantic_extra__", self.__pydantic_extra__)
        _PUT(copy, "__pydantic_private__", None)
        return copy

    def without(self, name: str) -> Self:
        """Return a copy that does not write a field, as if it had not been set; the field keeps its value."""
        copy = self.with_()
        _PUT(copy, "__pydantic_fields_set__", self.__pydantic_fields_set__ - {name})
        return copy

    def sharing_names(self) -> Self:
        """Return the object itself, which keeps the names of its set fields together with all that have the same.

        They take as much memory as its values. Nobody changes them in place: copies that pydantic makes have their own.
        """
        given = self.__pydantic_fields_set__
        _PUT(self, "__pydantic_fields_set__", _shared(frozenset(given)))
        return self


_PUT = object.__setattr__


@lru_cache(maxsize=512)
def _shared(names: frozenset[str]) -> set[str]:
    return set(names)
