"""The colours of the program as a QPalette, for all that the style sheet leaves to Fusion."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from chainrule_desktop.theme.colours import Palette


def qt_palette(palette: Palette) -> QPalette:
    """A QPalette with every role of the palette at its place, disabled widgets greyed."""
    result = QPalette()
    for role, colour in _roles(palette).items():
        result.setColor(role, QColor(colour))
    for role, colour in _disabled_roles(palette).items():
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(colour))
    return result


def _roles(palette: Palette) -> dict[QPalette.ColorRole, str]:
    return {
        QPalette.ColorRole.Window: palette.window,
        QPalette.ColorRole.WindowText: palette.text,
        QPalette.ColorRole.Base: palette.field,
        QPalette.ColorRole.AlternateBase: palette.hover,
        QPalette.ColorRole.ToolTipBase: palette.popup,
        QPalette.ColorRole.ToolTipText: palette.text,
        QPalette.ColorRole.PlaceholderText: palette.muted_text,
        QPalette.ColorRole.Text: palette.text,
        QPalette.ColorRole.Button: palette.field,
        QPalette.ColorRole.ButtonText: palette.text,
        QPalette.ColorRole.BrightText: palette.problem,
        QPalette.ColorRole.Link: palette.accent,
        QPalette.ColorRole.LinkVisited: palette.accent,
        QPalette.ColorRole.Highlight: palette.accent,
        QPalette.ColorRole.HighlightedText: palette.accent_text,
        QPalette.ColorRole.Accent: palette.accent,
        QPalette.ColorRole.Light: palette.field,
        QPalette.ColorRole.Midlight: palette.hover,
        QPalette.ColorRole.Mid: palette.border,
        QPalette.ColorRole.Dark: palette.outline,
        QPalette.ColorRole.Shadow: palette.border,
    }


def _disabled_roles(palette: Palette) -> dict[QPalette.ColorRole, str]:
    return {
        QPalette.ColorRole.WindowText: palette.disabled_text,
        QPalette.ColorRole.Text: palette.disabled_text,
        QPalette.ColorRole.ButtonText: palette.disabled_text,
        QPalette.ColorRole.PlaceholderText: palette.disabled_text,
        QPalette.ColorRole.Highlight: palette.pressed,
        QPalette.ColorRole.HighlightedText: palette.disabled_text,
        QPalette.ColorRole.Base: palette.window,
    }
