"""The executor of single numbers in a small graph, or in a long and narrow one: one loop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import isfinite
from typing import Final, final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Floats
from chainrule.autodiff.execution.executor import Executor
from chainrule.autodiff.execution.loop import Loop
from chainrule.autodiff.execution.numbering import NOWHERE, Numbering
from chainrule.autodiff.planning.flat import Numbers, as_list
from chainrule.autodiff.planning.plan import Flags

_NO_FAILURES: Final[Mapping[int, str]] = {}


@final
class LoopExecutor(Executor):
    """Keeps the numbers in lists by place; the downstream gradients as the loop meets the wires."""

    def __init__(self, numbering: Numbering, top: int) -> None:
        self._places, self._wires = numbering.places, numbering.wires
        self._top = int(self._places[top]) if top >= 0 else NOWHERE
        self._loop = Loop(numbering, numbering.levels, np.arange(numbering.first))
        self._count_given = numbering.given
        self._given = [0.0] * numbering.given + numbering.constants
        self._values = self._given
        self._slopes: list[float] = []
        self._gradients = [0.0] * numbering.count
        self._downstream: list[float] = []
        # The last entry is that of wires which have no number.
        self._entries = np.full(len(numbering.sources) + 1, NOWHERE, np.int64)
        self._entries[self._loop.wires] = np.arange(len(self._loop.wires))

    @override
    def forward(self) -> Mapping[int, str]:
        self._values = self._given.copy()
        self._slopes = self._loop.forward(self._values)
        return _NO_FAILURES

    @override
    def forward_from(self, concerned: Callable[[], Flags]) -> Callable[[], Mapping[int, str]]:
        return self.forward

    @override
    def backward(self, seed: Array) -> Mapping[int, str]:
        gradients = self._seeded(seed)
        self._downstream = self._loop.backward(self._slopes, gradients)
        if self._loop.blocks and not self._finite(gradients):
            gradients = self._seeded(seed)
            self._downstream = self._loop.backward_blocking(self._slopes, gradients)
        self._gradients = gradients
        return _NO_FAILURES

    @override
    def set_value(self, slot: int, value: Array) -> None:
        place = self._places[slot]
        self._given[place] = self._values[place] = float(value)

    @override
    def value(self, slot: int) -> Array | None:
        place = int(self._places[slot])
        return None if place == NOWHERE else np.float64(self._values[place])

    @override
    def gradient(self, slot: int) -> Array | None:
        place = int(self._places[slot])
        return None if place == NOWHERE else np.float64(self._gradients[place])

    @override
    def downstream(self, wire: int) -> Array | None:
        number = self._wires[wire]
        if number == NOWHERE or not self._downstream:
            return None
        entry = self._entries[number]
        return None if entry == NOWHERE else np.float64(self._downstream[entry])

    @override
    def feeder(self, slots: Numbers) -> Callable[[Floats], None]:
        given, places = self._given, as_list(self._places[slots])
        if places == list(range(len(places))):
            count = len(places)

            def feed(numbers: Floats) -> None:
                given[:count] = numbers.tolist()
        else:

            def feed(numbers: Floats) -> None:
                for place, number in zip(places, numbers.tolist(), strict=True):
                    given[place] = number

        return feed

    @override
    def numbers(self, slots: Numbers) -> Floats:
        return np.array(self._values)[self._places[slots]]

    @override
    def number_gradients(self, slots: Numbers) -> Floats:
        return np.array(self._gradients)[self._places[slots]]

    @override
    def number_downstream(self, wires: Numbers) -> Floats:
        entries = self._entries[self._wires[wires]]
        # What no gradient flows through has no entry: it finds the 0 at the end.
        return np.array([*self._downstream, 0.0])[entries]

    @override
    def arrays(self) -> Iterable[Array]:
        return (np.array(self._values), np.array(self._gradients), np.array(self._downstream))

    def _finite(self, gradients: list[float]) -> bool:
        """Say whether no gradient is infinite or nan; such ones end in the given places."""
        given = gradients[: self._count_given]
        # Of finite numbers, too, the sum may be infinite.
        return isfinite(sum(given)) or all(map(isfinite, given))

    def _seeded(self, seed: Array) -> list[float]:
        gradients = [0.0] * len(self._values)
        gradients[self._top] = float(seed)
        return gradients
