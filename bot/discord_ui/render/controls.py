"""The rows of controls under a page and in its panel; a control that could do nothing is left out.

A page has one row of at most five buttons and no menu: to turn it, the one thing to do with its picture, and *More*.
Everything else stands one press further, in a panel that only the person who pressed sees; so do the buttons that open
one of several pictures, because Discord itself enlarges a picture that is pressed and each one's line links its page.
"""

from bot.bing_v7 import Image
from bot.discord_ui.model.images import can_ask_about
from bot.discord_ui.model.message import Button, ControlRow, Message, Option, SelectMenu
from bot.discord_ui.model.pager import PagerState, View
from bot.discord_ui.model.sanitize import LINK_BUTTON_LIMIT, clean, safe_url, shorten
from bot.discord_ui.model.session import SessionBase
from bot.i18n import say

from .attribution import ImageCredit, credit_text, image_credit
from .footer import size_words
from .page_view import PageView

PREVIOUS, NEXT = "◀️", "▶️"
MORE = "⋯"
"""What Discord writes on its own button for more: as short in every language, so that a phone shows one row."""
MOST_IN_A_ROW = 5
_CREDIT_LIMIT = 990


def single_rows(page_view: PageView[SessionBase], image: Image, credit: ImageCredit) -> tuple[ControlRow, ...]:
    """Return the rows under a page of one picture: one row, or all controls where the offers say ``everything``."""
    if page_view.few_controls:
        return (_short_row(page_view, image),)
    rows = (pager(page_view.state), *_picture_controls(page_view, image, credit))
    return tuple(row for row in rows if row)


def many_rows(page_view: PageView[SessionBase], other: View | None = None) -> tuple[ControlRow, ...]:
    """Return the rows under a page of several pictures; ``other`` is the view that can be changed to."""
    if page_view.few_controls:
        return ((*pager(page_view.state), more(page_view)),)
    rows = (opening(page_view), pager(page_view.state), page_view.choices(), _message_row(page_view, other))
    return tuple(row for row in rows if row)


def panel_controls(page_view: PageView[SessionBase]) -> Message:
    """Return the panel of a page: all controls but those under it."""
    image, rows = alone(page_view), page_view.panel_rows()
    words = [say(page_view.locale, "panel-title")]
    if image is not None:
        words.append(size_words(image, page_view.locale) or "")
        credit = image_credit(image, page_view.content.fetched.providers)
        words.append(_credit_block(credit, page_view.locale))
        rows = rows or _picture_controls(page_view, image, credit)
    rows = rows or (opening(page_view), page_view.choices(), _message_row(page_view, View.SINGLE))
    *above, last = rows
    rows = (*above, page_view.panel_filter(), last)
    return Message(text="\n".join(line for line in words if line), rows=tuple(row for row in rows if row))


def alone(page_view: PageView[SessionBase]) -> Image | None:
    """Return the picture of a page that shows one; None for several or none."""
    return page_view.shown[0] if page_view.state.view is View.SINGLE and page_view.shown else None


def _credit_block(credit: ImageCredit, locale: str) -> str:
    """Return the attribution in a block that can be copied at once; *Credit* has it as Markdown too."""
    text = shorten(credit_text(credit, locale).replace("`", "'"), _CREDIT_LIMIT)
    return f"```\n{text}\n```" if text else ""


def hidden_rows(locale: str) -> tuple[ControlRow, ...]:
    """Return the row under a page that somebody hid."""
    return ((Button("restore", say(locale, "button-restore")), Button("delete", say(locale, "button-delete"))),)


def empty_rows(page_view: PageView[SessionBase]) -> tuple[ControlRow, ...]:
    """Return the rows under a page without pictures: filters to loosen, other searches, delete, links elsewhere."""
    helpful = page_view.empty_buttons()
    buttons = (*helpful, *_message_row(page_view, None))[:MOST_IN_A_ROW]
    first = (buttons, page_view.choices()) if helpful else (page_view.choices(), buttons)
    rows = (*first, page_view.empty_links()[:MOST_IN_A_ROW])
    return tuple(row for row in rows if row)


