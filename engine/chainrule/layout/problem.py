"""What a layout is asked: the reach of every node, the wires between them, and the spacing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import final

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.float64]
"""One row (x, y) for each node: where its anchor, the circle's centre, stands; y points down."""

GRID = 0.5
"""Positions are multiples of this, so that files that keep them diff well."""


@final
@dataclass(frozen=True, slots=True)
class Extent:
    """How far a node reaches from its anchor in each direction, labels and output stub included."""

    left: float
    right: float
    up: float
    down: float

    @classmethod
    def box(cls, width: float, height: float) -> Extent:
        """Return the extent of a box whose anchor is its centre."""
        return cls(width / 2, width / 2, height / 2, height / 2)


@final
@dataclass(frozen=True, slots=True)
class WireEnds:
    """A wire from the output of node `source` to input `port` of node `target`, both by index."""

    source: int
    target: int
    port: int = 0


@final
@dataclass(frozen=True, slots=True)
class Spacing:
    """The room between nodes, in canvas units.

    `column_gap` is for columns between which wires bend, `straight_gap` for those between which
    all run straight; `row_gap` separates the nodes of a column, `wire_gap` a node from a wire that
    passes by; `component_gap` separates the parts of a graph that no wire joins.
    """

    column_gap: float = 50.0
    straight_gap: float = 16.0
    row_gap: float = 34.0
    wire_gap: float = 24.0
    component_gap: float = 74.0


@final
@dataclass(frozen=True, slots=True)
class LayeredProblem:
    """A directed acyclic graph to be placed: `extents[i]` belongs to node i.

    `places` are where the nodes stand now, to which a layout should keep; none for a layout that
    looks at the graph alone. Raises ValueError for a wire whose end is no node, or for places that
    are not as many as nodes; the caller's indices are then wrong.
    """

    extents: Sequence[Extent]
    wires: Sequence[WireEnds]
    spacing: Spacing = field(default_factory=Spacing)
    places: Sequence[tuple[float, float]] | None = None

    def __post_init__(self) -> None:
        nodes = range(len(self.extents))
        if self.places is not None and len(self.places) != len(nodes):
            raise ValueError(f"{len(self.places)} places for {len(nodes)} nodes")
        for wire in self.wires:
            if wire.source not in nodes or wire.target not in nodes:
                raise ValueError(f"{wire}: its ends must be below {len(self.extents)}")


def on_grid(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round to the grid; the small shift keeps ties from hanging on the last bits of a float."""
    return np.floor(values / GRID + 0.5 + 1e-4) * GRID + 0.0
