"""Pictures of tensors on the canvas: seen, pointed at, clicked; and ports that do not fit."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chainrule.diagram.boxes import box_of
from chainrule.diagram.elements import MISFIT_PORT
from chainrule.diagram.shades import DARK_SHADES, LIGHT_SHADES, NAN, ZERO, colours_of
from chainrule.diagram.thumbnails import Kind, branch_thumbnail_at, thumbnail_at
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Wire
from chainrule_desktop.canvas.hit import Hit, Part, hit_test
from chainrule_desktop.document.values import parse_value
from chainrule_desktop.theme import Theme, ThemeMode
from tests.desktop.easel import (
    CTRL,
    Easel,
    Place,
    colours_around,
    hover,
    middle_of_wire,
    tooltip,
)
from tests.helpers.lecture_graphs import graph_of

SCORES = [[1.0, -2.0, 0.0], [0.5, 4.0, -1.0]]
S_TO_F = Wire("s", "f", 1)


def scores(weights: Any = (1.0, 2.0, 3.0)) -> GateGraph:
    """Return f = w × s, of which s is read twice, with places."""
    return graph_of(
        {"id": "s", "gate": "input", "value": SCORES, "position": [0, 0]},
        {"id": "w", "gate": "input", "value": list(weights), "position": [0, 220]},
        {"id": "f", "gate": "mul", "inputs": ["w", "s"], "position": [330, 120]},
        {"id": "e", "gate": "exp", "inputs": ["s"], "position": [330, -80]},
        output="f",
    )


@pytest.fixture
def easel(qtbot: QtBot, theme: Theme) -> Easel:
    """Return the canvas of f = w × s."""
    made = Easel(theme, scores())
    qtbot.addWidget(made.view)
    qtbot.waitUntil(lambda: made.view.windowHandle().isExposed())
    made.view.centerOn(200, 60)
    QApplication.processEvents()
    return made


@pytest.fixture
def asked(easel: Easel) -> list[tuple[object, str]]:
    """Return the tensors that the canvas was asked for."""
    found: list[tuple[object, str]] = []
    easel.view.tensor_requested.connect(lambda what, kind: found.append((what, kind)))
    return found


def middle(easel: Easel, node: str, kind: Kind) -> Place:
    drawn = thumbnail_at(easel.drawing.diagram, easel.drawing.diagram.parts.index[node], kind)
    assert drawn is not None
    left, top, right, bottom = box_of(drawn[0])
    return (left + right) / 2, (top + bottom) / 2


def middle_of_branch(easel: Easel, wire: Wire) -> Place:
    diagram = easel.drawing.diagram
    drawn = branch_thumbnail_at(diagram, diagram.parts.wires.index(wire))
    assert drawn is not None
    left, top, right, bottom = box_of(drawn)
    return (left + right) / 2, (top + bottom) / 2


@pytest.mark.parametrize("kind", Kind)
def test_a_picture_is_found_where_it_is_drawn(easel: Easel, kind: Kind) -> None:
    hit = hit_test(easel.drawing.diagram, middle(easel, "s", kind))
    assert hit == Hit(Part.PICTURE, "s", kind=kind)


def test_the_picture_of_a_wires_own_gradient_is_found(easel: Easel) -> None:
    hit = hit_test(easel.drawing.diagram, middle_of_branch(easel, S_TO_F))
    assert hit == Hit(Part.PICTURE, None, 1, S_TO_F, Kind.GRADIENT)


@pytest.mark.parametrize("kind", Kind)
def test_a_click_on_a_picture_asks_for_its_numbers(
    easel: Easel, asked: list[tuple[object, str]], kind: Kind
) -> None:
    easel.click(middle(easel, "s", kind))
    assert asked == [("s", kind.value)]
    assert easel.selection.nodes == ("s",)


def test_a_click_on_a_wires_picture_asks_for_its_gradient(
    easel: Easel, asked: list[tuple[object, str]]
) -> None:
    easel.click(middle_of_branch(easel, S_TO_F))
    assert asked == [(S_TO_F, "gradient")]


def test_a_drag_of_a_picture_moves_its_node_and_asks_for_nothing(
    easel: Easel, asked: list[tuple[object, str]]
) -> None:
    start = middle(easel, "s", Kind.VALUE)
    easel.drag(start, (start[0] + 20, start[1] + 10))
    assert asked == []
    assert easel.position("s") == (20, 10)


def test_a_click_that_adds_to_the_selection_asks_for_nothing(
    easel: Easel, asked: list[tuple[object, str]]
) -> None:
    easel.selection.set(("w",))
    easel.click(middle(easel, "s", Kind.VALUE), keys=CTRL)
    assert asked == []
    assert set(easel.selection.nodes) == {"w", "s"}


def test_a_click_on_numbers_asks_for_nothing(easel: Easel, asked: list[tuple[object, str]]) -> None:
    easel.click((easel.body("w")[0] + 40, easel.body("w")[1] - 10))
    assert asked == []


def test_the_cursor_says_that_a_picture_can_be_clicked(easel: Easel) -> None:
    hover(easel, middle(easel, "s", Kind.VALUE))
    assert easel.view.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor


def test_the_tooltip_of_a_picture_has_shape_and_range(easel: Easel) -> None:
    said = tooltip(easel, middle(easel, "s", Kind.VALUE))
    assert said.startswith("Value of s: 2 × 3, min −2, mean 0.4167, max 4.")
    said = tooltip(easel, middle_of_branch(easel, S_TO_F))
    assert said.startswith("Gradient of s to f: 2 × 3, min 1, mean 2, max 3.")


def test_the_tooltip_of_a_wire_has_shape_and_range(easel: Easel) -> None:
    said = tooltip(easel, middle_of_wire(easel, S_TO_F))
    assert "value 2 × 3, min −2, mean 0.4167, max 4, gradient 2 × 3, min 1" in said


def test_the_tooltip_counts_what_is_not_finite(easel: Easel) -> None:
    easel.editor.set_value("s", parse_value("[[nan, 1, 2], [3, inf, 0]]"))
    said = tooltip(easel, middle(easel, "s", Kind.VALUE))
    assert "min 0, mean 1.5, max 3, 2 not finite" in said


def test_cells_are_painted_in_the_shades_of_the_theme(easel: Easel, theme: Theme) -> None:
    place = middle(easel, "s", Kind.VALUE)
    for mode, shades in ((ThemeMode.LIGHT, LIGHT_SHADES), (ThemeMode.DARK, DARK_SHADES)):
        theme.set_mode(mode)
        painted = colours_around(easel, place, 12)
        assert {shades.highest, colours_of(shades)[ZERO // 2], shades.zero} <= painted


def test_not_a_number_is_painted_apart(easel: Easel) -> None:
    easel.editor.set_value("s", parse_value("[[nan, nan, nan], [nan, nan, nan]]"))
    painted = colours_around(easel, middle(easel, "s", Kind.VALUE), 10)
    assert colours_of(LIGHT_SHADES)[NAN] in painted
    assert LIGHT_SHADES.zero not in painted


def test_pictures_are_seen_where_texts_are_too_small_and_gone_from_far(easel: Easel) -> None:
    place = middle(easel, "s", Kind.VALUE)
    for steps, seen in ((5, True), (9, False)):
        easel.view.navigator.zoom_to(1.0)
        for _ in range(steps):
            easel.view.navigator.zoom_out()
        assert (LIGHT_SHADES.highest in colours_around(easel, place, 6)) == seen


def test_a_port_that_does_not_fit_is_marked_and_explained(qtbot: QtBot, theme: Theme) -> None:
    made = Easel(theme, scores([1.0, 2.0]))
    qtbot.addWidget(made.view)
    made.view.centerOn(200, 60)
    (problem,) = [each for each in made.drawing.problems if each.node == "f"]
    assert problem.port == 1
    port = made.port("f", 1)
    inside = QRectF(0, 0, 2 * MISFIT_PORT, 2 * MISFIT_PORT).width()
    assert theme.palette.problem in colours_around(made, port, int(inside / 2) - 1)
    assert problem.sentence in tooltip(made, port)
    assert problem.sentence in tooltip(made, made.body("f"))
    assert problem.sentence not in tooltip(made, made.port("f", 0))
    hover(made, port)
    assert made.hints[-1] == problem.sentence
    hover(made, (130.0, 330.0))
    assert made.hints[-1] == ""
