"""Screen readers find every gate and every wire as an object of its own, in the graph's order."""

from __future__ import annotations

import gc
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QWidget

from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Wire
from chainrule_desktop.canvas.accessible.things import AccessibleThing
from chainrule_desktop.theme import Theme
from tests.desktop.easel import Easel, middle_of_wire, sum_times_z
from tests.helpers.random_graphs import build

Name, Value = QAccessible.Text.Name, QAccessible.Text.Value


def ladder(rungs: int) -> GateGraph:
    """Return a graph of `rungs` gates, each of which reads the two before it."""
    gates: dict[str, tuple[str, ...]] = {}
    names = ["x", "y"]
    for number in range(rungs):
        gates[f"g{number}"] = ("add" if number % 3 else "mul", *names[-2:])
        names.append(f"g{number}")
    return build({"x": 0.5, "y": -0.5}, gates)


def canvas_of(easel: Easel) -> QAccessibleInterface:
    interface = QAccessible.queryAccessibleInterface(easel.view)
    assert interface is not None
    return interface


def children(easel: Easel) -> list[QAccessibleInterface]:
    """Return the objects of all gates and wires."""
    canvas = canvas_of(easel)
    return [canvas.child(index) for index in range(canvas.childCount() - 1)]


def child(easel: Easel, begin: str) -> QAccessibleInterface:
    """Return the one object whose name begins so."""
    (found,) = [each for each in children(easel) if each.text(Name).startswith(begin)]
    return found


def state_of(interface: QAccessibleInterface) -> Any:
    return interface.state()


def test_sources_stand_before_wires_and_these_before_what_they_lead_to(easel: Easel) -> None:
    names = [each.text(Name) for each in children(easel)]
    assert [name.split(",")[0] for name in names] == [
        "input x",
        "input y",
        "input z",
        "wire from x to input 1 of add gate q",
        "wire from y to input 2 of add gate q",
        "add gate q",
        "wire from q to input 1 of mul gate f",
        "wire from z to input 2 of mul gate f",
        "mul gate f",
    ]


def test_a_gate_is_named_by_a_sentence(easel: Easel) -> None:
    said = child(easel, "mul gate f").text(Name)
    assert said == "mul gate f, inputs q and z, value −12.00, gradient 1.00, 5 of 5"


def test_numbers_have_the_decimals_that_are_shown(easel: Easel) -> None:
    easel.editor.set_value("x", np.float64(-2.125))
    assert child(easel, "add gate q").text(Value) == "2.88"
    easel.drawing.show(replace(easel.drawing.display, decimals=3))
    assert child(easel, "add gate q").text(Value) == "2.875"
    assert "value −2.125" in child(easel, "input x").text(Name)


def test_what_is_not_wired_is_said_so(easel: Easel) -> None:
    easel.editor.disconnect(Wire("x", "q", 0))
    said = child(easel, "add gate q").text(Name)
    assert "inputs nothing and y, value not computed, gradient not computed" in said


def test_children_know_their_parent_and_their_number(easel: Easel) -> None:
    canvas = canvas_of(easel)
    for index, each in enumerate(children(easel)):
        assert each.parent() is canvas
        assert canvas.indexOfChild(each) == index
        assert each.isValid()
        assert each.window() is easel.view.windowHandle()


def test_beyond_the_things_stands_the_viewport_and_then_nothing(easel: Easel) -> None:
    canvas = canvas_of(easel)
    count = canvas.childCount()
    assert count == 5 + 4 + 1
    last = canvas.child(count - 1)
    assert last.object() is easel.view.viewport()
    assert canvas.indexOfChild(last) == count - 1
    assert canvas.child(count) is None
    assert canvas.child(-1) is None


def test_a_gate_is_found_where_it_is_on_the_screen(easel: Easel) -> None:
    gate = child(easel, "add gate q")
    there = easel.view.viewport().mapToGlobal(easel.pixel(easel.body("q")))
    assert gate.rect().contains(there)
    assert canvas_of(easel).childAt(there.x(), there.y()) is gate


def test_a_wire_is_found_where_it_is_on_the_screen(easel: Easel) -> None:
    wire = Wire("z", "f", 1)
    there = easel.view.viewport().mapToGlobal(easel.pixel(middle_of_wire(easel, wire)))
    found = canvas_of(easel).childAt(there.x(), there.y())
    assert found is child(easel, "wire from z")
    assert found.rect().contains(there)


def test_nothing_is_found_beside_things_and_outside(easel: Easel) -> None:
    canvas = canvas_of(easel)
    empty = easel.view.viewport().mapToGlobal(QPoint(5, 5))
    assert canvas.childAt(empty.x(), empty.y()) is None
    assert canvas.childAt(empty.x() - 100, empty.y()) is None


def test_what_is_out_of_sight_says_so(easel: Easel) -> None:
    assert not state_of(child(easel, "input x")).offscreen
    easel.view.navigator.look_at((9000.0, 0.0))
    assert state_of(child(easel, "input x")).offscreen


def test_states_follow_the_selection_and_the_keyboard(easel: Easel, window: QWidget) -> None:
    easel.selection.set(("q",))
    state, other = state_of(child(easel, "add gate q")), state_of(child(easel, "input x"))
    assert state.selectable
    assert state.focusable
    assert state.selected
    assert state.focused
    assert not other.selected
    assert not other.focused
    assert canvas_of(easel).focusChild() is child(easel, "add gate q")


def test_without_a_selection_the_canvas_itself_has_the_focus(easel: Easel, window: QWidget) -> None:
    easel.selection.clear()
    assert canvas_of(easel).focusChild() is canvas_of(easel)


