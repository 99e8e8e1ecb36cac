"""The way from the graph into the composite gate that is shown, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from chainrule_desktop.document.inside import Inside
from chainrule_desktop.panels.page_parts import label_of
from chainrule_desktop.theme import Theme, set_part


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
        self._says = label_of(part="muted")
        self._says.setWordWrap(False)
        self.hide()

    def show_path(self, names: Sequence[str], inside: Inside | None) -> None:
        """Show the names of all graphs on the way, from the outermost to the one that is shown."""
        if inside is None or not inside.name:
            self.hide()
            return
        self._says.setText(_numbers_of(inside))
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
            self._row.addWidget(self._button(name, len(names) - 1 - place))
            self._row.addWidget(_arrow())
        here = QLabel(names[-1])
        here.setTextFormat(Qt.TextFormat.PlainText)
        set_part(here, "heading")
        self._row.addWidget(here)
        self._row.addStretch()
        self._row.addWidget(self._says)

    def _button(self, name: str, levels: int) -> QToolButton:
        button = QToolButton()
        button.setText(name.replace("&", "&&"))
        button.setAutoRaise(True)
        button.setToolTip(f"Step out to {name}")
        button.setAccessibleName(f"Step out to {name}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(partial(self._choose, levels))
        return button

    def _choose(self, levels: int) -> None:
        self.chosen.emit(levels)


def _arrow() -> QLabel:
    arrow = QLabel("▸")
    set_part(arrow, "muted")
    return arrow


def _numbers_of(inside: Inside) -> str:
    """Say whose numbers are shown."""
    if inside.upstream is not None:
        return f"Numbers as {inside.use} has them"
    return f"Values as {inside.use} has them; no gradient arrives there, so these are its own"
