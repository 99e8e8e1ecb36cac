"""Colours, icons and the look of every widget, in light and in dark."""

from __future__ import annotations

from chainrule_desktop.theme.colours import (
    DARK_INK,
    LIGHT_INK,
    SHADE,
    Contrast,
    NumberColours,
    Palette,
    Scheme,
    palette_for,
)
from chainrule_desktop.theme.fitting import ScreenFit
from chainrule_desktop.theme.icons import IconName, application_icon
from chainrule_desktop.theme.motion import MotionMode, moves
from chainrule_desktop.theme.parts import Part, inset_text, scrolled, set_part
from chainrule_desktop.theme.style import (
    FONT_FAMILY,
    FONT_POINTS,
    PROJECTOR_TEXT_SCALE,
    prepare_style,
)
from chainrule_desktop.theme.theme import Theme, ThemeMode

__all__ = [
    "DARK_INK",
    "FONT_FAMILY",
    "FONT_POINTS",
    "LIGHT_INK",
    "PROJECTOR_TEXT_SCALE",
    "SHADE",
    "Contrast",
    "IconName",
    "MotionMode",
    "NumberColours",
    "Palette",
    "Part",
    "Scheme",
    "ScreenFit",
    "Theme",
    "ThemeMode",
    "application_icon",
    "inset_text",
    "moves",
    "palette_for",
    "prepare_style",
    "scrolled",
    "set_part",
]
