"""Places on the canvas in a file: two numbers, not absurdly far out."""

from __future__ import annotations

from typing import cast

from chainrule.files.fields import Fields, array_field
from chainrule.files.places import key_fault
from chainrule.graph.node import Position

FARTHEST = 1e9
_NUMBER_TYPES = frozenset((int, float))


def decode_position(fields: Fields, where: str) -> Position | None:
    """Return the position of a node, None where it has none; raise FileError if it is unsound."""
    if "position" not in fields:
        return None
    items = array_field(fields, "position", where)
    if len(items) != 2 or not _NUMBER_TYPES.issuperset(map(type, items)):
        raise key_fault(where, "position", "must be two numbers, [x, y]")
    x, y = cast("list[float]", items)
    position = float(x), float(y)
    if not is_on_canvas(position):
        raise key_fault(where, "position", f"must lie within ±{FARTHEST:.0e}; move the node")
    return position


def is_on_canvas(position: Position) -> bool:
    """Say whether a position is finite and not absurdly far out, where no figure could be drawn."""
    x, y = position
    return -FARTHEST <= x <= FARTHEST and -FARTHEST <= y <= FARTHEST
