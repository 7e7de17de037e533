"""Keeping what a machine says of pictures, after the pictures themselves are in the index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, cast

from bot.collection.arrays import Bytes
from bot.collection.hooks import Describer, model_failure
from bot.collection.model import Description, Indexed
from bot.collection.store import Store
from bot.media.tasks import Answer, Job

from .named import function_named
from .reading import answered, pixels_of_indexed
from .reports import IndexReport, OnProgress, Stage
from .reprocessing import Reprocessing, reprocess

DESCRIBER_BATCH = 32
"""Pictures described before what was said of them is written."""
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
        # Without the places: they, and what is said of them, may be others by now.
        await store.upsert([replace(p, places=(), described=told[p.image_id]) for p in held if p.image_id in told])
        report.descriptions += len(told)

    job = Reprocessing(Stage.DESCRIPTIONS, DescribeFile(describer), _description_of, keep, DESCRIBER_BATCH)
    wanted = await store.undescribed(describer.name)
    await reprocess(store, wanted, job, report, workers=workers, on_progress=on_progress)


@dataclass(frozen=True, slots=True)
class DescribeFile:
    """Has the file that a job names described, if it still is the picture that it was."""

    describer: Describer

    def __call__(self, job: Job, data: bytes) -> Answer:
        """Answer with the description, or why there is none."""
        del data
        return answered(lambda: self._described(job))

    def _described(self, job: Job) -> Answer:
        rgb = pixels_of_indexed(job)
        try:
            said = _bounded(self.describer.describe(rgb), self.describer.name)
        except Exception as error:  # noqa: BLE001 (a model that fails on a picture must not stop the others)
            return {"why": "failed", "detail": f"the describer fails on it: {model_failure(error)}"}, b""
        return asdict(said), b""


def _description_of(answer: Answer) -> Description:
    """Read a description as it comes from a child process."""
    said = answer[0]
    return Description(said["model"], tuple(said["labels"]), said["text"], said["caption"])


def _bounded(said: Description, name: str) -> Description:
    """The description under the describer's name, no longer than anybody would read."""
    labels = tuple(dict.fromkeys(" ".join(label.split())[:80] for label in said.labels if label.strip()))
    text, caption = (" ".join(words.split())[:_LONGEST] for words in (said.text, said.caption))
    return Description(name, labels[:_MOST_LABELS], text, caption)
