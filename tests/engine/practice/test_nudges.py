"""What a small change does, by the gradient and in truth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.errors import RunError
from chainrule.expression.formula import graph_from_formula
from chainrule.practice.generator import generate
from chainrule.practice.levels import Level
from chainrule.practice.nudges import MOST_NUDGES, nudge_table, nudges


def test_a_square_bends() -> None:
    (nudge,) = nudges(graph_from_formula("f = x**2", {"x": 3.0}), 0.1)
    assert nudge.gradient == 6.0
    assert nudge.predicted == pytest.approx(0.6)
    assert nudge.true == pytest.approx(0.61)


@given(st.sampled_from(Level), st.integers(0, 10**6))
def test_a_small_nudge_does_what_the_gradient_says(level: Level, seed: int) -> None:
    for nudge in nudges(generate(level, seed), 1e-6):
        assert nudge.predicted is not None
        assert nudge.true == pytest.approx(nudge.predicted, rel=1e-3, abs=1e-9)


def test_of_a_tensor_each_number_is_nudged() -> None:
    found = nudges(graph_from_formula("f = sum(x * y)", {"x": [1.0, 2.0], "y": 3.0}), -0.5)
    assert [(each.node, each.index, each.true) for each in found] == [
        ("x", (0,), -1.5),
        ("x", (1,), -1.5),
        ("y", (), -1.5),
    ]


def test_constants_are_not_nudged_and_there_is_an_end() -> None:
    assert [each.node for each in nudges(graph_from_formula("f = x * [1, 2]", {"x": 1.0}))] == ["x"]
    many = graph_from_formula("f = sum(x)", {"x": [1.0] * 100})
    assert len(nudges(many)) == MOST_NUDGES


@pytest.mark.parametrize("by", [0.0, float("nan"), float("inf")])
def test_a_nudge_is_a_number(by: float) -> None:
    with pytest.raises(RunError, match="a nudge is a number other than 0"):
        nudges(graph_from_formula("f = exp(x)", {"x": 1.0}), by)


def test_the_sheet_has_room_or_numbers() -> None:
    graph = graph_from_formula("f = x**2", {"x": 3.0})
    head = ("input", "is", "change", "gradient", "f by the gradient", "f in truth")
    for filled, row in (
        (False, ("x", "3.00", "+0.1", "", "", "")),
        (True, ("x", "3.00", "+0.1", "6.0000", "+0.6000", "+0.6100")),
    ):
        table = nudge_table(graph, 0.1, filled=filled)
        assert (table.title, table.head, table.rows) == ("What does f do?", head, (row,))
