"""Pooling, unpooling and up-sampling as PyTorch computes them, in many settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from chainrule.arrays import Array, as_array
from tests.engine.gates.agreement import Case
from tests.engine.gates.torch_families.making import Maker, torch

functional: Any = torch.nn.functional

Settings = dict[str, Any]
Table = tuple[tuple[tuple[int, ...], Settings], ...]


def _unpool(x: Any, source: Any, **settings: Any) -> Any:
    """Unpool by PyTorch's own indices; it knows neither dilation nor ceil_mode."""
    axes = 1 if source.ndim == 3 else 2
    pool, unpool = (getattr(functional, f"max_{each}{axes}d") for each in ("pool", "unpool"))
    _, indices = pool(source, return_indices=True, **settings)
    return unpool(x, indices, output_size=source.shape[-axes:], **settings)


def _fractional(x: Any, kernel_size: Any, output_size: Any, seed: int = 0) -> Any:
    images = x if x.ndim == 4 else x[None]
    samples = np.random.default_rng(seed).random((*images.shape[:2], 2))
    pooled = functional.fractional_max_pool2d(
        images, kernel_size, output_size, _random_samples=torch.tensor(samples)
    )
    return pooled if x.ndim == 4 else pooled[0]


def _subsampling(x: Any, weight: Any, bias: Any = None, **settings: Any) -> Any:
    sums = functional.avg_pool2d(x, **settings, divisor_override=1)
    scaled = sums * weight[:, None, None]
    return scaled if bias is None else scaled + bias[:, None, None]


def _interpolate(mode: str, x: Any, scale_factor: Any, **settings: Any) -> Any:
    images = x if x.ndim == 4 else x[None]
    factors = scale_factor if isinstance(scale_factor, int) else tuple(scale_factor)
    larger = functional.interpolate(images, scale_factor=factors, mode=mode, **settings)
    return larger if x.ndim == 4 else larger[0]


def _norms_along(x: Any, kernel_size: Any, norm_type: float = 2.0, **stride: Any) -> Any:
    """Unpack a list of one, for which PyTorch's lp_pool1d is not made."""
    size = kernel_size if isinstance(kernel_size, int) else kernel_size[0]
    return functional.lp_pool1d(x, norm_type, size, **stride)


def _norms_of(x: Any, kernel_size: Any, norm_type: float = 2.0, **stride: Any) -> Any:
    return functional.lp_pool2d(x, norm_type, kernel_size, **stride)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{
        f"{name}{axes}d": getattr(functional, f"{name}{axes}d")
        for name in ("max_pool", "avg_pool", "lp_pool", "adaptive_max_pool", "adaptive_avg_pool")
        for axes in (1, 2)
    },
    "lp_pool1d": _norms_along,
    "lp_pool2d": _norms_of,
    "max_unpool1d": _unpool,
    "max_unpool2d": _unpool,
    "fractional_max_pool2d": _fractional,
    "subsampling2d": _subsampling,
    "upsample_nearest": partial(_interpolate, "nearest"),
    "upsample_bilinear": partial(_interpolate, "bilinear"),
}

ROWS: Table = (
    ((2, 2, 6), {"kernel_size": 2}),
    ((2, 7), {"kernel_size": [3], "stride": 2}),
    ((1, 2, 8), {"kernel_size": 3, "stride": [1], "padding": 1}),
    ((2, 1, 7), {"kernel_size": 2, "ceil_mode": True}),
    ((1, 1, 6), {"kernel_size": 4, "stride": 3, "padding": 2, "ceil_mode": True}),
)
IMAGES: Table = (
    ((2, 2, 4, 6), {"kernel_size": 2}),
    ((2, 5, 7), {"kernel_size": [2, 3]}),
    ((1, 2, 5, 6), {"kernel_size": 3, "stride": 1, "padding": 1}),
    ((1, 2, 5, 6), {"kernel_size": 3, "stride": 2, "padding": [1, 0], "ceil_mode": True}),
    ((2, 1, 7, 7), {"kernel_size": [3, 2], "stride": [3, 2], "ceil_mode": True}),
    ((1, 1, 6, 5), {"kernel_size": [4, 5], "stride": [1, 2], "padding": [2, 1]}),
)
DILATED: Table = (
    ((2, 2, 8), {"kernel_size": 3, "dilation": 2, "stride": 1}),
    ((1, 1, 9), {"kernel_size": 2, "dilation": [3], "padding": 1, "ceil_mode": True}),
    ((2, 2, 6, 7), {"kernel_size": 2, "dilation": 2}),
    ((1, 2, 6, 7), {"kernel_size": [2, 3], "dilation": [3, 1], "padding": 1, "stride": 1}),
)
SIZED: Table = (
    ((2, 2, 7), {"output_size": 1}),
    ((2, 7), {"output_size": 3}),
    ((1, 2, 4), {"output_size": [6]}),
    ((2, 2, 5, 6), {"output_size": 1}),
    ((2, 5, 6), {"output_size": 3}),
    ((1, 2, 7, 5), {"output_size": [4, 2]}),
    ((1, 1, 2, 3), {"output_size": 5}),
)
FRACTIONAL: Table = (
    ((2, 2, 7, 8), {"kernel_size": 2, "output_size": [4, 5]}),
    ((2, 6, 6), {"kernel_size": [2, 3], "output_size": 3, "seed": 7}),
    ((1, 3, 9, 5), {"kernel_size": 1, "output_size": [6, 1], "seed": 1}),
)
WITHOUT_OVERLAP: Table = (
    ((2, 2, 6), {"kernel_size": 2}),
    ((2, 1, 7), {"kernel_size": [2], "stride": [3]}),
    ((1, 1, 6), {"kernel_size": 2, "padding": 1}),
    ((2, 2, 4, 6), {"kernel_size": 2}),
    ((1, 2, 5, 7), {"kernel_size": [2, 3], "stride": 3}),
    ((1, 2, 5, 4), {"kernel_size": [3, 2], "padding": 1}),
)
POWERS = (1.0, 1.5, 2.0, 3.0, 4.0)
FACTORS: tuple[Settings, ...] = ({"scale_factor": 2}, {"scale_factor": [1, 3]}, {"scale_factor": 3})


