"""The dialog that asks for files, as every question for one uses it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QTreeView, QWidget

_COLUMNS: Final = (
    "a-graph-with-a-long-name.chainrule",
    "1000.00 KiB",
    "plain text document",
    "30 Nov 2026 10:00:00 pm",
)
"""What the columns of Qt's own dialog have room for."""
_PADDING: Final = 32
_SIZE: Final = (900, 500)


def file_dialog(parent: QWidget | None, title: str, folder: Path, patterns: str) -> QFileDialog:
    """Return a dialog that shows the files of a folder that fit `patterns`.

    It is the system's where there is one. Qt's own gets columns that texts fit into: it measures
    them before the style sheet gives its cells their padding.
    """
    dialog = QFileDialog(parent, title, str(folder), patterns)
    # The system's dialog has no list of ours.
    files = dialog.findChild(QTreeView, "treeView")
    if files is not None:
        metrics = files.fontMetrics()
        widths = [metrics.horizontalAdvance(text) + _PADDING for text in _COLUMNS]
        for column, width in enumerate(widths):
            files.header().resizeSection(column, width)
        beside = dialog.width() - files.width()
        dialog.resize(max(_SIZE[0], sum(widths) + beside + _PADDING), _SIZE[1])
    return dialog
