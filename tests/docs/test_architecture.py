"""The picture of the packages in docs/architecture.md is the one that import-linter checks.

``python -m tests.docs.test_architecture`` writes it.
"""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- layers: begin -->\n", "<!-- layers: end -->\n"


def layers_of(container: str) -> list[list[str]]:
    """The layers of a package, from the top, as the rules have them."""
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (rule,) = [rule for rule in rules if rule["type"] == "layers" and rule["containers"] == [container]]
    return [layer.split(" | ") for layer in rule["layers"]]


def _inside(layers: list[list[str]]) -> str:
    return " > ".join(" ".join(layer) for layer in layers)


def picture() -> str:
    """The layers as text, the topmost first; packages with layers of their own have them beside."""
    inner = {name: layers_of(f"bot.{name}") for name in ("discord_ui", "providers")}
    lines = ["cogs"]
    for layer in layers_of("bot"):
        names = [name if (ROOT / "bot" / name).is_dir() else f"{name}.py" for name in layer]
        lines.append("bot    " + "  ".join(names))
        lines += [f"         {name}: {_inside(inner[name])}" for name in layer if name in inner]
    return "```\n" + "\n".join(lines) + "\n```\n"


def test_the_picture_is_the_one_that_is_checked() -> None:
    text = PAGE.read_text("utf-8")
    shown = text[text.index(BEGIN) + len(BEGIN) : text.index(END)]
    assert shown == picture(), "run: python -m tests.docs.test_architecture"


if __name__ == "__main__":
    before, rest = PAGE.read_text("utf-8").split(BEGIN)
    PAGE.write_text(before + BEGIN + picture() + END + rest.split(END)[1], "utf-8")
