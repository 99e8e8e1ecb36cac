"""The table of a tensor's numbers."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from chainrule_desktop.panels.tensors.scene import Scene
from chainrule_desktop.panels.tensors.table_model import TensorModel

_ROW = 26
_PADDING = 22
_NARROWEST = 52
_MOST_MEASURED = 400


@final
class TensorTable(QTableView):
    """Shows a matrix; all columns are as wide as its longest number needs.

    Signals:
        cell_chosen(int, int): the cell in this row and column has the keyboard.
    """

    cell_chosen = Signal(int, int)

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self._numbers = TensorModel(scene, self)
        self.setAccessibleName("Numbers")
        self.setModel(self._numbers)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            # Sizes that are found by looking at all numbers would take seconds.
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setSectionsClickable(False)
            header.setHighlightSections(True)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.verticalHeader().setMinimumWidth(40)
        self.selectionModel().currentChanged.connect(self._tell)
        self.show_scene(scene)

    def show_scene(self, scene: Scene) -> None:
        """Show other numbers."""
        self._numbers.show_scene(scene)
        self.horizontalHeader().setDefaultSectionSize(self._width(scene))

    def choose(self, row: int, column: int) -> None:
        """Put the keyboard on a cell, and bring it into sight."""
        index = self._numbers.index(row, column)
        if index.isValid() and index != self.currentIndex():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flags)

    def _tell(self, index: QModelIndex) -> None:
        if index.isValid():
            self.cell_chosen.emit(index.row(), index.column())

    def _width(self, scene: Scene) -> int:
        """Return how wide a column must be, as a sample of the numbers and the last index say."""
        rows, columns = scene.matrix.shape
        metrics = QFontMetrics(self.font())
        step = max(1, rows * columns // _MOST_MEASURED)
        places = (divmod(at, columns) for at in range(0, rows * columns, step))
        texts = [scene.number(row, column) for row, column in places]
        widest = max(
            (metrics.horizontalAdvance(each) for each in (*texts, str(columns))), default=0
        )
        return max(widest + _PADDING, _NARROWEST)
