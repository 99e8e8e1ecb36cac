"""The panel beside an exercise: how far it is done, its score, its blanks, and hints."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QScrollArea, QWidget

from chainrule.graph.exercises import Blank, Exercise
from chainrule.practice.tolerance import rule_sentence
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.practising import Practice
from chainrule_desktop.messages import count
from chainrule_desktop.panels.page_parts import column, label_of
from chainrule_desktop.panels.practice.blank_list import BlankList
from chainrule_desktop.panels.practice.button_row import ButtonRow
from chainrule_desktop.panels.practice.hints_box import HintsBox
from chainrule_desktop.theme import Theme, set_part

_AROUND = 8


@final
class PracticePanel(QScrollArea):
    """Follows the exercise of a document; it is hidden in a graph without one.

    Signals:
        grown(): other hints are shown, so that more room may be wanted.
    """

    grown = Signal()

    def __init__(self, document: Document, practice: Practice, theme: Theme) -> None:
        super().__init__()
        self._document = document
        self._practice = practice
        self._theme = theme
        self._title = label_of(part="title")
        self._about = label_of(part="muted")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("Blanks answered")
        self._state = label_of()
        self._next = QPushButton("Next Blank")
        self._check = QPushButton("Check Answers")
        self._list = BlankList()
        self._hints = HintsBox(practice)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        self._in_sight: QWidget | None = None
        self._frame = QWidget()
        self._layout = column(self._frame, 8)
        self._lay_out()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show what holds now."""
        exercise = self._practice.exercise
        self.setVisible(exercise is not None)
        if exercise is None:
            return
        self._title.setText(exercise.title or "Exercise")
        self._about.setText(_about(exercise, self._document.cover.is_lifted))
        self._about.setToolTip(rule_sentence(exercise.decimals))
        blanks, texts = self._practice.blanks, self._practice.answers.texts
        answered = sum(each in texts for each in blanks)
        self._progress.setRange(0, max(1, len(blanks)))
        self._progress.setValue(answered)
        self._state.setText(self._told(answered, len(blanks)))
        for button in (self._next, self._check):
            button.setEnabled(bool(blanks) and self._practice.is_on)
        graph = self._document.graph
        self._list.show_blanks(self._practice, graph, self._theme.palette)
        self._list.updateGeometry()
        self._hints.show_blank(graph)
        self._follow_hint()

    @property
    def wanted_height(self) -> int:
        """How high it would be if nothing had to be scrolled."""
        self._layout.activate()
        return self._layout.totalHeightForWidth(self.viewport().width())

    def _follow_hint(self) -> None:
        """Scroll to a hint that was just given, with the buttons below it if there is room."""
        newest = self._hints.newest
        if newest is self._in_sight:
            return
        self._in_sight = newest
        self.grown.emit()
        if newest is not None:
            # Places are known only when the layout has made room for it.
            QTimer.singleShot(0, self, self._show_hint)

    def _show_hint(self) -> None:
        if self._in_sight is not None:
            self.ensureWidgetVisible(self._hints, 0, 0)
            self.ensureWidgetVisible(self._in_sight, 0, _AROUND)

    def _told(self, answered: int, blanks: int) -> str:
        """Say how many blanks are filled, and the score if that was found out."""
        report = self._practice.report
        told = f"{answered} of {count(blanks, 'blank')} filled"
        if report is None:
            return told
        return f"{told}, {report.score:g} of {report.most:g} points"

    def _lay_out(self) -> None:
        frame, layout = self._frame, self._layout
        layout.setContentsMargins(16, 14, 16, 14)
        for widget in (self._title, self._about, self._progress, self._state):
            layout.addWidget(widget)
        layout.addWidget(ButtonRow(self._next, self._check))
        layout.addWidget(self._list)
        layout.addWidget(self._hints)
        layout.addStretch()
        set_part(frame, "panel")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        set_part(self, "flat")
        self.setAccessibleName("Practice")
        self.setWidget(frame)

    def _connect(self) -> None:
        self._practice.changed.connect(self._soon.start)
        self._document.replaced.connect(self._soon.start)
        self._theme.changed.connect(self._soon.start)
        self._next.clicked.connect(self._fill_next)
        self._check.clicked.connect(self._practice.check)
        self._list.chosen.connect(self._practice.choose)
        self._list.filling_wanted.connect(self._practice.filling_wanted)

    def _fill_next(self) -> None:
        chosen: Blank | None = self._practice.chosen
        if chosen is None or chosen in self._practice.answers.texts:
            chosen = self._practice.first_open()
        if chosen is not None:
            self._practice.filling_wanted.emit(chosen)


def _about(exercise: Exercise, is_lifted: bool) -> str:
    decimals = "whole numbers" if exercise.decimals == 0 else count(exercise.decimals, "decimal")
    said = [f"Answers to {decimals}."]
    if exercise.locked:
        said.append("Locked: only blanks can be filled.")
    if is_lifted:
        said.append("The solution is shown; answers are covered by it.")
    return " ".join(said)
