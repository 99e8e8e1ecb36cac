"""The way that the weights have gone, with as many points as there is room for."""

from __future__ import annotations

from typing import Final, final

import numpy as np

from chainrule.arrays import Floats

MOST_NUMBERS: Final = 4_000_000
MOST_POINTS: Final = 4_096


@final
class Trail:
    """Keeps the weights at steps that are evenly apart; when it is full, every other is let go."""

    def __init__(self, size: int) -> None:
        self._room = max(16, min(MOST_POINTS, MOST_NUMBERS // max(1, size)))
        self._apart = 1
        self._steps: list[int] = []
        self._points: list[Floats] = []

    def add(self, step: int, weights: Floats) -> None:
        """Note the weights at a step; they must not be changed in place afterwards."""
        if step % self._apart:
            return
        self._steps.append(step)
        self._points.append(weights)
        if len(self._points) > self._room:
            self._apart *= 2
            kept = [at for at, each in enumerate(self._steps) if each % self._apart == 0]
            self._steps = [self._steps[at] for at in kept]
            self._points = [self._points[at] for at in kept]

    def along(self, places: list[int]) -> Floats:
        """Return some of the weights at every point (points, places)."""
        points = [*self._points]  # others may add meanwhile
        return np.array([point[places] for point in points]).reshape(-1, len(places))
