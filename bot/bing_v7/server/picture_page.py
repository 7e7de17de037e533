"""A page for a picture that has none of its own: what ``webSearchUrl`` of a held picture leads to."""

from html import escape

from aiohttp import web

from bot.bing_v7.provider import Picture

_HEADERS = {
    "Cache-Control": "public, max-age=3600",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'",
}
_STYLE = """
body{margin:0;padding:1rem;font:16px/1.5 system-ui,sans-serif;color:#1b1b1f;background:#f6f6f8}
main{max-width:60rem;margin:auto}
h1{font-size:1.25rem;margin:.75rem 0 .25rem;overflow-wrap:anywhere}
img{display:block;max-width:100%;max-height:75vh;height:auto;margin:auto;border-radius:4px}
p{margin:.25rem 0;overflow-wrap:anywhere}a{color:#0b57d0}
@media(prefers-color-scheme:dark){body{color:#e6e6ea;background:#1b1b1f}a{color:#9bbcff}}
""".strip()


def write_page(picture: Picture, address: str) -> web.Response:
    """Return the page: the picture, its title, whose it is and on what terms, and a link to where it comes from.

    Everything in it but ``address`` comes from outside and is escaped; links are http or https or left out.
    """
    image = picture.image
    title = (image.name if image else None) or "Picture"
    lines = [f"<h1>{escape(title)}</h1>"]
    credit = image.attribution if image else None
    if credit is not None:
        author = _linked(credit.author, credit.author_url)
        licence = _linked(credit.license, credit.license_url)
        source = _linked(credit.source_name or credit.source_url, credit.source_url)
        lines += [f"<p>{word}: {text}</p>" for word, text in
                  (("By", author), ("Licence", licence), ("Source", source)) if text]  # fmt: skip
    if image and image.description:
        lines.append(f"<p>{escape(image.description)}</p>")
    size = f"{picture.width} x {picture.height}, {picture.content_type}"
    lines.append(f'<p><a href="{escape(address)}">{escape(size)}</a></p>')
    body = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>"
        f'<img src="{escape(address)}" alt="{escape(title)}">{"".join(lines)}</main></body></html>'
    )
    return web.Response(text=body, content_type="text/html", headers=_HEADERS)


def _linked(text: str | None, address: str | None) -> str:
    if not text:
        return ""
    if not (address or "").lower().startswith(("http://", "https://")):
        return escape(text)
    return f'<a rel="noopener" href="{escape(address or "")}">{escape(text)}</a>'
