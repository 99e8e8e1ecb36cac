"""A muted gate is dashed, and the wire through it passes over its symbol."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.autodiff.passes import Passes
from chainrule.diagram.bodies import RADIUS
from chainrule.diagram.diagram import Diagram, draw
from chainrule.diagram.elements import bypass, elements
from chainrule.diagram.parts import Display
from chainrule.diagram.primitives import Box, Circle, Stroke
from chainrule.diagram.text import middle_height, text_width
from chainrule.export import FigureOptions
from chainrule.export.formats.svg import SvgExporter
from chainrule.gates.catalogue import all_kinds
from chainrule.gates.kind import Kind
from chainrule.graph.edits import AddNodes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node

GATES = [kind for kind in all_kinds() if not Node("g", kind()).is_leaf]


def muted(kind: type[Kind], ports: int | None = None) -> GateGraph:
    graph, gate = GateGraph(), kind()
    node = Node("g", gate, ports or len(gate.port_names), muted=True, position=(0.0, 0.0))
    AddNodes((node,)).apply(graph)
    return graph


def drawn(graph: GateGraph) -> Diagram:
    return draw(graph, Passes(graph), Display())


def points_along(stroke: Stroke) -> np.ndarray:
    """Return many points of a stroke, an array (n, 2)."""
    here, found = np.array(stroke.start), [np.array([stroke.start])]
    for piece in stroke.pieces:
        ends = [np.array(each) for each in piece]
        t = np.linspace(0, 1, 50)[:, None]
        if len(ends) == 1:
            found.append((1 - t) * here + t * ends[0])
        else:
            a, b, c = ends
            curve = (1 - t) ** 3 * here + 3 * t * (1 - t) ** 2 * a + 3 * t * t * (1 - t) * b
            found.append(curve + t**3 * c)
        here = ends[-1]
    return np.concatenate(found)


@pytest.mark.parametrize("kind", GATES, ids=lambda kind: kind.name)
def test_the_wire_through_a_muted_gate_does_not_strike_its_symbol(kind: type[Kind]) -> None:
    diagram = drawn(muted(kind))
    if 0 not in diagram.parts.bypasses:
        pytest.skip("this gate can't be muted")
    symbol, size = diagram.parts.symbols[0], float(diagram.parts.symbol_sizes[0])
    (cx, cy), baseline = diagram.geometry.centers[0], size * middle_height(symbol)
    x, y = (points_along(bypass(diagram, 0)) - (cx, cy)).T
    half = text_width(symbol, size) / 2
    over = np.abs(x) < half
    assert over.any()
    # Letters reach three quarters of their size above the baseline; the wire is 1.4 wide.
    assert (y[over] + 0.7 < baseline - 0.75 * size).all()


@pytest.mark.parametrize("kind", GATES, ids=lambda kind: kind.name)
def test_the_wire_through_a_muted_gate_stays_in_its_body(kind: type[Kind]) -> None:
    diagram = drawn(muted(kind))
    if 0 not in diagram.parts.bypasses:
        pytest.skip("this gate can't be muted")
    stroke, half = bypass(diagram, 0), diagram.parts.half[0]
    away = np.abs(points_along(stroke) - diagram.geometry.centers[0])
    assert (away <= half + 0.1).all()
    if (half == RADIUS).all():
        assert (np.hypot(*away.T) <= RADIUS + 0.1).all()
    assert stroke.end == tuple(diagram.geometry.stub_starts[0].tolist())


@pytest.mark.parametrize(("muted_", "dashes"), [(True, 1), (False, 0)])
def test_a_muted_gate_has_a_dashed_border_in_figures_too(muted_: bool, dashes: int) -> None:
    graph = GateGraph()
    AddNodes((Node("g", GATES[0](), 2, muted=muted_, position=(0.0, 0.0)),)).apply(graph)
    (gate,) = (element for element in elements(drawn(graph)) if element.kind == "gate")
    body = next(each for each in gate.primitives if isinstance(each, Circle | Box))
    assert body.dashed == muted_
    assert SvgExporter().render(graph, FigureOptions()).count(b"stroke-dasharray") == dashes
