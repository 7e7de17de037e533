"""One scene in every format and with everything that a file may do to it; right is what ``scene`` shows."""

import io
import itertools
import struct
import sys
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pillow_heif
import pillow_jxl  # noqa: F401 - registers itself
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageDraw

pillow_heif.register_heif_opener()

SIZE = (240, 160)
_NUMBERS = itertools.count(1)


def scene(size: tuple[int, int] = SIZE) -> Image.Image:
    """A picture in which every turn, wrong colour and lost part can be seen."""
    width, height = size
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    rgb = np.stack([40 + 180 * x, 60 + 120 * y, 200 - 150 * x * y], axis=-1).astype(np.uint8)
    picture = Image.fromarray(rgb)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((width * 0.1, height * 0.1, width * 0.4, height * 0.5), fill=(230, 60, 40))
    draw.rectangle((width * 0.6, height * 0.55, width * 0.9, height * 0.9), fill=(30, 140, 60))
    draw.polygon(
        ((width * 0.55, height * 0.1), (width * 0.9, height * 0.15), (width * 0.7, height * 0.4)), fill="white"
    )
    return picture


def mark_each_scene(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on every scene has another mark in its corner, so that no two files are of the same picture."""
    plain = scene

    def marked(size: tuple[int, int] = SIZE) -> Image.Image:
        picture, number = plain(size), next(_NUMBERS)
        picture.paste((number * 77 % 256, number * 151 % 256, number * 29 % 256), (0, 0, 14, 14))
        return picture

    monkeypatch.setattr(sys.modules[__name__], "scene", marked)


def coded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    """The file of a picture; a PNG is packed in the least time, since nobody keeps it."""
    out = io.BytesIO()
    picture.save(out, kind, **({"compress_level": 1} | options if kind == "PNG" else options))
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def turned(kind: str, orientation: int, **options: Any) -> bytes:
    """The scene stored turned, with the mark that turns it back."""
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = scene() if orientation == 1 else scene().transpose(Image.Transpose(back[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    return coded(stored, kind, exif=exif.tobytes() if kind == "HEIF" else exif, **options)


def with_profile(kind: str, **options: Any) -> bytes:
    """The scene in linear light, with a profile that says so."""
    linear = _linear_profile()
    return coded(_through(scene(), linear), kind, icc_profile=linear, **options)


def _through(picture: Image.Image, profile: bytes) -> Image.Image:
    srgb = ImageCms.createProfile("sRGB")
    target = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    changed = ImageCms.profileToProfile(picture, srgb, target, outputMode="RGB")
    assert changed is not None
    return changed


def _linear_profile() -> bytes:
    """An RGB profile with swapped primaries: red and blue; whoever ignores it sees other colours."""
    base = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    count = struct.unpack(">I", base[128:132])[0]
    tags = [bytearray(base[132 + 12 * n : 144 + 12 * n]) for n in range(count)]
    by_name = {bytes(tag[:4]): tag for tag in tags}
    by_name[b"rXYZ"][4:], by_name[b"bXYZ"][4:] = by_name[b"bXYZ"][4:], by_name[b"rXYZ"][4:]
    return base[:132] + b"".join(bytes(tag) for tag in tags) + base[132 + 12 * count :]


def grey(values: NDArray[np.floating[Any]] | None = None) -> NDArray[np.floating[Any]]:
    """The scene's brightness, 0 to 1."""
    return np.asarray(scene().convert("L"), dtype=np.float64) / 255.0


def deep_png() -> bytes:
    return coded(Image.fromarray((grey() * 65535).astype(np.uint16)), "PNG")


def deep_tiff() -> bytes:
    return coded(Image.fromarray((grey() * 65535).astype(np.uint16)), "TIFF")


def twelve_bits() -> bytes:
    return coded(Image.fromarray((grey() * 4095).astype(np.uint16)), "PNG")


def float_tiff(scale: float = 1.0) -> bytes:
    return coded(Image.fromarray((grey() * scale).astype(np.float32)), "TIFF")


def phone_jpeg() -> bytes:
    """A JPEG with a second, smaller picture behind it, as phones write gain maps."""
    return coded(scene(), "MPO", save_all=True, append_images=[scene((60, 40)).convert("L").convert("RGB")], quality=95)


def pages_tiff() -> bytes:
    return coded(scene(), "TIFF", save_all=True, append_images=[Image.new("RGB", SIZE, "red")])


def big_tiff() -> bytes:
    return coded(scene(), "TIFF", big_tiff=True)


def moving(kind: str, first: str | None = "white", **options: Any) -> bytes:
    """An animation whose first frame may be empty."""
    frames = [*([Image.new("RGB", SIZE, first)] if first else []), scene(), scene()]
    frames[-1].putpixel((0, 0), (1, 2, 3))
    return coded(frames[0], kind, save_all=True, append_images=frames[1:], duration=40, **options)


def packed_text_png() -> bytes:
    """A whole PNG with 3 MB of packed text in front of its pixels."""
    plain = coded(scene(), "PNG")
    return plain[:33] + chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"la " * 1_000_000)) + plain[33:]


