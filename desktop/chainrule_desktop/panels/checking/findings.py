"""What a gradient check found, in words and numbers that stand in columns."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

from chainrule.autodiff.gradient_check import Band, Check, Verdict, gravity
from chainrule.graph.node import Wire
from chainrule_desktop.messages import count
from chainrule_desktop.panels.explanation import Explainer

NOTHING: Final = "–"
_SUPERSCRIPTS: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
SIGNS: Final = {Band.HAPPY: "●", Band.FINE: "◐", Band.UNEASY: "▲", Band.WRONG: "✕"}
"""A sign for each band, for those who don't see its colour."""

READING: Final = (
    "How courses read the relative error: "
    + "; ".join(f"{SIGNS[each]} {each.bounds} {each.value}" for each in Band)
    + ". The verdict does not go by it: it compares with a floor for gradients that vanish, tries "
    "shorter steps, and tells kinks."
)


@final
@dataclass(frozen=True, slots=True)
class Finding:
    """One check with the name of its number, as the canvas has it, and its place in the order."""

    check: Check
    name: str
    place: int

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands in the columns."""
        check, band = self.check, self.check.band
        reading = NOTHING if band is None else f"{SIGNS[band]} {band.value}"
        return (
            self.name,
            fixed(check.analytic),
            fixed(check.numerical),
            scientific(check.error),
            reading,
            check.verdict.value,
        )

    def key(self, column: int) -> tuple[float, float]:
        """Return what sorts by a column; what has no number comes first."""
        check = self.check
        if column == 0:
            return 0.0, float(self.place)
        if column in (1, 2, 3, 4):
            numbers = check.analytic, check.numerical, check.error, check.error
            number = numbers[column - 1]
            return (0.0, 0.0) if number is None or math.isnan(number) else (1.0, number)
        grave, error = gravity(check)
        return float(grave), error


def findings_of(checks: Sequence[Check], explainer: Explainer) -> list[Finding]:
    """Return all checks with their names."""
    return [Finding(check, name_of(check, explainer), place) for place, check in enumerate(checks)]


def name_of(check: Check, explainer: Explainer) -> str:
    """Return what people call a number: w₀, W[1][2], or w₀ → a (input 1) for one on a wire."""
    index = "".join(f"[{each}]" for each in check.index)
    name = f"{explainer.name(check.node)}{index}"
    if check.wire is None:
        return name
    target = explainer.name(check.wire.target)
    ports = explainer.graph.node(check.wire.target).ports
    return f"{name} → {target}" + (f" (input {check.wire.port + 1})" if ports > 1 else "")


def fixed(number: float | None) -> str:
    """Write a number with eight digits behind the point, a very large or small one by its power."""
    if number is None:
        return NOTHING
    if number and math.isfinite(number) and not 1e-4 <= abs(number) < 1e7:
        return scientific(number, 6)
    return f"{number + 0.0:.8f}".replace("-", "−")


def scientific(number: float | None, digits: int = 1) -> str:
    """Write a number by its power of ten: 1.2·10⁻⁷."""
    if number is None:
        return NOTHING
    if number == 0.0 or not math.isfinite(number):
        return f"{number:g}".replace("-", "−")
    mantissa, power = f"{number:.{digits}e}".split("e")
    if int(power) == 0:
        return f"{number:.{digits}f}".replace("-", "−")
    return f"{mantissa}·10{str(int(power)).translate(_SUPERSCRIPTS)}".replace("-", "−")


def summary(checks: Sequence[Check]) -> str:
    """Return what came out in one sentence: how many numbers, and what is not as it should be."""
    if not checks:
        return "There are no inputs or parameters to check."
    found = Counter(check.verdict for check in checks)
    if found[Verdict.AGREES] == len(checks):
        return f"All gradients agree: {count(len(checks), 'number')} checked."
    parts = [f"{found[each]:,} {each.value}" for each in Verdict if found[each]]
    return f"{count(len(checks), 'number')} checked: {', '.join(parts)}."


def explained(check: Check, name: str) -> str:
    """Say in a sentence or two what a verdict means for its number."""
    match check.verdict:
        case Verdict.AGREES:
            says = "the analytic gradient is the numerical one, apart from rounding."
        case Verdict.DIFFERS:
            says = (
                "the gate's backward is not the derivative of its forward; look at the first wire, "
                "counted from the output, that differs."
            )
        case Verdict.KINK:
            says = (
                f"{check.says}. A kink has no single slope: differences to both sides mix the two "
                "slopes, while backpropagation takes one of them. It is no error."
            )
        case _:
            says = f"{check.says}." if check.says else f"{check.verdict.value}."
    return f"{name}: {says}"


def worst_on_wires(findings: Sequence[Finding]) -> dict[Wire, Verdict]:
    """Return for each wire that was checked the gravest of its verdicts."""
    worst: dict[Wire, Check] = {}
    for finding in findings:
        wire = finding.check.wire
        if wire is not None and (
            wire not in worst or gravity(finding.check) > gravity(worst[wire])
        ):
            worst[wire] = finding.check
    return {wire: check.verdict for wire, check in worst.items()}
