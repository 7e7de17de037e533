"""What was read in one state of a store."""

from collections.abc import Callable

from bot.collection.filters import ANY
from bot.collection.model import Indexed, Rating
from bot.collection.store import Store
from bot.collection.store.state_memory import StateMemory
from bot.collection.text.lemmas import prepare_dictionaries
from bot.collection.text.text_query import parse_query


async def test_a_value_is_read_once_in_a_state() -> None:
    memory: StateMemory[str, int] = StateMemory(8)
    asked: list[list[str]] = []

    async def read(missing: list[str]) -> dict[str, int]:
        asked.append(missing)
        return {key: len(key) for key in missing if key != "none"}

    assert await memory.get(1, ["one", "none"], read) == {"one": 3}
    assert await memory.get(1, ["three", "one", "one"], read) == {"one": 3, "three": 5}
    assert await memory.get(2, ["one"], read) == {"one": 3}
    assert asked == [["one", "none"], ["three"], ["one"]]


async def test_what_was_read_in_a_state_that_ended_meanwhile_is_not_kept() -> None:
    memory: StateMemory[str, int] = StateMemory(8)

    async def read_two(keys: list[str]) -> dict[str, int]:
        return dict.fromkeys(keys, 2)

    async def read_late(missing: list[str]) -> dict[str, int]:
        await memory.get(2, ["other"], read_two)
        return dict.fromkeys(missing, 1)

    assert await memory.get(1, ["one"], read_late) == {"one": 1}
    assert await memory.get(2, ["one"], read_two) == {"one": 2}


async def test_no_more_is_kept_than_there_is_room_for() -> None:
    memory: StateMemory[int, int] = StateMemory(2)
    asked: list[int] = []

    async def read(missing: list[int]) -> dict[int, int]:
        asked.extend(missing)
        return {key: key for key in missing}

    assert await memory.get(1, range(5), read) == {key: key for key in range(5)}
    await memory.get(1, [4, 0], read)
    assert asked == [0, 1, 2, 3, 4, 0]


async def test_a_page_says_what_holds_after_every_write(store: Store, make_row: Callable[..., Indexed]) -> None:
    one, two = make_row("red one", tags=("red", "sea")), make_row("red two", tags=("red",))
    ids, others = [one.image_id, two.image_id], [parse_query("red")]
    await store.upsert([one, two])

    async def page() -> tuple[dict[str, int], list[str], list[str], int]:
        details = await store.details(ids, others, ANY)
        copies = [picture.image_id for picture in details.copies]
        return {tag.tag: tag.overall for tag in details.tags}, copies, details.other_tags[0], details.total

    for _ in range(2):
        assert await page() == ({"red": 2, "sea": 1}, [], ["red", "sea"], 2)
    third = make_row("red three", tags=("sea", "red", "boat"))
    await store.upsert([third])
    for _ in range(2):
        assert await page() == ({"red": 3, "sea": 2}, [], ["red", "sea", "boat"], 3)
    await store.regroup({third.image_id: one.image_id})
    assert (await page())[1] == sorted([one.image_id, third.image_id])
    await store.upsert([make_row("red one", tags=("sea",), rating=Rating.ADULT)])
    tags, _, found, total = await page()
    assert (tags, found, total) == ({"red": 2, "sea": 2}, ["red", "sea", "boat"], 3)
    await store.remove_places(["/pictures/red three.jpg"])
    assert await page() == ({"red": 1, "sea": 1}, [], ["red", "sea"], 2)


async def test_queries_that_differ_in_accents_alone_do_not_share_what_was_counted(
    store: Store, make_row: Callable[..., Indexed]
) -> None:
    await prepare_dictionaries(hurry=True)
    picture = make_row("Haus", tags=("roof",))
    await store.upsert([picture])
    for written, tags in (("hauser", []), ("Häuser", ["roof"]), ("hauser", [])):
        details = await store.details([picture.image_id], [parse_query(written)], ANY)
        assert details.other_tags == [tags], written
