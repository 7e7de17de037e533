"""Pages of an identify answer: every section in every state, within Discord's limits, with hostile texts."""

from __future__ import annotations

import asyncio
import json
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.bing_v7 import (
    Certainty,
    Confidence,
    Crop,
    Depiction,
    ImageCaption,
    ImageInsights,
    ImagesModule,
    InsightsMetadata,
    Match,
    Note,
    NoteCode,
    Picture,
    PictureText,
    Provenance,
    Query,
    RelatedSearchesModule,
    SafeSearch,
    Tag,
)
from bot.bing_v7.answers import ImageTagsModule
from bot.discord_ui.model.images import attached
from bot.discord_ui.model.lookup_session import (
    Lookup,
    LookupResult,
    LookupSource,
    Origin,
    Section,
    counts,
    folded_count,
    pictures_of,
    view_of,
)
from bot.discord_ui.model.message import Message, SelectMenu
from bot.discord_ui.model.page import Offers, PageData
from bot.discord_ui.model.pager import PagerState, View
from bot.discord_ui.model.session import LookupSession, SearchSession, pack_session, unpack_session
from bot.discord_ui.render.lookup import forgotten
from bot.discord_ui.render.page import draw_page, draw_panel
from tests.examples import examples

from .bodies import SESSION, problems
from .fakes import judged, picture
from .lookups import everything, found, known

HANDED = LookupSource(by=Origin.DISCORD, address="https://cdn.discordapp.com/attachments/1/2/cat.png", name="cat.png")


def lookup(answer: ImageInsights, section: Section = Section.OVERVIEW, **rest: Any) -> Lookup:
    result = LookupResult(
        answer=answer, level=SafeSearch.STRICT, **{k: rest.pop(k) for k in ("waiting", "part") if k in rest}
    )
    return Lookup(source=HANDED).with_result(result).with_(section=section, **rest)


def session(shown: Lookup, **rest: Any) -> LookupSession:
    return LookupSession(owner_id=1, lookup=shown, **rest).showing(shown)


def page_data(shown: Lookup, view: View | None = None, **rest: Any) -> PageData:
    content = session(shown, **rest)
    state = PagerState(len(content.items), True, view=view or view_of(shown))
    return PageData(SESSION, judged(content, state), Offers(similar=True, details=True, site_blocks=True, hiding=True))


def drawn(shown: Lookup, view: View | None = None, **rest: Any) -> Message:
    return draw_page(page_data(shown, view, **rest))


def panel(shown: Lookup, view: View | None = None, **rest: Any) -> Message:
    """What *More* opens."""
    return draw_panel(page_data(shown, view, **rest), "en-US", may_block=True)


def unfolded(shown: Lookup, **rest: Any) -> Message:
    """The page with everything under it, as *More* shows it where no panel could change the message."""
    data = page_data(shown, **rest)
    return draw_page(replace(data, offers=replace(data.offers, everything=True)))


def words(message: Message) -> str:
    parts = (
        part
        for card in message.cards
        for part in (
            card.author, card.title, card.description, *(f"{one.name}: {one.value}" for one in card.fields),
        )
    )  # fmt: skip
    return "\n".join(part for part in parts if part)


def faults(message: Message) -> list[str]:
    return asyncio.run(problems(message, described=False))


def actions(message: Message) -> list[str]:
    return [
        control.action.partition(":")[0]
        for row in message.rows
        for control in ((row,) if isinstance(row, SelectMenu) else row)
        if control.action
    ]


def test_a_session_outlives_storage() -> None:
    before = lookup(everything(), Section.PEOPLE, unfolded=True, page=2)
    content = session(before)
    after = unpack_session(pack_session(content))
    assert after == content


def test_no_other_session_is_taken_for_one() -> None:
    without, broken = (
        b'{"kind": "lookup", "owner_id": 1}',
        b'{"kind": "lookup", "owner_id": 1, "lookup": {"source": 1}}',
    )
    unnamed = b'{"owner_id": 1, "lookup": {"source": 1}}'
    for packed in (b"", b"{}", b"nonsense", *map(zlib.compress, (without, broken, unnamed))):
        with pytest.raises(ValueError, match="cannot be read"):
            unpack_session(packed)


