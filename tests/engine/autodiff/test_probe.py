"""The output as a function of one leaf."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.arrays import Array, as_array
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.probe import Probe
from chainrule.graph.edits import SetValue
from chainrule.graph.graph import GateGraph
from tests.helpers.random_graphs import build

GRAPHS = {
    "numbers": build({"x": 3.0, "y": 2.0}, {"p": ("mul", "x", "y"), "f": ("relu", "p")}),
    "tensors": build(
        {"x": [3.0, -1.0], "y": [2.0, 1.0]},
        {"p": ("mul", "x", "y"), "r": ("relu", "p"), "f": ("sum", "r")},
    ),
}


@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS.keys())
def test_a_probe_reads_the_output_at_other_values_and_changes_nothing(graph: GateGraph) -> None:
    passes = Passes(graph)
    x, y = graph.node("x").value, graph.node("y").value
    assert x is not None
    assert y is not None
    probe = Probe(graph, passes.plan)
    probe.vary("x")
    assert probe.read(as_array(2.0 * x)).output == 12.0
    assert probe.read(x).output == 6.0
    np.testing.assert_array_equal(passes.value("x"), x)
    assert passes.value("f") == 6.0


@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS.keys())
def test_a_leaf_has_its_own_value_again_when_another_is_varied(graph: GateGraph) -> None:
    probe = Probe(graph, Passes(graph).plan)
    probe.vary("x")
    probe.read(np.full_like(probe_value(graph, "x"), 7.0)[()])
    probe.vary("y")
    assert probe.read(probe_value(graph, "y")).output == 6.0


@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS.keys())
def test_a_gate_that_changed_its_piece_is_named(graph: GateGraph) -> None:
    probe = Probe(graph, Passes(graph).plan)
    probe.vary("x")
    x = probe_value(graph, "x")
    kinked = "f" if x.ndim == 0 else "r"
    assert probe.changed(probe.read(x), probe.read(-x)) == (kinked,)
    assert probe.changed(probe.read(x), probe.read(as_array(3.0 * x))) == ()


def probe_value(graph: GateGraph, name: str) -> Array:
    value = graph.node(name).value
    assert value is not None
    return value


def test_a_probe_starts_from_values_that_were_updated() -> None:
    graph = build({"x": 3.0, "y": 2.0}, {"f": ("mul", "x", "y")})
    passes = Passes(graph)
    edit = SetValue("y", np.float64(10.0))
    edit.apply(graph)
    passes.update(edit.changes())
    probe = Probe(graph, passes.plan)
    probe.vary("x")
    assert probe.read(np.float64(2.0)).output == 20.0
