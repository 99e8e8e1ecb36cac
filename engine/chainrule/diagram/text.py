"""The width of text in the bundled font, so that drawings can be laid out without a display."""

from __future__ import annotations

from functools import lru_cache

FONT_FAMILY = "DejaVu Sans"
ASCENT, DESCENT = 0.76, 0.24

# Advance widths of DejaVu Sans, in thousandths of the font size, for U+0020 to U+007E.
_ASCII = (
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
    636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
    1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
    603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
    500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
    635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
)  # fmt: skip
_OTHERS = {
    **dict.fromkeys("×−÷→≤≥±⊙", 838),
    **dict.fromkeys("¹²³₀₁₂₃₄₅₆₇₈₉", 401),
    "ᵀ": 385,
    "⁻": 528,
    "ˣ": 444,
    "ʸ": 373,
    "∞": 833,
    "·": 318,
    "…": 1000,
    "ω": 837,
}
_SIGNS = frozenset("+−×÷=<>≤≥⊙@")
_SMALL = frozenset("aceimnorsuvwxzαεικνοπρστυω−+")
_USUAL = 640
_WIDEST = 1000
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@lru_cache(maxsize=4096)
def text_width(text: str, size: float) -> float:
    """Return the width of `text` set at `size`, in the units of `size`."""
    return sum(map(_advance, text)) * size / 1000


def _advance(char: str) -> int:
    code = ord(char)
    if 32 <= code < 127:
        return _ASCII[code - 32]
    known = _OTHERS.get(char)
    if known is not None:
        return known
    return _USUAL if code < 0x2E80 else _WIDEST


@lru_cache(maxsize=4096)
def typeset_name(name: str) -> str:
    """Set the digits at the end of a name as a subscript: `w0` becomes `w₀`."""
    stem = name.rstrip("0123456789").removesuffix("_")
    digits = name[len(stem) :].lstrip("_")
    if not stem.isalpha() or not digits or not digits.isascii():
        return name
    return stem + digits.translate(_SUBSCRIPTS)


def shorten(text: str, size: float, width: float) -> str:
    """Cut `text` so that it fits into `width`, with an ellipsis in place of the rest."""
    if text_width(text, size) <= width:
        return text
    kept = text
    while kept and text_width(kept + "…", size) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


@lru_cache(maxsize=4096)
def one_line(text: str) -> str:
    """Return `text` with spaces in place of line breaks and of what can't be printed."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def fitting_size(text: str, size: float, room: float, smallest: float) -> float:
    """Return `size`, or less where `text` is wider than `room`, but not below `smallest`."""
    width = text_width(text, size)
    return size if not text or width <= room else max(smallest, size * room / width)


@lru_cache(maxsize=1024)
def middle_height(text: str) -> float:
    """Return how far the middle of a symbol stands above its baseline, in its size.

    Measured in DejaVu Sans: signs of arithmetic, brackets, small letters, all others.
    """
    if any(c in _SIGNS for c in text) and not any(c.isalnum() for c in text):
        return 0.314
    if any(c in "()[]|" for c in text):
        return 0.314
    return 0.27 if text and all(c in _SMALL for c in text) else 0.365
