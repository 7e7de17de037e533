"""The rows of controls under a page; nothing that would do nothing is among them."""

from bot.bing_v7 import Image
from bot.discord_ui.model.images import can_ask_about
from bot.discord_ui.model.message import Button, ControlRow, Option, SelectMenu, Style
from bot.discord_ui.model.pager import PagerState, View
from bot.discord_ui.model.sanitize import LINK_BUTTON_LIMIT, clean, safe_url
from bot.discord_ui.model.session import SessionBase
from bot.i18n import say

from .attribution import ImageCredit, image_credit
from .page_view import PageView

FIRST, PREVIOUS, NEXT, LAST = "⏮️", "◀️", "▶️", "⏭️"
MOST_IN_A_ROW = 5


def single_rows(page_view: PageView[SessionBase], image: Image, credit: ImageCredit) -> tuple[ControlRow, ...]:
    """Return the rows under a page of one picture."""
    rows = (
        _pager(page_view.state),
        *_picture_rows(_picture_row(page_view, image), _link_row(page_view, image, credit)),
        page_view.choices(),
        _message_row(page_view, View.GRID, credit.host),
    )
    return tuple(row for row in rows if row)


def many_rows(page_view: PageView[SessionBase], other: View | None = None) -> tuple[ControlRow, ...]:
    """Return the rows under a page of several pictures; ``other`` is the view that can be changed to."""
    rows = (_pager(page_view.state), _picture_select(page_view), page_view.choices(), _message_row(page_view, other))
    return tuple(row for row in rows if row)


def hidden_rows(locale: str) -> tuple[ControlRow, ...]:
    """Return the row under a page that somebody hid."""
    return (
        (
            Button("restore", say(locale, "button-restore")),
            Button("delete", say(locale, "button-delete"), style=Style.RED),
        ),
    )


def empty_rows(page_view: PageView[SessionBase]) -> tuple[ControlRow, ...]:
    """Return the rows under a page without pictures: other searches, filters to loosen, delete, links elsewhere."""
    below = (*page_view.empty_buttons(), *_message_row(page_view, None))
    rows = (page_view.choices(), below[:MOST_IN_A_ROW], page_view.empty_links()[:MOST_IN_A_ROW])
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


def _picture_row(page_view: PageView[SessionBase], image: Image) -> tuple[Button, ...]:
    locale, here, offers = page_view.locale, page_view.state.index, page_view.offers
    known = can_ask_about(image)
    buttons = [*page_view.picture_buttons()]
    if offers.similar and known:
        buttons.append(Button(f"similar:{here}", say(locale, "button-more-like-this")))
    if offers.details and known:
        buttons.append(Button(f"details:{here}", say(locale, "button-details")))
    buttons.append(Button(f"credit:{here}", say(locale, "button-credit")))
    return tuple(buttons)


def _link_row(page_view: PageView[SessionBase], image: Image, credit: ImageCredit) -> tuple[Button, ...]:
    locale = page_view.locale
    page = safe_url(credit.page_url, LINK_BUTTON_LIMIT)
    picture = safe_url(image.content_url, LINK_BUTTON_LIMIT)
    buttons = (
        Button(label=say(locale, "button-open-page"), url=page) if page else None,
        Button(label=say(locale, "button-full-image"), url=picture) if picture and picture != page else None,
    )
    return tuple(button for button in buttons if button)


def _picture_select(page_view: PageView[SessionBase]) -> SelectMenu | None:
    locale, first = page_view.locale, page_view.state.index
    options = tuple(
        Option(
            clean(f"{number + 1}. {clean(image.name) or say(locale, 'untitled')}", 100),
            str(number),
            clean(image_credit(image).host, 100) or None,
        )
        for number, image in enumerate(page_view.shown, start=first)
    )
    return SelectMenu("picture", say(locale, "select-picture"), options) if options else None


def _message_row(page_view: PageView[SessionBase], other: View | None, host: str | None = None) -> tuple[Button, ...]:
    locale, content, offers = page_view.locale, page_view.content, page_view.offers
    buttons = [*page_view.message_buttons()]
    if other is not None and page_view.state.known > 1:
        buttons.append(Button(f"view:{other.value}", say(locale, f"button-{other.value}")))
    if content.private and not content.shared and page_view.state.known:
        buttons.append(Button("share", say(locale, "button-share"), style=Style.GREEN))
    if offers.hiding and page_view.state.known:
        buttons.append(Button("hide", say(locale, "button-hide")))
    if not content.private:
        buttons.append(Button("delete", say(locale, "button-delete"), style=Style.RED))
    if block := block_button(page_view, host):
        buttons.append(block)
    return tuple(buttons[:MOST_IN_A_ROW])


def block_button(page_view: PageView[SessionBase], host: str | None) -> Button | None:
    """Return the button that blocks the site of the picture shown, for those who may; None for others."""
    if not (page_view.offers.site_blocks and host):
        return None
    return Button(f"block:{page_view.state.index}", say(page_view.locale, "button-block-site"))
