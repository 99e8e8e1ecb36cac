"""What is seen of a drawing at a scale: texts that can be read, lines that do not fade."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QPainter

READABLE: Final = 4.2
"""How many pixels high numbers, names and the signs of gates are at least; else they are specks."""

CLEAR: Final = 6.0
"""The same for small texts that only explain, which go first."""


def scale_of(painter: QPainter) -> float:
    """Return how many pixels a canvas unit has."""
    return painter.worldTransform().m11()


def least_size(painter: QPainter, pixels: float = READABLE) -> float:
    """Return the size in canvas units of the smallest text that is so many pixels high."""
    return pixels / scale_of(painter)
