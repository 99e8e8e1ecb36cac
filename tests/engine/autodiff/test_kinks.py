"""On which piece gates with kinks are, whoever made them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, final

import numpy as np
import pytest
from typing_extensions import override

from chainrule.arrays import Array, as_array
from chainrule.autodiff.gradient_check import Verdict, check_gradients
from chainrule.autodiff.kinks import Kinks
from chainrule.autodiff.passes import Passes
from chainrule.gates.gate import Piecewise
from chainrule.gates.kernel import Kernel, Source
from chainrule.gates.kind import NUMBER, parameter
from chainrule.graph.edits import SetValue
from tests.helpers import own_gates
from tests.helpers.random_graphs import build


def _leak(x: float, slope: float) -> tuple[float, float, float]:
    return (x, 1.0, 0.0) if x > 0.0 else (slope * x, slope, 0.0)


def _leaky(x: Array, slope: Array, out: Any) -> None:
    np.copyto(out, np.where(np.greater(x, 0.0), x, np.multiply(slope, x)))


def _slopes(f: Array, x: Array, slope: Array) -> tuple[Array, ...]:
    return (np.where(np.greater(x, 0.0), 1.0, slope),)


@final
@dataclass(frozen=True)
class LeakyRelu(own_gates.OwnGate, Piecewise):
    """f = x above 0, and slope · x below: a gate with a kernel, a parameter and a kink."""

    slope: float = parameter(0.25, NUMBER, "The slope below 0.")

    name = "leaky_relu"
    kernel = Kernel("leaky_relu", _leaky, (Source.COMPUTED, 0.0), _leak, _slopes)

    @override
    def forward(self, x: Array) -> Array:
        return np.where(np.greater(x, 0.0), x, self.slope * x)[()]

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * np.where(np.greater(x, 0.0), 1.0, self.slope),)

    @override
    def branch(self, x: Array) -> Array:
        return np.asarray(np.greater(x, 0.0), np.float64)[()]


SIZES = pytest.mark.parametrize("size", [None, 3], ids=["numbers", "tensors"])


def sized(number: float, size: int | None) -> Any:
    return number if size is None else [number] * size


@SIZES
def test_an_own_gate_with_a_kernel_a_parameter_and_a_kink_runs(size: int | None) -> None:
    graph = build(
        {"x": sized(-2.0, size)},
        {"a": (LeakyRelu(), "x"), "b": (LeakyRelu(0.5), "a"), "f": ("sum", "b")},
    )
    passes = Passes(graph)
    np.testing.assert_array_equal(passes.value("b"), sized(-0.25, size))
    np.testing.assert_array_equal(passes.gradient("x"), sized(0.125, size))


@SIZES
def test_its_kink_is_seen_by_the_gradient_check(size: int | None) -> None:
    gates = {"a": (LeakyRelu(), "x"), "f": ("sum", "a")}
    for number, verdict in ((0.0, Verdict.KINK), (1.0, Verdict.AGREES), (-1.0, Verdict.AGREES)):
        checks = check_gradients(build({"x": sized(number, size)}, gates))
        assert {each.verdict for each in checks} == {verdict}


def test_every_gate_that_is_on_another_piece_is_named_once_and_in_order() -> None:
    graph = build(
        {"x": 2.0, "y": 1.0, "t": [1.0, 2.0]},
        {
            "a": ("relu", "x"),
            "b": (LeakyRelu(), "x"),
            "c": ("max", "x", "y", "a"),
            "d": ("abs", "y"),
            "e": ("relu", "t"),
            "m": ("min", "t", "x"),
            "idle": ("relu", "x"),
            "s": ("add", "a", "b", "c", "d", "e", "m"),
            "f": ("sum", "s"),
        },
        output="f",
    )
    passes = Passes(graph)
    kinks = Kinks(passes.plan)
    before = kinks.branches(passes.executor)
    edit = SetValue("x", as_array(-2.0))
    edit.apply(graph)
    passes.update(edit.changes())
    rows = kinks.changed(before, kinks.branches(passes.executor))
    assert [graph.rows.node(row).id for row in rows] == ["a", "b", "c", "m"]


def test_nothing_has_changed_where_nothing_is_a_number() -> None:
    graph = build(
        {"x": np.nan, "t": [np.nan, 1.0]},
        {"a": ("relu", "x"), "e": ("max", "t", "a"), "f": ("sum", "e")},
    )
    passes = Passes(graph)
    kinks = Kinks(passes.plan)
    assert kinks.changed(kinks.branches(passes.executor), kinks.branches(passes.executor)) == []
