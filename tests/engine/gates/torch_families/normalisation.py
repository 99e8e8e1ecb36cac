"""Normalisation as PyTorch computes it; that by local windows is made of its convolutions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.engine.gates.agreement import Case
from tests.engine.gates.torch_families.making import Maker, torch

functional: Any = torch.nn.functional


def _batch(x: Any, weight: Any = None, bias: Any = None, eps: float = 1e-5) -> Any:
    return functional.batch_norm(x, None, None, weight, bias, training=True, eps=eps)


def _inference(
    x: Any, mean: Any, var: Any, weight: Any = None, bias: Any = None, eps: float = 1e-5
) -> Any:
    """Compose what batch_norm does with given statistics, by which it can't be differentiated."""
    given = [each for each in (mean, var, weight, bias) if each is not None]
    mean, var, *scales = (each.reshape(-1, *[1] * (x.ndim - 2)) for each in given)
    result = (x - mean) / torch.sqrt(var + eps)
    result = result * scales[0] if scales else result
    return result + scales[1] if len(scales) > 1 else result


def _layer(
    x: Any, weight: Any = None, bias: Any = None, dimensions: int = 1, eps: float = 1e-5
) -> Any:
    return functional.layer_norm(x, x.shape[-dimensions:], weight, bias, eps)


def _rms(x: Any, weight: Any = None, dimensions: int = 1, eps: float = 1e-5) -> Any:
    return functional.rms_norm(x, x.shape[-dimensions:], weight, eps)


def _instance(x: Any, weight: Any = None, bias: Any = None, eps: float = 1e-5) -> Any:
    return functional.instance_norm(x, weight=weight, bias=bias, eps=eps)


def _group(
    x: Any, weight: Any = None, bias: Any = None, num_groups: int = 1, eps: float = 1e-5
) -> Any:
    return functional.group_norm(x, num_groups, weight, bias, eps)


def _means(images: Any, kernel_size: Any) -> Any:
    """Return the mean over windows and channels, padding counting as zeros."""
    sizes = [kernel_size] * 2 if isinstance(kernel_size, int) else kernel_size
    kernel = torch.ones(1, images.shape[1], *sizes, dtype=images.dtype) / images.shape[1]
    padding = [size // 2 for size in sizes]
    return functional.conv2d(images, kernel / (sizes[0] * sizes[1]), padding=padding)


def _subtractive(x: Any, kernel_size: Any = 9) -> Any:
    images = x if x.ndim == 4 else x[None]
    coefficients = _means(torch.ones_like(images), kernel_size)
    return (images - _means(images, kernel_size) / coefficients).reshape(x.shape)


def _divisive(x: Any, kernel_size: Any = 9, threshold: float = 1e-4) -> Any:
    images = x if x.ndim == 4 else x[None]
    coefficients = _means(torch.ones_like(images), kernel_size)
    deviations = _means(images**2, kernel_size).sqrt() / coefficients
    divisors = functional.threshold(deviations, threshold, threshold)
    return (images / divisors).reshape(x.shape)


def _contrastive(x: Any, kernel_size: Any = 9, threshold: float = 1e-4) -> Any:
    return _divisive(_subtractive(x, kernel_size), kernel_size, threshold)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "batch_norm": _batch,
    "batch_norm_inference": _inference,
    "layer_norm": _layer,
    "rms_norm": _rms,
    "instance_norm": _instance,
    "group_norm": _group,
    "local_response_norm": functional.local_response_norm,
    "local_subtractive_norm": _subtractive,
    "local_divisive_norm": _divisive,
    "local_contrast_norm": _contrastive,
}

