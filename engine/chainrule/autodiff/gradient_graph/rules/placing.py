"""Numbers that are picked, repeated, dropped, or put on a diagonal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from chainrule.autodiff.gradient_graph.terms import Rule, Term, count_of, rule, with_settings
from chainrule.gates.foundations.axes import resolve_axis


def _scattered(up: Term, positions: Term, count: int) -> Term:
    """Return `count` rows: the sums of those rows of `up` that stand at each position."""
    flags = positions.reshaped((count_of(positions.shape),)).gate("one_hot", classes=count)
    rows = up.reshaped((count_of(positions.shape), count_of(up.shape[len(positions.shape) :])))
    return flags.transposed().gate("matmul", rows)


def _embedding(up: Term, out: Term, positions: Term, weight: Term) -> tuple[Term | None, ...]:
    return None, _scattered(up, positions, weight.shape[0]).reshaped(weight.shape)


def _take(gate: Any, up: Term, out: Term, x: Term, positions: Term) -> tuple[Term | None, ...]:
    axis = resolve_axis(gate.name, gate.axis, x.shape)
    inner = len(positions.shape)
    picked = [*range(axis, axis + inner)]
    rest = [each for each in range(len(up.shape)) if each not in picked]
    first = _reordered(up, [*picked, *rest])
    rows = _scattered(first, positions, x.shape[axis])
    others = [each for each in range(len(x.shape)) if each != axis]
    wide = rows.reshaped((x.shape[axis], *(x.shape[each] for each in others)))
    return _reordered(wide, np.argsort([axis, *others]).tolist()), None


def _reordered(term: Term, axes: Sequence[int]) -> Term:
    return term if [*axes] == [*range(len(axes))] else term.gate("transpose", axes=[*axes])


def _tile(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    count = len(out.shape)
    sizes = (*[1] * (count - len(x.shape)), *x.shape)
    wide = [
        each for out_, size in zip(out.shape, sizes, strict=True) for each in _parts(out_, size)
    ]
    return (up.reshaped((*wide,)).summed([*range(0, 2 * count, 2)]).reshaped(x.shape),)


def _parts(whole: int, part: int) -> tuple[int, int]:
    """Return how often a size stands in a larger one, and that size."""
    return (whole // part if part else 0, part)


def _dropped(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    return (up * x.draft.constant(gate.forward(np.ones(x.shape)[()])),)


def _diagonal(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    square = up.gate("diag_embed", offset=gate.offset)
    for axis in (len(x.shape) - 2, len(x.shape) - 1):
        missing = x.shape[axis] - square.shape[axis]
        if missing > 0:
            behind = len(x.shape) - 1 - axis
            square = square.gate("pad", widths=[*(0, 0) * behind, 0, missing])
        elif missing < 0:
            square = square.gate("slice", axis=axis, start=0, stop=x.shape[axis])
    return (square,)


RULES: Final[Mapping[str, Rule]] = {
    "embedding": rule(_embedding),
    "take": _take,
    "tile": _tile,
    "dropout": _dropped,
    "dropout2d": _dropped,
    "diagonal": _diagonal,
    "diag_embed": with_settings(lambda gate, up, out, x: up.gate("diagonal", offset=gate.offset)),
}
