"""Export writes what was chosen, and says why where it can't."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from chainrule.export.options import FigureOptions
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.dialogs.export import ExportDialog
from chainrule_desktop.figures.png import PngExporter
from tests.helpers.bench import EXAMPLE


@pytest.fixture
def dialog(bench: Workbench) -> ExportDialog:
    bench.files.open_now(EXAMPLE)
    made = ExportDialog(
        bench.window,
        bench.document,
        bench.settings,
        FigureOptions(),
        bench.files.saving.said.emit,
    )
    made.open()
    return made


def choose_format(dialog: ExportDialog, name: str) -> None:
    box = dialog.findChild(QComboBox)
    assert box is not None
    (row,) = [i for i in range(box.count()) if box.itemText(i).startswith(f"{name} ")]
    box.setCurrentIndex(row)


def export_to(dialog: ExportDialog, path: Path) -> None:
    dialog.accept()
    (chooser,) = dialog.findChildren(QFileDialog)
    chooser.fileSelected.emit(str(path))
    chooser.close()


def only(dialog: ExportDialog, text: str) -> QCheckBox:
    (box,) = [each for each in dialog.findChildren(QCheckBox) if text in each.text()]
    return box


@pytest.mark.parametrize("name", ["PNG", "SVG", "PDF"])
def test_every_format_can_be_chosen(dialog: ExportDialog, tmp_path: Path, name: str) -> None:
    choose_format(dialog, name)
    out = tmp_path / f"figure.{name.lower()}"
    export_to(dialog, out)
    assert out.stat().st_size > 500


@pytest.mark.parametrize(
    ("suffix", "start"), [(".svg", b"<svg"), (".PDF", b"%PDF"), ("", b"\x89PNG")]
)
def test_the_name_of_the_file_decides_what_is_written(
    dialog: ExportDialog, tmp_path: Path, suffix: str, start: bytes
) -> None:
    choose_format(dialog, "PNG")
    out = tmp_path / f"figure{suffix}"
    export_to(dialog, out)
    assert out.read_bytes().startswith(start)


def test_the_scale_of_a_png_counts(bench: Workbench, dialog: ExportDialog, tmp_path: Path) -> None:
    choose_format(dialog, "PNG")
    scale = dialog.findChild(QDoubleSpinBox)
    assert scale is not None
    scale.setValue(2.5)
    export_to(dialog, tmp_path / "large.png")
    usual = PngExporter().render(bench.document.graph, FigureOptions(scale=1.0))
    single = QImage.fromData(usual).width()
    assert abs(QImage(str(tmp_path / "large.png")).width() - 2.5 * single) <= 2


def test_a_transparent_png_is_transparent(dialog: ExportDialog, tmp_path: Path) -> None:
    choose_format(dialog, "PNG")
    only(dialog, "ransparent").setChecked(True)
    export_to(dialog, tmp_path / "a.png")
    assert QImage(str(tmp_path / "a.png")).pixelColor(0, 0).alpha() == 0


def test_dark_colours_have_a_dark_ground(dialog: ExportDialog, tmp_path: Path) -> None:
    choose_format(dialog, "PNG")
    only(dialog, "ark").setChecked(True)
    export_to(dialog, tmp_path / "a.png")
    assert QImage(str(tmp_path / "a.png")).pixelColor(0, 0).lightness() < 80


def test_the_scale_is_for_pixels_only(dialog: ExportDialog) -> None:
    scale = dialog.findChild(QDoubleSpinBox)
    assert scale is not None
    choose_format(dialog, "SVG")
    assert not scale.isEnabled()
    choose_format(dialog, "PNG")
    assert scale.isEnabled()


def test_a_place_that_cannot_be_written_is_told_of(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path
) -> None:
    export_to(dialog, tmp_path / "gone" / "a.png")
    assert dialog.isVisible()
    assert any("does not exist" in label.text() for label in dialog.findChildren(QLabel))
    dialog.reject()