def test_only_sections_with_something_to_show_are_offered() -> None:
    assert list(counts(lookup(known()))) == [Section.OVERVIEW, Section.PAGES, Section.SIMILAR]
    assert len(counts(lookup(everything()))) == 9
    assert counts(lookup(ImageInsights())) == {Section.OVERVIEW: 1}
    assert counts(Lookup(source=HANDED)) == {}


def test_the_uncertain_are_folded_away() -> None:
    shown = lookup(known(), Section.SIMILAR)
    assert folded_count(shown, Section.SIMILAR) == 1
    assert all(image.match is None for image in pictures_of(shown, Section.SIMILAR))
    assert pictures_of(shown.with_(unfolded=True), Section.SIMILAR)[0].match is not None


def test_the_surest_page_is_named_first() -> None:
    pages = (found(1, Confidence.MAYBE), picture(2), found(3, Confidence.LIKELY), found(4, Confidence.EXACT))
    for order in (pages, pages[::-1]):
        shown = lookup(known(pages_including=ImagesModule(value=order)))
        assert drawn(shown).cards[0].title == "Picture 4"


@pytest.mark.parametrize(
    ("first", "sentence"),
    [
        (found(1, Confidence.EXACT, "tineye"), "Exact match.** Found by TinEye"),
        (found(1, Confidence.LIKELY, "collection"), "very likely the same picture"),
        (found(1, Confidence.MAYBE, "saucenao"), "may be the same picture"),
        (picture(1), "lists these pages"),
    ],
)
def test_how_sure_it_is_in_words(first: Any, sentence: str) -> None:
    shown = lookup(known(pages_including=ImagesModule(value=(first,))))
    assert sentence in words(drawn(shown))


def test_a_collage_is_not_called_the_picture_that_is_in_it() -> None:
    tiles = tuple(
        found(number, Confidence.LIKELY).with_(
            match=Match(confidence=Confidence.LIKELY, provider="collection", share=0.24)
        )
        for number in (1, 2, 3, 2)
    )
    text = words(drawn(lookup(known(pages_including=ImagesModule(value=tiles)))))
    assert "Part of this picture is very likely this one" in text
    assert "the same picture" not in text
    assert "In other parts: Picture 2, Picture 3" in text
    assert "Found on" not in text
    most = tiles[0].with_(match=Match(confidence=Confidence.LIKELY, provider="collection", share=0.7))
    text = words(drawn(lookup(known(pages_including=ImagesModule(value=(most, *tiles[1:]))))))
    assert "very likely the same picture" in text


def test_what_merely_looks_like_it_is_not_named_as_it() -> None:
    answer = ImageInsights(visually_similar_images=ImagesModule(value=(picture(5),)))
    message = drawn(lookup(answer))
    assert message.cards[0].title == "Not known"
    assert "Picture 5" not in words(message)
    assert message.cards[0].image is None
    assert "Similar pictures were found" in words(message)
    assert "insight-similar" in actions(message)


def depicted(**changes: Any) -> ImageInsights:
    seen = {"name": "monkey", "kind": "animal", "certainty": Certainty.HIGH, "probability": 0.94,
            "provider": "recognizer"}  # fmt: skip
    return ImageInsights(
        best_representative_query=Query(text="macaque", display_text="monkey"),
        image_caption=ImageCaption(caption="Probably shows: monkey"),
        depictions=(Depiction(**(seen | changes)),),
        picture_texts=(PictureText(text="@everyone do [not](https://evil.example) feed", provider="ocr"),),
        provenance=Provenance(providers=("recognizer",)),
    )


