"""The bodies of nodes: their outlines, sizes, symbols, and the places of their ports."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias, final

import numpy as np
import numpy.typing as npt

from chainrule.arrays import Floats
from chainrule.diagram.text import one_line, shorten, text_width
from chainrule.gates.leaf import Constant, Parameter
from chainrule.graph.node import Node
from chainrule.graph.rows import Rows

Indices: TypeAlias = npt.NDArray[np.intp]

# Proportions of the well-known course notes on backpropagation: circles of radius 20.
RADIUS = 20.0
CORNER = 14.0
DOT = 3.0
PORT_SPACING = 18.0
TWO_PORTS_APART = 11.0
SYMBOL_SIZES = (16.0, 14.0, 12.0, 11.0, 10.0, 9.0)
CAPSULE_SYMBOL_SIZE = 12.0
LONGEST_NAME = 160.0
_GROWN_MARGIN = 8.0


class Outline(IntEnum):
    """How a node is drawn."""

    GATE = 0
    INPUT = 1
    PARAMETER = 2
    CONSTANT = 3


@final
@dataclass(frozen=True, slots=True, eq=False)
class Bodies:
    """The bodies of n nodes, of which k differ: nodes of one kind and number of ports share one.

    `which` (n,) is the body of each node. Of each body: `half` (k, 2), half of its width and
    height; `symbols` and `symbol_sizes`; `outlines` (k,). `first_ports` (k,) says where its ports
    begin in `ports` (p, 2), places from the centre.
    """

    which: Indices
    outlines: npt.NDArray[np.int8]
    half: Floats
    symbols: tuple[str, ...]
    symbol_sizes: Floats
    first_ports: Indices
    ports: Floats

    def port_places(self, nodes: Indices, numbers: Indices) -> Floats:
        """Return where ports are, from the centres of their nodes."""
        return self.ports[self.first_ports[self.which[nodes]] + numbers]


def bodies_of(rows: Rows, live: npt.NDArray[np.integer]) -> Bodies:
    """Return the bodies of the nodes in the rows `live`."""
    counts = rows.ports[live].astype(np.int64)
    keys = rows.codes[live] * (counts.max(initial=0) + 1) + counts
    _, firsts, which = np.unique(keys, return_index=True, return_inverse=True)
    nodes = [rows.node(row) for row in live[firsts].tolist()]
    found = [_body(node) for node in nodes]
    ports = [_port_places(node.ports, *each[:2]) for node, each in zip(nodes, found, strict=True)]
    sizes = np.array([len(each) for each in ports], np.intp)
    return Bodies(
        which,
        np.array([_outline(node) for node in nodes], np.int8),
        np.array([each[:2] for each in found], np.float64).reshape(-1, 2),
        tuple(each[3] for each in found),
        np.array([each[2] for each in found], np.float64),
        np.cumsum(sizes) - sizes,
        np.array([place for each in ports for place in each], np.float64).reshape(-1, 2),
    )


def grown_symbols(bodies: Bodies, scale: float) -> Floats:
    """Return the sizes of symbols `scale` times as large, as far as there is room in the bodies."""
    if scale == 1.0:
        return bodies.symbol_sizes
    wide = np.array([text_width(symbol, 1.0) for symbol in bodies.symbols])
    room = 2 * bodies.half - _GROWN_MARGIN
    most = np.minimum(room[:, 0] / np.maximum(wide, 0.1), room[:, 1])
    return np.maximum(np.minimum(scale * bodies.symbol_sizes, most), bodies.symbol_sizes)


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


def _port_places(
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


def _outline(node: Node) -> Outline:
    if not node.is_leaf:
        return Outline.GATE
    if isinstance(node.kind, Parameter):
        return Outline.PARAMETER
    return Outline.CONSTANT if isinstance(node.kind, Constant) else Outline.INPUT
