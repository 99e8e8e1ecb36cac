"""A document with its training and the window on it, and how a test finds what is in there."""

from __future__ import annotations

from pathlib import Path
from typing import final

from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
)
from pytestqt.qtbot import QtBot

from chainrule.graph.graph import GateGraph
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.training.training import Training
from chainrule_desktop.panels.training.context import TrainingContext
from chainrule_desktop.panels.training.window import TrainingWindow
from chainrule_desktop.settings import Settings
from chainrule_desktop.tasks import Tasks
from chainrule_desktop.theme import Theme

EXAMPLES = Path(__file__).parents[4] / "assets" / "examples"


@final
class Bench:
    """A document with its training and the window on it."""

    def __init__(self, theme: Theme, folder: Path, graph: GateGraph) -> None:
        self.document = Document()
        self.document.load(graph, None)
        self.tasks = Tasks()
        self.training = Training(self.document, self.tasks)
        settings = Settings(folder / "settings.json")
        context = TrainingContext(self.document, self.training, theme, settings, self.tasks)
        self.window = TrainingWindow(None, context)
        self.window.bar.findChildren(QComboBox)[0].setCurrentIndex(0)
        self.training.work.set_speed(0)

    def show(self, qtbot: QtBot) -> None:
        self.window.ask()
        qtbot.waitExposed(self.window)
        self.wait(qtbot)

    def wait(self, qtbot: QtBot) -> None:
        """Wait until the thread is at rest, a look that follows an edit included."""
        for _ in range(3):
            qtbot.wait(10)
            qtbot.waitUntil(lambda: not self.training.work.is_busy, timeout=30_000)

    def says(self) -> str:
        labels = self.window.findChildren(QLabel)
        return "\n".join(each.text() for each in labels if each.isVisibleTo(self.window))

    def page(self, name: str) -> None:
        for tabs in (self.window.settings, self.window.pictures):
            for row in range(tabs.count()):
                if tabs.tabText(row).replace("&", "") == name:
                    tabs.setCurrentIndex(row)

    def end(self) -> None:
        self.window.close()
        self.training.end()
        self.tasks.close()


def endless(bench: Bench) -> None:
    steps = bench.window.bar.findChild(QSpinBox)
    assert steps is not None
    steps.setValue(0)
    steps.editingFinished.emit()


def by_name(bench: Bench, name: str) -> QLineEdit:
    (found,) = [
        each for each in bench.window.findChildren(QLineEdit) if each.accessibleName() == name
    ]
    return found


def combo(bench: Bench, name: str) -> QComboBox:
    (found,) = [
        each for each in bench.window.findChildren(QComboBox) if each.accessibleName() == name
    ]
    return found


def choose(box: QComboBox, text: str) -> None:
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def button(bench: Bench, text: str) -> QPushButton:
    (found,) = [each for each in bench.window.findChildren(QPushButton) if each.text() == text]
    return found
