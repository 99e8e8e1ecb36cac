"""What if a number were another one: the curve is the function, the tangent its gradient."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.arrays import as_array
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.what_if import what_if
from chainrule.errors import RunError
from chainrule.graph.edits import SetValue
from tests.helpers.random_graphs import build


@given(x=st.floats(-2.0, 2.0), other=st.floats(-3.0, 3.0))
def test_the_curve_has_the_outputs_of_the_changed_graph(x: float, other: float) -> None:
    graph = build({"x": x, "y": 0.5}, {"p": ("mul", "x", "y"), "f": ("sin", "p")})
    found = what_if(graph, "x", (), 1.0, (other,))
    assert found.here == x
    assert found.at(other) == pytest.approx(np.sin(0.5 * other), rel=1e-12, abs=1e-12)
    assert float(graph.node("x").value or 0.0) == x
    SetValue("x", as_array(other)).apply(graph)
    assert found.at(other) == Passes(graph).value("f")


@given(x=st.floats(-2.0, 2.0))
def test_the_tangent_touches_the_curve_with_the_slope_of_the_gradient(x: float) -> None:
    graph = build({"x": x}, {"f": ("exp", "x")})
    found = what_if(graph, "x", (), 1e-3)
    for number, output in zip(found.numbers, found.outputs, strict=True):
        assert output == pytest.approx(found.predicted(number), abs=1e-5)
    assert found.slope == Passes(graph).gradient("x")


def test_one_number_of_a_tensor_can_be_another() -> None:
    graph = build({"x": [1.0, 2.0]}, {"s": ("square", "x")}, seed=as_array([1.0, 10.0]))
    found = what_if(graph, "x", (1,), 1.0, (3.0,))
    assert (found.output, found.slope, found.at(3.0)) == (41.0, 40.0, 91.0)


def test_where_a_gate_fails_the_curve_has_a_hole() -> None:
    graph = build({"x": 0.5}, {"f": ("log", "x")})
    found = what_if(graph, "x", (), 1.0)
    assert np.isnan(found.outputs[0])
    assert np.isfinite(found.outputs[-1])


def test_it_can_be_ended_early() -> None:
    graph = build({"x": 0.5}, {"f": ("exp", "x")})
    assert np.isnan(what_if(graph, "x", (), 1.0, cancelled=lambda: True).outputs).all()


def test_of_a_gate_nothing_can_be_supposed() -> None:
    graph = build({"x": 0.5}, {"f": ("exp", "x")})
    with pytest.raises(RunError, match="'f' is no leaf with a value"):
        what_if(graph, "f", (), 1.0)
    graph = build({"x": 0.5}, {"f": ("add", "x", None)})
    with pytest.raises(RunError, match="the output 'f' has no value"):
        what_if(graph, "x", (), 1.0)
