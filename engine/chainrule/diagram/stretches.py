"""The marks at ports where a tensor is broadcast: what it becomes, and the sum on the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

import numpy as np

from chainrule.arrays import Floats, Shape
from chainrule.diagram.bodies import Indices
from chainrule.diagram.broadcasting import Broadcasting, broadcasting_of
from chainrule.diagram.text import text_width
from chainrule.gates.gate import Elementwise
from chainrule.gates.kind import Kind
from chainrule.graph.rows import Rows

MARK_SIZE = 9.0
MARK_GAP = 5.0
_MATMUL = "matmul"


@final
@dataclass(frozen=True, slots=True)
class Stretch:
    """The mark of one wire: its right end is `away` from the port, beyond the wire's own gradient.

    Where a gate has two ports, what the tensor becomes stands above the wire and the sum below;
    between the ports of others is no room for that, so both are on one line (`in_line`).
    """

    broadcasting: Broadcasting
    away: float
    in_line: bool

    @property
    def width(self) -> float:
        """How much of the wire the mark takes."""
        value = text_width(self.broadcasting.stretched, MARK_SIZE)
        gradient = text_width(self.broadcasting.summed, MARK_SIZE)
        return value + MARK_GAP + gradient if self.in_line else max(value, gradient)


def stretches_of(
    rows: Rows,
    live: Indices,
    ends: Indices,
    codes: Indices,
    shapes: list[Shape | None],
    taken: Floats,
) -> Mapping[int, Stretch]:
    """Return the marks of all wires, by their row, that lead from `ends[:, 0]` to `ends[:, 1]`.

    `codes` are the shapes of the nodes as indices into `shapes`; `taken` is how much of a wire
    before its target its own gradient takes.
    """
    stretching = np.array([_stretches(kind) for kind in rows.kinds], np.bool_)
    differ = np.flatnonzero(codes[ends[:, 0]] != codes[ends[:, 1]])
    candidates = differ[stretching[rows.codes[live[ends[differ, 1]]]]]
    found: dict[int, Stretch] = {}
    for row in candidates.tolist():
        source, target = ends[row].tolist()
        before, after = shapes[codes[source]], shapes[codes[target]]
        kind = rows.kinds[int(rows.codes[live[target]])]
        if before is None or after is None or int(live[target]) in rows.muted:
            continue
        stretch = _stretched(kind, before, after)
        if stretch is not None:
            in_line = int(rows.ports[live[target]]) > 2
            found[row] = Stretch(stretch, float(taken[row]), in_line)
    return found


def _stretches(kind: Kind) -> bool:
    """Say whether a gate broadcasts its inputs."""
    return isinstance(kind, Elementwise) or kind.name == _MATMUL


def _stretched(kind: Kind, before: Shape, after: Shape) -> Broadcasting | None:
    """Return how a gate copies an input; matmul copies matrices along the axes of the batch."""
    if kind.name != _MATMUL:
        return broadcasting_of(before, after)
    # A vector has no batch, and after the product with one the last axis is gone.
    if len(before) < 2 or len(after) < max(3, len(before)):
        return None
    return broadcasting_of(before, (*after[:-2], *before[-2:]))
