"""Laws that every gate of the catalogue obeys, tried on the gate's own samples."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import mutually_broadcastable_shapes

from chainrule.arrays import Array, Shape, as_array, unbroadcast
from chainrule.gates.catalogue import all_kinds, get_kind
from chainrule.gates.gate import Elementwise, Gate
from tests.engine.gates.agreement import Case, Result, agree, read_recorded

GATES = [kind for kind in all_kinds() if issubclass(kind, Gate) and not inspect.isabstract(kind)]
SAMPLES = [
    pytest.param(gate(), tuple(as_array(each) for each in sample), id=f"{gate.name} {sample}")
    for gate in GATES
    for sample in gate.samples
] + [
    pytest.param(
        gate.create(settings),
        tuple(as_array(each) for each in inputs),
        id=f"{gate.name} {settings} {number}",
    )
    for gate in GATES
    for number, (settings, inputs) in enumerate(gate.variants)
]
ELEMENTWISE = [gate() for gate in GATES if issubclass(gate, Elementwise)]
SPECIAL = (0.0, -0.0, 1.0, -1.0, 1e-320, 1e300, -1e300, np.inf, -np.inf, np.nan)


def _named(gate: Gate) -> str:
    return gate.name


def _weighted(gate: Gate, inputs: tuple[Array, ...], upstream: Array) -> float:
    return float(np.sum(gate.forward(*inputs) * upstream))


def _difference(gate: Gate, inputs: tuple[Array, ...], upstream: Array, port: int) -> Array:
    """Return the gradient of the output, weighted by `upstream`, by central differences."""
    x = np.array(inputs[port])
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step = 1e-5 * max(1.0, abs(x[place]))
        sides: list[float] = []
        for moved in (x[place] + step, x[place] - step):
            changed = x.copy()
            changed[place] = moved
            sides.append(
                _weighted(gate, (*inputs[:port], changed[()], *inputs[port + 1 :]), upstream)
            )
        gradient[place] = (sides[0] - sides[1]) / (2.0 * step)
    return gradient


def _ramp(shape: Shape) -> Array:
    """Return different numbers, so that swapped or summed gradients can't pass for right ones."""
    return np.reshape(np.linspace(0.5, 1.5, int(np.prod(shape))), shape)[()]


@pytest.mark.parametrize(("gate", "inputs"), SAMPLES)
def test_backward_agrees_with_central_differences(gate: Gate, inputs: tuple[Array, ...]) -> None:
    if not gate.differentiates:
        return  # The tests of its family say what it does instead.
    output = gate.forward(*inputs)
    upstream = _ramp(output.shape)
    gradients = gate.backward(upstream, output, *inputs)
    for port, (gradient, x) in enumerate(zip(gradients, inputs, strict=True)):
        numeric = _difference(gate, inputs, upstream, port)
        np.testing.assert_allclose(unbroadcast(gradient, x.shape), numeric, rtol=1e-7, atol=1e-7)


@pytest.mark.parametrize(("gate", "inputs"), SAMPLES)
def test_infer_shape_is_the_shape_of_the_output(gate: Gate, inputs: tuple[Array, ...]) -> None:
    assert gate.infer_shape(*(each.shape for each in inputs)) == gate.forward(*inputs).shape


@pytest.mark.parametrize(("case", "torch"), read_recorded())
def test_infer_shape_agrees_with_pytorch(case: Case, torch: Result) -> None:
    kind = next(each for each in GATES if each.name == case.gate)
    shapes = (each.shape for each in case.inputs)
    assert kind.create(case.params).infer_shape(*shapes) == torch.output.shape


@pytest.mark.parametrize(("gate", "inputs"), SAMPLES)
def test_numbers_are_float64_and_never_arrays_without_axes(
    gate: Gate, inputs: tuple[Array, ...]
) -> None:
    output = gate.forward(*inputs)
    for result in (output, *gate.backward(output, output, *inputs)):
        assert isinstance(result, np.float64) or result.ndim > 0
        assert result.dtype == np.float64


@pytest.mark.parametrize(("gate", "inputs"), SAMPLES)
def test_a_pass_leaves_the_inputs_alone(gate: Gate, inputs: tuple[Array, ...]) -> None:
    before = [np.array(each) for each in inputs]
    output = gate.forward(*inputs)
    kept = np.array(output)
    gate.backward(_ramp(output.shape), output, *inputs)
    for was, now in zip((*before, kept), (*inputs, output), strict=True):
        np.testing.assert_array_equal(was, now)