def test_what_a_picture_shows_is_said_with_how_sure_and_by_whom() -> None:
    message = drawn(lookup(depicted()))
    (card,) = message.cards
    assert card.title == "Shows: monkey"
    assert card.image is None
    text = words(message)
    assert "No exact match" in text
    assert "Seen by Magpie's recognizer" in text
    assert "Shows: monkey (very likely)" in text
    assert "Text in the picture: > " in text
    assert "](https://evil" not in text
    assert "Probably shows: monkey" not in text
    (find,) = [
        one for row in message.rows if not isinstance(row, SelectMenu) for one in row if one.action == "insight-find"
    ]
    assert find.label == "Search: monkey"


ALIKE = ImageInsights(visually_similar_images=ImagesModule(value=(picture(5),)))


@pytest.mark.parametrize(
    "answer", [depicted(), depicted(certainty=Certainty.LOW), ALIKE], ids=["sure", "guess", "alike"]
)
def test_while_others_are_asked_no_match_is_said_to_be_missing_for_good(answer: ImageInsights) -> None:
    asked, done = words(drawn(lookup(answer, waiting=("collection",)))), words(drawn(lookup(answer)))
    assert "No exact match so far." in asked
    assert "Still asking Magpie's collection" in asked
    assert "No exact match" in done
    assert "so far" not in done


@pytest.mark.parametrize("answer", [ALIKE, ImageInsights()])
def test_what_may_still_be_found_is_not_called_unknown(answer: ImageInsights) -> None:
    assert drawn(lookup(answer, waiting=("collection",))).cards[0].title is None
    assert drawn(lookup(answer)).cards[0].title == "Not known"
    note = Note(code=NoteCode.WITHHELD, provider="collection", count=1)
    withheld = answer.with_(provenance=Provenance(notes=(note,)))
    assert drawn(lookup(withheld)).cards[0].title is None


def test_a_match_without_a_title_is_not_called_unknown() -> None:
    page = picture(7, name=None, match=Match(confidence=Confidence.EXACT, provider="tineye"))
    message = drawn(lookup(ImageInsights(pages_including=ImagesModule(value=(page,)))))
    assert "Exact match." in words(message)
    assert message.cards[0].title == "Untitled picture"


@pytest.mark.parametrize("answer", [depicted(), ALIKE, ImageInsights()])
def test_a_match_that_may_not_be_shown_is_not_said_to_be_missing(answer: ImageInsights) -> None:
    note = Note(code=NoteCode.WITHHELD, provider="collection", count=1)
    noted = answer.with_(provenance=Provenance(providers=("collection",), notes=(note,)))
    counted = LookupResult(answer=answer, level=SafeSearch.STRICT, hidden=1)
    for result in (LookupResult(answer=noted, level=SafeSearch.STRICT), counted):
        said = words(drawn(Lookup(source=HANDED).with_result(result)))
        assert "No match that may be shown here." in said
        assert "No exact match" not in said
        assert "No source knows" not in said


def test_a_models_word_is_marked_as_one() -> None:
    text = words(drawn(lookup(depicted(model="gemma4", provider="vision", certainty=Certainty.MEDIUM))))
    assert "Described by gemma4, may be wrong." in text
    assert "likely, not certain" in text
    assert "Probably shows: monkey" in text


def test_a_finding_has_fields_and_says_how_much_it_agrees() -> None:
    first = found(7, Confidence.LIKELY)
    (card,) = drawn(lookup(known(pages_including=ImagesModule(value=(first,))))).cards
    fields = {one.name: one.value for one in card.fields}
    assert fields["Artist"] == "Author 7"
    assert fields["Match"] == "90% · likely"
    assert "(<https://" in fields["Source"] or "](https://" in fields["Source"]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ({"by": Origin.DISCORD, "address": "https://cdn.discordapp.com/a.png"}, True),
        ({"by": Origin.DISCORD, "address": "https://cdn.discordapp.com/a.png", "name": "SPOILER_a.png"}, False),
        ({"by": Origin.DISCORD, "address": "https://cdn.discordapp.com/a.png", "spoiler": True}, False),
        ({"by": Origin.WEB, "address": "https://elsewhere.example/a.png"}, False),
        ({"by": Origin.RESULT, "address": "https://elsewhere.example/a.png"}, False),
    ],
)
def test_the_asked_picture_is_in_the_answer_unless_it_came_as_a_spoiler(source: Any, shown: bool) -> None:
    asked = Lookup(source=LookupSource(**source)).with_result(LookupResult(answer=depicted()))
    (card,) = drawn(asked).cards
    assert (card.thumbnail == source["address"]) is shown
    (card,) = drawn(asked.for_others()).cards
    assert card.thumbnail is None


