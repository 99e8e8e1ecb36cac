"""Element formulas of softmax, and of gates that move numbers to other places."""

from __future__ import annotations

import numpy as np

from chainrule.autodiff.jacobian.formulas.subject import ElementFormula, Subject
from chainrule.autodiff.jacobian.formulas.sums import LETTERS, fresh_letters
from chainrule.autodiff.jacobian.formulas.text import (
    Formula,
    Places,
    because,
    derivative_sign,
    equation,
    product,
    summed,
    where,
    words,
)
from chainrule.autodiff.jacobian.matrices import Selection
from chainrule.autodiff.planning.flat import Numbers
from chainrule.gates.foundations.axes import resolve_axes
from chainrule.gates.library.activation import LogSoftmax, Softmax


def formula_of_softmax(subject: Subject, gate: Softmax | LogSoftmax) -> ElementFormula | None:
    """Return the formulas in letters, of softmax or of its logarithm."""
    shape = subject.step.output.shape
    out, axes = LETTERS[: len(shape)], resolve_axes(gate.name, gate.axis, shape)
    fresh = fresh_letters(out)
    other = [next(fresh, "") for _ in shape]
    if "" in other:
        return None
    inner = [other[axis] if axis in axes else each for axis, each in enumerate(out)]
    letters = [other[axis] for axis in axes]
    sizes = {other[axis]: shape[axis] for axis in axes}
    total = summed(_power(subject.into(0, inner)), letters, sizes, subject.origin)
    conditions = [(other[axis], each) for axis, each in enumerate(out) if axis not in axes]
    own = _same([(out[axis], other[axis]) for axis in axes])
    sign = derivative_sign(subject.out(out), subject.into(0, other))
    if isinstance(gate, Softmax):
        body = Formula(
            rf"\frac{{e^{{{subject.into(0, out).latex}}}}}{{{total.latex}}}",
            f"{_power(subject.into(0, out)).plain}/({total.plain})",
        )
    else:
        body = Formula(
            rf"{subject.into(0, out).latex} - \log {total.latex}",
            f"{subject.into(0, out).plain} − log {total.plain}",
        )
    slope = _softmax_slope(subject, gate, out, inner, own)
    return ElementFormula(
        equation(subject.out(out), body), equation(sign, where(slope, conditions))
    )


def softmax_at(
    subject: Subject, gate: Softmax | LogSoftmax, i: tuple[int, ...], j: tuple[int, ...]
) -> Formula:
    """Write the derivative of element i of the output by element j of the input."""
    axes = resolve_axes(gate.name, gate.axis, subject.step.output.shape)
    if any(
        one != other for axis, (one, other) in enumerate(zip(i, j, strict=True)) if axis not in axes
    ):
        return because(Formula("0", "0"), words("they are in different slices"))
    return _softmax_slope(subject, gate, i, j, Formula("1", "1") if i == j else None)


def _softmax_slope(
    subject: Subject, gate: Softmax | LogSoftmax, i: Places, j: Places, own: Formula | None
) -> Formula:
    """Write f_i (1[i = j] − f_j), or 1[i = j] − e^{f_j} for the logarithm."""
    share = subject.out(j)
    if isinstance(gate, LogSoftmax):
        share = _power(share)
    if own is None:
        rest = Formula(f"-{share.latex}", f"−{share.plain}")
        if isinstance(gate, LogSoftmax):
            return rest
        return Formula(
            rf"-{subject.out(i).latex} \, {share.latex}", f"−{subject.out(i).plain} {share.plain}"
        )
    rest = Formula(f"{own.latex} - {share.latex}", f"{own.plain} − {share.plain}")
    if isinstance(gate, LogSoftmax):
        return rest
    return product([subject.out(i), Formula(f"({rest.latex})", f"({rest.plain})")])


def _power(exponent: Formula) -> Formula:
    return Formula(f"e^{{{exponent.latex}}}", f"exp({exponent.plain})")


def _same(pairs: list[tuple[str, str]]) -> Formula:
    latex = ", ".join(f"{one} = {other}" for one, other in pairs)
    return Formula(rf"\mathbf{{1}}[{latex}]", f"1[{latex}]")


def formula_of_movement(subject: Subject, picks: Numbers) -> ElementFormula | None:
    """Return the formulas of a gate that moves numbers: π says where each comes from.

    None where no number comes from this input, as from positions, or only some do from a single
    number.
    """
    out, shape = subject.step.output.shape, subject.shapes[subject.port]
    came = picks >= 0
    if len(out) + len(shape) > len(LETTERS) or not (came.any() if shape else came.all()):
        return None
    i, j = LETTERS[: len(out)], LETTERS[len(out) : len(out) + len(shape)]
    sign = derivative_sign(subject.out(i), subject.into(subject.port, j))
    source = subject.into(subject.port, ())
    if not shape:
        one = Formula("1", "1")
        return ElementFormula(equation(subject.out(i), source), equation(sign, one))
    places = ", ".join(i)
    body = Formula(rf"{source.latex}_{{\pi({places})}}", f"{source.plain}[π({places})]")
    place = ", ".join(j) if len(j) == 1 else f"({', '.join(j)})"
    same = Formula(
        rf"1 \text{{ if }} {place} = \pi({places}) \text{{, else }} 0",
        f"1 if {place} = π({places}), else 0",
    )
    return ElementFormula(equation(subject.out(i), body), equation(sign, same))


def movement_at(subject: Subject, i: tuple[int, ...], pick: int, column: int) -> Formula:
    """Write 1 or 0, and what the element of the output is; `pick` is -1 where it is no element."""
    shape = subject.shapes[subject.port]
    if pick < 0:
        elsewhere = words(f"{subject.out(i).plain} is no element of it")
        return because(Formula("0", "0"), elsewhere)
    came = equation(subject.out(i), subject.into(subject.port, subject.counted(pick, shape)))
    value = "1" if pick == column else "0"
    return because(Formula(value, value), came)


def is_pure_movement(matrix: object) -> bool:
    """Say whether a Jacobian moves numbers and leaves them as they are."""
    return isinstance(matrix, Selection) and bool(np.all(matrix.weights[matrix.picks >= 0] == 1.0))
