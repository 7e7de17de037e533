"""Pictures that were read lately."""

from collections.abc import Callable

from bot.collection.model import Indexed, Rating
from bot.collection.store.recent import RecentPictures


def test_a_picture_is_known_in_the_state_that_it_was_read_in(make_row: Callable[..., Indexed]) -> None:
    recent, one, two = RecentPictures(), make_row("one"), make_row("two")
    ids = [one.image_id, two.image_id]
    assert recent.keep(1, {one.image_id: one}) == {one.image_id: one}
    assert recent.known(1, ids) == {one.image_id: one}
    assert recent.known(2, ids) == {}
    recent.keep(2, {two.image_id: two})
    assert recent.known(2, ids) == {two.image_id: two}
    assert recent.known(1, ids) == {one.image_id: one}


def test_read_again_it_is_the_same_object_unless_anything_of_it_changed(make_row: Callable[..., Indexed]) -> None:
    recent, first = RecentPictures(), make_row("one")
    recent.keep(1, {first.image_id: first})
    again = recent.keep(2, {first.image_id: make_row("one")})[first.image_id]
    assert again is first
    assert recent.known(2, [first.image_id])[first.image_id] is first
    rated = make_row("one", rating=Rating.ADULT)
    assert recent.keep(3, {rated.image_id: rated})[rated.image_id] is rated
    assert recent.known(3, [rated.image_id])[rated.image_id].rating is Rating.ADULT


def test_the_longest_unused_goes_first(make_row: Callable[..., Indexed]) -> None:
    recent = RecentPictures(most=2)
    one, two, three = (make_row(name) for name in ("one", "two", "three"))
    recent.keep(1, {one.image_id: one, two.image_id: two})
    assert recent.known(1, [one.image_id])
    recent.keep(1, {three.image_id: three})
    ids = [one.image_id, two.image_id, three.image_id]
    assert list(recent.known(1, ids)) == [one.image_id, three.image_id]
