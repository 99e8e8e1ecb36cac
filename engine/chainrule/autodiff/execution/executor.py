"""What runs a plan: for a few gates a loop over plain floats, for the rest stages over arrays."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from functools import partial

import numpy as np

from chainrule.arrays import Array, Floats
from chainrule.autodiff.planning.flat import Numbers
from chainrule.autodiff.planning.plan import Flags


class Executor(ABC):
    """Runs both passes of one plan, with the values of leaves that it is given.

    It computes what the plan says can be computed; elsewhere it has no numbers. Arrays that it
    hands out stay good until it runs again.
    """

    @abstractmethod
    def forward(self) -> Mapping[int, str]:
        """Compute all values; return a sentence for each row whose gate failed."""

    @abstractmethod
    def forward_from(self, concerned: Callable[[], Flags]) -> Callable[[], Mapping[int, str]]:
        """Return what does as `forward` for the slots that `concerned` returns.

        Other gates may keep their values; where all are as quickly run, it is not even called.
        """

    @abstractmethod
    def backward(self, seed: Array) -> Mapping[int, str]:
        """Compute all gradients from that of the output; return sentences as `forward`."""

    @abstractmethod
    def set_value(self, slot: int, value: Array) -> None:
        """Give a leaf a value, of the shape that it had when the plan was compiled."""

    @abstractmethod
    def value(self, slot: int) -> Array | None:
        """Return the value at a slot."""

    @abstractmethod
    def gradient(self, slot: int) -> Array | None:
        """Return the gradient at a slot; None if none has reached it."""

    @abstractmethod
    def downstream(self, wire: int) -> Array | None:
        """Return what flows back along a flat wire; None if nothing does."""

    @abstractmethod
    def feeder(self, slots: Numbers) -> Callable[[Floats], None]:
        """Return what gives these leaves, all of them single numbers, new values."""

    @abstractmethod
    def numbers(self, slots: Numbers) -> Floats:
        """Return the values of many slots that are single numbers."""

    @abstractmethod
    def number_gradients(self, slots: Numbers) -> Floats:
        """Return the gradients of many slots that are single numbers; 0 where none has come."""

    @abstractmethod
    def number_downstream(self, wires: Numbers) -> Floats:
        """Return what flows back along many wires of single numbers; 0 where nothing does."""

    @abstractmethod
    def arrays(self) -> Iterable[Array]:
        """Yield all numbers, in arrays of any shape."""


def feeder_into(values: Floats, places: Numbers) -> Callable[[Floats], None]:
    """Return what writes numbers to `places` of `values`: as one stretch where they are one."""
    if len(places) and (np.diff(places) == 1).all():
        return partial(np.copyto, values[places[0] : places[-1] + 1])

    def feed(given: Floats) -> None:
        values[places] = given

    return feed
