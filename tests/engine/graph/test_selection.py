"""Copy and paste: parts of graphs, and graphs put into others under names that are free."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.errors import UnknownNodeError
from chainrule.files import dumps, loads
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Wire
from chainrule.graph.selection import fresh_id, merge, subgraph
from tests.helpers.faulty_files import SIGMOID, F, X, Y, file, nested_definitions
from tests.helpers.graph_strategies import described, graphs


def product(**others: object) -> GateGraph:
    return loads(file({**X, "position": [0, 10]}, Y, F, **others))


def test_a_part_keeps_the_wires_within_and_drops_those_from_outside() -> None:
    part = subgraph(product(), ["f", "x"])
    assert list(part.ids()) == ["x", "f"]
    assert list(part.wires()) == [Wire("x", "f", 0)]
    assert part.inputs("f") == ("x", None)


def test_a_part_of_what_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownNodeError):
        subgraph(product(), ["q"])


def test_a_part_takes_along_the_definitions_that_it_needs() -> None:
    graph = loads(
        file(
            X,
            {"id": "g", "gate": "d1", "inputs": ["x"]},
            definitions=nested_definitions(3, 1),
        )
    )
    assert list(subgraph(graph, ["g"]).definitions) == ["d0", "d1"]
    assert list(subgraph(graph, ["x"]).definitions) == []


def test_pasting_gives_taken_names_the_next_number_and_keeps_free_ones() -> None:
    graph = product()
    edit, ids = merge(graph, subgraph(graph, ["x", "f"]), (5.0, -5.0))
    edit.apply(graph)
    assert ids == ("x2", "f2")
    assert graph.inputs("f2") == ("x2", None)
    assert graph.node("x2").position == (5.0, 5.0)
    assert graph.node("f2").position is None
    assert merge(GateGraph(), product())[1] == ("x", "y", "f")


@pytest.mark.parametrize(
    ("taken", "stem", "fresh"),
    [
        (["q"], "z", "z"),
        (["q"], "q", "q2"),
        (["q", "q2"], "q", "q3"),
        (["w0", "w1", "w2"], "w0", "w3"),
        (["w1"], "w1", "w2"),
        (["x1y"], "x1y", "x1y2"),
        (["\u00b5"], "\u03bc", "\u03bc2"),
        (["x" * 200], "x" * 200, "x" * 190 + "2"),
    ],
)
def test_a_fresh_id_counts_up_from_the_stem(taken: list[str], stem: str, fresh: str) -> None:
    graph = loads(file(*({**X, "id": each} for each in taken)))
    assert fresh_id(graph, stem) == fresh


def test_a_definition_that_is_there_already_is_used() -> None:
    graph = loads(file(X, {"id": "g", "gate": "d", "inputs": ["x"]}, definitions={"d": SIGMOID}))
    edit, _ = merge(graph, subgraph(graph, ["g"]))
    edit.apply(graph)
    assert list(graph.definitions) == ["d"]


def test_another_definition_of_the_same_name_is_renamed_with_all_that_contain_it() -> None:
    used = {"id": "g", "gate": "d1", "inputs": ["x"]}
    graph = loads(file(X, used, definitions=nested_definitions(2, 1)))
    other_definitions = nested_definitions(2, 1)
    other_definitions["d0"] = SIGMOID | {"output": "n"}
    other = loads(file(X, used, definitions=other_definitions))
    edit, ids = merge(graph, other)
    edit.apply(graph)
    assert list(graph.definitions) == ["d0", "d1", "d2", "d3"]
    assert graph.definitions["d2"].output == "n"
    assert graph.definitions["d3"].nodes[1].kind.symbol == "d2"
    assert graph.node(ids[1]).kind.symbol == "d3"
    assert loads(dumps(graph)) is not graph


@given(graphs(), graphs())
def test_undoing_a_paste_restores_the_graph(graph: GateGraph, other: GateGraph) -> None:
    before = described(graph)
    edit, ids = merge(graph, other)
    undo = edit.apply(graph)
    assert len(set(ids)) == len(other)
    undo.apply(graph)
    assert described(graph) == before


@given(graphs())
def test_the_whole_as_a_part_is_the_graph_without_its_header(graph: GateGraph) -> None:
    part = subgraph(graph, graph.ids())
    nodes, wires, *_ = described(part)
    assert [nodes, wires] == described(graph)[:2]


@given(graphs(), st.data())
def test_every_part_can_be_written_and_pasted(graph: GateGraph, data: st.DataObject) -> None:
    names = list(graph.ids())
    ids = data.draw(st.lists(st.sampled_from(names), unique=True)) if names else []
    copied = loads(dumps(subgraph(graph, ids)))
    edit, new = merge(graph, copied)
    edit.apply(graph)
    originals = [each for each in graph.ids() if each in set(ids)]
    for original, copy in zip(originals, new, strict=True):
        same = ("kind", "ports", "label", "position")
        one, other = graph.node(original), graph.node(copy)
        assert [getattr(one, each) for each in same] == [getattr(other, each) for each in same]
