"""The training window: settings at the left, pictures at the right, and the run above both."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QSplitter, QTabWidget, QVBoxLayout, QWidget
from typing_extensions import override

from chainrule_desktop.document.training.training import State
from chainrule_desktop.panels.training.context import TrainingContext
from chainrule_desktop.panels.training.control_bar import ControlBar
from chainrule_desktop.panels.training.data_page import DataPage
from chainrule_desktop.panels.training.feed_page import FeedPage
from chainrule_desktop.panels.training.landscape_page import LandscapePage
from chainrule_desktop.panels.training.pictures import BoundaryPage, LossPage, WeightsPage
from chainrule_desktop.panels.training.rule_page import RulePage
from chainrule_desktop.theme import ScreenFit, scrolled

_WIDTHS = (400, 700)


@final
class TrainingWindow(QDialog):
    """Trains the document beside the main window; closing it pauses the run."""

    def __init__(self, parent: QWidget | None, context: TrainingContext) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle("Train")
        self.resize(1120, 740)
        ScreenFit(self)
        self.bar = ControlBar(context)
        self.settings, self.pictures = QTabWidget(), QTabWidget()
        self._boundary, self._landscape = BoundaryPage(context), LandscapePage(context)
        self._lay_out()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._look)
        self._boundary.retitled.connect(self._name_boundary)
        self.pictures.currentChanged.connect(self._watch)
        context.training.changed.connect(self._later.start)
        context.document.replaced.connect(self._later.start)
        for signal in (context.document.changed, context.document.replaced):
            signal.connect(self._leave_exercise)

    def ask(self) -> None:
        """Come to the front, and find out where the graph stands."""
        if self.isVisible():
            self.raise_()
            self.activateWindow()
        self.show()

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        self._watch()
        self._later.start()
        self.bar.run.setFocus()

    @override
    def closeEvent(self, event: QCloseEvent, /) -> None:
        self._leave()
        super().closeEvent(event)

    @override
    def reject(self) -> None:
        # Escape, which sends no close event.
        self._leave()
        super().reject()

    def _lay_out(self) -> None:
        context = self._context
        for page, title in (
            (DataPage(context), "&Data"),
            (FeedPage(context), "&Inputs"),
            (RulePage(context), "R&ule"),
        ):
            self.settings.addTab(scrolled(page), title)
        self.pictures.addTab(LossPage(context), "L&oss")
        self.pictures.addTab(WeightsPage(context), "Para&meters")
        self.pictures.addTab(self._boundary, self._boundary.title)
        self.pictures.addTab(self._landscape, "La&ndscape")
        self.settings.setAccessibleName("Settings")
        self.pictures.setAccessibleName("Pictures")
        across = QSplitter()
        across.addWidget(self.settings)
        across.addWidget(self.pictures)
        across.setChildrenCollapsible(False)
        across.setStretchFactor(1, 1)
        across.setSizes(_WIDTHS)
        down = QVBoxLayout(self)
        down.addWidget(self.bar)
        down.addWidget(across, 1)

    def _look(self) -> None:
        """Find out where the graph stands if nobody knows, as after an edit."""
        training = self._context.training
        unknown = training.trainer is None and training.state is State.READY
        if self.isVisible() and unknown and not training.sentence:
            training.look()

    def _name_boundary(self) -> None:
        self.pictures.setTabText(self.pictures.indexOf(self._boundary), self._boundary.title)

    def _leave_exercise(self) -> None:
        """Close where the loss and the gradients are what an exercise asks for."""
        if self._context.document.cover.covered is not None and self.isVisible():
            self.reject()

    def _watch(self) -> None:
        page = self.pictures.currentWidget() if self.isVisible() else None
        self._boundary.watch(page is self._boundary)
        self._landscape.watch(page is self._landscape)

    def _leave(self) -> None:
        self._context.training.pause()
        self._landscape.leave()
        self._boundary.watch(False)
