"""The theme of the moment: which palette is in force, and who hears when it changes."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QIcon, QStyleHints
from PySide6.QtWidgets import QApplication

from chainrule_desktop.theme.colours import (
    Contrast,
    NumberColours,
    Palette,
    Scheme,
    palette_for,
)
from chainrule_desktop.theme.icons import IconName, themed_icon, tinted_icon
from chainrule_desktop.theme.qt_palette import qt_palette
from chainrule_desktop.theme.style import interface_font
from chainrule_desktop.theme.stylesheet import stylesheet

if TYPE_CHECKING:  # from Qt 6.10 on
    from PySide6.QtGui import QAccessibilityHints


@final
class ThemeMode(StrEnum):
    """Whether the program follows the system or always has one look."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_LIGHT = "high-contrast-light"
    HIGH_DARK = "high-contrast-dark"


_DARK = (ThemeMode.DARK, ThemeMode.HIGH_DARK)
_HIGH = (ThemeMode.HIGH_LIGHT, ThemeMode.HIGH_DARK)


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
        self._projector = False
        # What is asked of these hints dies with their wrapper, so that is kept.
        self._hints = app.styleHints()
        self._needs = _accessibility(self._hints)
        self._request_scheme()
        self._palette = palette_for(self._scheme(), numbers, self._contrast())
        self._hints.colorSchemeChanged.connect(self._update)
        if self._needs is not None:
            self._needs.contrastPreferenceChanged.connect(self._update)

    @property
    def palette(self) -> Palette:
        """The colours in force now."""
        return self._palette

    @property
    def mode(self) -> ThemeMode:
        """Whether the system decides between light and dark."""
        return self._mode

    @property
    def number_colours(self) -> NumberColours:
        """The pair of colours for values and gradients."""
        return self._numbers

    def apply(self) -> None:
        """Give the application the palette and the style sheet; once, after `prepare_style`."""
        self._app.setPalette(qt_palette(self._palette))
        self._app.setStyleSheet(stylesheet(self._palette, projector=self._projector))

    def set_mode(self, mode: ThemeMode) -> None:
        """Follow the system, or stay light or dark."""
        self._mode = mode
        self._request_scheme()
        self._update()

    def set_number_colours(self, numbers: NumberColours) -> None:
        """Choose the pair of colours for values and gradients."""
        self._numbers = numbers
        self._update()

    def set_projector(self, on: bool) -> None:
        """Make menus, panels and dialogs larger for a lecture hall, or not any more."""
        if on != self._projector:
            self._projector = on
            self._app.setFont(interface_font(projector=on))
            self.apply()
            self.changed.emit()

    def icon(self, name: IconName) -> QIcon:
        """The icon in the colours in force; ask again when `changed` is emitted."""
        return themed_icon(name, self._palette)

    def problem_icon(self) -> QIcon:
        """The triangle in the colour of problems."""
        return tinted_icon("problem", self._palette.problem, self._palette)

    def _scheme(self) -> Scheme:
        if self._mode is ThemeMode.SYSTEM:
            return Scheme.DARK if self._system_scheme() == Qt.ColorScheme.Dark else Scheme.LIGHT
        return Scheme.DARK if self._mode in _DARK else Scheme.LIGHT

    def _contrast(self) -> Contrast:
        if self._mode is ThemeMode.SYSTEM:
            return Contrast.HIGH if self._system_wants_contrast() else Contrast.USUAL
        return Contrast.HIGH if self._mode in _HIGH else Contrast.USUAL

    def _system_scheme(self) -> Qt.ColorScheme:
        return self._hints.colorScheme()

    def _system_wants_contrast(self) -> bool:
        if self._needs is None:
            return False
        return self._needs.contrastPreference() is Qt.ContrastPreference.HighContrast

    def _request_scheme(self) -> None:
        """Ask the system to draw title bars and its own dialogs in the same scheme."""
        if self._mode is ThemeMode.SYSTEM:
            self._hints.unsetColorScheme()
            return
        dark = self._mode in _DARK
        self._hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)

    def _update(self) -> None:
        palette = palette_for(self._scheme(), self._numbers, self._contrast())
        if palette == self._palette:
            return
        self._palette = palette
        self.apply()
        self.changed.emit()


def _accessibility(hints: QStyleHints) -> QAccessibilityHints | None:
    """Return what the system says of its users' needs; Qt asks for it from 6.10 on."""
    ask = getattr(hints, "accessibility", None)
    return None if ask is None else ask()
