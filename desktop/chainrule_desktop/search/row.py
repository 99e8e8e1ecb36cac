"""What a search shows in one row of its list, and the model that holds the rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, final, overload

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from chainrule.gates.kind import Kind
from chainrule_desktop.theme import IconName

Index: TypeAlias = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()
_AT_ONCE = 200


@final
@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Something that can be chosen, and what choosing it does.

    `letters` are the places in `title` by which it was found; `beside` stands at the right end,
    and right of that, in a column of their own, the `keys` that do the same;
    `says` is a sentence for while it is the current one. The picture is that of a gate's `kind`,
    or an `icon`. A `hindrance` is the sentence on why it can't be chosen now.
    """

    title: str
    choose: Callable[[], object]
    says: str = ""
    beside: str = ""
    letters: tuple[int, ...] = ()
    kind: type[Kind] | None = None
    icon: IconName | None = None
    hindrance: str = ""
    keys: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader says of the row."""
        told = ", ".join(each for each in (self.title, self.beside, self.keys) if each)
        reason = f"not now: {self.hindrance}" if self.hindrance else ""
        return ". ".join(each for each in (told, reason, self.says) if each)


@final
class LazyRows(Sequence[Row]):
    """Rows of which each is made only when somebody looks at it."""

    def __init__(self, count: int, make: Callable[[int], Row]) -> None:
        self._count = count
        self._make = make

    @override
    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...

    @override
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return [self._make(each) for each in range(self._count)[at]]
        return self._make(range(self._count)[at])


@final
class RowsModel(QAbstractListModel):
    """The rows that a search has found; a view is told of more of them as it needs more."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()
        self._told = 0

    @property
    def count(self) -> int:
        """How many rows were found."""
        return len(self._rows)

    def show(self, rows: Sequence[Row]) -> None:
        """Hold these rows and no others."""
        self.beginResetModel()
        self._rows = rows
        self._told = min(len(rows), _AT_ONCE)
        self.endResetModel()

    def place(self, row: int) -> QModelIndex:
        """Return the index of a row; an invalid one where there is none."""
        if self._told <= row < self.count:
            self._tell(row + 1)
        return self.index(row, 0)

    def row_at(self, index: Index) -> Row | None:
        """Return the row of an index; None for an invalid one."""
        return self._rows[index.row()] if index.isValid() else None

    @override
    def rowCount(self, parent: Index = _ROOT, /) -> int:
        return 0 if parent.isValid() else self._told

    @override
    def canFetchMore(self, parent: Index, /) -> bool:
        return not parent.isValid() and self._told < self.count

    @override
    def fetchMore(self, parent: Index, /) -> None:
        self._tell(self._told + _AT_ONCE)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case Qt.ItemDataRole.AccessibleDescriptionRole | Qt.ItemDataRole.ToolTipRole:
                return row.hindrance or row.says
            case _:
                return None

    def _tell(self, count: int) -> None:
        """Tell the views of so many rows."""
        upto = min(count, self.count)
        if upto > self._told:
            self.beginInsertRows(_ROOT, self._told, upto - 1)
            self._told = upto
            self.endInsertRows()
