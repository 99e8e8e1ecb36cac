"""One element of a gate's output as a formula, and its derivative by one element of an input."""

from __future__ import annotations

from chainrule.autodiff.jacobian.formulas.of_elementwise import (
    elementwise_at,
    formula_of_elementwise,
)
from chainrule.autodiff.jacobian.formulas.of_others import (
    formula_of_movement,
    formula_of_softmax,
    is_pure_movement,
    movement_at,
    softmax_at,
)
from chainrule.autodiff.jacobian.formulas.of_sums import formula_of_sums, sums_at
from chainrule.autodiff.jacobian.formulas.subject import ElementFormula, Subject
from chainrule.autodiff.jacobian.formulas.sums import sum_formula
from chainrule.autodiff.jacobian.formulas.text import Formula, derivative_sign, equation
from chainrule.autodiff.jacobian.matrices import Matrix, Selection
from chainrule.gates.gate import Elementwise
from chainrule.gates.library.activation import LogSoftmax, Softmax


def generic(subject: Subject, matrix: Matrix | None) -> ElementFormula | None:
    """Return the formulas in letters; None for a gate that has none.

    `matrix` is the Jacobian where it is known.
    """
    gate = subject.gate
    if isinstance(gate, Elementwise):
        return formula_of_elementwise(subject)
    if isinstance(gate, Softmax | LogSoftmax):
        return formula_of_softmax(subject, gate)
    sums = sum_formula(gate, subject.shapes)
    if sums is not None:
        return formula_of_sums(subject, sums)
    if isinstance(matrix, Selection) and is_pure_movement(matrix):
        return formula_of_movement(subject, matrix.picks)
    return None


def at_indices(subject: Subject, matrix: Matrix | None, row: int, column: int) -> Formula:
    """Return ∂y₃/∂x₇ = W₃₇: the derivative at one row and column, before the number itself.

    For a gate without a formula it is ∂y₃/∂x₇ alone.
    """
    i = subject.counted(row, subject.step.output.shape)
    j = subject.counted(column, subject.step.inputs[subject.port].shape)
    sign = derivative_sign(subject.out(i), subject.into(subject.port, j))
    gate = subject.gate
    if isinstance(gate, Elementwise):
        return equation(sign, elementwise_at(subject, i, j))
    if isinstance(gate, Softmax | LogSoftmax):
        return equation(sign, softmax_at(subject, gate, i, j))
    sums = sum_formula(gate, subject.shapes)
    if sums is not None:
        return equation(sign, sums_at(subject, sums, i, j))
    if isinstance(matrix, Selection) and is_pure_movement(matrix):
        return equation(sign, movement_at(subject, i, int(matrix.picks[row]), column))
    return sign
