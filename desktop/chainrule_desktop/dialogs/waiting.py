"""Work in the background that somebody waits for: after a moment a box shows its progress."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressDialog, QWidget

from chainrule_desktop.dialogs.message import tell
from chainrule_desktop.messages import explain
from chainrule_desktop.tasks import Progress, Task, Tasks

_A_MOMENT = 400


def wait_for(
    parent: QWidget,
    tasks: Tasks,
    words: str,
    work: Callable[[Progress], object],
    then: Callable[[object], object],
) -> Task:
    """Do `work` in the background and hand its result to `then`; what fails is told.

    The box says `words`, appears only if the work takes longer than a moment, and can cancel it.
    """
    box, task = _box(parent, words), tasks.start(work)

    def end() -> None:
        box.canceled.disconnect(task.cancel)
        box.close()
        box.deleteLater()

    def show_progress(done: int, total: int) -> None:
        box.setMaximum(total)
        box.setValue(done)

    def succeed(result: object) -> None:
        end()
        then(result)

    def fail(error: Exception) -> None:
        end()
        tell(parent, explain(error))

    box.canceled.connect(task.cancel)
    task.progressed.connect(show_progress)
    task.succeeded.connect(succeed)
    task.failed.connect(fail)
    task.cancelled.connect(end)
    return task


def _box(parent: QWidget, words: str) -> QProgressDialog:
    box = QProgressDialog(words, "&Cancel", 0, 0, parent)
    box.setWindowTitle(words)
    box.setWindowModality(Qt.WindowModality.WindowModal)
    box.setMinimumDuration(_A_MOMENT)
    box.setAutoReset(False)
    return box
