"""Pooling of windows, and borders of images."""

from __future__ import annotations

import importlib
import math
from typing import Any

import numpy as np

from tests.engine.gates.opinfo.calls import (
    Call,
    LeftOut,
    Reader,
    Row,
    module,
    of_layer,
    only_default,
    op,
)
from tests.engine.gates.opinfo.rows.convolution import sizes

LOWEST = -1e300


def _max_pool(
    x: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Call:
    settings = {
        "kernel_size": sizes(kernel_size),
        "stride": sizes(stride) or None,
        "padding": sizes(padding),
        "dilation": sizes(dilation),
        "ceil_mode": ceil_mode,
    }
    return Call((x,), settings)


def _unpool(axes: int) -> Reader:
    """Read unpooling: where PyTorch is told places, ours is shown numbers that are largest there.

    The samples come from pooling, so x itself, put at its places, has its windows' largest.
    """

    def read(
        x: Any,
        indices: Any,
        kernel_size: Any,
        stride: Any = None,
        padding: Any = 0,
        output_size: Any = None,
    ) -> Call:
        if output_size is None:
            raise LeftOut("an output size that is not given")
        places = indices.flatten(-axes)
        ordered = places.sort(-1).values
        if bool((ordered[..., 1:] == ordered[..., :-1]).any()):
            raise LeftOut("windows with one largest number; PyTorch keeps one of their gradients")
        shape = (*x.shape[:-axes], *output_size[-axes:])
        lowest = x.detach().new_full(shape, LOWEST).flatten(-axes)
        source = lowest.scatter(-1, places, x.detach().flatten(-axes)).reshape(shape)
        settings = {
            "kernel_size": sizes(kernel_size),
            "stride": sizes(stride) or None,
            "padding": sizes(padding),
        }
        kernel, step, border = (
            _each(axes, given) for given in (kernel_size, stride or kernel_size, padding)
        )
        floors = [
            (size + 2 * b - k) // s + 1
            for size, k, s, b in zip(shape[-axes:], kernel, step, border, strict=True)
        ]
        return Call((x, source), {**settings, "ceil_mode": floors != list(x.shape[-axes:])})

    return read


def _each(axes: int, given: Any) -> Any:
    return (given,) * axes if isinstance(given, int | float) else tuple(given)


def _adaptive(x: Any, output_size: Any, return_indices: bool = False) -> Call:
    if isinstance(output_size, tuple | list):
        known = zip(output_size, x.shape[-len(output_size) :], strict=True)
        output_size = [size if wanted is None else wanted for wanted, size in known]
    return Call((x,), {"output_size": output_size})


def _fractional(
    x: Any,
    kernel_size: Any,
    output_size: Any = None,
    output_ratio: Any = None,
    return_indices: bool = False,
    _random_samples: Any = None,
) -> Call:
    """Read fractional pooling; PyTorch is given the random numbers of our gate's seed 0."""
    if output_size is None:
        ratios = _each(2, output_ratio)
        output_size = [int(size * ratio) for size, ratio in zip(x.shape[-2:], ratios, strict=True)]
    if x.ndim not in (3, 4):
        raise LeftOut("an image with other axes")
    batch = x.shape[0] if x.ndim == 4 else 1
    drawn = np.random.default_rng(0).random((batch, x.shape[-3], 2))
    pool = importlib.import_module("torch.nn.functional").fractional_max_pool2d
    told = x.detach().new_tensor(drawn)
    return Call(
        (x,),
        {"kernel_size": sizes(kernel_size), "output_size": sizes(output_size)},
        instead=lambda: pool(x, kernel_size, output_size, _random_samples=told),
    )


def _fractional_layer(layer: Any, x: Any) -> Call:
    return _fractional(x, layer.kernel_size, layer.output_size, layer.output_ratio)


def _mean_pool(
    x: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: Any = None,
) -> Call:
    only_default(divisor_override=divisor_override)
    single = isinstance(padding, tuple | list) and len(padding) == 1
    settings = {
        "kernel_size": sizes(kernel_size),
        "stride": sizes(stride) or None,
        "padding": padding[0] if single else sizes(padding),
        "ceil_mode": ceil_mode,
        "count_include_pad": count_include_pad,
    }
    return Call((x,), settings)


def _sums(x: Any, kernel_size: Any, stride: Any = None, *others: Any, **settings: Any) -> Call:
    """Read mean pooling for subsampling with weights 1: the sums are the means times the area."""
    if any(others) or any(settings.get(each) for each in ("padding", "ceil_mode")):
        raise LeftOut("padding, or windows that reach over the end")
    if settings.get("divisor_override") is not None:
        raise LeftOut("`divisor_override` is given, which our gate does not have")
    area = math.prod(_each(2, kernel_size))
    weight = x.detach().new_ones(x.shape[-3])
    pooled = {"kernel_size": sizes(kernel_size), "stride": sizes(stride) or None}
    return Call((x, weight), pooled, pick=lambda result: result * area)


def _norm_pool(layer: Any, x: Any) -> Call:
    only_default(ceil_mode=layer.ceil_mode)
    settings = {
        "kernel_size": sizes(layer.kernel_size),
        "stride": sizes(layer.stride) or None,
        "norm_type": float(layer.norm_type),
    }
    return Call((x,), settings)


def _enlarged(x: Any, size: Any = None, scale_factor: Any = None, **settings: Any) -> Call:
    if x.ndim != 4:
        raise LeftOut("other axes than an image's")
    if scale_factor is None:
        scale_factor = [new / old for new, old in zip(_each(2, size), x.shape[2:], strict=True)]
    factors = [float(each) for each in _each(2, scale_factor)]
    if any(not each.is_integer() for each in factors):
        raise LeftOut("a scale that is no whole number")
    aligned = {"align_corners": True} if settings.get("align_corners") else {}
    return Call((x,), {"scale_factor": [int(each) for each in factors], **aligned})


def _aligned(x: Any, size: Any = None, scale_factor: Any = None) -> Call:
    return _enlarged(x, size, scale_factor, align_corners=True)


def _pad(x: Any, pad: Any, mode: str = "constant", value: float | None = None) -> Call:
    if min(pad, default=0) < 0:
        raise LeftOut("a negative width, which cuts off; slice does that here")
    return Call((x,), {"widths": list(pad), "mode": mode, "value": float(value or 0.0)})


def _border(mode: str) -> Reader:
    def read(layer: Any, x: Any) -> Call:
        return _pad(x, layer.padding, mode, getattr(layer, "value", None))

    return read


POOL = ("kernel_size", "stride", "padding", "dilation", "ceil_mode")
MEANS = ("kernel_size", "stride", "padding", "ceil_mode", "count_include_pad", "divisor_override")
MODES = ("constant", "reflect", "replicate", "circular")
PADS = {
    "Zero": "constant",
    "Constant": "constant",
    "Reflection": "reflect",
    "Replication": "replicate",
    "Circular": "circular",
}

ROWS = (
    *(
        Row(
            f"max_pool{axes}d",
            (
                op(f"nn.functional.max_pool{axes}d", _max_pool),
                module(f"MaxPool{axes}d", of_layer(_max_pool, *POOL)),
            ),
        )
        for axes in (1, 2)
    ),
    *(
        Row(
            f"max_unpool{axes}d",
            (
                op(f"nn.functional.max_unpool{axes}d", _unpool(axes)),
                op(f"nn.functional.max_unpool{axes}d/grad", _unpool(axes)),
            ),
        )
        for axes in (1, 2)
    ),
    *(
        Row(
            f"adaptive_{what}_pool{axes}d",
            (
                op(f"nn.functional.adaptive_{what}_pool{axes}d", _adaptive),
                module(f"Adaptive{what.title()}Pool{axes}d", of_layer(_adaptive, "output_size")),
            ),
        )
        for what in ("avg", "max")
        for axes in (1, 2)
    ),
    *(
        Row(
            f"avg_pool{axes}d",
            (
                op(f"nn.functional.avg_pool{axes}d", _mean_pool),
                module(f"AvgPool{axes}d", of_layer(_mean_pool, *MEANS[: axes + 4])),
            ),
        )
        for axes in (1, 2)
    ),
    *(Row(f"lp_pool{axes}d", (module(f"LPPool{axes}d", _norm_pool),)) for axes in (1, 2)),
    Row("subsampling2d", (op("nn.functional.avg_pool2d", _sums),)),
    Row(
        "fractional_max_pool2d",
        (
            op("nn.functional.fractional_max_pool2d", _fractional),
            module("FractionalMaxPool2d", _fractional_layer),
        ),
    ),
    Row(
        "upsample_nearest",
        (
            op("nn.functional.upsample_nearest", _enlarged),
            op("nn.functional.interpolate/nearest", _enlarged),
        ),
    ),
    Row(
        "upsample_bilinear",
        (
            op("nn.functional.upsample_bilinear", _aligned),
            op("nn.functional.interpolate/bilinear", _enlarged),
        ),
    ),
    Row(
        "pad",
        (
            *(op(f"nn.functional.pad/{mode}", _pad) for mode in MODES),
            *(
                module(f"{name}Pad{axes}d", _border(mode))
                for name, mode in PADS.items()
                for axes in (1, 2, 3)
            ),
        ),
    ),
)

WITHOUT: dict[str, str] = {}
