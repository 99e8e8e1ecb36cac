"""Deterministic writing: what is read back is equal, and the same graph gives the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.errors import FileError, UnknownNodeError
from chainrule.files import dumps, loads
from chainrule.files.writing import content_of, content_of_part, pieces
from chainrule.gates.leaf import Input
from chainrule.graph.edits import AddNodes, Connect, RemoveNodes, SetHeader
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header, Node, Wire
from chainrule.graph.selection import subgraph
from tests.helpers.faulty_files import F, X, Y, composite, document, file
from tests.helpers.graph_strategies import described, graphs

CASES = json.loads(
    (Path(__file__).parents[2] / "cases" / "lecture.json").read_text(encoding="utf-8")
)


@given(graphs())
def test_a_graph_that_is_written_reads_back_equal(graph: GateGraph) -> None:
    assert described(loads(dumps(graph))) == described(graph)


@given(graphs())
def test_writing_what_was_read_gives_the_same_bytes(graph: GateGraph) -> None:
    first = dumps(graph)
    assert dumps(loads(first)) == first


@given(graphs())
def test_the_pieces_of_a_file_make_up_the_file(graph: GateGraph) -> None:
    assert b"".join(pieces(content_of(graph))) == dumps(graph)


@given(graphs(), st.data())
def test_a_part_is_written_as_a_graph_of_its_own(graph: GateGraph, data: st.DataObject) -> None:
    ids = [each for each in graph.ids() if data.draw(st.booleans())]
    part = b"".join(pieces(content_of_part(graph, ids)))
    assert part == dumps(subgraph(graph, ids))


def test_a_part_with_a_node_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownNodeError, match="'q'"):
        content_of_part(loads(file()), ["q"])


def test_a_large_file_comes_in_many_pieces() -> None:
    leaves = [{"id": f"x{i}", "gate": "input", "value": i} for i in range(5000)]
    assert len(list(pieces(content_of(loads(file(*leaves)))))) >= 10


def test_the_content_of_a_file_is_that_of_the_moment_it_was_taken() -> None:
    graph = loads(file())
    before, content = dumps(graph), content_of(graph)
    RemoveNodes(("x",)).apply(graph)
    SetHeader(Header("another title")).apply(graph)
    assert b"".join(pieces(content)) == before


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_reading_and_writing_keeps_everything_in_a_file(case: dict) -> None:
    assert json.loads(dumps(loads(json.dumps(case["graph"]).encode()))) == case["graph"]


def test_a_file_has_one_node_a_line_and_its_keys_in_the_order_of_the_format() -> None:
    graph = loads(
        json.dumps(
            {
                "output": "f",
                "colour": [1, 2.0],
                "nodes": [{"value": 2.0, "position": [0, 1.5], "label": "w₀", **X}, Y, F],
                "title": "x · y",
                "version": 1,
                "format": "chainrule",
            }
        ).encode()
    )
    assert dumps(graph).decode() == (
        "{\n"
        '  "format": "chainrule",\n'
        '  "version": 1,\n'
        '  "title": "x · y",\n'
        '  "nodes": [\n'
        '    {"id": "x", "gate": "input", "value": 2, "label": "w₀", "position": [0, 1.5]},\n'
        '    {"id": "y", "gate": "input", "value": 3},\n'
        '    {"id": "f", "gate": "mul", "inputs": ["x", "y"]}\n'
        "  ],\n"
        '  "output": "f",\n'
        '  "colour": [1, 2.0]\n'
        "}\n"
    )


def test_a_definition_has_one_node_a_line_too() -> None:
    lines = dumps(loads(composite())).decode().splitlines()
    assert '    "neg_exp": {"inputs": ["z"], "nodes": [' in lines
    assert '      {"id": "n", "gate": "neg", "inputs": ["z"]},' in lines


def test_the_history_of_edits_leaves_no_trace_in_the_bytes() -> None:
    graph = loads(file())
    before = dumps(graph)
    RemoveNodes(("y",)).apply(graph).apply(graph)
    Connect(Wire("x", "f", 1)).apply(graph).apply(graph)
    assert dumps(graph) == before


def test_negative_zero_keeps_its_sign() -> None:
    graph = loads(
        b'{"format":"chainrule","version":1,"nodes":[{"id":"x","gate":"input","value":-0}]}'
    )
    assert b'"value": -0.0}' in dumps(graph)


def _graph_of(*nodes: Node, header: Header | None = None) -> GateGraph:
    graph = GateGraph()
    AddNodes(nodes).apply(graph)
    SetHeader(header or Header()).apply(graph)
    return graph


ONE = np.float64(1)


@pytest.mark.parametrize(
    ("graph", "where"),
    [
        (_graph_of(Node("x", Input(), value=np.zeros((0, 3)))), "node 'x'"),
        (_graph_of(Node("x", Input(), value=ONE, position=(float("nan"), 0.0))), "node 'x'"),
        (_graph_of(Node("x", Input(), value=ONE, extras={"a": {1}})), "node 'x'"),
        (_graph_of(Node("x", Input(), value=ONE, extras={"a": float("nan")})), "node 'x'"),
        (_graph_of(Node("x", Input(), value=ONE, label="\ud800")), "file"),
        (
            _graph_of(Node("\u00b5", Input(), value=ONE), Node("\u03bc", Input(), value=ONE)),
            "node '\u03bc'",
        ),
        (_graph_of(header=Header(seed=np.zeros(0))), "seed"),
        (_graph_of(header=Header(view=float("inf"))), "view"),
    ],
)
def test_what_no_file_can_hold_is_refused(graph: GateGraph, where: str) -> None:
    with pytest.raises(FileError) as caught:
        dumps(graph)
    assert caught.value.where == where


def test_documents_of_plain_data_survive() -> None:
    data = json.dumps(document(frames=[{"text": "é\u2028"}], view={"zoom": 1.5})).encode()
    assert json.loads(dumps(loads(data))) == json.loads(data)


def test_a_parameter_that_states_its_default_stays_in_the_file() -> None:
    nodes = [
        {"id": "x", "gate": "input", "value": [1, 2]},
        {"id": "s", "gate": "sum", "inputs": ["x"], "params": {"axis": None, "keepdims": False}},
        {"id": "t", "gate": "sum", "inputs": ["x"], "params": {"keepdims": True}},
    ]
    document = {"format": "chainrule", "version": 1, "nodes": nodes, "output": "s"}
    assert json.loads(dumps(loads(json.dumps(document).encode()))) == document
