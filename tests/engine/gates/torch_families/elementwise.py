"""The elementwise gates beyond the lecture's as PyTorch computes them, and the cases."""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from tests.engine.gates.agreement import Case
from tests.engine.gates.torch_families.making import Maker, torch

functional: Any = importlib.import_module("torch.nn.functional")


def _cbrt(x: Any) -> Any:
    return torch.sign(x) * torch.abs(x) ** (1.0 / 3.0)


class _Reversal(torch.autograd.Function):
    """The gradient reversal as PyTorch's users write it."""

    @staticmethod
    def forward(ctx: Any, x: Any, scale: float) -> Any:
        """Return x."""
        ctx.scale = scale
        return x.clone()

    @staticmethod
    def backward(ctx: Any, upstream: Any) -> Any:
        """Return the gradient of x, and none of the scale."""
        return -ctx.scale * upstream, None


def _prelu(x: Any, weight: Any) -> Any:
    # What functional.prelu calls once it has brought the weights of the channels into place.
    return torch._prelu_kernel(*torch.broadcast_tensors(x, weight))


def _rrelu(
    x: Any, lower: float = 0.125, upper: float = 1 / 3, seed: int = 0, training: bool = True
) -> Any:
    if not training:
        return functional.rrelu(x, lower, upper, training=False)
    draws = np.random.Generator(np.random.PCG64(seed)).random(math.prod(x.shape))
    slopes = torch.tensor(np.reshape(lower + (upper - lower) * draws, tuple(x.shape)))
    return torch.where(x > 0, x, x * slopes)


def _softmin(x: Any, axis: int | list[int] | None = None) -> Any:
    if axis is None:
        return functional.softmin(x.reshape(-1), dim=0).reshape(x.shape)
    if isinstance(axis, int):
        return functional.softmin(x, dim=axis)
    weights = torch.exp(-x)
    return weights / weights.sum(dim=axis, keepdim=True)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "identity": lambda x: x * 1.0,
    "gradient_reversal": lambda x, scale=1.0: _Reversal.apply(x, scale),
    "clip": torch.clamp,
    "tan": torch.tan,
    "asin": torch.asin,
    "acos": torch.acos,
    "atan": torch.atan,
    "atan2": torch.atan2,
    "sinc": torch.sinc,
    "sinh": torch.sinh,
    "cosh": torch.cosh,
    "asinh": torch.asinh,
    "acosh": torch.acosh,
    "atanh": torch.atanh,
    "exp2": torch.exp2,
    "expm1": torch.expm1,
    "log1p": torch.log1p,
    "log2": torch.log2,
    "log10": torch.log10,
    "logaddexp": torch.logaddexp,
    "cbrt": _cbrt,
    "rsqrt": torch.rsqrt,
    "pow": torch.pow,
    "hypot": torch.hypot,
    "erf": torch.erf,
    "erfc": torch.erfc,
    "softmin": _softmin,
    "relu6": functional.relu6,
    "leaky_relu": functional.leaky_relu,
    "prelu": _prelu,
    "rrelu": _rrelu,
    "elu": functional.elu,
    "selu": functional.selu,
    "celu": functional.celu,
    "gelu": functional.gelu,
    "silu": functional.silu,
    "mish": functional.mish,
    "logsigmoid": functional.logsigmoid,
    "softsign": functional.softsign,
    "tanhshrink": functional.tanhshrink,
    "hardtanh": lambda x, min=-1.0, max=1.0: functional.hardtanh(x, min, max),
    # Its own derivative is a sixth of single precision.
    "hardsigmoid": lambda x: functional.relu6(x + 3.0) / 6.0,
    "hardswish": functional.hardswish,
    "hardshrink": functional.hardshrink,
    "softshrink": functional.softshrink,
    "threshold": functional.threshold,
}

# Each with the settings in which it is compared; the defaults where there are none.
UNARY: dict[str, tuple[dict[str, Any], ...]] = {
    **dict.fromkeys(("tan", "asin", "acos", "atan", "sinc", "sinh", "cosh", "asinh"), ({},)),
    **dict.fromkeys(("acosh", "atanh", "exp2", "expm1", "log1p", "log2", "log10", "cbrt"), ({},)),
    **dict.fromkeys(("rsqrt", "erf", "erfc", "identity", "relu6", "selu", "silu", "mish"), ({},)),
    **dict.fromkeys(("logsigmoid", "softsign", "tanhshrink", "hardsigmoid", "hardswish"), ({},)),
    "gradient_reversal": ({}, {"scale": 0.25}),
    "clip": ({"min": -1.0, "max": 1.0}, {"min": 0.0, "max": 0.5}),
    "leaky_relu": ({}, {"negative_slope": 0.3}),
    "elu": ({}, {"alpha": 0.5}),
    "celu": ({}, {"alpha": 0.5}),
    "gelu": ({}, {"approximate": "tanh"}),
    "hardtanh": ({}, {"min": 0.0, "max": 0.5}),
    "hardshrink": ({}, {"lambd": 0.0}),
    "softshrink": ({}, {"lambd": 0.0}),
    "threshold": ({"threshold": 0.0, "value": 0.0}, {"threshold": -1.0, "value": 8.0}),
}
INSIDE = ("asin", "acos", "atanh")
POSITIVE = ("log2", "log10", "rsqrt")
# These have limits at infinities, where PyTorch's product of infinity and 0 is nan.
FADING = ("gelu", "silu", "mish", "hardswish", "softsign")
POINTS = (0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 3.0, -3.0, 6.0, 8.0, 1e-8, -1e-8, 18.0, -18.0)
FAR = (40.0, -40.0, 800.0, -800.0, 1e8, -1e8)
TINY = (1e-300, -1e-300)
EXTREME = (1e300, -1e300)
ENDLESS = (math.inf, -math.inf)
PAIRED = (0.5, 1.0, -2.0, 3.0, 1e-9, 1e100, -1e100)
SHAPES: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = (
    ((), ()),
    ((2, 3), (2, 3)),
    ((2, 3), ()),
    ((3,), (2, 1)),
    ((2, 1, 2), (3, 1)),
)


