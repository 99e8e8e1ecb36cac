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

from chainrule.autodiff.execution.numbering import kernel_of, parameters_of
from chainrule.gates.catalogue import all_kinds
from chainrule.gates.gate import Elementwise
from chainrule.gates.kernel import PASS_ON, Kernel, KernelFamily, Source

Floats = npt.NDArray[np.float64]

SPECIAL = (
    *(0.0, 1.0, 0.3, 2.0, 3.5, 36.9, 709.7, 710.0, 745.0, 1e10, 1e200, 1.7e308),
    *(5e-324, 2e-320, 2.3e-308, 1e-200, 1e-9, math.inf),
)
POINTS = (*SPECIAL, *(-each for each in SPECIAL), math.nan)
# With 0.5 for all numbers NumPy takes the root instead: other last digits, and nan at -inf.
EXPONENTS = (3.0, 2.0, 1.0, 0.0, -1.0, 0.3, -2.5, 400.0)
SETTINGS: dict[str, list[dict[str, Any]]] = {
    "power": [{"exponent": each} for each in EXPONENTS],
    "mul_constant": [{"c": each} for each in (-2.5, 0.0, -0.0, 1e300)],
    "add_constant": [{"c": each} for each in (0.5, 0.0, -0.0, 1e308)],
    "gradient_reversal": [{"scale": each} for each in (1.0, 0.0, -2.5)],
    "leaky_relu": [{"negative_slope": each} for each in (0.01, 0.0, -2.5)],
    "elu": [{"alpha": each} for each in (1.0, 0.0, -0.3, 1e300)],
    "celu": [{"alpha": each} for each in (1.0, 0.3, 1e300)],
    "gelu": [{"approximate": each} for each in ("none", "tanh")],
    "clip": [{"min": -1.0, "max": 0.3}, {"min": 0.0, "max": 0.0}],
    "hardtanh": [{"min": -1.0, "max": 0.3}, {"min": 0.0, "max": 0.0}],
    "hardshrink": [{"lambd": each} for each in (1.0, 0.0)],
    "softshrink": [{"lambd": each} for each in (1.0, 0.0, 0.3)],
    "threshold": [{"threshold": 0.3, "value": -1.0}, {"threshold": 0.0, "value": 0.0}],
}
# What IEEE 754 rounds correctly: there may be no difference at all.
EXACT = {
    *("add", "sub", "mul", "div", "neg", "reciprocal", "max", "min", "square", "sqrt", "rsqrt"),
    *("abs", "relu", "leaky_relu", "prelu", "hardshrink", "softshrink"),
    *("hardsigmoid", "hardswish", "softsign", "gradient_reversal", "pass_on"),
}
# Their slopes or values pass through 0 as differences, so what counts there is the absolute error.
ROUNDING = 2.0**-52
CROSSING = {"gelu", "gelu_tanh", "silu", "mish", "sinc", "logaddexp"}

# Their slopes contain the square of what is rounded, and so twice the error.
SQUARED = {"cbrt", "tan", "tanhshrink", "atan2"}


def gates() -> list[Elementwise]:
    kinds = [each for each in all_kinds() if issubclass(each, Elementwise)]
    shipped = [each for each in kinds if not inspect.isabstract(each)]
    return [kind.create(each) for kind in shipped for each in SETTINGS.get(kind.name, [{}])]


GATES = gates()
ALL = [(gate, kernel) for gate in GATES if (kernel := kernel_of(gate)) is not None]
KERNELS = {kernel.name: kernel for _, kernel in ALL} | {PASS_ON.name: PASS_ON}


def _named(value: Any) -> str:
    return repr(value) if isinstance(value, Elementwise) else ""


def grid(count: int) -> list[Floats]:
    """Return all combinations of special numbers, a stack for each of `count` operands."""
    return [np.array(column) for column in zip(*product(POINTS, repeat=count), strict=True)]


def operands_of(gate: Elementwise, inputs: list[Floats]) -> list[Floats]:
    """Return the inputs and then the parameters, each as a stack."""
    return [*inputs, *(np.full(len(inputs[0]), each) for each in parameters_of(gate))]


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
            close = kernel.name in CROSSING and abs(one - other) <= 4.0 * ROUNDING
            most = 8.0 if kernel.name in SQUARED else 4.0
            assert close or steps_between(one, other) <= most, (numbers, found, those)


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


def test_every_elementwise_gate_of_one_or_two_inputs_that_ships_has_a_kernel() -> None:
    small = [gate for gate in GATES if len(gate.ports) <= 2]
    assert [gate.name for gate in small if kernel_of(gate) is None] == []


def test_equal_gates_share_one_kernel() -> None:
    for gate, kernel in ALL:
        assert kernel_of(type(gate).create(gate.settings())) is kernel


def test_kernels_of_one_name_are_one_kernel() -> None:
    assert all(KERNELS[kernel.name] is kernel for _, kernel in ALL)


@pytest.mark.parametrize(("gate", "kernel"), ALL, ids=_named)
def test_operands_are_the_ports_and_then_the_parameters(gate: Elementwise, kernel: Kernel) -> None:
    assert kernel.arity == len(gate.ports) + len(parameters_of(gate)) <= 2
    assert len(parameters_of(gate)) == (
        0 if isinstance(gate.kernel, KernelFamily) else len(gate.parameters())
    )
    assert (kernel.compute is None) == (Source.COMPUTED not in kernel.slopes)
