"""Practising: the blanks of an exercise filled, checked and hinted at."""

from __future__ import annotations

from typing import Final, final

from PySide6.QtCore import QObject, Signal

from chainrule.graph.changes import Changes
from chainrule.graph.exercises import Answers, Blank, Exercise
from chainrule.practice.blanks import in_order, truth_of
from chainrule.practice.hints import STEPS, Hints, hints_for
from chainrule.practice.marking import Mark, Report, Verdict, mark_answers
from chainrule.practice.tables import cell
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.exercising import write_answers

MOST_HINTS: Final = len(STEPS)


@final
class Practice(QObject):
    """What a learner does with the exercise of a document.

    Every answer is an undo step. A mark counts as long as the answers stay as they were when they
    were checked.

    Signals:
        changed(): the exercise, an answer, a mark, a hint or the chosen blank is another.
        checked(Report): all answers have been marked.
        filling_wanted(Blank): an answer is to be typed on the canvas.
    """

    changed = Signal()
    checked = Signal(object)
    filling_wanted = Signal(object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._chosen: Blank | None = None
        self._report: Report | None = None
        self._marks: dict[Blank, Mark] = {}
        self._hinted: dict[Blank, int] = {}
        self._blanks: list[Blank] | None = None
        document.changed.connect(self._follow)
        document.replaced.connect(self._begin_anew)

    @property
    def exercise(self) -> Exercise | None:
        """What is asked for; None in a graph without an exercise."""
        return self._document.cover.exercise

    @property
    def is_on(self) -> bool:
        """Whether there is an exercise whose numbers are hidden now."""
        return self._document.cover.covered is not None

    @property
    def answers(self) -> Answers:
        """What was typed so far, and what was shown."""
        return self._document.cover.answers

    @property
    def blanks(self) -> list[Blank]:
        """All blanks that the graph has, in the order in which they are found."""
        if self._blanks is None:
            exercise, document = self.exercise, self._document
            asked = () if exercise is None else exercise.blanks
            self._blanks = in_order(document.graph, document.passes, asked) if asked else []
        return self._blanks

    @property
    def chosen(self) -> Blank | None:
        """The blank that hints are for."""
        return self._chosen if self._chosen in self.blanks else None

    def choose(self, blank: Blank | None) -> None:
        """Choose another blank."""
        if blank != self._chosen:
            self._chosen = blank
            self.changed.emit()

    def beside(self, blank: Blank | None, step: int) -> Blank | None:
        """Return the next blank, or with −1 the one before, in a circle; None if there is none."""
        blanks = self.blanks
        if not blanks:
            return None
        if blank not in blanks:
            return blanks[0] if step > 0 else blanks[-1]
        return blanks[(blanks.index(blank) + step) % len(blanks)]

    def first_open(self) -> Blank | None:
        """Return the first blank without an answer, or the first one of all."""
        answered = self.answers.texts
        return next((each for each in self.blanks if each not in answered), self.beside(None, 1))

    def text(self, blank: Blank) -> str:
        """Return what was typed for a blank."""
        return self.answers.texts.get(blank, "")

    def answer(self, blank: Blank, text: str) -> None:
        """Type something for a blank; "" takes the answer away."""
        answers = self.answers
        if text.strip() == answers.texts.get(blank, ""):
            return
        write_answers(self._document, answers.with_answer(blank, text.strip()), "Answer")

    def check(self) -> Report:
        """Mark all answers."""
        exercise, document = self.exercise, self._document
        if exercise is None:
            report = Report(())
        else:
            report = mark_answers(document.graph, document.passes, exercise, self.answers)
        self._report = report
        self._marks = {mark.blank: mark for mark in report.marks}
        self.changed.emit()
        self.checked.emit(report)
        return report

    def mark(self, blank: Blank) -> Mark | None:
        """Return the mark of an answer as it was checked; None for one typed since."""
        found = self._marks.get(blank)
        if found is None or found.verdict is Verdict.EMPTY:
            return None
        return found if found.text == self.text(blank) else None

    @property
    def report(self) -> Report | None:
        """All marks, if the answers are still those that were checked."""
        report = self._report
        if report is None or any(self.text(each.blank) != each.text for each in report.marks):
            return None
        return report

    def hints(self, blank: Blank) -> Hints | None:
        """Return all hints for a blank, of which some have been asked for."""
        exercise, document = self.exercise, self._document
        if exercise is None or blank not in self.blanks:
            return None
        return hints_for(document.graph, document.passes, exercise, self.answers, blank)

    def hinted(self, blank: Blank) -> int:
        """Return how many hints have been asked for."""
        return self._hinted.get(blank, 0)

    def hint(self, blank: Blank) -> None:
        """Give the next hint for a blank."""
        self._chosen = blank
        self._hinted[blank] = min(self.hinted(blank) + 1, MOST_HINTS)
        self.changed.emit()

    def show_answer(self, blank: Blank) -> None:
        """Fill a blank with the right number; it gives no points from then on, even if undone."""
        exercise, document = self.exercise, self._document
        number = truth_of(document.graph, document.passes, blank)
        if exercise is None or number is None:
            return
        text = cell(number, exercise.decimals).replace("−", "-")
        document.cover.give_away(blank)
        write_answers(document, self.answers.with_answer(blank, text, shown=True), "Show answer")
        self.check()

    def _follow(self, changes: Changes) -> None:
        if changes.blanks or changes.structure or changes.run:
            self._blanks = None
        if changes.blanks or changes.numbers:
            self.changed.emit()

    def _begin_anew(self) -> None:
        self._chosen, self._report, self._blanks = None, None, None
        self._marks.clear()
        self._hinted.clear()
        self.changed.emit()
