"""Formulas as LaTeX and as plain text side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, final

# Letters or numbers, one for each axis.
Places: TypeAlias = Sequence[str | int]

_SUBSCRIPTS: Final = str.maketrans("0123456789ijklmnprst", "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₗₘₙₚᵣₛₜ")


@final
@dataclass(frozen=True, slots=True)
class Formula:
    """The same formula twice: `latex` for typesetting, `plain` for one line of text."""

    latex: str
    plain: str


def element(name: str, places: Places) -> Formula:
    """Write one element of an array: `W_{ij}` and `Wᵢⱼ`, with commas where numbers are long."""
    written = [str(each) for each in places]
    if not written:
        return Formula(_named(name), name)
    comma = "," if any(len(each) > 1 for each in written) else ""
    return Formula(
        f"{_named(name)}_{{{comma.join(written)}}}",
        name + comma.join(each.translate(_SUBSCRIPTS) for each in written),
    )


def _named(name: str) -> str:
    if len(name) == 1:
        return name
    return r"\mathrm{" + name.replace("_", r"\_") + "}"


def derivative_sign(of: Formula, by: Formula) -> Formula:
    """Write ∂y/∂x."""
    return Formula(
        rf"\frac{{\partial {of.latex}}}{{\partial {by.latex}}}", f"∂{of.plain}/∂{by.plain}"
    )


def equation(*sides: Formula) -> Formula:
    """Write that all `sides` are equal."""
    return Formula(
        " = ".join(each.latex for each in sides), " = ".join(each.plain for each in sides)
    )


def product(factors: Iterable[Formula]) -> Formula:
    """Write a product; 1 of no factors."""
    listed = list(factors)
    if not listed:
        return Formula("1", "1")
    return Formula(
        r" \, ".join(each.latex for each in listed), " ".join(each.plain for each in listed)
    )


def total(terms: Sequence[Formula]) -> Formula:
    """Write a sum of a few terms."""
    return Formula(
        " + ".join(each.latex for each in terms), " + ".join(each.plain for each in terms)
    )


def summed(body: Formula, letters: Sequence[str], sizes: dict[str, int], origin: int) -> Formula:
    """Write a sum over letters, each running from `origin`."""
    latex = plain = ""
    for each in letters:
        latex += rf"\sum_{{{each}={origin}}}^{{{sizes[each] + origin - 1}}} "
        plain += f"Σ{each.translate(_SUBSCRIPTS)} "
    return Formula(latex + body.latex, plain + body.plain)


def where(body: Formula, conditions: Sequence[tuple[str, str]]) -> Formula:
    """Write that something holds where letters are equal, and that it is 0 elsewhere."""
    if not conditions:
        return body
    latex = r" \text{ and } ".join(f"{one} = {other}" for one, other in conditions)
    plain = " and ".join(f"{one} = {other}" for one, other in conditions)
    return Formula(
        rf"{body.latex} \text{{ if }} {latex} \text{{, else }} 0",
        f"{body.plain} if {plain}, else 0",
    )


def because(body: Formula, reason: Formula) -> Formula:
    """Write something with its reason."""
    return Formula(
        rf"{body.latex} \text{{, since }} {reason.latex}", f"{body.plain}, since {reason.plain}"
    )


def words(text: str) -> Formula:
    """Write words among formulas."""
    return Formula(rf"\text{{{text}}}", text)


def with_number(formula: Formula, value: float) -> Formula:
    """Write what a formula comes to, where it isn't a plain number already."""
    shown = number(value)
    return formula if re.search(r"= \d+(,|$)", formula.plain) else equation(formula, shown)


def number(value: float) -> Formula:
    """Write a number with four digits."""
    # There is nothing to be learnt from the sign of a zero.
    text = f"{value + 0.0:.4g}"
    if "e" in text:
        digits, power = text.split("e")
        raised = str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
        return Formula(
            rf"{digits} \cdot 10^{{{int(power)}}}", f"{digits} · 10{raised}".replace("-", "−")
        )
    return Formula(text, text.replace("-", "−"))


def substituted(latex: str, names: dict[str, str]) -> str:
    """Put other LaTeX for whole names in a gate's formula; an upright name loses its command."""
    for name in names:
        shown = re.escape(name.replace("_", r"\_"))
        upright = re.escape(rf"\mathrm{{{name}}}")
        pattern = rf"{upright}|(?<![a-zA-Z\\])(?:{re.escape(name)}|{shown})(?![a-zA-Z])"
        latex = re.sub(pattern, _mark(name), latex)
    for name, other in names.items():
        latex = latex.replace(_mark(name), other)
    return latex


def _mark(name: str) -> str:
    """Return what stands for a name until all are replaced, so that no name is replaced twice."""
    return "\x00" + "\x01".join(str(ord(each)) for each in name) + "\x00"
