"""Homework as tables: both passes, and nudges, looked at and written to files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from chainrule.errors import ChainruleError
from chainrule.files import write_bytes
from chainrule.graph.graph import GateGraph
from chainrule.practice.nudges import USUAL_NUDGE, nudge_table
from chainrule.practice.tables import Table, pass_tables, tables_bytes
from chainrule_desktop.dialogs.labels import fault_label
from chainrule_desktop.dialogs.practice.frame import ask_where_to_write, complain
from chainrule_desktop.messages import explain
from chainrule_desktop.settings import Settings
from chainrule_desktop.theme import ScreenFit, inset_text, set_part

_PATTERNS = "Spreadsheet (*.csv);;Markdown (*.md);;Text (*.txt)"
_MOST = 1000.0


@final
class TablesDialog(QDialog):
    """Shows tables, blank or filled, and writes them; `nudges` shows what small changes do."""

    def __init__(
        self,
        parent: QWidget,
        graph: GateGraph,
        name: str,
        settings: Settings,
        said: Callable[[str], object],
        *,
        nudges: bool,
        may_fill: bool,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Nudge Sheet" if nudges else "Export Tables")
        self.resize(640, 480)
        ScreenFit(self)
        self._graph, self._name = graph, name
        self._settings, self._said = settings, said
        self._shows_nudges = nudges
        self._by = QDoubleSpinBox(minimum=-_MOST, maximum=_MOST, value=USUAL_NUDGE, decimals=3)
        self._by.setSingleStep(0.1)
        inset_text(self._by)
        self._filled = QCheckBox("&Filled with the right numbers")
        self._filled.setEnabled(may_fill)
        if not may_fill:
            self._filled.setToolTip("The exercise is locked, so its numbers stay hidden.")
        self._column = QVBoxLayout()
        self._fault = fault_label()
        self._lay_out()
        self._by.valueChanged.connect(self.refresh)
        self._filled.toggled.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the tables as they would be written."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        try:
            tables = self._tables()
        except ChainruleError as error:
            complain(self._fault, explain(error))
            return
        complain(self._fault, "")
        for table in tables:
            title = QLabel(table.title)
            set_part(title, "heading")
            self._column.addWidget(title)
            self._column.addWidget(view_of(table), len(table.rows) + 2)

    def write(self, path: Path) -> None:
        """Write the tables, and close; or say why they can't be."""
        try:
            write_bytes(tables_bytes(self._tables(), path.suffix), path)
        except ChainruleError as error:
            complain(self._fault, explain(error))
            return
        self._said(f"Wrote {path.name}")
        self.accept()

    def _tables(self) -> Sequence[Table]:
        filled = self._filled.isChecked()
        if self._shows_nudges:
            return (nudge_table(self._graph, self._by.value(), filled=filled),)
        return pass_tables(self._graph, filled=filled)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        label = QLabel("&Change each input by")
        label.setBuddy(self._by)
        for widget in (label, self._by):
            widget.setVisible(self._shows_nudges)
            above.addWidget(widget)
        above.addStretch()
        above.addWidget(self._filled)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        export = buttons.addButton("&Export…", QDialogButtonBox.ButtonRole.ActionRole)
        export.clicked.connect(self._ask_where)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(above)
        layout.addLayout(self._column, 1)
        layout.addWidget(self._fault)
        layout.addWidget(buttons)

    def _ask_where(self) -> None:
        kind = "nudges" if self._shows_nudges else "tables"
        name = f"{Path(self._name).stem}-{kind}.csv"
        ask_where_to_write(self, self._settings, "Export Tables", name, _PATTERNS, self.write)


def view_of(table: Table) -> QTableWidget:
    """Return a table that can be read and copied from."""
    view = QTableWidget(len(table.rows), len(table.head))
    view.setAccessibleName(table.title)
    view.setHorizontalHeaderLabels([*table.head])
    view.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    view.verticalHeader().hide()
    view.horizontalHeader().setStretchLastSection(True)
    view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    for row, texts in enumerate(table.rows):
        for column, text in enumerate(texts):
            view.setItem(row, column, QTableWidgetItem(text))
    return view
