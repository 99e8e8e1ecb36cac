"""The largest and the smallest number along axes, which take the whole gradient."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any, final

import numpy as np
import numpy.typing as npt
from typing_extensions import override

from chainrule.arrays import Array
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.numerics import values_of
from chainrule.gates.foundations.reducing import Reduction
from chainrule.gates.gate import Pattern, Piecewise
from chainrule.gates.kind import Group


@dataclass(frozen=True)
class Extreme(Reduction, Piecewise):
    """A gate that chooses one number of many along axes."""

    of_nothing = False

    @abstractmethod
    def places(self, lines: Array) -> npt.NDArray[np.intp]:
        """Return for each line of numbers the place of the chosen one, the first at a tie."""

    @final
    @override
    def forward(self, *inputs: Any) -> Array:
        (x,) = inputs
        chosen = np.take_along_axis(self.lines(x), self._winners(x), axis=-1)
        return np.reshape(chosen, self.infer_shape(x.shape))[()]

    @final
    @override
    def backward(self, upstream: Array, output: Array, *inputs: Any) -> tuple[Array, ...]:
        (x,) = inputs
        winners = self._winners(x)
        gradient = np.zeros_like(upstream, shape=self.lines(x).shape)
        np.put_along_axis(gradient, winners, np.reshape(upstream, winners.shape), axis=-1)
        return (self.unlined(gradient, x),)

    @final
    @override
    def branch(self, *inputs: Any) -> Array:
        (x,) = inputs
        return np.reshape(self._winners(x).astype(np.float64), self.infer_shape(x.shape))[()]

    def _winners(self, x: Array) -> npt.NDArray[np.intp]:
        """Return the places of the chosen numbers, as an axis of size 1 behind those that stay."""
        return np.expand_dims(self.places(values_of(self.lines(x))), -1)


@register
@final
@dataclass(frozen=True)
class AMax(Extreme):
    """f = max x along axes; the first nan if there is one, as in np.max.

    At a tie the first number in row-major order takes the whole gradient, as the first port of
    `max` does and as PyTorch's max along one axis; its amax splits it evenly among the winners.
    """

    name = "amax"
    group = Group.REDUCTION
    summary = "The largest of an array's numbers along its axes."
    aliases = ("maximum along an axis", "reduce max", "Max")
    ports = ("x",)
    pattern = Pattern.ROUTER
    formula = r"\max_{i} x_{i}"
    derivatives = (r"\mathbf{1}[x_{i} = f]",)
    rule = "The whole gradient goes to the largest number; at a tie, to the first of them."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0), (0.0, -1.0)),), (2.0,))
    variants = (
        ({"axis": [0, 2]}, ((((1.0, 2.0), (0.0, 3.0)), ((0.5, -1.0), (2.5, 0.25))),)),
        ({"axis": 1, "keepdims": True}, (((1.0, 2.0, -3.0), (0.5, 1.5, 2.0)),)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "amax"

    @override
    def places(self, lines: Array) -> npt.NDArray[np.intp]:
        return np.argmax(lines, axis=-1)


@register
@final
@dataclass(frozen=True)
class AMin(Extreme):
    """f = min x along axes; the first nan if there is one, as in np.min.

    At a tie the first number in row-major order takes the whole gradient, as in `amax`.
    """

    name = "amin"
    group = Group.REDUCTION
    summary = "The smallest of an array's numbers along its axes."
    aliases = ("minimum along an axis", "reduce min", "Min")
    ports = ("x",)
    pattern = Pattern.ROUTER
    formula = r"\min_{i} x_{i}"
    derivatives = (r"\mathbf{1}[x_{i} = f]",)
    rule = "The whole gradient goes to the smallest number; at a tie, to the first of them."
    samples = (((1.0, -2.0, 0.5),), (((3.0, 1.0), (0.0, -1.0)),), (2.0,))
    variants = (
        ({"axis": [0, 2]}, ((((1.0, 2.0), (0.0, 3.0)), ((0.5, -1.0), (2.5, 0.25))),)),
        ({"axis": 1, "keepdims": True}, (((1.0, 2.0, -3.0), (0.5, 1.5, 2.0)),)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "amin"

    @override
    def places(self, lines: Array) -> npt.NDArray[np.intp]:
        return np.argmin(lines, axis=-1)
