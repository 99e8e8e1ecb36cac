"""The wire that is meant where something is dropped."""

from __future__ import annotations

from chainrule.autodiff.passes import Passes
from chainrule.diagram.diagram import Diagram, draw
from chainrule.diagram.parts import Display
from chainrule.expression import graph_from_formula
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.canvas.crossing import nearest_wire
from chainrule_desktop.document.document import prepare
from tests.desktop.easel import sum_times_z

REACH = 6.0


def drawn(graph: GateGraph) -> Diagram:
    prepare(graph)
    return draw(graph, Passes(graph), Display())


def beside_output(diagram: Diagram, node: NodeId) -> tuple[float, float]:
    """Return the middle of the straight piece by which wires leave a node."""
    row, geometry = diagram.parts.index[node], diagram.geometry
    x, y = ((geometry.stub_starts[row] + geometry.stub_ends[row]) / 2).tolist()
    return x, y


def test_a_wire_is_met_on_the_straight_piece_at_its_output() -> None:
    diagram = drawn(sum_times_z())
    assert nearest_wire(diagram, beside_output(diagram, "q"), REACH) == Wire("q", "f", 0)


def test_where_several_wires_leave_together_none_is_meant() -> None:
    diagram = drawn(graph_from_formula("a = exp(x); f = sin(a) * cos(a)"))
    assert nearest_wire(diagram, beside_output(diagram, "a"), REACH) is None


def test_far_from_all_wires_none_is_meant() -> None:
    diagram = drawn(sum_times_z())
    assert nearest_wire(diagram, (-500.0, -500.0), REACH) is None
