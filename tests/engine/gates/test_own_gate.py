"""How a program adds a gate of its own: one class, registered.

The class says all that palette, inspector, checks and exports want to know. `forward` and
`backward` work on numbers and on arrays; `backward` returns one gradient for each input.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

import numpy as np
import pytest
from typing_extensions import override

from chainrule.arrays import Array
from chainrule.errors import ParameterError
from chainrule.gates.catalogue import all_kinds, get_kind, has_kind, register, unregister
from chainrule.gates.gate import Elementwise, Gate, Pattern
from chainrule.gates.kind import NUMBER, Group, parameter


@final
@dataclass(frozen=True)
class LeakyRelu(Elementwise):
    """f = x for x > 0 and slope · x elsewhere; the gradient at 0 is the slope."""

    slope: float = parameter(0.01, NUMBER, "The slope for negative inputs.")

    name = "leaky_rectifier"
    group = Group.ACTIVATION
    summary = "A ReLU that lets a little of the negative side through."
    aliases = ("leaky",)
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\max(x, slope \cdot x)"
    derivatives = (r"1 \text{ or } slope",)
    rule = "The gradient passes on the positive side and is scaled by the slope on the other."
    samples = ((2.0,), (-3.0,))

    @property
    @override
    def symbol(self) -> str:
        return "leaky"

    @override
    def forward(self, x: Array) -> Array:
        return x * self._factor(x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * self._factor(x),)

    def _factor(self, x: Array) -> Array:
        return np.where(x > 0, 1.0, self.slope)[()]


@pytest.fixture(autouse=True)
def _registered() -> Iterator[None]:
    register(LeakyRelu)
    yield
    unregister(LeakyRelu)


def test_a_registered_gate_is_found_by_its_name() -> None:
    assert get_kind("leaky_rectifier") is LeakyRelu


def test_a_registered_gate_runs_on_numbers_and_arrays() -> None:
    gate = get_kind("leaky_rectifier").create({"slope": 0.1})
    assert isinstance(gate, Gate)
    assert gate.forward(np.float64(-3.0)) == pytest.approx(-0.3)
    x = np.array([2.0, -1.0])
    (gradient,) = gate.backward(np.array([1.0, 1.0]), gate.forward(x), x)
    np.testing.assert_allclose(gradient, [1.0, 0.1])


def test_a_registered_gate_stands_in_its_group_of_the_palette() -> None:
    names = [kind.name for kind in all_kinds()]
    assert names.index("softplus") < names.index("leaky_rectifier") < names.index("sum")


def test_a_registered_gate_has_its_parameters_checked() -> None:
    with pytest.raises(ParameterError, match="'slope' must be a finite number, not 'steep'"):
        get_kind("leaky_rectifier").create({"slope": "steep"})


def test_an_unregistered_gate_is_gone() -> None:
    unregister(LeakyRelu)
    assert not has_kind("leaky_rectifier")
