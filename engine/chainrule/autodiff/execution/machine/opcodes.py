"""The compiled loops as data: a number for each kernel, so ordered that ranges mean something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from chainrule.gates import kernels
from chainrule.gates.kernel import PASS_ON, Kernel

# Sums and products have code of their own in the loops; the others are called by their number.
INLINED: Final = (kernels.ADD, kernels.MUL)
BINARY_ROUTERS: Final = (kernels.MAX, kernels.MIN)
BINARY: Final = (kernels.SUB, kernels.DIV, kernels.POWER)
UNARY_ROUTERS: Final = (kernels.RELU,)
UNARY: Final = (
    PASS_ON,
    kernels.NEG,
    kernels.RECIPROCAL,
    kernels.EXP,
    kernels.LOG,
    kernels.SQRT,
    kernels.SQUARE,
    kernels.ABS,
    kernels.SIN,
    kernels.COS,
    kernels.SIGMOID,
    kernels.TANH,
    kernels.SOFTPLUS,
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
