"""Composite gates in files: what was put in comes out, and a broken file is told of."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from chainrule.arrays import as_array
from chainrule.autodiff.passes import Passes
from chainrule.errors import FileError
from chainrule.files import dumps, loads, write_graph
from chainrule.files.library import (
    described,
    library_graph,
    part_of_definition,
    read_item,
    read_shelf,
)
from chainrule.graph.composites import Composite
from chainrule.graph.edits import SetDefinitions
from chainrule.graph.graph import GateGraph
from chainrule.graph.selection import computes_alike, merge
from tests.helpers.graph_strategies import described as all_of
from tests.helpers.graph_strategies import graphs
from tests.helpers.random_graphs import build, definition_of, extend

SQUARE = definition_of("my_square", ("a",), build({"a": 1.0}, {"s": ("square", "a")}))
TWICE = definition_of(
    "twice",
    ("a", "idle"),
    build(
        {"a": 1.0, "idle": 0.0},
        {"s": (Composite("my_square", ("a",)), "a"), "t": (Composite("my_square", ("a",)), "s")},
        output="t",
    ),
)
ALONE = definition_of("alone", ("a",), build({"a": 1.0}, {"s": ("exp", "a")}))


def with_definitions() -> GateGraph:
    graph = build({"x": 2.0}, {})
    definitions = {"my_square": SQUARE, "alone": ALONE, "twice": TWICE}
    SetDefinitions(definitions).apply(graph)
    extend(graph, {}, {"f": (Composite("twice", ("a", "idle")), "x", "x")})
    return graph


@given(graph=graphs())
def test_a_definition_comes_out_of_its_file_as_it_was_put_in(graph: GateGraph) -> None:
    for name, definition in graph.definitions.items():
        made = loads(dumps(library_graph(graph, name)))
        assert computes_alike(made.definitions[name], definition)
        needed = part_of_definition(graph, name)
        assert [*made.definitions] == [*needed]
        alone = GateGraph()
        alone.definitions = needed
        assert all_of(made)[3] == all_of(alone)[3]


def test_an_item_brings_along_what_it_contains_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "twice.chainrule"
    write_graph(library_graph(with_definitions(), "twice"), path)
    item = read_item(path)
    assert (item.name, item.kind) == ("twice", Composite("twice", ("a", "idle")))
    assert [*item.definitions] == ["my_square", "twice"]
    assert (item.title, item.description) == ("", "")


def test_an_item_is_put_into_a_graph_by_a_node(tmp_path: Path) -> None:
    path = tmp_path / "twice.chainrule"
    write_graph(library_graph(with_definitions(), "twice"), path)
    graph = build({"x": 3.0}, {})
    edit, ids = merge(graph, read_item(path).part("f"))
    edit.apply(graph)
    assert ids == ("f",)
    assert graph.node("f").ports == 2
    again, _ = merge(graph, read_item(path).part("g"))
    again.apply(graph)
    assert [*graph.definitions] == ["my_square", "twice"]


def test_a_file_can_be_run_where_its_ports_have_examples(tmp_path: Path) -> None:
    samples = {"a": as_array(3.0), "idle": None}
    graph = library_graph(with_definitions(), "twice", samples)
    assert graph.inputs("f") == ("a", None)
    assert Passes(graph).value("f") == 81.0
    large = {"a": as_array([0.0] * 1_001), "idle": as_array([0.0] * 1_000)}
    assert library_graph(with_definitions(), "twice", large).inputs("f") == (None, "idle")


def test_a_port_may_be_called_as_the_node_would_be() -> None:
    graph = GateGraph()
    own = definition_of("own", ("f",), build({"f": 1.0}, {"s": ("exp", "f")}))
    SetDefinitions({"own": own}).apply(graph)
    made = library_graph(graph, "own", {"f": as_array(1.0)})
    assert [*made.ids()] == ["f", "f2"]


def test_a_folder_is_read_whatever_is_wrong_with_some_of_its_files(tmp_path: Path) -> None:
    graph = with_definitions()
    for name in ("twice", "alone"):
        write_graph(library_graph(graph, name), tmp_path / f"{name}.chainrule")
    write_graph(library_graph(graph, "twice"), tmp_path / "zz.chainrule")
    write_graph(build({"x": 1.0}, {}), tmp_path / "leaf.chainrule")
    (tmp_path / "broken.chainrule").write_text("{")
    (tmp_path / "words.txt").write_text("not looked at")
    shelf = read_shelf(tmp_path)
    assert [item.name for item in shelf.items] == ["alone", "twice"]
    faults = {path.name: sentence for path, sentence in shelf.faults.items()}
    assert [*faults] == ["broken.chainrule", "leaf.chainrule", "zz.chainrule"]
    assert "is no composite gate; collapse what it shall offer" in faults["leaf.chainrule"]
    assert faults["zz.chainrule"] == "twice is in twice.chainrule already; remove one"


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    shelf = read_shelf(tmp_path / "nowhere")
    assert (shelf.items, dict(shelf.faults)) == ((), {})


def test_a_file_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="does not exist"):
        read_item(tmp_path / "nobody.chainrule")


def test_a_definition_can_be_given_words() -> None:
    made = described(SQUARE, "A square", "")
    assert dict(made.extras) == {"title": "A square"}
    assert dict(described(made, "", "Words.").extras) == {"description": "Words."}
