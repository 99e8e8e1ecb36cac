"""Difference quotients of the output by one number: of a leaf, or of what a wire carries."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, final

import numpy as np

from chainrule.arrays import Array
from chainrule.autodiff.gradient_check.verdicts import Index
from chainrule.autodiff.gradient_check.wires import nothing
from chainrule.autodiff.probe import Probe, Reading
from chainrule.graph.node import NodeId

STEP: Final = 1e-5
TOLERANCE: Final = 1e-6


@final
@dataclass(frozen=True, slots=True)
class CheckSettings:
    """How the numerical gradients that are shown are made; the verdict has steps of its own.

    The step is `step` · max(1, |x|), taken to both sides or to the right only. With `wires`, what
    each wire carries is checked, too.
    """

    step: float = STEP
    two_sided: bool = True
    wires: bool = False

    @property
    def are_usual(self) -> bool:
        """Whether what is shown is that by which the verdict judges."""
        return self.step == STEP and self.two_sided


@final
@dataclass(frozen=True, slots=True)
class Difference:
    """A difference quotient, the rounding noise in it, and the nodes that changed their branch."""

    quotient: float
    noise: float
    kinks: tuple[NodeId, ...]

    @property
    def is_clean(self) -> bool:
        """Whether it is finite and reaches over no kink."""
        return math.isfinite(self.quotient) and math.isfinite(self.noise) and not self.kinks

    def agrees(self, analytic: float) -> bool:
        """Say whether it is the analytic gradient, apart from rounding and a small error."""
        return abs(analytic - self.quotient) <= TOLERANCE * self._size(analytic) + self.noise

    def is_sharp(self, analytic: float) -> bool:
        """Whether the noise is small enough for this quotient to decide anything."""
        return self.noise <= 1e-5 * self._size(analytic)

    def _size(self, analytic: float) -> float:
        return max(1.0, abs(analytic), abs(self.quotient))


@final
@dataclass(frozen=True, slots=True)
class Varied:
    """What the probe varies: a leaf of this `value`, or what is added to it on a wire.

    What is added is 0 before it is varied, and it is the exact difference of two floats, so that a
    wire carries just what a leaf of its value would hold.
    """

    value: Array
    probe: Probe
    seed: Array
    adds: bool = False

    def central(self, index: Index, h: float) -> Difference:
        """Return (f(x + h) − f(x − h)) / 2h, divided by the step that was really taken."""
        above, below = self._moved(index, h), self._moved(index, -h)
        up, down = self._read(index, above), self._read(index, below)
        return self._quotient(up, down, above - below, h)

    def right_sided(self, index: Index, h: float) -> Difference:
        """Return (f(x + h) − f(x)) / h, divided by the step that was really taken."""
        above, here = self._moved(index, h), number_at(self.value, index)
        up, middle = self._read(index, above), self._read(index, here)
        return self._quotient(up, middle, above - here, h)

    def _quotient(self, up: Reading, down: Reading, taken: float, h: float) -> Difference:
        with np.errstate(all="ignore"):
            change = np.sum(self.seed * (up.output - down.output))
            quotient = float(np.float64(change) / np.float64(taken))
            size = float(np.sum(abs(self.seed * up.output)))
        noise = 10.0 * float(np.finfo(np.float64).eps) * size / h
        return Difference(quotient, noise, self.probe.changed(up, down))

    def _moved(self, index: Index, h: float) -> float:
        return number_at(self.value, index) + h

    def _read(self, index: Index, number: float) -> Reading:
        # A copy each time, since values of a reading may be views of it.
        moved = np.array(nothing(self.value.shape) if self.adds else self.value)
        moved[index] = number - number_at(self.value, index) if self.adds else number
        return self.probe.read(moved[()])


def number_at(array: Array, index: Index) -> float:
    """Return one number of an array."""
    return float(np.asarray(array)[index])
