"""Pictures that the provider holds itself: addresses, sizes, crops."""

import io

import pytest
from PIL import Image as Pictures

from bot.bing_v7 import InsightsRequest

from .conftest import Endpoint, Run, SmallProvider, png

SEARCH = "/v7.0/images/search?q=x"


def size_of(data: bytes) -> tuple[int, int]:
    return Pictures.open(io.BytesIO(data)).size


@pytest.mark.parametrize(
    ("query", "size"),
    [
        ("", (474, 316)),
        ("&w=500", (500, 333)),
        ("&w=500&p=0", (474, 316)),
        ("&w=200&h=200", (200, 200)),
        ("&w=200&h=200&p=0", (200, 134)),
        ("&w=200&h=200&c=7", (200, 200)),
        ("&W=200&H=50&C=4&rs=1&qlt=90", (200, 50)),
        ("&h=158", (237, 158)),
    ],
)
async def test_sizes_of_the_reference(endpoint: Endpoint, query: str, size: tuple[int, int]) -> None:
    _, body = await endpoint.get(SEARCH)
    response, data = await endpoint.bytes(body["value"][0]["thumbnailUrl"] + query)
    assert response.status == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert size_of(data) == size


async def test_the_whole_picture(endpoint: Endpoint) -> None:
    _, body = await endpoint.get(SEARCH)
    response, data = await endpoint.bytes(body["value"][0]["contentUrl"])
    assert response.headers["Content-Type"] == "image/png"
    assert data == png()


async def test_a_picture_that_became_adult_is_given_only_through_links_of_off(
    endpoint: Endpoint, provider: SmallProvider
) -> None:
    links: dict[str, str] = {}
    for level in ("Off", "Moderate", "Strict"):
        _, body = await endpoint.get(f"{SEARCH}&safeSearch={level}")
        links[level] = body["value"][0]["thumbnailUrl"]
    provider.rated = False
    statuses = {level: (await endpoint.bytes(link))[0].status for level, link in links.items()}
    assert statuses == {"Off": 200, "Moderate": 404, "Strict": 404}
    provider.rated = None
    assert (await endpoint.bytes(links["Strict"]))[0].status == 200, "nobody rates pictures here"


async def test_addresses_begin_with_the_public_one(run: Run) -> None:
    endpoint = await run(public_url="https://pictures.example.org")
    _, body = await endpoint.get(SEARCH)
    assert body["value"][0]["thumbnailUrl"].startswith("https://pictures.example.org/th?id=OIP.")


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("/th", 400, "id"),
        ("/th?id=OIP.unsigned", 404, None),
        ("/th?id=0123456789ABCDEF0123456789ABCDEF01234567", 404, None),
        ("/th?id=x&w=0", 400, "w"),
        ("/th?id=x&w=1501", 400, "w"),
        ("/th?id=x&h=-1", 400, "h"),
        ("/th?id=x&w=ten", 400, "w"),
        ("/th?id=x&c=99999", 400, "c"),
        ("/picture?id=..%2F..%2Fetc%2Fpasswd", 404, None),
    ],
)
async def test_what_is_not_given(endpoint: Endpoint, path: str, status: int, parameter: str | None) -> None:
    response, body = await endpoint.get(path)
    assert response.status == status
    assert body["errors"][0].get("parameter") == parameter


async def test_our_own_address_as_img_url_becomes_the_picture(endpoint: Endpoint, provider: SmallProvider) -> None:
    _, body = await endpoint.get(SEARCH)
    response, _ = await endpoint.get("/v7.0/images/details", params={"imgUrl": body["value"][0]["contentUrl"]})
    assert response.status == 200
    asked = provider.asked[-1]
    assert isinstance(asked, InsightsRequest)
    assert asked.upload is not None
    assert asked.upload.data == png()
    response, body = await endpoint.get("/v7.0/images/details", params={"imgUrl": endpoint.url("/th?id=OIP.a.b")})
    assert (response.status, body["errors"][0]["parameter"]) == (400, "imgUrl")