def _short_row(page_view: PageView[SessionBase], image: Image) -> tuple[Button, ...]:
    """Return at most five buttons: turning, the kind's first button (else details), and *More*."""
    first = page_view.picture_buttons() or _details(page_view, image)
    return (*pager(page_view.state), *first[:1], more(page_view))


def more(page_view: PageView[SessionBase]) -> Button:
    """Return the button that opens the panel."""
    return Button(f"more:{page_view.state.index}", MORE)


def pager(state: PagerState) -> tuple[Button, ...]:
    """Return previous, the position (which asks for a page number) and next; nothing where there is one page."""
    if state.single_page:
        return ()
    here = state.index
    number = f"{state.page}/{state.pages}" + ("" if state.complete else "+")
    return (
        Button(f"previous:{here}", emoji=PREVIOUS, disabled=state.at_first),
        Button("jump", number, disabled=state.pages < 2),  # noqa: PLR2004 (with one page there is nowhere to go)
        Button(f"next:{here}", emoji=NEXT, disabled=state.at_last),
    )


def _picture_controls(
    page_view: PageView[SessionBase], image: Image, credit: ImageCredit
) -> tuple[ControlRow | None, ...]:
    """Return everything beside turning for a page of one picture: at most four rows."""
    return (
        *about_picture(page_view, image, credit),
        page_view.choices(),
        _message_row(page_view, View.GRID, credit.host),
    )


def about_picture(page_view: PageView[SessionBase], image: Image, credit: ImageCredit) -> tuple[ControlRow, ...]:
    """Return what can be done with one picture and where it leads, in one row or two."""
    does, opens = _picture_row(page_view, image), link_buttons(page_view, image, credit)
    return ((*does, *opens),) if len(does) + len(opens) <= MOST_IN_A_ROW else (does, opens)


def _details(page_view: PageView[SessionBase], image: Image) -> tuple[Button, ...]:
    if not (page_view.offers.details and can_ask_about(image)):
        return ()
    return (Button(f"details:{page_view.state.index}", say(page_view.locale, "button-details")),)


def _picture_row(page_view: PageView[SessionBase], image: Image) -> tuple[Button, ...]:
    locale, here = page_view.locale, page_view.state.index
    buttons = [*page_view.picture_buttons()]
    if page_view.offers.similar and can_ask_about(image):
        buttons.append(Button(f"similar:{here}", say(locale, "button-more-like-this")))
    buttons += _details(page_view, image)
    buttons.append(Button(f"credit:{here}", say(locale, "button-credit")))
    return tuple(buttons)


def link_buttons(page_view: PageView[SessionBase], image: Image, credit: ImageCredit) -> tuple[Button, ...]:
    """Return links to the page of a picture and to the picture itself, as far as Discord takes them."""
    locale = page_view.locale
    page = safe_url(credit.page_url, LINK_BUTTON_LIMIT)
    picture = safe_url(image.content_url, LINK_BUTTON_LIMIT)
    buttons = (
        Button(label=say(locale, "button-open-page"), url=page) if page else None,
        Button(label=say(locale, "button-full-image"), url=picture) if picture and picture != page else None,
    )
    return tuple(button for button in buttons if button)


def opening(page_view: PageView[SessionBase]) -> ControlRow | None:
    """Return what opens one of the pictures shown: buttons for those of a grid, a menu for those of a gallery."""
    if page_view.state.view is not View.GRID:
        return _picture_select(page_view)
    first = page_view.state.index
    return tuple(page_view.opening_button(number) for number in range(first, first + len(page_view.shown)))


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
        buttons.append(Button("share", say(locale, "button-share")))
    if offers.hiding and page_view.state.known:
        buttons.append(Button("hide", say(locale, "button-hide")))
    if not content.private:
        buttons.append(Button("delete", say(locale, "button-delete")))
    if block := block_button(page_view, host):
        buttons.append(block)
    return tuple(buttons[:MOST_IN_A_ROW])


def block_button(page_view: PageView[SessionBase], host: str | None) -> Button | None:
    """Return the button that blocks the site of the picture shown, for those who may; None for others."""
    if not (page_view.offers.site_blocks and host):
        return None
    return Button(f"block:{page_view.state.index}", say(page_view.locale, "button-block-site"))
