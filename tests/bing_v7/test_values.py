"""What v7 writes as text, read and written."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bing_v7 import Availability, CreativeCommons, Image, Offer, Recipe, Thumbnail, values


@given(st.integers(0, 2**63))
def test_sizes_survive(size: int) -> None:
    assert values.read_size(values.write_size(size)) == size


WEST = timezone(timedelta(hours=-5))


@given(st.datetimes(timezones=st.just(UTC)).filter(lambda moment: moment.year > 1))
def test_dates_survive(moment: datetime) -> None:
    written = values.write_date(moment)
    assert len(written) == len("2019-01-15T10:35:00.0000000Z")
    assert values.read_date(written) == moment
    assert values.write_date(moment.astimezone(WEST)) == written


@given(st.integers(0, 0xFFFFFF))
def test_colours_survive(colour: int) -> None:
    assert values.read_color(values.write_color(colour)) == colour


def test_dates_at_the_end_of_time_are_not_read() -> None:
    assert values.read_date("0001-01-01T00:00:00+05:00") is None


@given(st.text())
def test_no_text_breaks_a_reading(text: str) -> None:
    for read in (
        values.read_size,
        values.read_date,
        values.read_duration,
        values.read_color,
        values.read_license,
        values.read_availability,
    ):
        read(text)
        assert read("no such value") is None


def test_wire_forms_are_read_and_the_text_is_kept() -> None:
    image = Image(
        content_size="108648 B",
        date_published="2019-01-15T10:35:00.1234567Z",
        host_page_discovered_date="2013-07-06T00:00:00.0000000Z",
        accent_color="0836FF",
        creative_commons="AttributionShareAlike",
    )
    assert image.content_bytes == 108648
    assert image.published == datetime(2019, 1, 15, 10, 35, 0, 123456, tzinfo=UTC)
    assert image.discovered == datetime(2013, 7, 6, tzinfo=UTC)
    assert image.accent == 0x0836FF
    assert image.license is CreativeCommons.BY_SA
    assert image.to_wire()["datePublished"] == "2019-01-15T10:35:00.1234567Z"


def test_older_dates_are_read() -> None:
    assert values.read_date("2020-08-12T00:00:00.0000000") == datetime(2020, 8, 12, tzinfo=UTC)
    assert values.read_date("2020-08-12") == datetime(2020, 8, 12, tzinfo=UTC)
    assert Offer(last_updated="2020-08-12").updated == datetime(2020, 8, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "minutes"), [("PT45M", 45), ("PT1H5M", 65), ("P1DT1H", 1500), ("P2W", 20160), ("PT90S", 1.5)]
)
def test_durations(text: str, minutes: float) -> None:
    recipe = Recipe(cook_time=text, prep_time=text, total_time=text)
    assert recipe.cooking == recipe.preparation == recipe.total == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["P", "PT", "45", "", None])
def test_no_durations(text: str | None) -> None:
    assert values.read_duration(text) is None


def test_words_of_offers_and_thumbnails() -> None:
    assert Offer(availability="InStoreOnly").stock is Availability.IN_STORE_ONLY
    assert Offer(availability="Perhaps").stock is None
    assert Thumbnail(url="a").address == "a"
    assert Thumbnail(thumbnail_url="b", url="a").address == "b"
