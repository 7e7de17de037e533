"""The page in a real browser, with the toy bot: every control, and text that attacks it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import pytest_asyncio

from bot.tryout import open_tryout, server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

SEND = "button[type=submit].send"
WITH_FONTS = ("narrow_window", "comes_into_view")
"""In the names of tests that look at where things stand."""


@pytest.fixture
def picture(toy: ModuleType) -> Any:
    """A picture to attach, as playwright takes it."""
    return {"name": "bird.png", "mimeType": "image/png", "buffer": toy.png("green", (64, 48))}


@pytest.fixture
def fonts(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the page its fonts where a test looks at where things stand: reading them is a third of opening a page.

    The others have the system's; all of `test_magpie_in_the_page` have the page's.
    """
    if not any(part in request.node.name for part in WITH_FONTS):
        nothing = tmp_path / "nothing.ttf"
        nothing.touch()
        monkeypatch.setattr(server, "_FONTS", dict.fromkeys(server._FONTS, str(nothing)))


@pytest_asyncio.fixture(loop_scope="module")
async def tryout(toy: ModuleType, fonts: None) -> AsyncIterator[Any]:
    """A try-out on the loop that the browser lives on."""
    async with open_tryout(toy.ToyBot) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def page(tryout: Any, open_page: Any) -> Any:
    """The page of a fresh try-out."""
    return await open_page(tryout.url)


async def type_line(page: Any, line: str) -> None:
    """Type into the message box, key by key."""
    await page.locator("#composer-text").click()
    await page.keyboard.type(line)


async def size(image: Any) -> int:
    """The width that the browser decoded, 0 for a broken picture."""
    await image.scroll_into_view_if_needed()
    await image.evaluate("one => one.decode().catch(() => null)")
    return int(await image.evaluate("one => one.naturalWidth"))


async def test_a_person_finds_a_picture_turns_pages_and_reacts(page: Any, tryout: Any) -> None:
    await type_line(page, "/image query:red flowers colour:")
    await page.get_by_role("option", name="Blue square").click()
    await page.locator(SEND).click()
    embed = page.locator(".embed").last
    await embed.get_by_role("link", name="Red square").wait_for()
    assert await embed.locator("img").get_attribute("alt") == "Red square"
    assert await size(embed.locator("img")) == 320
    assert await embed.locator(".embed-footer").inner_text() == "example.org · 1 of 3"
    assert await page.get_by_role("link", name="Source").get_attribute("href") == "https://example.org/red"
    assert ("image", "red flowers", "blue", 3, "en-US", 10 * 1024 * 1024) in tryout.world.env.bot.seen

    assert await page.get_by_role("button", name="Previous").is_disabled()
    await page.get_by_role("button", name="Next").click()
    await embed.get_by_role("link", name="Green square").wait_for()
    onward = page.get_by_role("group", name="Reactions", exact=True).get_by_role("button", name=re.compile("▶"))
    await onward.click()
    await embed.get_by_role("link", name="Blue square").wait_for()
    assert await onward.get_attribute("aria-pressed") == "true"
    await onward.click()
    await page.locator(".reaction[aria-pressed=true]").wait_for(state="detached")
    assert [one[0] for one in tryout.world.env.bot.seen if one[0] in ("add", "remove")] == ["add", "remove"]


async def test_commands_and_values_are_suggested_and_chosen_with_keys(page: Any, tryout: Any) -> None:
    await type_line(page, "/im")
    commands = page.get_by_role("listbox", name="Commands")
    assert "/image" in await commands.get_by_role("option").first.inner_text()
    await page.keyboard.press("Enter")
    await page.keyboard.type("red")
    await page.get_by_role("option", name="red hills").wait_for()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    assert await page.get_by_label("query", exact=True).input_value() == "red sea"
    await page.keyboard.press("Enter")
    await page.locator(".embed").wait_for()
    assert tryout.world.env.bot.seen[0][1] == "red sea"


