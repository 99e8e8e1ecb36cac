"""A picture as rectangles of one colour and crosses, for what paints shapes and not pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import final

from chainrule.diagram.boxes import Rect
from chainrule.diagram.pictures import Grid, Picture
from chainrule.diagram.shades import MINUS_INFINITY, NAN, PLUS_INFINITY

_HOLE = 0.25
_CROSS = 0.2


@final
@dataclass(frozen=True, slots=True)
class Patches:
    """Where a picture has which colour, from its top left corner.

    `fills` has the rectangles of each code. Not-a-number is known by a cross, an infinity by a
    hole: `crosses` are around the former, `holes` are the latter. `frames` are around grids.
    """

    fills: dict[int, list[Rect]]
    crosses: list[Rect]
    holes: list[Rect]
    frames: list[Rect]


def patches_of(picture: Picture) -> Patches:
    """Return a picture as rectangles; neighbours of one shade are one."""
    fills: dict[int, list[Rect]] = {}
    for grid in picture.grids:
        for code, box in _runs(grid):
            fills.setdefault(code, []).append(box)
    frames = [_box(grid, 0, 0, grid.rows, grid.columns) for grid in picture.grids]
    return Patches(fills, crosses_of(picture), holes_of(picture), frames if picture.framed else [])


def crosses_of(picture: Picture) -> list[Rect]:
    """Return a rectangle for each cross; its diagonals are the cross."""
    return [_inner(box, _CROSS) for box in _cells_of(picture, (NAN,))]


def holes_of(picture: Picture) -> list[Rect]:
    """Return the holes in the cells of infinities."""
    return [_inner(box, _HOLE) for box in _cells_of(picture, (MINUS_INFINITY, PLUS_INFINITY))]


def _runs(grid: Grid) -> Iterator[tuple[int, Rect]]:
    for row in range(grid.rows):
        column = 0
        shades = grid.shades[row * grid.columns : (row + 1) * grid.columns]
        for code, run in groupby(shades):
            count = len(list(run))
            yield code, _box(grid, row, column, 1, count)
            column += count


def _cells_of(picture: Picture, codes: tuple[int, ...]) -> Iterator[Rect]:
    for grid in picture.grids:
        if any(code in grid.shades for code in codes):
            for place, shade in enumerate(grid.shades):
                if shade in codes:
                    yield _box(grid, place // grid.columns, place % grid.columns, 1, 1)


def _box(grid: Grid, row: int, column: int, rows: int, columns: int) -> Rect:
    width, height = grid.cell
    left, top = grid.left + column * width, grid.top + row * height
    return Rect(left, top, left + columns * width, top + rows * height)


def _inner(box: Rect, share: float) -> Rect:
    across, down = share * (box.right - box.left), share * (box.bottom - box.top)
    return Rect(box.left + across, box.top + down, box.right - across, box.bottom - down)
