"""The page's server: what it serves, to whom it answers, and what it refuses."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator
from types import ModuleType
from typing import Any

import aiohttp
import pytest
from yarl import URL

from bot.tryout import open_tryout, server


@pytest.fixture
async def http(tryout: Any) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(base_url=tryout.url) as session:
        yield session


def form(tryout: Any, files: Any = (), person: str = "mara", channel: str = "", **action: Any) -> aiohttp.FormData:
    data = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
    here = channel or str(next(iter(tryout.world.spots)))
    data.add_field("action", json.dumps({"as": person, "in": here, "action": action}))
    for field, name, content in files:
        data.add_field(field, io.BytesIO(content), filename=name)
    return data


def own(tryout: Any) -> dict[str, str]:
    return {"Origin": tryout.url.rstrip("/")}


async def first_event(response: aiohttp.ClientResponse) -> Any:
    async with asyncio.timeout(20):
        line = await response.content.readline()
        await response.content.readline()
    return json.loads(line.removeprefix(b"data: "))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/static/app.js", "text/javascript"),
        ("/static/shell.css", "text/css"),
        ("/static/magpie.svg", "image/svg+xml"),
        ("/fonts/emoji.ttf", "font/ttf"),
    ],
)
async def test_every_answer_is_closed_to_other_sites_and_inline_scripts(
    http: aiohttp.ClientSession, path: str, kind: str
) -> None:
    async with http.get(path) as response:
        assert response.status == 200
        assert response.content_type == kind
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../server.py", "/static/%2e%2e/server.py", "/static/nothing.js", f"/static/{'a' * 300}.js",
        "/fonts/noto-sans.ttf", "/x",
    ],
)  # fmt: skip
async def test_nothing_else_is_served(http: aiohttp.ClientSession, tryout: Any, path: str) -> None:
    async with http.get(URL(tryout.url.rstrip("/") + path, encoded=True)) as response:
        assert response.status == 404


async def test_the_page_asks_for_nothing_from_elsewhere(http: aiohttp.ClientSession) -> None:
    async with http.get("/") as response:
        page = await response.text()
    assert "http" not in page.replace("http-equiv", "")
    assert "<style" not in page
    assert " onclick" not in page


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null", "http://127.0.0.1:1"])
async def test_only_the_page_itself_may_act(http: aiohttp.ClientSession, tryout: Any, origin: str | None) -> None:
    headers = {"Origin": origin} if origin else {}
    async with http.post("/api/act", data=form(tryout, kind="send", content="hi"), headers=headers) as response:
        assert response.status == 403
    async with http.post("/api/act", data=form(tryout, kind="send", content="hi"), headers=own(tryout)) as response:
        assert response.status == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "[::2]:80"])
async def test_a_name_that_was_bent_to_this_machine_is_not_answered(http: aiohttp.ClientSession, host: str) -> None:
    async with http.get("/api/events", headers={"Host": host}) as response:
        assert response.status == 403


async def test_a_stream_of_another_origin_is_refused(http: aiohttp.ClientSession) -> None:
    async with http.get("/api/events", headers={"Origin": "http://evil.example"}) as response:
        assert response.status == 403


async def test_the_stream_shows_the_world_and_every_change(http: aiohttp.ClientSession, tryout: Any) -> None:
    async with http.get("/api/events", params={"as": "theo", "in": "0"}) as response:
        seen = await first_event(response)
        assert (seen["me"], seen["channels"][0]["name"]) == ("theo", "general")
        async with http.post("/api/act", data=form(tryout, kind="send", content="hi"), headers=own(tryout)):
            pass
        assert (await first_event(response))["messages"][-1]["content"] == "hi"


async def test_a_change_of_language_is_seen_at_once(http: aiohttp.ClientSession, tryout: Any) -> None:
    async with http.get("/api/events") as response:
        assert (await first_event(response))["locale"] == "en-US"
        async with http.post("/api/act", data=form(tryout, kind="language", locale="de"), headers=own(tryout)):
            pass
        assert (await first_event(response))["locale"] == "de"


async def test_an_address_kept_from_before_leads_to_the_first_channel(http: aiohttp.ClientSession) -> None:
    async with http.get("/api/events", params={"as": "nobody", "in": "123"}) as response:
        seen = await first_event(response)
    assert (seen["me"], seen["here"]) == ("mara", seen["channels"][0]["id"])


async def test_direct_messages_of_another_lead_to_ones_own(http: aiohttp.ClientSession) -> None:
    async def seen(**asked: str) -> Any:
        async with http.get("/api/events", params=asked) as response:
            return await first_event(response)

    async def own_direct_messages(person: str) -> str:
        channels = (await seen(**{"as": person}))["channels"]
        return next(one["id"] for one in channels if one["kind"] == "dm")

    his, hers = await own_direct_messages("theo"), await own_direct_messages("mara")
    assert his != hers
    found = await seen(**{"as": "mara", "in": his})
    assert (found["me"], found["here"], found["messages"]) == ("mara", hers, [])


async def test_an_uploaded_picture_is_shown_and_anything_else_is_only_downloaded(
    http: aiohttp.ClientSession, tryout: Any, toy: ModuleType
) -> None:
    files = [("files", "bird ä.png", toy.png("red")), ("files", "../evil.html", b"<script>alert(1)</script>")]
    data = form(tryout, files, kind="send", content="two")
    async with http.post("/api/act", data=data, headers=own(tryout)) as response:
        assert response.status == 200
    async with http.get("/api/events") as response:
        picture, page = (await first_event(response))["messages"][-1]["attachments"]
    assert page["filename"] == "evil.html"
    async with http.get(URL(picture["url"], encoded=True)) as response:
        assert (response.status, response.content_type) == (200, "image/png")
        assert await response.read() == toy.png("red")
    async with http.get(URL(page["url"], encoded=True)) as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"] == "attachment"
    async with http.get(URL(f"{page['url']}?format=webp", encoded=True)) as response:  # as of a video's still
        assert (response.status, response.content_type) == (200, "image/svg+xml")
        assert b"script" not in await response.read()


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"kind": "slash", "name": "nothing"}, 409, "There is no command /nothing for you in this channel."),
        ({"kind": "fly"}, 400, "The page sent something unusable. Reload it."),
        ({"kind": "send", "content": "x", "person": "nobody"}, 409, "There is nobody of that name here."),
        ({"kind": "send", "content": "x", "channel": "12"}, 409, "That channel is not there."),
    ],
)
async def test_a_refusal_is_a_sentence(
    http: aiohttp.ClientSession, tryout: Any, fields: dict[str, Any], status: int, sentence: str
) -> None:
    async with http.post("/api/act", data=form(tryout, **fields), headers=own(tryout)) as response:
        assert response.status == status
        assert await response.json() == {"error": sentence}


async def test_a_channel_of_thousands_of_digits_is_not_there(http: aiohttp.ClientSession, tryout: Any) -> None:
    data = form(tryout, kind="send", content="x", channel="9" * 5_000)
    async with http.post("/api/act", data=data, headers=own(tryout)) as response:
        assert (response.status, await response.json()) == (409, {"error": "That channel is not there."})
    async with http.get("/api/events", params={"in": "9" * 5_000}) as response:
        assert (await first_event(response))["here"]


async def test_a_file_above_discords_limit_is_refused(
    http: aiohttp.ClientSession, tryout: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.tryout.simcord_patches.UPLOAD_LIMIT", 1024 * 1024)
    data = form(tryout, [("files", "big.bin", b"x" * (1024 * 1024 + 1))], kind="send")
    async with http.post("/api/act", data=data, headers=own(tryout)) as response:
        assert await response.json() == {"error": "That file is larger than 1 MiB."}


async def test_too_many_files_are_refused(http: aiohttp.ClientSession, tryout: Any) -> None:
    data = form(tryout, [("files", f"{number}.bin", b"x") for number in range(11)], kind="send")
    async with http.post("/api/act", data=data, headers=own(tryout)) as response:
        assert await response.json() == {"error": "At most 10 files at once."}


@pytest.mark.parametrize("text", ["", "{", "[]", "\udcff", "[" * 100_000, '{"as":' * 100_000])
async def test_an_action_that_is_no_json_object_is_refused(http: aiohttp.ClientSession, tryout: Any, text: str) -> None:
    data = aiohttp.FormData(default_to_multipart=True)
    data.add_field("action", io.BytesIO(text.encode("utf-8", "surrogateescape")))
    async with http.post("/api/act", data=data, headers=own(tryout)) as response:
        assert response.status == 400


ACTION = b'--x\r\nContent-Disposition: form-data; name="action"\r\n'


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", ACTION + b"\r\n{}\r\n--x--\r\n"),
        ("multipart/form-data; boundary=", ACTION + b"\r\n{}\r\n--x--\r\n"),
        ("multipart/form-data; boundary=y", ACTION + b"\r\n{}\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x", ACTION + b"\r\n{}"),
        ("multipart/form-data; boundary=x", b"--x\r\nno header\r\n\r\n{}\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nX: " + b"y" * 70_000 + b"\r\n\r\n{}\r\n--x--\r\n"),
    ],
)
async def test_a_form_that_cannot_be_read_is_refused_in_words(
    http: aiohttp.ClientSession, tryout: Any, kind: str, body: bytes
) -> None:
    async with http.post("/api/act", data=body, headers={**own(tryout), "Content-Type": kind}) as response:
        assert response.status == 400
        assert await response.json() == {"error": "The page sent something unusable. Reload it."}


@pytest.mark.parametrize("body", [b"{}", b"--x--"])
async def test_a_body_that_is_no_form_is_refused(http: aiohttp.ClientSession, tryout: Any, body: bytes) -> None:
    async with http.post("/api/act", data=body, headers=own(tryout)) as response:
        assert response.status == 415


async def test_on_a_public_host_the_name_is_free_but_the_origin_still_counts(toy: ModuleType) -> None:
    async with open_tryout(toy.ToyBot, "0.0.0.0") as tryout, aiohttp.ClientSession() as session:
        url = tryout.url.replace("0.0.0.0", "127.0.0.1")
        async with session.get(url, headers={"Host": "pictures.lan:80"}) as response:
            assert response.status == 200
        foreign = {"Host": "pictures.lan", "Origin": "http://evil.example"}
        async with session.post(f"{url}api/act", data=form(tryout, kind="send"), headers=foreign) as response:
            assert response.status == 403


async def test_closed_tabs_are_forgotten_though_nothing_changes(
    http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_now: list[object] = []
    keep_sending = server._Page._keep_sending

    async def counted(page: Any, *arguments: Any) -> None:
        open_now.append(arguments)
        try:
            await keep_sending(page, *arguments)
        finally:
            open_now.remove(arguments)

    monkeypatch.setattr(server._Page, "_keep_sending", counted)
    for _ in range(3):
        async with http.get("/api/events") as response:
            await first_event(response)
            assert open_now
            response.close()
    async with asyncio.timeout(20):
        while open_now:  # noqa: ASYNC110 (nothing tells)
            await asyncio.sleep(0.01)
