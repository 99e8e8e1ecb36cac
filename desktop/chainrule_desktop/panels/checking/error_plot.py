"""The error of one numerical gradient against its step, both by powers of ten."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from chainrule.autodiff.gradient_check import ErrorCurve, Sample
from chainrule_desktop.panels.checking.findings import scientific
from chainrule_desktop.theme import Palette

_STEPS: Final = (-14, 0)
_ERRORS: Final = (-16, 1)
_BOUNDS: Final = (-7, -4, -2)
_EVERY: Final = 2
_LEAST: Final = 1e-16
_SENSELESS: Final = 1e-2
_SUPERSCRIPTS: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@final
class ErrorPlot(QWidget):
    """Draws the errors to both sides as a line and to one side dashed; kinks are hatched."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Error against step")
        self._curve: ErrorCurve | None = None
        self._palette: Palette | None = None
        self._step = 1e-5

    def show_curve(self, curve: ErrorCurve | None, step: float, palette: Palette) -> None:
        """Show the errors of another number, and which step is in use."""
        self._curve, self._step, self._palette = curve, step, palette
        self.setAccessibleDescription("" if curve is None else curve_sentence(curve))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(360, 200)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(240, 150)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        palette = self._palette
        if palette is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(palette.field))
        box = self._box()
        self._paint_grid(painter, box, palette)
        if self._curve is not None:
            self._paint_kinks(painter, box, self._curve, palette)
            for one_sided in (True, False):
                self._paint_line(painter, box, self._curve, palette, one_sided=one_sided)
        painter.setPen(QPen(QColor(palette.border), 1.0))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _box(self) -> QRectF:
        metrics = self.fontMetrics()
        left = metrics.horizontalAdvance("10⁻¹⁶") + 10
        return QRectF(self.rect()).adjusted(left, 8, -14, -2 * metrics.height() - 10)

    def _paint_grid(self, painter: QPainter, box: QRectF, palette: Palette) -> None:
        metrics = self.fontMetrics()
        muted = QColor(palette.muted_text)
        for power in range(_STEPS[0], _STEPS[1] + 1, _EVERY):
            x = _across(box, 10.0**power)
            painter.setPen(QPen(QColor(palette.grid), 1.0))
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
            painter.setPen(muted)
            _write(painter, x, box.bottom() + metrics.ascent() + 5, _power(power), middle=True)
        for power in range(_ERRORS[0], _ERRORS[1], 2 * _EVERY):
            painter.setPen(muted)
            y = _down(box, 10.0**power) + metrics.ascent() / 2 - 1
            right = box.left() - 4 - metrics.horizontalAdvance(_power(power))
            painter.drawText(QPointF(right, y), _power(power))
        for power in _BOUNDS:
            y = _down(box, 10.0**power)
            painter.setPen(QPen(QColor(palette.outline), 1.0, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        x = _across(box, self._step)
        painter.setPen(QPen(QColor(palette.accent), 1.4))
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        painter.setPen(muted)
        below = box.bottom() + metrics.height() + metrics.ascent() + 5
        straight = self._curve is not None and self._curve.is_straight
        right = "" if straight else "      truncation →"
        words = f"← rounding      step h / max(1, |x|){right}"
        _write(painter, box.center().x(), below, words, middle=True)

    def _paint_kinks(
        self, painter: QPainter, box: QRectF, curve: ErrorCurve, palette: Palette
    ) -> None:
        kinked = [each.step for each in curve.samples if each.kinked]
        if not kinked:
            return
        left, right = _across(box, min(kinked)), _across(box, max(kinked))
        brush = QBrush(QColor(palette.border), Qt.BrushStyle.BDiagPattern)
        painter.fillRect(QRectF(QPointF(left, box.top()), QPointF(right, box.bottom())), brush)

    def _paint_line(
        self,
        painter: QPainter,
        box: QRectF,
        curve: ErrorCurve,
        palette: Palette,
        *,
        one_sided: bool,
    ) -> None:
        style = Qt.PenStyle.DashLine if one_sided else Qt.PenStyle.SolidLine
        colour = palette.muted_text if one_sided else palette.gradient
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colour), 1.4 if one_sided else 2.0, style))
        for run in _runs(curve.samples, one_sided=one_sided):
            places = [QPointF(_across(box, step), _down(box, error)) for step, error in run]
            painter.drawPolyline(QPolygonF(places))


def curve_sentence(curve: ErrorCurve) -> str:
    """Say at which step the error is the least, and what it is at the ends."""
    known = [(each.step, each.central) for each in curve.samples if each.central is not None]
    if not known:
        return "No difference is finite."
    step, least = _best(known)
    kind = "relative" if curve.is_relative else "absolute"
    kinked = [each.step for each in curve.samples if each.kinked]
    rest = ""
    if kinked:
        rest = (
            f" Differences over steps from {scientific(min(kinked))} reach over a kink (hatched)."
        )
    if least > _SENSELESS:
        return f"Whatever the step, the {kind} error stays at {scientific(least)} or more.{rest}"
    if curve.is_straight and curve.is_relative:
        return (
            "The output is linear in this number: its curve has no bend, so a longer step costs "
            "nothing. Only rounding is left, which grows to the left; any step that is not tiny "
            "will do, to both sides (line) and to one (dashed) alike."
        )
    if curve.is_straight:
        return "The output does not change with this number, so any step will do."
    return (
        f"To both sides (line) the {kind} error is the least, about {scientific(least)}, near the "
        f"step {scientific(step)}: rounding grows to the left of it, and the curve's bend to the "
        f"right. To one side (dashed) that shrinks with the step, not with its square.{rest}"
    )


def _best(known: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the best step and its error; a lucky one among worse ones does not count."""
    around = [
        (step, max(error for _, error in known[max(0, at - 1) : at + 2]))
        for at, (step, _) in enumerate(known)
    ]
    return min(around, key=lambda each: (each[1], -each[0]))


def _runs(samples: Sequence[Sample], *, one_sided: bool) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for each in samples:
        error = each.one_sided if one_sided else each.central
        if error is not None and math.isfinite(error):
            runs[-1].append((each.step, error))
        elif runs[-1]:
            runs.append([])
    return [each for each in runs if each]


def _across(box: QRectF, step: float) -> float:
    first, last = _STEPS
    share = (math.log10(step) - first) / (last - first)
    return box.left() + min(1.0, max(0.0, share)) * box.width()


def _down(box: QRectF, error: float) -> float:
    first, last = _ERRORS
    share = (math.log10(max(error, _LEAST)) - first) / (last - first)
    return box.bottom() - min(1.0, max(0.0, share)) * box.height()


def _power(power: int) -> str:
    return "1" if power == 0 else f"10{str(power).translate(_SUPERSCRIPTS)}"


def _write(painter: QPainter, x: float, y: float, text: str, *, middle: bool) -> None:
    width = painter.fontMetrics().horizontalAdvance(text)
    painter.drawText(QPointF(x - width / 2 if middle else x, y), text)
