"""The theme of the moment: which palette is in force, and who hears when it changes."""

from __future__ import annotations

from enum import StrEnum
from typing import final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from chainrule_desktop.theme.colours import NumberColours, Palette, Scheme, palette_for
from chainrule_desktop.theme.icons import IconName, themed_icon, tinted_icon
from chainrule_desktop.theme.qt_palette import qt_palette
from chainrule_desktop.theme.stylesheet import stylesheet


@final
class ThemeMode(StrEnum):
    """Whether the program follows the system or is always light or always dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@final
class Theme(QObject):
    """Holds the palette, follows the system where that is asked for, and paints the application.

    Signals:
        changed(): another palette is in force; views that paint by themselves or hold icons update.
    """

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        mode: ThemeMode = ThemeMode.SYSTEM,
        numbers: NumberColours = NumberColours.GREEN_RED,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._mode = mode
        self._numbers = numbers
        self._request_scheme()
        self._palette = palette_for(self._scheme(), numbers)
        app.styleHints().colorSchemeChanged.connect(self._update)

    @property
    def palette(self) -> Palette:
        """The colours in force now."""
        return self._palette

    @property
    def mode(self) -> ThemeMode:
        """Whether the system decides between light and dark."""
        return self._mode

    def apply(self) -> None:
        """Give the application the palette and the style sheet; once, after `prepare_style`."""
        self._app.setPalette(qt_palette(self._palette))
        self._app.setStyleSheet(stylesheet(self._palette))

    def set_mode(self, mode: ThemeMode) -> None:
        """Follow the system, or stay light or dark."""
        self._mode = mode
        self._request_scheme()
        self._update()

    def set_number_colours(self, numbers: NumberColours) -> None:
        """Choose the pair of colours for values and gradients."""
        self._numbers = numbers
        self._update()

    def icon(self, name: IconName) -> QIcon:
        """The icon in the colours in force; ask again when `changed` is emitted."""
        return themed_icon(name, self._palette)

    def problem_icon(self) -> QIcon:
        """The triangle in the colour of problems."""
        return tinted_icon("problem", self._palette.problem, self._palette)

    def _scheme(self) -> Scheme:
        if self._mode is ThemeMode.SYSTEM:
            return Scheme.DARK if self._system_scheme() == Qt.ColorScheme.Dark else Scheme.LIGHT
        return Scheme.DARK if self._mode is ThemeMode.DARK else Scheme.LIGHT

    def _system_scheme(self) -> Qt.ColorScheme:
        return self._app.styleHints().colorScheme()

    def _request_scheme(self) -> None:
        """Ask the system to draw title bars and its own dialogs in the same scheme."""
        hints = self._app.styleHints()
        if self._mode is ThemeMode.SYSTEM:
            hints.unsetColorScheme()
            return
        dark = self._mode is ThemeMode.DARK
        hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)

    def _update(self) -> None:
        palette = palette_for(self._scheme(), self._numbers)
        if palette == self._palette:
            return
        self._palette = palette
        self.apply()
        self.changed.emit()
