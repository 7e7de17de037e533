"""Links as people write them: what is around an address is not part of it."""

import json
from pathlib import Path

import pytest

from bot.discord_ui.model.links import links_in

A = "https://pics.example.com/cat.jpg"
WRITTEN = {
    f"look at {A}.": [A],
    f"{A}, {A}?w=2!": [A, f"{A}?w=2"],
    f"**{A}**": [A],
    f"||{A}||": [A],
    f"_{A}_": [A],
    f"~~{A}~~": [A],
    f"`{A}`": [A],
    f"```\n{A}\n```": [A],
    f"<{A}>": [A],
    f"[a cat]({A})": [A],
    f"[{A}]({A})": [A, A],
    f"({A})": [A],
    f"“{A}”": [A],
    f"{A}…": [A],
    f"{A}: nice": [A],
    f"ねこ→{A}です。": [A],
    "HTTPS://PICS.EXAMPLE.COM/CAT.JPG": ["HTTPS://PICS.EXAMPLE.COM/CAT.JPG"],
    "https://pics.example.com/Cat_(animal).jpg": ["https://pics.example.com/Cat_(animal).jpg"],
    "(see https://pics.example.com/Cat_(animal).jpg)": ["https://pics.example.com/Cat_(animal).jpg"],
    "https://pics.example.com/cat[2].jpg": ["https://pics.example.com/cat[2].jpg"],
    "https://pics.example.com/cat's.jpg": ["https://pics.example.com/cat's.jpg"],
    "https://pics.example.com/~mara/cat.jpg": ["https://pics.example.com/~mara/cat.jpg"],
    "https://pics.example.com/cat_": ["https://pics.example.com/cat_"],
    "https://pics.example.com/ねこ.jpg": ["https://pics.example.com/ねこ.jpg"],
    f"{A}?a=1&amp;b=2": [f"{A}?a=1&b=2"],
    "": [],
}


@pytest.mark.parametrize(("text", "links"), list(WRITTEN.items()))
def test_links_as_people_write_them(text: str, links: list[str]) -> None:
    assert links_in(text) == links


def test_the_shared_links(shared: Path) -> None:
    """Each of them means an address that ends as a file's does, with nothing around it."""
    for line in (shared / "cases/texts/links.txt").read_text("utf-8").splitlines():
        text = json.loads(line)
        for link in links_in(text):
            assert link.casefold().removesuffix("?x=1&y=2").endswith(".jpg"), text
            assert link in text.replace("&amp;", "&")
        assert len(links_in(text)) == text.casefold().count("https://")
