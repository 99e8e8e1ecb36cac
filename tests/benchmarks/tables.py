"""Tables of plain text."""

from __future__ import annotations

from collections.abc import Sequence

Row = Sequence[str]


def format_table(rows: Sequence[Row]) -> str:
    """Return rows as aligned text: the first and the last column to the left, others to the right.

    The first row is the head, over a line.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, "─" * max(map(len, lines)))
    return "\n".join(lines)


def milliseconds(number: float) -> str:
    """Return a time with three digits that count."""
    if number >= 1000:
        return f"{number:,.0f}"
    return f"{number:.3g}" if number < 100 else f"{number:.0f}"


def times(number: float | None) -> str:
    """Return a ratio with three digits that count."""
    return "–" if number is None else milliseconds(number)


def _line(row: Row, widths: Sequence[int]) -> str:
    first, *middle, last = row
    cells = [f"{cell:>{width}}" for cell, width in zip(middle, widths[1:], strict=False)]
    return "  ".join([f"{first:<{widths[0]}}", *cells, last]).rstrip()
