"""Reductions, extremes, spreads and running sums as PyTorch computes them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from chainrule.arrays import Array
from tests.engine.gates.agreement import Case
from tests.engine.gates.torch_families.making import Maker, torch

Axes = int | list[int] | None

SPLITS = "PyTorch splits the gradient among equal extremes"
AXES: tuple[dict[str, Any], ...] = (
    *({}, {"axis": 0}, {"axis": -1}, {"axis": 1}, {"axis": [0, 2]}),
    *({"axis": [2, 0]}, {"axis": [0, 1, 2]}, {"axis": []}),
)
KEEPDIMS: tuple[dict[str, Any], ...] = ({}, {"keepdims": True})
SPREADS: tuple[dict[str, Any], ...] = (*KEEPDIMS, {"correction": 0}, {"correction": 2})
ZEROS = (
    ((0.0, 2.0, 3.0), (1.5, 0.0, 0.0)),
    ((0.0, 0.0, 0.0), (-1.0, 2.0, 0.5)),
)


def _dims(axis: Axes, dimensions: int) -> list[int]:
    if axis is None:
        return list(range(dimensions))
    return [each % dimensions for each in (axis if isinstance(axis, list) else [axis])]


def _prod(x: Any, axis: Axes = None, keepdims: bool = False) -> Any:
    """Return the product over several axes, which torch.prod takes one by one."""
    for dim in sorted(_dims(axis, x.ndim)):
        x = torch.prod(x, dim=dim, keepdim=True)
    return x if keepdims else _without(x, _dims(axis, x.ndim))


def _without(x: Any, dims: list[int]) -> Any:
    return x.reshape([size for dim, size in enumerate(x.shape) if dim not in dims])


def _extreme(
    function: Callable[..., Any], x: Any, axis: Axes = None, keepdims: bool = False
) -> Any:
    dims = _dims(axis, x.ndim)
    return function(x, dim=dims, keepdim=keepdims) if dims else x.clone()


def _spread(
    function: Callable[..., Any],
    x: Any,
    axis: Axes = None,
    keepdims: bool = False,
    correction: int = 1,
) -> Any:
    dims = _dims(axis, x.ndim)
    return function(x, dim=dims, correction=correction, keepdim=keepdims)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "prod": _prod,
    "amax": partial(_extreme, torch.amax),
    "amin": partial(_extreme, torch.amin),
    "var": partial(_spread, torch.var),
    "std": partial(_spread, torch.std),
    "cumsum": lambda x, axis=0: torch.cumsum(x, dim=axis),
    "cumprod": lambda x, axis=0: torch.cumprod(x, dim=axis),
}


def cases(make: Maker) -> Iterator[Case]:
    """Return all cases of this family."""
    for family in (_along_axes, _products, _ties, _spreads, _running):
        yield from family(make)


def _along_axes(make: Maker) -> Iterator[Case]:
    for gate in ("prod", "amax", "amin"):
        yield make.case(gate, make.numbers())
        for params in AXES:
            for keepdims in KEEPDIMS:
                yield make.case(gate, make.numbers(2, 3, 2), **params, **keepdims)


def _products(make: Maker) -> Iterator[Case]:
    for axis in (0, 1, [0, 1]):
        for rows in ZEROS:
            yield make.case("prod", rows, axis=axis)
    yield make.case("prod", [0.0, 0.0, 2.0, 0.0])


def _ties(make: Maker) -> Iterator[Case]:
    for gate in ("amax", "amin"):
        yield make.case(gate, [[1.0, 3.0, 3.0], [1.0, 1.0, 2.0]], axis=1, deviates=SPLITS)
        yield make.case(gate, [2.0, 2.0], deviates=SPLITS)
        yield make.case(gate, [0.0, -math.inf, math.inf])
        yield make.case(gate, [[1.0, math.nan], [0.0, 2.0]], axis=1, deviates=SPLITS)


def _spreads(make: Maker) -> Iterator[Case]:
    for gate in ("var", "std"):
        for params in AXES[:-1]:
            for more in SPREADS:
                yield make.case(gate, make.numbers(2, 3, 4), **params, **more)
        yield make.case(gate, make.numbers(5) + 1e3, correction=0)
        yield make.case(gate, [3.0, 3.0, 3.0])
        yield make.case(gate, [[3.0, 3.0], [1.0, 2.0]], axis=1)


def _running(make: Maker) -> Iterator[Case]:
    for gate in ("cumsum", "cumprod"):
        for length in (1, 2, 3, 5, 8, 13):
            yield make.case(gate, make.numbers(length))
        for axis in (0, 1, -1, -3):
            yield make.case(gate, make.numbers(3, 2, 4), axis=axis)
        for axis in (0, 1):
            for rows in ZEROS:
                yield make.case(gate, rows, axis=axis)
    yield make.case("cumprod", _with_zeros(make, 9), axis=0)
    yield make.case("cumprod", _with_zeros(make, 3, 7), axis=1)


def _with_zeros(make: Maker, *shape: int) -> Array:
    return make.numbers(*shape) * (make.places(3, *shape) > 0.0)
