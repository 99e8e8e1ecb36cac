"""Lines of text in which values and gradients have their colours."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from html import escape
from typing import NamedTuple, TypeAlias

from chainrule.arrays import Array
from chainrule.diagram.numbers import UNKNOWN, format_value
from chainrule_desktop.theme import Palette


class Shade(Enum):
    """What a piece of a line is, which decides its colour."""

    TEXT = "text"
    MUTED = "muted"
    VALUE = "value"
    GRADIENT = "gradient"


class Run(NamedTuple):
    """A piece of a line in one colour."""

    text: str
    shade: Shade = Shade.TEXT


Line: TypeAlias = tuple[Run, ...]


def number_run(value: Array | None, decimals: int, shade: Shade) -> Run:
    """Return a value or a gradient as it stands on a wire; what is unknown is muted."""
    text = format_value(value, decimals)
    if text == UNKNOWN:
        return Run(text, Shade.MUTED)
    # A vector may be broken at its spaces, a shape may not.
    return Run(text.replace(" × ", "\u00a0×\u00a0"), shade)


def in_brackets(run: Run) -> Run:
    """Return a number as it stands behind a sign: negative ones in brackets."""
    return Run(f"({run.text})", run.shade) if run.text.startswith("−") else run


def plain_line(line: Iterable[Run]) -> str:
    """Return the text of a line without its colours."""
    return "".join(run.text for run in line)


def line_html(line: Iterable[Run], palette: Palette) -> str:
    """Return a line as rich text in the colours of a palette; gradients slant, as on the canvas."""
    return "".join(_run_html(run, palette) for run in line)


def _run_html(run: Run, palette: Palette) -> str:
    text = escape(run.text)
    match run.shade:
        case Shade.VALUE:
            return f'<span style="color:{palette.value}">{text}</span>'
        case Shade.GRADIENT:
            return f'<i style="color:{palette.gradient_on_panel}">{text}</i>'
        case Shade.MUTED:
            return f'<span style="color:{palette.muted_text}">{text}</span>'
        case Shade.TEXT:
            return text
