"""Normalisation, written out as means, squares and roots, whose rules run backwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from chainrule.autodiff.gradient_graph.composing import composed
from chainrule.autodiff.gradient_graph.terms import Rule, Term


def _normalised(gate: Any, x: Term, *scales: Term) -> Term:
    shape, axes = gate.folded(x.shape)
    parts = x.reshaped(shape)
    if gate.centred:
        parts = parts - parts.gate("mean", axis=[*axes], keepdims=True)
    spread = (parts**2.0).gate("mean", axis=[*axes], keepdims=True) + gate.eps
    beside = [1] * len(x.shape)
    for axis in gate.scaled_axes(x.shape):
        beside[axis] = x.shape[axis]
    result = (parts / spread.gate("sqrt")).reshaped(x.shape)
    return _scaled(result, [each.reshaped((*beside,)) for each in scales])


def _normalised_by(gate: Any, x: Term, mean: Term, var: Term, *scales: Term) -> Term:
    beside = (mean.shape[0], *[1] * (len(x.shape) - 2))
    deviation = (var + gate.eps).gate("sqrt").reshaped(beside)
    result = (x - mean.reshaped(beside)) / deviation
    return _scaled(result, [each.reshaped(beside) for each in scales])


def _scaled(normalised: Term, scales: list[Term]) -> Term:
    """Return it times a weight and plus a bias, of which both or one may be missing."""
    weight, bias = (*scales, None, None)[:2]
    if weight is not None:
        normalised = normalised * weight
    return normalised if bias is None else normalised + bias


RULES: Final[Mapping[str, Rule]] = {
    **dict.fromkeys(
        ("batch_norm", "layer_norm", "rms_norm", "instance_norm", "group_norm"),
        composed(_normalised),
    ),
    "batch_norm_inference": composed(_normalised_by),
}
