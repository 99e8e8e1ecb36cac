"""How figures are made: in the colours and with the texts that the window shows."""

from __future__ import annotations

from chainrule.export.options import Background, FigureOptions
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.dialogs.inks import ink_for
from chainrule_desktop.theme import Scheme


def figure_options(bench: Workbench, scale: float = 1.0) -> FigureOptions:
    """Return the options of a figure that looks as the canvas, on paper in light colours.

    A figure mostly goes into a text, so it is light whatever the window is; the export dialog
    offers the other.
    """
    ink = ink_for(Scheme.LIGHT, bench.settings.values.number_colours)
    return FigureOptions(scale, Background.FILLED, ink, bench.drawing.display)
