"""What is set once at the start, before the first widget: the Fusion style, the font, the icon."""

from __future__ import annotations

from PySide6.QtCore import QDir
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from chainrule_desktop.resources import asset_path, load_fonts
from chainrule_desktop.theme.icons import application_icon

FONT_FAMILY = "DejaVu Sans"

# 12.5 pixels at 96 dots an inch; in points, so that a system's larger text makes ours larger too.
FONT_POINTS = 9.4


# Menus and panels gain a little more than the texts of a drawing, which has its zoom.
PROJECTOR_TEXT_SCALE = 1.3
_PROJECTOR_GAIN = 1.4


def interface_points(*, projector: bool = False) -> float:
    """Return the size of the text of menus and panels, in points."""
    return round(FONT_POINTS * _PROJECTOR_GAIN, 1) if projector else FONT_POINTS


def interface_font(*, projector: bool = False) -> QFont:
    """Return the font of menus and panels."""
    font = QFont(FONT_FAMILY)
    font.setPointSizeF(interface_points(projector=projector))
    return font


def prepare_style(app: QApplication) -> None:
    """Set what no theme changes: Fusion and the bundled font look the same on every system.

    Call it once, right after the application object is made and before any widget is.
    """
    app.setStyle("Fusion")
    load_fonts()
    app.setFont(interface_font())
    app.setWindowIcon(application_icon())
    # The style sheet names the marks of controls by this prefix: a path of the file system may hold
    # characters that a style sheet can't.
    QDir.setSearchPaths("controls", [str(asset_path("icons", "controls"))])
