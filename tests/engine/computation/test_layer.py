"""A layer: a gate that keeps what backward needs."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule import Layer
from chainrule.errors import GateError, PortError, RunError, ShapeError, UnknownGateError
from tests.helpers import own_gates


def test_backward_uses_what_forward_kept() -> None:
    multiply = Layer("mul")
    assert multiply.forward(3.0, -4.0) == -12.0
    assert multiply.backward(2.0) == (-8.0, 6.0)
    assert multiply.forward(1.0, 5.0) == 5.0
    assert multiply.backward() == (5.0, 1.0)


def test_parameters_are_given_at_the_start() -> None:
    scale = Layer("mul_constant", c=3.0)
    np.testing.assert_array_equal(scale.forward([1.0, -2.0]), [3.0, -6.0])
    np.testing.assert_array_equal(scale.backward([1.0, 10.0])[0], [3.0, 30.0])


def test_gradients_have_the_shapes_of_the_inputs() -> None:
    add = Layer("add")
    add.forward([[1.0, 2.0], [3.0, 4.0]], 1.0)
    matrix, number = add.backward(np.ones((2, 2)))
    assert matrix.shape == (2, 2)
    assert number == 4.0


def test_a_gate_of_one_s_own_is_a_layer_without_being_registered() -> None:
    cube = Layer(own_gates.Cube(k=2.0))
    assert cube.forward(3.0) == 54.0
    assert cube.backward(1.0) == (54.0,)


def test_infinities_raise_no_warning() -> None:
    log = Layer("log")
    assert log.forward(0.0) == -np.inf
    assert log.backward(1.0) == (np.inf,)


def test_faults_are_told() -> None:
    with pytest.raises(UnknownGateError, match="did you mean 'mul'"):
        Layer("mull")
    with pytest.raises(GateError, match="parameter holds a value of its own"):
        Layer("parameter")
    multiply = Layer("mul")
    with pytest.raises(RunError, match="mul: nothing to go back from; call forward first"):
        multiply.backward(1.0)
    with pytest.raises(PortError, match="mul takes 2 or more inputs but is given 1"):
        multiply.forward(1.0)
    with pytest.raises(ShapeError, match="do not broadcast"):
        multiply.forward([1.0, 2.0], [1.0, 2.0, 3.0])
    multiply.forward(1.0, 2.0)
    with pytest.raises(ShapeError, match=r"has shape \(2,\) and the output scalar"):
        multiply.backward([1.0, 2.0])


def test_an_own_gate_that_breaks_a_promise_is_told() -> None:
    with pytest.raises(GateError, match="infer_shape says scalar; make them agree"):
        Layer(own_gates.WrongShape()).forward(1.0)
    forgetful = Layer(own_gates.ForgetsTuple())
    forgetful.forward([1.0, 2.0])
    with pytest.raises(GateError, match="backward must return a tuple"):
        forgetful.backward([1.0, 1.0])


def test_changing_what_a_layer_returned_changes_nothing_inside() -> None:
    exp = Layer("exp")
    output = exp.forward([0.0, 0.0])
    output *= 5.0
    np.testing.assert_array_equal(exp.backward([1.0, 1.0])[0], [1.0, 1.0])


def test_the_gradients_of_a_layer_do_not_share_memory() -> None:
    add = Layer("add")
    add.forward([1.0, 2.0], [3.0, 4.0])
    first, second = add.backward([1.0, 1.0])
    first *= 0.1
    np.testing.assert_array_equal(second, [1.0, 1.0])
