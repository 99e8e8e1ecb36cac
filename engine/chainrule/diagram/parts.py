"""The parts of a drawing that do not depend on where nodes stand: outlines, symbols, ports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, final

import numpy as np
import numpy.typing as npt

from chainrule.arrays import Floats, Shape
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.reading import shapes_at
from chainrule.diagram.bodies import (
    LONGEST_NAME,
    Bodies,
    Indices,
    Outline,
    bodies_of,
    grown_symbols,
)
from chainrule.diagram.gradient_names import Notation
from chainrule.diagram.lazy import Lazy
from chainrule.diagram.numbers import format_dimensions, is_short_vector
from chainrule.diagram.pictures import SMALL, USUAL, Format, picture_size
from chainrule.diagram.readings import readout_size
from chainrule.diagram.stretches import MARK_GAP, Stretch, stretches_of
from chainrule.diagram.text import one_line, shorten, text_width, typeset_name
from chainrule.diagram.ways import WireStyle
from chainrule.graph.exercises import exercise_of
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
BRANCH_THUMBNAIL_GAP = 4.0
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
# A picture is beyond the text that says its shape, and beyond it, small, its scale.
VALUE_PICTURE_ABOVE = 20.0
GRADIENT_PICTURE_BELOW = 21.5
SCALE_SIZE = 8.5
SCALE_ROOM = 10.0
BRANCH_ABOVE = 4.0
BRANCH_BELOW = 12.0


@final
@dataclass(frozen=True, slots=True)
class Display:
    """What a reader wants to see: decimals of numbers, and which kinds of text.

    `shapes` are those of tensors, written beside their pictures.
    `text_scale` makes numbers and names larger than the gates are; lines become as much stronger.
    `notation` is how gradients are called.
    """

    decimals: int = 2
    values: bool = True
    gradients: bool = True
    names: bool = False
    shapes: bool = True
    text_scale: float = 1.0
    wire_style: WireStyle = WireStyle.CURVED
    notation: Notation = Notation.LEIBNIZ


@final
@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Parts:
    """Everything about n nodes and m wires but their places; rows are in the order of the graph.

    `half` (n, 2): half of the width and height of a node's body; a body that is no circle has
    corners of radius CORNER. `stubs` (n,): the lengths of the straight wires at the outputs; the
    last `spans` (n,) of them carry the numbers, and `thumbnails` (n, 2) are the width and height of
    the pictures there, 0 where there are none.
    `names`: for a leaf what stands left of it, for a gate what stands above, "" for nothing.
    `ends` (m, 2): indices of a wire's source and target. `ports` (m, 2): where it meets its
    target, from the target's centre. `branches` (m,): whether the wire's source has other readers,
    so that its gradient is written on a straight piece of its own before the target. `leads` (m,):
    the lengths of the straight pieces before the targets. `branch_thumbnails` (m, 2): the size of
    the pictures beside those gradients. `stretches`: for each wire whose tensor is broadcast at its
    target, by its row, how. `output_name`: what stands at the right
    end of the output's wire, "" for nothing.
    `open_nodes`, `open_numbers` (k,), `open_ports` (k, 2): the ports that are not wired, by their
    node, their number, and their place from its centre. `bypasses`: for each muted gate, by its
    row, the place of its first port from its centre. `readouts`: for each pinned node, by its row,
    the width and height of its read-out. `text_scale`: how much larger than usual numbers and
    names are.
    """

    ids: tuple[NodeId, ...]
    index: dict[NodeId, int]
    outlines: npt.NDArray[np.int8]
    half: Floats
    stubs: Floats
    spans: Floats
    thumbnails: Floats
    symbols: tuple[str, ...]
    symbol_sizes: Floats
    names: tuple[str, ...]
    output: int | None
    output_name: str
    wires: Sequence[Wire]
    ends: Indices
    ports: Floats
    branches: Flags
    leads: Floats
    branch_thumbnails: Floats
    stretches: Mapping[int, Stretch]
    open_nodes: Indices
    open_numbers: Indices
    open_ports: Floats
    bypasses: Mapping[int, tuple[float, float]]
    readouts: Mapping[int, tuple[float, float]]
    text_scale: float = 1.0
    wire_style: WireStyle = WireStyle.CURVED


def shows_names(graph: GateGraph, display: Display) -> bool:
    """Say whether every gate has its name above it: where it is wanted, and in an exercise.

    An exercise asks for `the value of q`, and its tables and hints speak of gates by their names.
    """
    return display.names or exercise_of(graph.header) is not None


def build_parts(graph: GateGraph, passes: Passes, display: Display) -> Parts:
    """Return the parts of a drawing; what nodes of one kind, size or shape share is found once."""
    live = np.flatnonzero(graph.rows.codes != NOWHERE)
    nodes, output = tuple(graph), output_of(graph)
    index = {node.id: row for row, node in enumerate(nodes)}
    bodies, slots = bodies_of(graph.rows, live), _Slots(graph, live)
    leaves = (bodies.outlines != Outline.GATE)[bodies.which]
    ids, names = tuple(index), tuple(_names(graph, nodes, leaves, output, display))
    places = bodies.port_places(slots.targets, slots.numbers)
    overhang = _overhangs(names, bodies.half[bodies.which], display.text_scale)
    lengths = _Lengths(graph, passes, display, live, slots.ends, np.where(leaves, 0.0, overhang))
    return Parts(
        ids=ids,
        index=index,
        outlines=bodies.outlines[bodies.which],
        half=bodies.half[bodies.which],
        stubs=lengths.stubs,
        spans=lengths.spans,
        thumbnails=lengths.thumbnails,
        symbols=tuple(map(bodies.symbols.__getitem__, bodies.which.tolist())),
        symbol_sizes=grown_symbols(bodies, display.text_scale)[bodies.which],
        names=names,
        output=None if output is None else index[output],
        output_name=_output_name(graph, output),
        wires=Lazy(len(slots.ends), slots.wire_of(ids)),
        ends=slots.ends,
        ports=places[slots.wired],
        branches=lengths.branches,
        leads=_leads(slots.ends, lengths.own_leads, overhang),
        branch_thumbnails=lengths.branch_thumbnails,
        stretches=lengths.stretches,
        open_nodes=slots.targets[~slots.wired],
        open_numbers=slots.numbers[~slots.wired],
        open_ports=places[~slots.wired],
        bypasses=_bypasses(nodes, bodies),
        readouts=_readouts(nodes, passes, display),
        text_scale=display.text_scale,
        wire_style=display.wire_style,
    )


@final
class _Lengths:
    """The straight pieces of wire, from the shapes of what they carry; fields as of Parts.

    `own_leads` (m,) is how much of a straight piece before the target each wire needs for itself.
    """

    def __init__(
        self,
        graph: GateGraph,
        passes: Passes,
        display: Display,
        live: Indices,
        ends: Indices,
        overhang: Floats,
    ) -> None:
        codes, shapes = shapes_at(passes.plan, live)
        sources = ends[:, 0]
        self.branches: Flags = np.bincount(sources, minlength=len(live))[sources] > 1
        self.thumbnails = _sizes_at(codes, shapes, USUAL)
        self.spans = np.array([stub_length(shape, display) for shape in shapes])[codes]
        # A name above a gate must not stand where the picture of its value does.
        self.stubs = self.spans + np.where(self.thumbnails[:, 0] > 0, overhang, 0.0)
        own_pictures = _sizes_at(codes[sources], shapes, SMALL)
        if own_pictures.any():
            own_pictures[~self.branches] = 0.0
        self.branch_thumbnails = own_pictures
        own = np.array([lead_length(shape, display) for shape in shapes])[codes[sources]]
        taken = np.where(self.branches, own, BRANCH_GAP)
        self.stretches = stretches_of(graph.rows, live, ends, codes, shapes, taken)
        self.own_leads = np.where(self.branches, own, 0.0)
        for row, stretch in self.stretches.items():
            self.own_leads[row] = stretch.away + stretch.width + MARK_GAP


def _sizes_at(codes: Indices, shapes: Sequence[Shape | None], format_: Format) -> Floats:
    """Return the size (n, 2) of the picture of each code's shape, 0 where it has none."""
    sizes = np.array([picture_size(shape, format_) or (0.0, 0.0) for shape in shapes])
    # Numbers have no pictures, and large graphs are of numbers: then nothing is kept for them.
    return sizes[codes] if sizes.any() else np.broadcast_to(0.0, (len(codes), 2))


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

    def wire_of(self, ids: Sequence[NodeId]) -> Callable[[int], Wire]:
        """Return what makes the wire of a row; of the many that a large graph has few are asked."""
        ends, numbers = self.ends, self.numbers[self.wired]

        def wire(row: int) -> Wire:
            return Wire(ids[int(ends[row, 0])], ids[int(ends[row, 1])], int(numbers[row]))

        return wire


