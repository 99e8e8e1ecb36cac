"""A run of the editor with a window on the screen."""

from __future__ import annotations

import signal
import socket
import sys
from typing import final

from PySide6.QtCore import QCoreApplication, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from chainrule_desktop.app.arguments import Arguments
from chainrule_desktop.app.common import Places
from chainrule_desktop.app.program import Program
from chainrule_desktop.dialogs.failure import FailureReporter, default_log
from chainrule_desktop.document.library import default_library_folder
from chainrule_desktop.document.recovery import default_folder
from chainrule_desktop.messages import APPLICATION_NAME
from chainrule_desktop.theme import ThemeMode, prepare_style


def new_application() -> QApplication:
    """Return the application object, with the looks that no theme changes."""
    app = QApplication([APPLICATION_NAME])
    app.setApplicationName(APPLICATION_NAME)
    app.setDesktopFileName("chainrule")
    prepare_style(app)
    return app


def mode_of(arguments: Arguments) -> ThemeMode | None:
    """Return the theme asked for on the command line, None for the one in the settings."""
    return None if arguments.theme is None else ThemeMode(arguments.theme)


def run_session(arguments: Arguments) -> int:
    """Show the window until it is closed; return the exit status."""
    app = new_application()
    folder = default_folder()
    program = Program(app, Places(None, folder, default_library_folder()), mode_of(arguments))
    reporter = FailureReporter(lambda: program.front.window, default_log())
    reporter.install()
    app.aboutToQuit.connect(program.end)
    signals = EndSignals()
    window = program.front.window
    if arguments.size is not None:
        window.resize(*arguments.size)
    else:
        # A laptop's screen, or one at twice the scale, may have less room than the window likes.
        window.resize(window.size().boundedTo(window.screen().availableGeometry().size()))
    if arguments.file is not None:
        program.desk.files.open(arguments.file)
    window.show()
    QTimer.singleShot(0, lambda: program.offer_unsaved_work(folder))
    status = app.exec()
    signals.close()
    # From here on Qt is taken down: an error has no window any more to be shown in.
    sys.excepthook = sys.__excepthook__
    return status


@final
class EndSignals:
    """Ends the program cleanly on SIGINT and SIGTERM: unsaved work stays in its side file.

    Python runs a handler between its own instructions only, of which a waiting event loop executes
    none; a socket that the signal writes to wakes it.
    """

    def __init__(self) -> None:
        self._reading, self._writing = socket.socketpair()
        for end in (self._reading, self._writing):
            end.setblocking(False)
        self._before = signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._wake)
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, _end)

    def close(self) -> None:
        """Give the signals back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_DFL)
        self._reading.close()
        self._writing.close()

    def _wake(self) -> None:
        # Running any Python lets the handler run.
        self._reading.recv(64)


def _end(_number: int, _frame: object) -> None:
    # Not `quit`, which would close the window first and so ask about unsaved changes; and by the
    # event loop, since before it runs there is nothing to exit from.
    QTimer.singleShot(0, lambda: QCoreApplication.exit(0))
