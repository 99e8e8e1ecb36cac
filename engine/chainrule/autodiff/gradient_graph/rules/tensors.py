"""Sums and changes of shape, and products of matrices, as their backward passes compute them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any, Final

import numpy as np

from chainrule.arrays import Array, Shape
from chainrule.autodiff.gradient_graph.terms import (
    Rule,
    Term,
    count_of,
    nothing,
    one,
    pair,
    rule,
    with_settings,
)
from chainrule.errors import RunError
from chainrule.gates.foundations.axes import resolve_axes, resolve_axis


def _restored(gate: Any, reduced: Term, shape: Shape) -> Term:
    """Return what was reduced with its axes back, of size 1."""
    gone = resolve_axes(gate.name, gate.axis, shape)
    kept = tuple(1 if axis in gone else size for axis, size in enumerate(shape))
    return reduced.reshaped(kept)


def _sum(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    return (_restored(gate, up, x.shape).broadcast(x.shape),)


def _mean(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    share = up * (count_of(out.shape) / count_of(x.shape) if x.shape else 1.0)
    return (_restored(gate, share, x.shape).broadcast(x.shape),)


def _logsumexp(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    shares = x.gate("softmax", axis=gate.axis)
    return (_restored(gate, up, x.shape) * shares,)


def _var(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    count = count_of(x.shape) / count_of(out.shape)
    centred = x - x.gate("mean", axis=gate.axis, keepdims=True)
    scaled = _restored(gate, up, x.shape) * (2.0 / (count - gate.correction))
    return (scaled * centred,)


def _std(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    count = count_of(x.shape) / count_of(out.shape)
    centred = x - x.gate("mean", axis=gate.axis, keepdims=True)
    share = _restored(gate, up / (out * (count - gate.correction)), x.shape)
    return (share * centred,)


def _extreme(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    """Give all of it to the first number that is the largest, row by row."""
    line = x
    axis: int | tuple[int, ...] | None = gate.axis
    if axis is None or isinstance(axis, tuple):
        axes = resolve_axes(gate.name, axis, x.shape)
        if len(axes) != len(x.shape):
            raise RunError(
                f"its gate {gate.name} over several axes of more has no gradient graph; use one "
                "axis at a time"
            )
        line, axis = x.reshaped((count_of(x.shape),)), 0
    kept = line.gate(gate.name, axis=axis, keepdims=True)
    equal = line.gate("equal", kept)
    # Among equal ones it is the first: counted from the front, its number is 1.
    first = equal * equal.gate("cumsum", axis=axis).gate("equal", x.draft.constant(1.0))
    share = up.reshaped(kept.shape).broadcast(line.shape)
    return (share.chosen_by(first).reshaped(x.shape),)


def _cumsum(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    turned = up.gate("flip", axis=gate.axis).gate("cumsum", axis=gate.axis)
    return (turned.gate("flip", axis=gate.axis),)


def _transpose(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    if gate.axes is None:
        return (up.gate("transpose"),)
    back = np.argsort([axis % len(gate.axes) for axis in gate.axes]).tolist()
    return (up.gate("transpose", axes=back),)


def _piece(up: Term, axis: int, start: int, stop: int) -> Term:
    return up.gate("slice", axis=axis, start=start, stop=stop)


def _concat(gate: Any, up: Term, out: Term, *x: Term) -> tuple[Term, ...]:
    axis = resolve_axis(gate.name, gate.axis, out.shape)
    ends = [*accumulate(each.shape[axis] for each in x)]
    starts = (0, *ends[:-1])
    return tuple(_piece(up, axis, *each) for each in zip(starts, ends, strict=True))


def _stack(gate: Any, up: Term, out: Term, *x: Term) -> tuple[Term, ...]:
    axis = resolve_axis(gate.name, gate.axis, out.shape)
    return tuple(up.gate("select", axis=axis, index=port) for port in range(len(x)))


def _padded(up: Term, axis: int, before: int, behind: int) -> Term:
    """Return it with zeros before and behind along an axis."""
    skipped = len(up.shape) - 1 - axis
    return up.gate("pad", widths=[*(0, 0) * skipped, before, behind])


def _slice(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    axis = resolve_axis(gate.name, gate.axis, x.shape)
    size = x.shape[axis]
    start, stop, step = slice(gate.start, gate.stop, gate.step).indices(size)
    if step != 1:
        raise RunError(
            f"its gate slice with the step {step} has no gradient graph; take every place"
        )
    stop = max(start, stop)
    return (_padded(up, axis, start, size - stop),)


def _split(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    axis = resolve_axis(gate.name, gate.axis, x.shape)
    size, piece = x.shape[axis], out.shape[axis]
    sizes = (
        (piece,) * (size // piece) if isinstance(gate.sections, int) and piece else gate.sections
    )
    if isinstance(sizes, int):
        sizes = (0,) * sizes
    start = sum(sizes[: gate.index % len(sizes)])
    return (_padded(up, axis, start, size - start - piece),)


def _select(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    axis = resolve_axis(gate.name, gate.axis, x.shape)
    index, size = gate.index % x.shape[axis], x.shape[axis]
    return (_padded(up.gate("unsqueeze", axis=axis), axis, index, size - index - 1),)


def _pad(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    if gate.mode != "constant" and gate.widths:
        raise RunError(
            f"its gate pad with the mode {gate.mode} has no gradient graph; pad with a constant"
        )
    for number in range(len(gate.widths) // 2):
        before, behind = gate.widths[2 * number : 2 * number + 2]
        axis = len(x.shape) - 1 - number
        if before or behind:
            up = _piece(up, axis, before, before + x.shape[axis])
    return (up,)


def _flip(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    return (up.gate("flip", axis=gate.axis),)


def _roll(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    return (up.gate("roll", shift=-gate.shift, axis=gate.axis),)


def _repeat(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    axis = resolve_axis(gate.name, gate.axis, x.shape)
    wide = (*x.shape[: axis + 1], gate.repeats, *x.shape[axis + 1 :])
    return (up.reshaped(wide).summed([axis + 1]),)


def _matmul(up: Term, out: Term, x: Term, y: Term) -> tuple[Term, ...]:
    row, column = len(x.shape) == 1, len(y.shape) == 1
    left = x.reshaped((1, *x.shape)) if row else x
    right = y.reshaped((*y.shape, 1)) if column else y
    stack = out.shape[: len(out.shape) - (not row) - (not column)]
    wide = up.reshaped((*stack, left.shape[-2], right.shape[-1]))
    for_x = wide.gate("matmul", right.transposed())
    for_y = left.transposed().gate("matmul", wide)
    if row:
        for_x = for_x.reshaped((*for_x.shape[:-2], for_x.shape[-1]))
    if column:
        for_y = for_y.reshaped(for_y.shape[:-1])
    return for_x, for_y


def _vecdot(gate: Any, up: Term, out: Term, x: Term, y: Term) -> tuple[Term, ...]:
    shape = np.broadcast_shapes(x.shape, y.shape)
    axis = resolve_axis(gate.name, gate.axis, shape)
    wide = up.reshaped((*shape[:axis], 1, *shape[axis + 1 :]))
    return wide * y, wide * x


def _outer(up: Term, out: Term, x: Term, y: Term) -> tuple[Term, ...]:
    return up.gate("matmul", y), x.gate("matmul", up)


def _linear(up: Term, out: Term, x: Term, weight: Term, *bias: Term) -> Sequence[Term]:
    rows = up.reshaped((count_of(up.shape[:-1]), up.shape[-1]))
    inputs = x.reshaped((count_of(x.shape[:-1]), x.shape[-1]))
    for_x = rows.gate("matmul", weight).reshaped(x.shape)
    for_weight = rows.transposed().gate("matmul", inputs)
    return (for_x, for_weight, *(rows.summed([0]) for _ in bias))


def _inverse(up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    turned = out.transposed()
    return (-turned.gate("matmul", up).gate("matmul", turned),)


def _as_matrix_factor(up: Term, x: Term) -> Term:
    """Return one number for each matrix so that it multiplies all of its numbers."""
    return up.reshaped((*x.shape[:-2], 1, 1))


def _logdet(up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    return (_as_matrix_factor(up, x) * x.gate("inverse").transposed(),)


def _trace(up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    unit: Array = np.eye(x.shape[-2], x.shape[-1])
    return (_as_matrix_factor(up, x) * up.draft.constant(unit),)


def _back_in_shape(up: Term, out: Term, x: Term) -> Term:
    return up.reshaped(x.shape)


RULES: Final[Mapping[str, Rule]] = {
    "sum": _sum,
    "mean": _mean,
    "logsumexp": _logsumexp,
    "var": _var,
    "std": _std,
    "amax": _extreme,
    "amin": _extreme,
    "cumsum": _cumsum,
    "transpose": _transpose,
    "reshape": one(_back_in_shape),
    "flatten": one(_back_in_shape),
    "squeeze": one(_back_in_shape),
    "unsqueeze": one(_back_in_shape),
    "broadcast_to": one(lambda up, out, x: up),
    "concat": _concat,
    "stack": _stack,
    "split": _split,
    "slice": _slice,
    "select": _select,
    "pad": _pad,
    "flip": _flip,
    "roll": _roll,
    "repeat": _repeat,
    "one_hot": nothing(1),
    "triu": with_settings(lambda gate, up, out, x: up.gate("triu", diagonal=gate.diagonal)),
    "tril": with_settings(lambda gate, up, out, x: up.gate("tril", diagonal=gate.diagonal)),
    "matmul": rule(_matmul),
    "dot": pair(lambda up, out, x, y: (up * y, up * x)),
    "vecdot": _vecdot,
    "outer": rule(_outer),
    "linear": rule(_linear),
    "inverse": rule(_inverse),
    "logdet": rule(_logdet),
    "trace": rule(_trace),
}