def test_other_engines_stand_in_the_card_when_nothing_exact_was_found() -> None:
    engines = (
        ("Google Lens", "https://lens.google.com/uploadbyurl?url=x"),
        ("TinEye", "https://tineye.com/search?url=x"),
    )

    for answer in (ImageInsights(), depicted()):
        shown = lookup(answer, engines=engines, engines_at=SafeSearch.STRICT)
        message = drawn(shown)
        assert "Look elsewhere: [Google Lens](https://lens" in words(message)
        assert "[TinEye](https://tineye" in words(message)
        assert not [one for row in message.rows if not isinstance(row, SelectMenu) for one in row if one.url]
        assert "insight-links" not in actions(panel(shown))
    exact = lookup(known(), engines=engines, engines_at=SafeSearch.STRICT)
    assert "Google Lens" not in words(drawn(exact))
    assert "insight-links" in actions(panel(exact))


def test_links_to_other_engines_are_whole_or_left_out() -> None:
    """Seven of them with an address as Discord writes it fit; of longer ones the last are missing, none is cut."""
    address = "https%3A%2F%2Fcdn.discordapp.com%2Fattachments%2F" + "9" * 160
    for length, fitting in ((len(address), 7), (430, 4)):
        engines = tuple((f"E{n}", f"https://engine{n}.example/?url={address[:length]:9<{length}}") for n in range(7))
        shown = lookup(ImageInsights(), engines=engines, engines_at=SafeSearch.STRICT)
        line = next(one for one in words(drawn(shown)).splitlines() if "E0" in one)
        assert line.count("](") == fitting
        assert line.endswith(")")


def test_other_engines_are_not_offered_where_there_is_no_address_for_them() -> None:
    shown = lookup(known())
    assert "insight-links" in actions(panel(shown))
    assert "insight-links" not in actions(panel(shown.for_others()))
    frame = shown.source.model_copy(update={"frame": 1})
    assert "insight-links" not in actions(panel(shown.with_(source=frame)))


def test_every_field_that_says_something_makes_an_answer() -> None:
    """A token, the names of who was asked, and lists that are there but empty say nothing."""
    full = everything().with_(depictions=depicted().depictions, picture_texts=depicted().picture_texts, alt_text="a")
    silent = {"type_", "instrumentation", "id", "read_link", "web_search_url", "provenance", "image_insights_token"}
    for name in set(ImageInsights.model_fields) - silent:
        part = getattr(full, name)
        assert not ImageInsights().with_(**{name: part}).is_empty, name
        if "value" in getattr(type(part), "model_fields", {}):
            assert ImageInsights().with_(**{name: type(part)()}).is_empty, name
    groups = everything().recognized_entity_groups
    assert groups is not None
    bare = tuple(one.with_(recognized_entity_regions=()) for one in groups.value)
    assert ImageInsights(recognized_entity_groups=groups.with_(value=bare)).is_empty
    assert full.with_(**dict.fromkeys(set(ImageInsights.model_fields) - silent - {"type_"})).is_empty


def test_a_file_is_read_out_by_its_owners_words_else_by_what_a_model_saw() -> None:
    own = picture(7, content_url="magpie:picture/ABC", description=None)
    uploads = {"ABC": Picture(b"x", "image/png", "a.png", 8, 6, is_family_friendly=True)}
    (file,) = attached((own,), uploads, "A heron stands in a pond")
    assert file.alt == "A heron stands in a pond"
    (file,) = attached((own.with_(description="A grey heron"),), uploads, "A heron stands in a pond")
    assert file.alt == "A grey heron"
    (file,) = attached((own,), uploads)
    assert file.alt == own.name


