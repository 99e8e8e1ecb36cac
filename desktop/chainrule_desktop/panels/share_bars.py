"""How much of the upstream gradient arrives at each input of a gate, as bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from chainrule_desktop.panels.chain_rule import Share
from chainrule_desktop.theme import Palette

_GAP: Final = 8
_THICK: Final = 0.5
_NAME_SHARE: Final = 0.3
_LEAST_BAR: Final = 40


@final
class ShareBars(QWidget):
    """A bar for each input; a line marks the whole upstream gradient."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._shares: tuple[Share, ...] = ()
        self._palette: Palette | None = None
        self.hide()

    def show_shares(self, shares: Sequence[Share], palette: Palette) -> None:
        """Show other shares; nothing where there are none."""
        self._shares, self._palette = tuple(shares), palette
        self.setVisible(bool(shares))
        said = "; ".join(f"{each.source} gets {_percent(each.part)}" for each in shares)
        self.setAccessibleName(f"Share of the upstream gradient: {said}")
        self.setToolTip("How much of the upstream gradient arrives at each input")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self._row_height * len(self._shares))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._row_height * len(self._shares))

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        palette = self._palette
        if palette is None or not self._shares:
            return
        painter = QPainter(self)
        metrics, height = self.fontMetrics(), self._row_height
        names = max(metrics.horizontalAdvance(each.source) for each in self._shares)
        left = min(names, round(self.width() * _NAME_SHARE)) + _GAP
        texts = max(metrics.horizontalAdvance(_percent(each.part)) for each in self._shares)
        room = max(_LEAST_BAR, self.width() - left - texts - _GAP)
        longest = max(1.0, *(abs(each.part) for each in self._shares))
        for row, share in enumerate(self._shares):
            line = QRectF(left, row * height, room, height)
            self._paint_name(painter, metrics, share, QRectF(0, line.y(), left - _GAP, height))
            self._paint_bar(painter, line, abs(share.part) / longest, palette)
            rest = QRectF(line.right(), line.y(), self.width() - line.right(), height)
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(rest, align, _percent(share.part))
        painter.setPen(QColor(palette.outline))
        whole = round(left + room / longest) - 1
        painter.drawLine(whole, 1, whole, height * len(self._shares) - 2)
        painter.end()

    @property
    def _row_height(self) -> int:
        return self.fontMetrics().height() + 4

    def _paint_name(
        self, painter: QPainter, metrics: QFontMetrics, share: Share, box: QRectF
    ) -> None:
        name = metrics.elidedText(share.source, Qt.TextElideMode.ElideRight, round(box.width()) + 1)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_bar(self, painter: QPainter, line: QRectF, share: float, palette: Palette) -> None:
        thick = line.height() * _THICK
        box = QRectF(line.x(), line.center().y() - thick / 2, line.width() * share, thick)
        painter.fillRect(box, QColor(palette.gradient_on_panel))
        painter.setPen(self.palette().color(self.foregroundRole()))


def _percent(part: float) -> str:
    """Write a share as people do, with more digits where it is small."""
    percent = 100.0 * part
    digits = 0 if abs(percent) >= 9.95 or percent == round(percent) else 1
    if 0.0 < abs(percent) < 0.05:
        return "≈ 0 %"
    return f"{percent + 0.0:,.{digits}f} %".replace("-", "−")
