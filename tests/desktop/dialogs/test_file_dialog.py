"""Qt's own file dialog shows what is in its columns."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeView
from pytestqt.qtbot import QtBot

from chainrule_desktop.dialogs.file_dialog import file_dialog
from chainrule_desktop.theme import Theme
from tests.desktop.easel import theme

__all__ = ["theme"]


def test_no_cell_is_elided(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    (tmp_path / "matrix-product.chainrule").write_bytes(b"a" * 700)
    dialog = file_dialog(None, "Open", tmp_path, "Graphs (*.chainrule)")
    qtbot.addWidget(dialog)
    dialog.show()
    files = dialog.findChild(QTreeView, "treeView")
    assert files is not None
    model = files.model()
    qtbot.waitUntil(lambda: model.rowCount(files.rootIndex()) == 1)
    padding = 20
    for column in range(model.columnCount()):
        text = str(model.index(0, column, files.rootIndex()).data(Qt.ItemDataRole.DisplayRole))
        assert files.fontMetrics().horizontalAdvance(text) + padding <= files.columnWidth(column)
    assert files.horizontalScrollBar().maximum() == 0
