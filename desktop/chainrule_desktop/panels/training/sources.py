"""The ways to rows of data that the window offers, as entries of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

from chainrule.training.datasets import HOW_TO_GET, PENGUINS, penguins_file
from chainrule.training.generators import GENERATORS
from chainrule.training.sources import Generated, InFile, Kept, Shipped, Source

NOTHING, FILE, PASTED, SHIPPED = "nothing", "file", "pasted", "shipped"


@final
@dataclass(frozen=True, slots=True)
class Offer:
    """One way: its key, what people call it, and why it can't be had, "" where it can."""

    key: str
    text: str
    obstacle: str = ""


def offers() -> list[Offer]:
    """Return all ways, those without any effort first."""
    missing = "" if penguins_file() else f"Get the penguins with {HOW_TO_GET}"
    return [
        Offer(NOTHING, "The graph holds its data"),
        *(Offer(each.name, each.title) for each in GENERATORS.values()),
        Offer(SHIPPED, "Penguins of Palmer Station", missing),
        Offer(FILE, "Table from a file…"),
        Offer(PASTED, "Table from the clipboard"),
    ]


def key_of(source: Source | None) -> str:
    """Return the key of the way that a source has come."""
    match source:
        case None:
            return NOTHING
        case Generated():
            return source.name
        case Shipped():
            return SHIPPED
        case InFile():
            return FILE
        case Kept():
            return FILE if source.origin else PASTED


def source_for(key: str) -> Source | None:
    """Return the source of a way that needs no further question."""
    if key == SHIPPED:
        return Shipped(PENGUINS)
    if key == NOTHING:
        return None
    return Generated(key, _ROWS.get(key, 100), GENERATORS[key].noise, 0)


_ROWS: Final = {"spirals": 300, "blobs": 150, "xor": 200, "circles": 150, "line": 40}
