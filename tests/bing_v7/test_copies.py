"""Copies of v7 objects: what they share is never changed by what is done to one of them."""

from bot.bing_v7 import Image

IMAGE = {"name": "Magpie", "imageInsightsToken": "t", "oddField": "kept"}


def picture() -> Image:
    return Image.model_validate(IMAGE)


def test_a_copy_writes_what_was_changed_and_leaves_the_original_alone() -> None:
    original = picture()
    renamed, sized = original.with_(name="Jay"), original.with_(width=10)
    assert renamed.to_wire() == IMAGE | {"name": "Jay"}
    assert sized.to_wire() == IMAGE | {"width": 10}
    assert original.to_wire() == IMAGE


def test_a_field_that_is_left_out_of_one_copy_stays_in_the_others() -> None:
    original = picture()
    copy = original.with_(name="Jay")
    left = copy.without("image_insights_token")
    assert left.to_wire() == {"name": "Jay", "oddField": "kept"}
    assert left.image_insights_token == "t"
    assert copy.to_wire() == IMAGE | {"name": "Jay"}
    assert original.to_wire() == IMAGE


def test_what_pydantic_copies_has_names_and_unknown_fields_of_its_own() -> None:
    original = picture().sharing_names()
    copy = original.with_(name="Jay").model_copy(update={"width": 10, "other": 1})
    copy.model_fields_set.discard("name")
    del (copy.model_extra or {})["oddField"]
    assert copy.to_wire() == {"imageInsightsToken": "t", "width": 10, "other": 1}
    assert original.to_wire() == IMAGE


def test_names_are_kept_once_for_all_that_have_the_same() -> None:
    first, second = Image(name="Magpie", image_insights_token="t"), Image(name="Jay", image_insights_token="u")
    one, two = first.sharing_names(), second.sharing_names()
    assert one.model_fields_set == {"name", "image_insights_token"}
    assert one.model_fields_set is two.model_fields_set
    assert one.to_wire() == {"name": "Magpie", "imageInsightsToken": "t"}
    assert two.with_(width=1).model_fields_set == {"name", "image_insights_token", "width"}
    assert two.model_fields_set == {"name", "image_insights_token"}
