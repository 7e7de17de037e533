"""The limits that Discord's description does not hold: each is told in a readable sentence, and good bodies pass."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from .limits import message_problems
from .limits_commands import choices_problems, command_problems, commands_problems
from .limits_components import modal_problems
from .sample_bot import Layout, controls, page

QUIET: dict[str, Any] = {"allowed_mentions": {"parse": []}}
V2 = 1 << 15


def row(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(parts)}


def button(custom_id: str = "a", **more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "A", "custom_id": custom_id, **more}


def select(**more: Any) -> dict[str, Any]:
    return {"type": 3, "custom_id": "s", "options": [{"label": "A", "value": "a"}], **more}


def text(content: str = "words") -> dict[str, Any]:
    return {"type": 10, "content": content}


def embeds(*many: dict[str, Any]) -> dict[str, Any]:
    return {**QUIET, "embeds": list(many)}


def parts(*many: dict[str, Any], flags: int = 0) -> dict[str, Any]:
    return {**QUIET, "components": list(many), "content": "" if flags else "words", "flags": flags}


def test_messages_made_by_discord_py_are_good() -> None:
    body = {**QUIET, "embeds": [page(1).to_dict()]}
    assert message_problems(body, ["p.png"]) == []


async def test_views_made_by_discord_py_are_good() -> None:
    assert message_problems({**QUIET, "content": "a", "components": controls(1).to_components()}) == []
    assert message_problems({**QUIET, "flags": V2, "components": Layout().to_components()}, ["p.png"]) == []


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"content": "a"}, "allowed_mentions.parse must be []"),
        ({"content": "a", "allowed_mentions": {"parse": ["users"]}}, "allowed_mentions.parse must be []"),
        ({"content": "a", "allowed_mentions": {"parse": [], "replied_user": True}}, "lets somebody be pinged"),
        ({**QUIET}, "the message is empty"),
        ({**QUIET, "content": "a" * 2001}, "content has 2001 characters"),
        (embeds(*[{"title": "a"}] * 11), "there are 11 embeds"),
        (embeds(*[{"description": "a" * 3001}] * 2), "all embeds together have 6002 characters"),
        (embeds({"title": "a" * 257}), "embeds[0].title has 257 characters"),
        (embeds({"fields": [{"name": " ", "value": "b"}]}), "embeds[0].fields[0].name is empty"),
        (embeds({"fields": [{"name": "a", "value": ""}]}), "embeds[0].fields[0].value is empty"),
        (embeds({"title": "a", "footer": {"text": ""}}), "embeds[0].footer.text is empty"),
        (embeds({"title": "a", "url": "no address"}), "embeds[0].url is no web address"),
        (embeds({"title": "a", "image": {"url": "magpie:picture/1"}}), "which is no web address"),
        (embeds({"title": "a", "image": {"url": "attachment://x.png"}}), "a file that is not uploaded"),
        (embeds({}), "embeds[0] shows nothing"),
        (
            embeds({"title": "a", "url": "https://a.example"}, {"title": "b", "url": "https://a.example"}),
            "only the first one's text is shown",
        ),
        (
            embeds(*[{"url": "https://a.example", "image": {"url": "https://a.example/1"}}] * 5),
            "5 embeds share the url",
        ),
        (parts(*[row(button(str(n))) for n in range(6)]), "there are 6 rows"),
        (parts(row(button("a"), button("a"))), "the custom_id 'a' is used 2 times"),
        (parts(row(button("a" * 101))), "a custom_id has 101 characters"),
        (parts(row(button("a", label="A" * 81))), "has 81 characters; 80"),
        (parts(row(button("a", label=""))), "neither label nor emoji"),
        (parts(row({"type": 2, "style": 5, "label": "A"})), "needs a url and no custom_id"),
        (parts(row({"type": 2, "style": 5, "label": "A", "url": "magpie:a"})), "leads to no web address"),
        (parts(row({"type": 2, "style": 1, "label": "A"})), "needs a custom_id and no url"),
        (parts(row(select(), button())), "either buttons or a single select"),
        (parts(row(select(placeholder="a" * 151))), "the placeholder of select 's' has 151"),
        (parts(row(select(options=[]))), "has 0 options"),
        (parts(row(select(options=[{"label": "A", "value": "a"}] * 2))), "two options of one value"),
        (parts(row(select(options=[{"label": "a" * 101, "value": "a"}]))), "the label of an option"),
        (parts(row()), "a row is empty"),
        (parts(button()), "must stand in a row"),
        (parts(text()), "need the components V2 flag"),
        ({**parts(text(), flags=V2), "content": "a"}, "content is not allowed together with"),
        ({**parts(text(), flags=V2), "embeds": [{"title": "a"}]}, "embeds is not allowed together with"),
        (parts(*[{"type": 17, "components": [text(), text()]}] * 14, flags=V2), "there are 42 components"),
        (parts(text("a" * 2500), text("b" * 1501), flags=V2), "all texts together have 4001 characters"),
        (parts(text(" "), flags=V2), "a text component is empty"),
        (
            parts({"type": 12, "items": [{"media": {"url": "attachment://x.png"}}]}, flags=V2),
            "a file that is not uploaded",
        ),
        (parts({"type": 12, "items": []}, flags=V2), "a gallery has 0 items"),
        (
            parts(
                {"type": 12, "items": [{"media": {"url": "https://a.example"}, "description": "a" * 1025}]}, flags=V2
            ),
            "the alt text of a gallery item has 1025",
        ),
        (parts({"type": 9, "components": [text()]}, flags=V2), "a section needs an accessory"),
        (parts({"type": 17, "components": [{"type": 17, "components": [text()]}]}, flags=V2), "may not hold"),
    ],
)
def test_each_limit_is_told(body: dict[str, Any], sentence: str) -> None:
    assert sentence in "\n".join(message_problems(body))


@pytest.mark.parametrize(
    ("files", "more", "sentence"),
    [
        (["a.png", "a.png"], {}, "two files are named 'a.png'"),
        (["a b.png"], {}, "is changed by Discord"),
        (["a.png"], {"attachments": [{"id": 0, "filename": "b.png"}]}, "not listed in attachments"),
        ([f"{n}.png" for n in range(11)], {}, "there are 11 files"),
        (["a.png"], {"flags": V2, "components": [text()], "content": ""}, "no component refers to it"),
    ],
)
def test_each_limit_of_files_is_told(files: list[str], more: dict[str, Any], sentence: str) -> None:
    assert sentence in "\n".join(message_problems({**QUIET, "content": "a", **more}, files))


def test_an_edit_keeps_the_files_it_does_not_name() -> None:
    shown = embeds({"title": "a", "image": {"url": "attachment://p.png"}})
    assert message_problems(shown, kept=["p.png"], is_edit=True) == []
    assert message_problems({**shown, "attachments": []}, kept=["p.png"], is_edit=True) != []
    assert (
        message_problems({**shown, "attachments": [{"id": "1", "filename": "p.png"}]}, kept=["p.png"], is_edit=True)
        == []
    )


def test_several_pictures_in_one_group_are_good() -> None:
    many = [{"url": "https://a.example", "image": {"url": f"https://a.example/{n}"}} for n in range(4)]
    many[0]["title"] = "a"
    assert message_problems(embeds(*many)) == []


def option(name: str = "query", **more: Any) -> dict[str, Any]:
    return {"type": 3, "name": name, "description": "Words", **more}


def command(**more: Any) -> dict[str, Any]:
    return {"name": "image", "description": "Finds", **more}


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (command(name="Image"), "must be lower case"),
        (command(name="two words"), "must be lower case"),
        (command(name_localizations={"de": "Bild"}), "must be lower case"),
        (command(name_localizations={"xx": "bild"}), "no locale 'xx'"),
        (command(description=""), "description has 0 characters"),
        (command(description_localizations={"de": "a" * 101}), "description in de has 101 characters"),
        (command(options=[option(), option()]), "the option 'query' is there twice"),
        (command(options=[option("a"), option("b", required=True)]), "a required option after an optional one"),
        (command(options=[option(str(n)) for n in range(26)]), "26 options"),
        (command(options=[option(), {**option("b"), "type": 1}]), "side by side"),
        (command(options=[option(choices=[{"name": "a" * 101, "value": "a"}])]), "name has 101 characters"),
        (command(options=[option(choices=[{"name": "a", "value": "a"}], autocomplete=True)]), "exclude each other"),
        (command(options=[option(choices=[{"name": "a", "value": n} for n in "ab"])]), "two choices have one name"),
        (
            command(
                options=[
                    option(f"o{n}", choices=[{"name": f"{m:0100}", "value": f"{m:0100}"} for m in range(25)])
                    for n in range(2)
                ]
            ),
            "all its text has 10",
        ),
        ({"type": 3, "name": "Look", "description": "a"}, "a menu entry has no description"),
    ],
)
def test_each_limit_of_commands_is_told(body: dict[str, Any], sentence: str) -> None:
    assert sentence in "\n".join(command_problems(body))


def test_commands_of_one_name_and_too_many_menus_are_told() -> None:
    menus = [{"type": 3, "name": f"Menu {n}"} for n in range(16)]
    told = "\n".join(commands_problems([command(), command(), *menus]))
    assert "the command 'image' is there 2 times" in told
    assert "there are 16 commands of type 3; 15 are allowed" in told


def test_good_commands_and_choices_pass() -> None:
    good = command(
        name_localizations={"ja": "画像", "pt-BR": "imagem"}, options=[option("q", required=True), option("b")]
    )
    assert commands_problems([good, {"type": 3, "name": "Identify image"}]) == []
    assert choices_problems([{"name": "cat", "value": "cat"}]) == []


def test_limits_of_choices_are_told() -> None:
    assert "there are 26 choices" in "\n".join(choices_problems([{"name": "a", "value": "a"}] * 26))
    assert "its value must be a text" in "\n".join(choices_problems([{"name": "a", "value": "a" * 101}]))
    assert "its value must be a number" in "\n".join(choices_problems([{"name": "a", "value": "a"}], 4))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"title": "a" * 46}, "the modal's title has 46"),
        ({"custom_id": ""}, "the modal's custom_id"),
        (
            {"components": [row({"type": 4, "custom_id": str(n), "label": "A"}) for n in range(6)]},
            "the modal has 6 parts",
        ),
        ({"components": [row({"type": 4, "custom_id": "a", "label": "a" * 46})]}, "the label of an input has 46"),
        ({"components": [{"type": 18, "label": "", "component": {"type": 4, "custom_id": "a"}}]}, "a label is empty"),
        ({"components": [row(button())]}, "holds one text input"),
    ],
)
def test_each_limit_of_modals_is_told(more: dict[str, Any], sentence: str) -> None:
    good = {"title": "Jump", "custom_id": "jump", "components": [row({"type": 4, "custom_id": "n", "label": "Page"})]}
    assert modal_problems(good) == []
    assert sentence in "\n".join(modal_problems({**good, **more}))


def test_locales_are_discords_own() -> None:
    told = command_problems(command(name_localizations={locale.value: "bild" for locale in discord.Locale}))
    assert told == []
