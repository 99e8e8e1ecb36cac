"""The executor of single numbers as one compiled loop each way: the extra `fast`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final, TypeAlias, final

import numpy as np
import numpy.typing as npt
from typing_extensions import override

from chainrule.arrays import Array, Floats
from chainrule.autodiff.execution.executor import Executor, feeder_into
from chainrule.autodiff.execution.machine.opcodes import Loops, opcode_of
from chainrule.autodiff.execution.numbering import NOWHERE, Level, Numbering, kernel_of
from chainrule.autodiff.planning.flat import Numbers
from chainrule.autodiff.planning.plan import Flags, Plan
from chainrule.gates.gate import Gate

Places: TypeAlias = npt.NDArray[np.uint32]

# With fewer gates the loop over floats is quicker than what it costs to call compiled code.
FEWEST: Final = 4

_NO_FAILURES: Final[Mapping[int, str]] = {}


def gates_to_compile(plan: Plan) -> int:
    """Return how many gates the compiled loops would run; 0 if they can't run this plan."""
    gates = [kind for kind in plan.flat.kinds if isinstance(kind, Gate)]
    kernels = map(kernel_of, gates)
    known = all(kernel is not None and opcode_of(kernel) is not None for kernel in kernels)
    size = plan.flat.size - len(plan.flat.leaves)
    return size if known and size >= FEWEST and plan.shapes.table == [None, ()] else 0


@final
class CompiledExecutor(Executor):
    """Keeps values and gradients by place, and two downstream gradients for each gate.

    Behind those of the last gate stand two that stay 0, for wires along which nothing flows.
    """

    def __init__(self, loops: Loops, numbering: Numbering, top: int) -> None:
        self._places = numbering.places
        self._top = int(self._places[top]) if top >= 0 else NOWHERE
        count = numbering.count - numbering.first
        groups = _groups(numbering.first, numbering.levels)
        active = [level for level in reversed(numbering.levels) if level.active]
        sources, entries = _wiring(numbering)
        # One more behind the last: NOWHERE finds it.
        self._entries = np.append(entries, 2 * count)[numbering.wires]
        values, gradients = np.zeros(numbering.count), np.zeros(numbering.count)
        values[numbering.given : numbering.first] = numbering.constants
        slopes, downstream = np.zeros((count, 2)), np.zeros((count + 1, 2))
        outputs, upstream = values[numbering.first :], gradients[numbering.first :]
        self._values, self._gradients, self._downstream = values, gradients, downstream
        self._forward = partial(loops.forward, groups, sources, values, outputs, slopes)
        self._backward = partial(
            loops.backward,
            _groups(numbering.first, active),
            sources,
            values,
            slopes,
            gradients,
            upstream,
            downstream,
        )

    @override
    def forward(self) -> Mapping[int, str]:
        self._forward()
        return _NO_FAILURES

    @override
    def forward_from(self, concerned: Callable[[], Flags]) -> Callable[[], Mapping[int, str]]:
        return self.forward

    @override
    def backward(self, seed: Array) -> Mapping[int, str]:
        self._gradients.fill(0.0)
        self._gradients[self._top] = seed
        self._backward()
        return _NO_FAILURES

    @override
    def set_value(self, slot: int, value: Array) -> None:
        self._values[self._places[slot]] = value

    @override
    def value(self, slot: int) -> Array | None:
        place = int(self._places[slot])
        return None if place == NOWHERE else self._values[place]

    @override
    def gradient(self, slot: int) -> Array | None:
        place = int(self._places[slot])
        return None if place == NOWHERE else self._gradients[place]

    @override
    def downstream(self, wire: int) -> Array | None:
        return self._downstream.ravel()[self._entries[wire]]

    @override
    def feeder(self, slots: Numbers) -> Callable[[Floats], None]:
        return feeder_into(self._values, self._places[slots])

    @override
    def numbers(self, slots: Numbers) -> Floats:
        return self._values[self._places[slots]]

    @override
    def number_gradients(self, slots: Numbers) -> Floats:
        return self._gradients[self._places[slots]]

    @override
    def number_downstream(self, wires: Numbers) -> Floats:
        return self._downstream.ravel()[self._entries[wires]]

    @override
    def arrays(self) -> Iterable[Array]:
        return (self._values, self._gradients, self._downstream)


def _groups(first: int, levels: Iterable[Level]) -> Places:
    """Return the opcode, start and stop of each group, in gates, whose first place is `first`."""
    groups = [group for level in levels for group in level.groups]
    rows = [(opcode_of(each.kernel), each.start - first, each.stop - first) for each in groups]
    return np.array(rows, np.uint32).reshape(-1, 3)


def _wiring(numbering: Numbering) -> tuple[Places, Numbers]:
    """Return the two sources of each gate, and the entry of each wire.

    Entries count downstream gradients, two a gate.
    """
    levels = numbering.levels
    widths = np.array([level.width for level in levels], np.int64)
    gates = np.arange(numbering.count - numbering.first)
    offsets = [level.wire + numbering.first - level.start for level in levels]
    firsts = gates + np.repeat(np.array(offsets, np.int64), widths)
    # In each level, those gates that have a second wire come first.
    starts = np.array([level.start - numbering.first for level in levels], np.int64)
    numbers_of_binary = np.array([level.binary for level in levels], np.int64)
    binary = gates[gates - np.repeat(starts, widths) < np.repeat(numbers_of_binary, widths)]
    seconds = (firsts + np.repeat(widths, widths))[binary]
    sources = np.zeros((len(gates), 2), np.uint32)
    sources[:, 0] = numbering.sources[firsts]
    sources[binary, 1] = numbering.sources[seconds]
    entries = np.empty(len(numbering.sources), np.int64)
    entries[firsts], entries[seconds] = 2 * gates, 2 * binary + 1
    return sources, entries
