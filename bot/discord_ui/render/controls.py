"""The rows of controls under a page; nothing that would do nothing is among them."""

from bot.bing_v7 import Image
from bot.discord_ui.model.images import can_ask_about
from bot.discord_ui.model.message import Button, Option, Row, Select, Style
from bot.discord_ui.model.page import PageData
from bot.discord_ui.model.pager import PagerState, View
from bot.discord_ui.model.sanitize import LINK_BUTTON_LIMIT, bare, safe_url
from bot.discord_ui.model.session import Content, Kind
from bot.i18n import say

from .attribution import Credit, credit_of
from .suggestions import refine_select

FIRST, PREVIOUS, NEXT, LAST = "⏮️", "◀️", "▶️", "⏭️"
MOST_IN_A_ROW = 5


def single_rows(scene: PageData, image: Image, credit: Credit) -> tuple[Row, ...]:
    """Return the rows under a page of one picture."""
    rows = (
        _pager(scene.state),
        *_picture_rows(_picture_row(scene, image), _link_row(scene, image, credit)),
        _choices(scene.content),
        _message_row(scene, View.GRID, credit.host),
    )
    return tuple(row for row in rows if row)


def many_rows(scene: PageData, other: View | None = None) -> tuple[Row, ...]:
    """Return the rows under a page of several pictures; ``other`` is the view that can be changed to."""
    rows = (_pager(scene.state), _picture_select(scene), _choices(scene.content), _message_row(scene, other))
    return tuple(row for row in rows if row)


def hidden_rows(scene: PageData) -> tuple[Row, ...]:
    """Return the row under a page that somebody hid."""
    locale = scene.content.locale
    return (
        (
            Button("restore", say(locale, "button-restore")),
            Button("delete", say(locale, "button-delete"), style=Style.RED),
        ),
    )


def empty_rows(scene: PageData) -> tuple[Row, ...]:
    """Return the rows under a page without pictures: other searches, filters to loosen, delete."""
    content, below = scene.content, _message_row(scene, None)
    if content.kind is Kind.SEARCH and content.request and content.request.filters:
        below = (Button("unfiltered", say(content.locale, "button-without-filters"), style=Style.BLUE), *below)
    rows = (_choices(content), below[:MOST_IN_A_ROW])
    return tuple(row for row in rows if row)


def _pager(state: PagerState) -> tuple[Button, ...]:
    if state.single_page:
        return ()
    here = state.index
    number = f"{state.page}/{state.pages}" + ("" if state.complete else "+")
    return (
        Button(f"first:{here}", emoji=FIRST, disabled=state.at_first),
        Button(f"previous:{here}", emoji=PREVIOUS, style=Style.BLUE, disabled=state.at_first),
        Button("jump", number, disabled=state.pages < 2),  # noqa: PLR2004 (with one page there is nowhere to go)
        Button(f"next:{here}", emoji=NEXT, style=Style.BLUE, disabled=state.at_last),
        Button(f"last:{here}", emoji=LAST, disabled=state.at_last or state.page == state.pages),
    )


def _picture_rows(does: tuple[Button, ...], opens: tuple[Button, ...]) -> tuple[tuple[Button, ...], ...]:
    return ((*does, *opens),) if len(does) + len(opens) <= MOST_IN_A_ROW else (does, opens)


def _picture_row(scene: PageData, image: Image) -> tuple[Button, ...]:
    locale, here, offers = scene.content.locale, scene.state.index, scene.offers
    known = can_ask_about(image)
    buttons: list[Button] = []
    if scene.content.kind is Kind.TRENDING:
        buttons.append(Button(f"tile:{here}", say(locale, "button-search-this"), style=Style.GREEN))
    if offers.similar and known:
        buttons.append(Button(f"similar:{here}", say(locale, "button-more-like-this")))
    if offers.details and known:
        buttons.append(Button(f"details:{here}", say(locale, "button-details")))
    buttons.append(Button(f"credit:{here}", say(locale, "button-credit")))
    return tuple(buttons)


def _link_row(scene: PageData, image: Image, credit: Credit) -> tuple[Button, ...]:
    locale = scene.content.locale
    page = safe_url(credit.page_url, LINK_BUTTON_LIMIT)
    picture = safe_url(image.content_url, LINK_BUTTON_LIMIT)
    buttons = (
        Button(label=say(locale, "button-open-page"), url=page) if page else None,
        Button(label=say(locale, "button-full-image"), url=picture) if picture and picture != page else None,
    )
    return tuple(button for button in buttons if button)


def _choices(content: Content) -> Select | None:
    if content.kind is Kind.TRENDING:
        return _category_select(content)
    return refine_select(content)


def _category_select(content: Content) -> Select | None:
    if len(content.categories) < 2:  # noqa: PLR2004 (one category is no choice)
        return None
    options = tuple(
        Option(bare(category.title, 100) or str(number + 1), str(number), chosen=number == content.category)
        for number, category in enumerate(content.categories[:25])
    )
    return Select("category", say(content.locale, "select-category"), options)


def _picture_select(scene: PageData) -> Select | None:
    locale, first = scene.content.locale, scene.state.index
    options = tuple(
        Option(
            bare(f"{number + 1}. {bare(image.name) or say(locale, 'untitled')}", 100),
            str(number),
            bare(credit_of(image).host, 100) or None,
        )
        for number, image in enumerate(scene.shown, start=first)
    )
    return Select("picture", say(locale, "select-picture"), options) if options else None


def _message_row(scene: PageData, other: View | None, host: str | None = None) -> tuple[Button, ...]:
    locale, content, offers = scene.content.locale, scene.content, scene.offers
    buttons: list[Button] = []
    if offers.filters and content.kind is Kind.SEARCH:
        buttons.append(Button("filter", say(locale, "button-filter")))
    if other is not None and scene.state.known > 1:
        buttons.append(Button(f"view:{other.value}", say(locale, f"button-{other.value}")))
    if content.private and not content.shared and scene.state.known:
        buttons.append(Button("share", say(locale, "button-share"), style=Style.GREEN))
    if offers.hiding and scene.state.known:
        buttons.append(Button("hide", say(locale, "button-hide")))
    if not content.private:
        buttons.append(Button("delete", say(locale, "button-delete"), style=Style.RED))
    if block := block_button(scene, host):
        buttons.append(block)
    return tuple(buttons[:MOST_IN_A_ROW])


def block_button(scene: PageData, host: str | None) -> Button | None:
    """Return the button that blocks the site of the picture shown, for those who may; None for others."""
    if not (scene.offers.site_blocks and host):
        return None
    return Button(f"block:{scene.state.index}", say(scene.content.locale, "button-block-site"))
