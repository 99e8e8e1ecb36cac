"""The garbage collector of the running program: when it looks, and at what."""

from __future__ import annotations

import gc
from typing import final

from PySide6.QtCore import QObject, QTimer

LARGE_GRAPH = 1_000
"""From so many nodes on, a walk over all that a document consists of would be felt."""

_INTERVAL = 500
_MANY_YOUNG = 2_000
_TURNS_TO_FULL = 40


@final
class Collector(QObject):
    """Collects garbage in the GUI thread, between two events, and never walks a large document.

    Left alone, Python collects in whichever thread happens to allocate, also in one of the
    background, where a Qt object must not end; and each full collection visits every gate of the
    graph (179 ms were measured for 100,000). So from `start` to `stop` a timer decides instead. It
    looks at young objects when there are many, and now and then at all; but what was there when a
    large document was opened is frozen, which means that no collection visits it. It is thawed,
    and what is garbage by then is given back, when another document takes its place: the one
    moment at which a full walk goes unnoticed.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._frozen = False
        self._turns = 0
        self._timer = QTimer(self, interval=_INTERVAL)
        self._timer.timeout.connect(self.collect_due)

    def start(self) -> None:
        """Take over from Python."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Give everything back to Python."""
        self._timer.stop()
        self._thaw()
        gc.enable()

    def rest(self) -> None:
        """Collect nothing while much is made that stays; until `wake` or `renew`."""
        self._timer.stop()

    def wake(self) -> None:
        """Go on after a rest."""
        self._timer.start()

    def renew(self, size: int) -> None:
        """Forget the document before, now that one of `size` nodes is open and drawn."""
        if self._frozen:
            self._thaw()
            gc.collect()
        if size >= LARGE_GRAPH:
            gc.freeze()
            self._frozen = True
        self.wake()

    def collect_due(self) -> None:
        """Collect what has come together, if it is much."""
        if gc.get_count()[0] < _MANY_YOUNG:
            return
        self._turns += 1
        gc.collect(2 if self._turns % _TURNS_TO_FULL == 0 else 1)

    def _thaw(self) -> None:
        if self._frozen:
            gc.unfreeze()
            self._frozen = False
