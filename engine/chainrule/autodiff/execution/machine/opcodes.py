"""The compiled loops as data: a number for each kernel, so ordered that ranges mean something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from chainrule.gates import kernels
from chainrule.gates.kernel import PASS_ON, Kernel

# Sums and products have code of their own in the loops; the others are called by their number.
INLINED: Final = (kernels.ADD, kernels.MUL)
# A router's slopes are 0 and 1, and it sends a gradient or nothing.
BINARY_ROUTERS: Final = (
    kernels.MAX,
    kernels.MIN,
    kernels.HARDSHRINK,
    kernels.SOFTSHRINK,
    kernels.GREATER,
    kernels.GREATER_EQUAL,
    kernels.EQUAL,
)
BINARY: Final = (
    kernels.SUB,
    kernels.DIV,
    kernels.POWER,
    kernels.POW,
    kernels.HYPOT,
    kernels.LOGADDEXP,
    kernels.ATAN2,
    kernels.GRADIENT_REVERSAL,
    kernels.LEAKY_RELU,
    kernels.PRELU,
    kernels.ELU,
    kernels.CELU,
)
UNARY_ROUTERS: Final = (kernels.RELU, kernels.RELU6, kernels.SIGN)
UNARY: Final = (
    PASS_ON,
    kernels.NEG,
    kernels.RECIPROCAL,
    kernels.EXP,
    kernels.EXP2,
    kernels.EXPM1,
    kernels.LOG,
    kernels.LOG1P,
    kernels.LOG2,
    kernels.LOG10,
    kernels.SQRT,
    kernels.CBRT,
    kernels.RSQRT,
    kernels.SQUARE,
    kernels.ABS,
    kernels.ERF,
    kernels.ERFC,
    kernels.SIN,
    kernels.COS,
    kernels.TAN,
    kernels.ASIN,
    kernels.ACOS,
    kernels.ATAN,
    kernels.SINC,
    kernels.SINH,
    kernels.COSH,
    kernels.TANH,
    kernels.ASINH,
    kernels.ACOSH,
    kernels.ATANH,
    kernels.SIGMOID,
    kernels.SOFTPLUS,
    kernels.LOGSIGMOID,
    kernels.SOFTSIGN,
    kernels.TANHSHRINK,
    kernels.GELU_EXACT,
    kernels.GELU_TANH,
    kernels.SILU,
    kernels.MISH,
    kernels.SELU,
    kernels.HARDSIGMOID,
    kernels.HARDSWISH,
)

ALL: Final = (*INLINED, *BINARY_ROUTERS, *BINARY, *UNARY_ROUTERS, *UNARY)

_CODES: Final = {kernel: code for code, kernel in enumerate(ALL)}


def opcode_of(kernel: Kernel) -> int | None:
    """Return the number of a kernel; None if the compiled loops do not know it."""
    return _CODES.get(kernel)


class Loops(NamedTuple):
    """The two compiled loops; both return the fingerprint of the kernels in them.

    Gates are counted from 0 in the order of their places. Each row of `groups` has the opcode of
    some gates, the first of them, and where they stop; each row of `sources` the two places that
    a gate reads.
    `forward(groups, sources, values, outputs, slopes)` writes outputs by gate, which are a part of
    the values by place, and those slopes that are not read off the values again, two a gate.
    `backward(groups, sources, values, slopes, gradients, upstream, downstream)` adds to gradients
    by place, of which the upstream ones by gate are a part, and writes two downstream ones a gate.
    It takes the groups in the order in which gradients flow.
    """

    forward: Callable[..., int]
    backward: Callable[..., int]
