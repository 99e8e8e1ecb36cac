"""Kernels: the same function as their gate's methods, on stacks and on plain floats."""

from __future__ import annotations

import inspect
import math
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.gates.catalogue import all_kinds
from chainrule.gates.gate import Elementwise
from chainrule.gates.kernel import PASS_ON, Kernel, Source

Floats = npt.NDArray[np.float64]

SPECIAL = (
    *(0.0, 1.0, 0.3, 2.0, 3.5, 36.9, 709.7, 710.0, 745.0, 1e10, 1e200, 1.7e308),
    *(5e-324, 2e-320, 2.3e-308, 1e-200, 1e-9, math.inf),
)
POINTS = (*SPECIAL, *(-each for each in SPECIAL), math.nan)
SETTINGS: dict[str, tuple[float, ...]] = {
    # With 0.5 for all numbers NumPy takes the root instead: other last digits, and nan at -inf.
    "power": (3.0, 2.0, 1.0, 0.0, -1.0, 0.3, -2.5, 400.0),
    "mul_constant": (-2.5, 0.0, -0.0, 1e300),
    "add_constant": (0.5, 0.0, -0.0, 1e308),
}
# What IEEE 754 rounds correctly: there may be no difference at all.
EXACT = {
    *("add", "sub", "mul", "div", "neg", "reciprocal", "max", "min", "square", "sqrt"),
    *("abs", "relu", "pass_on"),
}


def gates() -> list[Elementwise]:
    found: list[Elementwise] = []
    for kind in all_kinds():
        if issubclass(kind, Elementwise) and not inspect.isabstract(kind):
            names = [each.name for each in kind.parameters()]
            values = SETTINGS.get(kind.name, (None,))
            found += [kind.create(dict.fromkeys(names, value)) for value in values]
    return found


GATES = gates()
ALL = [(gate, kernel) for gate in GATES if (kernel := type(gate).kernel) is not None]
KERNELS = {kernel.name: kernel for _, kernel in ALL} | {PASS_ON.name: PASS_ON}


def _named(value: Any) -> str:
    return repr(value) if isinstance(value, Elementwise) else ""


def grid(count: int) -> list[Floats]:
    """Return all combinations of special numbers, a stack for each of `count` operands."""
    return [np.array(column) for column in zip(*product(POINTS, repeat=count), strict=True)]


def operands_of(gate: Elementwise, inputs: list[Floats]) -> list[Floats]:
    """Return the inputs and then the parameters, each as a stack."""
    parameters = [getattr(gate, each.name) for each in gate.parameters()]
    return [*inputs, *(np.full(len(inputs[0]), float(each)) for each in parameters)]


def bits(numbers: Any) -> list[str]:
    """Return numbers as text in which 0 and -0 differ and all nans are one."""
    return [float(each).hex() for each in np.ravel(numbers)]


def steps_between(one: float, other: float) -> float:
    """Return how many units in the last place lie between two numbers."""
    if one == other or (math.isnan(one) and math.isnan(other)):
        return 0.0
    if not (math.isfinite(one) and math.isfinite(other)):
        return math.inf
    return abs(one - other) / max(math.ulp(one), math.ulp(other))


def whole(slope: Any, count: int) -> Floats:
    """Return a slope as a stack."""
    return np.broadcast_to(np.asarray(slope, np.float64), (count,))


@pytest.mark.parametrize(("gate", "kernel"), ALL, ids=_named)
def test_a_kernel_has_the_values_of_its_gate(gate: Elementwise, kernel: Kernel) -> None:
    inputs = grid(len(gate.ports))
    out = np.empty(len(inputs[0]))
    with np.errstate(all="ignore"):
        kernel.apply(*operands_of(gate, inputs), out)
        assert bits(out) == bits(gate.forward(*inputs))


