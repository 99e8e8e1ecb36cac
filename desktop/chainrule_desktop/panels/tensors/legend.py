"""The legend of the colour scale: which shade stands for which number."""

from __future__ import annotations

from typing import final

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from chainrule.diagram.numbers import format_number
from chainrule.diagram.shades import STEPS
from chainrule_desktop.panels.tensors.look import coloured
from chainrule_desktop.panels.tensors.scene import Scene

_BAR = 150
_HEIGHT = 12


@final
class Legend(QWidget):
    """A bar of all shades between the two numbers at its ends; 0 is in its middle."""

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        texts = self.fontMetrics().horizontalAdvance(self._text(1)) * 2 + 24
        return QSize(_BAR + texts, max(_HEIGHT + 6, self.fontMetrics().height() + 4))

    def show_scene(self, scene: Scene) -> None:
        """Show the scale of other numbers."""
        self._scene = scene
        self.setAccessibleName(f"Colours from {self._text(-1)} over 0 to {self._text(1)}")
        self.setToolTip("Blue is below 0, orange above; the further from 0, the stronger.")
        self.updateGeometry()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        scene = self._scene
        if scene is None:
            return
        painter = QPainter(self)
        codes = np.arange(2 * STEPS + 1, dtype=np.uint8)[None]
        side = (self.width() - _BAR) / 2
        bar = QRectF(side, (self.height() - _HEIGHT) / 2, _BAR, _HEIGHT)
        painter.drawImage(bar, coloured(codes, scene.look))
        painter.setPen(QColor(scene.look.palette.muted_text))
        middle = Qt.AlignmentFlag.AlignVCenter
        left = QRectF(0, 0, side - 6, self.height())
        right = QRectF(bar.right() + 6, 0, side - 6, self.height())
        painter.drawText(left, middle | Qt.AlignmentFlag.AlignRight, self._text(-1))
        painter.drawText(right, middle | Qt.AlignmentFlag.AlignLeft, self._text(1))
        painter.setPen(QColor(scene.look.palette.outline))
        x = bar.center().x()
        painter.drawLine(int(x), int(bar.top()) - 2, int(x), int(bar.top()))
        painter.drawLine(int(x), int(bar.bottom()), int(x), int(bar.bottom()) + 2)
        painter.end()

    def _text(self, sign: int) -> str:
        if self._scene is None or not self._scene.largest:
            return "0"
        number = format_number(self._scene.largest, self._scene.decimals)
        return f"{'−' if sign < 0 else '+'}{number}"
