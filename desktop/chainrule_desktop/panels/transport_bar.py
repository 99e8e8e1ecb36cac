"""The transport bar: where playback stands, and the buttons to step, play and scrub."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import final

from PySide6.QtCore import QMetaObject, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QSlider,
    QToolButton,
)
from typing_extensions import override

from chainrule.autodiff.playback import Phase, Timeline
from chainrule.graph.composites import kind_name
from chainrule.graph.queries import output_of
from chainrule_desktop.document.player import Player
from chainrule_desktop.messages import count
from chainrule_desktop.theme import FONT_POINTS, Theme, set_part

_HANDLE = 7.0
# Below the middle of the handle there is room for its ring.
_BELOW = 10.5
# A dot where playing stops, with a rim that parts it from groove and handle.
_STOP, _RIM = 4.0, 1.6
_GROOVE = 4.0
_LEAST_TEXT_WIDTH = 270
# A part of the whole, so that the track begins at the same place in every step.
_TEXT_SHARE = 0.26
_LONG_STEPS = 200
"""From so many steps on no mark is painted for each breakpoint."""


@final
class TransportBar(QFrame):
    """Shows the playback of the tab in front."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._player: Player | None = None
        self._watched: list[QMetaObject.Connection] = []
        self._row = QHBoxLayout(self)
        self._text = QLabel()
        self._track = Track(theme)
        self._speed = QToolButton()
        self._lay_out()
        self._track.scrubbed.connect(self._scrub)
        theme.changed.connect(self._track.update)

    def set_actions(self, actions: Iterable[QAction], speeds: QMenu) -> None:
        """Put the buttons of these actions at the left, and the menu of speeds at the right."""
        for at, action in enumerate(actions):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._row.insertWidget(at, button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._speed.setMenu(speeds)

    def watch(self, player: Player) -> None:
        """Show another playback from now on."""
        for connection in self._watched:
            QObject.disconnect(connection)
        self._player = player
        self._watched = [
            player.moved.connect(self._show),
            player.playing_changed.connect(self._show),
            player.destroyed.connect(self._forget),
        ]
        self._show()

    def show_speed(self, speed: float) -> None:
        """Say how many steps are played in a second."""
        self._speed.setText(f"{speed:g} ×")
        self._speed.setAccessibleName(f"Speed: {speed:g} steps a second")

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._show()

    def _lay_out(self) -> None:
        self._row.setContentsMargins(12, 4, 12, 4)
        self._row.setSpacing(4)
        self._text.setContentsMargins(8, 0, 8, 0)
        self._speed.setAutoRaise(True)
        self._speed.setToolTip("Choose how fast playback goes")
        self._speed.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        # Without an alignment, a row is no higher than its lowest button.
        middle = Qt.AlignmentFlag.AlignVCenter
        self._row.addWidget(self._text)
        self._row.addWidget(self._track, 1)
        self._row.addWidget(self._speed, 0, middle)
        # Or a low window would take the words' room away.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        set_part(self, "transport")
        self.setAccessibleName("Playback")

    def _show(self) -> None:
        player = self._player
        if player is None:
            return
        words = words_of(player)
        # Letters may have become larger.
        least = round(_LEAST_TEXT_WIDTH * self.font().pointSizeF() / FONT_POINTS)
        width = max(least, round(_TEXT_SHARE * self.width()))
        self._text.setFixedWidth(width)
        dots = Qt.TextElideMode.ElideRight
        shown = self._text.fontMetrics().elidedText(words, dots, width - 20)
        if words != self._text.toolTip() and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
        self._text.setText(shown)
        self._text.setToolTip(words)
        self.show_speed(player.speed)
        if player.at_end:
            self._track.show_end(words)
        else:
            marks = self._breakpoints(player.timeline) if player.script.breakpoints else ()
            turn = player.timeline.forward_count
            self._track.show_position(player.position, player.timeline.end, turn, words, marks)

    def _breakpoints(self, timeline: Timeline) -> tuple[int, ...]:
        if self._player is None or len(timeline) > _LONG_STEPS:
            return ()
        stops = self._player.script.breakpoints
        found = enumerate(timeline.steps, 1)
        return tuple(at for at, step in found if step.node in stops and step.phase != Phase.SEED)

    def _scrub(self, share: float) -> None:
        if self._player is not None:
            self._player.go(round(share * self._player.timeline.end))

    def _forget(self) -> None:
        self._player, self._watched = None, []


@final
class Track(QSlider):
    """A slider along the steps, with the forward pass at the left and the backward one at right.

    Signals:
        scrubbed(float): the user has gone to a share of the way.
    """

    scrubbed = Signal(float)

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._turn = 0.5
        self._stops: tuple[float, ...] = ()
        self._showing = False
        self.setAccessibleName("Step of playback")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(120)
        self.valueChanged.connect(self._scrub)
        self.show_end("")

    def show_end(self, words: str) -> None:
        """Show that everything has been played, as far as there is something to play."""
        self._put(1, 1, words)
        self._stops = ()

    def show_position(
        self, position: int, last: int, turn: int, words: str, stops: tuple[int, ...]
    ) -> None:
        """Show a position from 0 to `last`, with marks where playing stops.

        The backward pass begins at `turn`.
        """
        self._turn = turn / last
        self._stops = tuple(stop / last for stop in stops)
        self._put(last, position, words)

    @override
    def sizeHint(self) -> QSize:
        return QSize(300, math.ceil(self.fontMetrics().height() + 1 + _HANDLE + _BELOW))

    @override
    def mousePressEvent(self, ev: QMouseEvent, /) -> None:
        self._go_to(ev)

    @override
    def mouseMoveEvent(self, ev: QMouseEvent, /) -> None:
        if ev.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(ev)

    @override
    def mouseReleaseEvent(self, ev: QMouseEvent, /) -> None:
        ev.accept()

    @override
    def paintEvent(self, ev: QPaintEvent, /) -> None:
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right, y = _HANDLE, self.width() - _HANDLE, self.height() - _BELOW
        here = left + self._share() * (right - left)
        turn = left + self._turn * (right - left)
        painter.setPen(Qt.PenStyle.NoPen)
        for start, end, colour in ((left, right, palette.border), (left, here, palette.accent)):
            painter.setBrush(QColor(colour))
            groove = QRectF(QPointF(start, y - _GROOVE / 2), QPointF(end, y + _GROOVE / 2))
            painter.drawRoundedRect(groove, _GROOVE / 2, _GROOVE / 2)
        painter.setPen(QPen(QColor(palette.muted_text), 1))
        painter.drawLine(QPointF(turn, y - 7), QPointF(turn, y + 7))
        self._paint_words(painter, left, turn, right)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.accent))
        painter.drawEllipse(QPointF(here, y), _HANDLE, _HANDLE)
        painter.setPen(QPen(QColor(palette.panel), _RIM))
        painter.setBrush(QColor(palette.problem))
        for stop in self._stops:
            painter.drawEllipse(QPointF(left + stop * (right - left), y), _STOP, _STOP)
        if self.hasFocus():
            painter.setPen(QPen(QColor(palette.focus_ring), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(here, y), _HANDLE + 2.5, _HANDLE + 2.5)

    def _paint_words(self, painter: QPainter, left: float, turn: float, right: float) -> None:
        metrics = self.fontMetrics()
        painter.setPen(QColor(self._theme.palette.muted_text))
        for word, start, end in (("forward", left, turn), ("backward", turn, right)):
            room = QRectF(start, 0, end - start, metrics.height())
            if metrics.horizontalAdvance(word) < room.width():
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, word)

    def _share(self) -> float:
        return self.value() / self.maximum() if self.maximum() else 1.0

    def _put(self, last: int, position: int, words: str) -> None:
        self._showing = True
        self.setRange(0, last)
        self.setPageStep(max(1, last // 10))
        self.setValue(position)
        self._showing = False
        self.setAccessibleDescription(words)
        self.update()

    def _go_to(self, event: QMouseEvent) -> None:
        room = max(self.width() - 2 * _HANDLE, 1.0)
        self.scrubbed.emit(min(max((event.position().x() - _HANDLE) / room, 0.0), 1.0))

    def _scrub(self, value: int) -> None:
        if not self._showing:
            self.scrubbed.emit(value / self.maximum() if self.maximum() else 1.0)


def words_of(player: Player) -> str:
    """Say at which step playback stands."""
    if not len(player.timeline):
        return "Nothing to play yet"
    timeline, step = player.timeline, player.step
    if player.at_end:
        return _words_at_end(timeline)
    if step is None:
        return f"Before the first of {count(len(timeline), 'step')}"
    kind = kind_name(timeline.graph.node(step.node).kind)
    if step.phase is Phase.FORWARD:
        return f"Forward pass, {player.position} of {timeline.forward_count}: {kind} {step.node}"
    back = len(timeline) - timeline.forward_count
    at = player.position - timeline.forward_count
    if step.phase is Phase.SEED:
        return f"Backward pass, {at} of {back}: the seed of {step.node}"
    return f"Backward pass, {at} of {back}: {kind} {step.node}"


def _words_at_end(timeline: Timeline) -> str:
    if timeline.output is not None:
        return "Both passes are done"
    output = output_of(timeline.graph)
    if output is None:
        return "Forward pass done; choose an output"
    return f"Forward pass stops before {output}"