def cases(make: Maker) -> Iterator[Case]:
    """Return all cases of this family."""
    yield from _unary(make)
    yield from _binary(make)
    yield from _endless_pairs(make)
    yield from _by_chance(make)
    yield from _along_axes(make)


def _within(gate: str, numbers: Any) -> Any:
    """Bring numbers into the gate's domain."""
    if gate in INSIDE:
        return np.tanh(numbers)
    if gate in POSITIVE:
        return abs(numbers) + 0.125
    return abs(numbers) + (1.125 if gate == "acosh" else -0.125 if gate == "log1p" else 0.0)


def _unary(make: Maker) -> Iterator[Case]:
    bounded = (*INSIDE, *POSITIVE, "acosh", "log1p")
    for gate, settings in UNARY.items():
        for params in settings:
            for shape in ((), (2, 3)):
                numbers = make.numbers(*shape)
                inside = np.round(_within(gate, numbers), 6) if gate in bounded else 2.0 * numbers
                yield make.case(gate, inside, **params)
            yield from _special(make, gate, params)


def _special(make: Maker, gate: str, params: dict[str, Any]) -> Iterator[Case]:
    for points in (POINTS, FAR, TINY, EXTREME, ENDLESS, (math.nan,)):
        numbers = [x for x in points if not _is_inexact(gate, x, params)]
        if numbers:
            yield make.case(gate, numbers, deviates=_deviates(gate, points), **params)


def _is_inexact(gate: str, x: float, params: dict[str, Any]) -> bool:
    """Say whether PyTorch, and not ours, has lost all digits at x."""
    if gate == "sinc":
        return 0.0 < abs(x) < 1e-3 or abs(x) > 1e100
    if gate in ("softsign", "gelu") and abs(x) > 1e7:
        return gate == "softsign" or "approximate" in params or math.isinf(x)
    return gate in FADING and math.isinf(x)


def _deviates(gate: str, points: tuple[float, ...]) -> str:
    if gate == "acosh":
        return "PyTorch has a gradient below -1, where there is no value"
    if gate == "asinh" and points is EXTREME:
        return "the square in PyTorch's gradient overflows"
    if gate == "cbrt" and points is POINTS:
        return "composed of a sign and a power, PyTorch's has no gradient at 0"
    if math.isnan(points[0]):
        if gate == "clip":
            return "PyTorch lets no gradient of nan through"
        if gate == "hardswish":
            return "PyTorch lets the gradient of nan through as it is"
    return ""


def _binary(make: Maker) -> Iterator[Case]:
    for gate in ("atan2", "logaddexp", "pow", "hypot", "prelu"):
        for first, second in SHAPES:
            x = make.numbers(*first)
            yield make.case(gate, abs(x) if gate == "pow" else x, make.numbers(*second))
        yield make.case(gate, np.reshape(PAIRED, (-1, 1)), PAIRED)


def _endless_pairs(make: Maker) -> Iterator[Case]:
    points = (0.0, 2.0, -3.0, math.inf, -math.inf, math.nan)
    for gate in ("atan2", "logaddexp", "pow", "hypot", "prelu"):
        yield make.case(gate, np.reshape(points, (-1, 1)), points)


def _by_chance(make: Maker) -> Iterator[Case]:
    settings: tuple[dict[str, Any], ...] = (
        {},
        {"seed": 5},
        {"lower": -0.5, "upper": 2.0, "seed": 1},
        {"training": False},
        {"lower": 0.0, "upper": 0.5, "training": False},
    )
    for params in settings:
        for shape in ((), (6,), (2, 3, 2)):
            yield make.case("rrelu", make.numbers(*shape), **params)


def _along_axes(make: Maker) -> Iterator[Case]:
    for axis in (None, 0, -1, [0, 2]):
        yield make.case("softmin", make.numbers(2, 3, 2), axis=axis)
    yield make.case("softmin", [[1000.0, 1001.0, 999.0], [0.0, 40.0, 800.0]], axis=-1)
    for row in ((math.inf, 1.0), (-math.inf, 1.0), (math.nan, 1.0)):
        yield make.case("softmin", row)
