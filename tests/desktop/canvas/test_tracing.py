"""A path to the output, and what a check found, as the canvas shows them."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from chainrule.autodiff.passes import Passes
from chainrule.autodiff.paths import Paths
from chainrule.graph.edits import MoveNodes, SetValue
from chainrule.graph.node import Wire
from chainrule_desktop.canvas.checked_mark import CheckedMark
from chainrule_desktop.canvas.marking import Marking
from chainrule_desktop.canvas.marks import Tone
from chainrule_desktop.canvas.tracing import Tracing
from chainrule_desktop.theme import Theme
from tests.desktop.easel import Easel


@pytest.fixture
def marking(easel: Easel) -> Marking:
    found = easel.view.findChild(Marking)
    assert found is not None
    return found


def picture(easel: Easel) -> QImage:
    return easel.view.viewport().grab().toImage()


def count_of(image: QImage, colour: str) -> int:
    """Return how many pixels have a colour."""
    wanted = QColor(colour).rgb()
    rows, columns = range(image.height()), range(image.width())
    return sum(image.pixel(x, y) == wanted for y in rows for x in columns)


def test_a_path_is_drawn_with_its_local_gradients(
    easel: Easel, marking: Marking, theme: Theme
) -> None:
    (path,) = Paths(easel.graph, Passes(easel.graph), "x").largest(1)
    tracing = Tracing(marking, easel.drawing)
    colour = theme.palette.gradient
    before = count_of(picture(easel), colour)
    tracing.show_path(path)
    traced = easel.marks.path
    assert traced is not None
    assert traced.wires == (Wire("x", "q", 0), Wire("q", "f", 0))
    assert traced.factors == ("×1.00", "×(−4.00)")
    assert count_of(picture(easel), colour) > before + 500
    assert "q" in easel.drawing.diagram.parts.names
    tracing.show_path(None)
    assert "q" not in easel.drawing.diagram.parts.names
    assert easel.marks.path is None
    assert count_of(picture(easel), colour) == before


def test_a_path_of_nodes_that_are_gone_is_not_drawn(easel: Easel, marking: Marking) -> None:
    (path,) = Paths(easel.graph, Passes(easel.graph), "x").largest(1)
    Tracing(marking, easel.drawing).show_path(path)
    easel.selection.set(("q",))
    easel.editor.delete_selected()
    assert not picture(easel).isNull()


def test_what_was_found_about_wires_is_told_by_more_than_colour(
    easel: Easel, marking: Marking, theme: Theme
) -> None:
    marking.change(
        checked=(
            (Wire("x", "q", 0), Tone.GOOD),
            (Wire("y", "q", 1), Tone.NOTE),
            (Wire("q", "f", 0), Tone.WRONG),
        )
    )
    image = picture(easel)
    assert count_of(image, theme.palette.ok) > 100
    assert count_of(image, theme.palette.problem) > 200


def test_marks_of_a_check_stay_until_an_edit_or_escape(easel: Easel) -> None:
    marks = CheckedMark(easel.view, easel.document)
    found = {Wire("x", "q", 0): Tone.GOOD}
    marks.show(found)
    easel.document.apply(MoveNodes({"q": (200.0, 60.0)}), "Move")
    easel.selection.set(("q",))
    assert easel.marks.checked == tuple(found.items())
    easel.document.apply(SetValue("x", np.float64(7.0)), "Value")
    assert easel.marks.checked == ()
    marks.show(found)
    QTest.keyClick(easel.view, Qt.Key.Key_Escape)
    assert easel.marks.checked == ()
    assert not marks.is_shown
