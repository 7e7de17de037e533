"""What commands and manifests say of pictures, against a model of the rules, while files come, go and change names."""

from __future__ import annotations

import io
import itertools
import json
import os
import random
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.collection.files import image_id_of
from bot.collection.ingest.indexing import index_paths
from bot.collection.model import Description, Indexed, Rating
from bot.collection.store import Store

from .made import scene

UNKNOWN, SAFE = 0, 1
RATINGS = (Rating.UNKNOWN, Rating.SAFE, Rating.RACY, Rating.ADULT)
OPERATIONS = (
    "write", "rename", "copy", "link", "delete", "manifest", "describe",
    "folder", "folder", "folder", "file", "file", "files", "both", "top",
)  # fmt: skip
Outcome = dict[str, int]
STEPS = 40
WALKS = {"SqliteStore": 25, "PostgresStore": 5}


def made(seed: int) -> bytes:
    file = io.BytesIO()
    scene(seed, (40, 30)).save(file, "PNG")
    return file.getvalue()


@dataclass
class Place:
    """A file in the index: by number, what commands gave it and what a manifest says; and the folder indexed."""

    picture: str
    command: int
    root: Path
    manifest: int = UNKNOWN

    @property
    def rating(self) -> int:
        return max(self.command, self.manifest)


class Rules:
    """What must hold: written from docs/using.md, knowing nothing of stores."""

    def __init__(self) -> None:
        self.places: dict[Path, Place] = {}
        self.gone: Outcome = {}

    def index(
        self,
        disk: Mapping[Path, str],
        roots: list[Path],
        rating: int | None,
        manifests: Mapping[Path, Mapping[Path, int]],
    ) -> set[Path]:
        """Follow one command; returns the files whose ratings were said of them themselves.

        ``manifests`` are those that are read: what they say, by their folders.
        """
        listed = {file: said for manifest in manifests.values() for file, said in manifest.items()}
        seen = {file: picture for file, picture in disk.items() if _below(file, roots)}
        gone = {file for file in self.places if _below(file, roots) and file not in seen} if seen else set[Path]()
        themselves = {file for file in seen if listed.get(file) or (rating is not None and file in roots)}
        lost: Outcome = {}
        for file in gone | {file for file, picture in seen.items() if self._held(file) not in {None, picture}}:
            place = self.places[file]
            lost[place.picture] = max(lost.get(place.picture, UNKNOWN), place.command)
        for file in gone:
            del self.places[file]
        for file, picture in seen.items():
            root = next(root for root in roots if _below(file, [root]))
            root = root if root != file else file.parent
            before = self._kept(file, root, root in manifests) if file not in themselves else UNKNOWN
            command = max(rating or UNKNOWN, before if before > SAFE else UNKNOWN)
            self.places[file] = Place(picture, command, root, listed.get(file, UNKNOWN))
        here = {place.picture for place in self.places.values()}
        self.gone |= {picture: severe for picture, severe in lost.items() if picture not in here and severe > SAFE}
        lost |= {picture: self.gone.pop(picture) for picture in here & self.gone.keys()}
        for file, place in self.places.items():
            if file not in themselves and lost.get(place.picture, UNKNOWN) > SAFE:
                place.command = max(place.command, lost[place.picture])
        return themselves

    def _kept(self, file: Path, root: Path, manifest_read: bool) -> int:
        """What a command gave a file, and what a manifest said of it that is not read this time."""
        if (before := self.places.get(file)) is None:
            return UNKNOWN
        return before.command if manifest_read and before.root == root else before.rating

    def _held(self, file: Path) -> str | None:
        return self.places[file].picture if file in self.places else None

    def ratings(self) -> Outcome:
        found: Outcome = {}
        for place in self.places.values():
            found[place.picture] = max(found.get(place.picture, UNKNOWN), place.rating)
        return found


def _below(file: Path, roots: Iterable[Path]) -> bool:
    return any(file == root or root in file.parents for root in roots)