def test_nothing_found() -> None:
    assert ImageInsights().is_empty
    assert not known().is_empty
    message = drawn(lookup(ImageInsights()))
    assert message.cards[0].title == "Not known"
    assert actions(message) == ["insight-region", "more"]
    assert "forget" in actions(panel(lookup(ImageInsights())))


def test_a_finding_is_asked_about_without_a_verdict() -> None:
    source = LookupSource(by=Origin.RESULT, token="t", image=picture(9))
    shown = Lookup(source=source).with_result(
        LookupResult(answer=ImageInsights(image_tags=ImageTagsModule(value=(Tag(name="x"),))))
    )
    message = drawn(shown)
    assert message.cards[0].title == "Picture 9"
    assert "not found" not in words(message)


def test_the_overview_says_what_is_known() -> None:
    text = words(drawn(lookup(everything(), waiting=("tineye",))))
    for part in (
        "Probably shows: **red panda**", "A red panda in a tree", "[encyclopedia.example.org]", "Tags: panda, red",
        "Pabu (very likely, box 1)", "Found on 2 pages", "Artist: Author 7", "Still asking TinEye",
        "less certain finding",
    ):  # fmt: skip
        assert part in text, part
    assert "Someone" not in text


def test_counts_of_the_finding_are_believed() -> None:
    first = found(
        1, Confidence.EXACT, insights_metadata=InsightsMetadata(pages_including_count=12, available_sizes_count=5)
    )
    assert "Found on 12 pages, in 5 sizes." in words(drawn(lookup(known(pages_including=ImagesModule(value=(first,))))))


def test_a_failed_provider_is_named() -> None:
    note = Note(code=NoteCode.PROVIDER_FAILED, provider="tineye", detail="quota")
    answer = known(provenance=Provenance(providers=("collection",), notes=(note,)))
    assert "TinEye could not answer" in words(drawn(lookup(answer)))


def test_a_part_is_named_in_the_head() -> None:
    whole = lookup(everything())
    part = whole.with_result(LookupResult(answer=known(), part="box:1", crop=Crop(right=0.5)))
    message = drawn(part)
    assert message.cards[0].author == "What is this part of the picture? (Box 1: Pabu)"
    assert "insight-whole" in actions(message)
    assert "insight-whole" not in actions(drawn(whole))


def test_few_parts_are_kept_and_the_whole_always() -> None:
    shown = lookup(known())
    for name in ("top", "left", "middle", "right", "top"):
        shown = shown.with_result(LookupResult(answer=known(), part=name))
    assert [result.part for result in shown.results] == ["whole", "middle", "right", "top"]
    assert shown.result is not None
    assert shown.result.part == "top"
    again = shown.with_result(LookupResult(answer=everything()))
    assert [result.part for result in again.results] == ["whole", "middle", "right", "top"]
    assert again.result == LookupResult(answer=everything())


def test_a_part_looked_at_first_leaves_the_whole_open() -> None:
    shown = Lookup(source=HANDED).with_result(LookupResult(answer=everything(), part="top"))
    assert shown.whole is None
    assert shown.token is None
    assert "insight-whole" in actions(drawn(shown))
    both = shown.with_result(LookupResult(answer=known()))
    assert [result.part for result in both.results] == ["whole", "top"]
    assert both.result == both.whole


def test_a_stricter_place_gets_nothing_that_was_not_judged_again() -> None:
    for section in (Section.SHOPPING, Section.RECIPES, Section.COLLECTIONS, Section.SEARCHES, Section.PEOPLE):
        shown = lookup(everything(), section)
        looser = shown.results[0].model_copy(update={"level": SafeSearch.MODERATE})
        text = words(drawn(shown.with_(results=(looser,)), level=SafeSearch.STRICT))
        assert "SafeSearch became stricter" in text
        assert "panda" not in text.casefold()


