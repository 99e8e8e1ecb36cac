"""What the kernels have in common: the types of their functions, and which slopes they compute."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from chainrule.arrays import Array
from chainrule.gates.kernel import Slope, Source

Pair: TypeAlias = tuple[float, float]
Triple: TypeAlias = tuple[float, float, float]
Mask: TypeAlias = npt.NDArray[np.bool_] | np.bool_
Slopes: TypeAlias = tuple[Array | float, ...]

ONE_COMPUTED: Final[tuple[Slope, ...]] = (Source.COMPUTED,)
BOTH_COMPUTED: Final[tuple[Slope, ...]] = (Source.COMPUTED, Source.COMPUTED)
# The second operand is a parameter, which nobody differentiates by.
FIRST_COMPUTED: Final[tuple[Slope, ...]] = (Source.COMPUTED, 0.0)


def into(function: Callable[..., Array]) -> Callable[..., None]:
    """Return what writes the values of `function` into its last argument."""

    def apply(*operands_and_out: Any) -> None:
        *operands, out = operands_and_out
        out[...] = function(*operands)

    return apply


def slope_is(function: Callable[..., Array]) -> Callable[..., Slopes]:
    """Return the `compute` of a kernel whose one slope is a function of the operands alone."""

    def compute(f: Array, *operands: Any) -> Slopes:
        return (function(*operands),)

    return compute
