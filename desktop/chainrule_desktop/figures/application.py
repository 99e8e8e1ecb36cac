"""The application object that text needs, also where there is no window and no display."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from chainrule.errors import ExportError
from chainrule_desktop.resources import load_fonts


def prepare_painting() -> None:
    """See to it that text can be painted with the bundled fonts.

    A program without windows gets an application that needs no display; it lasts until the program
    ends. Raises ExportError where there is an application that can't paint.
    """
    application = QCoreApplication.instance() or _offscreen_application()
    if not isinstance(application, QGuiApplication):
        raise ExportError(
            "this program's Qt application has no fonts; make a QGuiApplication before a figure"
        )
    _load_fonts_once()


@cache
def _offscreen_application() -> QGuiApplication:
    return QGuiApplication(["chainrule", "-platform", "offscreen"])


@cache
def _load_fonts_once() -> None:
    load_fonts()
