"""One contract for every store."""

import asyncio
import sqlite3
from contextlib import aclosing, closing
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from bot.collection.arrays import code_of
from bot.collection.filters import ASPECTS, SIZES, TYPES, PictureFilters
from bot.collection.model import Description, Indexed, Rating
from bot.collection.store import CodeKind, TagCount, open_store
from bot.collection.store.base import StoreError
from bot.collection.store.sql import turned
from bot.collection.store.sqlite import memory
from bot.collection.text.text_query import Term, TextQuery, parse_query

from .made import NOW, row

ALL = PictureFilters(ratings=tuple(rating.number for rating in Rating))
STRICT = PictureFilters(ratings=(Rating.SAFE.number,))


async def found(store, text, filters=ALL, limit=1000):
    """Titles of what a query finds."""
    hits = await store.text(parse_query(text), filters, limit)
    return [picture.credit.title for picture in await store.pictures(hits.image_ids)]


async def test_an_empty_store_answers(store):
    assert tuple(await store.counts()) == (0, 0, 0)
    assert await found(store, "fox") == await found(store, "") == []
    assert await store.near(CodeKind.COPY, np.zeros((1, 4), np.uint64), 256, 5) == []
    assert await store.sharing([1, 2], 5) == []
    assert await store.vocabulary() == {}
    assert await store.by_address("https://example.org") is None
    assert await store.pictures(["NOTHING"]) == await store.ungrouped(5) == []
    assert await store.tags([], 5) == []
    await store.upsert([])
    await store.remove_places([])


async def test_what_is_written_is_read_back(store):
    picture = row("Red fox", tags=("fox", "snow"), author="Ann", page="https://a.example/x", published=NOW)
    await store.upsert([picture])
    (again,) = await store.pictures([picture.image_id])
    assert again.places == picture.places
    assert again.looks.copy_code == picture.looks.copy_code
    assert again.looks.colours == picture.looks.colours
    assert (again.discovered, again.rating, again.group) == (NOW, Rating.SAFE, picture.image_id)
    assert (await store.points([picture.image_id]))[picture.image_id] == picture.looks.points
    assert tuple(await store.counts()) == (1, 1, 0)


