"""The places that were visited on the canvas, to go back and forward among them as in a browser."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import final

from PySide6.QtCore import QObject, QTimer

from chainrule.graph.bookmarks import Place

_KEPT = 100
_REST = 1_500
"""Milliseconds without a move after which a place was visited."""

_NEAR = 120.0
"""Pixels that the view can have moved and still show the same place."""

_ALIKE = 1.15
"""The factor by which it can be larger or smaller and still be the same."""


@final
class Places(QObject):
    """Remembers where the view stood before and after each jump, and where it came to rest.

    `stand` says where it stands, `go` brings it to a place.
    """

    def __init__(
        self, stand: Callable[[], Place], go: Callable[[Place], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._stand = stand
        self._go = go
        self._visited: list[Place] = []
        self._here = -1
        self._jumping = False
        self._resting = QTimer(self, singleShot=True, interval=_REST)
        self._resting.timeout.connect(self.rest)

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before this one."""
        return self._here > 0 or (self._here == 0 and self._has_left())

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a place to go back from."""
        return self._here < len(self._visited) - 1

    def begin(self) -> None:
        """Forget all places but the one where the view stands."""
        self._visited, self._here = [], -1
        self.rest()

    def moved(self) -> None:
        """The view stands elsewhere, perhaps only on its way."""
        if not self._jumping:
            self._resting.start()

    def rest(self) -> None:
        """The view has come to rest: this place is visited, if it is another one."""
        self._resting.stop()
        if self._here < 0 or self._has_left():
            del self._visited[self._here + 1 :]
            self._visited = [*self._visited[1 - _KEPT :], self._stand()]
            self._here = len(self._visited) - 1

    @contextmanager
    def jump(self) -> Generator[None]:
        """Remember the places before and after what is done meanwhile."""
        if self._jumping:
            yield
            return
        self.rest()
        self._jumping = True
        try:
            yield
        finally:
            self._jumping = False
        self.rest()

    def back(self) -> None:
        """Go to the place before."""
        if not self.can_go_back:
            return
        left = self._has_left()
        if left and self.can_go_forward:
            # To remember this place, too, would cost the way forward.
            self._step(0)
            return
        if left:
            self.rest()
        self._step(-1)

    def forward(self) -> None:
        """Go to the place from which `back` went."""
        if self.can_go_forward:
            self._step(1)

    def _step(self, by: int) -> None:
        self._resting.stop()
        self._here += by
        self._jumping = True
        self._go(self._visited[self._here])
        self._jumping = False

    def _has_left(self) -> bool:
        return not _is_same(self._visited[self._here], self._stand())


def _is_same(one: Place, other: Place) -> bool:
    """Say whether two places look the same but for a few pixels."""
    larger = max(one.zoom, other.zoom) / min(one.zoom, other.zoom)
    away = math.dist(one.centre, other.centre) * min(one.zoom, other.zoom)
    return larger < _ALIKE and away < _NEAR