def stub_length(shape: Shape | None, display: Display) -> float:
    """Return the length of the straight wire at an output whose value has `shape`.

    It depends on the shape alone, so that nothing moves while numbers change.
    """
    scale = display.text_scale
    usual = scale * (STUB + STUB_FOR_DECIMAL * max(0, display.decimals - 2))
    if not shape:
        return usual
    if is_short_vector(shape):
        return max(usual, 16 + scale * shape[0] * (30 + STUB_FOR_DECIMAL * display.decimals))
    picture, _ = picture_size(shape, USUAL) or (0.0, 0.0)
    width = max(text_width(format_dimensions(shape), scale * NUMBER_SIZE), picture)
    return max(usual, width + 4 * NUMBER_MARGIN)


def lead_length(shape: Shape | None, display: Display) -> float:
    """Return the length of the straight wire that carries a branch's own gradient of `shape`."""
    scale = display.text_scale
    usual = scale * (LEAD + LEAD_FOR_DECIMAL * max(0, display.decimals - 2))
    if not shape:
        return usual
    if is_short_vector(shape):
        return max(usual, 20 + scale * shape[0] * (26 + LEAD_FOR_DECIMAL * display.decimals))
    picture, _ = picture_size(shape, SMALL) or (-BRANCH_THUMBNAIL_GAP, 0.0)
    size = scale * BRANCH_NUMBER_SIZE
    width = text_width(format_dimensions(shape), size) + BRANCH_THUMBNAIL_GAP
    return max(usual, width + picture + BRANCH_GAP + 2 * NUMBER_MARGIN)


