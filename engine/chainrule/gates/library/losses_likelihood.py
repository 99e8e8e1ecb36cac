"""Losses that are negative log-likelihoods of numbers under a distribution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, select
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.losses import PointwiseLoss
from chainrule.gates.foundations.numerics import ONE, ZERO
from chainrule.gates.gate import Pattern, Piecewise
from chainrule.gates.kind import BOOLEAN, NUMBER, Group, parameter

HALF = np.float64(0.5)
LOG_TWO_PI = np.log(np.float64(2.0 * np.pi))

PREDICTED = ((0.5, -1.0, 3.0), (2.0, 0.25, -0.75))
WANTED = ((0.0, -1.5, 1.0), (2.25, 1.0, -0.5))
COUNTED = ((0.0, 1.0, 4.0), (2.0, 5.0, 3.0))


@register
@final
@dataclass(frozen=True)
class PoissonNllLoss(PointwiseLoss, Piecewise):
    """f = eˣ - target x for a logarithm x of a rate, or x - target log(x + eps) for a rate x.

    `full` adds what depends on the target alone, log target!, as PyTorch does: by Stirling's
    formula above 1, and as 0 up to there.
    """

    log_input: bool = parameter(True, BOOLEAN, "Whether x is the logarithm of the rate.")
    eps: float = parameter(1e-8, NUMBER, "What is added to a rate before its logarithm is taken.")
    full: bool = parameter(False, BOOLEAN, "Whether the term of the target alone is added.")

    name = "poisson_nll_loss"
    group = Group.LOSS
    summary = "The negative log-likelihood of counts under a Poisson distribution."
    aliases = ("Poisson regression", "count loss")
    ports = ("x", "target")
    pattern = Pattern.SCALER
    formula = r"e^{x} - \mathrm{target} \, x"
    derivatives = (r"e^{x} - \mathrm{target}", "-x")
    rule = "The gradient is the expected count minus the one that was counted."
    samples = ((0.5, 2.0), (PREDICTED, COUNTED))
    variants = (
        ({"reduction": "sum"}, (PREDICTED, COUNTED)),
        ({"reduction": "none", "log_input": False, "eps": 0.1}, (COUNTED, COUNTED)),
        ({"full": True}, (PREDICTED, ((0.0, 0.5, 4.0), (2.0, 5.0, 1.5)))),
    )

    @property
    @override
    def symbol(self) -> str:
        return "Poisson"

    @override
    def losses(self, x: Array, target: Array) -> Array:
        factorial = _log_factorial(target) if self.full else ZERO
        if self.log_input:
            return np.exp(x) - target * x + factorial
        return x - target * np.log(x + self.eps) + factorial

    @override
    def slopes(self, x: Array, target: Array) -> tuple[Array, ...]:
        growth = ZERO
        if self.full:
            above = select(target > 1, target, ONE)
            growth = select(target > 1, np.log(above) + HALF / above, ZERO)
        if self.log_input:
            return np.exp(x) - target, growth - x
        return ONE - target / (x + self.eps), growth - np.log(x + self.eps)

    @override
    def branch(self, x: Array, target: Array) -> Array:
        # Without the factorial there is no kink.
        return select((target > 1) & self.full, ONE, ZERO)


@register
@final
@dataclass(frozen=True)
class GaussianNllLoss(PointwiseLoss):
    """f = (log v + (x - target)² / v) / 2 with the variance v, at least eps.

    `full` adds the constant log 2π / 2. Below eps the gradient is that of eps itself and not 0, as
    in PyTorch, so that a variance may recover.
    """

    eps: float = parameter(1e-6, NUMBER, "The least variance.")
    full: bool = parameter(False, BOOLEAN, "Whether the constant is added.")

    name = "gaussian_nll_loss"
    group = Group.LOSS
    summary = "The negative log-likelihood of numbers under a normal distribution."
    aliases = ("heteroscedastic loss", "normal likelihood")
    ports = ("x", "target", "variance")
    pattern = Pattern.SCALER
    formula = (
        r"\frac{1}{2} (\log \mathrm{variance} + "
        r"\frac{(x - \mathrm{target})^{2}}{\mathrm{variance}})"
    )
    derivatives = (
        r"\frac{x - \mathrm{target}}{\mathrm{variance}}",
        r"-\frac{x - \mathrm{target}}{\mathrm{variance}}",
        r"\frac{1}{2} (\frac{1}{\mathrm{variance}} - "
        r"\frac{(x - \mathrm{target})^{2}}{\mathrm{variance}^{2}})",
    )
    rule = "The pull towards the target is the weaker, the less sure the prediction is."
    samples = ((2.0, 0.5, 3.0), (PREDICTED, WANTED, ((0.5, 1.0, 4.0), (2.0, 0.75, 3.0))))
    variants = (
        ({"reduction": "sum"}, ((0.5, -1.0), (1.0, 0.25), (0.5, 1.5))),
        ({"reduction": "none", "full": True}, ((0.5, -1.0), (1.0, 0.25), (0.5, 1.5))),
    )

    @property
    @override
    def symbol(self) -> str:
        return "Gauss"

    @override
    def losses(self, x: Array, target: Array, variance: Array) -> Array:
        kept = self._kept(variance)
        constant = LOG_TWO_PI if self.full else ZERO
        return HALF * (np.log(kept) + (x - target) * (x - target) / kept + constant)

    @override
    def slopes(self, x: Array, target: Array, variance: Array) -> tuple[Array, ...]:
        kept = self._kept(variance)
        pull = (x - target) / kept
        return pull, -pull, HALF * (ONE / kept - pull * pull)

    def _kept(self, variance: Array) -> Array:
        return select(variance < self.eps, ZERO + self.eps, variance)


def _log_factorial(count: Array) -> Array:
    """Return Stirling's log count!, and 0 for counts up to 1."""
    above = select(count > 1, count, ONE)
    stirling = above * np.log(above) - above + HALF * (np.log(above) + LOG_TWO_PI)
    return select(count > 1, stirling, ZERO)
