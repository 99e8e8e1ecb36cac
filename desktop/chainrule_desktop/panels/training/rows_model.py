"""The rows of a data table, written when they are looked at."""

from __future__ import annotations

from typing import TypeAlias, final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from chainrule.diagram.numbers import format_number
from chainrule.training.tables import DataTable

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_DECIMALS = 3


@final
class RowsModel(QAbstractTableModel):
    """Shows numbers, and the words of columns that hold classes."""

    def __init__(self) -> None:
        super().__init__()
        self._table: DataTable | None = None

    def show_table(self, table: DataTable | None) -> None:
        """Show other rows."""
        if table is not self._table:
            self.beginResetModel()
            self._table = table
            self.endResetModel()

    @override
    def rowCount(self, parent: _Index = _ROOT, /) -> int:
        return 0 if parent.isValid() or self._table is None else len(self._table)

    @override
    def columnCount(self, parent: _Index = _ROOT, /) -> int:
        return 0 if parent.isValid() or self._table is None else len(self._table.columns)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> object:
        if not index.isValid() or self._table is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        number = float(self._table.numbers[index.row(), index.column()])
        words = self._table.classes.get(self._table.columns[index.column()], ())
        if number.is_integer() and 0 <= number < len(words):
            return words[int(number)]
        # Nothing here may raise: Qt would end the program.
        return format_number(number, 0 if number.is_integer() else _DECIMALS)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole, /
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole or self._table is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        return self._table.columns[section]
