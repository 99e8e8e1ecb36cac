"""Two fingers on a trackpad or a touch screen zoom and pan."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desktop.easel import Easel

HERE = QPointF(200.0, 150.0)
Gesture = Qt.NativeGestureType


def feel(easel: Easel, kind: Gesture, value: float = 0.0, delta: QPointF | None = None) -> None:
    """Let the trackpad say that two fingers do something at HERE."""
    viewport = easel.view.viewport()
    there = viewport.mapToGlobal(HERE)
    device = QPointingDevice.primaryPointingDevice()
    moved = QPointF() if delta is None else delta
    event = QNativeGestureEvent(kind, device, 2, HERE, HERE, there, value, moved, 1)
    QApplication.sendEvent(viewport, event)


def place_at(easel: Easel, pixel: QPointF) -> QPointF:
    return easel.view.mapToScene(pixel.toPoint())


def test_pinching_zooms_and_keeps_what_is_between_the_fingers(easel: Easel) -> None:
    scale, before = easel.view.navigator.scale, place_at(easel, HERE)
    feel(easel, Gesture.ZoomNativeGesture, 0.25)
    assert easel.view.navigator.scale == pytest.approx(1.25 * scale)
    assert (place_at(easel, HERE) - before).manhattanLength() < 2.0
    feel(easel, Gesture.ZoomNativeGesture, -0.2)
    assert easel.view.navigator.scale == pytest.approx(scale)


def test_one_event_never_zooms_by_more_than_five(easel: Easel) -> None:
    scale = easel.view.navigator.scale
    feel(easel, Gesture.ZoomNativeGesture, -3.0)
    assert easel.view.navigator.scale == pytest.approx(max(0.2 * scale, 0.05))


def test_two_fingers_pan(easel: Easel) -> None:
    before = place_at(easel, HERE)
    feel(easel, Gesture.PanNativeGesture, delta=QPointF(30.0, -20.0))
    moved = place_at(easel, HERE + QPointF(30.0, -20.0))
    assert (moved - before).manhattanLength() < 2.0


def test_a_tap_of_two_fingers_comes_close_and_another_shows_everything(easel: Easel) -> None:
    navigator = easel.view.navigator
    navigator.zoom_by(0.3, HERE)
    feel(easel, Gesture.SmartZoomNativeGesture)
    assert navigator.scale == pytest.approx(1.0)
    feel(easel, Gesture.SmartZoomNativeGesture)
    seen = easel.view.viewport().rect()
    assert all(seen.contains(easel.pixel(easel.body(node))) for node in easel.graph.ids())


def test_two_touches_that_part_zoom(easel: Easel) -> None:
    viewport = easel.view.viewport()
    screen = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
    scale = easel.view.navigator.scale
    left, right = QPoint(180, 150), QPoint(220, 150)
    QTest.touchEvent(viewport, screen).press(0, left, viewport).press(1, right, viewport).commit()
    for away in range(5, 45, 5):
        left, right = QPoint(180 - away, 150), QPoint(220 + away, 150)
        QTest.touchEvent(viewport, screen).move(0, left, viewport).move(1, right, viewport).commit()
    lifted = QTest.touchEvent(viewport, screen).release(0, left, viewport)
    lifted.release(1, right, viewport).commit()
    assert easel.view.navigator.scale > 1.5 * scale
