"""The passes over single numbers as machine code: one loop each, compiled by Numba.

Nothing else imports Numba, and only `fast` imports this, when a graph is worth it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import numba

from chainrule.autodiff import opcodes
from chainrule.autodiff.opcodes import Loops
from chainrule.gates.kernel import Kernel

# Division by zero and the like give infinities and nan, as in NumPy, instead of exceptions.
_njit: Any = partial(numba.njit, error_model="numpy")

_ADD, _MUL = map(opcodes.opcode_of, opcodes.INLINED)
_BINARY_ROUTER_STOP: Final = opcodes.opcode_of(opcodes.BINARY[0])
_FIRST_UNARY: Final = opcodes.opcode_of(opcodes.UNARY_ROUTERS[0])
_UNARY_ROUTER_STOP: Final = opcodes.opcode_of(opcodes.UNARY[0])
_IDLE: Final = opcodes.IDLE


def _choice(kernels: Sequence[Kernel]) -> Any:
    """Return a compiled function of an opcode and operands that calls the `at` of that kernel.

    It is built as nested choices between two, which LLVM makes into one jump.
    """
    last, *others = reversed(kernels)
    chosen = _last_at(_njit(last.at), last.arity)
    for kernel in others:
        code, at = opcodes.opcode_of(kernel), _njit(kernel.at)
        chosen = (_either if kernel.arity == 1 else _either_of_two)(code, at, chosen)
    return chosen


def _last_at(at: Any, arity: int) -> Any:
    def of_one(code: int, x: float) -> Any:
        return at(x)

    def of_two(code: int, x: float, y: float) -> Any:
        return at(x, y)

    return _njit(of_one if arity == 1 else of_two)


def _either(mine: int | None, at: Any, otherwise: Any) -> Any:
    @_njit
    def choose(code: int, x: float) -> Any:
        return at(x) if code == mine else otherwise(code, x)

    return choose


def _either_of_two(mine: int | None, at: Any, otherwise: Any) -> Any:
    @_njit
    def choose(code: int, x: float, y: float) -> Any:
        return at(x, y) if code == mine else otherwise(code, x, y)

    return choose


# Global, since Numba's cache would know what a loop closes over by its identity in this process.
_route_two: Final = _choice(opcodes.BINARY_ROUTERS)
_at_two: Final = _choice(opcodes.BINARY)
_route_one: Final = _choice(opcodes.UNARY_ROUTERS)
_at_one: Final = _choice(opcodes.UNARY)


@_njit
def _selected(slope: float, upstream: float) -> float:
    """Return what comes through where a gate routes: a product would make nan of an infinity."""
    return upstream if slope != 0.0 else 0.0


def _fingerprint() -> int:
    """Return a number that changes when a kernel does."""
    codes = ((kernel.name, kernel.at.__code__) for kernel in opcodes.ALL)
    texts = [(name, code.co_code, code.co_consts, code.co_names) for name, code in codes]
    return zlib.crc32(repr(texts).encode())


def _forward(fingerprint: int) -> Callable[..., int]:
    def forward(codes: Any, sources: Any, first: int, values: Any, slopes: Any) -> int:
        for gate in range(len(codes)):
            code, x = codes[gate], values[sources[gate, 0]]
            if code >= _FIRST_UNARY:
                if code < _UNARY_ROUTER_STOP:
                    values[first + gate] = _route_one(code, x)[0]
                else:
                    values[first + gate], slopes[gate, 0] = _at_one(code, x)
                continue
            y = values[sources[gate, 1]]
            if code == _ADD:
                values[first + gate] = x + y
            elif code == _MUL:
                values[first + gate] = x * y
            elif code < _BINARY_ROUTER_STOP:
                values[first + gate] = _route_two(code, x, y)[0]
            else:
                values[first + gate], slopes[gate, 0], slopes[gate, 1] = _at_two(code, x, y)
        return fingerprint

    return forward


def _backward(fingerprint: int) -> Callable[..., int]:
    def backward(
        codes: Any, sources: Any, first: int, values: Any, slopes: Any, gradients: Any, wires: Any
    ) -> int:
        for gate in range(len(codes) - 1, -1, -1):
            code, upstream = codes[gate], gradients[first + gate]
            if code == _IDLE:
                continue
            source = sources[gate, 0]
            if code >= _FIRST_UNARY:
                if code < _UNARY_ROUTER_STOP:
                    flowing = _selected(_route_one(code, values[source])[1], upstream)
                else:
                    flowing = slopes[gate, 0] * upstream
                wires[gate, 0] = flowing
                gradients[source] += flowing
                continue
            second = sources[gate, 1]
            if code == _ADD:
                flowing, other = upstream, upstream
            elif code == _MUL:
                flowing, other = upstream * values[second], upstream * values[source]
            elif code < _BINARY_ROUTER_STOP:
                _, slope, slope_of_other = _route_two(code, values[source], values[second])
                flowing, other = _selected(slope, upstream), _selected(slope_of_other, upstream)
            else:
                flowing, other = slopes[gate, 0] * upstream, slopes[gate, 1] * upstream
            wires[gate, 0], wires[gate, 1] = flowing, other
            gradients[source] += flowing
            gradients[second] += other
        return fingerprint

    return backward


_FLOATS = "float64[::1]"
_PROGRAM = f"uint8[::1], uint32[:, ::1], int64, {_FLOATS}, float64[:, ::1]"


def compile_loops() -> Loops:
    """Compile the loops, or load them from Numba's cache.

    The cache lies beside this file, or in the user's own cache where that can't be written, or in
    NUMBA_CACHE_DIR. It is valid for this file as it is, and by the fingerprint for the kernels.
    Raises RuntimeError if none of these can be written.
    """
    fingerprint = _fingerprint()
    compiled = partial(_njit, cache=True, nogil=True)
    return Loops(
        compiled(f"int64({_PROGRAM})")(_forward(fingerprint)),
        compiled(f"int64({_PROGRAM}, {_FLOATS}, float64[:, ::1])")(_backward(fingerprint)),
    )
