"""A gate run by itself does what it does in a graph."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.autodiff.alone import run_alone
from chainrule.autodiff.local import sent_back
from chainrule.autodiff.passes import Passes
from chainrule.expression.formula import graph_from_formula
from chainrule.files import loads
from chainrule.graph.graph import GateGraph
from chainrule.graph.switches import SetMuted
from tests.helpers.faulty_files import composite

VALUES = {"x": [1.0, -2.0], "y": 3.0, "W": [[1.0, 2.0], [0.5, -1.0]]}


def agrees_with_passes(graph: GateGraph) -> None:
    passes = Passes(graph)
    for node in graph:
        if node.is_leaf:
            continue
        inputs = [passes.value(each) for each in graph.inputs(node.id) if each is not None]
        known = [each for each in inputs if each is not None]
        ran = run_alone(graph, node, known, passes.gradient(node.id))
        np.testing.assert_array_equal(ran.value, passes.value(node.id))
        upstream = passes.gradient(node.id)
        assert upstream is not None
        back = sent_back(graph, passes, node, upstream)
        for wire, sent, again in zip(graph.wires_into(node.id), ran.downstream, back, strict=True):
            np.testing.assert_array_equal(sent, passes.wire_gradient(wire))
            np.testing.assert_array_equal(again, sent)


@pytest.mark.parametrize(
    "formula", ["q = x * y; f = sum(q)", "q = W @ x; r = max(q, y); f = sum(r)", "f = exp(y) - y"]
)
def test_its_numbers_are_those_of_the_passes(formula: str) -> None:
    given = {
        name: value
        for name, value in VALUES.items()
        if name in formula.replace("max", "").replace("exp", "")
    }
    agrees_with_passes(graph_from_formula(formula, given))


def test_composite_and_muted_gates_run_too() -> None:
    agrees_with_passes(loads(composite()))
    graph = graph_from_formula("q = x + y; f = q * q", {"x": 2.0, "y": 5.0})
    SetMuted({"q": True}).apply(graph)
    agrees_with_passes(graph)


def test_what_does_not_fit_gives_nothing() -> None:
    graph = graph_from_formula("f = x * y", {"x": 2.0, "y": 5.0})
    two, three = np.ones(2), np.ones(3)
    assert run_alone(graph, graph.node("f"), [two, three]) == (None, (None, None))
    value, sent = run_alone(graph, graph.node("f"), [two, two], three)
    assert value is not None
    assert sent == (None, None)
