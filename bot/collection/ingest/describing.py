"""Keeping what a machine says of pictures, after the pictures themselves are in the index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, cast

from bot.collection.arrays import Bytes
from bot.collection.decode import Refused, decode
from bot.collection.files import image_id_of, read_bytes
from bot.collection.model import Description, Indexed
from bot.collection.store import Store

from .batches import Look, look_again
from .hooks import Describer
from .named import function_named
from .reading import Wanted
from .reports import IndexReport, OnProgress, Stage

BATCH = 32
_MOST_LABELS, _LONGEST = 20, 2000


@dataclass(frozen=True, slots=True)
class NamedDescriber:
    """Calls ``module:function`` with each picture; it pickles as the name. Make it with `NamedDescriber.open`."""

    name: str

    @classmethod
    def open(cls, name: str) -> NamedDescriber:
        """Look the function up.

        Raises:
            ModelError: the module cannot be imported, or has no such function.
        """
        function_named(name)
        return cls(name)

    def describe(self, picture: Bytes) -> Description:
        """Ask the function, which answers with a mapping that may hold ``labels``, ``text`` and ``caption``, or None.

        Raises:
            TypeError: it answered something else.
        """
        said = function_named(self.name)(picture)
        if said is None:
            return Description(self.name)
        if not isinstance(said, Mapping):
            raise TypeError("a describer answers with a mapping")
        told = cast("Mapping[str, Any]", said)
        labels = tuple(str(label) for label in told.get("labels") or ())
        return Description(self.name, labels, str(told.get("text") or ""), str(told.get("caption") or ""))


async def describe_new(
    store: Store,
    describer: Describer,
    report: IndexReport,
    *,
    workers: int | None = None,
    on_progress: OnProgress | None = None,
) -> None:
    """Describe every picture that this describer has not described; files that are gone are left out.

    One process does it, because a model is large and uses all cores by itself. A batch is written whole or not at all,
    so that it goes on where it was interrupted.

    Args:
        store: the index.
        describer: what looks at the pictures.
        report: counts the descriptions and lists the files that got none.
        workers: 0 works in a thread of this process.
        on_progress: called after every picture.
    """

    async def keep(held: Sequence[Indexed], told: dict[str, Description]) -> None:
        await store.upsert([replace(p, described=told[p.image_id]) for p in held if p.image_id in told])
        report.descriptions += len(told)

    look = Look(Stage.DESCRIPTIONS, partial(describe_picture, describer=describer), keep, BATCH)
    wanted = await store.undescribed(describer.name)
    await look_again(store, wanted, look, report, workers=workers, on_progress=on_progress)


def describe_picture(wanted: Wanted, describer: Describer) -> Description | str:
    """What the describer says of a file, or a sentence why it says nothing; never raises."""
    try:
        data = read_bytes(Path(wanted.path))
        if image_id_of(data) != wanted.image_id:
            return "the file is another one than when it was indexed: index its folder again"
        return _bounded(describer.describe(decode(data).rgb), describer.name)
    except Refused as refused:
        return str(refused)
    except OSError as error:
        return f"the file cannot be read: {error.strerror or error}"
    except Exception as error:  # noqa: BLE001 -- a model that fails on a picture must not stop the others
        return f"the describer fails on it: {type(error).__name__}"


def _bounded(said: Description, name: str) -> Description:
    """The description under the describer's name, no longer than anybody would read."""
    labels = tuple(dict.fromkeys(" ".join(label.split())[:80] for label in said.labels if label.strip()))
    text, caption = (" ".join(words.split())[:_LONGEST] for words in (said.text, said.caption))
    return Description(name, labels[:_MOST_LABELS], text, caption)
