"""Faults of the program itself: one sentence for the user, the traceback for a log file."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import final

import platformdirs
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication, QWidget

from chainrule.errors import LockedError
from chainrule_desktop.dialogs.message import tell
from chainrule_desktop.messages import APPLICATION_NAME, explain

_LARGEST_LOG = 1_000_000


@final
class FailureReporter:
    """Catches what a slot lets through, so that the window and the document live on."""

    def __init__(self, window: Callable[[], QWidget], log: Path) -> None:
        self._window = window
        self._log = log
        self._showing = False

    def install(self) -> None:
        """Hear of every exception that nobody catches."""
        sys.excepthook = self.report

    def report(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Write the traceback down and tell of the error, one box at a time."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if isinstance(error, LockedError):
            # Whatever would have changed a locked exercise: no fault of the program.
            self._tell(explain(error))
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(text)
        self._write(text)
        self._tell(explain(error), f"Your work is kept. Details are in {self._log}.")

    def _tell(self, sentence: str, detail: str = "") -> None:
        if not self._showing and QThread.isMainThread():
            self._showing = True
            tell(self._window(), sentence, detail).finished.connect(self._closed)

    def _write(self, text: str) -> None:
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        with suppress(OSError):
            self._log.parent.mkdir(parents=True, exist_ok=True)
            mode = "a" if _size(self._log) < _LARGEST_LOG else "w"
            with self._log.open(mode, encoding="utf-8") as file:
                file.write(f"{APPLICATION_NAME} {moment}\n{text}\n")

    def _closed(self) -> None:
        self._showing = False


def default_log() -> Path:
    """The log file in the user's own part of the system."""
    return Path(platformdirs.user_state_dir("chainrule", appauthor=False)) / "faults.log"


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
