"""Numbers and tensors for people: short, and in columns that line up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from chainrule.arrays import Array

NOT_COMPUTED = "not computed"
_WIDEST_CELL = 40


def shown(value: Array | None) -> str:
    """Return a value to six digits, a large tensor with its shape and its first numbers."""
    if value is None:
        return NOT_COMPUTED
    if value.size * 2 > _WIDEST_CELL:
        first = ", ".join(map(_nested, value.flat[:3]))
        return f"{' x '.join(map(str, value.shape))}: {first}, ..."
    text = _nested(value.tolist())
    return text if len(text) <= _WIDEST_CELL else f"{text[: _WIDEST_CELL - 4]} ..."


def _nested(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_nested(each) for each in cast('list[Any]', value))}]"
    return f"{value + 0.0:.6g}"  # -0 is shown as 0


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int]) -> str:
    """Return `rows` under `head` in aligned columns; those numbered in `right` end together."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "".join(f"{_row(line, widths, right)}\n" for line in lines)


def _row(cells: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    aligned = (
        cell.rjust(width) if column in right else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join(aligned).rstrip()
