"""Feeling whether a drag goes quickly to and fro."""

from __future__ import annotations

from typing import final

_LEAST = 14.0
"""How many pixels the pointer goes back before it has turned."""

_TURNS = 3
_WITHIN = 600
"""Milliseconds in which as many turns are a shake."""


@final
class Shake:
    """Hears of each move of the pointer and says when it was shaken, once in a drag."""

    def __init__(self) -> None:
        self._axes = _Axis(), _Axis()
        self._over = False

    def feels(self, x: float, y: float, time: int) -> bool:
        """Say whether the pointer, which is at a pixel now, was shaken; `time` is in milliseconds.

        It is by the clock of the events, so that a slow program feels the same.
        """
        turned = [axis.turns(at, time) for axis, at in zip(self._axes, (x, y), strict=True)]
        if self._over or not any(turned):
            return False
        self._over = True
        return True


@final
class _Axis:
    """One direction of a drag: how far it went, and when it turned."""

    def __init__(self) -> None:
        self._farthest: float | None = None
        self._way = 0
        self._turns: list[int] = []

    def turns(self, at: float, time: int) -> bool:
        """Follow the pointer, and say whether it has turned often enough in a short time."""
        if self._farthest is None:
            self._farthest = at
        gone = at - self._farthest
        if gone * self._way > 0:
            self._farthest = at
        elif abs(gone) >= _LEAST:
            if self._way:
                self._turns = [*self._turns, time][-_TURNS:]
            self._farthest, self._way = at, 1 if gone > 0 else -1
            return len(self._turns) == _TURNS and time - self._turns[0] <= _WITHIN
        return False
