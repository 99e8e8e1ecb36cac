"""The places of numbers: what they are told by the graph as it is, whatever its history."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.arrays import Array
from chainrule.autodiff.execution.assembly import executor_of
from chainrule.autodiff.execution.numbering import NOWHERE, Numberer, Numbering, kernel_of
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.planning.flat import flatten
from chainrule.autodiff.planning.levels import levels_of
from chainrule.autodiff.planning.plan import compile_plan
from chainrule.autodiff.reading import downstream_at, gradient_at, value_at
from chainrule.errors import GraphError
from chainrule.files import dumps, loads
from chainrule.gates.gate import Gate
from chainrule.graph.graph import GateGraph
from tests.helpers import own_gates
from tests.helpers.grown_graphs import ALL, FORMS, SEEDS, grown
from tests.helpers.random_graphs import EDITS, build, edits


def digits(graph: GateGraph) -> list[str]:
    """Return all numbers, in the order of the graph: of a loop, and of stages."""
    plan = compile_plan(graph, {}, {})
    found: list[str] = []
    for executor in (executor_of(plan), executor_of(plan, small=0, narrow=2)):
        executor.forward()
        if plan.runs_backward:
            executor.backward(Passes(graph).seed)
        slots = [int(plan.flat.slots[graph.row(name)]) for name in graph.ids()]
        wires = [int(plan.flat.wires[graph.wire_number(wire)]) for wire in graph.wires()]
        found += [_text(value_at(plan, executor, slot)) for slot in slots]
        found += [_text(gradient_at(plan, executor, slot)) for slot in slots]
        found += [_text(downstream_at(plan, executor, wire)) for wire in wires]
    return found


def _text(number: Array | None) -> str:
    return repr(None if number is None else number.tolist())


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=10)
@given(seed=SEEDS, data=st.data())
def test_digits_are_the_same_after_edits_that_were_taken_back(
    form: str, seed: int, data: st.DataObject
) -> None:
    graph = grown(seed, form, 30, ALL)
    before = digits(graph)
    inverses = []
    for _ in range(3):
        with suppress(GraphError):
            inverses.append(data.draw(edits(graph)).apply(graph))
    for inverse in reversed(inverses):
        inverse.apply(graph)
    assert digits(graph) == before


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=10)
@given(seed=SEEDS, data=st.data())
def test_digits_are_the_same_after_saving_and_loading(
    form: str, seed: int, data: st.DataObject
) -> None:
    graph = grown(seed, form, 30, ALL)
    # An edit may leave holes among the places, which files do not keep.
    with suppress(GraphError):
        data.draw(st.composite(EDITS["RemoveNodes"])(graph)).apply(graph)
    assert digits(loads(dumps(graph))) == digits(graph)


def numbered(graph: GateGraph) -> Numbering:
    """Number everything in a graph of numbers, with gradients through every other gate."""
    flat = flatten(graph)
    gates = np.array([isinstance(flat.kind(slot), Gate) for slot in range(flat.size)], np.bool_)
    active = np.arange(flat.size) % 2 == 0
    return Numberer(flat, levels_of(flat)).number(gates, ~gates, active)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=10)
@given(seed=SEEDS)
def test_every_slot_has_a_place_and_gates_stand_behind_what_they_read(form: str, seed: int) -> None:
    graph = grown(seed, form, 60, ALL)
    flat, numbering = flatten(graph), numbered(graph)
    constants = range(numbering.given, numbering.first)
    assert sorted(numbering.places) == [n for n in range(numbering.count) if n not in constants]
    for slot in range(flat.size):
        place = numbering.places[slot]
        for port, source in enumerate(flat.inputs(slot)):
            number = numbering.wires[flat.starts[slot] + port]
            assert numbering.sources[number] == numbering.places[source] < place


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=10)
@given(seed=SEEDS)
def test_levels_and_their_groups_hold_each_gate_and_each_wire_once(form: str, seed: int) -> None:
    graph = grown(seed, form, 60, ALL)
    flat, numbering = flatten(graph), numbered(graph)
    at = dict(zip(numbering.places.tolist(), range(flat.size), strict=True))
    place, wire = numbering.first, 0
    for level in numbering.levels:
        assert (level.start, level.wire) == (place, wire)
        arities = [group.kernel.arity for group in level.groups]
        assert arities == sorted(arities, reverse=True)
        for group in level.groups:
            assert group.start == place
            place = group.stop
            kinds = [flat.kind(at[each]) for each in range(group.start, group.stop)]
            assert {kernel_of(kind) for kind in kinds} == {group.kernel}
        assert level.stop == place
        # Nothing in a level reads anything in it.
        wire = level.wire_stop
        assert (numbering.sources[level.wire : wire] < level.start).all()
    assert (place, wire) == (numbering.count, len(numbering.sources))
    assert NOWHERE not in numbering.wires


@pytest.mark.parametrize("small", [400, 0])
def test_kernels_of_one_name_are_not_taken_for_each_other(small: int) -> None:
    graph = build({"x": 2.0}, {"a": (own_gates.Triple(), "x"), "f": ("neg", "x")}, output="a")
    plan = compile_plan(graph, {}, {})
    executor = executor_of(plan, small=small, narrow=0)
    executor.forward()
    executor.backward(np.float64(1.0))
    values = [value_at(plan, executor, int(plan.flat.slots[graph.row(each)])) for each in "af"]
    assert values == [6.0, -2.0]
    assert gradient_at(plan, executor, int(plan.flat.slots[graph.row("x")])) == 3.0
