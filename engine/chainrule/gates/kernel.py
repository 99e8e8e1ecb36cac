"""An elementwise gate as the passes run it: on stacks of numbers at once, or on one in a loop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias, final

import numpy as np

from chainrule.arrays import Array


class Source(Enum):
    """Where a local gradient is found that need not be computed, and COMPUTED for all others."""

    FIRST = 0
    SECOND = 1
    OUTPUT = 2
    COMPUTED = 3


Slope: TypeAlias = float | Source


@final
@dataclass(frozen=True, eq=False)
class Kernel:
    """A function of one or two operands with its local gradients, its slopes.

    The operands are the gate's inputs and then its parameters, so that `mul_constant` is a product
    whose second operand never changes; variadic gates are folded from the left. A gate whose
    parameters can't be operands has a `KernelFamily` instead. A downstream
    gradient is the slope times the upstream gradient. Where the kernel `routes`, a slope of 0
    blocks: nothing comes through, not even an infinity.

    - `apply(*operands, out)` writes the values of a stack into `out`, as NumPy's functions do.
    - `slopes` says for each operand what its slope is.
    - `compute(output, *operands)` returns a stack for each slope that is COMPUTED, in their order.
    - `at(*operands)` takes plain floats and returns the value and all slopes. It may raise an
      ArithmeticError or ValueError where `apply` gives an infinity or nan; then `apply` is asked.

    A level runs its kernels in the order of their names. Gates are stacked if they share the
    kernel itself; one of the same name is another.
    """

    name: str
    apply: Callable[..., Any]
    slopes: tuple[Slope, ...]
    at: Callable[..., tuple[float, ...]]
    compute: Callable[..., tuple[Any, ...]] | None = None
    routes: bool = False

    @property
    def arity(self) -> int:
        """The number of operands."""
        return len(self.slopes)

    def carefully_at(self, *operands: float) -> tuple[float, ...]:
        """Return what `at` should have, in the arithmetic of NumPy, which knows no exceptions."""
        stacks = [np.array([each]) for each in operands]
        output = np.empty(1)
        with np.errstate(all="ignore"):
            self.apply(*stacks, output)
            slopes = self.slopes_of(output, *stacks)
        return (float(output[0]), *(float(np.ravel(each)[0]) for each in slopes))

    def safely_at(self, *operands: float) -> tuple[float, ...]:
        """Return what `at` returns, and where it raises what it should have."""
        try:
            return self.at(*operands)
        except (ArithmeticError, ValueError):
            return self.carefully_at(*operands)

    def slopes_of(self, output: Array, *operands: Array) -> list[Any]:
        """Return the slope of each operand: a stack like `output`, or one number for all."""
        computed = iter(() if self.compute is None else self.compute(output, *operands))
        found: list[Any] = []
        for slope in self.slopes:
            if slope is Source.COMPUTED:
                found.append(next(computed))
            elif isinstance(slope, Source):
                found.append(output if slope is Source.OUTPUT else operands[slope.value])
            else:
                found.append(slope)
        return found


@final
@dataclass(frozen=True, eq=False)
class KernelFamily:
    """The kernels of a gate whose parameters can't be operands: too many, or words.

    `make` takes the parameters in their order and returns the kernel of the inputs alone. It
    remembers what it made, since gates are stacked if they share the kernel itself; the names of
    two kernels differ if the kernels do.
    """

    make: Callable[..., Kernel]


def _pass_on(x: float) -> tuple[float, float]:
    return x, 1.0


PASS_ON = Kernel("pass_on", np.positive, (1.0,), _pass_on)
