"""The Newton direction, and what the Hessian says about where it leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import final

import numpy as np

from chainrule.arrays import Array, Floats
from chainrule.errors import RunError
from chainrule.graph.node import NodeId


@final
@dataclass(frozen=True, slots=True)
class NewtonDirection:
    """The step d with H d = −g, by leaf, to where the quadratic model of the output is level.

    `slope` is g · d, how fast the output changes along it: negative where it leads downhill.
    `negative`, `zero` and `positive` count the Hessian's eigenvalues, and `says` what follows.
    """

    steps: Mapping[NodeId, Array]
    slope: float
    negative: int
    zero: int
    positive: int

    @property
    def says(self) -> str:
        """A sentence on the Hessian and the direction."""
        count = self.negative + self.zero + self.positive
        if self.zero:
            return (
                f"The Hessian is singular: {self.zero} of {count} eigenvalues vanish; of all steps "
                "that come nearest to solving the equations this is the shortest."
            )
        if self.negative and self.positive:
            return (
                f"The Hessian is indefinite: {self.negative} of {count} eigenvalues are negative; "
                "the step leads towards a saddle point and need not go downhill."
            )
        if self.negative:
            return "The Hessian is negative definite: the step leads uphill, towards a maximum."
        return "The Hessian is positive definite: the step leads downhill, towards a minimum."


def solve_newton(
    matrix: Floats, gradient: Floats, split: Callable[[Floats], Mapping[NodeId, Array]]
) -> NewtonDirection:
    """Solve H d = −g by the eigenvalues of H; `split` cuts d into the arrays of the leaves.

    An eigenvalue counts as 0 where it is lost in the rounding of the largest; along its direction d
    does not go. Raises RunError where H or g is not finite.
    """
    if not (np.isfinite(matrix).all() and np.isfinite(gradient).all()):
        raise RunError(
            "the gradient or the Hessian is not finite here, so there is no Newton direction; "
            "change the values"
        )
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2.0)
    largest = float(np.abs(values).max(initial=0.0))
    vanish = np.abs(values) <= len(values) * np.finfo(np.float64).eps * largest
    along = vectors.T @ gradient
    step = -(vectors @ np.where(vanish, 0.0, along / np.where(vanish, 1.0, values)))
    return NewtonDirection(
        split(step),
        float(gradient @ step),
        int(np.count_nonzero((values < 0.0) & ~vanish)),
        int(np.count_nonzero(vanish)),
        int(np.count_nonzero((values > 0.0) & ~vanish)),
    )
