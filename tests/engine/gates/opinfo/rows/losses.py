"""Losses. PyTorch's class weights and ignored classes are nothing that our gates have."""

from __future__ import annotations

from typing import Any

from tests.engine.gates.opinfo.calls import (
    Call,
    LeftOut,
    Reader,
    Row,
    first_of,
    module,
    of_layer,
    only_default,
    op,
    together,
)


def _pointwise(*defaults: tuple[str, Any]) -> Reader:
    """Read a loss of equal shapes; PyTorch broadcasts most, and so these are broadcast first."""
    known = {"reduction": "mean", **dict(defaults)}

    def read(*ports: Any, weight: Any = None, pos_weight: Any = None, **settings: Any) -> Call:
        only_default(weight=weight, pos_weight=pos_weight)
        return Call(together(*ports), known | settings)

    return read


def _classes(scores: Any, target: Any, **settings: Any) -> Call:
    settings = {"reduction": "mean", **settings}
    only_default(weight=settings.pop("weight", None))
    ignored = settings.pop("ignore_index", -100)
    if not target.is_floating_point() and bool((target == ignored).any()):
        raise LeftOut("a class is ignored, which our gate does not do")
    return Call((scores, target), settings)


def _margins(scores: Any, target: Any, weight: Any = None, **settings: Any) -> Call:
    only_default(weight=weight)
    if not float(settings.get("p", 1)).is_integer():
        raise LeftOut("a fractional exponent")
    if scores.ndim == 0:
        raise LeftOut("a number as scores, which PyTorch takes for one class")
    rows = scores.shape[:-1]
    single = settings.get("reduction") == "none" and not rows
    return Call(
        (scores, target.reshape(rows)),
        settings,
        pick=(lambda result: result.reshape(rows)) if single else first_of,
    )


def _hinged(x: Any, target: Any, **settings: Any) -> Call:
    if bool((abs(target) != 1).any()):
        raise LeftOut("targets other than 1 and -1")
    return Call(together(x, target), settings)


def _listed(x: Any, target: Any, **settings: Any) -> Call:
    if x.ndim == 0:
        raise LeftOut("a number as scores, which PyTorch takes for one class")
    return Call((x, target), settings)


def _summed_margins(scores: Any, target: Any, p: int = 1, **settings: Any) -> Call:
    """Read multi_margin_loss for svm_loss: it is the same times the number of classes."""
    if p != 1:
        raise LeftOut("an exponent other than 1")
    call = _margins(scores, target, **settings)
    pick = call.pick
    return Call(call.inputs, call.params, lambda result: pick(result) * scores.shape[-1])


def _magnitudes(
    x: Any, ord: Any = 2, dim: Any = None, keepdim: bool = False, **others: Any
) -> Call:
    return _penalty(1, x, ord, dim, keepdim, **others)


def _squares(x: Any, ord: Any = 2, dim: Any = None, keepdim: bool = False, **others: Any) -> Call:
    return _penalty(2, x, ord, dim, keepdim, **others)


def _penalty(wanted: int, x: Any, ord: Any, dim: Any, keepdim: bool, *, dtype: Any = None) -> Call:
    """Read a norm of all numbers for a penalty: the sum of their powers."""
    only_default(dtype=dtype)
    if ord != wanted or dim is not None or (keepdim and x.ndim):
        raise LeftOut("another norm, or one along some axes")
    return Call((x,), pick=lambda result: result**wanted)


def _embedded(x: Any, y: Any, target: Any, **settings: Any) -> Call:
    rows = (x.detach() * y.detach())[..., 0]
    if rows.shape != target.shape:
        raise LeftOut("a target that is broadcast to the rows")
    return Call((*together(x, y), target), settings)


def _ranked(x: Any, y: Any, target: Any, **settings: Any) -> Call:
    if not all(bool(each.detach().isfinite().all()) for each in (x, y, target)):
        raise LeftOut("infinities or nan, whose difference PyTorch differentiates at the kink")
    return Call(together(x, y, target), settings)


