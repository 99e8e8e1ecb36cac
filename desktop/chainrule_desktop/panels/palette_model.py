"""The rows of the palette: headings of groups and the gates below them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias, final

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from typing_extensions import override

from chainrule.gates.catalogue import all_kinds
from chainrule.gates.gate import Gate
from chainrule.gates.kind import Kind
from chainrule.gates.plain_math import plain_math
from chainrule_desktop.canvas.view import GATE_MIME_TYPE
from chainrule_desktop.panels.gate_search import matching_kinds

KIND_ROLE = Qt.ItemDataRole.UserRole + 1
"""The class of a gate's row; None in the row of a heading."""

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@final
class PaletteModel(QAbstractListModel):
    """All gates by group, or those that a search finds, the likeliest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._query = ""
        self._rows: list[str | type[Kind]] = _grouped(all_kinds())

    @property
    def is_empty(self) -> bool:
        """Whether the search finds nothing."""
        return not self._rows

    def search(self, query: str) -> None:
        """Show what `query` may mean, or all gates for an empty one."""
        if query.strip() == self._query:
            return
        self.beginResetModel()
        self._query = query.strip()
        kinds = all_kinds()
        found = matching_kinds(kinds, self._query)
        self._rows = [*found] if self._query else _grouped(kinds)
        self.endResetModel()

    def first_gate(self) -> QModelIndex:
        """Return the first row that is a gate; an invalid index where there is none."""
        row = next((row for row, each in enumerate(self._rows) if not isinstance(each, str)), -1)
        return self.index(row, 0)

    def kind_at(self, index: _Index) -> type[Kind] | None:
        """Return the gate of a row; None for a heading."""
        row = self._rows[index.row()] if index.isValid() else ""
        return None if isinstance(row, str) else row

    @override
    def rowCount(self, parent: _Index = _ROOT, /) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, str):
            return row if role == Qt.ItemDataRole.DisplayRole else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.name
            case Qt.ItemDataRole.ToolTipRole:
                return gate_tooltip(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.name}, {row.group.value}"
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return row.summary
            case _:
                return row if role == KIND_ROLE else None

    @override
    def flags(self, index: _Index, /) -> Qt.ItemFlag:
        if self.kind_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    @override
    def mimeTypes(self) -> list[str]:
        return [GATE_MIME_TYPE, "text/plain"]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex], /) -> QMimeData:
        kinds = [kind for index in indexes if (kind := self.kind_at(index)) is not None]
        return gate_mime_data(kinds[0].name) if kinds else QMimeData()


def gate_mime_data(name: str) -> QMimeData:
    """Return what a drag of a gate carries: its name, for the canvas and for any text field."""
    data = QMimeData()
    data.setData(GATE_MIME_TYPE, name.encode())
    data.setText(name)
    return data


def gate_tooltip(kind: type[Kind]) -> str:
    """Return a gate's summary and, where it has one, its formula."""
    if not issubclass(kind, Gate):
        return kind.summary
    return f"{kind.summary}\n{kind.name} = {plain_math(kind.formula)}"


def _grouped(kinds: Sequence[type[Kind]]) -> list[str | type[Kind]]:
    rows: list[str | type[Kind]] = []
    group = None
    for kind in kinds:
        if kind.group is not group:
            group = kind.group
            rows.append(group.value)
        rows.append(kind)
    return rows
