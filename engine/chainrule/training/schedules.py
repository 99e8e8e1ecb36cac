"""How the learning rate changes while training goes on: a factor for each step."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Final, final

from typing_extensions import override

from chainrule.errors import TrainingError


@dataclass(frozen=True)
class Schedule(ABC):
    """The factor of the learning rate at every step; steps count from 0.

    In the first `warm_up` steps it rises linearly: 1/n, 2/n, …, 1 of what it is otherwise
    (Goyal et al. 2017).
    """

    warm_up: int = 0

    name: ClassVar[str]
    title: ClassVar[str]
    formula: ClassVar[str]

    def __post_init__(self) -> None:
        if self.warm_up < 0:
            raise TrainingError(f"the warm-up lasts {self.warm_up} steps; give it 0 or more")

    @final
    def factor(self, step: int) -> float:
        """Return by what the learning rate is multiplied at a step."""
        ramp = (step + 1) / self.warm_up if step < self.warm_up else 1.0
        return ramp * self.decay(step)

    @abstractmethod
    def decay(self, step: int) -> float:
        """Return the factor without a warm-up."""


@final
@dataclass(frozen=True)
class ConstantRate(Schedule):
    """The same learning rate throughout."""

    name = "constant"
    title = "Constant"
    formula = "η"

    @override
    def decay(self, step: int) -> float:
        return 1.0


@final
@dataclass(frozen=True)
class StepDecay(Schedule):
    """A fall by a factor after every so many steps."""

    every: int = 100
    gamma: float = 0.5

    name = "step"
    title = "In steps"
    formula = "η γ^⌊t / k⌋"

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_steps(self.every)
        _check_gamma(self.gamma)

    @override
    def decay(self, step: int) -> float:
        return self.gamma ** (step // self.every)


@final
@dataclass(frozen=True)
class ExponentialDecay(Schedule):
    """A fall by the same factor at every step."""

    gamma: float = 0.99

    name = "exponential"
    title = "Exponential"
    formula = "η γ^t"

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_gamma(self.gamma)

    @override
    def decay(self, step: int) -> float:
        return self.gamma**step


@final
@dataclass(frozen=True)
class LinearDecay(Schedule):
    """A straight way down to a share of the learning rate, which then stays."""

    steps: int = 100
    end: float = 0.1

    name = "linear"
    title = "Linear"
    formula = "η (1 − (1 − e) t / T)"

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_steps(self.steps)
        _check_end(self.end)

    @override
    def decay(self, step: int) -> float:
        return 1.0 - (1.0 - self.end) * min(step / self.steps, 1.0)


@final
@dataclass(frozen=True)
class CosineDecay(Schedule):
    """Half a wave of the cosine down to a share of the learning rate, which then stays.

    Loshchilov & Hutter 2017, SGDR, without restarts.
    """

    steps: int = 100
    end: float = 0.0

    name = "cosine"
    title = "Cosine"
    formula = "η (e + (1 − e) (1 + cos(π t / T)) / 2)"

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_steps(self.steps)
        _check_end(self.end)

    @override
    def decay(self, step: int) -> float:
        share = min(step / self.steps, 1.0)
        return self.end + (1.0 - self.end) * (1.0 + math.cos(math.pi * share)) / 2


SCHEDULES: Final[tuple[type[Schedule], ...]] = (
    ConstantRate,
    StepDecay,
    ExponentialDecay,
    LinearDecay,
    CosineDecay,
)
"""All schedules, the simplest first."""


def _check_steps(steps: int) -> None:
    if steps < 1:
        raise TrainingError(f"a schedule of {steps} steps has no end; give it 1 or more")


def _check_gamma(gamma: float) -> None:
    if not 0 < gamma <= 1:
        raise TrainingError(f"the factor γ of a schedule is {gamma:g}; give it one from 0 to 1")


def _check_end(end: float) -> None:
    if not 0 <= end <= 1:
        raise TrainingError(f"the share at the end is {end:g}; give it one from 0 to 1")
