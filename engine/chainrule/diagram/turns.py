"""Where wires with right angles turn up or down on their way to the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np

from chainrule.arrays import Floats
from chainrule.diagram.bodies import Indices
from chainrule.diagram.parts import Flags


@final
@dataclass(frozen=True, slots=True, eq=False)
class Turns:
    """All turns of some wires, which run along to `at` (v,), and there up or down to `level` (v,).

    `owners` (v,) says whose turns they are, and ascends; those of a wire are in their order.
    """

    owners: Indices
    at: Floats
    level: Floats

    @property
    def are_first(self) -> Flags:
        """Which turns are the first of their wire, (v,)."""
        return np.diff(self.owners, prepend=-1) != 0

    @property
    def are_last(self) -> Flags:
        """Which turns are the last of their wire, (v,)."""
        return np.diff(self.owners, append=-1) != 0

    def renamed(self, names: Indices) -> Turns:
        """Return the turns with the names of their owners in place of numbers."""
        return Turns(names[self.owners], self.at, self.level)

    def of(self, rows: Indices) -> Turns:
        """Return the turns of the owners that `rows` names, in new numbers: their places in it."""
        first = np.searchsorted(self.owners, rows)
        counts = np.searchsorted(self.owners, rows, side="right") - first
        which = np.repeat(np.arange(len(rows)), counts)
        begins = np.cumsum(counts) - counts
        places = np.arange(len(which)) + (first - begins)[which]
        return Turns(which, self.at[places], self.level[places])


NO_TURNS = Turns(np.empty(0, np.intp), np.empty(0), np.empty(0))


def turns_in_order(parts: Sequence[Turns]) -> Turns:
    """Return all turns in the order of their owners; those of one owner stay as they come."""
    if not parts:
        return NO_TURNS
    owners = np.concatenate([each.owners for each in parts])
    order = np.argsort(owners, kind="stable")
    at = np.concatenate([each.at for each in parts])
    level = np.concatenate([each.level for each in parts])
    return Turns(owners[order], at[order], level[order])
