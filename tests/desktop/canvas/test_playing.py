"""A step of playback stands out and stays readable; where playing stops is seen and said."""

from __future__ import annotations

import math
from itertools import product

import pytest
from PySide6.QtCore import QPointF, QRectF

from chainrule.diagram.ink import Role
from chainrule_desktop.canvas.look import look_for
from chainrule_desktop.canvas.marking import Marking
from chainrule_desktop.canvas.marks import Highlight
from chainrule_desktop.canvas.paint_playing import (
    PILL_GROUND,
    number_pills,
    ring_around,
    stop_place,
)
from chainrule_desktop.canvas.playing import PlayingMark, highlight_of
from chainrule_desktop.canvas.sentences import sentence_on
from chainrule_desktop.document.player import Player
from chainrule_desktop.document.scripting import toggle_breakpoints
from chainrule_desktop.theme import Contrast, NumberColours, Palette, Scheme, Theme, palette_for
from tests.desktop.easel import Easel, colours_around, tooltip
from tests.helpers.contrasts import contrast

PALETTES = [palette_for(*each) for each in product(Scheme, NumberColours, Contrast)]


@pytest.fixture
def player(easel: Easel) -> Player:
    """Return the playback of (x + y) z, which the canvas marks."""
    player = Player(easel.document, easel.drawing, easel.view)
    marking = easel.view.findChild(Marking)
    assert marking is not None
    PlayingMark(marking, player)
    return player


def steps(easel: Easel, player: Player) -> list[Highlight]:
    found = [highlight_of(easel.graph, step) for step in player.timeline.steps]
    return [each for each in found if each is not None]


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("role", [Role.VALUE, Role.GRADIENT])
def test_a_number_that_stands_out_is_as_readable_as_any_other(palette: Palette, role: Role) -> None:
    look = look_for(palette)
    needed = 7.0 if palette.contrast is Contrast.HIGH else 4.5
    assert contrast(look.colour(role), look.colour(PILL_GROUND)) >= needed


def test_no_number_that_stands_out_touches_the_ring_of_its_gate(
    easel: Easel, player: Player
) -> None:
    diagram = easel.drawing.diagram
    for step in steps(easel, player):
        ring, pills = ring_around(diagram, step.node), number_pills(diagram, step)
        assert pills
        assert min(distance(ring.center(), pill.box) for pill in pills) > ring.width() / 2 + 1


def test_a_number_that_stands_out_is_clear_of_its_wire(easel: Easel, player: Player) -> None:
    diagram = easel.drawing.diagram
    for step in steps(easel, player):
        for box in (pill.box for pill in number_pills(diagram, step)):
            for x, y in diagram.geometry.middles.tolist():
                beside = box.left() < x < box.right()
                assert not beside or abs(y - box.center().y()) > box.height() / 2 + 3


def distance(place: QPointF, box: QRectF) -> float:
    """Return how far a place is from the nearest point of a box."""
    x = max(box.left() - place.x(), place.x() - box.right(), 0.0)
    y = max(box.top() - place.y(), place.y() - box.bottom(), 0.0)
    return math.hypot(x, y)


def test_a_breakpoint_is_a_dot_at_its_gate(easel: Easel, player: Player, theme: Theme) -> None:
    place = stop_place(easel.drawing.diagram, "q")
    spot = (place.x(), place.y())
    assert theme.palette.problem not in colours_around(easel, spot, 3)
    toggle_breakpoints(easel.document, ("q",))
    player.moved.emit()
    assert theme.palette.problem in colours_around(easel, spot, 3)
    toggle_breakpoints(easel.document, ("q",))
    player.moved.emit()
    assert theme.palette.problem not in colours_around(easel, spot, 3)


@pytest.mark.parametrize("node", ["x", "q"])
def test_the_dot_of_a_breakpoint_is_clear_of_ports(easel: Easel, node: str) -> None:
    place = stop_place(easel.drawing.diagram, node)
    ports = [easel.port("q", 0), easel.port("q", 1), easel.output("x")]
    assert min((QPointF(*port) - place).manhattanLength() for port in ports) > 8.0


def test_a_breakpoint_is_said_of_its_gate(easel: Easel, player: Player) -> None:
    assert "stops" not in tooltip(easel, easel.body("q"))
    toggle_breakpoints(easel.document, ("q",))
    assert "playing stops here" in tooltip(easel, easel.body("q"))
    assert "playing stops here" in sentence_on(easel.document, "q", 2)
