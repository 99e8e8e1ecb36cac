"""What turning the wheel means: zooming with a mouse, panning with two fingers on a trackpad."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QInputDevice, QWheelEvent

_NOTCH = 120.0
_ZOOM_A_NOTCH = 1.2
_PIXELS_A_NOTCH = 60.0


def pans(event: QWheelEvent) -> bool:
    """Say whether a turn of the wheel pans: on a trackpad or with Shift, but not with Ctrl."""
    modifiers = event.modifiers()
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        return False
    trackpad = event.device().type() == QInputDevice.DeviceType.TouchPad
    return trackpad or bool(modifiers & Qt.KeyboardModifier.ShiftModifier)


def wheel_pixels(event: QWheelEvent) -> QPointF:
    """Return by how many pixels a turn of the wheel pans; Shift turns the wheel's one direction."""
    if not event.pixelDelta().isNull():
        return QPointF(event.pixelDelta())
    turned = QPointF(event.angleDelta()) * _PIXELS_A_NOTCH / _NOTCH
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and turned.x() == 0:
        return QPointF(turned.y(), 0.0)
    return turned


def zoom_factor(event: QWheelEvent) -> float:
    """Return the factor by which a turn of the wheel zooms."""
    return _ZOOM_A_NOTCH ** (event.angleDelta().y() / _NOTCH)
