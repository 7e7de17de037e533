from datetime import UTC, datetime

import pytest

from bot.collection.ingest.manifest import ManifestError, read_manifest, read_moment, read_tags
from bot.collection.model import Rating


def test_jsonl_with_every_field(tmp_path):
    file = tmp_path / "list.jsonl"
    file.write_text(
        '{"file": "a/b.jpg", "title": " A  fox ", "description": "d", "tags": ["Red", "fox", "red"], "author": "Ann",'
        '"license": "CC BY 4.0", "license_url": "https://l", "source_page_url": "https://p", "original_url": "https://o",'
        '"category": "animals", "rating": "SAFE", "published": "2024-02-03", "type": "clipart"}\n\n'
        "not json\n[1]\n{}\n"
        '{"file": "c.png", "rating": "cute"}\n{"file": "d.png"}\n',
        "utf-8",
    )
    found = read_manifest(file)
    first, last = found.entries
    assert (first.name, first.written) == ("a/b.jpg", str((tmp_path / "a/b.jpg").resolve()))
    credit = first.credit
    assert (credit.title, credit.tags, credit.gallery, credit.kind) == ("A fox", ("red", "fox"), "animals", "Clipart")
    assert (credit.page, credit.original, credit.licence) == ("https://p", "https://o", "CC BY 4.0")
    assert (credit.rating, credit.published) == (Rating.SAFE, datetime(2024, 2, 3, tzinfo=UTC))
    assert (last.name, last.credit.rating) == ("d.png", Rating.UNKNOWN)
    assert [fault.line for fault in found.faults] == [3, 4, 5, 6]
    assert "cute" in str(found.faults[-1])


def test_csv(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text('\ufefffile,title,tags,rating\n"a.jpg","Fox, red","fox; red",adult\n,nothing,,\n', "utf-8")
    found = read_manifest(file)
    (entry,) = found.entries
    credit = entry.credit
    assert (credit.title, credit.tags, credit.rating) == ("Fox, red", ("fox", "red"), Rating.ADULT)
    assert len(found.faults) == 1


@pytest.mark.parametrize(("name", "body"), [("x.txt", b""), ("x.jsonl", b"\xff\xfe\xfa"), ("missing.csv", None)])
def test_unusable_manifests_are_refused_in_a_sentence(tmp_path, name, body):
    if body is not None:
        (tmp_path / name).write_bytes(body)
    with pytest.raises(ManifestError, match=name):
        read_manifest(tmp_path / name)


def test_small_readers():
    assert read_tags("A, b;c ,") == ("a", "b", "c")
    assert read_tags(None) == read_tags(7) == ()
    assert read_moment("2020:01:31 12:30:00") == datetime(2020, 1, 31, 12, 30, tzinfo=UTC)
    assert read_moment("yesterday") is None
