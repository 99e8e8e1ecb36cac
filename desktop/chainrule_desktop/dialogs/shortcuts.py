"""All keys and what they do, made from the table of actions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)


@final
@dataclass(frozen=True, slots=True)
class ShortcutLine:
    """One line of the overview."""

    group: str
    what: str
    keys: str


_CANVAS = "Canvas"
CANVAS_KEYS = (
    ShortcutLine(_CANVAS, "Move the selection, or the view", "Arrows"),
    ShortcutLine(_CANVAS, "Move the selection by one unit", "Shift+Arrows"),
    ShortcutLine(_CANVAS, "Walk along wires", "Alt+Arrows"),
    ShortcutLine(_CANVAS, "Go to the next or previous node", "Tab, Shift+Tab"),
    ShortcutLine(_CANVAS, "Edit a leaf's value, or show a gate's tensor", "Enter"),
    ShortcutLine(_CANVAS, "Cancel a gesture, or select nothing", "Esc"),
    ShortcutLine(_CANVAS, "Pan the view", "Space+drag, middle button"),
    ShortcutLine(_CANVAS, "Zoom", "Ctrl+wheel"),
)
"""The keys that the canvas hears itself."""


@final
class ShortcutsDialog(QDialog):
    """Lists the keys by menu."""

    def __init__(self, parent: QWidget, lines: Iterable[ShortcutLine]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keyboard Shortcuts")
        self.resize(520, 600)
        column = QVBoxLayout(self)
        column.addWidget(_tree(lines))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)


def _tree(lines: Iterable[ShortcutLine]) -> QTreeWidget:
    tree = QTreeWidget()
    tree.setAccessibleName("Keyboard shortcuts")
    tree.setHeaderLabels(["Action", "Keys"])
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    for name, group in groupby(lines, lambda line: line.group):
        top = QTreeWidgetItem(tree, [name])
        font = top.font(0)
        font.setBold(True)
        top.setFont(0, font)
        for line in group:
            QTreeWidgetItem(top, [line.what, line.keys])
    tree.expandAll()
    tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    return tree
