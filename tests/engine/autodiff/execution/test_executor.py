"""The executors: all that can run a plan give the same numbers, to the last bit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chainrule.arrays import as_array
from chainrule.autodiff.execution import assembly
from chainrule.autodiff.execution.assembly import executor_of
from chainrule.autodiff.execution.executor import Executor
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.planning.plan import Plan, compile_plan
from chainrule.autodiff.reading import downstream_at, gradient_at, value_at
from chainrule.graph.edits import SetValue
from chainrule.graph.graph import GateGraph
from tests.helpers import gate_by_gate
from tests.helpers.grown_graphs import ALL, EXACT, FORMS, SEEDS, TAME, WILD, grown

MOST = 10**9
SIZES = st.sampled_from([1, 2, 5, 12, 40, 150])


@contextmanager
def wide_from(gates: int) -> Iterator[None]:
    """Let levels count as wide from so many gates a kernel on."""
    with mock.patch.object(assembly, "WIDE", gates):
        yield


def executors(plan: Plan) -> Iterator[tuple[str, Executor]]:
    """Yield each way to run a plan of numbers; the loop comes first."""
    yield "one loop", executor_of(plan, small=MOST)
    for wide in (1, MOST):
        with wide_from(wide):
            yield f"stages wide from {wide}", executor_of(plan, small=0, narrow=0)
            yield f"loops and stages wide from {wide}", executor_of(plan, small=0, narrow=3)
    yield "loops and stages", executor_of(plan, small=0)
    yield "without wires", executor_of(plan, small=0, narrow=3, keeps_wires=False)


def run(plan: Plan, executor: Executor, seed: Any) -> None:
    assert not executor.forward()
    if plan.runs_backward:
        assert not executor.backward(seed)


def told(graph: GateGraph, plan: Plan, executor: Executor, *, wires: bool) -> dict[object, str]:
    """Return all numbers, each as text in which 0 and -0 differ and all nans are one."""
    found: dict[object, str] = {}
    for name in graph.ids():
        slot = int(plan.flat.slots[graph.row(name)])
        found["value", name] = _text(value_at(plan, executor, slot))
        found["gradient", name] = _text(gradient_at(plan, executor, slot))
    for wire in graph.wires() if wires else ():
        number = int(plan.flat.wires[graph.wire_number(wire)])
        found[wire] = _text(downstream_at(plan, executor, number))
    return found


def _text(number: Any) -> str:
    return "none" if number is None else float(number).hex()


@pytest.mark.parametrize("numbers", [TAME, WILD], ids=["tame", "wild"])
@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=20)
@given(seed=SEEDS, size=SIZES)
def test_all_executors_agree_to_the_last_bit(
    form: str, numbers: tuple[float, ...], seed: int, size: int
) -> None:
    graph = grown(seed, form, size, EXACT, numbers)
    plan, top = compile_plan(graph, {}, {}), Passes(graph).seed
    expected: dict[object, str] = {}
    for name, executor in executors(plan):
        run(plan, executor, top)
        ours = told(graph, plan, executor, wires=name != "without wires")
        expected = expected or ours
        differing = [each for each in ours if ours[each] != expected[each]]
        assert [(each, expected[each], ours[each]) for each in differing] == [], name


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=20)
@given(seed=SEEDS, size=SIZES)
def test_the_passes_agree_with_gates_that_are_called_one_by_one(
    form: str, seed: int, size: int
) -> None:
    graph = grown(seed, form, min(size, 40), ALL, (*TAME, 0.0, -0.0, np.inf, -np.inf, np.nan))
    near(graph, Passes(graph), gate_by_gate.run(graph))


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=10)
@given(seed=SEEDS, size=SIZES)
def test_gates_of_many_inputs_agree_with_the_chains_that_they_are_run_as(
    form: str, seed: int, size: int
) -> None:
    graph = grown(seed, form, min(size, 12), ALL, TAME)
    chained, whole = gate_by_gate.run(graph), gate_by_gate.run(graph, chains=False)
    assume(all(np.isfinite(each) for each in chained.gradients.values()))
    near(graph, Passes(graph), whole)


def near(graph: GateGraph, ours: Passes, theirs: gate_by_gate.Numbers) -> None:
    """Hold all numbers of the passes to those of the reference, which says what may differ."""
    for name in graph.ids():
        agree(ours.value(name), theirs.values[name])
        agree(ours.gradient(name), theirs.gradients[name])
    for wire in graph.wires():
        agree(ours.wire_gradient(wire), theirs.wires[wire])


def agree(one: Any, other: Any) -> None:
    assert one is not None
    assert one.shape == other.shape
    np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-9, equal_nan=True)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=10)
@given(seed=SEEDS)
def test_many_numbers_read_at_once_are_those_read_one_by_one(form: str, seed: int) -> None:
    graph = grown(seed, form, 30, EXACT, WILD)
    passes = Passes(graph)
    plan, ids, wires = passes.plan, [*graph.ids()], [*graph.wires()]
    slots = plan.flat.slots[[graph.row(name) for name in ids]]
    flat = plan.flat.wires[[graph.wire_number(wire) for wire in wires]]
    for name, executor in executors(plan):
        run(plan, executor, passes.seed)
        same(executor.numbers(slots), [passes.value(each) for each in ids])
        same(executor.number_gradients(slots), [passes.gradient(each) for each in ids])
        if name != "without wires":
            same(executor.number_downstream(flat), [passes.wire_gradient(each) for each in wires])


def same(ours: Any, expected: Any) -> None:
    np.testing.assert_array_equal(ours, np.array(expected, np.float64))


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=10)
@given(seed=SEEDS, other=st.sampled_from(WILD))
def test_executors_that_run_again_have_the_numbers_of_new_ones(
    form: str, seed: int, other: float
) -> None:
    graph = grown(seed, form, 30, EXACT, WILD)
    plan, top = compile_plan(graph, {}, {}), Passes(graph).seed
    running = [*executors(plan)]
    for _, executor in running:
        run(plan, executor, top)
    SetValue("x0", as_array(other)).apply(graph)
    plan = compile_plan(graph, {}, {})
    for (name, executor), (_, fresh) in zip(running, executors(plan), strict=True):
        executor.set_value(int(plan.flat.slots[graph.row("x0")]), as_array(other))
        assert _text(executor.value(int(plan.flat.slots[graph.row("x0")]))) == _text(other)
        run(plan, executor, top)
        run(plan, fresh, top)
        wires = name != "without wires"
        assert told(graph, plan, executor, wires=wires) == told(graph, plan, fresh, wires=wires)
