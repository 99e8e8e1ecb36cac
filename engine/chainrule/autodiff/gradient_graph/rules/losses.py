"""Losses, as their backward passes compute them: each number's share times its slope."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from chainrule.arrays import Shape
from chainrule.autodiff.gradient_graph.terms import Rule, Term, count_of, with_settings
from chainrule.errors import RunError
from chainrule.gates.library.losses_binary import LEAST_LOG, LEAST_VARIANCE


def _share(gate: Any, up: Term, shape: Shape) -> Term:
    """Return what each of the single losses of `shape` gets of the upstream gradient."""
    if gate.reduction in ("sum", "none"):
        return up
    return up * (1.0 / count_of(shape[:1] if gate.reduction == "batchmean" else shape))


def _pointwise(slopes: Callable[..., Sequence[Term]]) -> Rule:
    """Make the rule of a loss of numbers at equal places from its slopes."""

    def backward(gate: Any, up: Term, out: Term, *x: Term) -> Sequence[Term]:
        share = _share(gate, up, x[0].shape)
        return tuple(share * each for each in slopes(gate, *x))

    return backward


def _mse(gate: Any, x: Term, target: Term) -> tuple[Term, ...]:
    twice = (x - target) * 2.0
    return twice, -twice


def _l1(gate: Any, x: Term, target: Term) -> tuple[Term, ...]:
    side = (x - target).gate("sign")
    return side, -side


def _logits(gate: Any, x: Term, target: Term) -> tuple[Term, ...]:
    # (1 − t) σ(x) − t σ(−x), as the gate has it, which keeps its digits where one of them is 0.
    positive, negative = x.gate("sigmoid"), (-x).gate("sigmoid")
    return (-target + 1.0) * positive - target * negative, -x


def _hinge(gate: Any, x: Term, target: Term) -> tuple[Term, ...]:
    within = (-(target * x) + gate.margin).is_above(0.0)
    return (-target).chosen_by(within), (-x).chosen_by(within)


def _soft_margin(gate: Any, x: Term, target: Term) -> tuple[Term, ...]:
    wrong = (-(target * x)).gate("sigmoid")
    return -(target * wrong), -(x * wrong)


def _weighted_mse(gate: Any, x: Term, target: Term, weight: Term) -> tuple[Term, ...]:
    away = x - target
    slope = weight * away * 2.0
    return slope, -slope, away**2.0


def _huber(gate: Any, x: Term, target: Term) -> tuple[Term, ...]:
    slope = (x - target).gate("clip", min=-gate.delta, max=gate.delta)
    return slope, -slope


def _smooth_l1(gate: Any, x: Term, target: Term) -> tuple[Term, ...]:
    slope = (x - target).gate("clip", min=-gate.beta, max=gate.beta) * (1.0 / gate.beta)
    return slope, -slope


def _bce(gate: Any, x: Term, target: Term) -> tuple[Term, ...]:
    draft = x.draft
    rest = -x + 1.0
    yes, no = (each.gate("log").gate("max", draft.constant(LEAST_LOG)) for each in (x, rest))
    spread = (x * rest).gate("max", draft.constant(LEAST_VARIANCE))
    return (x - target) / spread, no - yes


def _kl(gate: Any, x: Term, target: Term) -> tuple[Term, ...]:
    if gate.log_target:
        wanted = target.gate("exp")
        return -wanted, wanted * (target - x + 1.0)
    return -target, target.gate("log") + 1.0 - x


def _poisson(gate: Any, x: Term, target: Term) -> tuple[Term, ...]:
    if gate.full:
        raise RunError(
            "its gate poisson_nll_loss with full=true has no gradient graph; use full=false, "
            "which has the same gradient for x"
        )
    if gate.log_input:
        return x.gate("exp") - target, -x
    rate = x + gate.eps
    return -(target / rate) + 1.0, -rate.gate("log")


def _gaussian(gate: Any, x: Term, target: Term, variance: Term) -> tuple[Term, ...]:
    kept = x.draft.constant(gate.eps).chosen_by(variance.is_below(gate.eps), variance)
    pull = (x - target) / kept
    return pull, -pull, (kept.gate("reciprocal") - pull**2.0) * 0.5


def _ranking(gate: Any, x: Term, y: Term, target: Term) -> tuple[Term, ...]:
    lead = x - y
    within = (-(target * lead) + gate.margin).is_above(0.0)
    pushed = target.chosen_by(within)
    return -pushed, pushed, (-lead).chosen_by(within)


def _right(scores: Term, target: Term) -> Term:
    """Return the flags of the right classes, from their positions or from one-hot rows."""
    if len(scores.shape) > 2:
        raise RunError(
            "a loss of scores with more than two axes has no gradient graph; reshape them to rows"
        )
    if len(target.shape) < len(scores.shape):
        return target.gate("one_hot", classes=scores.shape[len(scores.shape) - 1])
    return target.gate("equal", target.gate("amax", axis=-1, keepdims=True))


def _each_row(gate: Any, up: Term, scores: Term) -> Term:
    """Return what each row gets, as a column where there are rows."""
    share = _share(gate, up, scores.shape[:-1])
    return share.reshaped((*share.shape, 1)) if share.shape else share


def _cross_entropy(
    gate: Any, up: Term, out: Term, scores: Term, target: Term
) -> tuple[Term | None, ...]:
    by_position = len(target.shape) < len(scores.shape)
    weights = _right(scores, target) if by_position else _at_most_rows(scores, target)
    smoothing = gate.label_smoothing
    if smoothing:
        weights = weights * (1.0 - smoothing) + smoothing / scores.shape[-1]
    share, chances = _each_row(gate, up, scores), scores.gate("softmax", axis=-1)
    if by_position:
        return share * (chances - weights), None
    total = weights.gate("sum", axis=-1, keepdims=True)
    logs = scores.gate("log_softmax", axis=-1)
    return share * (chances * total - weights), -(share * (1.0 - smoothing) * logs)


def _at_most_rows(scores: Term, target: Term) -> Term:
    if len(scores.shape) > 2:
        _right(scores, target)
    return target


def _nll(gate: Any, up: Term, out: Term, x: Term, target: Term) -> tuple[Term | None, ...]:
    share = _each_row(gate, up, x)
    return (-share).chosen_by(_right(x, target)), None


def _svm(gate: Any, up: Term, out: Term, scores: Term, target: Term) -> tuple[Term | None, ...]:
    right = _right(scores, target)
    lead = (right * scores).gate("sum", axis=-1, keepdims=True)
    violated = (scores - lead + gate.margin).is_above(0.0) * (-right + 1.0)
    paid = _each_row(gate, up, scores).chosen_by(violated)
    return paid - right * paid.gate("sum", axis=-1, keepdims=True), None


RULES: Final[Mapping[str, Rule]] = {
    "mse_loss": _pointwise(_mse),
    "l1_loss": _pointwise(_l1),
    "binary_cross_entropy_with_logits": _pointwise(_logits),
    "hinge_loss": _pointwise(_hinge),
    "soft_margin_loss": _pointwise(_soft_margin),
    "weighted_mse_loss": _pointwise(_weighted_mse),
    "huber_loss": _pointwise(_huber),
    "smooth_l1_loss": _pointwise(_smooth_l1),
    "binary_cross_entropy": _pointwise(_bce),
    "kl_div": _pointwise(_kl),
    "poisson_nll_loss": _pointwise(_poisson),
    "gaussian_nll_loss": _pointwise(_gaussian),
    "margin_ranking_loss": _pointwise(_ranking),
    "cross_entropy": _cross_entropy,
    "nll_loss": _nll,
    "svm_loss": _svm,
    "l2_penalty": with_settings(lambda gate, up, out, x: up * (x * (2.0 * gate.weight))),
    "l1_penalty": with_settings(lambda gate, up, out, x: up * (x.gate("sign") * gate.weight)),
}
