"""The built-in model as a describer of the collection: names of what it is sure of, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.collection.arrays import Bytes
from bot.collection.hooks import ModelError
from bot.collection.model import Description
from bot.vocabulary import pictures

from .classifier import MODEL_NAME, look, model_file, recognizer_is_installed
from .statements import needs_second_view, state

_VERSION = "2"


@dataclass(frozen=True, slots=True)
class BuiltInDescriber:
    """Labels pictures with the groups that `state` is sure of; make it with `BuiltInDescriber.open`."""

    folder: Path
    name: str = f"{MODEL_NAME}-labels-{_VERSION}"

    @classmethod
    def open(cls, folder: Path) -> BuiltInDescriber:
        """Make sure that the model's package is there; its file is made when the first picture asks for it.

        Raises:
            ModelError: it is not.
        """
        if not recognizer_is_installed():
            raise ModelError("it needs a package: install magpie-bot[recognition]")
        return cls(folder)

    def describe(self, picture: Bytes) -> Description:
        """English names of what an RGB picture shows, the narrowest first; none where the model is not sure."""
        statement = state(look(picture, model_file(self.folder), needs_second_view).views)
        if statement is None:
            return Description(self.name)
        likeliest = None if statement.likeliest is None else pictures().of_class(statement.likeliest)
        groups = [group.name.replace("-", " ") for group in statement.groups]
        return Description(self.name, (*([likeliest.name()] if likeliest else ()), *groups))
