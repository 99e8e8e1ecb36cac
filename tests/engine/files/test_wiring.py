"""The order of wires, and the names on a cycle."""

from __future__ import annotations

from chainrule.files.nodes import Kinds, decode_nodes
from chainrule.files.wiring import cycle_among, shown_cycle, wires_in_order


def test_a_node_is_wired_before_its_readers() -> None:
    entries = decode_nodes(
        [
            {"id": "c", "gate": "neg", "inputs": ["b"]},
            {"id": "b", "gate": "neg", "inputs": ["a"]},
            {"id": "a", "gate": "input", "value": 1},
        ],
        Kinds({}),
    )
    assert [wire.target for wire in wires_in_order(entries)] == ["b", "c"]


def test_a_cycle_names_each_node_before_the_one_that_reads_it() -> None:
    needs = {"d": ["c"], "a": ["c"], "b": ["a"], "c": ["b"]}
    assert cycle_among(needs) == ["c", "a", "b"]


def test_a_long_cycle_is_shown_in_part() -> None:
    assert shown_cycle(["a", "b"]) == "a -> b -> a"
    assert shown_cycle([f"n{i}" for i in range(100)]).endswith("-> n6 -> ... -> n0")
