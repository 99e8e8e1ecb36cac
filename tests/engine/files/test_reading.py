"""Strict reading: every fault is one FileError with its place, and what is sound is kept."""

from __future__ import annotations

import gc
import json
import random
from contextlib import suppress
from pathlib import Path

import pytest

from chainrule.errors import FileError
from chainrule.files import loads
from tests.helpers.faulty_files import (
    FAULTS,
    SIGMOID,
    Fault,
    X,
    Y,
    composite,
    document,
    file,
    nested_definitions,
)

CASES = json.loads(
    (Path(__file__).parents[2] / "cases" / "lecture.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_each_fault_is_refused_with_its_place_in_one_line(fault: Fault) -> None:
    with pytest.raises(FileError) as caught:
        loads(fault.data)
    assert caught.value.where.startswith(fault.where)
    assert fault.says in caught.value.problem
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_case_of_the_lecture_is_sound(case: dict) -> None:
    graph = loads(json.dumps(case["graph"]).encode())
    assert [node.id for node in graph] == [node["id"] for node in case["graph"]["nodes"]]
    assert graph.header.output == case["graph"]["output"]


def test_a_cycle_is_told_before_a_file_that_is_too_large_when_expanded() -> None:
    nodes = (
        {"id": "a", "gate": "neg", "inputs": ["b"]},
        {"id": "b", "gate": "d29", "inputs": ["a"]},
    )
    with pytest.raises(FileError, match="cycle of wires"):
        loads(file(*nodes, definitions=nested_definitions(30, 2)))


def test_nodes_may_stand_in_any_order() -> None:
    graph = loads(file(*reversed(document()["nodes"])))
    assert list(graph.ids()) == ["f", "y", "x"]
    assert graph.inputs("f") == ("x", "y")


def test_ports_may_be_unwired_and_a_node_may_be_read_twice() -> None:
    graph = loads(
        file(
            X,
            {"id": "a", "gate": "mul", "inputs": ["x", "x"]},
            {"id": "b", "gate": "add", "inputs": ["a", None, None]},
        )
    )
    assert graph.inputs("a") == ("x", "x")
    assert graph.inputs("b") == ("a", None, None)


def test_shapes_that_do_not_fit_are_no_fault_of_form() -> None:
    graph = loads(
        file({**X, "value": [1, 2]}, {**Y, "value": [1, 2, 3]}, document()["nodes"][2], seed=[1])
    )
    value = graph.node("x").value
    assert value is not None
    assert value.shape == (2,)


def test_a_file_without_nodes_is_an_empty_graph() -> None:
    assert len(loads(file(nodes=[]))) == 0


def test_greek_letters_name_nodes() -> None:
    assert "σ" in loads(file({**X, "id": "σ"}))


def test_a_composite_gate_gets_the_ports_of_its_definition() -> None:
    graph = loads(composite())
    assert graph.node("g").kind.port_names == ("z",)
    assert graph.definitions["neg_exp"].output == "e"


def test_a_port_of_a_definition_may_lack_a_value() -> None:
    bare = {"id": "z", "gate": "input"}
    graph = loads(composite(nodes=[bare, *SIGMOID["nodes"][1:]]))
    assert graph.definitions["neg_exp"].nodes[0].value is None


def test_unknown_keys_are_kept() -> None:
    graph = loads(file({**X, "colour": "red"}, author={"name": "Ada"}))
    assert graph.node("x").extras == {"colour": "red"}
    assert graph.header.extras == {"author": {"name": "Ada"}}


def test_the_garbage_collector_runs_again_after_reading() -> None:
    with pytest.raises(FileError):
        loads(b"")
    assert gc.isenabled()


def test_reading_ten_thousand_gates_searches_no_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    from chainrule.graph import graph as module

    searches: list[object] = []
    monkeypatch.setattr(module.nx, "has_path", lambda *ends: searches.append(ends))
    chain = [{"id": f"n{i}", "gate": "neg", "inputs": [f"n{i - 1}"]} for i in range(1, 10_000)]
    random.Random(1).shuffle(chain)
    loads(file(*chain, {"id": "n0", "gate": "input", "value": 1}))
    assert searches == []


def test_mutated_files_raise_nothing_but_a_file_error() -> None:
    chance = random.Random(2)
    pieces = rb'" { } [ ] , : null true 1e999 - \u NaN "x" "f" 0 "inputs" "value" "params"'.split()
    pieces += [b"\xff", b"\n", b"\x00"]
    originals = [json.dumps(case["graph"]).encode() for case in CASES] + [composite()]
    for _ in range(3000):
        data = bytearray(chance.choice(originals))
        for _ in range(chance.randint(1, 4)):
            start = chance.randrange(len(data))
            data[start : start + chance.choice((0, 1, 1, 5, 20))] = chance.choice(pieces)
        with suppress(FileError):
            loads(bytes(data))
