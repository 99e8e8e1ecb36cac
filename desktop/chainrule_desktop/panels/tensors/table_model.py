"""The numbers of a matrix as the rows and columns of a table, written when they are looked at."""

from __future__ import annotations

from typing import TypeAlias, final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont
from typing_extensions import override

from chainrule.arrays import Floats
from chainrule.diagram.numbers import format_number
from chainrule_desktop.panels.tensors.scene import Scene

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@final
class TensorModel(QAbstractTableModel):
    """A matrix inside a tensor, in the colour of values or of gradients."""

    def __init__(self, scene: Scene, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._matrix: Floats = scene.matrix
        self._font = QFont()

    def show_scene(self, scene: Scene) -> None:
        """Show other numbers; the cell that is chosen stays while rows and columns do."""
        size = scene.matrix.shape
        same = size == self._matrix.shape and scene.slicing == self._scene.slicing
        if same and scene.origin == self._scene.origin:
            self._scene, self._matrix = scene, scene.matrix
            if self._matrix.size:
                last = self.index(size[0] - 1, size[1] - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._scene, self._matrix = scene, scene.matrix
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index = _ROOT, /) -> int:
        return 0 if parent.isValid() else self._matrix.shape[0]

    @override
    def columnCount(self, parent: _Index = _ROOT, /) -> int:
        return 0 if parent.isValid() else self._matrix.shape[1]

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> object:
        if not index.isValid():
            return None
        number = float(self._matrix[index.row(), index.column()])
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return format_number(number, self._scene.decimals)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._scene.sentence(index.row(), index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT
            case Qt.ItemDataRole.ForegroundRole:
                palette = self._scene.look.palette
                return QColor(palette.gradient if self._scene.is_gradient else palette.value)
            case Qt.ItemDataRole.FontRole:
                self._font.setItalic(self._scene.is_gradient)
                return self._font
            case _:
                return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole, /
    ) -> object:
        slicing = self._scene.slicing
        axis = slicing.columns if orientation == Qt.Orientation.Horizontal else slicing.rows
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if axis is None else str(section + self._scene.origin)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        return None
