"""The real bot, started by its own command in a fresh data folder, driven by hand in a real browser."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from PIL import Image

from .program import running_tryout

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

SCREENSHOTS = Path(__file__).with_name("screenshots")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The page of `magpie try` with nothing set but a folder of its own: the starter set is its collection."""
    home = tmp_path_factory.mktemp("home")
    async with running_tryout(home, forked=True) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def page(address: str, open_page: Any) -> Any:
    """A fresh page, once the starter set is there and the opening answer shows it."""
    fresh = await open_page(address)
    await fresh.get_by_text("Try:", exact=True).wait_for(timeout=240_000)
    await fresh.locator(".message .embed-image img").first.wait_for(state="attached", timeout=60_000)
    return fresh


async def run(page: Any, line: str) -> Any:
    """Type a command line, send it, and wait for an answer that is more than a thought."""
    await page.locator("#composer-text").click()
    await page.keyboard.type(line)
    before = await page.locator(".message").count()
    await page.keyboard.press("Enter")
    answer = page.locator(".message").nth(before)  # the last one may still be that of before
    await page.locator(".composer:not(.commanding)").wait_for()
    await answer.locator(".embed, .text").first.wait_for(timeout=60_000)
    return answer


async def keep(page: Any, name: str) -> None:
    """A screenshot to look at afterwards."""
    await page.wait_for_timeout(150)
    await page.screenshot(path=SCREENSHOTS / f"{name}.png")


async def shown(answer: Any) -> tuple[str, bytes]:
    """The title of the page's picture and the bytes that are shown."""
    image = answer.locator(".embed-image img")
    await image.evaluate("one => one.decode()")
    data = await image.evaluate(
        "one => fetch(one.src).then((it) => it.arrayBuffer()).then((it) => [...new Uint8Array(it)])"
    )
    return (await answer.locator(".embed-title").inner_text()), bytes(data)


async def position(answer: Any) -> str:
    return str(await answer.locator("button").filter(has_text=re.compile(r"^\d+/\d+")).inner_text())


async def test_a_picture_is_found_with_its_source_and_turned_by_button_and_reaction(page: Any) -> None:
    answer = await run(page, "/image query:bird")
    title, data = await shown(answer)
    assert title
    assert str(await answer.locator(".embed-title a").get_attribute("href")).startswith("/pages/")
    assert "CC0" in await answer.locator(".embed").inner_text()
    await keep(page, "found")
    assert Image.open(io.BytesIO(data)).width >= 64
    onward = answer.get_by_role("group", name="Reactions", exact=True).get_by_role("button", name=re.compile("▶"))
    seen = [await position(answer)]
    for turn in (answer.get_by_role("button", name="Next"), onward, onward):  # a press, a reaction, its removal
        await turn.click()
        await answer.locator("button").filter(has_text=seen[-1]).wait_for(state="detached")
        seen.append(await position(answer))
    assert [place.partition("/")[0] for place in seen] == ["1", "2", "3", "4"]
    await keep(page, "turned")


async def test_examples_find_something_and_sources_lead_to_pages_that_exist(page: Any, troubles: list[str]) -> None:
    said: dict[str, str] = {}
    for label in ("Red panda, wide", "Sunsets", "Identify a sample picture", "Identify an unknown picture"):
        before = await page.locator(".message").count()
        await page.locator("#examples").get_by_role("button", name=label, exact=True).click()
        answer = page.locator(".message").nth(before)  # a "thinking" message may go and a private one take its place
        await answer.locator(".embed, .layout").first.wait_for(timeout=60_000)
        said[label] = await answer.inner_text()
    assert "panda" in said["Red panda, wide"].lower()
    assert "sunset" in said["Sunsets"].lower()
    assert "Red fox in the snow" in said["Identify a sample picture"]
    assert "Red fox" not in said["Identify an unknown picture"]
    sources = [await one.get_attribute("href") for one in await page.locator(".embed a").all()]
    ours = [one for one in sources if one.startswith("/pages/")]
    assert ours
    assert not [one for one in sources if "starter.magpie.example" in one]
    source = await page.context.new_page()
    answered = await source.goto(f"{page.url.split('#')[0].rstrip('/')}{ours[0]}")
    assert answered.status == 200
    assert int(await source.locator("img").evaluate("one => one.decode().then(() => one.naturalWidth)")) > 64
    assert troubles == []


