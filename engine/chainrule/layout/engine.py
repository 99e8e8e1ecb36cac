"""The layout library behind two functions: the only module that knows graphlay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, final

import graphlay
import numpy as np
from numpy.typing import NDArray

from chainrule.layout.problem import Extent, Spacing


@final
@dataclass(frozen=True, slots=True)
class Ranked:
    """Column and height of every node as the library chose them."""

    column: list[int]
    height: NDArray[np.float64]


def ordered_columns(column: Sequence[int], readers: Sequence[Sequence[int]]) -> list[int]:
    """Return each item's place within its given column, chosen for few crossings."""
    nodes = [_node(20.0, 20.0) | {"rank": {"fixed": each}} for each in column]
    return [int(node["order"]) for node in _lay_out(nodes, readers, Spacing())]


def ranked_heights(
    extents: Sequence[Extent], readers: Sequence[Sequence[int]], spacing: Spacing
) -> Ranked:
    """Return columns and heights for a large graph: short wires, few crossings, straight chains.

    A node that reaches further up than down is taken as its symmetric hull.
    """
    nodes = [_node(40.0, 2 * max(each.up, each.down)) for each in extents]
    placed = _lay_out(nodes, readers, spacing)
    heights = np.array([node["center"]["y"] for node in placed], dtype=np.float64)
    return Ranked([int(node["rank"]) for node in placed], heights)


def _node(width: float, height: float) -> dict[str, Any]:
    return {"size": {"width": width, "height": max(height, 1.0)}, "shape": "box"}


def _lay_out(
    nodes: list[dict[str, Any]], readers: Sequence[Sequence[int]], spacing: Spacing
) -> list[dict[str, Any]]:
    edges = [
        {"source": source, "target": target}
        for source, each in enumerate(readers)
        for target in each
    ]
    options = {
        "spacing": {"node_gap": spacing.row_gap, "dummy_gap": spacing.wire_gap},
    }
    # Routes are not used; the library's default style of routing is much the fastest.
    layout = graphlay.layout({"nodes": nodes, "edges": edges}, options=options)
    return layout.nodes
