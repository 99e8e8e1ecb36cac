"""Layers that drop numbers by chance while a network is trained."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
import numpy.typing as npt
from typing_extensions import override

from chainrule.arrays import Array, Shape, format_shape, select
from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.numerics import ZERO
from chainrule.gates.gate import Gate, Pattern
from chainrule.gates.kind import BOOLEAN, INTEGER, NUMBER, Group, parameter


@dataclass(frozen=True)
class RandomDropout(Gate):
    """A gate that drops by chance and scales up what stays, so that the mean stays: inverted.

    What is dropped depends on the seed and the shape alone, so both passes and every run agree
    until the seed changes; it comes from NumPy's PCG64, whose numbers are the same everywhere.
    """

    p: float = parameter(0.5, NUMBER, "The chance of being dropped, from 0 to 1.")
    seed: int = parameter(0, INTEGER, "Which of the random masks it is.")
    training: bool = parameter(True, BOOLEAN, "Whether it drops at all; otherwise f = x.")

    def __post_init__(self) -> None:
        if not 0.0 <= self.p <= 1.0:
            raise ParameterError(
                f"{self.name}: p {self.p:g} is no probability; choose one from 0 to 1"
            )
        if self.seed < 0:
            raise ParameterError(
                f"{self.name}: the seed {self.seed} is negative; choose one from 0"
            )

    @final
    def thinned(self, x: Array, draws: Shape) -> Array:
        """Return `x` scaled up where one of the `draws`, which broadcast, keeps it; 0 elsewhere."""
        if not self.training:
            return x
        scale = 1.0 / (1.0 - self.p) if self.p < 1.0 else 0.0
        return select(self._kept(draws), x * scale, ZERO)

    def _kept(self, draws: Shape) -> npt.NDArray[np.bool_] | np.bool_:
        random = np.random.Generator(np.random.PCG64(self.seed))
        return np.reshape(random.random(math.prod(draws)) >= self.p, draws)[()]


@register
@final
@dataclass(frozen=True)
class Dropout(RandomDropout):
    """f = x / (1 - p) where a number is kept, by chance, and 0 where it is dropped."""

    name = "dropout"
    group = Group.LAYER
    summary = "Drops each number with probability p while training, and scales up the others."
    aliases = ("regularisation by noise", "inverted dropout", "Dropout")
    ports = ("x",)
    pattern = Pattern.ROUTER
    formula = r"\frac{x}{1 - p} \odot \mathrm{mask}"
    derivatives = (r"\frac{1}{1 - p} \cdot \mathrm{mask}",)
    rule = "What was kept gets its gradient, scaled alike; what was dropped gets nothing."
    samples = ((2.0,), (((1.0, -2.0, 0.5), (3.0, 0.25, -1.0)),))
    variants = (
        ({"p": 0.25, "seed": 7}, ((1.0, -2.0, 0.5, 3.0, -0.75, 1.5),)),
        ({"training": False}, ((1.0, -2.0, 0.5),)),
        ({"p": 1.0}, ((1.0, -2.0, 0.5),)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "dropout"

    @override
    def forward(self, x: Array) -> Array:
        return self.thinned(x, x.shape)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (self.thinned(upstream, x.shape),)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return shapes[0]


@register
@final
@dataclass(frozen=True)
class Dropout2d(RandomDropout):
    """f = x / (1 - p) for maps, the last two axes, that are kept by chance, and 0 for the others.

    Neighbours in a map say nearly the same, so that dropping single numbers would hide little.
    """

    name = "dropout2d"
    group = Group.LAYER
    summary = "Drops whole maps of an image with probability p, and scales up the others."
    aliases = ("spatial dropout", "channel dropout", "SpatialDropout")
    ports = ("x",)
    pattern = Pattern.ROUTER
    formula = r"\frac{x}{1 - p} \odot \mathrm{mask}"
    derivatives = (r"\frac{1}{1 - p} \cdot \mathrm{mask}",)
    rule = "Maps that were kept get their gradient, scaled alike; dropped ones get nothing."
    samples = ((((1.0, -2.0), (0.5, 3.0)),), ((((1.0, -2.0),), ((3.0, 0.5),), ((0.25, 4.0),)),))
    variants = (
        ({"p": 0.25, "seed": 7}, ((((1.0, -2.0),), ((3.0, 0.5),), ((0.25, 4.0),)),)),
        ({"training": False}, ((((1.0, -2.0),), ((3.0, 0.5),)),)),
    )

    @property
    @override
    def symbol(self) -> str:
        return "drop maps"

    @override
    def forward(self, x: Array) -> Array:
        return self.thinned(x, self._maps(x.shape))

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (self.thinned(upstream, self._maps(x.shape)),)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        if len(shapes[0]) < 2:
            raise ShapeError(
                f"dropout2d: {format_shape(shapes[0])} has no maps, which are the last two axes; "
                "for single numbers use dropout"
            )
        return shapes[0]

    def _maps(self, shape: Shape) -> Shape:
        return (*shape[:-2], 1, 1)
