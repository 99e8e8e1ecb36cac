"""Hidden numbers can't be read, and no other number gives them away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chainrule.autodiff.covering import Covered, covering_of
from chainrule.autodiff.passes import Passes
from chainrule.expression.formula import graph_from_formula
from chainrule.graph.exercises import SECTION, Asked, Blank, Exercise, exercise_json
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Wire
from chainrule.graph.sections import SetSection

VALUES = {"x": 2.0, "y": 3.0, "z": -4.0}


def formula_graph() -> GateGraph:
    return graph_from_formula("q = x + y; r = q * z; f = r + x", VALUES)


ALL = [
    *(Blank(Asked.VALUE, each) for each in "qrf"),
    *(Blank(Asked.GRADIENT, each) for each in "xyzqr"),
    *(Blank(Asked.WIRE, *place) for place in (("q", 0), ("f", 1), ("r", 0))),
]


@given(st.frozensets(st.sampled_from(ALL)))
def test_only_what_is_asked_for_is_hidden(hidden: frozenset[Blank]) -> None:
    graph = formula_graph()
    passes = Passes(graph)
    covered = Covered(graph, passes, hidden)
    for node_id in graph.ids():
        seen = covered.value(node_id)
        assert (seen is None) == (Blank(Asked.VALUE, node_id) in hidden)
        assert seen is None or seen == passes.value(node_id)
    assert (covered.gradient("x") is None) == (Blank(Asked.GRADIENT, "x") in hidden)
    assert covered.shape("q") == ()
    assert covered.output == "f"


@given(st.frozensets(st.sampled_from(ALL)))
def test_the_gradient_of_a_node_with_one_reader_is_hidden_with_that_of_its_wire(
    hidden: frozenset[Blank],
) -> None:
    graph = formula_graph()
    covered = Covered(graph, Passes(graph), hidden)
    wire = Wire("q", "r", 0)
    either = bool({Blank(Asked.GRADIENT, "q"), Blank(Asked.WIRE, "r", 0)} & hidden)
    assert covered.hides_gradient("q") == covered.hides_wire(wire) == either
    assert (covered.gradient("q") is None) == (covered.wire_gradient(wire) is None) == either


def test_branches_are_hidden_apart_from_their_sum() -> None:
    graph = formula_graph()
    covered = Covered(graph, Passes(graph), frozenset((Blank(Asked.GRADIENT, "x"),)))
    assert covered.gradient("x") is None
    assert covered.wire_gradient(Wire("x", "q", 0)) == -4.0
    assert covered.wire_gradient(Wire("x", "f", 1)) == 1.0


def test_a_graph_without_an_exercise_is_not_covered() -> None:
    graph = formula_graph()
    assert covering_of(graph, Passes(graph)) is None
    blank = Blank(Asked.VALUE, "q")
    SetSection(SECTION, exercise_json(Exercise((blank,)))).apply(graph)
    covered = covering_of(graph, Passes(graph))
    assert covered is not None
    assert covered.value("q") is None