def cases(make: Maker) -> Iterator[Case]:
    """Return all cases of this family."""
    for family in (_largest, _unpooling, _means, _norms, _sized, _subsampled, _larger):
        yield from family(make)


def _gate(name: str, shape: tuple[int, ...], settings: Settings, rows: Table) -> str:
    return f"{name}{1 if (shape, settings) in rows else 2}d"


def _largest(make: Maker) -> Iterator[Case]:
    for shape, settings in (*ROWS, *IMAGES, *DILATED):
        gate = _gate("max_pool", shape, settings, (*ROWS, *DILATED[:2]))
        yield make.case(gate, make.numbers(*shape), **settings)
        # Among few different numbers there are many ties.
        yield make.case(gate, make.places(2, *shape), **settings)
    special = [np.inf, -np.inf, -np.inf, -np.inf, 1.0, np.nan]
    around: tuple[Settings, ...] = (
        {"kernel_size": 2},
        {"kernel_size": 3, "stride": 1, "padding": 1},
    )
    for settings in around:
        yield make.case("max_pool1d", [special], **settings)
        yield make.case("max_pool2d", [[special, special]], **settings)


def _unpooling(make: Maker) -> Iterator[Case]:
    for shape, settings in WITHOUT_OVERLAP:
        axes = len(shape) - 2
        source = make.numbers(*shape)
        pool = getattr(functional, f"max_pool{axes}d")
        pooled = make.numbers(*pool(torch.tensor(source), **settings).shape)
        yield make.case(f"max_unpool{axes}d", pooled, source, **settings)


def _means(make: Maker) -> Iterator[Case]:
    for shape, settings in (*ROWS, *IMAGES):
        gate = _gate("avg_pool", shape, settings, ROWS)
        yield make.case(gate, make.numbers(*shape), **settings)
        yield make.case(gate, make.numbers(*shape), count_include_pad=False, **settings)


def _norms(make: Maker) -> Iterator[Case]:
    for shape, settings in (*ROWS, *IMAGES):
        gate = _gate("lp_pool", shape, settings, ROWS)
        plain = {name: settings[name] for name in ("kernel_size", "stride") if name in settings}
        for power in POWERS[len(shape) % 2 :: 2]:
            numbers = make.numbers(*shape)
            x = numbers if power in (1.0, 2.0, 4.0) else abs(numbers)
            yield make.case(gate, x, norm_type=power, **plain)
    yield make.case("lp_pool1d", [[0.0, 0.0, 1.0, -2.0]], kernel_size=2)


def _sized(make: Maker) -> Iterator[Case]:
    for shape, settings in SIZED:
        for name in ("adaptive_max_pool", "adaptive_avg_pool"):
            gate = _gate(name, shape, settings, SIZED[:3])
            yield make.case(gate, make.numbers(*shape), **settings)
            yield make.case(gate, make.places(3, *shape), **settings)
    for shape, settings in FRACTIONAL:
        yield make.case("fractional_max_pool2d", make.numbers(*shape), **settings)
        yield make.case("fractional_max_pool2d", make.places(3, *shape), **settings)


def _subsampled(make: Maker) -> Iterator[Case]:
    for shape, settings in IMAGES:
        plain = {name: settings[name] for name in ("kernel_size", "stride") if name in settings}
        x, channels = make.numbers(*shape), shape[-3]
        yield make.case("subsampling2d", x, make.numbers(channels), **plain)
        yield make.case("subsampling2d", x, *_pair(make, channels), **plain)


def _pair(make: Maker, size: int) -> tuple[Array, Array]:
    return as_array(make.numbers(size)), as_array(make.numbers(size))


def _larger(make: Maker) -> Iterator[Case]:
    for factors in FACTORS:
        for shape in ((2, 2, 3, 2), (1, 4, 3), (1, 1, 1, 2)):
            yield make.case("upsample_nearest", make.numbers(*shape), **factors)
            for corners in (False, True):
                numbers = make.numbers(*shape)
                yield make.case("upsample_bilinear", numbers, align_corners=corners, **factors)
