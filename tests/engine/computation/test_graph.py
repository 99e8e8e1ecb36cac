"""The graph of the lecture: forward returns the loss, backward the gradients."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chainrule import ChainruleError, Graph
from chainrule.errors import (
    FileError,
    GateError,
    GraphError,
    NodeNameError,
    ParameterError,
    PortError,
    RunError,
    UnknownGateError,
    UnknownNodeError,
)
from chainrule.graph.edits import Connect, Disconnect, SetDefinitions, SetLabel
from chainrule.graph.node import Wire
from tests.helpers import own_gates
from tests.helpers.graph_strategies import described
from tests.helpers.random_graphs import build, definition_of


def lecture() -> Graph:
    g = Graph()
    x, y, z = g.input("x", -2), g.input("y", 5), g.input("z", -4)
    g.mul(g.add(x, y, name="q"), z, name="f")
    return g


def test_forward_returns_the_loss_and_backward_the_gradients_of_the_inputs() -> None:
    g = lecture()
    assert g.forward({"x": -2, "y": 5, "z": -4}) == -12.0
    assert g.backward() == {"x": -4.0, "y": -4.0, "z": 3.0}


def test_every_node_and_wire_has_its_numbers_afterwards() -> None:
    g = lecture()
    g.forward()
    assert (g["q"].value, g["q"].gradient) == (3.0, -4.0)
    assert (g.value("f"), g.gradient("f")) == (-12.0, 1.0)
    assert g.wire_gradient("q", "f", 0) == -4.0
    assert g.wire_gradient(g["z"], g["f"]) == 3.0


def test_inputs_that_are_not_named_keep_their_values() -> None:
    g = lecture()
    g.forward({"x": 1.0})
    assert g.forward({"y": 1.0}) == -8.0


def test_values_may_change_their_shape() -> None:
    g = lecture()
    np.testing.assert_array_equal(g.forward({"x": [0.0, 1.0]}), [-20.0, -24.0])
    assert g.backward()["y"] == -8.0


def test_parameters_have_gradients_and_constants_have_none() -> None:
    g = Graph()
    g.mul(g.parameter("w", 2.0), g.input("x", 3.0), g.constant(10.0, name="k"))
    assert g.forward() == 60.0
    assert g.backward() == {"w": 30.0, "x": 20.0}


def test_gradients_of_several_uses_add_up_and_each_wire_has_its_own() -> None:
    g = Graph()
    x = g.input("x", 3.0)
    f = g.mul(x, x)
    g.forward()
    assert g.backward() == {"x": 6.0}
    assert g.wire_gradient(x, f, 1) == 3.0
    with pytest.raises(RunError, match="'mul1' reads 'x' at the ports 0, 1; say which one"):
        g.wire_gradient(x, f)


def test_gates_take_numbers_and_arrays_as_constants_and_parameters_behind() -> None:
    g = Graph()
    x = g.input("x", [[1.0, 2.0], [3.0, 4.0]])
    g.power(g.sum(g.mul(x, [1.0, 10.0]), 0), 2)
    np.testing.assert_array_equal(g.forward(), [16.0, 3600.0])
    assert [*g.gates.ids()] == ["x", "constant1", "mul1", "sum1", "power1"]


def test_parameters_may_be_named() -> None:
    g = Graph()
    g.concat(g.mul_constant(g.input("x", [1.0]), c=2), [5.0], axis=0)
    np.testing.assert_array_equal(g.forward(), [2.0, 5.0])


def test_backward_before_forward_says_so() -> None:
    with pytest.raises(RunError, match="no numbers for this graph yet; call forward first"):
        lecture().backward()
    with pytest.raises(RunError, match="call forward first"):
        _ = lecture()["q"].value


def test_numbers_of_a_graph_that_has_changed_are_not_given_any_more() -> None:
    g = lecture()
    g.forward()
    g.apply(SetLabel("q", "sum"))
    assert g.value("q") == 3.0
    g.neg(g["f"])
    with pytest.raises(RunError, match="call forward first"):
        g.backward()
    assert g.forward() == 12.0


@pytest.mark.parametrize("name", ["q", "k", "nobody"])
def test_only_inputs_and_parameters_can_be_given_values(name: str) -> None:
    g = lecture()
    g.constant(1.0, name="k")
    with pytest.raises(RunError, match=f"'{name}' is no input or parameter .* it has x, y, z"):
        g.forward({"x": 100.0, name: 1.0})
    g.output = "f"
    assert g.forward() == -12.0


def test_a_ragged_value_is_refused() -> None:
    with pytest.raises(RunError, match="the value of 'x' can't be used: a value must be a number"):
        lecture().forward({"x": [[1.0], [2.0, 3.0]]})


def test_several_sinks_need_a_choice() -> None:
    g = lecture()
    g.neg(g["q"])
    assert g.output is None
    with pytest.raises(RunError, match="no output is chosen; choose one of f, neg1"):
        g.forward()
    g.output = g["q"]
    assert g.forward() == 3.0
    assert g.backward() == {"x": 1.0, "y": 1.0, "z": 0.0}


def test_an_empty_graph_can_not_run() -> None:
    with pytest.raises(RunError, match="the graph is empty; add a node"):
        Graph().forward()


def test_what_stops_a_run_is_named() -> None:
    g = lecture()
    g.output = "f"
    g.apply(Disconnect("q", 1))
    with pytest.raises(RunError, match="q: input 2 not wired"):
        g.forward()
    g.apply(Connect(Wire("y", "q", 1)))
    with pytest.raises(RunError, match=r"q: add: shapes \(2,\) and \(3,\) do not broadcast"):
        g.forward({"x": [1.0, 2.0], "y": [1.0, 2.0, 3.0]})


def test_an_own_gate_whose_backward_fails_is_named() -> None:
    g = Graph()
    x = g.input("x", 1.0)
    with own_gates.registered(own_gates.FailsBackward):
        g.fails_backward(x, name="own")
    assert g.forward() == 1.0
    with pytest.raises(RunError, match="own: the gate fails_backward failed: ZeroDivisionError"):
        g.backward()
    with pytest.raises(RunError, match="nothing flows back from 'own' to 'x'"):
        g.wire_gradient("x", "own")
    with pytest.raises(RunError, match="'x' has no number"):
        g.gradient("x")


def test_a_wire_that_is_not_there_is_named() -> None:
    g = lecture()
    g.forward()
    with pytest.raises(RunError, match="'f' does not read 'x'; name a wire"):
        g.wire_gradient("x", "f")
    with pytest.raises(RunError, match="'f' does not read 'q' at port 1"):
        g.wire_gradient("q", "f", 1)


def test_an_unknown_gate_is_no_method_and_the_nearest_is_named() -> None:
    g = lecture()
    with pytest.raises(AttributeError, match="unknown gate 'sigmoyd'; did you mean 'sigmoid'"):
        g.sigmoyd(g["x"])
    with pytest.raises(UnknownGateError, match="did you mean 'sigmoid'"):
        g.gate("sigmoyd", g["x"])
    assert not hasattr(g, "_hidden")


def test_wrong_arguments_of_a_gate_are_told() -> None:
    g = lecture()
    x = g["x"]
    with pytest.raises(PortError, match=r"add takes 2 or more inputs but is given 1; write add\("):
        g.add(x)
    with pytest.raises(PortError, match=r"sub takes 2 inputs but is given 3; write sub\(x, y\)"):
        g.sub(x, x, x)
    with pytest.raises(ParameterError, match="power needs the parameter 'exponent'"):
        g.power(x)
    with pytest.raises(GateError, match="power is given 'exponent' twice"):
        g.power(x, 2, exponent=3)
    with pytest.raises(GateError, match="input holds a value of its own"):
        g.gate("input", x)


def test_a_name_that_is_taken_changes_nothing() -> None:
    g = lecture()
    before = described(g.gates)
    with pytest.raises(NodeNameError, match="the name 'q' is taken"):
        g.mul(g["x"], [1.0, 2.0], name="q")
    assert described(g.gates) == before


def test_a_quantity_of_another_graph_is_refused() -> None:
    with pytest.raises(GraphError, match="'x' belongs to another graph"):
        lecture().neg(lecture()["x"])


def test_nodes_are_found_by_name_and_in_order() -> None:
    g = lecture()
    assert [each.name for each in g] == ["x", "y", "z", "q", "f"]
    assert "q" in g
    assert "p" not in g
    assert repr(g["q"]) == "Quantity('q')"
    with pytest.raises(UnknownNodeError, match="there is no node 'p'"):
        g["p"]


def test_gates_and_composites_complete_at_a_prompt() -> None:
    g = lecture()
    square = definition_of("my_square", ("a",), build({"a": 1.0}, {"s": ("square", "a")}))
    g.apply(SetDefinitions({"my_square": square}))
    assert {"add", "sigmoid", "my_square", "forward"} <= {*dir(g)}
    assert "input" in dir(g)


def test_a_composite_is_a_method() -> None:
    g = Graph()
    square = definition_of("my_square", ("a",), build({"a": 1.0}, {"s": ("square", "a")}))
    g.apply(SetDefinitions({"my_square": square}))
    f = g.my_square(g.input("x", 3.0))
    assert f.name == "my_square1"
    assert g.forward() == 9.0
    assert g.backward() == {"x": 6.0}
    with pytest.raises(PortError, match="my_square takes 1 input but is given 0"):
        g.my_square()
    with pytest.raises(GateError, match="my_square takes no parameters; leave c out"):
        g.my_square(f, c=1)


def test_an_own_gate_runs_and_survives_a_file(tmp_path: Path) -> None:
    with own_gates.registered(own_gates.Cube):
        g = Graph()
        g.cube(g.input("x", 2.0), k=0.5, name="f")
        g.write(tmp_path / "own.chainrule")
        again = Graph.read(tmp_path / "own.chainrule")
        assert again.forward() == 4.0
        assert again.backward() == {"x": 6.0}
    with pytest.raises(FileError, match="unknown gate 'cube'"):
        Graph.read(tmp_path / "own.chainrule")


def test_a_graph_is_written_and_read(tmp_path: Path) -> None:
    g = lecture()
    g.write(tmp_path / "lecture.chainrule")
    assert described(Graph.read(tmp_path / "lecture.chainrule").gates) == described(g.gates)


def test_a_formula_becomes_a_graph() -> None:
    g = Graph.from_formula("q = x + y; f = q * z", {"x": -2, "y": 5, "z": -4})
    assert g.forward() == -12.0
    assert g.output is not None
    assert g.output.name == "f"


def test_all_its_errors_are_chainrule_errors() -> None:
    with pytest.raises(ChainruleError):
        Graph.from_formula("x +")


def test_gradients_may_be_changed_in_place() -> None:
    g = Graph()
    x, y = g.parameter("x", [1.0, 2.0]), g.parameter("y", [3.0, 4.0])
    total = g.sum(x + y, name="total")
    g.forward()
    gradients = g.backward()
    gradients["x"] *= 0.1
    np.testing.assert_array_equal(gradients["y"], [1.0, 1.0])
    np.testing.assert_array_equal(x.gradient, [1.0, 1.0])
    along = g.wire_gradient(x, "add1")
    along *= 0.1
    np.testing.assert_array_equal(g.wire_gradient(x, "add1"), [1.0, 1.0])
    assert total.gradient == 1.0


def test_values_may_be_changed_in_place() -> None:
    g = Graph()
    x = g.parameter("x", [1.0, 2.0])
    g.reshape(x, shape=[2, 1], name="column")
    for mine in (g.forward(), x.value):
        np.multiply(mine, 9.0, out=np.asarray(mine))
    np.testing.assert_array_equal(g.value("column"), [[1.0], [2.0]])
    np.testing.assert_array_equal(x.value, [1.0, 2.0])
