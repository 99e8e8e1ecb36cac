"""Sheets: an exercise on paper, with blanks or with answers, printed or as PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import final

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from chainrule.diagram.ink import LIGHT
from chainrule.errors import ChainruleError
from chainrule.export import get_exporter
from chainrule.export.pages import Paper
from chainrule.files import write_bytes
from chainrule.graph.graph import GateGraph
from chainrule.practice.nudges import USUAL_NUDGE
from chainrule.practice.sheets import SheetOptions, make_sheet, render_sheet
from chainrule_desktop.dialogs.labels import fault_label
from chainrule_desktop.dialogs.practice.frame import ask_where_to_write, complain, form_of
from chainrule_desktop.figures.pages import paint_pages
from chainrule_desktop.messages import explain
from chainrule_desktop.settings import Settings
from chainrule_desktop.theme import inset_text

_PAPERS = {"A4": Paper.A4, "US Letter": Paper.LETTER}
_MOST = 1000.0


@final
class SheetDialog(QDialog):
    """Asks what is on a sheet, then prints it or writes it to a file."""

    def __init__(
        self,
        parent: QWidget,
        graph: GateGraph,
        name: str,
        settings: Settings,
        said: Callable[[str], object],
        *,
        answers: bool,
        may_answer: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Answer Sheet" if answers else "Print Sheet")
        self._graph, self._name = graph, name
        self._settings, self._said = settings, said
        self._what = QComboBox()
        choices = ["Blanks to be filled", "The right answers"]
        self._what.addItems(choices if may_answer else choices[:1])
        self._what.setCurrentIndex(int(answers))
        self._tables = QCheckBox("&Tables of both passes")
        self._tables.setChecked(True)
        self._nudges = QCheckBox("&Nudges: what does a small change do?")
        self._by = QDoubleSpinBox(minimum=-_MOST, maximum=_MOST, value=USUAL_NUDGE, decimals=3)
        self._by.setSingleStep(0.1)
        self._by.setAccessibleName("Change of each input")
        self._by.setEnabled(False)
        inset_text(self._by)
        self._paper = QComboBox()
        self._paper.addItems([*_PAPERS])
        self._fault = fault_label()
        self._nudges.toggled.connect(self._by.setEnabled)
        self._lay_out()

    @property
    def options(self) -> SheetOptions:
        """What has been chosen."""
        return SheetOptions(
            answers=self._what.currentIndex() == 1,
            tables=self._tables.isChecked(),
            nudge=self._by.value() if self._nudges.isChecked() else None,
            paper=_PAPERS[self._paper.currentText()],
        )

    def write(self, path: Path) -> None:
        """Write the sheet to a file, and close; or say why it can't be."""
        try:
            exporter = get_exporter(path.suffix)
            write_bytes(render_sheet(exporter, self._graph, self.options), path)
        except ChainruleError as error:
            complain(self._fault, explain(error))
            return
        self._said(f"Wrote {path.name}")
        self.accept()

    def print_on(self, printer: QPrinter) -> None:
        """Print the sheet, and close; or say why it can't be."""
        try:
            sheet = make_sheet(self._graph, self.options)
        except ChainruleError as error:
            complain(self._fault, explain(error))
            return
        printer.setDocName(sheet.title)
        paint_pages(printer, sheet, LIGHT)
        self._said(f"Sent {sheet.title} to the printer")
        self.accept()

    def _lay_out(self) -> None:
        form = form_of(self)
        form.addRow("&With:", self._what)
        form.addRow("", self._tables)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._nudges)
        row.addWidget(self._by)
        form.addRow("", row)
        form.addRow("&Paper:", self._paper)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        save = buttons.addButton("Save as PD&F…", QDialogButtonBox.ButtonRole.ActionRole)
        to_print = buttons.addButton("P&rint…", QDialogButtonBox.ButtonRole.ActionRole)
        save.clicked.connect(self._ask_where)
        to_print.clicked.connect(self._ask_printer)
        buttons.rejected.connect(self.reject)
        form.addRow(self._fault)
        form.addRow(buttons)
        save.setDefault(True)

    def _ask_where(self) -> None:
        suffix = "-answers" if self.options.answers else ""
        name = f"{Path(self._name).stem}{suffix}.pdf"
        patterns = "Portable document (*.pdf)"
        ask_where_to_write(self, self._settings, "Save Sheet", name, patterns, self.write)

    def _ask_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        for button in dialog.findChildren(QPushButton):
            # Qt's own layout leaves no room for the padding of our buttons.
            button.setMinimumWidth(button.sizeHint().width())
        dialog.accepted.connect(lambda: self.print_on(printer))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)
