"""Composite gates as verbs: each is one step, and what stands in the way makes room."""

from __future__ import annotations

from pathlib import Path

import pytest

from chainrule.errors import GraphError, NodeNameError
from chainrule.files.library import read_item
from chainrule.graph.composites import Composite
from chainrule.graph.inside import header_of
from chainrule_desktop.document.composing import (
    collapse_selected,
    composite_at,
    detach_node,
    expand_node,
    rename_composite,
    save_to_library,
)
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.inside import Inside
from chainrule_desktop.document.library import Library
from chainrule_desktop.document.selection import Selection
from chainrule_desktop.resources import asset_path
from tests.helpers.composite_strategies import assert_close, numbers_of
from tests.helpers.graph_strategies import described
from tests.helpers.lecture_graphs import lecture_graph


class Hand:
    """The lecture's neuron with everything that the verbs need."""

    def __init__(self, own: Path | None = None) -> None:
        self.document = Document()
        self.document.load(lecture_graph("sigmoid-neuron-staged"), None)
        self.drawing = Drawing(self.document)
        self.selection = Selection(self.document)
        library = Library(own, asset_path("composites"))
        self.editor = Editor(self.document, self.selection, library)

    def collapse(self, *ids: str, name: str = "squash") -> str:
        self.selection.set(ids)
        return collapse_selected(self.editor, name)


@pytest.fixture
def hand(qtbot: object, tmp_path: Path) -> Hand:
    return Hand(tmp_path / "composites")


SIGMOID = ("n", "e", "p", "f")


def squash(hand: Hand) -> str:
    ids = [node.id for node in hand.document.graph if not node.is_leaf][-4:]
    return hand.collapse(*ids)


def test_collapsing_is_one_step_and_selects_what_was_made(hand: Hand) -> None:
    before = described(hand.document.graph)
    made = squash(hand)
    assert hand.selection.nodes == (made,)
    assert composite_at(hand.document.graph, made) == "squash"
    assert hand.document.history.count() == 1
    assert hand.document.history.undoText() == "Collapse squash"
    hand.document.undo()
    assert described(hand.document.graph) == before


def test_expanding_is_one_step_and_brings_everything_back(hand: Hand) -> None:
    leaves = [node.id for node in hand.document.graph if node.is_leaf]
    numbers = numbers_of(hand.document.graph, leaves)
    made = squash(hand)
    after = described(hand.document.graph)
    ids = expand_node(hand.editor, hand.drawing, made)
    assert {*hand.selection.nodes} == {*ids}
    assert hand.document.history.count() == 2
    assert_close(numbers_of(hand.document.graph, leaves), numbers)
    hand.document.undo()
    assert described(hand.document.graph) == after


def test_gates_that_come_out_stand_on_nothing(hand: Hand) -> None:
    hand.editor.add("lstm_cell", (0.0, 0.0))
    node = hand.selection.nodes[0]
    x, y = hand.document.graph.node("w0").position or (0.0, 0.0)
    hand.editor.move({node: (x + 60.0, y + 40.0)})
    before = hand.document.history.count()
    ids = expand_node(hand.editor, hand.drawing, node)
    assert hand.document.history.count() == before + 1
    parts, geometry = hand.drawing.diagram.parts, hand.drawing.diagram.geometry
    inside = {parts.index[each] for each in ids}
    for row in inside:
        for other in {*range(len(parts.ids))} - inside:
            across, down = abs(geometry.centers[row] - geometry.centers[other])
            apart = parts.half[row] + parts.half[other]
            assert across >= apart[0] or down >= apart[1], (parts.ids[row], parts.ids[other])


def test_a_composite_of_the_library_comes_with_what_it_contains(hand: Hand) -> None:
    hand.editor.add("neuron", (0.0, 0.0))
    assert [*hand.document.graph.definitions] == ["logistic_sigmoid", "neuron"]
    assert hand.document.history.count() == 1
    hand.editor.add("neuron", (0.0, 100.0))
    assert [*hand.document.graph.definitions] == ["logistic_sigmoid", "neuron"]
    hand.document.undo()
    hand.document.undo()
    assert not hand.document.graph.definitions


def test_one_of_another_content_gets_a_name_of_its_own(hand: Hand) -> None:
    made = hand.collapse(*[n.id for n in hand.document.graph if not n.is_leaf][-4:], name="neuron")
    rename_composite(hand.document, "neuron", "linear_layer", ("u",), "", "")
    node = hand.editor.add("residual_block", (0.0, 0.0))
    definitions = hand.document.graph.definitions
    assert composite_at(hand.document.graph, made) == "linear_layer"
    assert [*definitions] == ["linear_layer", "linear_layer2", "residual_block"]
    assert composite_at(hand.document.graph, node) == "residual_block"


def test_renaming_changes_names_ports_and_words_in_one_step(hand: Hand) -> None:
    made = squash(hand)
    before = described(hand.document.graph)
    rename_composite(hand.document, "squash", "sigma", ("u",), "Sigma", "Squashes a number.")
    assert hand.document.graph.node(made).kind == Composite("sigma", ("u",))
    header = header_of(hand.document.graph.definitions["sigma"])
    assert (header.title, header.description) == ("Sigma", "Squashes a number.")
    assert hand.document.history.count() == 2
    hand.document.undo()
    assert described(hand.document.graph) == before
    rename_composite(hand.document, "squash", "squash", tuple("s"), "", "")
    assert hand.document.history.count() == 2


def test_a_name_that_can_not_be_changes_nothing(hand: Hand) -> None:
    squash(hand)
    before = described(hand.document.graph)
    for name, ports in (("sigmoid", ("u",)), ("other", ("u", "v")), ("two words", ("u",))):
        with pytest.raises(NodeNameError):
            rename_composite(hand.document, "squash", name, ports, "", "")
    assert described(hand.document.graph) == before
    assert hand.document.history.count() == 1


def test_renaming_from_inside_renames_all_uses(hand: Hand) -> None:
    made = squash(hand)
    inside = Inside(hand.document, made, hand.document)
    rename_composite(inside.document, "squash", "sigma", ("u",), "", "")
    assert inside.name == "sigma"
    assert "u" in inside.document.graph
    assert composite_at(hand.document.graph, made) == "sigma"


def test_a_detached_use_is_edited_alone(hand: Hand) -> None:
    made = squash(hand)
    other = hand.editor.add("squash", (500.0, 500.0))
    assert detach_node(hand.editor, other) == "squash2"
    assert composite_at(hand.document.graph, made) == "squash"
    with pytest.raises(GraphError, match="is the only use of squash2"):
        detach_node(hand.editor, other)


def test_a_composite_is_kept_with_the_numbers_of_its_use(hand: Hand) -> None:
    made = squash(hand)
    heard: list[bool] = []
    hand.editor.library.changed.connect(lambda: heard.append(True))
    path = save_to_library(hand.editor, made)
    assert path.name == "squash.chainrule"
    assert heard
    item = read_item(path)
    assert item.definition.inputs == hand.document.graph.definitions["squash"].inputs
    assert [each.name for each in hand.editor.library.shelves.own.items] == ["squash"]
    with pytest.raises(GraphError, match="'w0' is no composite gate; select one of those"):
        save_to_library(hand.editor, "w0")