async def test_the_example_of_the_readme_works_as_it_is_typed(page: Any) -> None:
    answer = await run(page, "/image query:red panda shape:Wide license:Public")
    said = await answer.inner_text()
    assert "red panda" in said.lower()
    assert "shape: Wide" in said
    assert "license: Public domain" in said


async def test_times_are_in_the_language_of_whoever_reads(page: Any) -> None:
    await page.get_by_role("radio", name="Ines").check(force=True)
    await page.locator("#people:not([aria-busy]):has(input[value=ines]:checked)").wait_for()
    await run(page, "/safesearch set level:Strict")
    await page.locator("#language").select_option("de")
    answer = await run(page, "/safesearch show")
    assert re.search("vor|jetzt", await answer.locator(".stamp").first.inner_text())


async def test_a_command_that_others_may_use_is_not_sent_as_words(page: Any) -> None:
    await page.locator("#composer-text").click()
    await page.keyboard.type("/safesearch show")
    await page.keyboard.press("Enter")
    assert "Mara has no command" in await page.get_by_role("alert").inner_text()
    await page.get_by_role("radio", name="Ines").check(force=True)
    await page.locator("#people:not([aria-busy]):has(input[value=ines]:checked)").wait_for()
    answer = await run(page, "/safesearch show")
    assert "SafeSearch" in await answer.inner_text()


async def test_an_attached_copy_of_a_picture_is_named(page: Any) -> None:
    answer = await run(page, "/image query:fox")
    title, data = await shown(answer)
    copy = io.BytesIO()
    original = Image.open(io.BytesIO(data)).convert("RGB")
    original.resize((original.width * 2 // 3, original.height * 2 // 3)).save(copy, "JPEG", quality=40)

    await page.locator("#composer-text").click()
    await page.keyboard.type("/identify ")
    await page.get_by_label("Choose a file for image").set_input_files(
        {"name": "copy.jpg", "mimeType": "image/jpeg", "buffer": copy.getvalue()}
    )
    await page.locator("button.send").click()
    answer = page.locator(".message").last
    await answer.get_by_role("link", name=title, exact=True).wait_for(timeout=60_000)
    await keep(page, "identified")


async def test_an_age_restricted_channel_and_a_moderator(page: Any) -> None:
    await page.get_by_role("radio", name=re.compile("Theo")).check()
    await page.locator("[data-channel=after-dark]").click()
    await page.get_by_role("heading", name=re.compile("after-dark")).first.wait_for()
    told = await run(page, "/safesearch show ")
    assert re.search("strict|moderate|off", await told.inner_text(), re.IGNORECASE)
    await keep(page, "after-dark")
    await page.get_by_role("radio", name=re.compile("Mara")).check()
    await page.locator("[data-channel=Magpie]").click()
    await page.get_by_role("heading", name=re.compile("Magpie")).first.wait_for()
    answer = await run(page, "/about ")
    assert "Only you can see this" in await answer.inner_text()
    await keep(page, "about")


async def test_a_channel_pressed_before_the_new_persons_channels_are_drawn(page: Any) -> None:
    await page.get_by_role("radio", name=re.compile("Theo")).check()
    await page.locator("#people:not([aria-busy]):has(input[value=theo]:checked)").wait_for()
    await page.evaluate("""() => {
        document.querySelector("input[value=mara]").click();
        document.querySelector("[data-channel=Magpie]").click();  // in the list of Theo's
    }""")
    await page.get_by_role("heading", name=re.compile("Magpie")).first.wait_for()
    await page.locator("#people:not([aria-busy]):has(input[value=mara]:checked)").wait_for()
