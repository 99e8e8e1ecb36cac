"""Convolutions and transposed convolutions as PyTorch computes them, in many settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.engine.gates.agreement import Case
from tests.engine.gates.torch_families.making import Maker, torch

FUNCTIONS: dict[str, Callable[..., Any]] = {
    name: getattr(torch.nn.functional, name)
    for name in ("conv1d", "conv2d", "conv_transpose1d", "conv_transpose2d")
}

# Shapes of x and weight of conv1d, and settings.
ROWS: tuple[tuple[tuple[int, ...], tuple[int, ...], dict[str, Any]], ...] = (
    ((2, 3, 8), (4, 3, 3), {}),
    ((3, 8), (4, 3, 3), {}),
    ((1, 3, 8), (2, 3, 1), {"stride": 2}),
    ((2, 4, 9), (6, 2, 3), {"groups": 2, "padding": 2}),
    ((2, 3, 9), (6, 1, 2), {"groups": 3, "dilation": 3, "stride": [2]}),
    ((2, 1, 5), (1, 1, 7), {"padding": [1]}),
    ((2, 2, 10), (2, 2, 3), {"stride": 3, "dilation": [2], "padding": 1}),
)

# Shapes of x and weight of conv2d, and settings.
IMAGES: tuple[tuple[tuple[int, ...], tuple[int, ...], dict[str, Any]], ...] = (
    ((2, 3, 5, 6), (4, 3, 3, 2), {}),
    ((3, 5, 6), (4, 3, 3, 3), {}),
    ((2, 3, 4, 4), (5, 3, 1, 1), {}),
    ((2, 3, 4, 4), (5, 3, 1, 1), {"stride": 2, "padding": 1}),
    ((1, 1, 7, 7), (2, 1, 5, 5), {"padding": 2}),
    ((2, 2, 6, 7), (3, 2, 3, 3), {"stride": 2, "padding": 1}),
    ((2, 2, 6, 7), (3, 2, 2, 3), {"stride": [1, 3], "padding": [0, 2]}),
    ((2, 2, 7, 8), (3, 2, 3, 2), {"dilation": [2, 3], "padding": [2, 1], "stride": [3, 2]}),
    ((2, 4, 5, 5), (4, 1, 3, 3), {"groups": 4, "padding": 1}),
    ((2, 4, 5, 5), (6, 2, 3, 3), {"groups": 2, "dilation": 2, "padding": [2, 3]}),
    ((3, 2, 2, 2), (9, 2, 2, 2), {}),
    ((2, 4, 3, 3), (12, 2, 3, 2), {"groups": 2}),
)

# Shapes of x and weight of the transposed convolutions, and settings.
TRANSPOSED: tuple[tuple[tuple[int, ...], tuple[int, ...], dict[str, Any]], ...] = (
    ((2, 3, 4), (3, 2, 3), {}),
    ((3, 4), (3, 2, 3), {"stride": 2}),
    ((2, 4, 4), (4, 3, 2), {"groups": 2, "stride": [3], "output_padding": 2}),
    ((1, 2, 5), (2, 1, 3), {"dilation": 3, "padding": 2, "output_padding": [2]}),
    ((2, 3, 3, 4), (3, 2, 3, 2), {}),
    ((3, 3, 4), (3, 2, 2, 2), {"stride": 2}),
    ((2, 3, 3, 4), (3, 2, 3, 3), {"stride": [2, 3], "padding": [1, 2], "output_padding": [1, 0]}),
    ((2, 4, 3, 3), (4, 1, 3, 3), {"groups": 4, "padding": 1}),
    ((2, 4, 3, 2), (4, 3, 2, 3), {"groups": 2, "dilation": [3, 2], "stride": [1, 2]}),
    ((1, 2, 3, 3), (2, 2, 1, 1), {"stride": 3, "output_padding": 2}),
    ((2, 8, 2, 2), (8, 2, 2, 2), {"groups": 2, "dilation": 2, "output_padding": [1, 1]}),
)


def cases(make: Maker) -> Iterator[Case]:
    """Return all cases of this family; the first three of each table are also without a bias."""
    for gate, table in (("conv1d", ROWS), ("conv2d", IMAGES)):
        for number, (x, weight, settings) in enumerate(table):
            bias = make.numbers(weight[0])
            yield make.case(gate, make.numbers(*x), make.numbers(*weight), bias, **settings)
            if number < 3:
                yield make.case(gate, make.numbers(*x), make.numbers(*weight), **settings)
    for number, (x, weight, settings) in enumerate(TRANSPOSED):
        gate = f"conv_transpose{len(weight) - 2}d"
        bias = make.numbers(weight[1] * settings.get("groups", 1))
        yield make.case(gate, make.numbers(*x), make.numbers(*weight), bias, **settings)
        if number in (0, 1, 4, 5):
            yield make.case(gate, make.numbers(*x), make.numbers(*weight), **settings)