@pytest.mark.parametrize("upstream", [1.0, -0.75, 1e300, math.inf, math.nan])
@pytest.mark.parametrize(("gate", "kernel"), ALL, ids=_named)
def test_slopes_times_upstream_are_the_downstream_gradients_of_the_gate(
    gate: Elementwise, kernel: Kernel, upstream: float
) -> None:
    inputs = grid(len(gate.ports))
    flowing, out = np.full(len(inputs[0]), upstream), np.empty(len(inputs[0]))
    with np.errstate(all="ignore"):
        kernel.apply(*operands_of(gate, inputs), out)
        slopes = kernel.slopes_of(out, *operands_of(gate, inputs))
        expected = gate.backward(flowing, out, *inputs)
        for slope, gradient in zip(slopes, expected, strict=False):
            ours = whole(slope, len(out)) * flowing
            # The gate x⁰ blocks, too; its kernel gives 0 · inf, which is nan, as slopes do.
            if kernel.routes or gate.settings().get("exponent") == 0.0:
                ours = np.where(whole(slope, len(out)) == 0.0, 0.0, ours)
            assert bits(ours) == bits(gradient)


def at(kernel: Kernel, numbers: tuple[float, ...]) -> tuple[float, ...]:
    """Return what a loop gets: from `at`, or, where that raises, from `carefully_at`."""
    try:
        return kernel.at(*numbers)
    except (ArithmeticError, ValueError):
        return kernel.carefully_at(*numbers)


def stacked(kernel: Kernel, stacks: list[Floats]) -> list[Floats]:
    """Return the values and the slopes of all operands."""
    out = np.empty(len(stacks[0]))
    with np.errstate(all="ignore"):
        kernel.apply(*stacks, out)
        slopes = kernel.slopes_of(out, *stacks)
    return [out, *(whole(each, len(out)) for each in slopes)]


def check(kernel: Kernel, stacks: list[Floats]) -> None:
    expected = stacked(kernel, stacks)
    for place, numbers in enumerate(zip(*(each.tolist() for each in stacks), strict=True)):
        found, those = at(kernel, numbers), [float(each[place]) for each in expected]
        if kernel.name in EXACT:
            assert bits(found) == bits(those), numbers
        for one, other in zip(found, those, strict=True):
            assert steps_between(one, other) <= 4.0, (numbers, found, those)


@pytest.mark.parametrize("kernel", KERNELS.values(), ids=lambda each: each.name)
def test_plain_floats_give_what_a_stack_gives_at_special_numbers(kernel: Kernel) -> None:
    check(kernel, grid(kernel.arity))


@pytest.mark.parametrize("kernel", KERNELS.values(), ids=lambda each: each.name)
@settings(max_examples=30)
@given(data=st.data())
def test_plain_floats_give_what_a_stack_gives(kernel: Kernel, data: st.DataObject) -> None:
    numbers = st.floats() | st.floats(-50.0, 50.0) | st.floats(-800.0, 800.0)
    drawn = [data.draw(st.lists(numbers, min_size=9, max_size=9)) for _ in range(kernel.arity)]
    check(kernel, [np.array(each) for each in drawn])


@pytest.mark.parametrize("kernel", KERNELS.values(), ids=lambda each: each.name)
def test_careful_floats_are_a_stack_of_one(kernel: Kernel) -> None:
    for numbers in product(POINTS, repeat=kernel.arity):
        alone = stacked(kernel, [np.array([each]) for each in numbers])
        assert bits(kernel.carefully_at(*numbers)) == bits(alone)


def test_every_elementwise_gate_that_ships_has_a_kernel() -> None:
    assert [gate.name for gate in GATES if type(gate).kernel is None] == []


def test_kernels_of_one_name_are_one_kernel() -> None:
    assert all(KERNELS[kernel.name] is kernel for _, kernel in ALL)


@pytest.mark.parametrize(("gate", "kernel"), ALL, ids=_named)
def test_operands_are_the_ports_and_then_the_parameters(gate: Elementwise, kernel: Kernel) -> None:
    assert kernel.arity == len(gate.ports) + len(gate.parameters()) <= 2
    assert (kernel.compute is None) == (Source.COMPUTED not in kernel.slopes)
