"""The status bar: the size of the graph, a hint, what is amiss, the zoom, and work going on."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QMetaObject, QObject, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QStatusBar,
    QToolButton,
    QWidget,
)

from chainrule_desktop.document.document import Document
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.messages import count
from chainrule_desktop.panels.page_parts import Sentence
from chainrule_desktop.theme import Theme, set_part

_MESSAGE_TIME = 5_000
_SMALL = 0.1


@final
class StatusBar(QStatusBar):
    """Says in one line how the document is.

    Signals:
        problems_clicked(): the list of problems is wanted, or no longer.
        cancel_clicked(): the work going on is no longer wanted.
    """

    problems_clicked = Signal()
    cancel_clicked = Signal()

    def __init__(self, document: Document, drawing: Drawing, theme: Theme) -> None:
        super().__init__()
        self._document = document
        self._drawing = drawing
        self._theme = theme
        self._size = QLabel()
        self._hint = Sentence()
        self._hinted = ""
        self._said = ""
        self._moment = QTimer(self, singleShot=True, interval=_MESSAGE_TIME)
        self._moment.timeout.connect(self._forget_said)
        self._work = QWidget()
        self._doing = QLabel()
        self._progress = QProgressBar()
        self._cancel = _button("", self.cancel_clicked)
        self._problems = _button("Show or hide the list of problems", self.problems_clicked)
        self._zoom = QToolButton(autoRaise=True)
        self._zoom.setToolTip("Choose how large everything is")
        self._lay_out()
        self._watched: list[QMetaObject.Connection] = []
        theme.changed.connect(self._show_problems)
        self.watch(document, drawing)

    def watch(self, document: Document, drawing: Drawing) -> None:
        """Speak of another document from now on."""
        for connection in self._watched:
            QObject.disconnect(connection)
        self._document, self._drawing = document, drawing
        self._watched = [
            document.changed.connect(self._show_size),
            document.replaced.connect(self._show_size),
            # A hint speaks of the graph as it was: why a wire could not be, say.
            document.changed.connect(self._drop_hint),
            document.replaced.connect(self._drop_hint),
            drawing.problems_changed.connect(self._show_problems),
        ]
        self._drop_hint()
        self._show_size()
        self._show_problems()

    def show_hint(self, sentence: str) -> None:
        """Show what the pointer could do now; "" for nothing."""
        self._hinted = sentence
        self._hint.setText(sentence)
        self._hint.setToolTip(sentence)

    def show_tip(self, tip: str) -> None:
        """Show what a menu's entry does in the place of the hint, as long as it is pointed at."""
        self._hint.setText(tip or self._hinted)

    def say(self, sentence: str) -> None:
        """Show for a moment what has been done."""
        self.show_hint(sentence)
        self._said = sentence
        self._moment.start()

    def _forget_said(self) -> None:
        if self._hinted == self._said:
            self._drop_hint()

    def _drop_hint(self) -> None:
        self.show_hint("")

    def show_zoom(self, scale: float) -> None:
        """Show how large everything is."""
        percent = f"{scale * 100:.3g} %" if scale < _SMALL else f"{scale * 100:.0f} %"
        self._zoom.setText(percent)
        self._zoom.setAccessibleName(f"Zoom: {percent}")

    def set_zoom_menu(self, menu: QMenu) -> None:
        """Let the zoom open a menu, by a click or with the keyboard."""
        self._zoom.setMenu(menu)
        self._zoom.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def show_work(self, sentence: str, cancelling: str) -> None:
        """Show what is going on, and what cancelling it would mean."""
        self._doing.setText(sentence)
        self._progress.setAccessibleName(sentence)
        self._cancel.setToolTip(cancelling)
        self._work.show()

    def hide_work(self) -> None:
        """Show that nothing is going on any more."""
        self._work.hide()

    def show_document_parts(self, visible: bool) -> None:
        """Show or hide what only makes sense with a document."""
        for widget in (self._size, self._problems, self._zoom):
            widget.setVisible(visible)

    def _lay_out(self) -> None:
        self.setSizeGripEnabled(False)
        self.addWidget(self._size)
        self.addWidget(self._hint, 1)
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, 0, 0)
        self._progress.setMaximum(0)
        self._progress.setFixedWidth(90)
        self._cancel.setText("Cancel")
        for widget in (self._doing, self._progress, self._cancel):
            row.addWidget(widget)
        self._work.hide()
        for widget in (self._work, self._problems, self._zoom):
            self.addPermanentWidget(widget)
        self.setContentsMargins(8, 0, 8, 0)

    def _show_size(self) -> None:
        graph = self._document.graph
        wires = len(self._drawing.diagram.parts.wires)
        self._size.setText(f"{count(len(graph), 'node')}, {count(wires, 'wire')}")

    def _show_problems(self) -> None:
        found = len(self._drawing.problems)
        self._problems.setText(count(found, "problem"))
        set_part(self._problems, "problem" if found else "ok")


def _button(tip: str, clicked: SignalInstance) -> QToolButton:
    button = QToolButton()
    button.setToolTip(tip)
    button.setAutoRaise(True)
    button.clicked.connect(clicked)
    return button
