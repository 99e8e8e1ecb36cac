"""A drag with the knife cuts the wires that it crosses."""

from __future__ import annotations

from PySide6.QtCore import Qt

from chainrule.graph.node import Wire
from chainrule_desktop.canvas.tools.knife import KNIFE
from tests.desktop.easel import RIGHT, Easel, Place, bubbles, colours_around, middle_of_wire


def across(easel: Easel, *wires: Wire) -> list[Place]:
    """The way of a drag straight down across the middles of wires, in order."""
    places = [middle_of_wire(easel, wire) for wire in wires]
    (x, top), (last, bottom) = places[0], places[-1]
    return [(x, top - 14), *places, (last, bottom + 14)]


def draw(easel: Easel, way: list[Place], button: Qt.MouseButton = RIGHT) -> None:
    easel.press(way[0], button)
    for place in way[1:]:
        easel.move(place, button)


def test_a_drag_with_the_right_button_cuts_the_wires_that_it_crosses(easel: Easel) -> None:
    way = across(easel, Wire("x", "q", 0), Wire("y", "q", 1))
    draw(easel, way)
    assert bubbles(easel) == ["Cuts 2 wires; Escape leaves them."]
    easel.release(way[-1], RIGHT)
    assert easel.graph.inputs("q") == (None, None)
    assert easel.graph.inputs("f") == ("q", "z")
    assert easel.hints[-1] == "Cut 2 wires."
    easel.document.history.undo()
    assert easel.graph.inputs("q") == ("x", "y")


def test_an_armed_knife_cuts_with_the_left_button_once(easel: Easel) -> None:
    easel.view.arm(KNIFE)
    assert "Drag across wires" in easel.hints[-1]
    way = across(easel, Wire("z", "f", 1))
    draw(easel, way, Qt.MouseButton.LeftButton)
    easel.release(way[-1])
    assert easel.graph.inputs("f") == ("q", None)
    easel.drag((300, 300), (330, 320))
    assert easel.document.history.count() == 1


def test_escape_leaves_all_wires(easel: Easel) -> None:
    way = across(easel, Wire("z", "f", 1))
    draw(easel, way)
    easel.key(Qt.Key.Key_Escape)
    easel.release(way[-1], RIGHT)
    assert easel.graph.inputs("f") == ("q", "z")
    assert easel.document.history.count() == 0


def test_across_the_piece_at_an_output_all_its_wires_are_cut(easel: Easel) -> None:
    easel.editor.connect("x", easel.editor.add("exp", (300, -120)), 0)
    (x, y), (end, _) = easel.body("x"), easel.output("x")
    middle = (x + end) / 2
    draw(easel, [(middle, y - 30), (middle, y + 30)])
    easel.release((middle, y + 30), RIGHT)
    assert easel.graph.wires_from("x") == []


def test_a_drag_across_nothing_is_no_step(easel: Easel) -> None:
    draw(easel, [(300, 300), (340, 320)])
    easel.release((340, 320), RIGHT)
    assert easel.document.history.count() == 0


def test_the_trace_is_painted_only_while_it_is_drawn(easel: Easel) -> None:
    before = colours_around(easel, (320, 310), 3)
    draw(easel, [(300, 300), (340, 320)])
    assert colours_around(easel, (320, 310), 3) != before
    easel.release((340, 320), RIGHT)
    assert colours_around(easel, (320, 310), 3) == before


def test_wires_to_be_cut_look_otherwise(easel: Easel) -> None:
    wire = Wire("z", "f", 1)
    there = middle_of_wire(easel, wire)
    before = colours_around(easel, there, 12)
    draw(easel, across(easel, wire))
    drawn = colours_around(easel, there, 12)
    easel.key(Qt.Key.Key_Escape)
    assert drawn != before
    assert colours_around(easel, there, 12) == before
