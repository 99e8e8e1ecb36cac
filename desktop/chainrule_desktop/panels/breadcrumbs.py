"""The way from the graph into the composite gate that is shown, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from chainrule_desktop.document.inside import Inside
from chainrule_desktop.panels.page_parts import Sentence
from chainrule_desktop.theme import Theme, set_part

_MOST = 5
_DOTS = "…"
_WIDEST = 40  # characters


@final
class Breadcrumbs(QWidget):
    """One button for each graph around what is shown; hidden where that is the graph itself.

    Signals:
        chosen(int): the graph so many levels around is wanted.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        set_part(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Way inside")
        self._theme = theme
        self._shown: tuple[str, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 4, 10, 4)
        self._row.setSpacing(2)
        self._says = Sentence()
        self._says.setTextFormat(Qt.TextFormat.PlainText)
        self._says.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        set_part(self._says, "muted")
        self.hide()

    def show_path(self, names: Sequence[str], says: str) -> None:
        """Show the names of all graphs from the outermost to the one shown, and whose numbers."""
        if len(names) == 1 or not names[-1]:
            self.hide()
            return
        self._says.setText(says)
        self._says.setToolTip(says)
        if tuple(names) != self._shown:
            self._shown = tuple(names)
            self._fill(names)
        self.show()

    def _fill(self, names: Sequence[str]) -> None:
        while self._row.count():
            item = self._row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None and widget is not self._says:
                widget.hide()
                widget.deleteLater()
        for place, name in enumerate(names[:-1]):
            levels = len(names) - 1 - place
            # Where the way is long, those in its middle say their names in their tooltips.
            short = len(names) > _MOST and place and levels > _MOST // 2
            self._row.addWidget(self._button(name, levels, _DOTS if short else name))
            self._row.addWidget(_arrow())
        here = QLabel(self._shortened(names[-1]))
        here.setTextFormat(Qt.TextFormat.PlainText)
        here.setToolTip(names[-1])
        here.setAccessibleName(names[-1])
        set_part(here, "heading")
        self._row.addWidget(here)
        self._row.addWidget(self._says, 1)

    def _button(self, name: str, levels: int, shown: str) -> QToolButton:
        button = QToolButton()
        button.setText(self._shortened(shown).replace("&", "&&"))
        button.setAutoRaise(True)
        button.setToolTip(f"Step out to {name}")
        button.setAccessibleName(f"Step out to {name}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(partial(self._choose, levels))
        return button

    def _shortened(self, name: str) -> str:
        """Return a name with dots in its middle where it would take too much of the row."""
        metrics, dots = self.fontMetrics(), Qt.TextElideMode.ElideMiddle
        room = _WIDEST * metrics.averageCharWidth()
        return metrics.elidedText(name, dots, room)

    def _choose(self, levels: int) -> None:
        self.chosen.emit(levels)


def _arrow() -> QLabel:
    arrow = QLabel("▸")
    set_part(arrow, "muted")
    return arrow


def whose_numbers(inside: Inside) -> str:
    """Say whose numbers are shown inside a composite gate."""
    if inside.upstream is not None:
        return f"Numbers as {inside.use} has them"
    return f"Values as {inside.use} has them; no gradient arrives there, so these are its own"
