"""Gates that work number by number."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.engine.gates.opinfo.calls import (
    Call,
    Kink,
    LeftOut,
    Reader,
    Row,
    module,
    of_layer,
    only_default,
    op,
    tensors,
)

TIE = Kink(
    "at a tie the first input gets the whole gradient, and a nan the one that is there for it; "
    "PyTorch splits it, and lets nan pass to all",
    lambda inputs, _: ~((inputs[0] < inputs[1]) | (inputs[0] > inputs[1])),
)
NAN = Kink(
    "the gradient of |nan| is nan; PyTorch takes the sign of nan for 0",
    lambda inputs, _: np.isnan(inputs[0]),
)


def _scaled(x: Any, y: Any, alpha: float = 1) -> Call:
    return Call((x, y if alpha == 1 else alpha * y))


def _reversed(x: Any, y: Any, alpha: float = 1) -> Call:
    return Call((y, x if alpha == 1 else alpha * x))


def _quotient(x: Any, y: Any, rounding_mode: str | None = None) -> Call:
    only_default(rounding_mode=rounding_mode)
    return Call((x, y))


def _by_number(setting: str) -> Reader:
    """Read an operator whose second tensor is a number, which our gate has as a setting."""

    def read(x: Any, y: Any, alpha: float = 1) -> Call:
        if not hasattr(y, "ndim"):
            return Call((x,), {setting: float(y) * alpha})
        if y.ndim:
            raise LeftOut("the second tensor is no number, as which our gate has it")
        return Call((x,), {setting: y.item() * alpha}, fixed=(y,))

    return read


def _with(*names: str, far: bool = True) -> Reader:
    """Read an activation whose settings are called `names` here, in PyTorch's order."""

    def read(x: Any, *values: Any, inplace: bool = False, **settings: Any) -> Call:
        if not far and bool(x.detach().isinf().any()):
            raise LeftOut("infinities, of which PyTorch makes nan and we the limit")
        renamed = {RENAMED.get(name, name): each for name, each in settings.items()}
        return Call((x,), dict(zip(names, values, strict=False)) | renamed)

    return read


def _unit(
    gate: str,
    layer: str,
    *settings: str,
    far: bool = True,
    kink: Kink | None = None,
    **tolerance: Any,
) -> Row:
    """Return the row of an activation with PyTorch's name, whose layer has attributes `settings`.

    Without a layer the samples are the operator's alone; where PyTorch makes nan of infinities,
    those that have some are left out: they are not `far`.
    """
    read = _with(*(RENAMED.get(each, each) for each in settings), far=far)
    sources = [op(f"nn.functional.{gate}", read)]
    if layer:
        sources.append(module(layer, of_layer(read, *settings)))
    return Row(gate, tuple(sources), kink, **tolerance)


def _leaks(x: Any, weight: Any) -> Call:
    """Read prelu: PyTorch's weight is one for each channel, axis 1; ours broadcasts."""
    return Call((x, weight.reshape(-1, *(1,) * (x.ndim - 2)) if x.ndim > 1 else weight.reshape(())))


def _leaky(layer: Any, x: Any) -> Call:
    return _leaks(x, layer.weight)


def _clamped(x: Any, min: Any = None, max: Any = None) -> Call:
    bounds: dict[str, float] = {}
    fixed: list[Any] = []
    for name, bound, none in (("min", min, -FURTHEST), ("max", max, FURTHEST)):
        if hasattr(bound, "ndim") and bound.ndim:
            raise LeftOut("bounds that are tensors, where ours are numbers")
        fixed += [bound] if hasattr(bound, "ndim") else []
        bounds[name] = none if bound is None else float(bound)
    if bounds["min"] > bounds["max"]:
        raise LeftOut("bounds in the wrong order")
    return Call((x,), bounds, fixed=tuple(fixed))


def _copied(x: Any, **_: Any) -> Call:
    return Call((x,))


def _hardtanh(x: Any, min_val: float = -1.0, max_val: float = 1.0) -> Call:
    return Call((x,), {"min": min_val, "max": max_val})


def _shrunk(x: Any, lambd: float = 0.5) -> Call:
    if lambd < 0:
        raise LeftOut("a negative `lambd`, which our gate refuses")
    return Call((x,), {"lambd": lambd})


def _randomly_leaky(
    x: Any,
    lower: float = 1 / 8,
    upper: float = 1 / 3,
    training: bool = False,
    inplace: bool = False,
) -> Call:
    if training and lower != upper:
        raise LeftOut("by chance: the slopes are others")
    return Call((x,), {"lower": lower, "upper": upper, "training": training})


def _below(x: Any, bound: Any) -> Call:
    return _clamped(x, None, bound)


def _above(x: Any, bound: Any) -> Call:
    return _clamped(x, bound)


def _raised(x: Any, y: Any) -> Call:
    return Call((y, x))


def _softplus(x: Any, beta: float = 1.0, threshold: float = 20.0) -> Call:
    if bool((beta * x.detach() > threshold).any()):
        raise LeftOut("beyond its threshold PyTorch's is linear")
    return Call((beta * x,), pick=lambda result: beta * result)


