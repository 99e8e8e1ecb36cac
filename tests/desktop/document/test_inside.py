"""The inside of a composite gate as a document: live numbers, edits of all uses, one history."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chainrule.arrays import as_array
from chainrule.autodiff.passes import Passes
from chainrule.errors import CycleError, GraphError
from chainrule.gates.leaf import Constant, Input
from chainrule.graph.collapsing import collapse
from chainrule.graph.composites import Composite
from chainrule.graph.defining import detach, rename_definition
from chainrule.graph.edits import (
    AddNodes,
    Batch,
    Disconnect,
    MoveNodes,
    RemoveNodes,
    Rename,
    SetDefinitions,
    SetKind,
    SetValue,
)
from chainrule.graph.expanding import expand
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, Wire
from chainrule.graph.queries import output_of
from chainrule_desktop.document.clipboard import GraphClipboard
from chainrule_desktop.document.document import Document, differentiated_of
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.inside import Inside
from chainrule_desktop.document.selection import Selection
from tests.helpers.composite_strategies import assert_close, numbers_of
from tests.helpers.graph_strategies import described
from tests.helpers.random_graphs import build, definition_of, extend, kind_of


def two_sigmoids() -> GateGraph:
    """Return f = σ(σ(s)) · s, with s = 0.5, both of one composite gate."""
    graph = build(
        {"s": 0.5},
        {
            "n": (kind_of("mul_constant", c=-1.0), "s"),
            "e": ("exp", "n"),
            "d": (kind_of("add_constant", c=1.0), "e"),
            "a": ("reciprocal", "d"),
            "f": ("mul", "a", "s"),
        },
    )
    collapse(graph, ["n", "e", "d", "a"], "squash", ["x"]).apply(graph)
    extend(graph, {}, {"b": (Composite("squash", ("x",)), "a")})
    AddNodes((), (Wire("b", "f", 0),)).apply(graph)
    return graph


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    made = Document()
    made.load(two_sigmoids(), None)
    return made


@pytest.fixture
def inside(document: Document) -> Inside:
    return Inside(document, "b", document)


def value(document: Document, node: str) -> float:
    number = document.passes.value(node)
    assert number is not None
    return float(number)


def gradient(document: Document, node: str) -> float:
    number = document.passes.gradient(node)
    assert number is not None
    return float(number)


def test_the_numbers_inside_are_those_of_the_use(document: Document, inside: Inside) -> None:
    assert value(inside.document, "x") == value(document, "a")
    assert value(inside.document, "a") == value(document, "b")
    assert gradient(inside.document, "a") == gradient(document, "b")
    along = document.passes.wire_gradient(Wire("a", "b", 0))
    assert gradient(inside.document, "x") == pytest.approx(float(np.asarray(along)))
    assert inside.feeds == {"x": "a"}


def test_numbers_inside_follow_those_outside(document: Document, inside: Inside) -> None:
    heard = []
    inside.document.changed.connect(heard.append)
    document.apply(SetValue("s", as_array(-2.0)), "Set s")
    assert value(inside.document, "x") == value(document, "a")
    assert gradient(inside.document, "a") == gradient(document, "b")
    assert heard
    assert document.history.count() == 1


def test_an_edit_inside_is_a_step_outside_and_changes_all_uses(
    document: Document, inside: Inside
) -> None:
    before = described(document.graph)
    edit = SetKind("d", kind_of("add_constant", c=3.0), 1)
    inside.document.apply(edit, "Set c of d")
    assert document.history.undoText() == "Set c of d in squash"
    expected = 1.0 / (3.0 + np.exp(-0.5))
    assert value(document, "a") == pytest.approx(expected)
    assert value(document, "b") == value(inside.document, "a")
    assert value(inside.document, "x") == pytest.approx(expected)
    inside.document.undo()
    assert described(document.graph) == before
    assert value(inside.document, "a") == value(document, "b")
    assert inside.document.graph.node("d").kind == kind_of("add_constant", c=1.0)
    document.redo()
    assert value(document, "a") == pytest.approx(expected)
    assert value(inside.document, "a") == value(document, "b")


def test_undoing_inside_selects_what_comes_back(document: Document, inside: Inside) -> None:
    selection = Selection(inside.document)
    back: list[tuple[str, ...]] = []
    inside.document.came_back.connect(back.append)
    edit = Batch((AddNodes((Node("g", kind_of("exp"), 1),), (Wire("x", "g", 0),)),))
    inside.document.apply(edit, "Add g")
    selection.set(("g",))
    inside.document.apply(RemoveNodes(("g",)), "Delete g")
    inside.document.undo()
    assert back == [("g",)]
    assert selection.nodes == ("g",)
    assert inside.document.graph.inputs("g") == ("x",)


def test_a_drag_inside_is_one_step_and_changes_no_number(
    document: Document, inside: Inside
) -> None:
    compiled, place = document.passes.compiled, inside.document.graph.node("n").position
    for x in (1.0, 2.0, 3.0):
        inside.document.apply(MoveNodes({"n": (x, 0.0)}), "Move n", "drag")
    assert document.history.count() == 1
    assert document.passes.compiled == compiled
    inside.document.take_back("drag")
    assert document.history.index() == 0
    assert inside.document.graph.node("n").position == place


def test_equal_keys_inside_and_outside_are_two_steps(document: Document, inside: Inside) -> None:
    document.apply(SetValue("s", as_array(1.0)), "Set s", "key")
    inside.document.apply(MoveNodes({"n": (5.0, 5.0)}), "Move n", "key")
    assert document.history.count() == 2


def test_nodes_without_a_place_get_one_and_keep_it(document: Document, inside: Inside) -> None:
    place = inside.document.graph.node("x").position
    assert place is not None
    inside.document.apply(SetKind("d", kind_of("add_constant", c=2.0), 1), "Set c of d")
    inside.document.undo()
    assert inside.document.graph.node("x").position == place
    changed = document.graph.definitions["squash"]
    nodes = (*changed.nodes, Node("w", Constant(), value=as_array(2.0)))
    document.apply(SetDefinitions({"squash": replace(changed, nodes=nodes)}), "Elsewhere")
    assert inside.document.graph.node("w").position is not None


def test_a_port_can_not_be_given_a_value_inside(document: Document, inside: Inside) -> None:
    before = described(inside.document.graph)
    says = "'x' is a port, whose value comes from a outside; step out to change it"
    with pytest.raises(GraphError, match=says):
        inside.document.apply(SetValue("x", as_array(9.0)), "Set x")
    assert described(inside.document.graph) == before
    assert document.history.count() == 0


def test_a_new_input_is_a_port_that_is_open_everywhere(document: Document, inside: Inside) -> None:
    leaf = Node("w", Input(), value=as_array(1.0), position=(0.0, 0.0))
    inside.document.apply(AddNodes((leaf,)), "Add w")
    assert document.graph.inputs("a") == ("s", None)
    assert inside.document.graph.node("w").value is None
    with pytest.raises(GraphError, match="'w' is a port; wire it where squash is used"):
        inside.document.apply(SetValue("w", as_array(9.0)), "Set w")
    document.apply(AddNodes((), (Wire("s", "b", 1),)), "Wire s")
    assert inside.document.graph.node("w").value == 0.5
    document.undo()
    document.undo()
    assert "w" not in inside.document.graph
    assert document.graph.inputs("a") == ("s",)


def test_a_renamed_port_stays_wired(document: Document, inside: Inside) -> None:
    inside.document.apply(Rename("x", "first"), "Rename x")
    assert document.graph.node("b").kind == Composite("squash", ("first",))
    assert document.graph.inputs("b") == ("a",)
    assert value(inside.document, "first") == value(document, "a")
    document.undo()
    assert "x" in inside.document.graph
    assert value(inside.document, "x") == value(document, "a")


def test_what_can_not_be_changes_nothing_inside_or_outside(
    document: Document, inside: Inside
) -> None:
    before = described(document.graph), described(inside.document.graph)
    itself = Node("q", Composite("squash", ("x",)), 1)
    for edit, error in (
        (AddNodes((itself,), (Wire("x", "q", 0), Wire("q", "n", 0))), CycleError),
        (RemoveNodes(("a", "d", "e", "n")), GraphError),
        (Rename("n", "two words"), GraphError),
    ):
        with pytest.raises(error):
            inside.document.apply(edit, "Something")
    assert (described(document.graph), described(inside.document.graph)) == before
    assert document.history.count() == 0


def test_collapsing_and_expanding_inside_changes_no_number(
    document: Document, inside: Inside
) -> None:
    numbers = numbers_of(document.graph, ["s", "a", "b", "f"])
    inside.document.apply(collapse(inside.document.graph, ["n", "e"], "fade"), "Collapse")
    assert [*document.graph.definitions] == ["squash", "fade"]
    assert_close(numbers_of(document.graph, ["s", "a", "b", "f"]), numbers)
    inner = Inside(inside.document, "e", document)
    assert value(inner.document, "e") == value(inside.document, "e")
    inner.document.apply(SetKind("n", kind_of("mul_constant", c=-2.0), 1), "Set c of n")
    assert document.history.undoText() == "Set c of n in fade"
    assert value(document, "a") == pytest.approx(1.0 / (1.0 + np.exp(-1.0)))
    assert value(inner.document, "e") == value(inside.document, "e")
    inner.document.apply(MoveNodes({"n": (7.0, 8.0)}), "Move n")
    assert inner.document.graph.node("n").position == (7.0, 8.0)
    for _ in range(2):
        inner.document.undo()
    assert value(inner.document, "e") == value(inside.document, "e")
    edit, _ = expand(inside.document.graph, "e")
    inside.document.apply(edit, "Expand")
    assert inner.name == ""
    assert_close(numbers_of(document.graph, ["s", "a", "b", "f"]), numbers)


def test_the_inside_follows_its_use_by_other_names(document: Document, inside: Inside) -> None:
    document.apply(rename_definition(document.graph, "squash", "sigma"), "Rename squash")
    assert inside.name == "sigma"
    document.apply(Rename("b", "outer"), "Rename b")
    assert inside.use == "outer"
    document.apply(detach(document.graph, "outer"), "Detach outer")
    assert inside.name == "sigma2"
    inside.document.apply(SetKind("d", kind_of("add_constant", c=3.0), 1), "Set c of d")
    assert value(document, "a") == pytest.approx(1.0 / (1.0 + np.exp(-0.5)))
    assert value(inside.document, "a") == value(document, "outer")


def test_without_its_use_there_is_nothing_to_be_inside_of(
    document: Document, inside: Inside, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(inside.vanished):
        document.apply(RemoveNodes(("b",)), "Delete b")


def test_another_graph_has_no_such_inside(document: Document, inside: Inside, qtbot: QtBot) -> None:
    with qtbot.waitSignal(inside.vanished):
        document.load(build({"b": 1.0}, {}), None)


def test_where_no_gradient_arrives_the_inside_has_its_own(qtbot: QtBot) -> None:
    document = Document()
    document.load(two_sigmoids(), None)
    document.apply(AddNodes((Node("g", kind_of("exp"), 1),), (Wire("b", "g", 0),)), "Add g")
    assert output_of(document.graph) is None
    inside = Inside(document, "b", document)
    assert inside.upstream is None
    assert gradient(inside.document, "a") == 1.0


def test_gradients_inside_are_derivatives_of_the_output_around(
    document: Document, inside: Inside
) -> None:
    assert differentiated_of(inside.document) == differentiated_of(document) == "f"
    inside.document.apply(collapse(inside.document.graph, ["n", "e"], "fade"), "Collapse")
    inner = Inside(inside.document, "e", document)
    assert differentiated_of(inner.document) == "f"
    document.apply(AddNodes((Node("g", kind_of("exp"), 1),), (Wire("b", "g", 0),)), "Add g")
    assert differentiated_of(document) is None
    assert differentiated_of(inside.document) == "a"


def test_file_name_and_changes_are_those_of_the_root(document: Document, inside: Inside) -> None:
    assert inside.document.name == document.name == "untitled"
    assert not inside.document.is_modified
    inside.document.apply(MoveNodes({"n": (1.0, 2.0)}), "Move n")
    assert inside.document.is_modified
    assert document.is_modified
    assert inside.document.root is document


def test_titles_and_frames_of_an_inside_are_kept_with_it(
    document: Document, inside: Inside
) -> None:
    editor = Editor(inside.document, Selection(inside.document))
    editor.set_about("The sigmoid", "Squashes.")
    assert document.graph.definitions["squash"].extras["title"] == "The sigmoid"
    assert gradient(inside.document, "a") == gradient(document, "b")
    again = Inside(document, "a", document)
    assert again.document.graph.header.title == "The sigmoid"


def test_an_inside_opened_again_shows_what_was_edited(document: Document, inside: Inside) -> None:
    inside.document.apply(MoveNodes({"n": (11.0, 12.0)}), "Move n")
    again = Inside(document, "a", document)
    assert again.document.graph.node("n").position == (11.0, 12.0)
    passes = Passes(again.document.graph)
    assert passes.value("a") == document.passes.value("a")
    square = definition_of("sq", ("x",), build({"x": 1.0}, {"s": ("square", "x")}))
    document.apply(SetDefinitions({**document.graph.definitions, "sq": square}), "Add")
    assert "sq" in again.document.graph.definitions


def test_a_port_that_nothing_feeds_is_copied_as_a_new_leaf(
    document: Document, qapp: QApplication
) -> None:
    document.apply(Disconnect("b", 0), "Disconnect b")
    inside = Inside(document, "b", document)
    assert inside.document.graph.node("x").value is None
    selection = Selection(inside.document)
    selection.set(("x", "n"))
    GraphClipboard(Editor(inside.document, selection), qapp.clipboard()).copy()
    outside = Editor(document, Selection(document))
    made = GraphClipboard(outside, qapp.clipboard()).paste()
    assert [document.graph.node(each).value for each in made] == [1.0, None]
    assert document.graph.inputs(made[1]) == (made[0],)