def _overhangs(names: Sequence[str], half: Floats, scale: float) -> Floats:
    """Return how far each name above a gate, or none, reaches over the gate's side."""
    # Most gates have no name above them.
    wide = [scale * text_width(name, LABEL_SIZE) / 2 if name else 0.0 for name in names]
    widths = np.array(wide, np.float64)
    return np.where(widths > 0, np.maximum(0.0, widths - half[:, 0] + NUMBER_MARGIN), 0.0)


def _leads(ends: Indices, own: Floats, overhang: Floats) -> Floats:
    """Return the length of the straight piece before the target of each wire.

    All wires into a gate have the longest that one of them needs, so that none crosses the number
    of another; a name above the gate that is wider than the gate must be passed below too.
    """
    needed = overhang.copy()
    np.maximum.at(needed, ends[:, 1], own)
    return needed[ends[:, 1]]


def _bypasses(nodes: Sequence[Node], bodies: Bodies) -> dict[int, tuple[float, float]]:
    """Return where the first port of each muted gate is, from its centre."""
    rows = [row for row, node in enumerate(nodes) if node.passes_on]
    firsts = bodies.port_places(np.array(rows, np.intp), np.zeros(len(rows), np.intp)).tolist()
    return {row: (x, y) for row, (x, y) in zip(rows, firsts, strict=True)}


def _readouts(
    nodes: Sequence[Node], passes: Passes, display: Display
) -> dict[int, tuple[float, float]]:
    """Return how large the read-out of each pinned node is."""
    gradient = display.gradients and passes.output is not None
    return {
        row: readout_size(
            passes.shape(node.id), display.decimals, display.text_scale, gradient=gradient
        )
        for row, node in enumerate(nodes)
        if node.pinned
    }


def _names(
    graph: GateGraph,
    nodes: Sequence[Node],
    leaves: Flags,
    output: NodeId | None,
    display: Display,
) -> Iterator[str]:
    """Yield what stands left of each leaf or above each gate."""
    shows_all = shows_names(graph, display)
    for node, is_leaf in zip(nodes, leaves.tolist(), strict=True):
        if is_leaf:
            yield shorten(_shown_name(node), NAME_SIZE, LONGEST_NAME)
        elif node.label is None and not shows_all and node.id != output:
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