BOUNDS = Kink(
    "at its bounds and at nan the gradient of clip passes; that of PyTorch's hardtanh doesn't",
    lambda inputs, settings: (
        np.isnan(inputs[0])
        | (inputs[0] == settings.get("min", -1.0))
        | (inputs[0] == settings.get("max", 1.0))
    ),
)
PASSING = Kink(
    "the gradient of a nan passes; PyTorch has 0 or nan", lambda inputs, _: np.isnan(inputs[0])
)
BELOW_1 = Kink(
    "below 1 both value and gradient are nan; PyTorch's gradient is a number there",
    lambda inputs, _: inputs[0] < 1,
)
ORIGIN = Kink(
    "at (0, 0) there is no slope; PyTorch takes 0",
    lambda inputs, _: (inputs[0] == 0) & (inputs[1] == 0),
)
FURTHEST = 1.7e308

# PyTorch's names of settings whose names are others here.
RENAMED = {"min_val": "min", "max_val": "max"}

UNARY = (
    *("neg", "reciprocal", "exp", "log", "sqrt", "square", "sin", "cos"),
    *("rsqrt", "erf", "erfc", "exp2", "log1p", "log2", "log10", "sinh", "cosh", "asinh"),
    *("atanh", "tan", "asin", "acos", "atan"),
)
BINARY = ("hypot", "logaddexp")
ROUNDED = "PyTorch rounds beside the saturation"

ROWS = (
    Row("add", (op("add", _scaled), op("__radd__", _scaled))),
    Row("sub", (op("sub", _scaled), op("rsub", _reversed), op("__rsub__", _reversed))),
    Row("mul", (op("mul", tensors), op("__rmul__", tensors))),
    Row("div", (op("div/no_rounding_mode", _quotient), op("true_divide", tensors))),
    Row("add_constant", (op("add", _by_number("c")), op("__radd__", _by_number("c")))),
    Row("mul_constant", (op("mul", _by_number("c")), op("__rmul__", _by_number("c")))),
    Row("max", (op("maximum", tensors), op("max/binary", tensors)), TIE),
    Row("min", (op("minimum", tensors), op("min/binary", tensors)), TIE),
    Row("identity", (op("clone", _copied), op("positive", tensors), op("contiguous", _copied))),
    Row("power", (op("pow", _by_number("exponent")), op("float_power", _by_number("exponent")))),
    Row("pow", (op("pow", tensors), op("float_power", tensors), op("__rpow__", _raised))),
    *(Row(name, (op(name, tensors),)) for name in (*UNARY, *BINARY)),
    Row("acosh", (op("acosh", tensors),), BELOW_1),
    Row("atan2", (op("atan2", tensors),), ORIGIN),
    Row(
        "sinc",
        (op("sinc", tensors),),
        relative=1e-5,
        absolute=1e-9,
        because="PyTorch's slope cancels near 0",
    ),
    Row("expm1", (op("expm1", tensors),), absolute=1e-15, because=ROUNDED),
    Row("abs", (op("abs", tensors),), NAN),
    Row(
        "clip",
        (
            *(op("clamp", _clamped), op("clamp_min", _above), op("clamp_max", _below)),
            op("nn.functional.hardtanh", _hardtanh),
        ),
        BOUNDS,
    ),
    Row(
        "sigmoid",
        (op("sigmoid", tensors), module("Sigmoid", of_layer(tensors))),
        absolute=4e-15,
        because=ROUNDED,
    ),
    Row(
        "tanh",
        (op("tanh", tensors), module("Tanh", of_layer(tensors))),
        absolute=4e-15,
        because=ROUNDED,
    ),
    Row("softplus", (op("nn.functional.softplus", _softplus),)),
    Row("prelu", (op("nn.functional.prelu", _leaks), module("PReLU", _leaky))),
    _unit("relu", "ReLU"),
    _unit("relu6", "ReLU6", kink=PASSING),
    _unit("leaky_relu", "LeakyReLU", "negative_slope"),
    _unit("elu", "ELU", "alpha", kink=PASSING),
    _unit("selu", "SELU", kink=PASSING),
    _unit(
        *("celu", "CELU", "alpha"),
        kink=PASSING,
        relative=1e-6,
        because="PyTorch has 1/alpha in single precision",
    ),
    _unit("gelu", "GELU", "approximate", far=False, absolute=4e-15, because=ROUNDED),
    _unit("silu", "SiLU", far=False),
    _unit("mish", "Mish", far=False),
    _unit("logsigmoid", "LogSigmoid"),
    _unit("softsign", "Softsign", far=False),
    _unit("tanhshrink", "Tanhshrink"),
    _unit("hardtanh", "Hardtanh", "min_val", "max_val", kink=PASSING),
    _unit(
        "hardsigmoid",
        "",
        kink=PASSING,
        relative=1e-7,
        because="PyTorch has 1/6 in single precision",
    ),
    _unit("hardswish", "Hardswish", far=False),
    Row(
        "hardshrink",
        (
            op("nn.functional.hardshrink", _shrunk),
            module("Hardshrink", of_layer(_shrunk, "lambd")),
        ),
        PASSING,
    ),
    Row("rrelu", (op("nn.functional.rrelu", _randomly_leaky),)),
    _unit("softshrink", "Softshrink", "lambd", kink=PASSING),
    _unit("threshold", "Threshold", "threshold", "value"),
)

WITHOUT = {
    "cbrt": "PyTorch has no cube root",
    "gradient_reversal": "PyTorch has no such operator; its backward is no derivative",
}