class Walk:
    """Two folders with three names each, and what is done to them."""

    def __init__(self, store: Store, top: Path, seed: int) -> None:
        self.store, self.top, self.random = store, top, random.Random(seed)
        self.pictures = {image_id_of(data): data for data in map(made, range(4 * seed, 4 * seed + 4))}
        self.folders = [top / "one", top / "two"]
        self.names = [folder / f"{name}.png" for folder in self.folders for name in "abc"]
        self.disk: dict[Path, str] = {}
        self.manifests: dict[Path, dict[Path, int]] = {folder: {} for folder in self.folders}
        self.rules = Rules()
        self.done: list[str] = []
        self.clock = itertools.count(1_700_000_000)
        self.read_before: list[Indexed] = []
        for folder in self.folders:
            folder.mkdir(parents=True)

    async def step(self) -> None:
        operation, there = self.random.choice(OPERATIONS), sorted(self.disk)
        if operation == "write":
            self._put(self.random.choice(self.names), self.random.choice(sorted(self.pictures)))
        elif operation == "manifest":
            self._write_manifest(self.random.choice(self.folders))
        elif operation == "describe":
            await self._describe()
        elif operation == "top":
            await self.index([self.top], self._rating())
        elif operation == "folder":
            await self.index([self.random.choice(self.folders)], self._rating())
        elif there and operation == "delete":
            self._delete(self.random.choice(there))
        elif there and operation in {"rename", "copy", "link"}:
            self._carry(operation, self.random.choice(there), self.random.choice(self.names))
        elif there and operation == "both":
            roots = [self.random.choice(self.folders), self.random.choice(there)]
            await self.index(self.random.sample(roots, 2), self._rating())
        elif there and operation in {"file", "files"}:
            await self.index(
                self.random.sample(there, min(len(there), 2 if operation == "files" else 1)), self._rating()
            )

    def _rating(self) -> int | None:
        return self.random.choice([None, 1, 2, 3])

    def _note(self, *words: object) -> None:
        self.done.append(" ".join(str(word).removeprefix(f"{self.top}/") for word in words))

    def _put(self, file: Path, picture: str) -> None:
        file.unlink(missing_ok=True)
        file.write_bytes(self.pictures[picture])
        os.utime(file, (moment := next(self.clock), moment))
        self.disk[file] = picture
        self._note("write", file, picture[:4])

    def _delete(self, file: Path) -> None:
        file.unlink()
        del self.disk[file]
        self._note("delete", file)

    def _carry(self, how: str, file: Path, to: Path) -> None:
        if file == to:
            return
        to.unlink(missing_ok=True)
        self.disk[to] = self.disk[file]
        if how == "copy":
            shutil.copy(file, to)
            os.utime(to, (moment := next(self.clock), moment))
        elif how == "link":
            os.link(file, to)
        else:
            file.rename(to)
            del self.disk[file]
        self._note(how, file, to)

    def _write_manifest(self, folder: Path) -> None:
        files = [file for file in self.names if file.parent == folder and self.random.random() < 0.5]
        said = {file: self.random.choice([UNKNOWN, UNKNOWN, 1, 2, 3]) for file in files}
        lines = [
            {"file": file.name, "title": f"Title {self.random.randrange(3)}"}
            | ({"rating": RATINGS[rating].value} if rating else {})
            for file, rating in said.items()
        ]
        (folder / "manifest.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
        self.manifests[folder] = said
        self._note("manifest", folder, lines)

    async def _describe(self) -> None:
        """Write descriptions of what was there some commands ago, as a slow describer does."""
        said = Description("seer", (f"label{len(self.done)}",))
        await self.store.upsert([replace(one, places=(), described=said) for one in self.read_before])
        self.read_before = await self._held()
        self._note("describe")

    async def _held(self) -> list[Indexed]:
        return await self.store.pictures(sorted(self.pictures))

    async def index(self, roots: list[Path], rating: int | None) -> None:
        """Index, and compare what is rated and what is told with the rules."""
        self._note("index", [str(root.relative_to(self.top)) for root in roots], rating)
        read = {root: self.manifests[root] for root in roots if (root / "manifest.jsonl").is_file()}
        listed = {file: said for manifest in read.values() for file, said in manifest.items()}
        themselves = self.rules.index(self.disk, roots, rating, read)
        report = await index_paths(self.store, roots, rating=None if rating is None else RATINGS[rating], workers=0)
        held = await self._held()
        found = {picture.image_id: RATINGS.index(picture.rating) for picture in held}
        assert found == self.rules.ratings(), self.done
        commands = {Path(place.key): place.rated_by_command for picture in held for place in picture.places}
        assert commands.keys() == self.rules.places.keys(), self.done
        for file, place in self.rules.places.items():
            assert max(RATINGS.index(commands[file]), SAFE) == max(place.command, SAFE), (file, self.done)
        told = {Path(file) for file in (*report.severer, *(file for file, _ in report.copies_severer))}
        for file in (file for file in self.disk if _below(file, roots)):
            place, said = self.rules.places[file], max(rating or SAFE, listed.get(file, SAFE))
            if (file in themselves and found[place.picture] > said) or place.rating > said:
                assert file in told, (file, self.done)

    async def loosen(self) -> None:
        """Do what the docs say loosens ratings: see what is gone, then name every file."""
        if self.disk:
            self.manifests = {folder: {} for folder in self.folders}
            for folder in self.folders:
                (folder / "manifest.jsonl").unlink(missing_ok=True)
            await self.index([self.top], None)
            await self.index(sorted(self.disk), SAFE)
            assert set(self.rules.ratings().values()) == {SAFE}, self.done


async def test_ratings_follow_the_rules_whatever_becomes_of_files(store, tmp_path):
    for seed in range(WALKS[type(store).__name__]):
        walk = Walk(store, tmp_path.resolve() / str(seed), seed)
        for _ in range(STEPS):
            await walk.step()
        await walk.loosen()
