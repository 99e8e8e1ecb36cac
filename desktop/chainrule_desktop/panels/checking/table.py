"""The findings of a gradient check as a table that sorts and filters itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias, final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from typing_extensions import override

from chainrule.autodiff.gradient_check import Band, Verdict
from chainrule_desktop.panels.checking.findings import Finding
from chainrule_desktop.theme import Palette

COLUMNS: Final = ("Number", "Analytic", "Numerical", "Relative error", "Reading", "Verdict")
_NUMBERS: Final = (1, 2, 3)
_READING, _VERDICT = 4, 5
_GRAVE: Final = (Verdict.DIFFERS,)

_Index: TypeAlias = QModelIndex | QPersistentModelIndex


@final
class FindingsTable(QAbstractTableModel):
    """Holds all findings and shows those that are wanted, the gravest first."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._palette = palette
        self._all: list[Finding] = []
        self._shown: list[Finding] = []
        self._text, self._only_amiss = "", False
        self._sorted, self._order = _VERDICT, Qt.SortOrder.DescendingOrder

    @property
    def findings(self) -> Sequence[Finding]:
        """All findings, shown or not."""
        return self._all

    def finding(self, row: int) -> Finding | None:
        """Return what stands in a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def show_findings(self, findings: list[Finding]) -> None:
        """Show other findings."""
        self._all = findings
        self._refresh()

    def show_only(self, text: str, *, amiss: bool) -> None:
        """Show what has `text` in its name, and of that only what does not agree, if so wanted."""
        self._text, self._only_amiss = text.casefold().strip(), amiss
        self._refresh()

    def use(self, palette: Palette) -> None:
        """Show it in other colours."""
        self._palette = palette
        self._refresh()

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder, /) -> None:
        self._sorted, self._order = column, order
        self._refresh()

    @override
    def rowCount(self, parent: _Index = QModelIndex(), /) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: _Index = QModelIndex(), /) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole, /
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> Any:
        finding = self.finding(index.row())
        if finding is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return finding.cells[index.column()]
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return finding.check.says or None
            case Qt.ItemDataRole.ForegroundRole:
                return self._colour(finding, index.column())
            case _:
                return None

    def _colour(self, finding: Finding, column: int) -> QColor | None:
        """Return a colour of what is good or bad; words and signs say so too."""
        if column == _READING and finding.check.band is not None:
            calm = finding.check.band in (Band.HAPPY, Band.FINE)
            return QColor(self._palette.ok if calm else self._palette.problem)
        if column == _VERDICT and finding.check.verdict is Verdict.AGREES:
            return QColor(self._palette.ok)
        if column == _VERDICT and finding.check.verdict in _GRAVE:
            return QColor(self._palette.problem)
        return None

    def _refresh(self) -> None:
        self.beginResetModel()
        shown = [each for each in self._all if self._text in each.name.casefold()]
        if self._only_amiss:
            shown = [each for each in shown if each.check.verdict is not Verdict.AGREES]
        falling = self._order is Qt.SortOrder.DescendingOrder
        self._shown = sorted(shown, key=lambda each: each.key(self._sorted), reverse=falling)
        self.endResetModel()


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
