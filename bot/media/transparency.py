"""A background for transparent pictures on which the drawing stays visible."""

from PIL import Image

WHITE, DARK, GREY = (255, 255, 255), (32, 32, 32), (128, 128, 128)
_NEAR = 48
"""Ink this near to the ground, in levels of brightness, is lost on it."""
_MUCH = 0.5
_VISIBLE = 32


def flattened(picture: Image.Image) -> Image.Image:
    """Return the pixels alone as RGB; see-through parts lie on white, or on what the drawing needs."""
    if picture.mode != "RGBA":
        return picture.convert("RGB")
    alpha = picture.getchannel("A")
    if alpha.getextrema()[0] == 255:
        return picture.convert("RGB")
    ground = Image.new("RGBA", picture.size, (*background_for(picture.convert("RGB"), alpha), 255))
    return Image.alpha_composite(ground, picture).convert("RGB")


def background_for(picture: Image.Image, alpha: Image.Image) -> tuple[int, int, int]:
    """Return white, unless more than half of the ink would be lost on it and less on another ground.

    Args:
        picture: its colours, RGB.
        alpha: how far each pixel can be seen, L.
    """
    import numpy as np  # noqa: PLC0415 (few pictures need it, and half of a child's start would be spent on it)

    step = max(1, int((alpha.width * alpha.height / 250_000) ** 0.5))
    weights = np.asarray(alpha)[::step, ::step].astype(np.float32)
    weights[weights < _VISIBLE] = 0.0
    total = float(weights.sum())
    if total == 0.0:
        return WHITE
    light = np.asarray(picture)[::step, ::step].astype(np.float32) @ np.array([0.299, 0.587, 0.114], dtype=np.float32)
    lost = {ground: float(weights[np.abs(light - ground[0]) < _NEAR].sum()) / total for ground in (WHITE, DARK, GREY)}
    if lost[WHITE] <= _MUCH:
        return WHITE
    return DARK if lost[DARK] <= lost[GREY] + 0.1 else GREY
