"""Two graphs are the same problem if they compute the same numbers by the same gates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from chainrule.files import dumps, loads
from chainrule.gates.catalogue import get_kind
from chainrule.graph.edits import (
    AddNodes,
    Connect,
    Edit,
    MoveNodes,
    RemoveNodes,
    SetHeader,
    SetKind,
    SetLabel,
    SetValue,
)
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, Wire
from chainrule.graph.switches import SetMuted, SetPinned
from chainrule.practice.same_graph import first_difference
from tests.helpers.faulty_files import composite
from tests.helpers.practice import exercise_graph


def seeded(graph: GateGraph) -> Edit:
    return SetHeader(replace(graph.header, seed=np.float64(2.0)))


def other_output(graph: GateGraph) -> Edit:
    return SetHeader(replace(graph.header, output="q"))


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda _: RemoveNodes(("f",)), "it lacks f"),
        (lambda _: AddNodes((Node("g", get_kind("exp")(), 1),)), "it has g, which the key hasn't"),
        (lambda _: SetValue("x", np.float64(7)), "x has another value than in the key"),
        (lambda _: SetValue("x", np.ones(2)), "x has another value than in the key"),
        (lambda _: SetKind("q", get_kind("mul")(), 2), "q is mul, and in the key add"),
        (lambda _: Connect(Wire("z", "q", 1)), "q has other inputs than in the key"),
        (lambda _: SetMuted({"q": True}), "q is muted, unlike in the key"),
        (other_output, "its output is q, and in the key f"),
        (seeded, "its gradient at the output is another than in the key"),
    ],
)
def test_what_changes_a_number_is_named(edit: Callable[[GateGraph], Edit], says: str) -> None:
    graph = exercise_graph()
    edit(graph).apply(graph)
    assert first_difference(exercise_graph(), graph) == says


@pytest.mark.parametrize(
    "edit",
    [MoveNodes({"x": (1.0, 2.0)}), SetLabel("x", "me"), SetPinned({"q": True})],
)
def test_looks_are_no_matter(edit: Edit) -> None:
    graph = exercise_graph()
    edit.apply(graph)
    assert first_difference(exercise_graph(), graph) == ""


def test_settings_and_definitions_are_compared() -> None:
    one = exercise_graph("f = mul_constant(x, c=2)", {"x": 1.0})
    other = exercise_graph("f = mul_constant(x, c=3)", {"x": 1.0})
    assert first_difference(one, other) == "f has other settings than in the key"
    key, same = loads(composite()), loads(dumps(loads(composite())))
    assert first_difference(key, same) == ""
    text = composite().decode()
    assert '"exp"' in text
    changed = loads(text.replace('"exp"', '"sin"').encode())
    assert first_difference(key, changed).startswith("inside of ")
