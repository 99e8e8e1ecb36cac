"""The window of presenter mode: canvas and caption on a whole screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import final

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QScreen, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from chainrule.diagram.parts import Display
from chainrule_desktop.canvas.playing import PlayingMark
from chainrule_desktop.canvas.view import CanvasView
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.player import Player
from chainrule_desktop.document.scripting import caption_key
from chainrule_desktop.document.selection import Selection
from chainrule_desktop.panels.presenter.overlay import Overlay
from chainrule_desktop.panels.transport_bar import words_of
from chainrule_desktop.theme import PROJECTOR_TEXT_SCALE, Theme, set_part

_CAPTION_POINTS = 22.0
_STEP_POINTS = 13.0
_KEYS_POINTS = 11.0
_KEYS = (
    "Space or → next step · ← back · Home, End · S spotlight · P pen, C clear, Z undo · "
    "F all of the graph · H or ? shows these keys · Esc leaves"
)
_LARGEST_FIT = 4.0
"""How many pixels a canvas unit has at most: a small graph fills a lecture hall's screen."""


@final
class PresenterWindow(QWidget):
    """Shows a document with large labels, on another screen than the program's if there is one.

    The program's own window goes on showing it as usual, so that it can be edited beside.
    """

    def __init__(
        self, parent: QWidget, document: Document, player: Player, theme: Theme, display: Display
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Presenting {document.name}")
        self._beside = parent
        self._player = player
        self._drawing = Drawing(document, self)
        self._drawing.show(replace(display, text_scale=PROJECTOR_TEXT_SCALE))
        editor = Editor(document, Selection(document, self))
        self.canvas = CanvasView(editor, self._drawing, theme)
        self.canvas.set_grid_visible(False)
        self.canvas.minimap.set_wanted(False)
        self.canvas.camera.largest_fit = _LARGEST_FIT
        PlayingMark(self.canvas.marking, player)
        self.overlay = Overlay(self.canvas, theme)
        self._caption = QLabel()
        self._step = QLabel()
        self._keys = QLabel(_KEYS)
        self._keys_until: int | None = player.position
        """Where playback stands while the keys are shown; None while they are not."""
        self._lay_out()
        self._bind_keys()
        player.moved.connect(self._follow)
        # The strokes go along when the canvas is moved or zoomed.
        for moved in (self.canvas.navigator.moved, self.canvas.navigator.panned):
            moved.connect(self.overlay.update)
        document.replaced.connect(self.close)
        self._follow()

    def present(self) -> None:
        """Fill the screen and show the whole graph, and the keys until the first step."""
        self.setGeometry(_screen_for(self._beside).geometry())
        self.showFullScreen()
        self.canvas.setFocus()
        QTimer.singleShot(0, self.canvas.navigator, self.canvas.navigator.zoom_to_fit)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        strip, row = QWidget(), QHBoxLayout()
        lines = QVBoxLayout(strip)
        lines.setContentsMargins(32, 14, 32, 14)
        lines.addLayout(row)
        lines.addWidget(self._keys)
        for label, points, stretch in (
            (self._caption, _CAPTION_POINTS, 1),
            (self._step, _STEP_POINTS, 0),
        ):
            _enlarge(label, points)
            row.addWidget(label, stretch)
        _enlarge(self._keys, _KEYS_POINTS)
        self._caption.setWordWrap(True)
        self._caption.setAccessibleName("Caption")
        self._keys.setWordWrap(True)
        # Their room stays, so that the graph does not jump when they go.
        policy = self._keys.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._keys.setSizePolicy(policy)
        for label in (self._step, self._keys):
            set_part(label, "muted")
        self._step.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column.addWidget(strip)

    def _bind_keys(self) -> None:
        player, overlay = self._player, self.overlay
        keys: tuple[tuple[tuple[str, ...], Callable[[], object]], ...] = (
            (("Space", "Right", "Down", "PgDown", "N"), self._forward),
            (("Left", "Up", "PgUp", "Backspace"), player.back),
            (("Home",), lambda: player.go(0)),
            (("End",), lambda: player.go(player.timeline.end)),
            (("S",), lambda: overlay.set_spotlight(not overlay.spotlight)),
            (("P",), lambda: overlay.set_pen(not overlay.pen)),
            (("C",), overlay.clear),
            (("Z", "Ctrl+Z"), overlay.undo),
            (("F",), self.canvas.navigator.zoom_to_fit),
            (("H", "?"), self._toggle_keys),
            (("Esc", "F11"), self.close),
        )
        for names, run in keys:
            for name in names:
                QShortcut(QKeySequence(name), self, run)

    def _forward(self) -> None:
        """Play the next step; the end stays, since a class is looking at the numbers."""
        if not self._player.at_end:
            self._player.forward()

    def _toggle_keys(self) -> None:
        self._keys_until = self._player.position if self._keys_until is None else None
        self._show_keys()

    def _show_keys(self) -> None:
        if self._keys_until != self._player.position:
            self._keys_until = None
        self._keys.setVisible(self._keys_until is not None)

    def _follow(self) -> None:
        """Show what is known now, and bring the gate of the step into sight."""
        self._drawing.show_moment(self._player.moment)
        step = self._player.step
        self._caption.setText(self._player.script.captions.get(caption_key(self._player), ""))
        self._step.setText(words_of(self._player))
        self._show_keys()
        index = self._drawing.diagram.parts.index
        if step is not None and step.node in index:
            self.canvas.navigator.reveal(step.node)
            x, y = self._drawing.diagram.geometry.centers[index[step.node]].tolist()
            self.overlay.shine_at(QPointF(x, y))


def _screen_for(window: QWidget) -> QScreen:
    """Return a screen beside the window's own, or that where there is no other."""
    own = window.screen()
    return next((each for each in QGuiApplication.screens() if each is not own), own)


def _enlarge(label: QLabel, points: float) -> None:
    font = label.font()
    font.setPointSizeF(points)
    label.setFont(font)
