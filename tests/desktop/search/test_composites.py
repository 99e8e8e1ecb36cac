"""Composite gates are offered in lists and searches like gates."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from chainrule.gates.kind import Group
from chainrule.graph.edits import SetDefinitions
from chainrule.graph.graph import GateGraph
from chainrule_desktop.canvas.dropping import GATE_MIME_TYPE
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.library import Library
from chainrule_desktop.document.loose_end import LooseEnd
from chainrule_desktop.document.selection import Selection
from chainrule_desktop.document.switching import replace_gate
from chainrule_desktop.panels.palette_model import PaletteModel
from chainrule_desktop.resources import asset_path
from chainrule_desktop.search.composites import composite_kinds
from chainrule_desktop.search.gate_picture import list_body_of
from chainrule_desktop.search.offers import Offers, Spot
from chainrule_desktop.search.replacing import replacements
from tests.helpers.random_graphs import build, definition_of


def graph_with(*names: str) -> GateGraph:
    graph = build({"x": 3.0}, {"f": ("exp", "x")})
    inside = build({"a": 1.0}, {"s": ("square", "a")})
    SetDefinitions({name: definition_of(name, ("a",), inside) for name in names}).apply(graph)
    return graph


@pytest.fixture
def editor(qtbot: QtBot, tmp_path: Path) -> Editor:
    document = Document()
    document.load(graph_with("my_square"), None)
    library = Library(tmp_path, asset_path("composites"))
    return Editor(document, Selection(document), library)


def test_those_of_the_graph_come_first_and_each_name_once(editor: Editor) -> None:
    kinds = composite_kinds(graph_with("my_square", "neuron"), editor.library.shelves)
    names = [kind.name for kind in kinds]
    assert names[:2] == ["my_square", "neuron"]
    assert names.count("neuron") == 1
    assert "lstm_cell" in names
    assert {kind.group for kind in kinds} == {Group.COMPOSITE}


def test_a_composite_says_what_it_computes_and_its_inputs(editor: Editor) -> None:
    kinds = {x.name: x for x in composite_kinds(graph_with(), editor.library.shelves)}
    kind = kinds["attention"]
    assert kind().port_names == ("Q", "K", "V", "scale")
    assert "softmax(scale Q Kᵀ) V" in kind.summary
    assert kind.summary.endswith("Inputs: Q, K, V, scale")
    assert kind.aliases == ("Scaled dot-product attention",)
    assert list_body_of(kind).symbol == "⊞"


def test_the_same_composite_is_the_same_kind(editor: Editor) -> None:
    one = composite_kinds(graph_with("my_square"), editor.library.shelves)
    other = composite_kinds(graph_with("my_square"), editor.library.shelves)
    assert one == other


def titles(editor: Editor, typed: str, end: LooseEnd | None = None) -> list[str]:
    offers = Offers(editor, Spot((0.0, 0.0), end), (), lambda _: None)
    return [row.title for row in offers.rows(typed)]


def test_a_search_finds_composites_by_name_and_by_title(editor: Editor) -> None:
    assert titles(editor, "my_sq")[0] == "my_square"
    assert titles(editor, "lstm")[0] == "lstm_cell"
    assert "attention" in titles(editor, "dot-product")


def test_what_a_search_finds_is_added_and_wired(editor: Editor) -> None:
    offers = Offers(editor, Spot((0.0, 0.0), LooseEnd("x", None)), (), lambda _: None)
    row = next(each for each in offers.rows("neuron") if each.title == "neuron")
    row.choose()
    graph = editor.document.graph
    (made,) = editor.selection.nodes
    assert graph.inputs(made)[0] == "x"
    assert [*graph.definitions] == ["my_square", "logistic_sigmoid", "neuron"]
    assert editor.document.history.count() == 1


def test_a_composite_takes_the_place_of_a_gate(editor: Editor) -> None:
    rows = replacements(editor, "f", lambda node, name: replace_gate(editor, node, name))("my_sq")
    rows[0].choose()
    graph = editor.document.graph
    assert graph.node("f").kind.symbol == "my_square"
    assert graph.inputs("f") == ("x",)


def test_the_palette_lists_them_under_a_heading_of_their_own(editor: Editor, qtbot: QtBot) -> None:
    owner = QObject()
    model = PaletteModel((), owner)
    assert not model.row_of(Group.COMPOSITE.value).isValid()
    kinds = composite_kinds(editor.document.graph, editor.library.shelves)
    with qtbot.waitSignal(model.modelReset):
        model.offer(kinds)
    heading = model.row_of(Group.COMPOSITE.value)
    first = model.index(heading.row() + 1, 0)
    assert first.data() == "my_square"
    assert bytes(model.mimeData([first]).data(GATE_MIME_TYPE).data()) == b"my_square"
    with qtbot.assertNotEmitted(model.modelReset):
        model.offer(kinds)
    model.search("attention")
    assert model.index(0, 0).data() == "attention"


def test_a_definition_called_like_a_new_gate_is_not_offered(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "chainrule_desktop.search.composites.has_kind", lambda name: name == "neuron"
    )
    names = [kind.name for kind in composite_kinds(graph_with(), editor.library.shelves)]
    assert "neuron" not in names
