"""Selections that follow from others."""

from __future__ import annotations

import pytest

from chainrule.errors import GraphError
from chainrule_desktop.document.growing import (
    all_between,
    all_connected,
    all_downstream,
    all_others,
    all_upstream,
    of_the_kind,
    one_downstream,
    one_upstream,
)
from tests.desktop.easel import sum_times_z


def test_one_step_upstream_adds_what_feeds_the_nodes() -> None:
    assert list(one_upstream(sum_times_z(), ("f",))) == ["f", "q", "z"]


def test_one_step_downstream_adds_what_reads_the_nodes() -> None:
    assert list(one_downstream(sum_times_z(), ("x", "y"))) == ["x", "y", "q"]


def test_all_upstream_adds_all_on_which_the_nodes_depend() -> None:
    assert list(all_upstream(sum_times_z(), ("f",))) == ["f", "x", "y", "z", "q"]


def test_all_downstream_adds_all_that_depends_on_the_nodes() -> None:
    assert list(all_downstream(sum_times_z(), ("x",))) == ["x", "q", "f"]


def test_of_the_kind_are_all_of_each_kind_that_is_selected() -> None:
    assert list(of_the_kind(sum_times_z(), ("z", "q"))) == ["z", "q", "x", "y"]


def test_all_others_are_those_not_selected() -> None:
    assert list(all_others(sum_times_z(), ("x", "q"))) == ["y", "z", "f"]


def test_connected_is_what_wires_lead_to_in_either_direction() -> None:
    assert set(all_connected(sum_times_z(), ("x",))) == {"x", "y", "z", "q", "f"}


@pytest.mark.parametrize("ends", [("x", "f"), ("f", "x")])
def test_between_two_nodes_is_the_way_along_wires(ends: tuple[str, str]) -> None:
    assert set(all_between(sum_times_z(), ends)) == {"x", "q", "f"}


def test_between_nodes_without_a_way_is_nothing() -> None:
    with pytest.raises(GraphError, match="No wires lead from x to z"):
        all_between(sum_times_z(), ("x", "z"))


def test_a_way_needs_two_ends() -> None:
    with pytest.raises(GraphError, match="two nodes"):
        all_between(sum_times_z(), ("x",))
