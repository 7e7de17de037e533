"""What docs/operating.md says is true: its figures are those that the program gives out, its image is the one named."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"\bmagpie_[a-z_]*[a-z]\b")
SHORTENED = {"magpie_event_loop_lag_longest_seconds"}
"""Given in the table as an ending only."""


def documented() -> set[str]:
    """Names of figures in the table and in the alerts."""
    text = (ROOT / "docs/operating.md").read_text("utf-8")
    return set(NAME.findall(text[text.index("## Figures") : text.index("## Proving it")]))


def given_out() -> set[str]:
    """Names of figures that the modules write which make them."""
    sources = (path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py"))
    return {
        name
        for source in sources
        if re.search(r"import .*\b(?:Metric|counter|gauge)\b", source)
        for name in NAME.findall(source)
    }


def test_every_figure_in_the_documentation_is_given_out() -> None:
    assert documented() - given_out() == set()


def test_every_figure_that_is_given_out_is_documented() -> None:
    assert given_out() - documented() - SHORTENED == set()
    assert len(given_out()) > 10


def test_the_base_image_of_every_stage_is_pinned_by_the_same_digest() -> None:
    stages = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert len(stages) == 2
    assert len(set(stages)) == 1
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+@sha256:[0-9a-f]{64}", stages[0])
