"""No wire runs through the body of a node, and none along one from another source."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.autodiff.passes import Passes
from chainrule.diagram.diagram import draw
from chainrule.diagram.elements import elements
from chainrule.diagram.parts import Display
from chainrule.diagram.primitives import Element
from chainrule.diagram.ways import WireStyle
from chainrule.files import read_graph
from chainrule.graph.graph import GateGraph
from tests.helpers.lecture_graphs import graph_of
from tests.helpers.overlaps import pierced_bodies, wires_along_others

EXAMPLES = sorted((Path(__file__).parents[3] / "assets/examples").glob("*.chainrule"))
SMALL = [path for path in EXAMPLES if path.stem not in ("moons-network", "spiral-classifier")]
# Two smooth curves that cross in one place at nearly one angle.
ALIKE = {("self-attention", WireStyle.CURVED)}
ACROSS, DOWN, STEP = 320.0, 170.0, 26.0


def drawn(graph: GateGraph, style: WireStyle) -> list[Element]:
    return [*elements(draw(graph, Passes(graph), Display(wire_style=style)))]


@pytest.mark.parametrize("style", WireStyle)
@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.stem)
def test_the_wires_of_examples_are_clear(path: Path, style: WireStyle) -> None:
    figure = drawn(read_graph(path), style)
    assert pierced_bodies(figure) == []
    if (path.stem, style) not in ALIKE:
        assert wires_along_others(figure) == []


@st.composite
def roomy(draw: st.DrawFn) -> GateGraph:
    """Draw a graph in columns with much room between nodes, no two of which have one level."""
    nodes, before, across = [], [], []
    for column in draw(st.permutations(range(4)))[: draw(st.integers(2, 4))]:
        here: list[str] = []
        for row in range(draw(st.integers(1, 3))):
            place = [ACROSS * len(across), DOWN * row + STEP * column]
            node = {"id": f"n{column}{row}", "position": place}
            if before:
                inputs = [draw(st.sampled_from(before)) for _ in range(draw(st.integers(1, 2)))]
                kind = "exp" if len(inputs) == 1 else "mul"
                nodes.append(node | {"gate": kind, "inputs": inputs})
            else:
                nodes.append(node | {"gate": "input", "value": 1})
            here.append(node["id"])
        before += here
        across.append(column)
    return graph_of(*nodes)


@pytest.mark.parametrize("style", WireStyle)
@settings(max_examples=60)
@given(graph=roomy())
def test_no_wire_runs_through_a_node_where_there_is_room(
    graph: GateGraph, style: WireStyle
) -> None:
    assert pierced_bodies(drawn(graph, style)) == []


@settings(max_examples=60)
@given(roomy())
def test_wires_with_right_angles_run_apart_where_there_is_room(graph: GateGraph) -> None:
    assert wires_along_others(drawn(graph, WireStyle.ANGLED)) == []


def test_a_wire_around_a_node_turns_behind_what_that_leads_to() -> None:
    source = {"id": "x", "gate": "input", "value": 1, "position": [0, 0]}
    between = {"id": "f", "gate": "exp", "inputs": ["x"], "position": [320, 0]}
    target = {"id": "g", "gate": "mul", "inputs": ["x", "f"], "position": [640, 12]}
    graph = graph_of(source, between, target)
    assert wires_along_others(drawn(graph, WireStyle.ANGLED)) == []
