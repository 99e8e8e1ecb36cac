"""Normalisation layers."""

from __future__ import annotations

from typing import Any

from tests.engine.gates.opinfo.calls import Call, LeftOut, Reader, Row, module, of_layer, op

# PyTorch's eps of rms_norm if none is given: the rounding error of float64.
ROUNDING = 2.220446049250313e-16


def _weighted(x: Any, weight: Any, bias: Any, shape: Any) -> tuple[Any, ...]:
    """Return the ports from weight on; a bias alone stands behind weights of 1."""
    if bias is None:
        return () if weight is None else (weight,)
    return (x.detach().new_ones(shape) if weight is None else weight, bias)


def _eps(eps: float) -> float:
    if eps < 0:
        raise LeftOut("a negative eps, which our gate refuses")
    return float(eps)


def _batch(*, training: bool) -> Reader:
    """Read batch_norm: with the numbers of this batch, or with given ones."""

    def read(
        x: Any,
        mean: Any,
        var: Any,
        weight: Any = None,
        bias: Any = None,
        training_now: bool = False,
        momentum: float | None = 0.1,
        eps: float = 1e-5,
        **others: bool,
    ) -> Call:
        learns = others.get("training", training_now) or mean is None
        if learns is not training:
            raise LeftOut("the other mode, which is another gate here")
        given = () if learns else (mean, var)
        if x.ndim < 2:
            raise LeftOut("a vector without numbers, which has no channels")
        if learns and not x.numel():
            raise LeftOut("a batch of nothing, which our gate refuses")
        ports = (x, *given, *_weighted(x, weight, bias, x.shape[1]))
        return Call(ports, {"eps": _eps(eps)})

    return read


def _batch_layer(*, training: bool) -> Reader:
    read = _batch(training=training)

    def read_layer(layer: Any, x: Any) -> Call:
        known = (layer.running_mean, layer.running_var, layer.weight, layer.bias)
        return read(x, *known, training=layer.training, eps=layer.eps)

    return read_layer


def _layer(x: Any, shape: Any, weight: Any = None, bias: Any = None, eps: float = 1e-5) -> Call:
    ports = (x, *_weighted(x, weight, bias, shape))
    return Call(ports, {"eps": _eps(eps), "dimensions": len(shape)})


def _layer_module(layer: Any, x: Any) -> Call:
    return _layer(x, layer.normalized_shape, layer.weight, layer.bias, layer.eps)


def _rms(x: Any, shape: Any, weight: Any = None, eps: float | None = None) -> Call:
    settings = {"eps": _eps(ROUNDING if eps is None else eps), "dimensions": len(shape)}
    return Call((x,) if weight is None else (x, weight), settings)


def _rms_module(layer: Any, x: Any) -> Call:
    return _rms(x, layer.normalized_shape, layer.weight, layer.eps)


def _group(x: Any, groups: int, weight: Any = None, bias: Any = None, eps: float = 1e-5) -> Call:
    ports = (x, *_weighted(x, weight, bias, x.shape[1]))
    return Call(ports, {"eps": _eps(eps), "num_groups": groups})


def _group_module(layer: Any, x: Any) -> Call:
    return _group(x, layer.num_groups, layer.weight, layer.bias, layer.eps)


def _instance(
    x: Any,
    running_mean: Any = None,
    running_var: Any = None,
    weight: Any = None,
    bias: Any = None,
    use_input_stats: bool = True,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Call:
    if not use_input_stats:
        raise LeftOut("given means, which our gate does not take")
    return Call((x, *_weighted(x, weight, bias, x.shape[1])), {"eps": _eps(eps)})


def _instance_module(axes: int) -> Reader:
    """Read an instance norm over `axes`, of which a single sample may have no batch."""

    def read(layer: Any, x: Any) -> Call:
        stats = layer.training or not layer.track_running_stats
        settings = {"weight": layer.weight, "bias": layer.bias, "eps": layer.eps}
        if x.ndim == axes + 2:
            return _instance(x, use_input_stats=stats, **settings)
        call = _instance(x.unsqueeze(0), use_input_stats=stats, **settings)
        return Call(call.inputs, call.params, pick=lambda result: result.unsqueeze(0))

    return read


def _responses(x: Any, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0) -> Call:
    return Call((x,), {"size": size, "alpha": alpha, "beta": beta, "k": k})


# Where a batch has nearly no spread, gradients of 1/√eps cancel.
CANCELLING: dict[str, Any] = {"absolute": 1e-12, "because": "sums of large gradients cancel"}
VARIANTS = ("nn.functional.batch_norm",)

ROWS = (
    *(
        Row(
            gate,
            (
                *(op(name, _batch(training=training)) for name in VARIANTS),
                *(
                    module(f"BatchNorm{axes}d", _batch_layer(training=training))
                    for axes in (1, 2, 3)
                ),
            ),
            **CANCELLING,
        )
        for gate, training in (("batch_norm", True), ("batch_norm_inference", False))
    ),
    Row(
        "layer_norm",
        (op("nn.functional.layer_norm", _layer), module("LayerNorm", _layer_module)),
        **CANCELLING,
    ),
    Row(
        "rms_norm",
        (op("nn.functional.rms_norm", _rms), module("RMSNorm", _rms_module)),
        **CANCELLING,
    ),
    Row(
        "group_norm",
        (op("nn.functional.group_norm", _group), module("GroupNorm", _group_module)),
        **CANCELLING,
    ),
    Row(
        "instance_norm",
        (
            op("nn.functional.instance_norm", _instance),
            *(module(f"InstanceNorm{axes}d", _instance_module(axes)) for axes in (1, 2, 3)),
        ),
        **CANCELLING,
    ),
    Row(
        "local_response_norm",
        (
            op("nn.functional.local_response_norm", _responses),
            module("LocalResponseNorm", of_layer(_responses, "size", "alpha", "beta", "k")),
        ),
    ),
)

_ONLY_TORCH = "PyTorch has none; Torch had one as a module"
WITHOUT = {
    "local_subtractive_norm": _ONLY_TORCH,
    "local_divisive_norm": _ONLY_TORCH,
    "local_contrast_norm": _ONLY_TORCH,
}
