"""One answer can go for all unsaved tabs of a window that closes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from chainrule.files import read_graph
from chainrule_desktop.app.program import Program
from tests.desktop.app.test_windows import Button, boxes, edit, opened, press, program

__all__ = ["opened", "program"]


@pytest.fixture
def three(opened: Program, tmp_path: Path) -> Program:
    """The program with three unsaved graphs, the last of which has no file."""
    opened.desk.document.save(tmp_path / "a.chainrule")
    edit(opened)
    opened.desk.files.new_from_formula("x * b")
    opened.desk.document.save(tmp_path / "b.chainrule")
    edit(opened)
    opened.desk.files.new_from_formula("x * c")
    edit(opened)
    return opened


def test_discard_all_asks_about_no_other_tab(three: Program, tmp_path: Path) -> None:
    window = three.front.window
    window.close()
    press(three, Button.NoToAll)
    assert not window.isVisible()
    assert [*three.graphs] == []
    assert read_graph(tmp_path / "a.chainrule").node("x").value != 9.0


def test_save_all_saves_to_files_and_asks_for_those_that_are_missing(
    three: Program, tmp_path: Path
) -> None:
    window = three.front.window
    window.close()
    press(three, Button.SaveAll)
    for name in ("a", "b"):
        assert read_graph(tmp_path / f"{name}.chainrule").node("x").value == 9.0
    assert window.isVisible()
    (dialog,) = [each for each in window.findChildren(QFileDialog) if each.isVisible()]
    dialog.fileSelected.emit(str(tmp_path / "c.chainrule"))
    assert read_graph(tmp_path / "c.chainrule").node("x").value == 9.0
    assert not window.isVisible()


def test_save_all_keeps_the_window_where_no_file_is_given(three: Program, tmp_path: Path) -> None:
    window = three.front.window
    window.close()
    press(three, Button.SaveAll)
    (dialog,) = [each for each in window.findChildren(QFileDialog) if each.isVisible()]
    dialog.reject()
    assert window.isVisible()
    assert three.desk.document.is_modified
    assert boxes(three) == []


def test_the_last_of_several_has_no_answer_for_all(three: Program) -> None:
    window = three.front.window
    window.close()
    for others in (True, True, False):
        (box,) = boxes(three)
        assert (box.button(Button.NoToAll) is not None) == others
        press(three, Button.Discard)
    assert not window.isVisible()
