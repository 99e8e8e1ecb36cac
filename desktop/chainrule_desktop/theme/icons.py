"""The icons of the program: one SVG each in `assets/icons`, drawn in the colours of a palette."""

from __future__ import annotations

from functools import cache
from typing import Literal

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from chainrule_desktop.resources import asset_bytes, asset_path
from chainrule_desktop.theme.colours import Palette

IconName = Literal[
    "align-bottom",
    "align-center",
    "align-left",
    "align-middle",
    "align-right",
    "align-top",
    "back",
    "bookmark",
    "breakpoint",
    "check",
    "chevron-down",
    "chevron-right",
    "close",
    "collapse",
    "command",
    "copy",
    "cut",
    "cut-wires",
    "delete",
    "distribute-horizontally",
    "distribute-vertically",
    "duplicate",
    "expand",
    "export",
    "eye",
    "file",
    "fit",
    "forward",
    "frame",
    "help",
    "lasso",
    "minimap",
    "moon",
    "mute",
    "new",
    "note",
    "open",
    "output",
    "paste",
    "pause",
    "picture",
    "pin",
    "play",
    "plus",
    "present",
    "problem",
    "projector",
    "redo",
    "rename",
    "replace",
    "revert",
    "save",
    "save-as",
    "search",
    "settings",
    "step-back",
    "step-forward",
    "step-inside",
    "step-out",
    "sun",
    "swap",
    "tidy",
    "to-end",
    "to-start",
    "undo",
    "zoom-in",
    "zoom-out",
]

# Icons are shown at 16: these are that size at 100, 125, 150, 175, 200, 250 and 300 %. Qt takes the
# exact one of them, so that no line is ever blurred by scaling.
_SIZES = (16, 20, 24, 28, 32, 40, 48)


def themed_icon(name: IconName, palette: Palette) -> QIcon:
    """The icon of that name in the palette's text colour, greyed while disabled.

    Use `Theme.icon` in views; it knows the palette of the moment.
    """
    return _recoloured_icon(name, palette.text, palette.disabled_text)


def tinted_icon(name: IconName, colour: str, palette: Palette) -> QIcon:
    """The icon of that name in a colour of its own, such as the palette's `problem`."""
    return _recoloured_icon(name, colour, palette.disabled_text)


def application_icon() -> QIcon:
    """The program's own icon, which has fixed colours."""
    return QIcon(str(asset_path("icons", "chainrule.svg")))


@cache
def _recoloured_icon(name: IconName, normal: str, disabled: str) -> QIcon:
    icon = QIcon()
    source = asset_bytes("icons", f"{name}.svg").replace(b"currentColor", normal.encode())
    renderer = QSvgRenderer(QByteArray(source))
    for size in _SIZES:
        drawing = _rendered(renderer, size)
        icon.addPixmap(drawing, QIcon.Mode.Normal)
        icon.addPixmap(_tinted(drawing, disabled), QIcon.Mode.Disabled)
    return icon


def _rendered(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return pixmap


def _tinted(drawing: QPixmap, colour: str) -> QPixmap:
    pixmap = QPixmap(drawing)
    painter = QPainter(pixmap)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(pixmap.rect(), QColor(colour))
    painter.end()
    return pixmap
