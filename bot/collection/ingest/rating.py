"""A rater that the operator names: a Python function, looked up when it is needed."""

from __future__ import annotations

from dataclasses import dataclass

from bot.collection.arrays import Bytes
from bot.collection.model import Rating

from .named import function_named


@dataclass(frozen=True, slots=True)
class NamedRater:
    """Calls ``module:function`` with each unrated picture; it pickles as the name. Make it with `NamedRater.open`."""

    name: str

    @classmethod
    def open(cls, name: str) -> NamedRater:
        """Look the function up.

        Raises:
            ModelError: the module cannot be imported, or has no such function.
        """
        function_named(name)
        return cls(name)

    def rate(self, picture: Bytes) -> Rating | None:
        """Ask the function, which answers with ``safe``, ``racy``, ``violent``, ``adult`` or None.

        Raises:
            ValueError: it answered something else.
        """
        said = function_named(self.name)(picture)
        return None if said is None else Rating(str(said).strip().lower())
