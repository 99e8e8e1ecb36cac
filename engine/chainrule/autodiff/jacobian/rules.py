"""The Jacobian of one gate by one of its ports, where the gate's kind says what it is like."""

from __future__ import annotations

from typing import Any, cast

import numpy as np

from chainrule.arrays import Array, Floats
from chainrule.autodiff.execution.stages.steps import run_backward
from chainrule.autodiff.forward_mode import push_forward
from chainrule.autodiff.jacobian.finding import find_selection
from chainrule.autodiff.jacobian.matrices import Gathering, Matrix, Selection, SharedOut
from chainrule.autodiff.jacobian.path import Step
from chainrule.autodiff.jacobian.products import product_of
from chainrule.gates.foundations.reducing import Reduction
from chainrule.gates.gate import Elementwise, Pattern
from chainrule.gates.library.activation import LogSoftmax, Softmax


def matrix_of(step: Step, port: int) -> Matrix | None:
    """Return the Jacobian of a gate's output by the input at `port`; None where no rule says it."""
    gate = step.gate
    if isinstance(gate, Elementwise):
        return _of_elementwise(step, port)
    if isinstance(gate, Reduction):
        return _of_reduction(gate, step)
    if isinstance(gate, Softmax | LogSoftmax):
        return _of_softmax(gate, step)
    if gate.pattern is Pattern.RESHAPER:
        moved = _of_movement(step, port)
        if moved is not None:
            return moved
    return product_of(gate, step.inputs, step.output, port)


def _of_elementwise(step: Step, port: int) -> Matrix:
    source, shape = step.inputs[port], step.output.shape
    slopes = step.gate.backward(_ones(step.output), step.output, *step.inputs)[port]
    numbers: Any = np.arange(source.size).reshape(source.shape)
    picks: Any = np.broadcast_to(numbers, shape)
    return Selection(picks.ravel(), np.broadcast_to(slopes, shape).ravel(), source.size)


def _of_reduction(gate: Reduction, step: Step) -> Matrix:
    (source,) = step.inputs
    (shares,) = run_backward(gate, _ones(step.output), step.output, step.inputs)
    numbers: Any = np.arange(step.output.size, dtype=np.float64).reshape(step.output.shape)
    owners: Any = np.broadcast_to(gate.restored(numbers, source), source.shape)
    return Gathering(owners.ravel().astype(np.int64), np.ravel(shares), step.output.size)


def _of_softmax(gate: Softmax | LogSoftmax, step: Step) -> Matrix:
    (source,), output = step.inputs, step.output
    numbers: Any = np.arange(source.size, dtype=np.float64).reshape(source.shape)
    # The smallest number of a slice names it.
    firsts = np.min(numbers, axis=gate.axis, keepdims=True) if source.size else numbers
    named: Any = np.broadcast_to(firsts, source.shape).ravel()
    groups = np.unique(named, return_inverse=True)[1]
    flat: Any = np.ravel(output)
    if isinstance(gate, Softmax):
        return SharedOut(flat, groups, -flat, flat)
    ones: Floats = np.ones(output.size)
    return SharedOut(ones, groups, -ones, np.exp(flat))


def _of_movement(step: Step, port: int) -> Matrix | None:
    """Find where each number of the output comes from by moving the numbers of the places."""

    def push(tangent: Array) -> Array:
        tangents: list[Array | None] = [None] * len(step.inputs)
        tangents[port] = tangent
        return push_forward(step.gate, step.inputs, step.output, tangents)

    return find_selection(push, step.inputs[port].shape)


def _ones(like: Array) -> Array:
    return cast(Array, np.ones(like.shape)[()])