async def test_one_list_at_a_time(page: Any) -> None:
    """Going on to the next option closes the list of the last one in the same moment."""
    await type_line(page, "/image red")
    await page.get_by_role("option", name="red hills").wait_for()
    open_lists = await page.evaluate("""() => {
        document.querySelector("input.tail").focus();
        return [...document.querySelectorAll("[role=listbox]")].filter((one) => !one.hidden).length;
    }""")
    assert open_lists == 0


async def test_a_line_with_several_choices_works_as_it_is_typed(page: Any, tryout: Any) -> None:
    await type_line(page, "/image query:red colour:blue SQUARE count:2")
    await page.keyboard.press("Enter")
    await page.locator(".embed").wait_for()
    assert tryout.world.env.bot.seen[0][1:4] == ("red", "blue", 2)


async def test_a_choice_that_is_not_there_is_said_before_anything_is_sent(page: Any, tryout: Any) -> None:
    await type_line(page, "/image query:red colour:mauve")
    await page.keyboard.press("Enter")
    assert "colour has no choice “mauve”" in await page.get_by_role("alert").inner_text()
    assert tryout.world.env.bot.seen == []
    await page.get_by_label("colour", exact=True).fill("")
    await page.get_by_role("option", name="Green square").click()
    await page.keyboard.press("Enter")
    await page.locator(".embed").wait_for()
    assert tryout.world.env.bot.seen[0][2] == "green"


async def test_a_command_that_lacks_something_stays_and_says_so(page: Any, tryout: Any, troubles: list[str]) -> None:
    await type_line(page, "/image ")
    await page.keyboard.press("Enter")
    assert "query" in await page.get_by_role("alert").inner_text()
    assert await page.get_by_label("query", exact=True).is_visible()
    await page.keyboard.type("x count:")
    await page.keyboard.type("99")
    await page.keyboard.press("Enter")
    await page.get_by_text(re.compile("at most 50|50")).first.wait_for()
    assert tryout.world.env.bot.seen == []
    await page.keyboard.press("Escape")
    assert await page.locator("#composer-text").is_visible()
    assert [one for one in troubles if "409 (Conflict)" not in one] == []
    troubles.clear()


async def test_a_picture_is_attached_to_a_command_and_answered_privately(page: Any, picture: Any) -> None:
    await type_line(page, "/identify ")
    await page.get_by_label("Choose a file for image").set_input_files(picture)
    await page.locator(SEND).click()
    await page.get_by_text(f"bird.png: {len(picture['buffer'])} bytes").wait_for()
    assert await page.get_by_text("Only you can see this").is_visible()
    await page.get_by_role("radio", name=re.compile("Theo")).check()
    await page.locator("#people:not([aria-busy]):has(input[value=theo]:checked)").wait_for()
    await page.get_by_text("Only you can see this").wait_for(state="detached")


async def test_a_dropped_picture_is_sent_and_named_by_the_message_menu(page: Any, picture: Any) -> None:
    transfer = await page.evaluate_handle(
        """bytes => { const held = new DataTransfer();
        held.items.add(new File([new Uint8Array(bytes)], 'owl.png', { type: 'image/png' })); return held; }""",
        list(picture["buffer"]),
    )
    await page.dispatch_event("#log", "drop", {"dataTransfer": transfer})
    await page.get_by_text("owl.png").wait_for()
    await type_line(page, "look **here**")
    await page.keyboard.press("Enter")
    message = page.locator(".message", has_text="look here")
    assert await message.locator("strong").inner_text() == "here"
    assert await size(message.get_by_role("img", name="owl.png")) == 64
    await message.hover()
    await message.get_by_label("Apps", exact=True).click()
    await message.get_by_role("button", name="Identify image").click()
    await page.get_by_text("In that message: owl.png").wait_for()


