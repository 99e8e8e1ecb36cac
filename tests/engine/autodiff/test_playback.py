"""Playback shows the passes one gate at a time: nothing early, every sum as it grows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.autodiff.passes import Passes
from chainrule.autodiff.playback import Moment, Phase, Step, Timeline, play_order
from chainrule.expression.formula import graph_from_formula
from chainrule.graph.edits import SetHeader
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Wire
from tests.helpers.random_graphs import runnable_graphs


def moments(graph: GateGraph) -> list[Moment]:
    """Return what is known before the first step, and after each."""
    passes = Passes(graph)
    timeline = Timeline(graph, passes)
    return [Moment(timeline, passes, position) for position in range(len(timeline) + 1)]


def same(one: object, other: object) -> bool:
    return (one is None) == (other is None) and (
        one is None or bool(np.array_equal(np.asarray(one), np.asarray(other), equal_nan=True))
    )


def test_the_steps_of_the_lecture_go_forwards_and_back() -> None:
    graph = graph_from_formula("q = x + y; f = q * z")
    timeline = Timeline(graph, Passes(graph))
    assert timeline.steps == (
        Step(Phase.FORWARD, "q"),
        Step(Phase.FORWARD, "f"),
        Step(Phase.SEED, "f"),
        Step(Phase.BACKWARD, "f"),
        Step(Phase.BACKWARD, "q"),
    )
    assert timeline.step(0) is None
    assert timeline.position_of("q", Phase.BACKWARD) == 5
    assert timeline.position_of("x", Phase.FORWARD) is None


def test_numbers_appear_when_they_are_computed() -> None:
    start, *_, end = played = moments(graph_from_formula("q = x + y; f = q * z"))
    assert [start.value(each) is not None for each in "xyzqf"] == [True, True, True, False, False]
    assert all(start.gradient(each) is None for each in "xyzqf")
    assert played[1].value("q") == 3.0
    assert played[1].value("f") is None
    assert played[3].gradient("f") == 1.0
    assert played[3].gradient("q") is None
    assert played[4].gradient("q") == 3.0
    assert played[4].gradient("x") is None
    assert end.gradient("x") == 3.0


def test_at_a_branch_gradients_arrive_one_by_one_and_the_sum_grows() -> None:
    graph = graph_from_formula("s = x * x; t = exp(x); f = s + t")
    seen = [moment.gradient("x") for moment in moments(graph)]
    sums = [float(each) for each in dict.fromkeys(float(one) for one in seen if one is not None)]
    x = float(graph.node("x").value or 0.0)
    assert len(sums) == 2
    assert sums[1] == pytest.approx(2 * x + np.exp(x))
    assert sums[0] in (pytest.approx(2 * x), pytest.approx(np.exp(x)))
    complete = [moment.is_complete("x") for moment in moments(graph)]
    assert complete == [False] * (len(complete) - 1) + [True]


def test_a_chosen_order_is_followed_as_far_as_inputs_come_first() -> None:
    graph = graph_from_formula("a = x + y; b = exp(x); f = a * b")
    assert play_order(graph) == ["a", "b", "f"]
    assert play_order(graph, ("b", "a")) == ["b", "a", "f"]
    assert play_order(graph, ("f", "nobody")) == ["a", "b", "f"]


def test_without_an_output_only_the_forward_pass_is_played() -> None:
    graph = graph_from_formula("a = x + y; b = exp(x)")
    SetHeader(replace(graph.header, output=None)).apply(graph)
    timeline = Timeline(graph, Passes(graph))
    assert {step.phase for step in timeline.steps} == {Phase.FORWARD}
    assert timeline.position_of("a", Phase.SEED) is None


@settings(max_examples=60)
@given(graph=runnable_graphs(), data=st.data())
def test_what_is_shown_is_what_the_passes_hold_and_nothing_is_shown_early(
    graph: GateGraph, data: st.DataObject
) -> None:
    passes = Passes(graph)
    wanted = data.draw(st.permutations([*graph.ids()]))
    timeline = Timeline(graph, passes, wanted)
    end = Moment(timeline, passes, len(timeline))
    for node in graph:
        assert same(end.value(node.id), passes.value(node.id))
        assert same(end.gradient(node.id), passes.gradient(node.id))
    position = data.draw(st.integers(0, len(timeline)))
    moment = Moment(timeline, passes, position)
    step = moment.step
    for node in graph:
        inputs = [each for each in graph.inputs(node.id) if each is not None]
        if moment.value(node.id) is not None and not node.is_leaf:
            assert all(moment.value(each) is not None for each in inputs)
    for wire in graph.wires():
        if position < len(timeline) and moment.wire_gradient(wire) is not None:
            assert moment.is_complete(wire.target)
    if step is not None and step.phase is Phase.BACKWARD:
        before = Moment(timeline, passes, position - 1)
        assert before.is_complete(step.node)
        for wire in graph.wires_into(step.node):
            assert before.wire_gradient(wire) is None


def test_scrubbing_asks_nothing_of_the_passes_but_single_numbers() -> None:
    graph = graph_from_formula("q = x + y; f = q * z")
    passes = Passes(graph)
    timeline = Timeline(graph, passes)
    before = passes.compiled
    numbers = [
        Moment(timeline, passes, at).wire_gradient(Wire("q", "f", 0)) for at in range(len(timeline))
    ]
    assert numbers == [None, None, None, None, 3.0]
    assert passes.compiled == before
