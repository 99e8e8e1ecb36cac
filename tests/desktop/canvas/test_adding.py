"""The search on the canvas opens where one is, offers what is meant, and adds it in one step."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chainrule.gates.kind import Kind
from chainrule.gates.leaf import Constant, Input
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.document.loose_end import LooseEnd
from chainrule_desktop.settings import Settings
from tests.desktop.easel import Easel, easel, hover, theme
from tests.desktop.searching import Searcher, open_searches

__all__ = ["easel", "theme"]

EMPTY = (100.0, -120.0)


def chosen(easel: Easel, hand: Searcher) -> NodeId:
    """Choose the current row and return the node that is selected then."""
    hand.enter()
    assert easel.selection.single is not None
    return easel.selection.single


def asked(easel: Easel, end: LooseEnd | None = None) -> Searcher:
    easel.view.adding.ask(EMPTY, end)
    return Searcher(easel.view.window())


def is_open(easel: Easel) -> bool:
    return bool(open_searches(easel.view.window()))


def kind_of(easel: Easel, node: NodeId) -> Kind:
    return easel.graph.node(node).kind


def undo(easel: Easel) -> None:
    easel.document.history.undo()


def test_a_double_click_on_empty_canvas_opens_it_there(easel: Easel) -> None:
    easel.double_click(EMPTY)
    hand = Searcher(easel.view.window())
    node = chosen(easel, hand.type("exp"))
    assert kind_of(easel, node).name == "exp"
    assert easel.position(node) == pytest.approx(EMPTY, abs=1)


def test_tab_opens_it(easel: Easel) -> None:
    easel.key(Qt.Key.Key_Tab)
    assert is_open(easel)


def test_escape_leaves_nothing_and_gives_the_keyboard_back(easel: Easel) -> None:
    hand, before = asked(easel), easel.document.revision
    hand.type("exp").key(Qt.Key.Key_Escape)
    assert not is_open(easel)
    assert easel.document.revision == before


def test_down_chooses_the_next_row(easel: Easel) -> None:
    hand = asked(easel).type("max")
    second = hand.titles[1]
    hand.key(Qt.Key.Key_Down)
    assert kind_of(easel, chosen(easel, hand)).name == second


def test_up_from_the_first_row_goes_to_the_last(easel: Easel) -> None:
    hand = asked(easel)
    hand.key(Qt.Key.Key_Up)
    assert hand.current == hand.titles[-1]


def test_pages_stop_at_the_ends(easel: Easel) -> None:
    hand = asked(easel)
    hand.key(Qt.Key.Key_PageUp)
    assert hand.current == hand.titles[0]
    hand.key(Qt.Key.Key_PageDown)
    assert hand.list.currentIndex().row() == 8


def test_a_click_on_a_row_chooses_it(easel: Easel) -> None:
    hand = asked(easel).type("tanh")
    middle = hand.list.visualRect(hand.list.model().index(0, 0)).center()
    QTest.mouseClick(hand.list.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert kind_of(easel, easel.selection.nodes[0]).name == "tanh"


def test_the_note_says_what_the_current_row_is(easel: Easel) -> None:
    hand = asked(easel).type("exp")
    assert hand.note == hand.rows[0].says != ""


def test_the_word_that_found_a_gate_is_shown(easel: Easel) -> None:
    row = asked(easel).type("times").rows[0]
    assert (row.title, row.beside, row.letters) == ("mul", "times, Arithmetic", ())


def test_what_was_used_last_comes_first(easel: Easel, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    easel.view.adding.remember_in(settings)
    chosen(easel, asked(easel).type("tanh"))
    chosen(easel, asked(easel).type("sqrt"))
    assert asked(easel).titles[:2] == ["sqrt", "tanh"]
    assert settings.values.recent_gates == ("sqrt", "tanh")


@pytest.mark.parametrize("typed", ["-2.5", "[[1, 2], [3, 4]]", "randn(3, 4)"])
def test_a_value_becomes_a_constant(easel: Easel, typed: str) -> None:
    node = chosen(easel, asked(easel).type(typed))
    assert isinstance(kind_of(easel, node), Constant)
    shape = {"-2.5": (), "[[1, 2], [3, 4]]": (2, 2), "randn(3, 4)": (3, 4)}[typed]
    value = easel.graph.node(node).value
    assert value is not None
    assert value.shape == shape


def test_a_name_becomes_an_input_or_another_leaf(easel: Easel) -> None:
    hand = asked(easel).type("speed_of_wind")
    assert [row.beside for row in hand.rows[:3]] == ["New input", "New parameter", "New constant"]
    assert chosen(easel, hand) == "speed_of_wind"
    assert isinstance(kind_of(easel, "speed_of_wind"), Input)


@pytest.mark.parametrize("typed", ["1", "2", "-1", "3.5"])
def test_a_number_comes_before_gates_whose_words_begin_so(easel: Easel, typed: str) -> None:
    assert asked(easel).type(typed).rows[0].beside == "Constant"


@pytest.mark.parametrize(("typed", "first"), [("mult", "mul"), ("rlu", "relu"), ("sgm", "sigmoid")])
def test_what_is_used_most_comes_first_of_what_begins_or_is_shortened_so(
    easel: Easel, typed: str, first: str
) -> None:
    assert asked(easel).type(typed).titles[0] == first


def test_a_node_of_that_very_name_comes_first_where_a_wire_is_looked_for(easel: Easel) -> None:
    added = easel.editor.add("exp", (580, 0))
    easel.editor.rename(added, "c")
    assert asked(easel, LooseEnd("x")).type("c").titles[0] == "c"


@pytest.mark.parametrize("typed", ["b", "s", "w0", "β"])
def test_a_short_name_comes_before_gates_that_begin_so(easel: Easel, typed: str) -> None:
    first = asked(easel).type(typed).rows[0]
    assert (first.title, first.beside) == (typed, "New input")


def test_a_gate_comes_before_an_input_of_its_name(easel: Easel) -> None:
    assert kind_of(easel, chosen(easel, asked(easel).type("exp"))).name == "exp"


def test_gates_that_begin_so_come_before_a_new_name_and_that_before_all_others(
    easel: Easel,
) -> None:
    hand = asked(easel).type("sigm")
    beside = [row.beside for row in hand.rows]
    assert hand.titles[0] == "sigmoid"
    assert 0 < beside.index("New input") < 5


def test_a_formula_becomes_its_gates_wired_to_what_is_there(easel: Easel) -> None:
    hand = asked(easel).type("1/(1 + exp(-x))")
    assert hand.note == "Adds 4 gates wired to x, which is in the graph."
    before = len(easel.graph)
    hand.enter()
    readers = {easel.graph.node(wire.target).kind.name for wire in easel.graph.wires_from("x")}
    assert readers == {"add", "mul_constant"}
    assert float(easel.document.passes.value("f2") or np.nan) == pytest.approx(1 / (1 + np.e**2))
    undo(easel)
    assert len(easel.graph) == before


def test_a_formula_says_which_names_are_new(easel: Easel) -> None:
    assert asked(easel).type("x * speed").note == (
        "Adds 1 gate and the new speed wired to x, which is in the graph."
    )


def test_the_gates_of_a_formula_stand_around_the_place(easel: Easel) -> None:
    asked(easel).type("exp(sin(u)) + v").enter()
    places = [easel.position(node) or (0.0, 0.0) for node in easel.selection.nodes]
    middle = [(min(each) + max(each)) / 2 for each in zip(*places, strict=True)]
    assert middle == pytest.approx(EMPTY, abs=2)


def test_what_is_no_formula_says_why_and_can_not_be_chosen(easel: Easel) -> None:
    hand, before = asked(easel).type("x +* y"), easel.document.revision
    hand.enter()
    assert "before *" in hand.note
    assert easel.document.revision == before
    assert is_open(easel)


def test_a_loose_output_is_wired_to_the_gate_in_one_step(easel: Easel) -> None:
    before = len(easel.graph)
    node = chosen(easel, asked(easel, LooseEnd("q")).type("tanh"))
    assert easel.graph.inputs(node) == ("q",)
    undo(easel)
    assert len(easel.graph) == before


def test_a_loose_input_gets_the_output_of_the_gate(easel: Easel) -> None:
    node = chosen(easel, asked(easel, LooseEnd("f", 1)).type("tanh"))
    assert easel.graph.inputs("f") == ("q", node)
    undo(easel)
    assert easel.graph.inputs("f") == ("q", "z")


def test_a_loose_input_takes_a_number_and_a_formula(easel: Easel) -> None:
    number = chosen(easel, asked(easel, LooseEnd("f", 1)).type("7"))
    assert easel.graph.inputs("f")[1] == number
    chosen(easel, asked(easel, LooseEnd("f", 1)).type("x * y"))
    assert easel.graph.node(easel.graph.inputs("f")[1] or "").kind.name == "mul"


def test_a_formula_that_would_close_a_circle_is_refused(easel: Easel) -> None:
    hand, before = asked(easel, LooseEnd("q", 0)).type("f * 2"), easel.document.revision
    hand.enter()
    assert easel.document.revision == before
    assert is_open(easel)


def test_leaves_do_not_fit_to_a_loose_output(easel: Easel) -> None:
    titles = asked(easel, LooseEnd("q")).titles
    assert not {"input", "parameter", "constant"} & {*titles}


def test_gates_that_do_not_take_the_shape_are_not_offered(easel: Easel) -> None:
    easel.editor.set_value("x", np.ones((2, 3)))
    titles = asked(easel, LooseEnd("x")).titles
    assert {"transpose", "matmul", "exp"} <= {*titles}
    assert "conv2d" not in titles


def test_nodes_that_are_there_are_offered_too(easel: Easel) -> None:
    easel.editor.add("exp", (600, 0))
    hand = asked(easel, LooseEnd("f")).type("exp")
    there = [row for row in hand.rows if row.beside == "Input 1, there"]
    assert len(there) == 1
    there[0].choose()
    assert Wire("f", there[0].title, 0) in [*easel.graph.wires()]


def test_a_node_that_depends_on_the_input_is_not_offered(easel: Easel) -> None:
    titles = asked(easel, LooseEnd("q", 0)).titles
    assert "y" in titles
    assert not {"f", "q"} & {row for row in titles if row in easel.graph}


def test_the_search_stays_inside_of_the_window(easel: Easel) -> None:
    easel.view.adding.ask(easel.place(easel.view.viewport().rect().bottomRight()))
    hand = Searcher(easel.view.window())
    assert easel.view.window().rect().contains(hand.popup.geometry())


def test_in_a_small_window_fewer_rows_are_seen(easel: Easel) -> None:
    easel.view.resize(300, 260)
    hand = asked(easel)
    assert easel.view.rect().contains(hand.popup.geometry())


def test_a_click_elsewhere_closes_it(easel: Easel) -> None:
    hand = asked(easel)
    hand.field.setFocus()
    easel.view.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not is_open(easel)


def test_who_asked_hears_when_it_is_over(easel: Easel) -> None:
    over: list[bool] = []
    easel.view.adding.ask(EMPTY, LooseEnd("q"), lambda: over.append(True))
    Searcher(easel.view.window()).key(Qt.Key.Key_Escape)
    assert over == [True]


def test_a_search_at_the_pointer_ends_with_its_hint(easel: Easel) -> None:
    hover(easel, EMPTY)
    asked(easel).key(Qt.Key.Key_Escape)
    assert easel.hints[-2:] == [
        "Type a gate, a number, a name or a formula; Enter adds it, Escape closes.",
        "",
    ]


def test_a_screen_reader_hears_rows_as_sentences(easel: Easel) -> None:
    hand = asked(easel).type("tanh")
    index = hand.list.model().index(0, 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("tanh, Activation")
    assert hand.field.accessibleName() == "Add by search"


def asked_to_replace(easel: Easel, node: NodeId) -> tuple[Searcher, list[tuple[NodeId, str]]]:
    asked_for: list[tuple[NodeId, str]] = []
    easel.view.adding.ask_replacement(node, EMPTY, lambda *both: asked_for.append(both))
    return Searcher(easel.view.window()), asked_for


def test_a_gate_is_replaced_by_one_that_takes_its_wires(easel: Easel) -> None:
    hand, asked_for = asked_to_replace(easel, "q")
    assert hand.titles[0] == "mul"
    assert {"max", "sub"} <= {*hand.titles}
    assert not {"add", "exp", "where", "input"} & {*hand.titles}
    hand.type("max").enter()
    assert asked_for == [("q", "max")]


def test_a_gate_is_not_replaced_by_one_that_does_not_take_its_shapes(easel: Easel) -> None:
    easel.editor.set_value("x", np.ones((2, 3)))
    easel.editor.set_value("y", np.ones((2, 3)))
    hand, _ = asked_to_replace(easel, "q")
    assert "mul" in hand.titles
    assert "matmul" not in hand.titles


def test_nothing_is_added_on_top_of_a_node(easel: Easel) -> None:
    easel.view.adding.ask(easel.body("q"))
    node = chosen(easel, Searcher(easel.view.window()).type("tanh"))
    x, y = easel.position(node) or (0.0, 0.0)
    assert max(abs(x - 220), abs(y - 50)) > 50


def test_what_is_wired_to_a_node_from_the_keyboard_comes_to_its_right(easel: Easel) -> None:
    easel.view.adding.ask(easel.body("f"), LooseEnd("f"))
    node = chosen(easel, Searcher(easel.view.window()).type("tanh"))
    x, _ = easel.position(node) or (0.0, 0.0)
    assert x > 520
