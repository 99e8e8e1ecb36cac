"""What an element formula is of: a gate with its numbers, a port, and names to write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

import numpy as np

from chainrule.arrays import Shape
from chainrule.autodiff.jacobian.formulas.text import Formula, Places, because, element
from chainrule.autodiff.jacobian.path import Step
from chainrule.gates.gate import Gate

# The lecture counts from 1: ∂y₃/∂x₇ is that of the third number by the seventh.
LECTURE: Final = 1


@final
@dataclass(frozen=True, slots=True)
class ElementFormula:
    """A gate's `element`, such as yᵢ = Σⱼ Wᵢⱼ xⱼ, and its `derivative` by one input."""

    element: Formula
    derivative: Formula


@final
@dataclass(frozen=True, slots=True)
class Subject:
    """What formulas are of: a gate with its numbers, one of its ports, and names to write.

    `names` has the output's name and then one for each input. Indices count from `origin`: 1 as in
    the lecture's handout, or 0 as in NumPy.
    """

    step: Step
    port: int
    names: tuple[str, ...]
    origin: int = LECTURE

    @property
    def gate(self) -> Gate:
        """The gate."""
        return self.step.gate

    @property
    def shapes(self) -> list[Shape]:
        """The shapes of the inputs."""
        return [each.shape for each in self.step.inputs]

    def out(self, places: Places) -> Formula:
        """Write an element of the output."""
        return element(self.names[0], places)

    def into(self, port: int, places: Places) -> Formula:
        """Write an element of an input."""
        return element(self.names[port + 1], places)

    def counted(self, number: int, shape: Shape) -> tuple[int, ...]:
        """Return the indices of a number that counts flat, as they are written."""
        return indices(number, shape, self.origin)


def indices(number: int, shape: Shape, origin: int) -> tuple[int, ...]:
    """Return the indices of a number that counts flat from 0, each from `origin`."""
    return tuple(int(each) + origin for each in np.unravel_index(number, shape)) if shape else ()


def nothing(one: int, other: int) -> Formula:
    """Write that a derivative is 0 because two indices differ."""
    differ = Formula(rf"{one} \neq {other}", f"{one} ≠ {other}")
    return because(Formula("0", "0"), differ)
