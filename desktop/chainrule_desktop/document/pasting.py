"""Numbers as other programs copy them: what a pasted text stands for, and how it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

from chainrule.arrays import Array
from chainrule.diagram.numbers import format_dimensions
from chainrule.errors import ShapeError
from chainrule.files.tables import looks_like_table, read_table
from chainrule_desktop.document.values import parse_value, typed_value

MOST_TYPED: Final = 1_000
"""How many numbers may stand in a field."""


@final
@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """A value that was pasted, and in words what it is."""

    value: Array
    says: str


def given_table(text: str) -> Given | None:
    """Return the numbers of a table; None for a text that is none.

    Raises ShapeError, with row and column, for a table that is not sound.
    """
    if not looks_like_table(text) or text.lstrip().startswith(("[", "{")):
        return None
    table = read_table(text)
    header = ", without its header" if table.has_header else ""
    return Given(table.value, f"{_size(table.value)}{header}")


def given_value(text: str) -> Given | None:
    """Return the numbers of a table or of a typed value; None for a text that is neither."""
    table = given_table(text)
    if table is not None:
        return table
    try:
        value = parse_value(text)
    except ShapeError:
        return None
    return Given(value, _size(value))


def as_typed(text: str) -> str | None:
    """Return how the numbers of a pasted table are typed; None for what is no table.

    Raises ShapeError for a table that is not sound, or too large for a field.
    """
    table = given_table(text)
    if table is None:
        return None
    if table.value.size > MOST_TYPED:
        raise ShapeError(
            f"{table.value.size:,} numbers are too many for a field; leave it, select the node "
            "and paste there"
        )
    return typed_value(table.value)


def _size(value: Array) -> str:
    return format_dimensions(value.shape) if value.ndim else typed_value(value)
