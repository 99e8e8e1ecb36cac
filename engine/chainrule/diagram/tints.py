"""The colours of frames: a quiet ground, a border and a title for each hue and surrounding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias, final

from chainrule.graph.comments import Hue


@final
@dataclass(frozen=True, slots=True)
class Tint:
    """One hue as `#RRGGBB`: `fill` is the ground, on which numbers and the title are read."""

    fill: str
    border: str
    title: str


Tints: TypeAlias = Mapping[Hue, Tint]

LIGHT_TINTS: Tints = MappingProxyType(
    {
        Hue.GREY: Tint("#F9FAFA", "#A9AFB7", "#4A5058"),
        Hue.BLUE: Tint("#F7FAFE", "#8FB2E6", "#1D4F9E"),
        Hue.GREEN: Tint("#F5FBF7", "#8CC49C", "#1B6434"),
        Hue.YELLOW: Tint("#FCFAF0", "#D9BC62", "#6E5200"),
        Hue.RED: Tint("#FEF9F8", "#E3A29C", "#9B2B22"),
        Hue.PURPLE: Tint("#FBF9FE", "#BBA2E0", "#643AA3"),
    }
)

DARK_TINTS: Tints = MappingProxyType(
    {
        Hue.GREY: Tint("#24272B", "#5C646D", "#B6BDC5"),
        Hue.BLUE: Tint("#1D2735", "#41648F", "#9CC3F5"),
        Hue.GREEN: Tint("#1C2A21", "#3F7350", "#93D6A8"),
        Hue.YELLOW: Tint("#2B271A", "#7A6830", "#E5CB7C"),
        Hue.RED: Tint("#2F2122", "#86504C", "#F3ABA4"),
        Hue.PURPLE: Tint("#272233", "#6A5494", "#C9B2F2"),
    }
)

# With high contrast the ground is that of the canvas: borders and titles alone have the hue.
HIGH_LIGHT_TINTS: Tints = MappingProxyType(
    {
        Hue.GREY: Tint("#FFFFFF", "#3C4248", "#000000"),
        Hue.BLUE: Tint("#FFFFFF", "#0A3AA8", "#0A3AA8"),
        Hue.GREEN: Tint("#FFFFFF", "#1B5C2A", "#1B5C2A"),
        Hue.YELLOW: Tint("#FFFFFF", "#6B4E00", "#5E4400"),
        Hue.RED: Tint("#FFFFFF", "#A80000", "#A80000"),
        Hue.PURPLE: Tint("#FFFFFF", "#5B2A9E", "#5B2A9E"),
    }
)

HIGH_DARK_TINTS: Tints = MappingProxyType(
    {
        Hue.GREY: Tint("#000000", "#DADADA", "#FFFFFF"),
        Hue.BLUE: Tint("#000000", "#7FB8FF", "#A8D0FF"),
        Hue.GREEN: Tint("#000000", "#6BE38F", "#9BF0B4"),
        Hue.YELLOW: Tint("#000000", "#FFD84A", "#FFE58A"),
        Hue.RED: Tint("#000000", "#FF9A90", "#FFBDB6"),
        Hue.PURPLE: Tint("#000000", "#CDA8FF", "#DEC6FF"),
    }
)
