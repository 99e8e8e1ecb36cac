"""The parts of a drawing that do not depend on where nodes stand: outlines, symbols, ports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, final

import numpy as np
import numpy.typing as npt

from chainrule.arrays import Floats, Shape
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.reading import shapes_at
from chainrule.diagram.bodies import LONGEST_NAME, Indices, Outline, bodies_of
from chainrule.diagram.numbers import format_dimensions, is_short_vector
from chainrule.diagram.text import one_line, shorten, text_width, typeset_name
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire
from chainrule.graph.queries import output_of
from chainrule.graph.rows import NOWHERE

Flags: TypeAlias = npt.NDArray[np.bool_]

# A straight piece of wire at each output carries its numbers.
STUB = 55.0
STUB_FOR_DECIMAL = 8.5
LEAD = 52.0
LEAD_FOR_DECIMAL = 7.5
BRANCH_GAP = 6.0
NUMBER_MARGIN = 3.0
NAME_GAP = 8.0
LABEL_GAP = 8.0
NUMBER_SIZE = 13.0
BRANCH_NUMBER_SIZE = 11.0
NAME_SIZE = 14.0
LABEL_SIZE = 11.0
SMALLEST_NUMBER = 9.0
SMALLEST_BRANCH_NUMBER = 6.0
VALUE_ABOVE = 6.0
GRADIENT_BELOW = 17.0
BRANCH_ABOVE = 4.0
BRANCH_BELOW = 12.0


@final
@dataclass(frozen=True, slots=True)
class Display:
    """What a reader wants to see: decimals of numbers, and which kinds of text."""

    decimals: int = 2
    values: bool = True
    gradients: bool = True
    names: bool = False


@final
@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Parts:
    """Everything about n nodes and m wires but their places; rows are in the order of the graph.

    `half` (n, 2): half of the width and height of a node's body; a body that is no circle has
    corners of radius CORNER. `stubs` (n,): the lengths of the straight wires at the outputs.
    `names`: for a leaf what stands left of it, for a gate what stands above, "" for nothing.
    `ends` (m, 2): indices of a wire's source and target. `ports` (m, 2): where it meets its
    target, from the target's centre. `branches` (m,): whether the wire's source has other readers,
    so that its gradient is written on a straight piece of its own before the target. `leads` (m,):
    the lengths of the straight pieces before the targets. `output_name`: what stands at the right
    end of the output's wire, "" for nothing.
    `open_nodes`, `open_numbers` (k,), `open_ports` (k, 2): the ports that are not wired, by their
    node, their number, and their place from its centre.
    """

    ids: tuple[NodeId, ...]
    index: dict[NodeId, int]
    outlines: npt.NDArray[np.int8]
    half: Floats
    stubs: Floats
    symbols: tuple[str, ...]
    symbol_sizes: Floats
    names: tuple[str, ...]
    output: int | None
    output_name: str
    wires: tuple[Wire, ...]
    ends: Indices
    ports: Floats
    branches: Flags
    leads: Floats
    open_nodes: Indices
    open_numbers: Indices
    open_ports: Floats


def build_parts(graph: GateGraph, passes: Passes, display: Display) -> Parts:
    """Return the parts of a drawing of `graph`.

    What depends only on a node's kind, ports or shape is found once for all that share them.
    """
    live = np.flatnonzero(graph.rows.codes != NOWHERE)
    nodes = tuple(graph)
    index = {node.id: row for row, node in enumerate(nodes)}
    bodies = bodies_of(graph.rows, live)
    half = bodies.half[bodies.which]
    slots = _Slots(graph, live)
    ends = slots.ends
    branches = np.bincount(ends[:, 0], minlength=len(nodes))[ends[:, 0]] > 1
    codes, shapes = shapes_at(passes.plan, live)
    stubs = np.array([stub_length(shape, display) for shape in shapes])[codes]
    own_leads = np.array([lead_length(shape, display) for shape in shapes])[codes]
    output = output_of(graph)
    leaves = (bodies.outlines != Outline.GATE)[bodies.which]
    names = tuple(_names(graph, nodes, leaves, output, display))
    places = bodies.port_places(slots.targets, slots.numbers)
    return Parts(
        ids=tuple(index),
        index=index,
        outlines=bodies.outlines[bodies.which],
        half=half,
        stubs=stubs,
        symbols=tuple(map(bodies.symbols.__getitem__, bodies.which.tolist())),
        symbol_sizes=bodies.symbol_sizes[bodies.which],
        names=names,
        output=None if output is None else index[output],
        output_name=_output_name(graph, output),
        wires=tuple(graph.wires()),
        ends=ends,
        ports=places[slots.wired],
        branches=branches,
        leads=_leads(ends, np.where(branches, own_leads[ends[:, 0]], 0.0), names, half),
        open_nodes=slots.targets[~slots.wired],
        open_numbers=slots.numbers[~slots.wired],
        open_ports=places[~slots.wired],
    )


@final
class _Slots:
    """The ports of all nodes, in the order of the nodes, by their indices.

    `targets` and `numbers` say whose port it is, and which; `wired` whether it has a wire; `ends`
    the indices of source and target of each that has.
    """

    def __init__(self, graph: GateGraph, live: Indices) -> None:
        rows = graph.rows
        counts = rows.ports[live].astype(np.intp)
        self.targets: Indices = np.repeat(np.arange(len(live)), counts)
        self.numbers: Indices = np.arange(len(self.targets)) - np.repeat(
            np.cumsum(counts) - counts, counts
        )
        sources = rows.sources[rows.first[live][self.targets] + self.numbers]
        self.wired: Flags = sources != NOWHERE
        indices = np.zeros(rows.count, np.intp)
        indices[live] = np.arange(len(live))
        wired = (indices[sources[self.wired]], self.targets[self.wired])
        self.ends: Indices = np.stack(wired, axis=1)


def stub_length(shape: Shape | None, display: Display) -> float:
    """Return the length of the straight wire at an output whose value has `shape`.

    It depends on the shape alone, so that nothing moves while numbers change.
    """
    usual = STUB + STUB_FOR_DECIMAL * max(0, display.decimals - 2)
    if not shape:
        return usual
    if is_short_vector(shape):
        return max(usual, 16 + shape[0] * (30 + STUB_FOR_DECIMAL * display.decimals))
    return max(usual, text_width(format_dimensions(shape), NUMBER_SIZE) + 4 * NUMBER_MARGIN)


def lead_length(shape: Shape | None, display: Display) -> float:
    """Return the length of the straight wire that carries a branch's own gradient of `shape`."""
    usual = LEAD + LEAD_FOR_DECIMAL * max(0, display.decimals - 2)
    if not shape:
        return usual
    if is_short_vector(shape):
        return max(usual, 20 + shape[0] * (26 + LEAD_FOR_DECIMAL * display.decimals))
    width = text_width(format_dimensions(shape), BRANCH_NUMBER_SIZE)
    return max(usual, width + BRANCH_GAP + 2 * NUMBER_MARGIN)


