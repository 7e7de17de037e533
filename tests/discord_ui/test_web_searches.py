"""An empty search offers the web engines, with their filters on unless Off is in force."""

import pytest
from yarl import URL

from bot.bing_v7 import SafeSearch
from bot.discord_ui.render.web_searches import web_searches


@pytest.mark.parametrize("level", SafeSearch)
def test_the_words_and_the_level_are_in_every_address(level):
    links = web_searches('red  panda & "100 %"', level)
    assert [link.label for link in links] == ["Google", "Bing", "DuckDuckGo"]
    filters = {"safe": "active", "adlt": "strict", "kp": "1"}
    for link in links:
        asked = URL(link.url or "").query
        assert asked["q"] == 'red panda & "100 %"'
        assert bool(filters.items() & asked.items()) is (level is not SafeSearch.OFF)


def test_what_discord_would_not_take_is_left_out():
    assert web_searches("   ", SafeSearch.STRICT) == ()
    assert web_searches("猫" * 100, SafeSearch.STRICT) == ()