def wrong_checksum_png(*, behind: bool) -> bytes:
    """A PNG whose comment, before or behind its pixels, has a wrong checksum."""
    plain = coded(scene(), "PNG")
    text = chunk(b"tEXt", b"Comment\0hello")[:-1] + b"\xff"
    return plain[:-12] + text + plain[-12:] if behind else plain[:33] + text + plain[33:]


def broken_exif(kind: str) -> bytes:
    if kind == "PNG":
        plain = coded(scene(), "PNG")
        return plain[:33] + chunk(b"eXIf", b"MM\0*\xff\xff\xff\xff") + plain[33:]
    return coded(scene(), kind, exif=b"Exif\0\0MM\0*\xff\xff\xff\xff", quality=95)


def gamma_png() -> bytes:
    """A PNG in linear light that says so with gAMA alone."""
    light = (np.asarray(scene(), dtype=np.float64) / 255) ** 2.2
    plain = coded(Image.fromarray((light * 255).round().astype(np.uint8)), "PNG")
    return plain[:33] + chunk(b"gAMA", struct.pack(">I", 100_000)) + plain[33:]


def ink(colour: tuple[int, int, int]) -> bytes:
    """A drawing in one colour on a clear ground."""
    picture = Image.new("RGBA", SIZE, (*colour, 0))
    ImageDraw.Draw(picture).ellipse((40, 20, 200, 140), outline=(*colour, 255), width=14)
    ImageDraw.Draw(picture).line((20, 150, 220, 10), fill=(*colour, 255), width=9)
    return coded(picture, "PNG")


def video(kind: str = "mp4", codec: str = "mpeg4") -> bytes:
    """Two seconds whose first half is black."""
    import av

    out = io.BytesIO()
    with av.open(out, mode="w", format=kind) as container:
        stream = container.add_stream(codec, rate=10)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for number in range(20):
            shown = Image.new("RGB", SIZE) if number < 6 else scene()
            container.mux(stream.encode(av.VideoFrame.from_image(shown)))
        container.mux(stream.encode(None))
    return out.getvalue()


COLOUR: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: coded(scene(), "JPEG", quality=95),
    "jpeg progressive": lambda: coded(scene(), "JPEG", quality=95, progressive=True),
    "jpeg cmyk": lambda: coded(scene().convert("CMYK"), "JPEG", quality=95),
    "jpeg of a phone": phone_jpeg,
    "jpeg without its end": lambda: coded(scene(), "JPEG", quality=95)[:-2],
    "jpeg with broken exif": lambda: broken_exif("JPEG"),
    "jpeg with data behind": lambda: coded(scene(), "JPEG", quality=95) + bytes(50_000),
    "jpeg with a profile": lambda: with_profile("JPEG", quality=95),
    **{f"jpeg turned {n}": lambda n=n: turned("JPEG", n, quality=95) for n in range(1, 9)},
    "png": lambda: coded(scene(), "PNG"),
    "png of 8 colours a channel": lambda: coded(scene().quantize(256), "PNG"),
    "png with packed text": packed_text_png,
    "png with a wrong checksum": lambda: wrong_checksum_png(behind=False),
    "png with a wrong checksum behind": lambda: wrong_checksum_png(behind=True),
    "png with broken exif": lambda: broken_exif("PNG"),
    "png with a profile": lambda: with_profile("PNG"),
    "png in linear light": gamma_png,
    "png turned": lambda: turned("PNG", 6),
    "apng": lambda: moving("PNG"),
    "gif": lambda: coded(scene(), "GIF"),
    "gif that begins empty": lambda: moving("GIF"),
    "gif that begins at once": lambda: moving("GIF", None),
    "webp": lambda: coded(scene(), "WEBP", quality=95),
    "webp with a profile": lambda: with_profile("WEBP", lossless=True),
    "webp turned": lambda: turned("WEBP", 8, quality=95),
    "webp that begins empty": lambda: moving("WEBP", quality=95),
    "avif": lambda: coded(scene(), "AVIF", quality=95),
    "avif turned": lambda: turned("AVIF", 6, quality=95),
    "heic": lambda: coded(scene(), "HEIF", quality=95),
    "heic turned": lambda: turned("HEIF", 6, quality=95),
    "heic with a profile": lambda: with_profile("HEIF", quality=95),
    "jpeg xl": lambda: coded(scene(), "JXL", quality=95),
    "tiff": lambda: coded(scene(), "TIFF"),
    "tiff lzw": lambda: coded(scene(), "TIFF", compression="tiff_lzw"),
    "tiff of many pages": pages_tiff,
    "bigtiff": big_tiff,
    "tiff turned": lambda: turned("TIFF", 6),
    "tiff cmyk": lambda: coded(scene().convert("CMYK"), "TIFF"),
    "bmp": lambda: coded(scene(), "BMP"),
    "video": video,
    "webm": lambda: video("webm", "libvpx"),
}
"""By what is done to it; the colours are the scene's."""

GREY: dict[str, Callable[[], bytes]] = {
    "grey png": lambda: coded(scene().convert("L"), "PNG"),
    "grey png of 16 bits": deep_png,
    "grey tiff of 16 bits": deep_tiff,
    "grey png of 12 bits in 16": twelve_bits,
    "grey tiff of floats": float_tiff,
    "grey tiff of floats to 255": lambda: float_tiff(255.0),
    "grey jpeg": lambda: coded(scene().convert("L"), "JPEG", quality=95),
}
"""The same without colours."""
