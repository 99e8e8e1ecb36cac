"""Places for the numbers of stacked gates, so that each level's outputs stand side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, final

import numpy as np

from chainrule.autodiff.planning.flat import FlatGraph, Numbers, as_list
from chainrule.autodiff.planning.plan import Flags
from chainrule.gates.gate import Elementwise
from chainrule.gates.kernel import Kernel, KernelFamily
from chainrule.gates.kind import Kind

NOWHERE = -1


class Group(NamedTuple):
    """Gates of one kernel in one level: the places of their outputs."""

    kernel: Kernel
    start: int
    stop: int


class Level(NamedTuple):
    """Gates that do not depend on each other: the places `start` to `stop` of their outputs.

    Their wires are numbered from `wire`: first the wire at the first operand of each gate, then
    those at the second operand of the first `binary` gates. Gradients flow through `active` ones.
    """

    number: int
    active: bool
    start: int
    stop: int
    wire: int
    binary: int
    groups: list[Group]

    @property
    def width(self) -> int:
        """How many gates there are."""
        return self.stop - self.start

    @property
    def wire_stop(self) -> int:
        """One past the number of the last wire."""
        return self.wire + self.width + self.binary


@final
@dataclass(frozen=True, slots=True)
class Numbering:
    """The places of numbers: given ones, then constants, then the gates by level and kernel.

    Given are leaves and the results of other steps. `places` and `wires` map slots and flat wires
    to places and wire numbers, or to NOWHERE. `sources` has the place that each wire reads;
    `constants` has the values of the constants; `first` is the place of the first gate.
    """

    places: Numbers
    wires: Numbers
    given: int
    constants: list[float]
    first: int
    count: int
    sources: Numbers
    levels: list[Level]


@final
class Numberer:
    """Numbers the stacked gates of a flat graph, and whatever they read."""

    def __init__(self, flat: FlatGraph, levels: Numbers) -> None:
        self._flat, self._levels = flat, levels
        kernels = [kernel_of(kind) for kind in flat.kinds]
        used = dict.fromkeys(each for each in kernels if each is not None)
        self._kernels = sorted(used, key=lambda each: (-each.arity, each.name))
        ranks = {kernel: rank for rank, kernel in enumerate(self._kernels)}
        self._ranks = np.array(
            [NOWHERE if each is None else ranks[each] for each in kernels], np.int64
        )

    def number(self, stacked: Flags, given: Flags, active: Flags) -> Numbering:
        """Number the slots `stacked` behind those that are `given`.

        No gradient flows through stacked gates that are not `active`.
        """
        flat = self._flat
        gates = np.flatnonzero(stacked)
        ranks = self._ranks[flat.codes[gates]]
        keys = (self._levels[gates] * 2 + ~active[gates]) * len(self._kernels) + ranks
        by_key = np.argsort(keys, kind="stable")
        gates, keys = gates[by_key], keys[by_key]
        given_slots = np.flatnonzero(given)
        constants, constant_of = self._constants(gates, len(given_slots))
        first = len(given_slots) + len(constants)
        places = np.full(flat.size, NOWHERE, np.int64)
        places[given_slots] = np.arange(len(given_slots))
        places[gates] = first + np.arange(len(gates))
        found = self._cut(keys, first)
        wires, sources = self._wire(gates, found, first, places, constant_of)
        return Numbering(
            places=places,
            wires=wires,
            given=len(given_slots),
            constants=constants,
            first=first,
            count=first + len(gates),
            sources=sources,
            levels=found,
        )

    def _constants(self, gates: Numbers, offset: int) -> tuple[list[float], Numbers]:
        """Return the values that parameters have, and the place of each kind's parameter."""
        place = np.full(len(self._flat.kinds), NOWHERE, np.int64)
        found: dict[str, int] = {}
        for code in as_list(np.unique(self._flat.codes[gates])):
            for value in parameters_of(self._flat.kinds[code]):
                # As text, in which 0 and -0 differ.
                place[code] = found.setdefault(value.hex(), offset + len(found))
        return [float.fromhex(each) for each in found], place

    def _cut(self, keys: Numbers, first: int) -> list[Level]:
        """Return the levels of gates whose sorted `keys` say level, activity and kernel."""
        starts = as_list(np.flatnonzero(np.diff(keys, prepend=NOWHERE)))
        stops = [*starts[1:], len(keys)][: len(starts)]
        found: list[Level] = []
        wire = 0
        groups: list[Group] = []
        for start, stop, key in zip(starts, stops, as_list(keys[starts]), strict=True):
            number, rank = divmod(key, len(self._kernels))
            groups.append(Group(self._kernels[rank], first + start, first + stop))
            at_end = stop == len(keys) or int(keys[stop]) // len(self._kernels) != number
            if at_end:
                level = _level(number, wire, groups)
                wire, groups = level.wire_stop, []
                found.append(level)
        return found

    def _wire(
        self,
        gates: Numbers,
        levels: Sequence[Level],
        first: int,
        places: Numbers,
        constant_of: Numbers,
    ) -> tuple[Numbers, Numbers]:
        """Return the number of each flat wire, and the place that each number reads."""
        flat = self._flat
        widths = np.array([level.width for level in levels], np.int64)
        offsets = np.array([level.wire - (level.start - first) for level in levels], np.int64)
        firsts = np.repeat(offsets, widths) + np.arange(len(gates))
        seconds = firsts + np.repeat(widths, widths)
        ports = flat.starts[gates + 1] - flat.starts[gates]
        wires = np.full(len(flat.sources), NOWHERE, np.int64)
        wires[flat.starts[gates]] = firsts
        two = ports == 2
        wires[flat.starts[gates[two]] + 1] = seconds[two]
        sources = np.empty(levels[-1].wire_stop if levels else 0, np.int64)
        sources[firsts] = places[flat.sources[flat.starts[gates]]]
        sources[seconds[two]] = places[flat.sources[flat.starts[gates[two]] + 1]]
        fixed = constant_of[flat.codes[gates]]
        sources[seconds[fixed >= 0]] = fixed[fixed >= 0]
        return wires, sources


def kernel_of(kind: Kind) -> Kernel | None:
    """Return the kernel by which gates of this kind are stacked, if they can be."""
    if not isinstance(kind, Elementwise):
        return None
    kernel = kind.kernel
    return kernel.make(*_settings(kind)) if isinstance(kernel, KernelFamily) else kernel


def parameters_of(kind: Kind) -> list[float]:
    """Return the values of a kernel's operands behind the inputs: the parameters of the gate."""
    if isinstance(kind, Elementwise) and isinstance(kind.kernel, KernelFamily):
        return []
    return [float(each) for each in _settings(kind)]


def _settings(kind: Kind) -> list[Any]:
    return [getattr(kind, each.name) for each in kind.parameters()]


def _level(key: int, wire: int, groups: list[Group]) -> Level:
    number, inactive = divmod(key, 2)
    start, stop = groups[0].start, groups[-1].stop
    binary = sum(each.stop - each.start for each in groups if each.kernel.arity == 2)
    return Level(number, not inactive, start, stop, wire, binary, groups)
