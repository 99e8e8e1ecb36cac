"""The order of wires, and the names on a cycle."""

from __future__ import annotations

import pytest

from chainrule.errors import FileError
from chainrule.files.nodes import Kinds, NodeEntry, decode_nodes
from chainrule.files.wiring import check_cycles, cycle_among, shown_cycle, wires_of
from chainrule.graph.node import Wire


def read(**inputs: list[str | None]) -> list[NodeEntry]:
    return decode_nodes(
        [{"id": name, "gate": "add", "inputs": each} for name, each in inputs.items()], Kinds({})
    )


def test_wires_stand_by_target_in_the_order_of_the_nodes_then_by_port() -> None:
    entries = read(c=["b", "a"], b=[None, "a"], a=[None, None])
    assert wires_of(entries) == (Wire("b", "c", 0), Wire("a", "c", 1), Wire("a", "b", 1))


def test_all_wires_from_a_node_share_the_text_of_its_id() -> None:
    name = "".join(("some", "_node"))
    entries = read(some_node=[None, None], b=[name, name])
    assert all(wire.source is entries[0].node.id for wire in wires_of(entries))


def test_a_source_that_is_no_node_is_named() -> None:
    with pytest.raises(FileError, match=r"node 'b': inputs\[1\] names 'q'"):
        wires_of(read(a=[None, None], b=["a", "q"]))


def test_a_cycle_is_refused_and_named_from_a_node_on_it() -> None:
    entries = read(x=[None, "b"], a=["x", None], b=["a", None])
    with pytest.raises(FileError, match="x -> a -> b -> x"):
        check_cycles(entries)


def test_wires_without_a_cycle_are_let_through() -> None:
    check_cycles(read(c=["b", "a"], b=["a", "a"], a=[None, None]))


def test_a_cycle_names_each_node_before_the_one_that_reads_it() -> None:
    needs = {"d": ["c"], "a": ["c"], "b": ["a"], "c": ["b"]}
    assert cycle_among(needs) == ["c", "a", "b"]


def test_a_long_cycle_is_shown_in_part() -> None:
    assert shown_cycle(["a", "b"]) == "a -> b -> a"
    assert shown_cycle([f"n{i}" for i in range(100)]).endswith("-> n6 -> ... -> n0")
