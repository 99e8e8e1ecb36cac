"""Names and first values for the nodes of a formula."""

from __future__ import annotations

import itertools

import pytest

from chainrule.expression.naming import constant_names, first_value, fresh_names, leaf_kind
from chainrule.gates.leaf import Input, Parameter


@pytest.mark.parametrize(
    "name", ["w", "w0", "w_1", "W", "W2", "b", "B", "b_out", "bias", "weights", "theta1", "θ", "β"]
)
def test_names_of_weights_become_parameters(name: str) -> None:
    assert leaf_kind(name) == Parameter()


@pytest.mark.parametrize("name", ["x", "y", "x0", "width", "batch", "wx", "base", "X", "α"])
def test_other_names_become_inputs(name: str) -> None:
    assert leaf_kind(name) == Input()


def test_first_values_come_round() -> None:
    assert [first_value(Input(), count) for count in range(4)] == [1.0, 2.0, 3.0, 1.0]
    assert [first_value(Parameter(), count) for count in range(4)] == [0.5, -0.5, 1.0, 0.5]


def test_fresh_names_avoid_those_taken_and_the_result() -> None:
    names = list(itertools.islice(fresh_names(["a", "c", "a1"]), 17))
    assert names[:5] == ["b", "d", "g", "h", "k"]
    assert names[-4:] == ["v", "b1", "d1", "g1"]


def test_constants_are_numbered() -> None:
    assert list(itertools.islice(constant_names(["c2"]), 2)) == ["c1", "c3"]
