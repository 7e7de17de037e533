"""The built-in model as a describer of the collection: names of what it is sure of, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.collection.arrays import Bytes
from bot.collection.hooks import ModelError
from bot.collection.model import Description
from bot.vocabulary import pictures

from .classifier import MODEL_NAME, look, model_file, recognizer_is_installed
from .statements import may_be_stated, state

_VERSION = "1"


@dataclass(frozen=True, slots=True)
class BuiltInDescriber:
    """Labels pictures with the groups that `state` is sure of; make it with `BuiltInDescriber.open`."""

    folder: Path
    name: str = f"{MODEL_NAME}-labels-{_VERSION}"

    @classmethod
    def open(cls, folder: Path) -> BuiltInDescriber:
        """Make sure that the model's packages are there; its file is made when the first picture asks for it.

        Raises:
            ModelError: they are not.
        """
        if not recognizer_is_installed():
            raise ModelError("it needs packages: install magpie-bot[recognition]")
        return cls(folder)

    def describe(self, picture: Bytes) -> Description:
        """English names of what an RGB picture shows, the narrowest first; none where the model is not sure."""
        statement = state(look(picture, model_file(self.folder), may_be_stated).views)
        if statement is None:
            return Description(self.name)
        likeliest = None if statement.likeliest is None else pictures().of_class(statement.likeliest)
        groups = [group.name.replace("-", " ") for group in statement.groups]
        return Description(self.name, (*([likeliest.name()] if likeliest else ()), *groups))
