"""Export: choose the format, the scale and the colours of a figure, then the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QWidget,
)
from typing_extensions import override

from chainrule.errors import ChainruleError
from chainrule.export.catalogue import all_exporters
from chainrule.export.exporter import Exporter
from chainrule.export.options import Background, FigureOptions
from chainrule_desktop.dialogs.file_dialog import file_dialog
from chainrule_desktop.dialogs.inks import ink_for
from chainrule_desktop.dialogs.labels import fault_label
from chainrule_desktop.document.document import Document
from chainrule_desktop.messages import explain
from chainrule_desktop.settings import Settings
from chainrule_desktop.theme import Scheme, inset_text

_LEAST_SCALE, _MOST_SCALE = 0.1, 32.0
_USUAL_SCALE = 2.0
_PIXELS = ("PNG",)
"""The formats whose size depends on the scale; the others can be drawn at any size."""


@final
class ExportDialog(QDialog):
    """Asks how, then where; a figure shows the whole graph with the texts that the window shows."""

    def __init__(
        self,
        parent: QWidget,
        document: Document,
        settings: Settings,
        options: FigureOptions,
        said: Callable[[str], object],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Export")
        self.setMinimumWidth(380)
        self._document = document
        self._settings = settings
        self._options = options
        self._said = said
        self._exporters = _in_usual_order(all_exporters())
        self._format = QComboBox()
        self._format.addItems([f"{each.name} – {each.description}" for each in self._exporters])
        self._scale = QDoubleSpinBox(
            minimum=_LEAST_SCALE, maximum=_MOST_SCALE, value=_USUAL_SCALE, suffix=" ×"
        )
        self._scale.setSingleStep(0.5)
        inset_text(self._scale)
        self._transparent = QCheckBox("&Transparent background")
        self._dark = QCheckBox("&Dark colours, for dark slides")
        self._fault = fault_label()
        self._lay_out()
        self._format.currentIndexChanged.connect(self._show_what_applies)
        self._show_what_applies()

    @override
    def accept(self) -> None:
        exporter = self._exporter()
        patterns = " ".join(f"*{suffix}" for suffix in exporter.suffixes)
        folder = self._settings.last_folder()
        dialog = file_dialog(self, "Export", folder, f"{exporter.description} ({patterns})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(exporter.suffixes[0])
        dialog.selectFile(f"{Path(self._document.name).stem}{exporter.suffixes[0]}")
        dialog.fileSelected.connect(self._write)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        choose = buttons.addButton("Export…", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.setVerticalSpacing(10)
        form.addRow("&Format:", self._format)
        form.addRow("&Scale:", self._scale)
        form.addRow("", self._transparent)
        form.addRow("", self._dark)
        form.addRow(self._fault)
        form.addRow(buttons)
        # Only inside its dialog: before, Qt would give Enter to the first button, which is Cancel.
        choose.setDefault(True)

    def _show_what_applies(self) -> None:
        self._scale.setEnabled(self._exporter().name in _PIXELS)
        self._fault.hide()

    def _exporter(self) -> Exporter:
        return self._exporters[self._format.currentIndex()]

    def _exporter_for(self, path: Path) -> Exporter:
        """Return the format that the file's name asks for, which may not be the one chosen."""
        by_suffix = {suffix: each for each in self._exporters for suffix in each.suffixes}
        return by_suffix.get(path.suffix.lower(), self._exporter())

    def _chosen(self, exporter: Exporter) -> FigureOptions:
        scheme = Scheme.DARK if self._dark.isChecked() else Scheme.LIGHT
        see_through = self._transparent.isChecked()
        return replace(
            self._options,
            scale=self._scale.value() if exporter.name in _PIXELS else 1.0,
            background=Background.TRANSPARENT if see_through else Background.FILLED,
            ink=ink_for(scheme, self._settings.values.number_colours),
        )

    def _write(self, name: str) -> None:
        path = Path(name)
        exporter = self._exporter_for(path)
        try:
            exporter.export(self._document.graph, path, self._chosen(exporter))
        except ChainruleError as error:
            self._fault.setText(explain(error))
            self._fault.show()
            return
        self._settings.change(last_folder=str(path.absolute().parent))
        self._said(f"Exported {path.name}")
        super().accept()


def _in_usual_order(exporters: tuple[Exporter, ...]) -> tuple[Exporter, ...]:
    """Return the exporters with the one that most people look for first."""
    return tuple(sorted(exporters, key=lambda each: (each.name not in _PIXELS, each.name)))
