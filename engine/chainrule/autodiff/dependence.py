"""Which numbers one number depends on: a backward pass that starts at it alone.

A number depends on another where its derivative by it is not 0 at this very point. So an input of
relu below 0 is not depended on here, though it may be elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np
import numpy.typing as npt

from chainrule.arrays import Array
from chainrule.autodiff.passes import Passes
from chainrule.graph.edits import SetHeader
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header, NodeId
from chainrule.graph.queries import upstream_of
from chainrule.graph.selection import subgraph

Marks = npt.NDArray[np.bool_]


@final
@dataclass(frozen=True, slots=True, eq=False)
class Dependence:
    """The numbers of one node on which a chosen number depends.

    `marks` and `value` have the shape of the node's value; `feeds` says whether the node is wired
    to the one chosen from, rather than a leaf further upstream.
    """

    node: NodeId
    value: Array
    marks: Marks
    feeds: bool

    @property
    def count(self) -> int:
        """How many numbers are depended on."""
        return int(np.count_nonzero(self.marks))


def part_before(graph: GateGraph, node_id: NodeId) -> GateGraph:
    """Return a graph of its own of all that a node depends on, with the node as output."""
    part = subgraph(graph, upstream_of(graph, [node_id]))
    SetHeader(Header(output=node_id)).apply(part)
    return part


def dependences(part: GateGraph, node_id: NodeId, index: Sequence[int]) -> list[Dependence]:
    """Return what the number at `index` of a node depends on: its inputs first, then leaves.

    `part` is what `part_before` has returned; it may be used in any thread. What can't be computed
    is left out.
    """
    passes = Passes(part)
    value = passes.value(node_id)
    if value is None:
        return []
    seed = np.zeros(value.shape)
    seed[tuple(index)] = 1.0
    SetHeader(Header(output=node_id, seed=seed[()])).apply(part)
    passes.run()
    feeding = dict.fromkeys(each for each in part.inputs(node_id) if each is not None)
    leaves = (node.id for node in part if node.is_leaf and node.id != node_id)
    listed = dict.fromkeys((*feeding, *leaves))
    found = (_dependence(passes, each, each in feeding) for each in listed)
    return [each for each in found if each is not None]


def _dependence(passes: Passes, node_id: NodeId, feeds: bool) -> Dependence | None:
    value, gradient = passes.value(node_id), passes.gradient(node_id)
    if value is None or gradient is None:
        return None
    # nan is no 0: what can't be told may depend.
    return Dependence(node_id, np.array(value)[()], np.asarray(gradient != 0), feeds)
