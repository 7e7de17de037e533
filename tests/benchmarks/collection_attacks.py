"""What people do to pictures before they post them again: 63 attacks on a copy, all deterministic.

Each takes an RGB picture and a random generator (and pictures to stand beside it) and returns an RGB picture.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

Attack = Callable[[Image.Image, np.random.Generator, Sequence[Image.Image]], Image.Image]
ATTACKS: dict[str, tuple[str, Attack]] = {}
"""By name: family and attack."""


def attack(name: str, family: str) -> Callable[[Attack], Attack]:
    def add(work: Attack) -> Attack:
        ATTACKS[name] = (family, work)
        return work

    return add


def coded(picture: Image.Image, kind: str, **options: object) -> Image.Image:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return Image.open(io.BytesIO(buffer.getvalue())).convert("RGB")


def simple(name: str, family: str, work: Callable[[Image.Image], Image.Image]) -> None:
    ATTACKS[name] = (family, lambda picture, _random, _others: work(picture))


def scaled(picture: Image.Image, factor: float) -> Image.Image:
    size = (max(8, round(picture.width * factor)), max(8, round(picture.height * factor)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def cropped(share: float) -> Attack:
    """Keep a part whose area is 1 - share, anywhere."""

    def work(picture: Image.Image, random: np.random.Generator, _others: Sequence[Image.Image]) -> Image.Image:
        side = (1 - share) ** 0.5
        width, height = int(picture.width * side), int(picture.height * side)
        left = int(random.integers(0, picture.width - width + 1))
        top = int(random.integers(0, picture.height - height + 1))
        return picture.crop((left, top, left + width, top + height))

    return work


def text_on(picture: Image.Image, words: str, where: tuple[float, float], size: float, fill: str = "white") -> None:
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=max(10, int(picture.height * size)))
    place = (picture.width * where[0], picture.height * where[1])
    draw.text(
        place, words, fill=fill, font=font, anchor="mm", stroke_width=max(1, picture.height // 200), stroke_fill="black"
    )


def bar(picture: Image.Image, top: int, bottom: int, colour: str, words: str) -> Image.Image:
    page = Image.new("RGB", (picture.width, picture.height + top + bottom), colour)
    page.paste(picture, (0, top))
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(size=max(12, (top or bottom) // 3))
    middle = top / 2 if top else picture.height + bottom / 2
    draw.text((page.width / 2, middle), words, fill="black" if colour == "white" else "white", font=font, anchor="mm")
    return page


for quality in (75, 50, 20, 10):
    simple(f"jpeg_q{quality}", "recode", lambda p, q=quality: coded(p, "JPEG", quality=q))
simple("jpeg_q30_half", "recode", lambda p: coded(scaled(p, 0.5), "JPEG", quality=30))
simple("resize_50", "resize", lambda p: scaled(p, 0.5))
simple("resize_25", "resize", lambda p: scaled(p, 0.25))
simple("thumb_128", "resize", lambda p: scaled(p, 128 / max(p.size)))
simple("upscale_200", "resize", lambda p: scaled(p, 2.0))
simple("stretch_aspect", "resize", lambda p: p.resize((round(p.width * 1.3), p.height)))
for percent in (5, 10, 20, 40, 60, 80):
    ATTACKS[f"crop_{percent}"] = ("crop", cropped(percent / 100))
simple("crop_square", "crop", lambda p: ImageOps.fit(p, (min(p.size), min(p.size))))
simple("flip_h", "flip", ImageOps.mirror)
simple("flip_v", "flip", ImageOps.flip)
simple("rot_90", "turn", lambda p: p.transpose(Image.Transpose.ROTATE_90))
simple("rot_180", "turn", lambda p: p.transpose(Image.Transpose.ROTATE_180))
simple("rot_270", "turn", lambda p: p.transpose(Image.Transpose.ROTATE_270))
simple("rot_5", "tilt", lambda p: p.rotate(5, Image.Resampling.BICUBIC, expand=True))
simple("rot_15", "tilt", lambda p: p.rotate(15, Image.Resampling.BICUBIC, expand=True, fillcolor="white"))


@attack("rot_5_cropped", "tilt")
def rot_5_cropped(picture: Image.Image, _random: np.random.Generator, _others: Sequence[Image.Image]) -> Image.Image:
    turned = picture.rotate(5, Image.Resampling.BICUBIC)
    cut = (turned.width // 11, turned.height // 11)
    return turned.crop((cut[0], cut[1], turned.width - cut[0], turned.height - cut[1]))


@attack("perspective", "tilt")
def perspective(picture: Image.Image, random: np.random.Generator, _others: Sequence[Image.Image]) -> Image.Image:
    w, h = picture.size
    x, y = random.uniform(0.02, 0.07, 2)
    quad = (w * x, h * y, 0, h, w, h * (1 - y), w * (1 - x), 0)
    return picture.transform(picture.size, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC)


simple("bright_up", "colour", lambda p: ImageEnhance.Brightness(p).enhance(1.4))
simple("bright_down", "colour", lambda p: ImageEnhance.Brightness(p).enhance(0.6))
simple("contrast_up", "colour", lambda p: ImageEnhance.Contrast(p).enhance(1.5))
simple("contrast_down", "colour", lambda p: ImageEnhance.Contrast(p).enhance(0.6))
simple("saturate", "colour", lambda p: ImageEnhance.Color(p).enhance(2.0))
simple("gamma", "colour", lambda p: p.point([round(255 * (v / 255) ** 1.6) for v in range(256)] * 3))
simple("grayscale", "colour", lambda p: ImageOps.grayscale(p).convert("RGB"))
simple("sepia", "colour", lambda p: ImageOps.colorize(ImageOps.grayscale(p), "#2b1a0a", "#ffe9c4"))
simple("invert", "colour", ImageOps.invert)
simple("posterize", "colour", lambda p: ImageOps.posterize(p, 3))


@attack("hue_shift", "colour")
def hue_shift(picture: Image.Image, _random: np.random.Generator, _others: Sequence[Image.Image]) -> Image.Image:
    hue, saturation, value = picture.convert("HSV").split()
    return Image.merge("HSV", (hue.point([(v + 20) % 256 for v in range(256)]), saturation, value)).convert("RGB")


simple("blur_1", "blur", lambda p: p.filter(ImageFilter.GaussianBlur(1)))
simple("blur_2", "blur", lambda p: p.filter(ImageFilter.GaussianBlur(2)))
simple("sharpen", "blur", lambda p: p.filter(ImageFilter.UnsharpMask(2, 200, 2)))


@attack("noise", "blur")
def noise(picture: Image.Image, random: np.random.Generator, _others: Sequence[Image.Image]) -> Image.Image:
    values = np.asarray(picture, np.float32) + random.normal(0, 14, (picture.height, picture.width, 3))
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


simple("caption_bar_top", "caption", lambda p: bar(p, p.height // 5, 0, "white", "when the weekend is here"))
simple("caption_bar_bottom", "caption", lambda p: bar(p, 0, p.height // 5, "black", "nobody: absolutely nobody"))


@attack("meme_text", "caption")
def meme_text(picture: Image.Image, _random: np.random.Generator, _others: Sequence[Image.Image]) -> Image.Image:
    copy = picture.copy()
    text_on(copy, "ONE DOES NOT SIMPLY", (0.5, 0.1), 0.1)
    text_on(copy, "FIND THE SOURCE", (0.5, 0.9), 0.1)
    return copy


@attack("emoji_sticker", "overlay")
def emoji_sticker(picture: Image.Image, random: np.random.Generator, _others: Sequence[Image.Image]) -> Image.Image:
    copy = picture.copy()
    draw = ImageDraw.Draw(copy)
    for _ in range(3):
        size = int(min(copy.size) * random.uniform(0.1, 0.2))
        x, y = (int(random.integers(0, max(1, side - size))) for side in copy.size)
        draw.ellipse((x, y, x + size, y + size), fill="#ffcc33", outline="#885500")
        for eye in (0.3, 0.62):
            draw.ellipse((x + size * eye, y + size * 0.3, x + size * (eye + 0.1), y + size * 0.45), fill="#442200")
        draw.arc(
            (x + size * 0.2, y + size * 0.3, x + size * 0.8, y + size * 0.8),
            20,
            160,
            fill="#442200",
            width=max(2, size // 20),
        )
    return copy


@attack("watermark", "overlay")
def watermark(picture: Image.Image, _random: np.random.Generator, _others: Sequence[Image.Image]) -> Image.Image:
    layer = Image.new("RGBA", picture.size)
    draw = ImageDraw.Draw(layer)
    font = ImageFont.load_default(size=max(12, picture.height // 9))
    for row in range(-1, 5):
        draw.text(
            (picture.width * (0.1 if row % 2 else 0.35), row * picture.height / 4),
            "SAMPLE PHOTO",
            fill=(255, 255, 255, 110),
            font=font,
        )
    return Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")


@attack("corner_logo", "overlay")
def corner_logo(picture: Image.Image, _random: np.random.Generator, _others: Sequence[Image.Image]) -> Image.Image:
    copy = picture.copy()
    w, h = copy.size
    ImageDraw.Draw(copy).rounded_rectangle((w * 0.78, h * 0.86, w * 0.98, h * 0.97), h // 40, fill="#d0021b")
    text_on(copy, "NEWS", (0.88, 0.915), 0.06)
    return copy


simple("border_solid", "border", lambda p: ImageOps.expand(p, max(p.size) // 12, "#204080"))
simple(
    "border_polaroid",
    "border",
    lambda p: ImageOps.expand(p, (p.width // 16, p.height // 16, p.width // 16, p.height // 4), "white"),
)
simple("letterbox_16x9", "border", lambda p: ImageOps.pad(p, (1280, 720), color="black"))
simple("pillar_9x16", "border", lambda p: ImageOps.pad(p, (720, 1280), color="black"))


@attack("story_blur_9x16", "border")
def story_blur(picture: Image.Image, _random: np.random.Generator, _others: Sequence[Image.Image]) -> Image.Image:
    page = ImageOps.fit(picture, (720, 1280)).filter(ImageFilter.GaussianBlur(24))
    small = ImageOps.contain(picture, (680, 1100))
    page.paste(small, ((720 - small.width) // 2, (1280 - small.height) // 2))
    return page


@attack("screenshot_phone", "screenshot")
def screenshot_phone(picture: Image.Image, random: np.random.Generator, _others: Sequence[Image.Image]) -> Image.Image:
    dark = random.random() < 0.5
    page = Image.new("RGB", (540, 1170), "#15202b" if dark else "white")
    ink = "#e0e0e0" if dark else "#202020"
    draw = ImageDraw.Draw(page)
    draw.text((24, 14), "12:41", fill=ink, font=ImageFont.load_default(size=22))
    draw.ellipse((20, 80, 76, 136), fill="#5588cc")
    draw.text((92, 84), "Somebody", fill=ink, font=ImageFont.load_default(size=24))
    draw.text((92, 112), "@somebody - 3h", fill="#8899a6", font=ImageFont.load_default(size=18))
    draw.text((20, 156), "look what I have found today", fill=ink, font=ImageFont.load_default(size=24))
    small = ImageOps.contain(picture, (500, 760))
    page.paste(small, ((540 - small.width) // 2, 210))
    for place in range(4):
        x = 40 + place * 130
        draw.rectangle((x, 230 + small.height, x + 26, 256 + small.height), outline="#8899a6", width=3)
    draw.rectangle((0, 1100, 540, 1102), fill="#8899a6")
    return coded(page, "JPEG", quality=80)


@attack("screenshot_desktop", "screenshot")
def screenshot_desktop(
    picture: Image.Image, random: np.random.Generator, _others: Sequence[Image.Image]
) -> Image.Image:
    page = Image.new("RGB", (1366, 768), "#f3f3f3" if random.random() < 0.5 else "#202124")
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, 1366, 76), fill="#dee1e6")
    draw.rounded_rectangle((120, 42, 1200, 70), 14, fill="white")
    draw.text((150, 46), "https://example.org/gallery/picture", fill="#333333", font=ImageFont.load_default(size=18))
    small = ImageOps.contain(picture, (860, 600))
    page.paste(small, (60 + (860 - small.width) // 2, 110))
    for row in range(9):
        draw.rectangle((980, 120 + row * 60, 980 + int(random.integers(120, 340)), 138 + row * 60), fill="#9aa0a6")
    return page


def inside(picture: Image.Image, ground: Image.Image, share: float, random: np.random.Generator) -> Image.Image:
    page = ImageOps.fit(ground, (1000, 750))
    side = share**0.5
    small = ImageOps.contain(picture, (int(1000 * side), int(750 * side)))
    page.paste(
        small, (int(random.integers(0, 1000 - small.width + 1)), int(random.integers(0, 750 - small.height + 1)))
    )
    return page


@attack("pip_50", "inside")
def pip_50(picture: Image.Image, random: np.random.Generator, others: Sequence[Image.Image]) -> Image.Image:
    return inside(picture, others[0], 0.5, random)


@attack("pip_30", "inside")
def pip_30(picture: Image.Image, random: np.random.Generator, others: Sequence[Image.Image]) -> Image.Image:
    return inside(picture, others[0], 0.3, random)


@attack("collage_2x2", "inside")
def collage(picture: Image.Image, random: np.random.Generator, others: Sequence[Image.Image]) -> Image.Image:
    cells = [picture, *others[:3]]
    page = Image.new("RGB", (1000, 800), "white")
    for place, index in enumerate(random.permutation(4)):
        page.paste(ImageOps.fit(cells[int(index)], (496, 396)), ((place % 2) * 504, (place // 2) * 404))
    return page


simple("discord_webp", "recode", lambda p: coded(ImageOps.contain(p, (550, 550)), "WEBP", quality=70))
simple("discord_avif", "recode", lambda p: coded(ImageOps.contain(p, (550, 550)), "AVIF", quality=55))
simple("format_png", "recode", lambda p: coded(p, "PNG"))
simple("format_gif", "recode", lambda p: coded(p.quantize(128), "GIF"))


@attack("triple_repost", "combined")
def triple_repost(picture: Image.Image, random: np.random.Generator, others: Sequence[Image.Image]) -> Image.Image:
    once = coded(scaled(cropped(0.06)(picture, random, others), 0.8), "JPEG", quality=55)
    return coded(scaled(cropped(0.06)(once, random, others), 0.8), "WEBP", quality=60)


@attack("meme_crop_flip", "combined")
def meme_crop_flip(picture: Image.Image, random: np.random.Generator, others: Sequence[Image.Image]) -> Image.Image:
    return coded(meme_text(ImageOps.mirror(cropped(0.15)(picture, random, others)), random, others), "JPEG", quality=60)


@attack("meme_bar_logo", "combined")
def meme_bar_logo(picture: Image.Image, random: np.random.Generator, others: Sequence[Image.Image]) -> Image.Image:
    return coded(
        bar(corner_logo(picture, random, others), picture.height // 6, 0, "white", "me on monday"), "JPEG", quality=50
    )


@attack("screenshot_cropped_caption", "combined")
def screenshot_cropped_caption(
    picture: Image.Image, random: np.random.Generator, others: Sequence[Image.Image]
) -> Image.Image:
    part = cropped(0.3)(picture, random, others)
    return screenshot_phone(bar(part, part.height // 6, 0, "white", "too true"), random, others)
