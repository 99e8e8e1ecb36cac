"""What helps with the chosen blank: what was wrong with the answer, and hints step by step."""

from __future__ import annotations

from typing import final

from PySide6.QtWidgets import QPushButton, QWidget

from chainrule.graph.exercises import Blank
from chainrule.graph.graph import GateGraph
from chainrule.practice.blanks import name_of
from chainrule.practice.hints import STEPS
from chainrule_desktop.document.practising import MOST_HINTS, Practice
from chainrule_desktop.panels.page_parts import column, heading, label_of
from chainrule_desktop.panels.practice.button_row import ButtonRow
from chainrule_desktop.theme import set_part


@final
class HintsBox(QWidget):
    """Shows the chosen blank; its buttons ask for the next hint and for the answer."""

    def __init__(self, practice: Practice) -> None:
        super().__init__()
        self._practice = practice
        self._name = heading("")
        self._name.setWordWrap(True)
        self._verdict = label_of()
        self._hints = [label_of(part="muted") for _ in STEPS]
        self._hint = QPushButton("Hint")
        self._show = QPushButton("Show Answer")
        self._show.setToolTip("Fill in the right number, which gives no points from then on.")
        layout = column(self, 6)
        for widget in (self._name, self._verdict, *self._hints):
            layout.addWidget(widget)
        layout.addWidget(ButtonRow(self._hint, self._show))
        self._hint.clicked.connect(self._ask_for_hint)
        self._show.clicked.connect(self._ask_for_answer)

    def show_blank(self, graph: GateGraph) -> None:
        """Show what holds now; nothing while no blank is chosen."""
        practice, blank = self._practice, self._practice.chosen
        self.setVisible(blank is not None)
        if blank is None:
            return
        name = name_of(graph, blank)
        self._name.setText(name[:1].upper() + name[1:])
        self._show_verdict(blank)
        given = practice.hinted(blank)
        hints = practice.hints(blank)
        for step, label in enumerate(self._hints):
            label.setVisible(hints is not None and step < given)
            if hints is not None:
                label.setText(f"{STEPS[step]}: {hints[step]}")
        self._hint.setEnabled(given < MOST_HINTS)
        following = min(given + 1, MOST_HINTS)
        self._hint.setText(f"Hint {following} of {MOST_HINTS}")
        is_shown = blank in practice.answers.shown and bool(practice.text(blank))
        self._show.setEnabled(not is_shown)

    @property
    def newest(self) -> QWidget | None:
        """The hint that was given last for the chosen blank; None for none."""
        blank = self._practice.chosen
        given = 0 if blank is None else self._practice.hinted(blank)
        return self._hints[given - 1] if given else None

    def _show_verdict(self, blank: Blank) -> None:
        mark = self._practice.mark(blank)
        self._verdict.setVisible(mark is not None)
        if mark is None:
            return
        points = f" {mark.score:g} of {mark.points:g} points." if not mark.is_full else ""
        self._verdict.setText(f"{mark.says or 'Right.'}{points}")
        set_part(self._verdict, "ok" if mark.is_full else "problem")

    def _ask_for_hint(self) -> None:
        if self._practice.chosen is not None:
            self._practice.hint(self._practice.chosen)

    def _ask_for_answer(self) -> None:
        if self._practice.chosen is not None:
            self._practice.show_answer(self._practice.chosen)
