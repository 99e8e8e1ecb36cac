"""What stands out in an exercise: the chosen blank, and which answers were right."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QObject

from chainrule.graph.exercises import Blank
from chainrule.practice.marking import Mark, Verdict
from chainrule_desktop.canvas.marking import Marking
from chainrule_desktop.canvas.marks import Judged
from chainrule_desktop.document.practising import Practice


@final
class PractisingMark(QObject):
    """Keeps the marks of the blanks."""

    def __init__(self, marking: Marking, practice: Practice) -> None:
        super().__init__(marking)
        self._marking = marking
        self._practice = practice
        practice.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        practice = self._practice
        judged: dict[Blank, Judged] = {}
        for blank in practice.blanks if practice.is_on else ():
            mark = practice.mark(blank)
            if mark is not None:
                judged[blank] = judged_by(mark)
        self._marking.change(chosen_blank=practice.chosen, judged=judged)


def judged_by(mark: Mark) -> Judged:
    """Return the sign for a mark; what was shown is neither right nor wrong."""
    if mark.is_full:
        return Judged.RIGHT
    return Judged.PARTLY if mark.verdict in (Verdict.PARTLY, Verdict.SHOWN) else Judged.WRONG
