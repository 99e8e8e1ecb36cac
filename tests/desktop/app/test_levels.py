"""Stepping inside composite gates in a tab: the way in and out, and one history for all of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from chainrule.gates.catalogue import get_kind
from chainrule_desktop.app.common import Places
from chainrule_desktop.app.desk import Desk
from chainrule_desktop.app.program import Program
from chainrule_desktop.document.composing import collapse_selected
from chainrule_desktop.panels.breadcrumbs import Breadcrumbs
from chainrule_desktop.panels.palette_view import PaletteView
from chainrule_desktop.resources import asset_path
from chainrule_desktop.theme import ThemeMode, prepare_style

EXAMPLE = asset_path("examples", "sigmoid-neuron-staged.chainrule")


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    style, font, palette = qapp.style().objectName(), qapp.font(), qapp.palette()
    prepare_style(qapp)
    places = Places(tmp_path / "settings.json", tmp_path / "unsaved", tmp_path / "composites")
    made = Program(qapp, places, ThemeMode.LIGHT)
    made.front.window.show()
    yield made
    for graph in made.graphs:
        graph.document.history.setClean()
    for each in made.windows:
        each.window.close()
    made.end()
    # What ends later ends now, while the program is there.
    qapp.processEvents()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.styleHints().unsetColorScheme()
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.fixture
def neuron(program: Program) -> Program:
    """The staged neuron, whose sigmoid is a composite gate f inside the composite gate f."""
    program.desk.files.open(EXAMPLE)
    desk = program.desk
    desk.selection.set(("n", "e", "p", "f"))
    collapse_selected(desk.editor, "squash", ("u",))
    desk.selection.set(("a", "b", "c", "s", "f"))
    collapse_selected(desk.editor, "unit")
    return program


def act(program: Program, name: str) -> None:
    program.front.actions.named(name).trigger()
    QApplication.processEvents()


def step_inside(program: Program, use: str = "f") -> Desk:
    program.desk.selection.set((use,))
    act(program, "composite.inside")
    return program.desk


def crumbs(program: Program) -> tuple[list[str], list[QToolButton]]:
    """Return the names on the way to what is shown, and the buttons for those around it."""
    QApplication.processEvents()
    bar = program.desk.views.middle.findChildren(Breadcrumbs)[0]
    if not bar.isVisible():
        return [], []
    buttons = [each for each in bar.findChildren(QToolButton) if each.isVisible()]
    buttons.sort(key=lambda each: each.x())
    labels = [each for each in bar.findChildren(QLabel) if each.isVisible()]
    here = [each.text() for each in labels if each.property("part") == "heading"]
    return [*(each.text() for each in buttons), *here], buttons


def value(desk: Desk, node: str) -> float:
    number = desk.document.passes.value(node)
    assert number is not None
    return float(number)


def test_the_graph_itself_has_no_crumbs(neuron: Program) -> None:
    assert crumbs(neuron) == ([], [])


def test_inside_the_way_is_shown_and_numbers_are_those_of_the_use(neuron: Program) -> None:
    outer = neuron.desk
    inner = step_inside(neuron)
    assert inner is not outer
    assert crumbs(neuron)[0] == [outer.document.name, "unit"]
    assert value(inner, "w0") == 2.0
    assert value(inner, "f") == value(outer, "f")
    innermost = step_inside(neuron)
    assert crumbs(neuron)[0] == [outer.document.name, "unit", "squash"]
    assert value(innermost, "u") == value(inner, "s")
    assert neuron.front.window.tabs.count() == 1


def test_stepping_out_comes_back_to_where_one_was(neuron: Program) -> None:
    outer = neuron.desk
    outer.canvas.navigator.zoom_to(2.0)
    step_inside(neuron)
    act(neuron, "composite.out")
    assert neuron.desk is outer
    assert outer.canvas.navigator.scale == 2.0
    assert outer.selection.nodes == ("f",)
    assert not neuron.front.actions.named("composite.out").isEnabled()


def test_a_crumb_leads_out_over_several_levels(neuron: Program) -> None:
    outer = neuron.desk
    step_inside(neuron)
    step_inside(neuron)
    crumbs(neuron)[1][0].click()
    QApplication.processEvents()
    assert neuron.desk is outer


def test_a_double_click_and_enter_step_inside(neuron: Program, qtbot: QtBot) -> None:
    outer = neuron.desk
    outer.canvas.edit_value("f")
    assert neuron.desk is not outer
    act(neuron, "composite.out")
    outer.selection.set(("f",))
    outer.canvas.setFocus()
    QTest.keyClick(outer.canvas, Qt.Key.Key_Return)
    assert neuron.desk is not outer


def test_an_edit_inside_is_undone_where_it_was_made(neuron: Program) -> None:
    outer = neuron.desk
    before, count = value(outer, "f"), outer.document.history.count()
    inner = step_inside(step_into(neuron))
    inner.editor.set_parameter("p", "c", 3.0)
    assert outer.document.history.count() == count + 1
    assert value(outer, "f") != before
    assert neuron.front.actions.named("edit.undo").text() == "&Undo Set c of p in squash"
    act(neuron, "edit.undo")
    assert neuron.desk is inner
    assert value(outer, "f") == before
    act(neuron, "edit.redo")
    assert neuron.desk is inner
    assert inner.document.graph.node("p").kind.settings() == {"c": 3.0}


def step_into(program: Program) -> Program:
    step_inside(program)
    return program


def test_undoing_a_step_of_the_graph_leads_out_to_it(neuron: Program) -> None:
    outer = neuron.desk
    outer.editor.set_value("w0", np.float64(1.5))
    step_inside(step_into(neuron))
    act(neuron, "edit.undo")
    assert neuron.desk is outer
    assert outer.document.graph.node("w0").value == 2.0


def test_a_step_made_inside_can_be_undone_outside(neuron: Program) -> None:
    outer = neuron.desk
    before = value(outer, "f")
    step_inside(step_into(neuron)).editor.set_parameter("p", "c", 3.0)
    act(neuron, "composite.out")
    act(neuron, "composite.out")
    act(neuron, "edit.undo")
    assert neuron.desk is outer
    assert value(outer, "f") == before


def test_where_the_use_vanishes_one_stands_outside(neuron: Program, qtbot: QtBot) -> None:
    outer = neuron.desk
    step_inside(step_into(neuron))
    outer.document.undo()
    qtbot.waitUntil(lambda: neuron.desk is outer)


def test_numbers_inside_follow_another_view_of_the_graph(neuron: Program) -> None:
    outer = neuron.desk
    inner = step_inside(neuron)
    outer.editor.set_value("w0", np.float64(0.5))
    assert value(inner, "w0") == 0.5
    assert value(inner, "f") == value(outer, "f")


def test_tabs_show_their_own_level(neuron: Program) -> None:
    inner = step_inside(neuron)
    neuron.desk.files.new_from_formula("a * b")
    assert neuron.desk.document.name != inner.document.name
    neuron.front.step(-1)
    assert neuron.desk is inner


def test_closing_a_tab_ends_all_its_levels(neuron: Program) -> None:
    neuron.desk.files.new_from_formula("a * b")
    neuron.front.step(-1)
    inner = step_inside(step_into(neuron))
    inner.document.history.setClean()
    inner.files.close()
    QApplication.processEvents()
    assert neuron.front.window.tabs.count() == 1
    assert neuron.desk.document.graph.definitions == {}


def test_the_file_is_saved_from_inside(neuron: Program, tmp_path: Path) -> None:
    inner = step_inside(neuron)
    path = tmp_path / "saved.chainrule"
    neuron.desk.document.root.save(path)
    assert not inner.document.is_modified
    assert crumbs(neuron)[0] == ["saved.chainrule", "unit"]


def test_the_palette_offers_the_composites_of_the_graph_that_is_shown(neuron: Program) -> None:
    def offered() -> list[str]:
        (view,) = neuron.front.palette.findChildren(PaletteView)
        model = view.model()
        rows = [model.index(row, 0).data() for row in range(model.rowCount())]
        return [each for each in rows if each in {"squash", "unit", "neuron"}]

    assert offered() == ["squash", "unit", "neuron"]
    neuron.desk.files.new_from_formula("a * b")
    assert offered() == ["neuron"]


def test_what_a_new_gate_inside_is_called_is_no_matter_of_the_graph_around(
    neuron: Program,
) -> None:
    inner = step_inside(neuron)
    node = inner.editor.add("exp", (0.0, 0.0))
    assert inner.document.graph.node(node).kind == get_kind("exp")()
    assert node not in inner.document.root.graph
