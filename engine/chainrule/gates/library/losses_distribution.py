"""Losses of whole arrays: how far one distribution is from another, and how large weights are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from typing_extensions import override

from chainrule.arrays import Array, Shape, select
from chainrule.gates.catalogue import register
from chainrule.gates.foundations.losses import PointwiseLoss
from chainrule.gates.foundations.numerics import ZERO, magnitude
from chainrule.gates.gate import Gate, Pattern, Piecewise
from chainrule.gates.kind import BOOLEAN, NUMBER, Group, choice, parameter

LOGS = ((-0.5, -1.25, -2.0), (-1.0, -0.75, -1.5))
SHARES = ((0.6, 0.3, 0.1), (0.25, 0.5, 0.25))
WEIGHTS = ((0.5, -1.5, 2.0), (-0.25, 3.0, 1.0))


@register
@final
@dataclass(frozen=True)
class KlDiv(PointwiseLoss):
    """f = target (log target - x), the Kullback-Leibler divergence of x = log q from the target.

    As in PyTorch x holds log-probabilities, and so does the target if `log_target` says so; a
    target of 0 costs nothing. The divergence itself is the sum, of a batch `batchmean`; the mean
    over all numbers, the default as in PyTorch, is not. The slope at a target of 0 is -inf.
    """

    reduction: str = parameter(
        "mean",
        choice("mean", "batchmean", "sum", "none"),
        "What is made of the single losses: a mean, the sum over the batch's size, a sum, nothing.",
    )
    log_target: bool = parameter(False, BOOLEAN, "Whether the target has log-probabilities too.")

    name = "kl_div"
    group = Group.LOSS
    summary = "The Kullback–Leibler divergence: what log-probabilities lack of a distribution."
    aliases = ("Kullback-Leibler", "relative entropy", "DistKLDivCriterion")
    ports = ("x", "target")
    pattern = Pattern.SCALER
    formula = r"\mathrm{target} (\log \mathrm{target} - x)"
    derivatives = (r"-\mathrm{target}", r"\log \mathrm{target} + 1 - x")
    rule = "Every log-probability is pulled up as much as the target wants it."
    samples = ((-1.5, 0.25), (LOGS, SHARES))
    variants = (
        ({"reduction": "sum"}, (LOGS, SHARES)),
        ({"reduction": "none"}, (LOGS, SHARES)),
        ({"reduction": "batchmean", "log_target": True}, (LOGS, (LOGS[1], LOGS[0]))),
    )

    @property
    @override
    def symbol(self) -> str:
        return "KL"

    @override
    def losses(self, x: Array, target: Array) -> Array:
        if self.log_target:
            return np.exp(target) * (target - x)
        return select(target == 0, ZERO, target * np.log(target)) - target * x

    @override
    def slopes(self, x: Array, target: Array) -> tuple[Array, ...]:
        if self.log_target:
            wanted = np.exp(target)
            return -wanted, wanted * (target - x + 1.0)
        return -target, np.log(target) + 1.0 - x


@register
@final
@dataclass(frozen=True)
class L1Penalty(Gate, Piecewise):
    """f = weight Σ |x|; the slope at 0 is 0.

    Torch's L1Penalty is a layer that hands x on and adds this slope in the backward pass; here the
    penalty is a number that is added to the loss, with the same gradient.
    """

    weight: float = parameter(1.0, NUMBER, "How much the penalty counts, often called λ.")

    name = "l1_penalty"
    group = Group.LOSS
    summary = "L1 regularisation: the sum of all magnitudes, which makes weights vanish."
    aliases = ("lasso", "L1 regularisation", "sparsity", "L1Penalty", "L1Cost")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\mathrm{weight} \cdot \sum \left| x \right|"
    derivatives = (r"\mathrm{weight} \cdot \mathrm{sign}(x)",)
    rule = "Every number is pulled to 0, equally strongly from any distance."
    samples = ((2.0,), (WEIGHTS,))
    variants = (({"weight": 0.1}, (WEIGHTS,)),)

    @property
    @override
    def symbol(self) -> str:
        return "λΣ|x|"

    @override
    def forward(self, x: Array) -> Array:
        return np.float64(self.weight) * np.sum(magnitude(x))

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * self.weight * np.sign(x),)

    @override
    def branch(self, x: Array) -> Array:
        return np.sign(x)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return ()


@register
@final
@dataclass(frozen=True)
class L2Penalty(Gate):
    """f = weight Σ x², as in the lecture, without the ½ that others put before it.

    What optimisers call weight decay λ is therefore a weight of λ / 2.
    """

    weight: float = parameter(1.0, NUMBER, "How much the penalty counts, often called λ.")

    name = "l2_penalty"
    group = Group.LOSS
    summary = "L2 regularisation: the sum of all squares, which keeps weights small."
    aliases = ("ridge", "L2 regularisation", "weight decay", "Tikhonov")
    ports = ("x",)
    pattern = Pattern.SCALER
    formula = r"\mathrm{weight} \cdot \sum x^{2}"
    derivatives = (r"2 \cdot \mathrm{weight} \cdot x",)
    rule = "Every number is pulled to 0, the stronger the larger it is."
    samples = ((2.0,), (WEIGHTS,))
    variants = (({"weight": 0.1}, (WEIGHTS,)),)

    @property
    @override
    def symbol(self) -> str:
        return "λΣx²"

    @override
    def forward(self, x: Array) -> Array:
        return np.float64(self.weight) * np.sum(x * x)

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream * (2.0 * self.weight) * x,)

    @override
    def infer_shape(self, *shapes: Shape) -> Shape:
        return ()
