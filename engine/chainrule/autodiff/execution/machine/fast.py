"""The compiled loops of the extra `fast`: found, loaded in the background, or done without.

The variable CHAINRULE_FAST may be 0, to do without them, or 1, to wait for them before the first
run, as benchmarks want.
"""

from __future__ import annotations

import importlib.util
import logging
import os
from threading import Lock, Thread
from typing import Final, final

from chainrule.autodiff.execution.machine.opcodes import Loops

VARIABLE: Final = "CHAINRULE_FAST"
OFF, AT_ONCE = "0", "1"

# Loading takes a second or more of the processor, so it starts when graphs of at least so many
# gates have been run so many times.
LARGE: Final = 2000
PATIENCE: Final = 3

_logger = logging.getLogger(__name__)


def _compile() -> Loops:
    from chainrule.autodiff.execution.machine import loops

    return loops.compile_loops()


@final
class Loader:
    """Loads the compiled loops once for all graphs.

    With `mode` AT_ONCE it does so when they are first asked for, and waits; with OFF it never does.
    Otherwise a thread loads them once that pays, and nobody waits. Whatever goes wrong is logged in
    one line, and everything runs as it would without the extra.
    """

    def __init__(self, mode: str) -> None:
        self._mode = mode
        self._loops: Loops | None = None
        self._large_runs = 0
        self._thread: Thread | None = None
        self._lock = Lock()
        self._is_tried = mode == OFF

    @property
    def loops(self) -> Loops | None:
        """The compiled loops, if they are there."""
        if self._mode == AT_ONCE and not self._is_tried:
            with self._lock:
                if not self._is_tried:
                    self._load()
        return self._loops

    def note_run(self, gates: int) -> None:
        """Learn that a graph which the loops could run, of so many gates, runs without them."""
        if gates < LARGE or self._is_tried:
            return
        self._large_runs += 1
        if self._large_runs < PATIENCE:
            return
        with self._lock:
            if not self._is_tried:
                self._is_tried = True
                self._thread = Thread(target=self._load, name="chainrule-fast", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Wait for the thread, if there is one."""
        if self._thread is not None:
            self._thread.join()

    def _load(self) -> None:
        try:
            if importlib.util.find_spec("numba") is not None:
                self._loops = _compile()
        except Exception as error:  # noqa: BLE001  Numba, LLVM or the disk: any may fail, none matters
            _logger.warning("graphs run without compiled loops: %s", " ".join(str(error).split()))
        self._is_tried = True


loader: Final = Loader(os.environ.get(VARIABLE, "").strip())
