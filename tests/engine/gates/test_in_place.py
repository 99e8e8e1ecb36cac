"""What gates write into arrays that stay is what they return, for all gates that can do both."""

from __future__ import annotations

import inspect

import numpy as np
import pytest

from chainrule.arrays import Array, as_array, unbroadcast
from chainrule.gates.catalogue import all_kinds
from chainrule.gates.gate import Gate, InPlace

GATES = [
    kind
    for kind in all_kinds()
    if issubclass(kind, Gate) and issubclass(kind, InPlace) and not inspect.isabstract(kind)
]
CASES = [
    pytest.param(
        gate.create(settings),
        tuple(as_array(each) for each in inputs),
        id=f"{gate.name} {settings} {number}",
    )
    for gate in GATES
    for number, (settings, inputs) in enumerate(
        (*((gate().settings(), sample) for sample in gate.samples), *gate.variants)
    )
]


def _untouched(array: Array) -> np.ndarray:
    """Return an array of the same shape that holds what no gate would compute."""
    return np.full(array.shape, 1e9)


@pytest.mark.parametrize(("gate", "inputs"), CASES)
def test_a_pass_in_place_gives_what_a_pass_returns(gate: Gate, inputs: tuple[Array, ...]) -> None:
    assert isinstance(gate, InPlace)
    output = gate.forward(*inputs)
    if not output.shape:
        return  # a single number has no place; plans call `forward`
    out = _untouched(output)
    gate.forward_into(out, *inputs)
    np.testing.assert_allclose(out, output, rtol=1e-13, atol=1e-13)
    upstream = np.reshape(np.linspace(-1.0, 1.5, output.size), output.shape)
    gradients = gate.backward(upstream, output, *inputs)
    for port, (x, gradient) in enumerate(zip(inputs, gradients, strict=True)):
        target = _untouched(x)
        gate.backward_into(target, port, upstream, output, *inputs)
        expected = unbroadcast(gradient, x.shape)
        np.testing.assert_allclose(target, expected, rtol=1e-13, atol=1e-13)