async def test_a_form_a_select_and_a_gallery_work(page: Any, picture: Any) -> None:
    await type_line(page, "/note ")
    await page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name="A note")
    await form.get_by_label(re.compile("Text")).fill("fine")
    await form.get_by_label(re.compile("Mood")).select_option("Good")
    await form.get_by_label("Choose files for Proof").set_input_files(picture)
    await form.get_by_role("button", name="Submit").click()
    await page.get_by_text("fine / good / bird.png").wait_for()

    await type_line(page, "/choose ")
    await page.keyboard.press("Enter")
    await page.get_by_text("Pick colours").click()
    await page.get_by_label("Red square").check()
    await page.get_by_label("Blue square").check()
    await page.get_by_role("button", name="Choose", exact=True).click()
    await page.get_by_text("Picked red and blue").wait_for()

    await type_line(page, "/gallery ")
    await page.keyboard.press("Enter")
    await page.get_by_role("img", name="Blue square").wait_for()
    await type_line(page, "/grid ")
    await page.keyboard.press("Enter")
    group = page.get_by_role("article", name="Four squares").get_by_role("img")
    await group.nth(3).wait_for()
    assert [await size(group.nth(at)) for at in range(await group.count())] == [320] * 4
    images = page.locator(".layout .gallery img")
    assert [await size(images.nth(at)) for at in range(3)] == [320, 320, 320]


async def test_text_that_attacks_stays_text(page: Any, troubles: list[str]) -> None:
    await type_line(page, "/hostile ")
    await page.keyboard.press("Enter")
    message = page.locator(".message").last
    await message.locator(".missing").wait_for()
    assert "127.0.0.1:9 could not be loaded" in await message.locator(".missing").inner_text()
    assert "<img src=x onerror=alert(1)><script>alert(2)</script>" in await message.locator(".embed-title").inner_text()
    assert await message.locator("script, img[src=x]").count() == 0
    links = await message.locator("a").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert links == ["https://example.org/?q=%3Cscript%3E"]
    dead = ("console: Failed to load resource", "request: https://127.0.0.1:9/")
    troubles[:] = [one for one in troubles if not one.startswith(dead)]


async def test_a_moderator_makes_the_channel_age_restricted(page: Any, tryout: Any) -> None:
    assert not await page.get_by_role("switch", name="Age-restricted").is_visible()
    await page.get_by_role("radio", name=re.compile("Theo")).check()
    await page.get_by_role("switch", name="Age-restricted").check()
    entry = page.locator("[data-channel=general]")
    await entry.get_by_text("18+").wait_for()
    assert "age-restricted" in await entry.inner_text()
    assert ("channel", "general", False, True) in tryout.world.env.bot.seen


async def test_every_channel_can_be_entered_and_the_direct_messages_are_ones_own(page: Any) -> None:
    for name, answer in {
        "bird watchers": "public_thread age-restricted=False",
        "night owls": "public_thread age-restricted=True",
        "after-dark": "text age-restricted=True",
        "Magpie": "private age-restricted=None",
    }.items():
        await page.locator(f"[data-channel='{name}']").click()
        await page.get_by_role("heading", name=re.compile(f"^.? ?{name}")).wait_for()
        await type_line(page, "/where ")
        await page.keyboard.press("Enter")
        await page.get_by_text(answer).wait_for()


async def test_everything_that_can_be_pressed_has_a_name(page: Any) -> None:
    await type_line(page, "/image query:x")
    await page.keyboard.press("Enter")
    await page.locator(".reaction").first.wait_for()
    nameless = await page.evaluate(
        """() => [...document.querySelectorAll('button, input, select, textarea, summary, a')]
        .filter((one) => !(one.getAttribute('aria-label') || one.textContent.trim() || one.labels?.length || one.title))
        .map((one) => one.outerHTML)"""
    )
    assert nameless == []
    assert await page.evaluate("[...document.images].every((one) => one.hasAttribute('alt'))")


async def test_a_narrow_window_keeps_everything_within_reach(page: Any) -> None:
    await page.set_viewport_size({"width": 400, "height": 760})
    await page.get_by_role("button", name="Channels").click()
    await page.locator("[data-channel=after-dark]").click()
    await page.get_by_role("heading", name="after-dark").first.wait_for()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await type_line(page, "/image red colour:")
    await page.get_by_role("option", name="Blue square").wait_for()
    lists = page.get_by_role("listbox").and_(page.locator(":not([hidden])"))
    edges = await lists.evaluate("one => { const box = one.getBoundingClientRect(); return [box.left, box.right]; }")
    assert 0 <= edges[0] < edges[1] <= 400


