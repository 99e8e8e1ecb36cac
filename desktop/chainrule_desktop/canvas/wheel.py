"""What turning the wheel means: zooming with a mouse, panning with two fingers on a trackpad."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QInputDevice, QWheelEvent

_NOTCH = 120.0
_ZOOM_A_NOTCH = 1.2
_PIXELS_A_NOTCH = 60.0
_MOST_NOTCHES = 10.0


def pans(event: QWheelEvent) -> bool:
    """Say whether a turn of the wheel pans: on a trackpad or with Shift, but not with Ctrl.

    Fingers are told from a wheel by the device where it says what it is, and elsewhere by the
    phases of their touch, which a wheel, however fine, doesn't have.
    """
    modifiers = event.modifiers()
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        return False
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        return True
    trackpad = event.device().type() == QInputDevice.DeviceType.TouchPad
    return trackpad or event.phase() != Qt.ScrollPhase.NoScrollPhase


def wheel_pixels(event: QWheelEvent) -> QPointF:
    """Return by how many pixels a turn of the wheel pans; Shift turns the wheel's one direction.

    The system has turned the direction to the natural one where the user wants that.
    """
    pixels = QPointF(event.pixelDelta())
    if pixels.isNull():
        pixels = QPointF(event.angleDelta()) * _PIXELS_A_NOTCH / _NOTCH
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and pixels.x() == 0:
        return QPointF(pixels.y(), 0.0)
    return pixels


def zoom_factor(event: QWheelEvent) -> float:
    """Return the factor by which a turn of the wheel zooms: fine wheels zoom in small steps.

    What runs on after the fingers were lifted zooms no more: Ctrl may be down for something else.
    """
    if event.phase() == Qt.ScrollPhase.ScrollMomentum:
        return 1.0
    notches = event.angleDelta().y() / _NOTCH or event.pixelDelta().y() / _PIXELS_A_NOTCH
    return _ZOOM_A_NOTCH ** max(-_MOST_NOTCHES, min(notches, _MOST_NOTCHES))
