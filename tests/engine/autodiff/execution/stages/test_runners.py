"""Tensors in the passes: all ways to run a gate against the gates called one by one."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.arrays import Array, Shape, as_array
from chainrule.autodiff import passes as passes_module
from chainrule.autodiff.execution.assembly import executor_of
from chainrule.autodiff.passes import Passes
from chainrule.errors import GraphError
from chainrule.graph.edits import Edit, SetHeader, SetValue
from chainrule.graph.graph import GateGraph
from tests.helpers import gate_by_gate
from tests.helpers.grown_graphs import ALL, FORMS, SEEDS, grown
from tests.helpers.random_graphs import edits
from tests.helpers.tensor_graphs import many_small, tensor_graph


def near(graph: GateGraph, ours: Passes) -> None:
    """Hold all numbers of the passes to those of the reference."""
    theirs = gate_by_gate.run(graph)
    for name in graph.ids():
        agree(ours.value(name), theirs.values[name])
        agree(ours.gradient(name), theirs.gradients[name])
    for wire in graph.wires():
        agree(ours.wire_gradient(wire), theirs.wires[wire])


def agree(one: Array | None, other: Array) -> None:
    assert one is not None
    assert one.shape == other.shape
    assert isinstance(one, np.float64) == (one.ndim == 0)
    np.testing.assert_allclose(one, other, rtol=1e-10, atol=1e-10, equal_nan=True)


@settings(max_examples=150)
@given(seed=SEEDS, gates=st.integers(3, 25))
def test_random_graphs_of_tensors_agree_with_gates_called_one_by_one(seed: int, gates: int) -> None:
    graph = tensor_graph(seed, gates)
    near(graph, Passes(graph))


@pytest.mark.parametrize("shape", [(1,), (3,), (2, 2), (1, 2, 2)])
@settings(max_examples=10)
@given(seed=SEEDS)
def test_small_tensors_that_are_stacked_agree_with_gates_called_one_by_one(
    shape: Shape, seed: int
) -> None:
    graph = many_small(seed, 120, shape)
    near(graph, Passes(graph))


def everything(graph: GateGraph, passes: Passes) -> list[Array | None]:
    """Return all numbers as they are handed out: the values last, the gradients of data too."""
    found = [passes.wire_gradient(wire) for wire in graph.wires()]
    found += [passes.gradient(name) for name in graph.ids()]
    return found + [passes.value(name) for name in graph.ids()]


def text(arrays: list[Array | None]) -> list[str]:
    return [repr(None if each is None else (each.shape, each.tolist())) for each in arrays]


@given(seed=SEEDS, gates=st.integers(3, 25))
def test_arrays_that_are_handed_out_stay_good_whatever_is_read_after_them(
    seed: int, gates: int
) -> None:
    graph = tensor_graph(seed, gates)
    passes = Passes(graph)
    handed_out = everything(graph, passes)
    before = text(handed_out)
    again = everything(graph, passes)
    assert text(again[::-1]) == before[::-1]
    assert text(handed_out) == before


@settings(max_examples=60)
@given(seed=SEEDS, gates=st.integers(3, 25), data=st.data())
def test_tensors_that_are_updated_are_those_of_fresh_passes(
    seed: int, gates: int, data: st.DataObject
) -> None:
    graph = tensor_graph(seed, gates)
    passes = Passes(graph)
    if data.draw(st.booleans()):
        everything(graph, passes)
    for _ in range(3):
        edit = data.draw(edits(graph) if data.draw(st.booleans()) else rescaled(graph))
        try:
            edit.apply(graph)
        except GraphError:
            continue
        passes.update(edit.changes())
        assert text(everything(graph, passes)) == text(everything(graph, Passes(graph)))
        assert passes.faults == Passes(graph).faults


@st.composite
def rescaled(draw: st.DrawFn, graph: GateGraph) -> Edit:
    """Draw another value, of the same shape, for a leaf."""
    leaves = [node for node in graph if node.value is not None]
    if not leaves:
        return SetHeader(graph.header)
    node = draw(st.sampled_from(leaves))
    assert node.value is not None
    factor = draw(st.sampled_from([-1.5, 0.5, 1e200, np.inf]))
    with np.errstate(all="ignore"):
        return SetValue(node.id, as_array(node.value * factor))


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=10)
@given(seed=SEEDS, data=st.data())
def test_stages_that_are_updated_are_those_of_fresh_passes(
    form: str, seed: int, data: st.DataObject
) -> None:
    staged = partial(executor_of, small=0, narrow=2)
    with mock.patch.object(passes_module, "executor_of", staged):
        graph = grown(seed, form, 40, ALL)
        passes = Passes(graph)
        for _ in range(2):
            edit = data.draw(edits(graph) if data.draw(st.booleans()) else rescaled(graph))
            with suppress(GraphError):
                edit.apply(graph)
                passes.update(edit.changes())
                assert text(everything(graph, passes)) == text(everything(graph, Passes(graph)))
