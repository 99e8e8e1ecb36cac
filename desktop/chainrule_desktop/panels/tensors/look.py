"""How the tensor view looks in the colours in force: shades of numbers, and ink on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from PySide6.QtGui import QColor, QImage

from chainrule.diagram.shades import Codes, Shades, colours_of
from chainrule_desktop.figures.surroundings import shades_for
from chainrule_desktop.panels.shading import indexed_image, ink_on
from chainrule_desktop.theme import Palette


@final
@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a tensor's cells in a palette."""

    palette: Palette
    shades: Shades

    @property
    def colours(self) -> tuple[str, ...]:
        """The colour of each code of `shades`."""
        return colours_of(self.shades)

    def ink_on(self, code: int) -> QColor:
        """Return the colour of a text that reads on a cell of that code."""
        return ink_on(self.colours[code])


def look_for(palette: Palette) -> Look:
    """Return the look of tensors in a palette."""
    return Look(palette, shades_for(palette))


def coloured(codes: Codes, look: Look) -> QImage:
    """Return a picture with a pixel for each code."""
    return indexed_image(codes, look.colours)