def test_relations_lead_along_the_wires(easel: Easel) -> None:
    flows = QAccessible.RelationFlag
    found = child(easel, "add gate q").relations(flows.AllRelations)
    named = [(each.text(Name).split(",")[0], flag) for each, flag in found]
    assert named == [
        ("wire from x to input 1 of add gate q", flows.FlowsFrom),
        ("wire from y to input 2 of add gate q", flows.FlowsFrom),
        ("wire from q to input 1 of mul gate f", flows.FlowsTo),
    ]


def test_a_reader_selects_and_opens_by_actions(easel: Easel) -> None:
    actions = child(easel, "input y").actionInterface()
    actions.doAction(actions.setFocusAction())
    assert easel.selection.nodes == ("y",)
    actions.doAction(actions.pressAction())
    assert easel.field.isVisible()


def test_a_reader_selects_several_through_the_canvas(easel: Easel) -> None:
    selection = canvas_of(easel).selectionInterface()
    assert selection.select(child(easel, "input y"))
    assert selection.select(child(easel, "wire from z"))
    assert selection.selectedItemCount() == 2
    assert selection.unselect(child(easel, "input y"))
    assert selection.selectedItems() == [child(easel, "wire from z")]
    assert selection.clear()
    assert not easel.selection


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, QAccessible.Event]]:
    """Return what is told to screen readers: whose name begins how, and what happened."""
    heard: list[tuple[str, QAccessible.Event]] = []

    def hear(event: QAccessibleEvent) -> None:
        interface = event.accessibleInterface()
        if isinstance(interface, AccessibleThing):
            heard.append((interface.text(Name).split(",")[0], event.type()))

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return heard


def test_the_focus_is_told_when_something_is_selected(
    easel: Easel, window: QWidget, told: list[tuple[str, QAccessible.Event]]
) -> None:
    easel.selection.set(("x",))
    told.clear()
    easel.key(Qt.Key.Key_Right)
    assert told == [
        ("input x", QAccessible.Event.StateChanged),
        ("add gate q", QAccessible.Event.StateChanged),
        ("add gate q", QAccessible.Event.Focus),
    ]


def test_another_value_of_what_has_the_focus_is_told(
    easel: Easel, window: QWidget, told: list[tuple[str, QAccessible.Event]]
) -> None:
    easel.selection.set(("q",))
    told.clear()
    easel.editor.set_value("x", np.float64(7.0))
    assert ("add gate q", QAccessible.Event.ValueChanged) in told
    told.clear()
    easel.editor.move({"x": (10, 10)})
    assert told == []


def test_objects_end_with_what_they_are_of(easel: Easel) -> None:
    gate, wire = child(easel, "add gate q"), child(easel, "wire from x")
    easel.selection.set(("q",))
    easel.editor.delete_selected()
    assert not shiboken6.isValid(gate)
    assert not shiboken6.isValid(wire)
    assert len(children(easel)) == 4 + 1


def test_a_thing_that_comes_back_is_found_again(easel: Easel) -> None:
    child(easel, "add gate q")
    easel.selection.set(("q",))
    easel.editor.delete_selected()
    easel.document.history.undo()
    assert child(easel, "add gate q").isValid()


def test_another_graph_has_its_own_objects(easel: Easel) -> None:
    before = children(easel)
    easel.document.load(sum_times_z(), None)
    assert not any(map(shiboken6.isValid, before))
    assert len(children(easel)) == 9
    easel.document.load(GateGraph(), None)
    assert children(easel) == []


def test_each_canvas_has_its_own_objects(easel: Easel, theme: Theme, qtbot: Any) -> None:
    other = Easel(theme, sum_times_z())
    qtbot.addWidget(other.view)
    assert child(other, "add gate q") is not child(easel, "add gate q")
    assert child(other, "add gate q").parent() is canvas_of(other)


def test_objects_end_with_their_canvas(theme: Theme, qtbot: Any) -> None:
    other = Easel(theme, sum_times_z())
    made = children(other)
    shiboken6.delete(other.view)
    gc.collect()
    assert not any(map(shiboken6.isValid, made))


def living() -> int:
    found = (each for each in gc.get_objects() if isinstance(each, AccessibleThing))
    return sum(map(shiboken6.isValid, found))


def test_nothing_is_made_before_it_is_asked_for(theme: Theme, qtbot: Any) -> None:
    before = living()
    made = Easel(theme, ladder(2_000))
    qtbot.addWidget(made.view)
    canvas = canvas_of(made)
    count = canvas.childCount()
    assert count == 2_002 + 4_000 + 1
    assert living() == before
    assert canvas.child(count - 2).text(Name).endswith("2002 of 2002")
    assert canvas.indexOfChild(canvas.child(1234)) == 1234
    assert living() == before + 2


def test_every_thing_in_a_large_graph_has_its_number(theme: Theme, qtbot: Any) -> None:
    made = Easel(theme, ladder(300))
    qtbot.addWidget(made.view)
    canvas, seen = canvas_of(made), set[object]()
    for index, each in enumerate(children(made)):
        assert isinstance(each, AccessibleThing)
        assert canvas.indexOfChild(each) == index
        if isinstance(each.thing, Wire):
            assert each.thing.source in seen
            assert each.thing.target not in seen
        seen.add(each.thing)
    assert seen == {*made.graph.ids(), *made.graph.wires()}


def test_the_widgets_that_float_over_the_canvas_are_found(easel: Easel) -> None:
    easel.view.edit_value("x")
    there = easel.field.mapToGlobal(QPointF(4, 4)).toPoint()
    found = canvas_of(easel).childAt(there.x(), there.y())
    assert found.object() is easel.view.viewport()