def test_pages_list_their_bands() -> None:
    text = words(drawn(lookup(known(), Section.PAGES)))
    one, two = text.splitlines()[-2:]
    assert one.startswith("**1.** Picture 7")
    assert one.endswith("exact · Found by Magpie's collection.")
    assert "likely" in two


def test_people_who_are_hardly_recognised_are_folded_away() -> None:
    shown = lookup(everything(), Section.PEOPLE)
    assert "Someone" not in words(drawn(shown))
    assert "insight-fold" in actions(drawn(shown))
    assert "Someone (perhaps, box 1)" in words(drawn(shown.with_(unfolded=True)))


def test_a_copy_for_somebody_else_does_not_lead_to_the_picture() -> None:
    content = session(lookup(known()))
    copy = content.for_others()
    assert "cdn.discordapp.com" in content.lookup.model_dump_json()
    assert "cdn.discordapp.com" not in copy.lookup.model_dump_json()
    assert copy.lookup.result == content.lookup.result
    other = SearchSession(owner_id=1, title="red")
    assert other.for_others() is other


STATES = {
    "exact": known(),
    "everything": everything(),
    "depicted": depicted(),
    "alike": ImageInsights(visually_similar_images=ImagesModule(value=(picture(5),))),
    "unknown": ImageInsights(),
}


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("state", STATES)
def test_every_section_has_at_most_five_buttons_and_more_the_others(state: str, private: bool) -> None:
    """A list of searches has its menu too, for which it was opened."""
    engines = (("Lens", "https://lens.example/?url=x"),)
    whole = lookup(STATES[state], readable=True, framed=True, engines=engines, engines_at=SafeSearch.STRICT)
    part = whole.with_result(LookupResult(answer=STATES[state], part="top"))
    for shown in (one.with_(section=section) for one in (whole, part) for section in counts(one)):
        page, further, all_ = drawn(shown, private=private), panel(shown, private=private), unfolded(shown)
        buttons = [one for row in page.rows if not isinstance(row, SelectMenu) for one in row]
        menus = [row for row in page.rows if isinstance(row, SelectMenu)]
        assert len(buttons) <= 5
        assert [menu.action for menu in menus] == ["insight-search"] * (shown.section is Section.SEARCHES)
        assert actions(page)[-1] == "more"
        assert ("share" in actions(further)) is private
        assert "forget" in actions(further)
        missing = {*actions(page), *actions(further)} - {"more", "block", *actions(all_)}
        assert missing <= ({"share"} if private else set())
        assert not set(actions(page)) & set(actions(further))
        for message in (page, further, all_):
            assert faults(message) == []


def test_what_is_most_wanted_is_one_press_away() -> None:
    def first(answer: ImageInsights, **rest: Any) -> list[str]:
        return actions(drawn(lookup(answer, readable=True, **rest)))

    assert first(known()) == ["insight-similar", "insight-pages", "insight-region", "insight-read", "more"]
    assert first(depicted()) == ["insight-find", "insight-text", "insight-region", "more"]
    assert first(STATES["alike"]) == ["insight-similar", "insight-region", "insight-read", "more"]
    assert first(STATES["unknown"]) == ["insight-region", "insight-read", "more"]
    assert first(STATES["unknown"], framed=True) == ["insight-frames", "insight-region", "insight-read", "more"]


def test_a_section_is_turned_and_left_and_its_panel_has_the_others() -> None:
    shown = lookup(known(), Section.SIMILAR)
    assert actions(drawn(shown)) == ["previous", "jump", "next", "insight-back", "more"]
    assert {"similar", "details", "credit", "insight", "view", "insight-fold", "block", "forget"} <= set(
        actions(panel(shown))
    )
    assert not {"delete", "filter"} & set(actions(panel(shown)))
    grid = panel(shown, View.GRID)
    assert actions(grid).count("picture") == 4


def test_nothing_of_an_answer_is_on_a_button_once_the_place_is_stricter() -> None:
    shown = lookup(depicted())
    looser = shown.results[0].model_copy(update={"level": SafeSearch.MODERATE})
    message = drawn(shown.with_(results=(looser,)), level=SafeSearch.STRICT)
    assert actions(message) == ["insight-region", "more"]


