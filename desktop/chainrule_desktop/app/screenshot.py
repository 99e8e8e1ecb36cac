"""A picture of the real window, drawn without a display."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEventLoop,
    QIODevice,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from chainrule.errors import ChainruleError
from chainrule.files import read_graph, write_bytes
from chainrule_desktop.app.arguments import Arguments
from chainrule_desktop.app.common import Places
from chainrule_desktop.app.program import Program
from chainrule_desktop.app.session import mode_of, new_application
from chainrule_desktop.theme import ThemeMode

BAD_INPUT = 2
_QUIET_TIME = 300
_A_MOMENT = 20
_IDLE_TALK = "This plugin does not support propagateSizeHints()"


def take_screenshot(arguments: Arguments, out: Path) -> int:
    """Write a picture of the window to `out`, name it on standard output, return the exit status.

    Nothing of the user's is used or left behind: settings and unsaved work are those of a new user.
    """
    qInstallMessageHandler(_pass_on)
    app = new_application()
    with tempfile.TemporaryDirectory(prefix="chainrule-") as folder:
        places = Places(Path(folder) / "settings.json", Path(folder))
        program = Program(app, places, mode_of(arguments) or ThemeMode.LIGHT)
        try:
            if arguments.file is not None:
                _open(program, arguments.file)
            _write(program, arguments, out)
        except ChainruleError as error:
            sys.stderr.write(f"chainrule: {error}\n")
            return BAD_INPUT
        finally:
            program.end()
    sys.stdout.write(f"{out}\n")
    return 0


def _open(program: Program, path: Path) -> None:
    try:
        read_graph(path)
    except ChainruleError as error:
        raise ChainruleError(f"{path}: {error}") from None
    program.desk.files.open_now(path)


def _write(program: Program, arguments: Arguments, out: Path) -> None:
    program.front.window.resize(*(arguments.size or (1280, 800)))
    program.front.window.show()
    _settle(program)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    program.front.window.grab().save(buffer, "PNG")
    try:
        write_bytes(bytes(data.data()), out)
    except ChainruleError as error:
        raise ChainruleError(f"{out}: {error}") from None


def _settle(program: Program) -> None:
    """Wait until everything has its place, a layout computed beside the window too."""
    QApplication.processEvents()
    waiting = QEventLoop()
    if program.desk.graph.tidying.is_running:
        program.desk.graph.tidying.ended.connect(waiting.quit)
        waiting.exec()
    QTimer.singleShot(_QUIET_TIME, waiting, waiting.quit)
    waiting.exec()
    # Pictures of examples are drawn one by one in the background.
    while program.tasks.running:
        QTimer.singleShot(_A_MOMENT, waiting, waiting.quit)
        waiting.exec()


def _pass_on(_kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
    """Let Qt's warnings through but for the one that its offscreen windows always give."""
    if message and message != _IDLE_TALK:
        sys.stderr.write(f"{message}\n")
