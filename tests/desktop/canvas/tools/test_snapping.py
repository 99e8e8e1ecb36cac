"""Dragged nodes stop level with others, where wires run straight, at equal gaps, on the grid."""

from __future__ import annotations

import pytest

from chainrule_desktop.canvas.grid import GRID
from chainrule_desktop.theme import Theme
from tests.desktop.easel import CTRL, Easel, colours_around


@pytest.fixture
def snapping(easel: Easel) -> Easel:
    """The canvas with drags that snap to neighbours."""
    easel.view.snapping.neighbours = True
    return easel


def test_a_node_stops_level_with_another_and_a_line_shows_to_which(snapping: Easel) -> None:
    # Away from the levels of its own wires, which come first.
    added = snapping.editor.add("exp", (400, 300))
    x, _ = snapping.position("q") or (0, 0)
    snapping.drag_to(snapping.body(added), (x + 3, 303))
    assert snapping.position(added) == (x, 303)
    (guide,) = snapping.marks.guides
    assert {guide.start[0], guide.end[0]} == {x}
    snapping.release((x + 3, 303))
    assert snapping.marks.guides == ()


def test_edges_are_levels_too(snapping: Easel) -> None:
    wide = snapping.editor.add("log_softmax", (400, 300))
    parts = snapping.drawing.diagram.parts
    half = float(parts.half[parts.index[wide], 0])
    x, _ = snapping.position("q") or (0, 0)
    level = round(x - 20 + half)
    snapping.drag(snapping.body(wide), (level + 3, 303))
    assert snapping.position(wide) == (level, 303)


def test_the_dots_of_leaves_are_level_by_their_middles_only(snapping: Easel) -> None:
    added = snapping.editor.add("input", (400, 300))
    x, y = snapping.position("x") or (0, 0)
    parts = snapping.drawing.diagram.parts
    half = float(parts.half[parts.index["x"], 1])
    assert 0 < half < 5
    # Within reach of the middle and of both edges.
    snapping.drag_to(snapping.body(added), (x + 330, y + half + 1))
    assert snapping.position(added) == (x + 330, y)
    levels = {each.start[1] for each in snapping.marks.guides if not each.gap}
    assert levels == {y}
    snapping.release((x + 330, y + half + 1))


def test_guide_lines_are_not_taken_for_wires(snapping: Easel, theme: Theme) -> None:
    added = snapping.editor.add("exp", (400, 300))
    x, _ = snapping.position("q") or (0, 0)
    snapping.drag_to(snapping.body(added), (x + 3, 303))
    assert theme.palette.guide in colours_around(snapping, (x, 200), 30)
    snapping.release((x + 3, 303))


def test_a_wire_is_drawn_straight(snapping: Easel) -> None:
    _, y = snapping.output("q")
    _, port = snapping.port("f", 0)
    start = snapping.body("q")
    snapping.drag(start, (start[0] - 9, start[1] + (port - y) + 4))
    assert snapping.output("q")[1] == snapping.port("f", 0)[1]


def test_equal_gaps_are_found_in_a_row(snapping: Easel) -> None:
    one, two, three = (snapping.editor.add("exp", (x, 300.0)) for x in (0.0, 100.0, 290.0))
    snapping.drag_to(snapping.body(three), (203, 300))
    assert snapping.position(three) == (200, 300)
    assert sum(each.gap for each in snapping.marks.guides) == 2
    snapping.release((203, 300))
    assert [snapping.position(each) for each in (one, two)] == [(0, 300), (100, 300)]


def test_the_grid_takes_what_nothing_else_does(easel: Easel) -> None:
    easel.view.snapping.grid = True
    easel.drag(easel.body("q"), (250, 85))
    x, y = easel.position("q") or (0, 0)
    assert (x % GRID, y % GRID) == (0, 0)


def test_with_the_key_for_it_a_drag_is_free(snapping: Easel) -> None:
    snapping.view.snapping.grid = True
    added = snapping.editor.add("exp", (400, 300))
    x, _ = snapping.position("q") or (0, 0)
    snapping.drag_to(snapping.body(added), (x + 3, 303), CTRL)
    assert snapping.position(added) == (x + 3, 303)
    assert snapping.marks.guides == ()
    assert "Moving freely" in snapping.hints[-1]


def test_what_is_far_away_or_out_of_sight_draws_nothing(snapping: Easel) -> None:
    added = snapping.editor.add("exp", (400, 300))
    snapping.editor.add("exp", (331, 9_000))
    snapping.drag(snapping.body(added), (333, 351))
    assert snapping.position(added) == (333, 351)


def test_several_nodes_snap_as_one(snapping: Easel) -> None:
    one = snapping.editor.add("exp", (400, 300))
    two = snapping.editor.add("exp", (470, 340))
    x, _ = snapping.position("q") or (0, 0)
    snapping.selection.set((one, two))
    snapping.drag(snapping.body(one), (x + 3, 303))
    assert snapping.position(one) == (x, 303)
    assert snapping.position(two) == (x + 70, 343)
