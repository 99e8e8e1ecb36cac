"""The rows of the palette: headings of groups, which open and close, and the gates below them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias, final

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from chainrule.gates.catalogue import all_kinds
from chainrule.gates.documentation.plain_math import plain_math
from chainrule.gates.gate import Gate
from chainrule.gates.kind import Group, Kind
from chainrule_desktop.canvas.dropping import GATE_MIME_TYPE
from chainrule_desktop.messages import count
from chainrule_desktop.search.gates import matching_kinds

KIND_ROLE = Qt.ItemDataRole.UserRole + 1
"""The class of a gate's row; None in the row of a heading."""

HEADING_ROLE = Qt.ItemDataRole.UserRole + 2
"""The Heading of a heading's row; None in the row of a gate."""

FIRST_CLOSED = (Group.TRIGONOMETRY, Group.SHAPING, Group.LOSS, Group.LAYER, Group.CONVOLUTION)
"""The groups that are closed until somebody opens them, so that the rest can be overlooked."""

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@final
@dataclass(frozen=True, slots=True)
class Heading:
    """The row of a group: how many gates it has, and whether they are listed."""

    text: str
    count: int
    is_open: bool


_Row: TypeAlias = Heading | type[Kind]


@final
class PaletteModel(QAbstractListModel):
    """All gates by group, or those that a search finds, the likeliest first.

    Signals:
        closed_changed(): other groups are closed.
    """

    closed_changed = Signal()

    def __init__(self, closed: Collection[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._query = ""
        self._closed = set(closed)
        self._composites: tuple[type[Kind], ...] = ()
        self._rows: list[_Row] = self._all_rows()

    @property
    def closed(self) -> tuple[str, ...]:
        """The groups whose gates are not listed, in their order."""
        return tuple(group.value for group in Group if group.value in self._closed)

    def offer(self, composites: tuple[type[Kind], ...]) -> None:
        """List these composite gates, too."""
        if composites != self._composites:
            self._composites = composites
            self._reset()

    def turn(self, index: _Index) -> None:
        """Open the group of a heading, or close it; nothing for a gate."""
        heading = self._row(index)
        if isinstance(heading, Heading):
            self._closed ^= {heading.text}
            self._reset()
            self.closed_changed.emit()

    def row_of(self, text: str) -> QModelIndex:
        """Return the row of the heading with that text."""
        rows = (
            at for at, row in enumerate(self._rows) if isinstance(row, Heading) and row.text == text
        )
        return self.index(next(rows, -1), 0)

    @property
    def is_empty(self) -> bool:
        """Whether the search finds nothing."""
        return not self._rows

    def search(self, query: str) -> None:
        """Show what `query` may mean, or all gates for an empty one."""
        if query.strip() == self._query:
            return
        self._query = query.strip()
        self._reset()

    def first_gate(self) -> QModelIndex:
        """Return the first row that is a gate; an invalid index where there is none."""
        gates = (row for row, each in enumerate(self._rows) if not isinstance(each, Heading))
        return self.index(next(gates, -1), 0)

    def kind_at(self, index: _Index) -> type[Kind] | None:
        """Return the gate of a row; None for a heading."""
        row = self._row(index)
        return None if isinstance(row, Heading) else row

    @override
    def rowCount(self, parent: _Index = _ROOT, /) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, Heading):
            return _heading_data(row, role)
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
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        usable = (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )
        is_gate = self.kind_at(index) is not None
        return usable | Qt.ItemFlag.ItemIsDragEnabled if is_gate else usable

    @override
    def mimeTypes(self) -> list[str]:
        return [GATE_MIME_TYPE, "text/plain"]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex], /) -> QMimeData:
        kinds = [kind for index in indexes if (kind := self.kind_at(index)) is not None]
        return gate_mime_data(kinds[0].name) if kinds else QMimeData()

    def _row(self, index: _Index) -> _Row | None:
        return self._rows[index.row()] if index.isValid() else None

    def _reset(self) -> None:
        self.beginResetModel()
        found = matching_kinds(self._kinds, self._query) if self._query else ()
        self._rows = [*found] if self._query else self._all_rows()
        self.endResetModel()

    def _all_rows(self) -> list[_Row]:
        return _grouped(self._kinds, self._closed)

    @property
    def _kinds(self) -> tuple[type[Kind], ...]:
        return (*all_kinds(), *self._composites)


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


def _heading_data(heading: Heading, role: int) -> object:
    state = "open" if heading.is_open else "closed"
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return heading.text
        case Qt.ItemDataRole.AccessibleTextRole:
            return f"{heading.text}, {count(heading.count, 'gate')}, {state}"
        case Qt.ItemDataRole.AccessibleDescriptionRole:
            return "Enter opens and closes the group."
        case _:
            return heading if role == HEADING_ROLE else None


def _grouped(kinds: Iterable[type[Kind]], closed: Collection[str]) -> list[_Row]:
    rows: list[_Row] = []
    for group, members in groupby(kinds, key=lambda kind: kind.group):
        gates = [*members]
        is_open = group.value not in closed
        rows.append(Heading(group.value, len(gates), is_open))
        rows += gates if is_open else ()
    return rows
