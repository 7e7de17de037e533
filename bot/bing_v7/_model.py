"""The base of every object of the contract: frozen, camelCase on the wire, nothing unknown lost."""

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
        put = object.__setattr__
        put(copy, "__dict__", fields)
        put(copy, "__pydantic_fields_set__", {*self.__pydantic_fields_set__, *changes})
        put(copy, "__pydantic_extra__", dict(self.__pydantic_extra__ or ()))
        put(copy, "__pydantic_private__", None)
        return copy
