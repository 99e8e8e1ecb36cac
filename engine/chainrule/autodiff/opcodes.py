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

_CODES: Final = {kernel.name: code for code, kernel in enumerate(ALL)}

# What marks a gate through which no gradient flows, in the backward pass.
IDLE: Final = len(ALL)


def opcode_of(kernel: Kernel) -> int | None:
    """Return the number of a kernel; None if the compiled loops do not know it."""
    return _CODES.get(kernel.name)


class Loops(NamedTuple):
    """The two compiled loops; both return the fingerprint of the kernels in them.

    Gates are counted from 0 in the order of their places, of which `first` is the first one's.
    `codes` has their opcodes and `sources` the two places each reads. `forward(codes, sources,
    first, values, slopes)` writes values by place and the slopes by gate that are not read off
    the values again. `backward(codes, sources, first, values, slopes, gradients, wires)` adds to
    gradients by place and writes downstream ones by gate and port.
    """

    forward: Callable[..., int]
    backward: Callable[..., int]
