"""The texts and pictures of a drawing at one moment of its playback: only what is known already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from chainrule.arrays import Array
from chainrule.autodiff.playback import Moment
from chainrule.diagram.labels import (
    Labels,
    branch_room,
    fitting_text,
    pictures,
    stub_room,
)
from chainrule.diagram.lazy import Lazy
from chainrule.diagram.numbers import format_value
from chainrule.diagram.parts import Display, Parts
from chainrule.diagram.pictures import SMALL, USUAL

MORE_TO_COME = " +"
"""Stands behind a sum of gradients to which others will be added."""


def write_played(parts: Parts, moment: Moment, display: Display) -> Labels:
    """Return what is written at a moment; what is not known yet is "", never `?` or 0."""
    writer = _Writer(parts, moment, display)
    nodes, wires = len(parts.ids), len(parts.wires)
    usual, small = parts.thumbnails[:, 0] > 0, parts.branch_thumbnails[:, 0] > 0
    return Labels(
        Lazy(nodes, writer.value_text),
        Lazy(nodes, writer.gradient_text),
        Lazy(wires, writer.branch_text),
        pictures(usual & display.values, writer.value, USUAL),
        pictures(usual & display.gradients, writer.gradient, USUAL),
        pictures(small & display.gradients, writer.branch, SMALL),
        Lazy(nodes, writer.reading),
    )


@final
@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the numbers of nodes and wires by their rows."""

    parts: Parts
    moment: Moment
    display: Display

    def value(self, row: int) -> Array | None:
        return self.moment.value(self.parts.ids[row])

    def gradient(self, row: int) -> Array | None:
        return self.moment.gradient(self.parts.ids[row])

    def branch(self, row: int) -> Array | None:
        return self.moment.wire_gradient(self.parts.wires[row])

    def value_text(self, row: int) -> str:
        if not self.display.values or not self._is_computed(row):
            return ""
        return fitting_text(self.value(row), self.display, self._room(row))

    def gradient_text(self, row: int) -> str:
        number = self.gradient(row) if self.display.gradients else None
        if number is None:
            return ""
        more = "" if self.moment.is_complete(self.parts.ids[row]) else MORE_TO_COME
        return fitting_text(number, self.display, self._room(row)) + more

    def branch_text(self, row: int) -> str:
        shown = self.display.gradients and self.parts.branches[row]
        number = self.branch(row) if shown else None
        room = branch_room(float(self.parts.leads[row]))
        return "" if number is None else fitting_text(number, self.display, room)

    def reading(self, row: int) -> tuple[str, str]:
        decimals = self.display.decimals
        value = format_value(self.value(row), decimals) if self._is_computed(row) else ""
        number = self.gradient(row) if self.display.gradients else None
        return value, "" if number is None else format_value(number, decimals)

    def _is_computed(self, row: int) -> bool:
        return self.moment.timeline.has_value(self.parts.ids[row], self.moment.position)

    def _room(self, row: int) -> float:
        return stub_room(float(self.parts.spans[row]))
