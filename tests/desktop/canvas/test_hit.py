"""What lies under a point: ports before nodes before wires."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF

from chainrule.graph.node import Wire
from chainrule_desktop.canvas.hit import (
    NO_HIT,
    Hit,
    Part,
    hit_test,
    nearest_input,
    nearest_input_of,
    nearest_output,
    node_at,
    nodes_within,
)
from tests.desktop.easel import Easel, Place, middle_of_wire

Z_TO_F = Wire("z", "f", 1)


def beside(place: Place, dx: float, dy: float) -> Place:
    return place[0] + dx, place[1] + dy


HITS: dict[str, tuple[Callable[[Easel], Place], Hit]] = {
    "a gate": (lambda easel: easel.body("q"), Hit(Part.NODE, "q")),
    "its rim": (lambda easel: beside(easel.body("q"), 0, -21), Hit(Part.NODE, "q")),
    "beside it": (lambda easel: beside(easel.body("q"), 0, -32), NO_HIT),
    "a leaf": (lambda easel: easel.body("x"), Hit(Part.NODE, "x")),
    "its name": (lambda easel: beside(easel.body("x"), -12, 0), Hit(Part.NODE, "x")),
    "its value": (lambda easel: beside(easel.body("x"), 25, -8), Hit(Part.NUMBERS, "x")),
    "an output": (lambda easel: easel.output("q"), Hit(Part.OUTPUT, "q")),
    "a wired port": (lambda easel: easel.port("f", 1), Hit(Part.INPUT, "f", 1, Z_TO_F)),
    "a wire": (lambda easel: middle_of_wire(easel, Z_TO_F), Hit(Part.WIRE, None, 1, Z_TO_F)),
    "nothing": (lambda _: (300.0, 330.0), NO_HIT),
}


@pytest.mark.parametrize("what", HITS)
def test_each_part_is_found_where_it_is_drawn(easel: Easel, what: str) -> None:
    where, hit = HITS[what]
    assert hit_test(easel.drawing.diagram, where(easel)) == hit


def test_an_open_port_is_found(easel: Easel) -> None:
    easel.editor.disconnect(Z_TO_F)
    assert hit_test(easel.drawing.diagram, easel.port("f", 1)) == Hit(Part.INPUT, "f", 1)


def test_slack_widens_ports_and_wires(easel: Easel) -> None:
    near = beside(middle_of_wire(easel, Z_TO_F), 0, 12)
    assert hit_test(easel.drawing.diagram, near) == NO_HIT
    assert hit_test(easel.drawing.diagram, near, slack=10).wire == Z_TO_F


def test_what_was_added_later_lies_on_top(easel: Easel) -> None:
    added = easel.editor.add("exp", (225, 55))
    assert node_at(easel.drawing.diagram, (222, 52)) == added


def test_the_nearest_port_is_found_within_reach_only(easel: Easel) -> None:
    diagram = easel.drawing.diagram
    near = beside(easel.port("q", 0), -8, -4)
    found = nearest_input(diagram, near, 10)
    assert found is not None
    assert (found.node, found.port) == ("q", 0)
    assert nearest_input(diagram, near, 5) is None
    assert nearest_output(diagram, beside(easel.output("y"), 6, 0), 10) == Hit(Part.OUTPUT, "y")
    assert nearest_output(diagram, (300, 330), 10) is None


def test_the_nearest_port_of_a_node_is_its_own_however_far(easel: Easel) -> None:
    diagram = easel.drawing.diagram
    assert nearest_input_of(diagram, "f", easel.port("q", 0)) == 0
    assert nearest_input_of(diagram, "f", (440, 900)) == 1
    assert nearest_input_of(diagram, "x", (0, 0)) == 0


def test_a_rectangle_touches_bodies(easel: Easel) -> None:
    diagram = easel.drawing.diagram
    assert nodes_within(diagram, QRectF(-10, -10, 20, 230)) == ["x", "y", "z"]
    assert nodes_within(diagram, QRectF(239, 40, 5, 5)) == ["q"]
    assert nodes_within(diagram, QRectF(300, 330, 5, 5)) == []