BATCHES: tuple[tuple[int, ...], ...] = ((5, 3), (3, 2, 4), (2, 3, 2, 4), (2, 1, 2, 2, 2))
EPS: tuple[dict[str, Any], ...] = ({}, {"eps": 0.3})
GROUPED: tuple[tuple[tuple[int, ...], int], ...] = (
    ((3, 4), 2),
    ((2, 6, 3), 3),
    ((2, 4, 2, 3), 4),
    ((2, 4, 2, 3), 1),
)
RESPONSES: tuple[tuple[tuple[int, ...], dict[str, Any]], ...] = (
    ((2, 5, 4), {"size": 3}),
    ((2, 6, 2, 3), {"size": 5, "alpha": 0.5}),
    ((1, 4, 2, 3), {"size": 2, "alpha": 1.5, "beta": 0.5, "k": 2.0}),
    ((1, 3, 2, 2), {"size": 8, "alpha": 2.0, "beta": 1.0, "k": 0.5}),
    ((1, 3, 2, 2), {"size": 1, "alpha": 2.0}),
)
SURROUNDINGS: tuple[tuple[tuple[int, ...], dict[str, Any]], ...] = (
    ((1, 2, 5, 6), {}),
    ((3, 4, 4), {"kernel_size": 3}),
    ((1, 1, 9, 10), {}),
    ((1, 2, 4, 6), {"kernel_size": [3, 5]}),
    ((1, 1, 4, 5), {"kernel_size": [1, 3]}),
)


def cases(make: Maker) -> Iterator[Case]:
    """Return all cases of this family."""
    for family in (_by_channels, _by_rows, _by_groups, _responses, _surroundings):
        yield from family(make)


def _scaled(make: Maker, gate: str, x: tuple[int, ...], *scale: int, **settings: Any) -> Any:
    """Yield cases without weight and bias, with a weight, and with both; for an eps the last."""
    most = 1 if gate == "rms_norm" else 2
    for count in range(most if "eps" in settings else 0, most + 1):
        scales = [make.numbers(*scale) for _ in range(count)]
        yield make.case(gate, make.numbers(*x), *scales, **settings)


def _by_channels(make: Maker) -> Iterator[Case]:
    for settings in EPS:
        for shape in BATCHES:
            channels = shape[1]
            yield from _scaled(make, "batch_norm", shape, channels, **settings)
            if len(shape) > 2:
                yield from _scaled(make, "instance_norm", shape, channels, **settings)
            for count in range(2 if settings else 0, 3):
                spread = abs(make.numbers(channels)) + 0.1
                scales = [make.numbers(channels) for _ in range(count)]
                inputs = (make.numbers(*shape), make.numbers(channels), spread, *scales)
                yield make.case("batch_norm_inference", *inputs, **settings)


def _by_rows(make: Maker) -> Iterator[Case]:
    for settings in EPS:
        for gate in ("layer_norm", "rms_norm"):
            yield from _scaled(make, gate, (4,), 4, **settings)
            yield from _scaled(make, gate, (3, 5), 5, **settings)
            yield from _scaled(make, gate, (2, 3, 4), 3, 4, dimensions=2, **settings)
            yield from _scaled(make, gate, (2, 3, 2, 2), 3, 2, 2, dimensions=3, **settings)


def _by_groups(make: Maker) -> Iterator[Case]:
    for settings in EPS:
        for shape, groups in GROUPED:
            yield from _scaled(make, "group_norm", shape, shape[1], num_groups=groups, **settings)


def _responses(make: Maker) -> Iterator[Case]:
    for shape, settings in RESPONSES:
        yield make.case("local_response_norm", make.numbers(*shape), **settings)


def _surroundings(make: Maker) -> Iterator[Case]:
    for shape, settings in SURROUNDINGS:
        yield make.case("local_subtractive_norm", make.numbers(*shape), **settings)
        for gate in ("local_divisive_norm", "local_contrast_norm"):
            yield make.case(gate, make.numbers(*shape), **settings)
            yield make.case(gate, make.numbers(*shape), threshold=0.9, **settings)
    for gate in ("local_subtractive_norm", "local_divisive_norm"):
        yield make.case(gate, [[[2.0, 2.0], [2.0, 2.0]]], kernel_size=3)
