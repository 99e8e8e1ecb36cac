"""Element formulas of elementwise gates, from the LaTeX of their own formulas."""

from __future__ import annotations

from chainrule.arrays import Shape
from chainrule.autodiff.jacobian.formulas.subject import ElementFormula, Subject, nothing
from chainrule.autodiff.jacobian.formulas.sums import LETTERS, fresh_letters
from chainrule.autodiff.jacobian.formulas.text import (
    Formula,
    Places,
    derivative_sign,
    equation,
    substituted,
    where,
)
from chainrule.gates.documentation.plain_math import plain_math


def _aligned(shape: Shape, out: Shape, places: Places, origin: int) -> Places:
    """Return the indices of an input that broadcasts: the output's own, aligned at the right."""
    behind = places[len(out) - len(shape) :]
    pairs = zip(behind, shape, out[len(out) - len(shape) :], strict=True)
    return [origin if size == 1 != whole else each for each, size, whole in pairs]


def _written(subject: Subject, latex: str, places: Places) -> Formula:
    """Write a gate's own LaTeX with elements for the names of its ports, and plainly."""
    gate, out = subject.gate, subject.step.output.shape
    settings = {
        each.name: f"{value:g}"
        for each in gate.parameters()
        if isinstance(value := getattr(gate, each.name), float)
    }
    names = {"f": subject.out(places)}
    for port, shape in enumerate(subject.shapes):
        name = gate.ports[port] if port < len(gate.ports) else f"x{port}"
        names[name] = subject.into(port, _aligned(shape, out, places, subject.origin))
    filled = substituted(latex, settings)
    return Formula(
        substituted(filled, {name: each.latex for name, each in names.items()}),
        plain_math(filled, {name: each.plain for name, each in names.items()}),
    )


def formula_of_elementwise(subject: Subject) -> ElementFormula | None:
    """Return the formulas in letters; None where there are too many axes for letters."""
    out, shape = subject.step.output.shape, subject.shapes[subject.port]
    if len(out) + len(shape) > len(LETTERS) or subject.port >= len(subject.gate.derivatives):
        return None
    letters = LETTERS[: len(out)]
    own = _aligned(shape, out, letters, subject.origin)
    fresh = fresh_letters(letters)
    conditions = [(next(fresh), each) for each in own if isinstance(each, str)]
    renamed = iter([one for one, _ in conditions])
    by = [next(renamed) if isinstance(each, str) else each for each in own]
    slope = _written(subject, subject.gate.derivatives[subject.port], letters)
    sign = derivative_sign(subject.out(letters), subject.into(subject.port, by))
    return ElementFormula(
        equation(subject.out(letters), _written(subject, subject.gate.formula, letters)),
        equation(sign, where(slope, conditions)),
    )


def elementwise_at(subject: Subject, i: tuple[int, ...], j: tuple[int, ...]) -> Formula:
    """Write the derivative of element i of the output by element j of the input."""
    own = _aligned(subject.shapes[subject.port], subject.step.output.shape, i, subject.origin)
    for one, other in zip(j, own, strict=True):
        if one != other:
            return nothing(one, int(other))
    if subject.port >= len(subject.gate.derivatives):
        return derivative_sign(subject.out(i), subject.into(subject.port, j))
    return _written(subject, subject.gate.derivatives[subject.port], i)
