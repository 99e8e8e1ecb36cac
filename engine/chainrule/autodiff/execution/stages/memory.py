"""Where the numbers of every slot are: in a bank with others, or in an array of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import final

import numpy as np

from chainrule.arrays import Array, Floats
from chainrule.autodiff.execution.stages.bank import Bank


@final
class Memory:
    """Values and gradients by slot, downstream gradients by flat wire.

    What is in no bank has an array of its own. The gradients of data, which training does not
    need, are computed from the current values when they are read.
    """

    def __init__(self, banks: Sequence[Bank]) -> None:
        self._banks = banks
        self._values: dict[int, Array] = {}
        self._gradients: dict[int, Array] = {}
        self._downstream: dict[int, Array] = {}
        self._totals: dict[int, Floats] = {}
        self._delayed: dict[int, Callable[[], Array | None]] = {}
        self._gathered: dict[int, list[int]] = {}

    def value(self, slot: int) -> Array | None:
        """Return the value at `slot`, None if there is none."""
        for bank in self._banks:
            place = bank.numbering.places[slot]
            if place >= 0:
                return bank.numbers[place]
        return self._values.get(slot)

    def set_value(self, slot: int, value: Array) -> None:
        """Give `slot` a value."""
        for bank in self._banks:
            place = bank.numbering.places[slot]
            if place >= 0:
                bank.numbers[place] = value
                return
        self._values[slot] = value

    def gradient(self, slot: int) -> Array | None:
        """Return the gradient at `slot`, None if nothing has reached it."""
        for bank in self._banks:
            place = bank.numbering.places[slot]
            if place >= 0:
                return bank.gradient(int(place))
        if slot in self._gathered:
            with np.errstate(all="ignore"):
                return _sum(self.downstream(wire) for wire in self._gathered[slot])
        return self._gradients.get(slot)

    def downstream(self, wire: int) -> Array | None:
        """Return the gradient that flows back along a flat wire, None if none does."""
        for bank in self._banks:
            number = bank.numbering.wires[wire]
            if number >= 0:
                return bank.downstream[number]
        if wire not in self._downstream and wire in self._delayed:
            with np.errstate(all="ignore"):
                found = self._delayed[wire]()
            if found is not None:
                self._downstream[wire] = found
        return self._downstream.get(wire)

    def clear(self) -> None:
        """Forget all gradients."""
        for bank in self._banks:
            bank.clear()
        self._gradients.clear()
        self._downstream.clear()

    def add_gradient(self, slot: int, gradient: Array, readers: int) -> None:
        """Add to the gradient of a slot that so many wires read; one shares its wire's array."""
        if slot in self._gathered:
            return
        for bank in self._banks:
            place = bank.numbering.places[slot]
            if place >= 0:
                bank.gradients[place] += gradient
                return
        total = self._gradients.get(slot)
        if total is None and readers > 1:
            self._gradients[slot] = self._total(slot, gradient)
        elif total is None:
            self._gradients[slot] = gradient
        else:
            self._gradients[slot] = np.add(total, gradient, self._total(slot, total))

    def set_downstream(self, wire: int, gradient: Array) -> None:
        """Record what flows back along a wire."""
        self._downstream[wire] = gradient

    def gather(self, source: int, wire: int) -> None:
        """Let the gradient of a leaf be summed, from this wire and others, when it is read."""
        self._gathered.setdefault(source, []).append(wire)

    def delay(self, wire: int, compute: Callable[[], Array | None]) -> None:
        """Compute the downstream gradient of a wire into a gathered leaf when it is read."""
        self._delayed[wire] = compute

    def _total(self, slot: int, first: Array) -> Floats:
        """Return the array in which the sum at `slot` is formed; it starts as a copy of `first`."""
        total = self._totals.get(slot)
        if total is None:
            total = self._totals[slot] = np.array(first)
        elif total is not first:
            np.copyto(total, first)
        return total

    def arrays(self) -> Iterable[Array]:
        """Yield all numbers, also those that are computed when they are read."""
        for bank in self._banks:
            yield from (bank.values, bank.gradients, bank.downstream)
        gathered = [self.gradient(slot) for slot in self._gathered]
        yield from (each for each in gathered if each is not None)
        for own in (self._values, self._gradients, self._downstream):
            yield from own.values()


def _sum(gradients: Iterable[Array | None]) -> Array | None:
    total: Array | None = None
    for each in gradients:
        if each is not None:
            total = each if total is None else total + each
    return total
