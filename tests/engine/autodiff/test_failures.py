"""Gates that fail: only those to blame are told, alone and in composites, both ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, final

import numpy as np
import pytest
from typing_extensions import override

from chainrule.arrays import Array, as_array
from chainrule.autodiff.passes import Passes
from chainrule.graph.composites import Composite
from chainrule.graph.edits import Batch, SetDefinitions, SetKind, SetValue
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Wire
from tests.helpers import own_gates
from tests.helpers.random_graphs import build, definition_of, extend, kind_of

REFUSES, FAILS_BACK = own_gates.RefusesNegative(), own_gates.FailsBackward()
# The same graphs with single numbers and with tensors too large to be stacked.
SIZES = pytest.mark.parametrize("size", [None, 20], ids=["numbers", "tensors"])


@final
@dataclass(frozen=True)
class RefusesZeroGradient(own_gates.OwnGate):
    """f = x, but refuses an upstream gradient of 0."""

    name = "refuses_zero_gradient"

    @override
    def forward(self, x: Array) -> Array:
        return x

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        if np.any(upstream == 0):
            raise ArithmeticError("no gradient here")
        return (upstream,)


def sized(number: float, size: int | None) -> Any:
    return number if size is None else [number] * size


def wrapped(graph: GateGraph, name: str, kind: Any) -> Composite:
    """Define a composite of a gate and what surrounds it; return its kind."""
    inside = build(
        {"p": 1.0, "idle": 0.0},
        {"n": ("neg", "p"), "o": (kind, "n"), "k": ("neg", "o"), "t": ("neg", "k")},
        output="t",
    )
    definition = definition_of(name, ("p", "idle"), inside)
    SetDefinitions({**graph.definitions, name: definition}).apply(graph)
    return Composite(name, ("p", "idle"))


@SIZES
def test_a_gate_behind_one_that_failed_is_not_to_blame(size: int | None) -> None:
    graph = build(
        {"x": sized(-2.0, size), "c": sized(5.0, size)},
        {"a": (REFUSES, "x"), "d": ("sub", "a", "c"), "b": (REFUSES, "d")},
    )
    passes = Passes(graph)
    assert [*passes.faults] == ["a"]
    for name in ("a", "d", "b"):
        assert passes.value(name) is None


@SIZES
def test_a_gate_behind_one_that_fails_after_an_edit_is_not_to_blame(size: int | None) -> None:
    graph = build(
        {"x": sized(3.0, size), "c": sized(1.0, size)},
        {"a": (REFUSES, "x"), "d": ("sub", "a", "c"), "b": (REFUSES, "d")},
    )
    passes = Passes(graph)
    assert not passes.faults
    # The old value of a, 3, less the new one of c would be refused.
    edit = Batch(
        (SetValue("x", as_array(sized(-3.0, size))), SetValue("c", as_array(sized(9.0, size))))
    )
    inverse = edit.apply(graph)
    passes.update(edit.changes())
    assert [*passes.faults] == ["a"]
    inverse.apply(graph)
    passes.update(inverse.changes())
    assert not passes.faults
    np.testing.assert_array_equal(passes.value("b"), sized(2.0, size))
    np.testing.assert_array_equal(passes.gradient("x"), sized(1.0, size))


@SIZES
def test_several_failures_beside_each_other_are_found_and_those_behind_them_are_not(
    size: int | None,
) -> None:
    graph = build(
        {"x": sized(-1.0, size), "y": sized(2.0, size)},
        {
            "a": (REFUSES, "x"),
            "b": (own_gates.WrongShape(), "y"),
            "m": ("neg", "y"),
            "c": (REFUSES, "m"),
            "s": ("add", "a", "c"),
            "n": ("neg", "s"),
            "e": (REFUSES, "n"),
            "f": ("square", "y"),
        },
        output="f",
    )
    passes = Passes(graph)
    assert set(passes.faults) == {"a", "b", "c"}
    np.testing.assert_array_equal(passes.gradient("y"), sized(4.0, size))
    assert passes.wire_gradient(Wire("y", "m", 0)) is not None


@SIZES
def test_a_gate_before_one_that_fails_backward_is_not_to_blame(size: int | None) -> None:
    graph = build(
        {"x": sized(3.0, size)},
        {"a": (RefusesZeroGradient(), "x"), "n": ("neg", "a"), "b": (FAILS_BACK, "n")},
    )
    passes = Passes(graph)
    assert [*passes.faults] == ["b"]
    np.testing.assert_array_equal(passes.value("b"), sized(-3.0, size))
    np.testing.assert_array_equal(passes.gradient("b"), sized(1.0, size))
    assert passes.gradient("n") is None
    assert passes.gradient("x") is None


@SIZES
@pytest.mark.parametrize("kind", [REFUSES, own_gates.WrongShape(), own_gates.FailsInferring()])
def test_a_failure_inside_a_composite_is_one_of_the_composite(kind: Any, size: int | None) -> None:
    graph = build({"x": sized(2.0, size), "y": sized(3.0, size)}, {})
    composite = wrapped(graph, "inner", kind)
    extend(graph, {}, {"c": (composite, "x", "y"), "f": ("mul", "c", "y")})
    passes = Passes(graph)
    assert [*passes.faults] == ["c"]
    assert passes.value("c") is None
    assert passes.gradient("y") is None
    np.testing.assert_array_equal(passes.value("y"), sized(3.0, size))


@SIZES
def test_of_composites_in_a_row_only_the_first_to_fail_is_to_blame(size: int | None) -> None:
    graph = build({"x": sized(2.0, size), "y": sized(3.0, size)}, {})
    composite = wrapped(graph, "inner", REFUSES)
    extend(
        graph, {}, {"a": (composite, "x", "y"), "s": ("add", "a", "y"), "b": (composite, "s", "a")}
    )
    assert [*Passes(graph).faults] == ["a"]


@SIZES
def test_a_failure_backward_inside_a_composite_keeps_its_value(size: int | None) -> None:
    graph = build({"x": sized(2.0, size), "y": sized(3.0, size)}, {})
    composite = wrapped(graph, "inner", FAILS_BACK)
    extend(graph, {}, {"c": (composite, "x", "y"), "f": ("mul", "c", "y")})
    passes = Passes(graph)
    assert [*passes.faults] == ["c"]
    np.testing.assert_array_equal(passes.value("f"), sized(-6.0, size))
    np.testing.assert_array_equal(passes.gradient("c"), sized(3.0, size))
    assert passes.gradient("x") is None
    assert passes.wire_gradient(Wire("x", "c", 0)) is None
    np.testing.assert_array_equal(passes.wire_gradient(Wire("y", "f", 1)), sized(-2.0, size))


def test_what_a_router_blocks_is_zero_at_a_composite_that_fails_backward_too() -> None:
    graph = build({"x": 2.0}, {}, seed=as_array(np.inf))
    composite = wrapped(graph, "inner", FAILS_BACK)
    extend(graph, {}, {"c": (composite, "x", "x"), "f": ("relu", "c")})
    passes = Passes(graph)
    assert passes.value("f") == 0.0
    assert passes.gradient("c") == 0.0
    assert passes.wire_gradient(Wire("c", "f", 0)) == 0.0


@SIZES
def test_a_gate_that_is_replaced_fails_no_longer(size: int | None) -> None:
    graph = build(
        {"x": sized(-2.0, size)},
        {"a": (REFUSES, "x"), "b": (FAILS_BACK, "a"), "f": ("neg", "b")},
    )
    passes = Passes(graph)
    assert [*passes.faults] == ["a"]
    for name, left in (("a", ["b"]), ("b", [])):
        edit = SetKind(name, kind_of("neg"), 1)
        edit.apply(graph)
        passes.update(edit.changes())
        assert [*passes.faults] == left
    np.testing.assert_array_equal(passes.gradient("x"), sized(-1.0, size))


def test_an_output_beyond_a_gibibyte_is_refused_before_it_is_made() -> None:
    row, column = np.zeros((1, 20_000)), np.zeros((20_000, 1))
    graph = build(
        {"x": row, "y": column, "n": 1.0},
        {"s": ("add", "x", "y"), "t": (kind_of("tile", repeats=[10**12]), "n")},
        output="s",
    )
    faults = Passes(graph).faults
    assert faults["s"].startswith("add: its output (20000, 20000) would be 400,000,000 numbers")
    assert "134,217,728 are the limit; feed smaller tensors" in faults["t"]


@final
@dataclass(frozen=True)
class WantsTooMuch(own_gates.OwnGate):
    """f = x, had there been enough memory."""

    name = "wants_too_much"

    @override
    def forward(self, x: Array) -> Array:
        raise MemoryError("Unable to allocate 7 TiB")

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream,)


def test_a_gate_that_finds_no_memory_says_so_in_plain_words() -> None:
    faults = Passes(build({"x": [1.0] * 20}, {"f": (WantsTooMuch(), "x")})).faults
    assert faults == {
        "f": "wants_too_much: it needs more memory than there is; feed smaller tensors"
    }
