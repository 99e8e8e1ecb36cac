"""The lecture's gates as PyTorch computes them, and the cases in which the two are compared."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial, reduce
from typing import Any

import numpy as np

from chainrule.arrays import Array, as_array
from tests.engine.gates.agreement import Case
from tests.engine.gates.torch_families.making import Maker, torch


def _axes(axis: int | list[int] | None, dimensions: int) -> list[int]:
    if axis is None:
        return list(range(dimensions))
    return [each % dimensions for each in (axis if isinstance(axis, list) else [axis])]


def _over(function: Callable[..., Any], x: Any, axis: int | list[int] | None = None) -> Any:
    """Apply a function of one axis to several, by bringing them to the end as one."""
    axes = _axes(axis, x.ndim)
    order = [each for each in range(x.ndim) if each not in axes] + axes
    moved = x.permute(order)
    flat = moved.reshape(*moved.shape[: x.ndim - len(axes)], -1)
    return function(flat, dim=-1).reshape(moved.shape).permute(list(np.argsort(order)))


def _reduction(function: Callable[..., Any]) -> Callable[..., Any]:
    def reduced(x: Any, axis: int | list[int] | None = None, keepdims: bool = False) -> Any:
        return function(x, dim=_axes(axis, x.ndim), keepdim=keepdims)

    return reduced


def _transpose(x: Any, axes: list[int] | None = None) -> Any:
    return x.permute(axes or list(range(x.ndim))[::-1])


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "add": lambda *xs: reduce(torch.add, xs),
    "mul": lambda *xs: reduce(torch.mul, xs),
    "sub": torch.sub,
    "div": torch.div,
    "neg": torch.neg,
    "reciprocal": torch.reciprocal,
    "mul_constant": lambda x, c: x * c,
    "add_constant": lambda x, c: x + c,
    "max": lambda *xs: reduce(torch.maximum, xs),
    "min": lambda *xs: reduce(torch.minimum, xs),
    "exp": torch.exp,
    "log": torch.log,
    "sqrt": torch.sqrt,
    "square": torch.square,
    "power": torch.pow,
    "abs": torch.abs,
    "sin": torch.sin,
    "cos": torch.cos,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    # Beyond its threshold of 20 PyTorch's softplus is linear, which differs in the ninth digit.
    "softplus": lambda x: torch.nn.functional.softplus(x, threshold=500.0),
    "softmax": partial(_over, torch.softmax),
    "log_softmax": partial(_over, torch.log_softmax),
    "sum": _reduction(torch.sum),
    "mean": _reduction(torch.mean),
    "logsumexp": _reduction(torch.logsumexp),
    "matmul": torch.matmul,
    "transpose": _transpose,
    "reshape": torch.reshape,
    "concat": lambda *xs, axis=0: torch.cat(xs, dim=axis),
}

UNARY = (
    *("neg", "reciprocal", "exp", "log", "sqrt", "square", "abs", "sin", "cos"),
    *("sigmoid", "tanh", "relu", "softplus"),
)
BINARY = ("add", "mul", "sub", "div", "max", "min")
VARIADIC = ("add", "mul", "max", "min")
ROUTERS = ("max", "min")
SPECIAL = (
    *(0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 3.0, 1e-8, -1e-8, 1e-300, -1e-300, 1e8, -1e8),
    *(18.0, -18.0, 40.0, -40.0, 800.0, -800.0, 1e300, -1e300, math.inf, -math.inf, math.nan),
)
UPSTREAM = (0.0, 1.0, -2.0, 1e300, math.inf, -math.inf, math.nan)
EXPONENTS = (0.0, 1.0, 2.0, 3.0, 0.5, -1.0, -2.0, -0.5, 2.5)
PAIRED = (0.0, 1.0, -2.0, 1e-300, 1e300, math.inf, -math.inf, math.nan)
DISTINCT = (0.5, 2.0, -1.0, 1e-300, -1e300, math.inf)
SCORES = (
    ((1.0, 2.0, 3.0), (-1.0, 0.0, 1.0)),
    ((1000.0, 1001.0, 999.0), (-1e5, -1e5, -1e5)),
    ((0.0, -40.0, -800.0), (1e300, -1e300, 0.0)),
    ((-math.inf, 0.0, 1.0), (2.0, 2.0, 2.0)),
)
AXES: tuple[dict[str, Any], ...] = (
    {},
    {"axis": 0},
    {"axis": -1},
    {"axis": [0, 1]},
    {"axis": [0, 2]},
    {"axis": 1},
)
PRODUCTS = (
    ((3,), (3,)),
    ((2, 3), (3,)),
    ((2,), (2, 3)),
    ((2, 3), (3, 4)),
    ((1, 1), (1, 1)),
    ((2, 2, 3), (2, 3, 2)),
    ((2, 2, 3), (3, 2)),
    ((2, 3), (4, 3, 2)),
    ((2, 1, 2, 3), (3, 3, 1)),
    ((3,), (2, 3, 2)),
    ((2, 2, 3), (3,)),
)


def cases(make: Maker) -> Iterator[Case]:
    """Return all cases of this family."""
    for family in (_unary, _parametrised, _binary, _variadic, _along_axes, _special_scores):
        yield from family(make)
    yield from _products(make)
    yield from _shaping(make)


def _positive(make: Maker, gate: str, *shape: int) -> Array:
    numbers = make.numbers(*shape)
    return abs(numbers) if gate in ("log", "sqrt", "power") else numbers


def _unary(make: Maker) -> Iterator[Case]:
    for gate in UNARY:
        yield make.case(gate, _positive(make, gate))
        yield make.case(gate, _positive(make, gate, 2, 3))
        yield make.case(gate, SPECIAL[:-1])
        nan = "PyTorch takes the sign of nan for 0" if gate == "abs" else ""
        yield make.case(gate, [math.nan], deviates=nan)
        for point in (0.5, 0.0, -0.5):
            inputs = (np.full(len(UPSTREAM), point),)
            yield Case(gate, inputs, as_array(UPSTREAM))


def _parametrised(make: Maker) -> Iterator[Case]:
    for c in (-1.0, 2.5, 0.0):
        for gate in ("mul_constant", "add_constant"):
            yield make.case(gate, make.numbers(), c=c)
            yield make.case(gate, SPECIAL, c=c)
    for exponent in EXPONENTS:
        yield make.case("power", _positive(make, "power"), exponent=exponent)
        yield make.case("power", _positive(make, "power", 2, 3), exponent=exponent)
        # PyTorch takes ±0.5 for a root, which differs from IEEE 754's pow at -0.0 and -inf.
        points = [x for x in SPECIAL if x not in (0.0, -math.inf) or exponent % 1.0 == 0.0]
        yield make.case("power", points, exponent=exponent)


def _binary(make: Maker) -> Iterator[Case]:
    for gate in BINARY:
        yield make.case(gate, make.numbers(), make.numbers())
        for first, second in (((2, 3), (2, 3)), ((2, 3), ()), ((3,), (2, 1)), ((2, 1, 2), (3, 1))):
            yield make.case(gate, make.numbers(*first), make.numbers(*second))
        column = np.reshape(PAIRED, (-1, 1))
        routes = "PyTorch splits ties and lets nan pass to all" if gate in ROUTERS else ""
        yield make.case(gate, column, PAIRED, deviates=routes)
        yield make.case(gate, DISTINCT, DISTINCT[::-1])


def _variadic(make: Maker) -> Iterator[Case]:
    for gate in VARIADIC:
        yield make.case(gate, make.numbers(), make.numbers(), make.numbers())
        shapes = ((2, 3), (3,), (), (2, 1))
        yield make.case(gate, *(make.numbers(*shape) for shape in shapes))
    yield make.case("mul", [0.0, 0.0, 2.0], [0.0, 3.0, 0.0], [4.0, 0.0, 5.0])


def _along_axes(make: Maker) -> Iterator[Case]:
    for params in AXES:
        for gate in ("softmax", "log_softmax", "sum", "mean", "logsumexp"):
            yield make.case(gate, make.numbers(2, 3, 2), **params)
            if gate in ("sum", "mean", "logsumexp"):
                yield make.case(gate, make.numbers(2, 3, 2), keepdims=True, **params)


def _special_scores(make: Maker) -> Iterator[Case]:
    for scores in SCORES:
        for gate in ("softmax", "log_softmax", "logsumexp"):
            yield make.case(gate, scores, axis=-1)
    for row in ((math.inf, 1.0), (-math.inf, -math.inf), (math.inf, math.inf), (math.nan, 1.0)):
        for gate in ("sum", "mean", "softmax", "log_softmax", "logsumexp"):
            yield make.case(gate, row)


def _products(make: Maker) -> Iterator[Case]:
    for x, y in PRODUCTS:
        yield make.case("matmul", make.numbers(*x), make.numbers(*y))
    yield make.case("matmul", [[math.inf, 1.0], [2.0, 3.0]], [[0.5, math.nan], [1.0, 0.0]])


def _shaping(make: Maker) -> Iterator[Case]:
    for axes in (None, [2, 0, 1], [0, -1, 1]):
        yield make.case("transpose", make.numbers(2, 3, 4), axes=axes)
    for shape in ([6, 4], [-1], [4, -1, 2], [1, 24, 1]):
        yield make.case("reshape", make.numbers(2, 3, 4), shape=shape)
    yield make.case("reshape", [5.0], shape=[])
    yield make.case("concat", make.numbers(2), make.numbers(3), make.numbers(1))
    for axis in (1, -2):
        yield make.case("concat", make.numbers(2, 3, 2), make.numbers(2, 3, 2), axis=axis)
