"""The parts of a drawing that do not depend on where nodes stand: outlines, symbols, ports."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias, final

import numpy as np
import numpy.typing as npt

from chainrule.arrays import Shape
from chainrule.autodiff.passes import Passes
from chainrule.diagram.numbers import format_dimensions, is_short_vector
from chainrule.diagram.text import one_line, shorten, text_width, typeset_name
from chainrule.gates.leaf import Constant, Parameter
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire
from chainrule.graph.queries import output_of

Floats: TypeAlias = npt.NDArray[np.float64]
Indices: TypeAlias = npt.NDArray[np.intp]
Flags: TypeAlias = npt.NDArray[np.bool_]

# Proportions of the well-known course notes on backpropagation: circles of radius 20 with a thin
# border, and a straight piece of wire at each output that carries its numbers.
RADIUS = 20.0
CORNER = 14.0
DOT = 3.0
PORT_SPACING = 18.0
TWO_PORTS_APART = 11.0
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
SYMBOL_SIZES = (16.0, 14.0, 12.0, 11.0, 10.0, 9.0)
CAPSULE_SYMBOL_SIZE = 12.0
LONGEST_NAME = 160.0


class Outline(IntEnum):
    """How a node is drawn."""

    GATE = 0
    INPUT = 1
    PARAMETER = 2
    CONSTANT = 3


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
    """Return the parts of a drawing of `graph`."""
    nodes = tuple(graph)
    index = {node.id: row for row, node in enumerate(nodes)}
    bodies = [_body(node) for node in nodes]
    offsets = [
        _port_offsets(node.ports, *body[:2]) for node, body in zip(nodes, bodies, strict=True)
    ]
    half = np.array([body[:2] for body in bodies], np.float64).reshape(-1, 2)
    wires = tuple(graph.wires())
    ends = np.array([(index[w.source], index[w.target]) for w in wires], np.intp).reshape(-1, 2)
    branches = np.bincount(ends[:, 0], minlength=len(nodes))[ends[:, 0]] > 1
    shapes = [passes.shape(node.id) for node in nodes]
    output = output_of(graph)
    names = tuple(_name(graph, node, output, display) for node in nodes)
    own_leads = np.array([lead_length(shape, display) for shape in shapes], np.float64)
    opened = _open_ports(graph, nodes, offsets)
    return Parts(
        ids=tuple(index),
        index=index,
        outlines=np.array([_outline(node) for node in nodes], np.int8),
        half=half,
        stubs=np.array([stub_length(shape, display) for shape in shapes], np.float64),
        symbols=tuple(body[3] for body in bodies),
        symbol_sizes=np.array([body[2] for body in bodies], np.float64),
        names=names,
        output=None if output is None else index[output],
        output_name=_output_name(graph, output),
        wires=wires,
        ends=ends,
        ports=_wire_ports(wires, index, offsets),
        branches=branches,
        leads=_leads(ends, np.where(branches, own_leads[ends[:, 0]], 0.0), names, half),
        open_nodes=opened[:, 0].astype(np.intp),
        open_numbers=opened[:, 1].astype(np.intp),
        open_ports=opened[:, 2:],
    )


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


def _body(node: Node) -> tuple[float, float, float, str]:
    """Return half width, half height, the symbol's size and the symbol."""
    if node.is_leaf:
        return DOT, DOT, 0.0, ""
    half_height = RADIUS if node.ports <= 2 else (node.ports * PORT_SPACING + 10) / 2
    symbol = shorten(one_line(node.kind.symbol), CAPSULE_SYMBOL_SIZE, LONGEST_NAME)
    room = 2 * RADIUS - 9
    for size in SYMBOL_SIZES:
        if text_width(symbol, size) <= room:
            return RADIUS, half_height, size, symbol
    half_width = text_width(symbol, CAPSULE_SYMBOL_SIZE) / 2 + 10
    return half_width, half_height, CAPSULE_SYMBOL_SIZE, symbol


def _port_offsets(
    count: int, half_width: float, half_height: float
) -> Sequence[tuple[float, float]]:
    if count == 1:
        return ((-half_width, 0.0),)
    if count == 2:
        round_body = half_width == half_height == RADIUS
        x = math.sqrt(RADIUS**2 - TWO_PORTS_APART**2) if round_body else half_width
        return ((-x, -TWO_PORTS_APART), (-x, TWO_PORTS_APART))
    top = -(count - 1) * PORT_SPACING / 2
    return tuple((-half_width, top + port * PORT_SPACING) for port in range(count))


def _wire_ports(
    wires: Sequence[Wire],
    index: dict[NodeId, int],
    offsets: Sequence[Sequence[tuple[float, float]]],
) -> Floats:
    rows = [offsets[index[wire.target]][wire.port] for wire in wires]
    return np.array(rows, np.float64).reshape(-1, 2)


def _outline(node: Node) -> Outline:
    if not node.is_leaf:
        return Outline.GATE
    if isinstance(node.kind, Parameter):
        return Outline.PARAMETER
    return Outline.CONSTANT if isinstance(node.kind, Constant) else Outline.INPUT


def _open_ports(
    graph: GateGraph, nodes: Sequence[Node], offsets: Sequence[Sequence[tuple[float, float]]]
) -> Floats:
    """Return a row for each port that is not wired: node, port, and its place from the centre."""
    rows = [
        (row, port, *offsets[row][port])
        for row, node in enumerate(nodes)
        for port, source in enumerate(graph.inputs(node.id))
        if source is None
    ]
    return np.array(rows, np.float64).reshape(-1, 4)


def _leads(ends: Indices, own: Floats, names: Sequence[str], half: Floats) -> Floats:
    """Return the length of the straight piece before the target of each wire.

    All wires into a gate have the longest that one of them needs, so that none crosses the number
    of another; a name above the gate that is wider than the gate must be passed below too.
    """
    widths = np.array([text_width(name, LABEL_SIZE) / 2 for name in names], np.float64)
    needed = np.maximum(0.0, widths - half[:, 0] + NUMBER_MARGIN)
    np.maximum.at(needed, ends[:, 1], own)
    return needed[ends[:, 1]]


def _name(graph: GateGraph, node: Node, output: NodeId | None, display: Display) -> str:
    """Return what stands left of a leaf or above a gate.

    The output's name stands at the end of its wire, above it only where that wire leads on.
    """
    if node.is_leaf:
        return shorten(_shown_name(node), NAME_SIZE, LONGEST_NAME)
    is_output = node.id == output
    if is_output and not graph.is_read(node.id):
        return ""
    if node.label is not None or display.names or is_output:
        return shorten(_shown_name(node), LABEL_SIZE, LONGEST_NAME)
    return ""


def _output_name(graph: GateGraph, output: NodeId | None) -> str:
    if output is None or graph.is_read(output) or graph.node(output).is_leaf:
        return ""
    return shorten(_shown_name(graph.node(output)), NAME_SIZE, LONGEST_NAME)


def _shown_name(node: Node) -> str:
    return one_line(node.label or "") or typeset_name(node.id)