async def test_several_reads_in_one_go_say_what_each_says_by_itself(store):
    await store.upsert([row("Red fox", tags=("fox", "snow")), row("Café", tags=("café",))])
    query = parse_query("fox")

    async def read(reads):
        hits = await reads.text(query, ALL)
        return [
            await reads.state(), hits, await reads.finds(query, ALL), await reads.details(hits.image_ids, [query], ALL),
            await reads.pictures(hits.image_ids), await reads.vocabulary(), await reads.written(["cafe"]),
            await reads.has_vectors("m"), await reads.aside(lambda: 7),
        ]  # fmt: skip

    together = await store.in_one_go(read)
    assert together == await read(store)
    assert together[1].image_ids
    assert together[-1] == 7
    with pytest.raises(ZeroDivisionError):
        await store.in_one_go(lambda reads: reads.aside(lambda: 1 // 0))


async def test_what_reads_sqlite_in_one_go_waits_for_nothing_else(sqlite_store):
    with pytest.raises(RuntimeError, match="waited for something else"):
        await sqlite_store.in_one_go(lambda _: asyncio.sleep(0))


async def test_words_phrases_or_not(store):
    await store.upsert([
        row("Red fox in snow", tags=("animal",)), row("Fox red", description="a drawing"),
        row("Blue whale", tags=("animal",)), row("Café crème", description="東京の写真"),
    ])  # fmt: skip
    assert set(await found(store, "red fox")) == {"Red fox in snow", "Fox red"}
    assert await found(store, '"red fox"') == ["Red fox in snow"]
    assert set(await found(store, "whale OR snow")) == {"Blue whale", "Red fox in snow"}
    assert await found(store, "fox -snow") == ["Fox red"]
    assert await found(store, "foxes NOT drawings") == ["Red fox in snow"]
    assert await found(store, "animal -fox") == ["Blue whale"]
    assert len(await found(store, "-fox")) == 2
    assert await found(store, "CAFE creme") == ["Café crème"]
    assert await found(store, "東京") == ["Café crème"]
    assert await found(store, "京東") == []
    assert await found(store, "the fox and the hound") == []


async def test_title_comes_before_tags_before_body(store):
    await store.upsert([
        row("One", description="a heron by the lake"), row("Heron"), row("Two", tags=("heron",)),
    ])  # fmt: skip
    assert await found(store, "heron") == ["Heron", "Two", "One"]


async def test_the_exact_form_comes_before_its_base(store):
    await store.upsert([
        row("Castles", seed=1), row("Castle", seed=2), row("Wolf"), row("Wolves at dusk"), row("An anime girl"),
        row("Animal"), row("Animation of rain"), row("Geese on ice"), row("Zwei Häuser"), row("Deux chevaux"),
    ])  # fmt: skip
    assert await found(store, "castle") == ["Castle", "Castles"]
    assert await found(store, "castles") == ["Castles", "Castle"]
    assert await found(store, "wolves") == ["Wolves at dusk", "Wolf"]
    assert await found(store, "goose") == ["Geese on ice"]
    assert await found(store, "Haus") == ["Zwei Häuser"]
    assert await found(store, "cheval") == ["Deux chevaux"]
    for word, title in (("anime", "An anime girl"), ("animal", "Animal"), ("animation", "Animation of rain")):
        assert await found(store, word) == [title]
    assert await found(store, '"wolf"') == ["Wolf"]
    assert await found(store, "+wolf") == ["Wolf"]
    assert await found(store, "dusk -wolf") == []


async def test_most_of_the_words_will_do_where_that_is_asked_for(store):
    await store.upsert([row("Red fox in snow"), row("Blue fox"), row("Red snow"), row("Red sun")])
    query = replace(parse_query("red fox snow"), least=2)
    names = {p.credit.title for p in await store.pictures((await store.text(query, ALL)).image_ids)}
    assert names == {"Red fox in snow", "Red snow"}
    only = replace(parse_query("red fox"), least=1, one_of=(1,))
    names = {p.credit.title for p in await store.pictures((await store.text(only, ALL)).image_ids)}
    assert names == {"Red fox in snow", "Blue fox"}
    assert await store.finds(only, ALL)
    assert not await store.finds(replace(parse_query("owl bat"), least=1), ALL)


async def test_kana_single_characters_digits_and_what_nobody_sees(store):
    await store.upsert([
        row("熊猫", seed=1), row("白い猫", seed=2), row("ラーメン", seed=3), row("Boeing 747", seed=4),
        row("Lens 50mm", seed=5), row("Trans\u00adport\u200bschiff", seed=6),
        row("パンと牛乳", seed=7), row("고양이", seed=8),
    ])  # fmt: skip
    assert await found(store, "猫") == ["白い猫", "熊猫"]
    assert await found(store, "らーめん") == await found(store, "ﾗｰﾒﾝ") == ["ラーメン"]
    assert await found(store, "boeing747") == ["Boeing 747"]
    assert await found(store, "50 mm") == await found(store, "50mm") == ["Lens 50mm"]
    assert await found(store, "transport") == ["Trans\u00adport\u200bschiff"]
    assert await found(store, "ハン") == []
    assert await found(store, "고양이") == ["고양이"]


async def test_tags_that_begin_so(store):
    await store.upsert([row("a", tags=("sea", "seal")), row("b", tags=("sea", "see%")), row("c", tags=("lake", "süß"))])
    assert await store.tags_beginning("se", 5) == ["sea", "seal", "see%"]
    assert await store.tags_beginning("se", 1) == ["sea"]
    assert await store.tags_beginning("sü", 5) == ["süß"]
    assert await store.tags_beginning("%", 5) == []


async def test_how_words_are_written_is_kept(store):
    await store.upsert([row("Grüne Äpfel", seed=1), row("Cafe", seed=2), row("Café", seed=3), row("Straße", seed=4)])
    written = await store.written(["grune", "cafe", "strasse", "apfel", "nothing"])
    assert written == {"grune": "grüne", "cafe": "café", "strasse": "straße", "apfel": "äpfel"}


async def test_sites(store):
    await store.upsert([
        row("a", page="https://commons.wikimedia.org/x"), row("b", page="https://www.wikimedia.org/y"),
        row("c", page="https://notwikimedia.org/z"), row("d", original="https://upload.wikimedia.org/d.jpg"), row("e"),
    ])  # fmt: skip
    assert set(await found(store, "site:wikimedia.org")) == {"a", "b", "d"}
    assert await found(store, "site:commons.wikimedia.org") == ["a"]
    assert set(await found(store, "-site:wikimedia.org")) == {"c", "e"}
    assert set(await found(store, "site:notwikimedia.org site:commons.wikimedia.org")) == {"a", "c"}


FILTERED = [
    ("wide", {"width": 900, "height": 300}, PictureFilters(ALL.ratings, aspect=ASPECTS.index("Wide"))),
    ("small", {"width": 90, "height": 90}, PictureFilters(ALL.ratings, size=SIZES.index("Small"))),
    ("wallpaper", {"width": 1920, "height": 1080}, PictureFilters(ALL.ratings, wallpaper=True)),
    ("red", {"colours": ("Red",)}, PictureFilters(ALL.ratings, colours=1 << 8)),
    ("line", {"kind": "Line"}, PictureFilters(ALL.ratings, types=1 << TYPES.index("Line"))),
    ("clear", {"transparent": True}, PictureFilters(ALL.ratings, types=1 << TYPES.index("Transparent"))),
    ("exact", {"width": 641}, PictureFilters(ALL.ratings, width=(641, 641))),
    ("tall", {"height": 601, "width": 600}, PictureFilters(ALL.ratings, height=(601, None), width=(None, 650))),
    ("light", {"size": 10}, PictureFilters(ALL.ratings, size_bytes=(5, 20))),
]


@pytest.mark.parametrize(("name", "looks", "filters"), FILTERED, ids=[case[0] for case in FILTERED])
async def test_filters(store, name, looks, filters):
    square = {"width": 700, "height": 700}
    await store.upsert([row("other thing", looks=square), row(f"{name} thing", looks=square | looks)])
    assert await found(store, "thing", filters) == [f"{name} thing"]
    assert await found(store, "", filters) == [f"{name} thing"]


async def test_licence_and_age_filters(store):
    old = NOW - timedelta(days=40)
    await store.upsert([row("free", licence="CC0 1.0"), row("closed", discovered=old)])
    assert await found(store, "", PictureFilters(ALL.ratings, licences=1)) == ["free"]
    assert await found(store, "", PictureFilters(ALL.ratings, since=NOW - timedelta(days=1))) == ["free"]


def at(name: str, key: str, rating: Rating, *, stamp: str = "stamp") -> Indexed:
    """The picture of a name at one place, rated by a command."""
    picture = row(name, key=key, rating=rating)
    return replace(picture, places=(replace(picture.places[0], stamp=stamp),))


async def rating_of(store, picture: Indexed) -> Rating:
    (held,) = await store.pictures([picture.image_id])
    return held.rating


async def test_a_rating_by_a_command_stays_with_the_content_when_its_place_goes(store):
    odd = at("odd", "/a", Rating.ADULT)
    await store.upsert([odd, at("odd", "/b", Rating.SAFE), at("odd", "/c", Rating.RACY)], {"/c"})
    assert await store.remove_places(["/a"]) == ["/b", "/c"]
    assert await rating_of(store, odd) is Rating.ADULT
    assert await store.upsert([at("odd", "/b", Rating.SAFE)], {"/b"}) == []
    assert await store.upsert([at("odd", "/c", Rating.SAFE)], {"/c"}) == []
    assert await rating_of(store, odd) is Rating.SAFE


async def test_a_rating_by_a_command_stays_when_another_says_something_milder_of_all_files(store):
    odd = at("odd", "/a", Rating.ADULT)
    await store.upsert([odd, at("odd", "/b", Rating.SAFE)])
    assert await store.upsert([at("odd", "/a", Rating.SAFE)]) == ["/a"]
    assert await rating_of(store, odd) is Rating.ADULT
    assert await store.upsert([at("odd", "/a", Rating.SAFE)], {"/a"}) == []
    assert await rating_of(store, odd) is Rating.SAFE


async def test_what_is_written_without_places_changes_none_and_brings_no_picture_back(store):
    """Its description is made long after the picture was read, and says nothing of what may be shown since."""
    odd, even = at("odd", "/a", Rating.SAFE), at("even", "/b", Rating.RACY)
    await store.upsert([odd, even])
    await store.upsert([at("odd", "/a", Rating.ADULT, stamp="stamp=unknown")])
    await store.remove_places(["/b"])
    said = [replace(one, places=(), described=Description("model", ("bird",))) for one in (odd, even)]
    assert await store.upsert(said) == []
    (held,) = await store.pictures([odd.image_id, even.image_id])
    assert (held.rating, held.described.labels, [one.key for one in held.places]) == (Rating.ADULT, ("bird",), ["/a"])
    assert await store.upsert([at("even", "/c", Rating.SAFE)]) == ["/c"], "the rating of before is still remembered"


async def test_a_rating_by_a_command_stays_with_content_that_goes_and_comes_back(store):
    odd, even = at("odd", "/a", Rating.ADULT), at("even", "/b", Rating.SAFE)
    await store.upsert([odd, even])
    assert await store.remove_places(["/a", "/b"]) == []
    assert await store.upsert([at("odd", "/c", Rating.UNKNOWN), at("even", "/d", Rating.UNKNOWN)]) == ["/c"]
    assert (await rating_of(store, odd), await rating_of(store, even)) == (Rating.ADULT, Rating.UNKNOWN)
    await store.remove_places(["/c"])
    assert await store.upsert([at("odd", "/e", Rating.SAFE)], {"/e"}) == []
    await store.remove_places(["/e"])
    assert await store.upsert([at("odd", "/f", Rating.SAFE)]) == []
    assert await rating_of(store, odd) is Rating.SAFE


@pytest.mark.parametrize("at_once", [True, False])
async def test_ratings_by_commands_stay_with_content_whose_places_change_hands(store, at_once):
    odd = at("odd", "/a", Rating.ADULT)
    await store.upsert([odd, at("even", "/b", Rating.SAFE)])
    swapped = [at("even", "/a", Rating.SAFE), at("odd", "/b", Rating.SAFE)]
    told = await store.upsert(swapped) if at_once else [key for one in swapped for key in await store.upsert([one])]
    assert told == ["/b"]
    assert await rating_of(store, odd) is Rating.ADULT


async def test_ratings_of_manifests_and_raters_do_not_stay(store):
    listed = at("odd", "/a", Rating.ADULT, stamp="stamp=unknown")
    both = at("third", "/e", Rating.ADULT, stamp="stamp=racy")
    rated = at("even", "/b", Rating.RACY, stamp="stamp~rater")
    await store.upsert([listed, rated, both, *(at(name, name, Rating.SAFE) for name in ("odd", "even", "third"))])
    assert await store.remove_places(["/a", "/b", "/e"]) == ["third"]
    found = [await rating_of(store, one) for one in (listed, rated, both)]
    assert found == [Rating.SAFE, Rating.SAFE, Rating.RACY]


async def test_ratings_are_kept_apart_and_the_unrated_counted(store):
    await store.upsert([row(f"{rating} thing", rating=rating) for rating in Rating])
    assert await found(store, "thing", STRICT) == ["safe thing"]
    assert len(await found(store, "thing")) == len(Rating)
    assert (await store.text(parse_query("thing"), STRICT)).unrated == 1
    assert (await store.text(parse_query("other"), STRICT)).unrated == 0
    assert (await store.text(parse_query("thing"), ALL)).unrated == 0
    assert (await store.counts()).unrated == 1


async def test_the_severest_rating_of_all_places_holds(store):
    await store.upsert([at("fox", "/a.jpg", Rating.SAFE)])
    await store.upsert([at("fox", "/b.jpg", Rating.ADULT, stamp="stamp=unknown")])
    assert await found(store, "fox", STRICT) == []
    await store.remove_places(["/b.jpg"])
    assert await found(store, "fox", STRICT) == ["fox"]


async def test_places_join_move_and_leave(store):
    await store.upsert([row("fox", seed=5, key="/a.jpg")])
    await store.upsert([row("renard", seed=5, key="/b.jpg")])
    assert tuple(await store.counts()) == (1, 2, 0)
    assert await found(store, "renard") == await found(store, "fox") == ["fox"]
    await store.upsert([row("cat", seed=6, key="/a.jpg")])
    assert await found(store, "fox") == []
    assert await found(store, "renard") == ["renard"]
    assert await found(store, "cat") == ["cat"]
    await store.remove_places(["/b.jpg", "/nowhere.jpg"])
    assert tuple(await store.counts()) == (1, 1, 0)
    assert await found(store, "renard") == []
    known = await store.known("/")
    assert list(known) == ["/a.jpg"]


async def test_what_is_removed_is_nowhere_any_more(store):
    picture = row("fox", tags=("animal",), page="https://a.example/x")
    await store.upsert([picture, row("whale")])
    await store.note_identified(picture.image_id, NOW)
    await store.remove_places([picture.places[0].key])
    assert await found(store, "animal") == await found(store, "site:a.example") == []
    assert await store.near(CodeKind.COPY, code_of(picture.looks.copy_code), 5, 5) == []
    assert picture.image_id not in await store.sharing(picture.looks.words, 5)
    assert await store.points([picture.image_id]) == {}
    assert await store.vocabulary() == {"whale": 1}
    assert await store.most_identified(NOW - timedelta(days=1), ALL, 5) == []


async def test_known_knows_folders_apart(store):
    keys = ["/a/b/1.jpg", "/a/b2.jpg", "/a/b/c/2.jpg", "/a/bc/3.jpg"]
    await store.upsert([row(key, key=key) for key in keys])
    assert set(await store.known("/a/b")) == {"/a/b/1.jpg", "/a/b/c/2.jpg"}
    assert set(await store.known("/a/b2.jpg")) == {"/a/b2.jpg"}
    assert set(await store.known("/a")) == set(keys)


async def test_copies_are_those_of_the_files_that_are_named(store):
    """A command for one file reads no copies of others, however many there are."""
    fox, kite, cat = (row(name, seed=seed, key=f"/{name}") for seed, name in enumerate(("fox", "kite", "cat"), 5))
    await store.upsert([fox, kite, cat])
    await store.upsert([row("fox", seed=5, key="/other/fox"), row("kite", seed=6, key="/other/kite")])
    assert await store.copied(["/fox", "/cat", "/nowhere"]) == await store.copied(["/other/fox"]) == [fox.image_id]
    assert set(await store.copied(["/fox", "/other/fox", "/kite"])) == {fox.image_id, kite.image_id}
    assert len(await store.copied(["/fox", "/other/fox", "/kite"])) == 2, "each once"
    await store.remove_places(["/other/fox"])
    assert await store.copied(["/fox"]) == await store.copied([]) == []
    many = [*(f"/no/{number}" for number in range(40_000)), "/kite"]
    assert await store.copied(many) == [kite.image_id]


async def test_near_codes(store):
    pictures = [row(f"p{number}", seed=number + 1) for number in range(30)]
    await store.upsert(pictures)
    code = code_of(pictures[7].looks.copy_code).copy()
    code[0, 2] ^= np.uint64(0b1011)
    (hit,) = await store.near(CodeKind.COPY, code, 40, 5)
    assert (hit.image_id, hit.distance, hit.query, hit.inverted) == (pictures[7].image_id, 3, 0, False)
    both = np.concatenate([code, ~code_of(pictures[9].looks.copy_code)])
    hits = await store.near(CodeKind.COPY, both, 40, 5)
    assert [(h.image_id, h.query, h.inverted) for h in hits] == [
        (pictures[9].image_id, 1, True), (pictures[7].image_id, 0, False),
    ]  # fmt: skip
    nearest = await store.near(CodeKind.LOOKS, code_of(pictures[3].looks.looks_code), 256, 4)
    assert nearest[0].image_id == pictures[3].image_id
    assert len(nearest) == 4
    assert [hit.distance for hit in nearest] == sorted(hit.distance for hit in nearest)


async def test_visual_words(store):
    pictures = [row(f"p{number}", seed=number + 1) for number in range(30)]
    await store.upsert(pictures)
    assert (await store.sharing(pictures[4].looks.words[:12], 3))[0] == pictures[4].image_id
    assert await store.sharing([], 3) == []


async def test_groups(store):
    pictures = [row(name, seed=number) for number, name in enumerate("abc", start=1)]
    await store.upsert([type(p)(p.image_id, p.looks, p.places, p.discovered) for p in pictures])
    assert [p.image_id for p in await store.ungrouped(10)] == [p.image_id for p in pictures]
    first = pictures[0].image_id
    await store.regroup({p.image_id: first for p in pictures[:2]})
    assert (await store.group_members([first]))[first] == [p.image_id for p in pictures[:2]]
    assert [p.credit.title for p in await store.ungrouped(10)] == ["c"]
    await store.remove_places([pictures[0].places[0].key])
    assert {p.credit.title for p in await store.ungrouped(10)} == {"b", "c"}


async def test_tags_vocabulary_galleries_addresses(store):
    await store.upsert([
        row("Red fox", tags=("animal", "red"), gallery="woods", page="https://a.example/1"),
        row("Grey owl", tags=("animal",), gallery="woods", discovered=NOW - timedelta(days=2)),
        row("Red apple", tags=("fruit", "red"), gallery="food", page="https://a.example/2", original="https://o/1"),
        row("Green apple", tags=("fruit",), gallery="food", page="https://a.example/2"),
    ])  # fmt: skip
    ids = (await store.text(parse_query("red"), ALL)).image_ids
    assert await store.tags(ids, 9) == [TagCount("red", 2, 2), TagCount("animal", 1, 2), TagCount("fruit", 1, 2)]
    vocabulary = await store.vocabulary()
    assert list(vocabulary.items())[:6] == [
        ("animal", 2), ("apple", 2), ("fruit", 2), ("red", 2), ("fox", 1), ("green", 1),
    ]  # fmt: skip
    titles = [p.credit.title for p in await store.pictures(await store.gallery("woods", ALL, 5))]
    assert titles == ["Red fox", "Grey owl"]
    assert await store.by_address("https://o/1") == (await store.text(parse_query('"red apple"'), ALL)).image_ids[0]
    assert await store.by_address("https://a.example/2") is None


async def test_the_details_of_a_page_are_read_at_once(store):
    fox = row("fox", tags=("red", "animal"))
    copy = replace(row("fox again", tags=("red",)), group=fox.group)
    racy, apple = row("apple racy", rating=Rating.RACY, tags=("skin",)), row("apple", tags=("red", "fruit"))
    await store.upsert([fox, copy, racy, apple])
    details = await store.details([apple.image_id, fox.image_id], [parse_query("apple"), parse_query("-apple")], STRICT)
    assert [picture.image_id for picture in details.pictures] == [apple.image_id, fox.image_id]
    assert {picture.image_id for picture in details.copies} == {fox.image_id, copy.image_id}
    assert details.tags == [TagCount("red", 2, 3), TagCount("animal", 1, 1), TagCount("fruit", 1, 1)]
    assert details.other_tags == [["fruit", "red"], []]
    assert details.total == 4
    bare = await store.details([copy.image_id, "NOTHING"])
    assert [picture.credit.title for picture in bare.pictures] == ["fox again"]
    assert (len(bare.copies), bare.tags, bare.other_tags) == (2, [], [])


async def test_the_state_is_another_one_after_every_change(store):
    states = [await store.state(), await store.state()]
    assert states[0] == states[1]
    fox = row("fox")
    await store.upsert([fox])
    states.append(await store.state())
    await store.upsert([replace(fox, places=(replace(fox.places[0], credit=row("wolf").credit),))])
    states.append(await store.state())
    await store.regroup({fox.image_id: "A" * 40})
    states.append(await store.state())
    await store.remove_places([fox.places[0].key])
    states.append(await store.state())
    assert len(set(states)) == 5


async def test_pictures_that_were_read_before_are_read_again_after_every_change(tmp_path):
    fox, hen = row("fox"), row("hen")
    async with aclosing(await open_store(tmp_path / "i.sqlite3")) as store:
        await store.upsert([fox, hen])

        async def read() -> list[tuple[str, Rating, str]]:
            ids = [fox.image_id, hen.image_id]
            held = await store.pictures(ids)
            assert held == (await store.details(ids)).pictures
            return [(picture.credit.title, picture.rating, picture.group) for picture in held]

        async with aclosing(await open_store(tmp_path / "i.sqlite3")) as other:
            for _ in range(2):
                assert await read() == [("fox", Rating.SAFE, fox.group), ("hen", Rating.SAFE, hen.group)]
            await other.upsert([row("fox", rating=Rating.ADULT)])
            assert await read() == [("fox", Rating.ADULT, fox.group), ("hen", Rating.SAFE, hen.group)]
            await other.regroup({hen.image_id: fox.group})
            assert await read() == [("fox", Rating.ADULT, fox.group), ("hen", Rating.SAFE, fox.group)]
            await other.remove_places([fox.places[0].key])
            assert [title for title, _, _ in await read()] == ["hen"]


async def test_after_much_was_written_the_words_are_merged_and_found_as_before(tmp_path):
    file = tmp_path / "i.sqlite3"
    for part in range(2):
        store = await open_store(file)
        for start in range(0, 1200, 100):
            numbers = range(1200 * part + start, 1200 * part + start + 100)
            await store.upsert([row(f"fox {n}", seed=n + 1, key=f"/{n}") for n in numbers])
        await store.aclose()
        with closing(sqlite3.connect(file)) as plain:
            assert plain.execute("SELECT count(DISTINCT segid) FROM texts_idx").fetchone() == (1,)
    store = await open_store(file)
    assert await found(store, "fox 77") == ["fox 77"]
    assert len(await found(store, "fox")) == 1000
    await store.aclose()


async def test_an_author_is_found_when_typed_and_is_no_thing_that_pictures_show(store):
    await store.upsert([row("Red brick wall", author="Robin Fox"), row("Sleeping fox", author="Ann")])
    assert await found(store, "robin") == await found(store, '"robin fox"') == ["Red brick wall"]
    assert set(await found(store, "fox")) == {"Red brick wall", "Sleeping fox"}
    assert await found(store, "foxes") == await found(store, "+fox -robin") == ["Sleeping fox"]
    assert await found(store, "+robin") == ["Red brick wall"]
    assert await found(store, "brick -robin") == []
    meant = TextQuery(all_of=((Term(("robin",), named=True), Term(("fox",), named=True)),))
    hits = await store.text(meant, ALL, 10)
    assert [picture.credit.title for picture in await store.pictures(hits.image_ids)] == ["Sleeping fox"]


async def test_most_identified(store):
    fox, owl = row("fox"), row("owl", rating=Rating.ADULT)
    await store.upsert([fox, owl])
    for picture, times in ((fox, 1), (owl, 3)):
        for _ in range(times):
            await store.note_identified(picture.image_id, NOW)
    since = NOW - timedelta(days=1)
    assert await store.most_identified(since, ALL, 5) == [owl.image_id, fox.image_id]
    assert await store.most_identified(since, STRICT, 5) == [fox.image_id]
    assert await store.most_identified(NOW + timedelta(days=2), ALL, 5) == []


async def test_limits_are_told(store):
    await store.upsert([row(f"fox {number}") for number in range(12)])
    hits = await store.text(parse_query("fox"), ALL, 5)
    assert (len(hits.image_ids), hits.capped) == (5, True)
    assert not (await store.text(parse_query("fox"), ALL, 12)).capped


async def test_only_the_newest_matches_are_ranked(store):
    await store.upsert([row(f"fox {number}", seed=number + 1) for number in range(40)])
    newest = {f"fox {number}" for number in range(30, 40)}
    for filters in (ALL, PictureFilters(ALL.ratings, width=(1, None))):
        hits = await store.text(parse_query("fox"), filters, 20, 10)
        assert {picture.credit.title for picture in await store.pictures(hits.image_ids)} == newest


async def test_few_allowed_among_many_are_found_in_their_order(store):
    """The best matches are looked at first; where ratings forbid most of them, the others are looked at too."""
    pictures = [
        row(f"fox {'den ' * (number % 7)}{number}", seed=number + 1, rating=Rating.SAFE if number % 9 == 0 else other)
        for number, other in enumerate([Rating.UNKNOWN, Rating.ADULT] * 40)
    ]
    await store.upsert(pictures)
    safe = {p.image_id for p in pictures if p.rating is Rating.SAFE}
    everything = [image_id for image_id in (await store.text(parse_query("fox"), ALL)).image_ids if image_id in safe]
    for limit in (1, 3, 9, 50):
        hits = await store.text(parse_query("fox"), STRICT, limit)
        assert list(hits.image_ids) == everything[:limit]
        assert hits.capped == (limit < len(safe))
    assert (await store.text(parse_query("fox"), STRICT)).unrated == sum(p.rating is Rating.UNKNOWN for p in pictures)


async def test_size_and_whether_anything_is_found(store):
    assert await store.size() == 0
    assert not await store.finds(parse_query("fox"), ALL)
    await store.upsert([row("fox", seed=5), row("owl", rating=Rating.ADULT), row("fox again", seed=5, key="/b.jpg")])
    assert await store.size() == 2
    assert await store.finds(parse_query("fox -owl"), STRICT)
    assert not await store.finds(parse_query("owl"), STRICT)
    assert await store.finds(parse_query("-fox"), ALL)
    await store.remove_places(["/b.jpg", "/pictures/fox.jpg"])
    assert await store.size() == 1


async def test_an_index_may_be_closed_while_its_words_are_loading(tmp_path):
    store = await open_store(tmp_path / "i.sqlite3")
    pictures = [row(f"p{number}", seed=number + 1) for number in range(30)]
    await store.upsert(pictures)
    await store.aclose()
    for _ in range(3):
        await (await open_store(tmp_path / "i.sqlite3")).aclose()
    again = await open_store(tmp_path / "i.sqlite3")
    assert (await again.sharing(pictures[4].looks.words[:12], 1)) == [pictures[4].image_id]
    await again.aclose()


async def test_hostile_words_are_only_words(store):
    await store.upsert([row("it's a \"test\"'; DROP TABLE pictures; --", tags=("a'b", 'c"d'), gallery="x'y")])
    for text in ("test", "'; DROP TABLE pictures; --", '"test', "a'b OR 1=1", "title:test", "te*", "NEAR(test)", "\0"):
        await store.text(parse_query(text), ALL)
    assert len(await found(store, "test")) == 1
    assert await store.gallery("x'y", ALL, 5)


async def test_codes_of_removed_pictures_leave_room_for_others(store):
    pictures = [row(f"p{number}", seed=number + 1) for number in range(20)]
    await store.upsert(pictures)
    code = code_of(pictures[0].looks.copy_code)
    ranked = [hit.image_id for hit in await store.near(CodeKind.COPY, code, 256, 20)]
    gone = [p.places[0].key for p in pictures if p.image_id in ranked[:5]]
    await store.remove_places(gone)
    assert [hit.image_id for hit in await store.near(CodeKind.COPY, code, 256, 10)] == ranked[5:15]


async def test_addresses_that_are_no_store():
    for address in ("mysql://host/x", "postgresql://127.0.0.1:1/x"):
        with pytest.raises(StoreError):
            await open_store(address)
    assert turned("a.b") == "b.a."


async def test_a_file_that_is_no_database_is_refused(tmp_path):
    file = tmp_path / "index.sqlite3"
    file.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(StoreError, match=r"index\.sqlite3"):
        await open_store(file)


@pytest.mark.parametrize("patient", [True, False])
async def test_a_file_that_another_program_holds_is_a_sentence(tmp_path, monkeypatch, patient):
    monkeypatch.setattr("bot.collection.store.sqlite.store.BUSY_SECONDS", 0.1)
    monkeypatch.setattr("bot.collection.store.sqlite.store.PATIENT_SECONDS", 0.1)
    file = tmp_path / "index.sqlite3"
    await (await open_store(file)).aclose()
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match=r"index\.sqlite3 cannot be used: database is locked"):
        await open_store(file, patient=patient)
    holder.execute("ROLLBACK")
    holder.close()
    await (await open_store(file)).aclose()


async def test_another_process_s_writing_is_seen(address):
    """A bot that runs while `magpie index` writes finds the new pictures, and no longer the removed ones."""
    bot, indexer = await open_store(address), await open_store(address)
    fox, owl = row("fox"), row("owl")
    await indexer.upsert([fox])
    code = code_of(fox.looks.copy_code)
    assert [hit.image_id for hit in await bot.near(CodeKind.COPY, code, 5, 5)] == [fox.image_id]
    await indexer.upsert([owl])
    assert (await bot.sharing(owl.looks.words, 5))[0] == owl.image_id
    await indexer.remove_places([fox.places[0].key])
    assert await bot.near(CodeKind.COPY, code, 5, 5) == []
    assert await bot.vocabulary() == {"owl": 1}
    await bot.aclose()
    await indexer.aclose()


async def test_another_process_s_rating_is_seen_by_the_next_search(address):
    """Of one match, of a few and of many, which are each looked at in their own way."""
    bot, indexer = await open_store(address), await open_store(address)
    names = ["lone fox", *(f"few owl {n}" for n in range(5)), *(f"many elk {n}" for n in range(60))]
    pictures = [row(name, seed=number + 1) for number, name in enumerate(names)]
    await indexer.upsert(pictures)

    async def sizes():
        hits = [await bot.text(parse_query(text), STRICT) for text in ("lone fox", "few owl", "many elk")]
        sizes = [len(hit.image_ids) for hit in hits]
        allowed = PictureFilters(STRICT.ratings, width=(1, None))
        narrowed = [await bot.text(parse_query(text), allowed) for text in ("lone fox", "few owl", "many elk")]
        assert [len(hit.image_ids) for hit in narrowed] == sizes
        return sizes, [hit.unrated for hit in hits]

    assert await sizes() == ([1, 5, 60], [0, 0, 0])
    for rating in (Rating.ADULT, Rating.UNKNOWN):
        await indexer.upsert(
            [
                replace(p, places=(replace(place, credit=replace(place.credit, rating=rating)),))
                for p, place in ((pictures[n], pictures[n].places[0]) for n in (0, 3, 9, 65))
            ],
            {pictures[n].places[0].key for n in (0, 3, 9, 65)},
        )
        assert await sizes() == ([0, 4, 58], [1, 1, 2] if rating is Rating.UNKNOWN else [0, 0, 0])
    await indexer.upsert([pictures[n] for n in (0, 3, 9, 65)])
    assert await sizes() == ([1, 5, 60], [0, 0, 0])
    await bot.aclose()
    await indexer.aclose()


async def test_what_another_process_writes_is_on_the_next_page(address):
    """Pictures with their ratings, copies, tags, tags of other searches and the total: none of it from before."""
    bot, indexer = await open_store(address), await open_store(address)
    fox, owl = row("red fox", seed=1, tags=("red", "snow")), row("red owl", seed=2, tags=("red",))
    await indexer.upsert([fox, owl])

    async def page():
        said = await bot.details([fox.image_id, owl.image_id], [parse_query("red"), parse_query("snow")], ALL)
        ratings = [picture.rating for picture in said.pictures]
        return ratings, len(said.copies), said.tags, said.other_tags, said.total, await bot.vocabulary()

    safe, adult = Rating.SAFE, Rating.ADULT
    words = {"red": 2, "fox": 1, "owl": 1, "snow": 1}
    assert await page() == (
        [safe, safe],
        0,
        [("red", 2, 2), ("snow", 1, 1)],
        [["red", "snow"], ["red", "snow"]],
        2,
        words,
    )
    elk = row("elk", seed=3, tags=("snow",))
    await indexer.upsert([elk])
    tags = [("red", 2, 2), ("snow", 1, 2)]
    assert await page() == ([safe, safe], 0, tags, [["red", "snow"], ["snow", "red"]], 3, words | {"elk": 1, "snow": 2})
    await indexer.regroup({owl.image_id: fox.image_id})
    assert (await page())[1] == 2
    await indexer.upsert([replace(fox, places=(replace(fox.places[0], credit=replace(fox.credit, rating=adult)),))])
    assert (await page())[0] == [adult, safe]
    await indexer.remove_places([fox.places[0].key])
    tags, others = [("red", 1, 1)], [["red"], ["snow"]]
    assert await page() == ([safe], 0, tags, others, 2, {"red": 1, "owl": 1, "elk": 1, "snow": 1})
    await bot.aclose()
    await indexer.aclose()


async def test_a_search_reads_one_state_of_the_file_and_the_next_one_sees_a_rating_that_any_program_wrote(tmp_path):
    """Whatever writes a rating: another version of Magpie or a person at the database tells nobody of it."""
    store = await open_store(tmp_path / "i.sqlite3")
    await store.upsert([row("red fox", seed=1), row("red owl", seed=2)])

    async def twice(reads):
        before = await reads.text(parse_query("red"), STRICT)
        with closing(sqlite3.connect(tmp_path / "i.sqlite3")) as other, other:
            other.execute("UPDATE pictures SET rating = 3 WHERE id = 1")
        return before, await reads.text(parse_query("red"), STRICT)

    before, after = await store.in_one_go(twice)
    assert before == after
    assert len(before.image_ids) == 2
    assert await found(store, "red", STRICT) == ["red owl"]
    assert await found(store, "red fox", STRICT) == []
    await store.aclose()


async def test_an_index_from_before_ratings_were_kept_in_memory_notes_their_changes_too(tmp_path):
    file = tmp_path / "i.sqlite3"
    store = await open_store(file)
    await store.upsert([row("red fox", seed=1)])
    await store.aclose()
    with closing(sqlite3.connect(file)) as before, before:
        before.executescript("DROP TRIGGER ratings_change; DROP TRIGGER ratings_go; DROP TABLE rating_changes")
    bot, indexer = await open_store(file), await open_store(file)
    assert await found(bot, "fox", STRICT) == ["red fox"]
    await indexer.upsert([row("red fox", seed=1, rating=Rating.ADULT)])
    assert await found(bot, "fox", STRICT) == []
    await bot.aclose()
    await indexer.aclose()


async def test_many_words_are_not_read_anew_for_every_search_while_they_change(tmp_path, monkeypatch):
    """Reading them takes longer than a search; a few seconds later they are there."""
    now = 1_000.0
    monkeypatch.setattr(memory, "MANY_WORDS", 2)
    monkeypatch.setattr(memory.time, "monotonic", lambda: now)
    store = await open_store(tmp_path / "i.sqlite3")
    await store.upsert([row("fox", seed=1)])
    assert await store.vocabulary() == {"fox": 1}
    await store.upsert([row("fox den", seed=2)])
    assert list((await store.vocabulary()).items()) == [("fox", 2), ("den", 1)]  # it was small: read at once
    await store.upsert([row("owl den", seed=3)])
    assert await store.vocabulary() == {"fox": 2, "den": 1}
    assert await found(store, "owl") == ["owl den"]
    now += 6
    assert list((await store.vocabulary()).items()) == [("den", 2), ("fox", 2), ("owl", 1)]
    await store.aclose()
