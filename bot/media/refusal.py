"""Why a file is refused. Imports nothing heavy, for child processes; callers raise the contract's error from it."""

from bot.runtime.megapixels import megapixels

SENTENCES = {
    "empty": "the file is empty",
    "too-large": "the file is too large",
    "not-a-picture": "not a picture of a kind that is read here (JPEG, PNG, GIF, WebP, AVIF, HEIC, JPEG XL, TIFF, BMP)",
    "vector": "vector graphics (SVG) are not read",
    "web-page": "a web page, not a picture",
    "video": "a video; reading a still of it needs PyAV: uv run --extra video magpie index",
    "too-many-pixels": "the picture has too many pixels",
    "too-slow": "reading it took too long",
    "broken": "the picture is broken or cut short",
    "no-decoder": "its decoder is not installed (HEIC: pi-heif, JPEG XL: pillow-jxl-plugin)",
    "crashed": "reading it crashed",
}
"""For operators, by reason; people in Discord get theirs in their language."""


class Refused(Exception):
    """A file that cannot be used.

    Args:
        why: the reason, a key of ``SENTENCES``.
        limit: the limit that was passed, in bytes or pixels, where there is one.
        sentence: says it for operators where the reason's own sentence does not fit.
        pixels: how many the picture has, where these are too many.
    """

    def __init__(
        self, why: str, limit: int | None = None, sentence: str | None = None, *, pixels: int | None = None
    ) -> None:
        if sentence is None and pixels and limit:
            sentence = "the picture has {:g} megapixels, and at most {:g} are read".format(*megapixels(pixels, limit))
        elif sentence is None and why == "too-large" and limit:
            sentence = f"the file is larger than {limit:,} bytes"
        super().__init__(sentence or SENTENCES.get(why, why))
        self.why = why
        self.limit = limit
        self.pixels = pixels
