"""The rules by which gradient descent changes weights, each with its source.

All weights of a graph are one vector w, its gradient is g. A rule is a frozen set of settings; what
it remembers from step to step it never changes but returns anew, so that training can be put back
to any point. Where libraries differ, the convention is PyTorch's, to which
every rule is compared.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, fields
from typing import ClassVar, Final, final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Floats
from chainrule.errors import TrainingError


@final
@dataclass(frozen=True, slots=True, eq=False)
class OptimiserMemory:
    """What a rule remembers: how many steps it has made, and vectors as long as the weights."""

    steps: int
    vectors: tuple[Floats, ...]


def setting(default: float, summary: str, least: float = 0.0, below: float | None = None) -> float:
    """Return the field of an optimiser's setting: a number from `least` on, perhaps below another.

    `summary` says in a sentence what it is.
    """
    return field(default=default, metadata={"summary": summary, "least": least, "below": below})


@dataclass(frozen=True)
class Optimiser(ABC):
    """A rule that makes steps from gradients.

    `weight_decay` λ adds λ w to the gradient: the slope of the penalty λ/2 Σ w² on the loss.
    """

    learning_rate: float = setting(0.1, "η: how far a step goes along the gradient.")
    weight_decay: float = setting(0.0, "λ: how strongly weights are pulled towards 0.")

    name: ClassVar[str]
    title: ClassVar[str]
    formula: ClassVar[str]
    """One line of the rule, as people write it without typesetting."""
    source: ClassVar[str]
    vectors: ClassVar[int] = 0
    """How many vectors it remembers."""

    def __post_init__(self) -> None:
        for each in fields(self):
            value, least = getattr(self, each.name), each.metadata.get("least")
            if least is None:
                continue
            below: float | None = each.metadata["below"]
            if not (least <= value < (np.inf if below is None else below)):
                room = f"from {least:g} on" + ("" if below is None else f" and below {below:g}")
                words = each.name.replace("_", " ")
                raise TrainingError(f"the {words} is {value:g}; give it a number {room}")

    @final
    def start(self, size: int) -> OptimiserMemory:
        """Return the memory before the first step, for so many weights."""
        return OptimiserMemory(0, tuple(np.zeros(size) for _ in range(self.vectors)))

    @final
    def step(
        self, weights: Floats, gradient: Floats, memory: OptimiserMemory, factor: float = 1.0
    ) -> tuple[Floats, OptimiserMemory]:
        """Return the weights after a step, and the memory then; `factor` is that of a schedule."""
        rate = self.learning_rate * factor
        if self.weight_decay and not self.decouples:
            gradient = gradient + self.weight_decay * weights
        step, vectors = self.direction(gradient, memory.vectors, memory.steps + 1)
        moved = weights - rate * step
        if self.weight_decay and self.decouples:
            moved -= rate * self.weight_decay * weights
        return moved, OptimiserMemory(memory.steps + 1, vectors)

    @property
    @abstractmethod
    def decouples(self) -> bool:
        """Whether weights decay by themselves, without a part in the gradient."""

    @abstractmethod
    def direction(
        self, gradient: Floats, vectors: tuple[Floats, ...], step: int
    ) -> tuple[Floats, tuple[Floats, ...]]:
        """Return against what to go, and what to remember then; `step` counts from 1."""


@final
@dataclass(frozen=True)
class SGD(Optimiser):
    """Plain gradient descent, on all rows or on batches of them."""

    name = "sgd"
    title = "Gradient descent"
    formula = "w ← w − η g"
    source = "Robbins & Monro 1951, A stochastic approximation method"

    @property
    @override
    def decouples(self) -> bool:
        return False

    @override
    def direction(
        self, gradient: Floats, vectors: tuple[Floats, ...], step: int
    ) -> tuple[Floats, tuple[Floats, ...]]:
        return gradient, vectors


@final
@dataclass(frozen=True)
class Momentum(Optimiser):
    """A heavy ball that rolls down.

    The velocity is of gradients and the learning rate is outside, as in PyTorch; where it is
    inside, v ← μ v − η g, as in the paper, the two differ after a change of the learning rate.
    """

    momentum: float = setting(0.9, "μ: how much of its velocity is kept.", below=1.0)

    name = "momentum"
    title = "Momentum"
    formula = "v ← μ v + g,  w ← w − η v"
    source = "Polyak 1964, Some methods of speeding up the convergence of iteration methods"
    vectors = 1

    @property
    @override
    def decouples(self) -> bool:
        return False

    @override
    def direction(
        self, gradient: Floats, vectors: tuple[Floats, ...], step: int
    ) -> tuple[Floats, tuple[Floats, ...]]:
        velocity = self.momentum * vectors[0] + gradient
        return velocity, (velocity,)


@final
@dataclass(frozen=True)
class Nesterov(Optimiser):
    """Momentum that looks ahead, in the form that needs the gradient at w alone."""

    momentum: float = setting(0.9, "μ: how much of its velocity is kept.", below=1.0)

    name = "nesterov"
    title = "Nesterov momentum"
    formula = "v ← μ v + g,  w ← w − η (g + μ v)"
    source = (
        "Nesterov 1983; Sutskever et al. 2013, On the importance of initialization and momentum"
    )
    vectors = 1

    @property
    @override
    def decouples(self) -> bool:
        return False

    @override
    def direction(
        self, gradient: Floats, vectors: tuple[Floats, ...], step: int
    ) -> tuple[Floats, tuple[Floats, ...]]:
        velocity = self.momentum * vectors[0] + gradient
        return gradient + self.momentum * velocity, (velocity,)


@final
@dataclass(frozen=True)
class RMSProp(Optimiser):
    """Steps divided by the size that gradients have had lately.

    ε stands outside of the root, as in PyTorch; TensorFlow has it inside.
    """

    learning_rate: float = setting(0.01, "η: how far a step goes along the gradient.")
    smoothing: float = setting(0.99, "α: how slowly the mean square forgets.", below=1.0)
    epsilon: float = setting(1e-8, "ε: keeps from dividing by 0.")

    name = "rmsprop"
    title = "RMSProp"
    formula = "s ← α s + (1 − α) g²,  w ← w − η g / (√s + ε)"
    source = "Tieleman & Hinton 2012, Neural networks for machine learning, lecture 6.5"
    vectors = 1

    @property
    @override
    def decouples(self) -> bool:
        return False

    @override
    def direction(
        self, gradient: Floats, vectors: tuple[Floats, ...], step: int
    ) -> tuple[Floats, tuple[Floats, ...]]:
        square = self.smoothing * vectors[0] + (1 - self.smoothing) * gradient**2
        return gradient / (np.sqrt(square) + self.epsilon), (square,)


@final
@dataclass(frozen=True)
class Adam(Optimiser):
    """Momentum and RMSProp in one, both corrected for their start at 0.

    `decoupled` lets weights decay beside the gradient (AdamW, Loshchilov & Hutter 2019). ε is added
    to the corrected root, as in PyTorch and in the paper's algorithm.
    """

    learning_rate: float = setting(0.01, "η: how far a step goes along the gradient.")
    beta1: float = setting(0.9, "β₁: how slowly the mean gradient forgets.", below=1.0)
    beta2: float = setting(0.999, "β₂: how slowly the mean square forgets.", below=1.0)
    epsilon: float = setting(1e-8, "ε: keeps from dividing by 0.")
    decoupled: bool = False

    name = "adam"
    title = "Adam"
    formula = "m ← β₁ m + (1 − β₁) g,  s ← β₂ s + (1 − β₂) g²,  w ← w − η m̂ / (√ŝ + ε)"
    source = "Kingma & Ba 2015, Adam: a method for stochastic optimization"
    vectors = 2

    @property
    @override
    def decouples(self) -> bool:
        return self.decoupled

    @override
    def direction(
        self, gradient: Floats, vectors: tuple[Floats, ...], step: int
    ) -> tuple[Floats, tuple[Floats, ...]]:
        mean = self.beta1 * vectors[0] + (1 - self.beta1) * gradient
        square = self.beta2 * vectors[1] + (1 - self.beta2) * gradient**2
        corrected = mean / (1 - self.beta1**step)
        root = np.sqrt(square / (1 - self.beta2**step))
        return corrected / (root + self.epsilon), (mean, square)


OPTIMISERS: Final[tuple[type[Optimiser], ...]] = (SGD, Momentum, Nesterov, RMSProp, Adam)
"""All rules in the order in which they are taught."""
