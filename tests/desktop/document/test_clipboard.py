"""Copies are parts of the graph; what can't be pasted changes nothing and says why."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication

from chainrule.errors import ChainruleError
from chainrule.expression.formula import graph_from_formula
from chainrule.files import dumps, loads
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.document.clipboard import MIME_TYPE, STEP


@pytest.fixture
def filled(bench: Workbench) -> Workbench:
    """A workbench with (x + y) * z, its sum and its x selected."""
    bench.document.load(graph_from_formula("q = x + y; f = q * z"), None)
    bench.selection.set(("x", "q"))
    return bench


def places(bench: Workbench, *ids: str) -> list[tuple[float, float]]:
    return [bench.document.graph.node(each).position or (0.0, 0.0) for each in ids]


def shifted(before: list[tuple[float, float]], by: float) -> list[tuple[float, float]]:
    return [(x + by, y + by) for x, y in before]


def test_a_copy_is_a_graph_file_in_both_types(filled: Workbench) -> None:
    filled.clipboard.copy()
    data = QGuiApplication.clipboard().mimeData()
    graph = loads(bytes(data.data(MIME_TYPE).data()))
    assert [*graph.ids()] == ["x", "q"]
    assert data.text().encode() == dumps(graph)


def test_pasted_nodes_are_wired_as_before_moved_aside_and_selected(filled: Workbench) -> None:
    filled.clipboard.copy()
    ids = filled.clipboard.paste()
    graph = filled.document.graph
    assert filled.selection.nodes == ids == ("x2", "q2")
    assert graph.inputs("q2") == ("x2", None)
    assert places(filled, *ids) == shifted(places(filled, "x", "q"), STEP)


def test_a_second_paste_stands_beside_the_first(filled: Workbench) -> None:
    filled.clipboard.copy()
    filled.clipboard.paste()
    ids = filled.clipboard.paste()
    assert places(filled, *ids) == shifted(places(filled, "x", "q"), 2 * STEP)


def test_what_was_cut_comes_back_to_its_place(filled: Workbench) -> None:
    before = places(filled, "x", "q")
    filled.clipboard.cut()
    assert "x" not in filled.document.graph
    assert filled.clipboard.paste() == ("x", "q")
    assert places(filled, "x", "q") == before


def test_paste_is_one_undo_step(filled: Workbench) -> None:
    before = dumps(filled.document.graph)
    filled.clipboard.copy()
    filled.clipboard.paste()
    filled.document.history.undo()
    assert dumps(filled.document.graph) == before


def test_duplicate_leaves_the_clipboard_alone(filled: Workbench) -> None:
    QGuiApplication.clipboard().setText("mine")
    assert filled.clipboard.duplicate() == ("x2", "q2")
    assert QGuiApplication.clipboard().text() == "mine"


def test_a_duplicate_stands_below_what_it_is_a_copy_of(filled: Workbench) -> None:
    lowest = max(y for _, y in places(filled, "x", "q"))
    made = filled.clipboard.duplicate()
    assert min(y for _, y in places(filled, *made)) > lowest


def test_prose_on_the_clipboard_is_told_from_a_wrong_formula(filled: Workbench) -> None:
    QGuiApplication.clipboard().setText("a sentence about graphs")
    with pytest.raises(ChainruleError, match="holds neither nodes nor numbers, and as a formula"):
        filled.clipboard.paste()


def test_a_formula_is_pasted_as_gates_below_the_graph(filled: Workbench) -> None:
    lowest = max(y for _, y in places(filled, *filled.document.graph.ids()))
    QGuiApplication.clipboard().setText("exp(a) * b")
    ids = filled.clipboard.paste()
    kinds = {filled.document.graph.node(each).kind.name for each in ids}
    assert {"exp", "mul"} <= kinds
    assert min(y for _, y in places(filled, *ids)) > lowest


@pytest.mark.parametrize(
    "text", ["{", '{"format": "chainrule"}', "what is this?", "x +", "", '{"nodes": 3}', "\x00"]
)
def test_malformed_text_gives_a_sentence_and_changes_nothing(filled: Workbench, text: str) -> None:
    before = dumps(filled.document.graph)
    QGuiApplication.clipboard().setText(text)
    with pytest.raises(ChainruleError) as caught:
        filled.clipboard.paste()
    assert len(str(caught.value).splitlines()) == 1
    assert dumps(filled.document.graph) == before
    assert not filled.document.history.canUndo()


def test_the_clipboard_says_whether_there_is_text(bench: Workbench) -> None:
    assert not bench.clipboard.has_text
    QGuiApplication.clipboard().setText("x*y")
    assert bench.clipboard.has_text


def test_cells_of_a_spreadsheet_become_the_value_of_the_selected_leaf(filled: Workbench) -> None:
    filled.selection.set(("y",))
    said: list[str] = []
    filled.clipboard.said.connect(said.append)
    QGuiApplication.clipboard().setText("1,5\t2\r\n3\t4\r\n")
    assert filled.clipboard.paste() == ("y",)
    value = filled.document.graph.node("y").value
    assert value is not None
    assert value.tolist() == [[1.5, 2.0], [3.0, 4.0]]
    assert said == ["y is now 2 × 2"]
    filled.document.history.undo()
    assert filled.document.graph.node("y").value == 2.0


def test_cells_without_a_selection_become_a_new_input(filled: Workbench) -> None:
    filled.selection.clear()
    QGuiApplication.clipboard().setText("a;b\n1,5;2\n3;4\n")
    (node_id,) = filled.clipboard.paste()
    node = filled.document.graph.node(node_id)
    assert node.kind.name == "input"
    assert node.value is not None
    assert node.value.shape == (2, 2)
    assert filled.selection.nodes == (node_id,)


@pytest.mark.parametrize("text", ["[[1, 2], [3, 4]]", "randn(2, 2, seed=1)"])
def test_a_typed_value_is_pasted_into_the_selected_leaf(filled: Workbench, text: str) -> None:
    filled.selection.set(("x",))
    QGuiApplication.clipboard().setText(text)
    assert filled.clipboard.paste() == ("x",)


def test_ragged_cells_are_refused_and_change_nothing(filled: Workbench) -> None:
    filled.selection.set(("x",))
    QGuiApplication.clipboard().setText("1\t2\n3\n")
    with pytest.raises(ChainruleError, match="row 2 of the table has 1 cells"):
        filled.clipboard.paste()
    assert not filled.document.history.canUndo()
