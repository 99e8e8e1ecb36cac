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


def _activation(layer: Any, x: Any) -> Call:
    return Call((x,))


def _inplace(x: Any, inplace: bool = False) -> Call:
    return Call((x,))


def _softplus(x: Any, beta: float = 1.0, threshold: float = 20.0) -> Call:
    if bool((beta * x.detach() > threshold).any()):
        raise LeftOut("beyond its threshold PyTorch's is linear")
    return Call((beta * x,), pick=lambda result: beta * result)


UNARY = ("neg", "reciprocal", "exp", "log", "sqrt", "square", "sin", "cos")

ROWS = (
    Row("add", (op("add", _scaled), op("__radd__", _scaled))),
    Row("sub", (op("sub", _scaled), op("rsub", _reversed), op("__rsub__", _reversed))),
    Row("mul", (op("mul", tensors), op("__rmul__", tensors))),
    Row("div", (op("div/no_rounding_mode", _quotient), op("true_divide", tensors))),
    Row("add_constant", (op("add", _by_number("c")), op("__radd__", _by_number("c")))),
    Row("mul_constant", (op("mul", _by_number("c")), op("__rmul__", _by_number("c")))),
    Row("max", (op("maximum", tensors), op("max/binary", tensors)), TIE),
    Row("min", (op("minimum", tensors), op("min/binary", tensors)), TIE),
    Row("power", (op("pow", _by_number("exponent")), op("float_power", _by_number("exponent")))),
    *(Row(name, (op(name, tensors),)) for name in UNARY),
    Row("abs", (op("abs", tensors),), NAN),
    Row("sigmoid", (op("sigmoid", tensors), module("Sigmoid", _activation)), absolute=4e-15),
    Row("tanh", (op("tanh", tensors), module("Tanh", _activation)), absolute=4e-15),
    Row("relu", (op("nn.functional.relu", _inplace), module("ReLU", _activation))),
    Row("softplus", (op("nn.functional.softplus", _softplus),)),
)

WITHOUT: dict[str, str] = {}
