"""README and docs stay true: links lead somewhere, settings, commands and sub-commands exist, README stays short."""

import re
from pathlib import Path

import pytest
from babel import Locale
from PIL import Image
from typer.main import get_command

from bot.cli.commands import cli
from bot.i18n import LOCALES, say
from bot.settings import Settings, env_name

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
FIGURES = ROOT / "tests" / "benchmarks" / "README.md"
MOST_WORDS = 700
MOST_BYTES = 200_000
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """The names that a page's headings have on code hosts."""
    headings = _HEADING.findall(page.read_text("utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_readme_is_for_a_stranger() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").split()) < MOST_WORDS


def test_readme_names_every_language() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    languages = {str(Locale.parse(locale, sep="-").get_language_name("en")) for locale in LOCALES}
    assert sorted(name for name in languages if name not in text) == [], "README.md names every language"


def test_readme_shows_three_small_pictures() -> None:
    shown = re.findall(r"!\[[^\]]+\]\((docs/pictures/[^)]+)\)", (ROOT / "README.md").read_text("utf-8"))
    assert [Path(one).stem for one in shown] == ["answer", "identification", "safety-panel"]
    for one in shown:
        assert (ROOT / one).stat().st_size < MOST_BYTES
        with Image.open(ROOT / one) as picture:
            picture.load()


def test_every_page_is_linked_from_the_readme() -> None:
    linked = set(_LINK.findall((ROOT / "README.md").read_text("utf-8")))
    assert {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")} <= linked


@pytest.mark.parametrize("page", [*PAGES, FIGURES], ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text("utf-8")):
        address, _, anchor = target.partition("#")
        if address.startswith(("http://", "https://", "mailto:")):
            continue
        place = (page.parent / address).resolve() if address else page
        assert place.exists(), f"{page.name}: {target}"
        if anchor and place.suffix == ".md":
            assert anchor in anchors(place), f"{page.name}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_settings_exist(page: Path) -> None:
    known = {env_name(field) for field in Settings.model_fields}
    named = set(re.findall(r"\b(?:MAGPIE|DISCORD)_[A-Z0-9_]*[A-Z0-9]\b", page.read_text("utf-8")))
    assert {name for name in named if not name.startswith("MAGPIE_MINE_")} <= known  # the example of a provider's own


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_exist(page: Path) -> None:
    code = re.findall(r"`([^`\n]+)`|^(.*)$", page.read_text("utf-8"), re.MULTILINE)
    quoted = [inline for inline, _ in code if inline]
    slash = {say("en-US", f"command-{name}") for name in ("image", "trending", "identify", "display", "about")}
    slash |= {say("en-US", "command-safesearch"), say("en-US", "command-identify-settings")}
    for text in quoted:
        if found := re.fullmatch(r"/([a-z-]+)(?: .*)?", text):
            assert found[1] in slash | {"livez", "readyz", "healthz", "metrics"}, f"{page.name}: {text}"
    ours = set(get_command(cli).commands)  # type: ignore[attr-defined]
    for text in re.findall(r"(?<![\w/-])magpie ([a-z]+)", "\n".join(quoted)):
        assert text in ours, f"{page.name}: magpie {text}"
