"""What can be chosen about a figure, in every format alike."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum
from typing import final

from chainrule.diagram.ink import LIGHT, Ink
from chainrule.diagram.parts import Display
from chainrule.errors import ExportError

MAX_SCALE = 100.0


@final
class Background(StrEnum):
    """What is behind a figure: nothing, or the ink's background, which is white in light inks."""

    TRANSPARENT = "transparent"
    FILLED = "filled"


@final
@dataclass(frozen=True, slots=True)
class FigureOptions:
    """How a figure is made: `scale` is pixels of 1/96 inch for each unit of the canvas.

    Raises ExportError for a scale that is not a number above 0 and up to MAX_SCALE.
    """

    scale: float = 1.0
    background: Background = Background.FILLED
    ink: Ink = LIGHT
    display: Display = field(default_factory=Display)

    def __post_init__(self) -> None:
        if not (math.isfinite(self.scale) and 0 < self.scale <= MAX_SCALE):
            raise ExportError(
                f"the scale must be above 0 and at most {MAX_SCALE:g}, not {self.scale:g}"
            )