def test_the_question_where_a_picture_goes() -> None:
    asking = lookup(known(), Section.CONSENT, outside=("tineye", "google-vision"), in_server=True)
    message = drawn(asking)
    assert "TinEye and Google Cloud Vision" in words(message)
    assert actions(message) == ["insight-send", "insight-inside", "insight-never", "forget"]
    assert "insight-never" not in actions(drawn(asking.with_(in_server=False)))
    assert "own collection" in words(message)
    no_other = drawn(asking.with_(only_outside=True))
    assert actions(no_other) == ["insight-send", "insight-never", "forget"]
    assert "own collection" not in words(no_other)


def test_the_pictures_of_a_message() -> None:
    several = tuple(HANDED.model_copy(update={"name": f"{n}.png"}) for n in range(30))
    message = drawn(lookup(known(), Section.PICK, candidates=several))
    (menu, _) = message.rows
    assert isinstance(menu, SelectMenu)
    assert len(menu.options) == 25
    assert menu.options[2].label == "3. Attachment: 2.png"
    assert [card.thumbnail for card in message.cards] == [HANDED.address] * 9 + [None]
    assert message.cards[3].description == "**4.** Attachment: 3.png"
    assert "**30.** Attachment: 29.png" in (message.cards[9].description or "")


def test_a_spoiler_among_the_pictures_of_a_message_is_not_shown() -> None:
    covered = HANDED.model_copy(update={"spoiler": True})
    one, other = drawn(lookup(known(), Section.PICK, candidates=(HANDED, covered))).cards
    assert (one.thumbnail, other.thumbnail) == (HANDED.address, None)
    (alone,) = drawn(lookup(known(), Section.PICK, candidates=(covered, covered))).cards
    assert alone.thumbnail is None


def test_forgotten_says_so() -> None:
    assert "Forgotten" in words(forgotten("en-US"))
    assert not forgotten("en-US").rows


HOSTILE = st.one_of(
    st.text(max_size=400),
    st.sampled_from(
        ["@everyone", "a](https://evil.example) [b", "||x||", "\u202egnp.exe", "**" * 500, "# head\n> q", "`" * 90]
    ),
)


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow])
@given(name=HOSTILE, section=st.sampled_from(list(Section)), unfolded=st.booleans(), page=st.integers(0, 9))
def test_whatever_providers_write_every_page_is_one_discord_takes(
    name: str, section: Section, unfolded: bool, page: int
) -> None:
    answer = everything()
    answer = answer.with_(
        best_representative_query=Query(text=name or "x"),
        pages_including=ImagesModule(value=tuple(found(n, Confidence.EXACT, name=name) for n in range(6))),
        image_tags=ImageTagsModule(value=tuple(Tag(name=f"{name}{n}") for n in range(30))),
        related_searches=RelatedSearchesModule(value=tuple(Query(text=f"{name}{n}") for n in range(60))),
    )
    source = HANDED.model_copy(update={"name": name})
    shown = lookup(answer, section, unfolded=unfolded, page=page, candidates=(source, HANDED), outside=(name,))
    message = drawn(shown)
    assert faults(message) == []
    assert "](https://evil" not in words(message)


@pytest.mark.parametrize("name", ["details-degas-all-abridged-a", "docsample-details-recognized-entities",
                                  "docsample-details-shopping-sources"])  # fmt: skip
def test_recorded_answers_fit_everywhere(shared: Path, name: str) -> None:
    answer = ImageInsights.model_validate(
        json.loads((shared / "recordings" / "bing-v7" / f"{name}.json").read_text("utf-8"))
    )
    shown = lookup(answer)
    for section in counts(shown):
        assert faults(drawn(shown.with_(section=section))) == []


def test_every_section_looks_like_this(snapshot: Any) -> None:
    shown = lookup(everything())
    pages = {section.value: drawn(shown.with_(section=section)) for section in counts(shown)}
    assert {name: [words(page), actions(page)] for name, page in pages.items()} == snapshot