async def test_in_a_narrow_window_the_channels_can_be_put_away_again(page: Any) -> None:
    await page.set_viewport_size({"width": 400, "height": 760})
    opened = page.locator("#sidebar.open")
    for put_away in (lambda: page.keyboard.press("Escape"), lambda: page.mouse.click(390, 300)):
        await page.get_by_role("button", name="Channels").click()
        await page.locator("label.person", has_text="Theo").click()  # once it has slid in
        await opened.wait_for()
        await put_away()
        await opened.wait_for(state="detached", timeout=10_000)
        await page.locator("#composer-text").click(timeout=10_000)
    assert await page.locator("#open-sidebar").get_attribute("aria-expanded") == "false"


async def at_end(page: Any) -> bool:
    """Whether the newest message is in view."""
    return bool(await page.locator("#log").evaluate("one => one.scrollHeight - one.scrollTop - one.clientHeight < 60"))


async def wait_for_end(page: Any) -> None:
    """Wait until the newest message is in view."""
    log = await page.locator("#log").element_handle()
    await page.wait_for_function("one => one.scrollHeight - one.scrollTop - one.clientHeight < 60", arg=log)


async def test_ones_own_answer_comes_into_view_others_words_wait(page: Any, tryout: Any, open_page: Any) -> None:
    theo = await open_page(tryout.url)
    await theo.get_by_role("radio", name=re.compile("Theo")).check(force=True)
    await theo.locator(".channel[aria-current]", has_text="general").wait_for()
    await page.locator("#composer-text").fill("long\n" * 80)
    await page.keyboard.press("Enter")
    await page.get_by_text("long").first.wait_for()
    newer = page.get_by_role("button", name="New messages")
    for line in ("/image query:red", "hello"):
        await page.locator("#log").evaluate("one => { one.scrollTop = 0; }")
        await type_line(page, line)
        await page.keyboard.press("Enter")
        await wait_for_end(page)
        assert await newer.is_hidden()
    await page.bring_to_front()
    await page.locator("#log").evaluate("one => { one.scrollTop = 0; }")
    await page.wait_for_timeout(300)
    await type_line(theo, "somebody else")
    await theo.keyboard.press("Enter")
    await theo.get_by_text("somebody else").wait_for()
    await newer.wait_for()
    assert not await at_end(page)
    await newer.click()
    assert await at_end(page)
    assert await newer.is_hidden()


async def test_a_control_keeps_the_focus_while_its_message_changes(page: Any) -> None:
    await type_line(page, "/image query:red")
    await page.keyboard.press("Enter")
    following = page.get_by_role("button", name="Next")
    await following.focus()
    for title in ("Green square", "Blue square"):
        await page.keyboard.press("Enter")
        await page.locator(".embed").get_by_role("link", name=title).wait_for()
    assert await page.get_by_role("button", name="Previous").evaluate("one => one === document.activeElement")
    await page.keyboard.press("Enter")
    await page.locator(".embed").get_by_role("link", name="Green square").wait_for()


async def test_a_command_that_is_typed_and_sent_by_the_button_runs_or_asks_for_its_options(page: Any) -> None:
    """The list above the box need not be used."""
    await type_line(page, "/where")
    await page.locator(SEND).click()
    await page.get_by_text("age-restricted=False").wait_for()
    await type_line(page, "/image")
    await page.locator(SEND).click()
    await page.get_by_label("query", exact=True).wait_for()
    assert not await page.get_by_text("has no command").count()


async def test_words_typed_at_a_file_chooser_name_options(page: Any, tryout: Any) -> None:
    await type_line(page, "/identify ")
    await page.keyboard.type("zzz")
    assert await page.get_by_label("More options by name").input_value() == "zzz"
    await page.keyboard.press("Enter")
    assert "zzz" in await page.get_by_role("alert").inner_text()
    assert tryout.world.env.bot.seen == []
