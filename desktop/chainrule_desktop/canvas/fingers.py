"""Gestures of fingers on a trackpad or a touch screen: pinching zooms, two fingers pan."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from chainrule_desktop.canvas.navigator import Navigator
from chainrule_desktop.canvas.viewport import Camera

_LEAST_FACTOR, _MOST_FACTOR = 0.2, 5.0
_CLOSE = 1.0

GESTURES = (QNativeGestureEvent, QGestureEvent)
"""The events that `Fingers` takes."""


@final
class Fingers:
    """Hears the gestures that systems make of fingers, and those that Qt makes of touches."""

    def __init__(self, viewport: QWidget, navigator: Navigator, camera: Camera) -> None:
        self._viewport = viewport
        self._navigator = navigator
        self._camera = camera
        viewport.grabGesture(Qt.GestureType.PinchGesture)

    def take(self, event: QEvent) -> bool:
        """Do what a gesture stands for and say whether the event was one."""
        if isinstance(event, QNativeGestureEvent):
            self._take_native(event)
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._take_pinch(pinch)
                event.accept()
                return True
        return False

    def _take_native(self, event: QNativeGestureEvent) -> None:
        kind = event.gestureType()
        if kind == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom(1.0 + event.value(), event.position())
        elif kind == Qt.NativeGestureType.PanNativeGesture:
            self._camera.pan_by(QPointF(event.delta()))
        elif kind == Qt.NativeGestureType.SmartZoomNativeGesture:
            self._zoom_smartly(event.position())

    def _take_pinch(self, pinch: QPinchGesture) -> None:
        here = QPointF(self._viewport.mapFromGlobal(pinch.centerPoint()))
        before = QPointF(self._viewport.mapFromGlobal(pinch.lastCenterPoint()))
        if pinch.state() == Qt.GestureState.GestureStarted:
            before = here
        self._camera.pan_by(here - before)
        self._zoom(pinch.scaleFactor(), here)

    def _zoom(self, factor: float, place: QPointF) -> None:
        self._navigator.zoom_by(max(_LEAST_FACTOR, min(factor, _MOST_FACTOR)), place)

    def _zoom_smartly(self, place: QPointF) -> None:
        """Show what is under two tapping fingers in its actual size, or everything again."""
        with self._navigator.places.jump():
            if self._camera.scale >= _CLOSE and not self._camera.is_fitted:
                self._navigator.zoom_to_fit()
            else:
                self._navigator.zoom_by(max(1.0, _CLOSE / self._camera.scale), place)