@pytest.mark.parametrize("gate", ELEMENTWISE, ids=_named)
def test_a_stack_of_numbers_gives_what_each_number_gives(gate: Gate) -> None:
    points = np.array([0.25, 1.5, 3.0])
    inputs = tuple(points + port for port in range(len(gate.ports)))
    upstream = np.array([1.0, -2.0, 0.5])
    with np.errstate(invalid="ignore"):  # Not all are in the domain of each.
        stacked = np.asarray(gate.forward(*inputs))
        gradients = [np.asarray(each) for each in gate.backward(upstream, stacked, *inputs)]
        for place in range(3):
            single = tuple(each[place] for each in inputs)
            output = gate.forward(*single)
            alone = gate.backward(upstream[place], output, *single)
            np.testing.assert_allclose(stacked[place], output, rtol=1e-14)
            np.testing.assert_allclose([each[place] for each in gradients], alone, rtol=1e-14)


@pytest.mark.parametrize("gate", ELEMENTWISE, ids=_named)
def test_special_numbers_give_the_same_alone_and_in_an_array(gate: Gate) -> None:
    grid = np.meshgrid(*[SPECIAL] * len(gate.ports))
    flat = [np.ravel(each) for each in grid]
    with np.errstate(all="ignore"):
        output = np.asarray(gate.forward(*flat))
        upstream = np.ones_like(output)
        gradients = [np.asarray(each) for each in gate.backward(upstream, output, *flat)]
        for place, numbers in enumerate(zip(*flat, strict=True)):
            alone = gate.forward(*numbers)
            assert agree(alone, output[place]), numbers
            singles = gate.backward(np.float64(1.0), alone, *numbers)
            for one, many in zip(singles, gradients, strict=True):
                assert agree(np.float64(one), many[place]), numbers


@pytest.mark.parametrize("gate", [each for each in ELEMENTWISE if len(each.ports) > 1], ids=_named)
@given(data=st.data())
def test_gradients_of_broadcast_inputs_are_sums_over_the_copies(
    gate: Gate, data: st.DataObject
) -> None:
    drawn = data.draw(
        mutually_broadcastable_shapes(num_shapes=len(gate.ports), max_dims=3, max_side=3)
    )
    inputs = [_ramp(shape) + port for port, shape in enumerate(drawn.input_shapes)]
    whole = [np.array(np.broadcast_to(each, drawn.result_shape))[()] for each in inputs]
    upstream = _ramp(drawn.result_shape)
    short = gate.backward(upstream, gate.forward(*inputs), *inputs)
    full = gate.backward(upstream, gate.forward(*whole), *whole)
    for x, one, other in zip(inputs, short, full, strict=True):
        expected = unbroadcast(np.broadcast_to(other, drawn.result_shape)[()], x.shape)
        np.testing.assert_allclose(unbroadcast(one, x.shape), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("gate", [each() for each in GATES], ids=_named)
def test_every_gate_says_all_about_itself(gate: Gate) -> None:
    assert gate.symbol
    assert gate.ports == gate.port_names
    assert len(gate.derivatives) == len(gate.ports)
    assert gate.samples
    assert gate.aliases
    for sentence in (gate.summary, gate.rule, *(each.says for each in gate.parameters())):
        assert sentence[0].isupper() or not sentence[0].isalpha()
        assert sentence.endswith(".")
    for latex in (gate.formula, *gate.derivatives):
        assert latex.count("{") == latex.count("}")
        assert latex.count(r"\left") == latex.count(r"\right")
    assert inspect.getdoc(type(gate)) != inspect.getdoc(Gate)


@pytest.mark.parametrize("gate", [each() for each in GATES], ids=_named)
def test_settings_make_the_same_gate_again(gate: Gate) -> None:
    assert type(gate).create(gate.settings()) == gate


KINKED_AT_0 = [
    get_kind(name)()
    for name in ("max", "min", "relu", "abs", "relu6", "leaky_relu", "prelu", "rrelu", "selu")
]


@pytest.mark.parametrize("gate", KINKED_AT_0, ids=_named)
def test_branch_differs_on_the_two_sides_of_a_kink(gate: Any) -> None:
    others = (np.float64(0.0),) * (len(gate.ports) - 1)
    left, right = np.float64(-1e-9), np.float64(1e-9)
    assert gate.branch(left, *others) != gate.branch(right, *others)
    assert gate.branch(left, *others) == gate.branch(np.float64(-2.0), *others)
    assert isinstance(gate.branch(left, *others), np.float64)
    assert gate.branch(np.zeros((2, 3)), *others).shape == (2, 3)
