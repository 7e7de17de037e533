"""Following nextOffset."""

from hypothesis import given
from hypothesis import strategies as st

from bot.bing_v7 import Image, ImageAnswer, SearchRequest
from bot.bing_v7.paging import Pages


def page(*ids: str, next_offset: int | None = None, total: int | None = None) -> ImageAnswer:
    return ImageAnswer(
        value=tuple(Image(image_id=each) for each in ids), next_offset=next_offset, total_estimated_matches=total
    )


def ids(answer: ImageAnswer) -> list[str | None]:
    return [image.image_id for image in answer.value]


def test_next_offset_is_sent_and_repeats_are_dropped() -> None:
    pages = Pages(SearchRequest(q="x", count=2, id="a"))
    assert ids(pages.take(page("a", "b", next_offset=3))) == ["a", "b"]
    assert pages.next == SearchRequest(q="x", count=2, offset=3)
    assert ids(pages.take(page("b", "c", next_offset=5))) == ["c"]
    assert pages.next is not None
    assert pages.next.offset == 5


def test_the_same_page_for_ever_ends() -> None:
    """The page at offset 1000 came with nextOffset 1000, again and again."""
    pages = Pages(SearchRequest(q="x", offset=1000))
    pages.take(page("a", "b", next_offset=1000))
    assert pages.next is None


def test_a_page_without_anything_new_ends() -> None:
    pages = Pages(SearchRequest(q="x"))
    pages.take(page("a", next_offset=35))
    assert ids(pages.take(page("a", next_offset=70))) == []
    assert pages.next is None


def test_empty_absent_and_complete_answers_end() -> None:
    for answer in (
        page(next_offset=35),
        page("a"),
        page("a", "b", next_offset=2, total=2),
        page("a", next_offset=70_000),
    ):
        pages = Pages(SearchRequest(q="x"))
        pages.take(answer)
        assert pages.next is None


def test_pictures_without_an_id_are_told_apart_by_address() -> None:
    pages = Pages(SearchRequest(q="x"))
    answer = ImageAnswer(value=(Image(content_url="u"), Image(content_url="u"), Image(name="n"), Image(name="n")))
    assert len(pages.take(answer).value) == 3


class Rows:
    """A service that has so many pictures and repeats one at each join."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.calls = 0

    async def search(self, request: SearchRequest) -> ImageAnswer:
        self.calls += 1
        start = max(0, request.offset - 1)
        found = [str(each) for each in range(start, min(self.total, request.offset + request.count))]
        return page(*found, next_offset=min(self.total, request.offset + request.count))


@given(st.integers(0, 300), st.integers(1, 150))
async def test_every_picture_comes_once(total: int, count: int) -> None:
    rows, pages, found = Rows(total), Pages(SearchRequest(q="x", count=count)), list[str | None]()
    while pages.next is not None:
        found += ids(pages.take(await rows.search(pages.next)))
        assert rows.calls <= total // count + 2
    assert found == [str(each) for each in range(total)]