def _leads(ends: Indices, own: Floats, names: Sequence[str], half: Floats) -> Floats:
    """Return the length of the straight piece before the target of each wire.

    All wires into a gate have the longest that one of them needs, so that none crosses the number
    of another; a name above the gate that is wider than the gate must be passed below too.
    """
    # Most gates have no name above them.
    wide = [text_width(name, LABEL_SIZE) / 2 if name else 0.0 for name in names]
    widths = np.array(wide, np.float64)
    needed = np.maximum(0.0, widths - half[:, 0] + NUMBER_MARGIN)
    np.maximum.at(needed, ends[:, 1], own)
    return needed[ends[:, 1]]


def _names(
    graph: GateGraph,
    nodes: Sequence[Node],
    leaves: Flags,
    output: NodeId | None,
    display: Display,
) -> Iterator[str]:
    """Yield what stands left of each leaf or above each gate."""
    for node, is_leaf in zip(nodes, leaves.tolist(), strict=True):
        if is_leaf:
            yield shorten(_shown_name(node), NAME_SIZE, LONGEST_NAME)
        elif node.label is None and not display.names and node.id != output:
            yield ""
        else:
            yield _name_above(graph, node, output)


def _name_above(graph: GateGraph, gate: Node, output: NodeId | None) -> str:
    """Return what stands above a gate that shows a name.

    The output's name stands at the end of its wire, above it only where that wire leads on.
    """
    if gate.id == output and not graph.is_read(gate.id):
        return ""
    return shorten(_shown_name(gate), LABEL_SIZE, LONGEST_NAME)


def _output_name(graph: GateGraph, output: NodeId | None) -> str:
    if output is None or graph.is_read(output) or graph.node(output).is_leaf:
        return ""
    return shorten(_shown_name(graph.node(output)), NAME_SIZE, LONGEST_NAME)


def _shown_name(node: Node) -> str:
    return one_line(node.label or "") or typeset_name(node.id)
