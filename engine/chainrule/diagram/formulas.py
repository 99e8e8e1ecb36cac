"""Formulas in LaTeX as outlines of their signs, which every figure and the canvas draw alike."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias, final

from chainrule.errors import FormulaError

Step: TypeAlias = tuple[str, tuple[float, ...]]
"""A letter of SVG's paths, M, L, Q or Z, and its coordinates."""

LONGEST_FORMULA: Final = 2_000
_STEP = re.compile(r"([MLQZ])([^A-Za-z]*)")
_DEFAULT_STROKE = "0"


@final
@dataclass(frozen=True, slots=True)
class Typeset:
    """A formula that was set: `steps` are closed outlines to be filled, by the nonzero rule.

    Its baseline begins at (0, 0); it is `width` wide and reaches from −`ascent` to `descent`.
    """

    source: str
    width: float
    ascent: float
    descent: float
    steps: tuple[Step, ...]


@lru_cache(maxsize=1024)
def typeset(source: str, size: float, *, display: bool = False) -> Typeset:
    """Return a formula set at `size`; `display` sets fractions and sums as on a line of their own.

    It takes 2 to 20 ms, which is why it is kept. Nothing of LaTeX is run: what stands for signs is
    looked up. Raises FormulaError.
    """
    if len(source) > LONGEST_FORMULA:
        raise FormulaError(f"a formula may have {LONGEST_FORMULA:,} signs; split it")
    try:
        made: Any = _ziamath().Latex(source, size=size, inline=not display)
        unknown = next(_unknown_commands(made.mathml), None)
        box, drawing = made.node.bbox, made.svgxml()
    except Exception as error:  # it raises whatever it trips over
        raise FormulaError(_sentence(source)) from error
    if unknown is not None:
        raise FormulaError(f"{_quoted(source)} has the unknown command {unknown}; correct it")
    steps = tuple(step for each in drawing.iter() for step in _steps(each))
    return Typeset(source, float(box.xmax), float(box.ymax), float(-box.ymin), steps)


def _sentence(source: str) -> str:
    return f"{_quoted(source)} is no formula that can be set; look for a missing brace or argument"


def _quoted(source: str) -> str:
    return f"${source}$" if len(source) <= 60 else f"${source[:59]}…$"


def _ziamath() -> Any:
    """Return the typesetting library; it takes 0.2 s to import, so those who need it do."""
    with warnings.catch_warnings():
        # It finds its font in a way that Python has since called outdated.
        warnings.simplefilter("ignore", DeprecationWarning)
        import ziamath
    # Signs as outlines of their own, instead of references that Qt's renderer doesn't follow.
    library: Any = ziamath
    library.config.svg2 = False
    return library


def _unknown_commands(mathml: Any) -> Iterator[str]:
    """Yield what was taken for text because it is no command."""
    for element in mathml.iter():
        text: str = element.text or ""
        if re.fullmatch(r"\\[A-Za-z]+", text.strip()):
            yield text.strip()


def _steps(element: Any) -> Iterator[Step]:
    """Yield the outlines of one element of the drawing; lines become thin boxes."""
    fields: dict[str, str] = element.attrib
    width = float(fields.get("stroke-width", _DEFAULT_STROKE))
    if element.tag == "rect":
        x, y, w, h = (float(fields[key]) for key in ("x", "y", "width", "height"))
        if fields.get("fill") != "none":
            yield from _box(x, y, x + w, y + h)
            return
        for left, top, right, bottom in (
            (x, y, x + w, y),
            (x, y + h, x + w, y + h),
            (x, y, x, y + h),
            (x + w, y, x + w, y + h),
        ):
            half = width / 2
            yield from _box(left - half, top - half, right + half, bottom + half)
    elif element.tag == "path":
        steps = [*_parsed(fields["d"])]
        yield from _thick(steps, width) if "stroke" in fields else steps


def _parsed(path: str) -> Iterator[Step]:
    for letter, numbers in _STEP.findall(path):
        yield letter, tuple(map(float, numbers.replace(",", " ").split()))


def _box(left: float, top: float, right: float, bottom: float) -> Iterator[Step]:
    yield "M", (left, top)
    yield "L", (right, top)
    yield "L", (right, bottom)
    yield "L", (left, bottom)
    yield "Z", ()


def _thick(steps: list[Step], width: float) -> Iterator[Step]:
    """Yield straight lines as boxes of a width."""
    last = (0.0, 0.0)
    for letter, numbers in steps:
        if letter == "L":
            x, y = numbers
            dx, dy = x - last[0], y - last[1]
            length = (dx * dx + dy * dy) ** 0.5 or 1.0
            across = -dy / length * width / 2, dx / length * width / 2
            yield "M", (last[0] + across[0], last[1] + across[1])
            yield "L", (x + across[0], y + across[1])
            yield "L", (x - across[0], y - across[1])
            yield "L", (last[0] - across[0], last[1] - across[1])
            yield "Z", ()
        if numbers:
            last = numbers[-2], numbers[-1]
