"""Documents of several pages, such as exercise sheets: drawings put on paper."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from enum import Enum
from typing import final

from chainrule.diagram.primitives import Element, Point
from chainrule.export.exporter import Exporter
from chainrule.export.options import FigureOptions

_UNITS_PER_MILLIMETRE = 96 / 25.4


@final
class Paper(Enum):
    """A size of paper: width and height in millimetres."""

    A4 = (210.0, 297.0)
    LETTER = (215.9, 279.4)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height, upright, in canvas units of 1/96 inch."""
        width, height = self.value
        return width * _UNITS_PER_MILLIMETRE, height * _UNITS_PER_MILLIMETRE


@final
@dataclass(frozen=True, slots=True)
class Placement:
    """A drawing on a page: its point `corner` stands at `at`, `scale` times as large as drawn."""

    elements: tuple[Element, ...]
    corner: Point = (0.0, 0.0)
    at: Point = (0.0, 0.0)
    scale: float = 1.0


@final
@dataclass(frozen=True, slots=True)
class Page:
    """A page of paper, in canvas units, and what stands on it."""

    width: float
    height: float
    placements: tuple[Placement, ...]


@final
@dataclass(frozen=True, slots=True)
class Pages:
    """A document; there is at least one page."""

    title: str
    pages: tuple[Page, ...]


class PagedExporter(Exporter):
    """A format of files that can hold documents of several pages."""

    @abstractmethod
    def render_pages(self, document: Pages, options: FigureOptions) -> bytes:
        """Return the content of the file; `scale` and background of the options are no matter."""