def _triplet(
    anchor: Any, like: Any, unlike: Any, *, p: float = 2, swap: bool = False, **settings: Any
) -> Call:
    only_default(swap=swap, distance_function=settings.pop("distance_function", None))
    if p != 2:
        raise LeftOut("a norm other than Euclid's")
    return Call(together(anchor, like, unlike), settings)


def _counts(x: Any, target: Any, *, full: bool = False, **settings: Any) -> Call:
    only_default(full=full)
    return Call(together(x, target), settings)


def _gaussian(x: Any, target: Any, var: Any, *, full: bool = False, **settings: Any) -> Call:
    only_default(full=full)
    if not hasattr(var, "ndim"):
        var = x.detach() * 0 + var
    if var.ndim == x.ndim - 1:
        var = var.unsqueeze(-1)
    return Call(together(x, target, var), settings)


def _smooth(x: Any, target: Any, *, beta: float = 1.0, **settings: Any) -> Call:
    if beta == 0:
        raise LeftOut("beta 0, which is l1_loss here")
    return Call(together(x, target), {"beta": beta, **settings})


def _row(gate: str, layer: str, read: Reader, *settings: str) -> Row:
    """Return the row of a loss whose operator has its name, and whose module these attributes."""
    read_layer = of_layer(read, "reduction", *settings)
    return Row(gate, (op(f"nn.functional.{gate}", read), module(layer, read_layer)))


ROWS = (
    _row("mse_loss", "MSELoss", _pointwise()),
    _row("l1_loss", "L1Loss", _pointwise()),
    _row("smooth_l1_loss", "SmoothL1Loss", _smooth, "beta"),
    _row("huber_loss", "HuberLoss", _pointwise(), "delta"),
    _row("binary_cross_entropy", "BCELoss", _pointwise(), "weight"),
    Row(
        "binary_cross_entropy_with_logits",
        (
            op("nn.functional.binary_cross_entropy_with_logits", _pointwise()),
            module("BCEWithLogitsLoss", of_layer(_pointwise(), "reduction", "weight")),
        ),
    ),
    _row("soft_margin_loss", "SoftMarginLoss", _pointwise()),
    _row("hinge_embedding_loss", "HingeEmbeddingLoss", _hinged, "margin"),
    _row("poisson_nll_loss", "PoissonNLLLoss", _counts, "log_input", "full", "eps"),
    _row("gaussian_nll_loss", "GaussianNLLLoss", _gaussian, "full", "eps"),
    _row("kl_div", "KLDivLoss", _pointwise(), "log_target"),
    _row(
        *("cross_entropy", "CrossEntropyLoss", _classes),
        *("weight", "ignore_index", "label_smoothing"),
    ),
    _row("nll_loss", "NLLLoss", _classes, "weight", "ignore_index"),
    _row("multi_margin_loss", "MultiMarginLoss", _margins, "p", "margin", "weight"),
    Row(
        "svm_loss",
        (
            op("nn.functional.multi_margin_loss", _summed_margins),
            module(
                "MultiMarginLoss",
                of_layer(_summed_margins, "reduction", "p", "margin", "weight"),
            ),
        ),
    ),
    Row("l1_penalty", (op("linalg.vector_norm", _magnitudes),)),
    Row("l2_penalty", (op("linalg.vector_norm", _squares),)),
    _row("multilabel_margin_loss", "MultiLabelMarginLoss", _listed),
    _row("cosine_embedding_loss", "CosineEmbeddingLoss", _embedded, "margin"),
    _row("margin_ranking_loss", "MarginRankingLoss", _ranked, "margin"),
    Row(
        "triplet_margin_loss",
        (
            op("nn.functional.triplet_margin_loss", _triplet),
            op("nn.functional.triplet_margin_with_distance_loss", _triplet),
        ),
    ),
)

WITHOUT = {
    "hinge_loss": "PyTorch has no binary SVM loss; hinge_embedding_loss reads distances",
    "weighted_mse_loss": "PyTorch's weighted mse_loss divides by the sum of the weights",
}
