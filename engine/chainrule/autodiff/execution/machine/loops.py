"""The passes over single numbers as machine code: one loop each, compiled by Numba.

Nothing else imports Numba, and only `fast` imports this, when a graph is worth it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import numba

from chainrule.autodiff.execution.machine import opcodes
from chainrule.autodiff.execution.machine.opcodes import Loops
from chainrule.gates.kernel import Kernel

# Division by zero and the like give infinities and nan, as in NumPy, instead of exceptions.
_njit: Any = partial(numba.njit, error_model="numpy")

# A chain calls them for one gate at a time: the call would cost as much as the gate.
_inlined: Any = partial(_njit, forceinline=True)

_ADD, _MUL = map(opcodes.opcode_of, opcodes.INLINED)
_BINARY_ROUTER_STOP: Final = opcodes.opcode_of(opcodes.BINARY[0])
_FIRST_UNARY: Final = opcodes.opcode_of(opcodes.UNARY_ROUTERS[0])
_UNARY_ROUTER_STOP: Final = opcodes.opcode_of(opcodes.UNARY[0])


# So many kernels are told apart by one function. If it were two, their nesting would be deeper than
# Python's stack, on which Numba compiles one function inside the other.
_FEW: Final = 4


def _choice(kernels: Sequence[Kernel]) -> Any:
    """Return a compiled function of an opcode and operands that calls the `at` of that kernel.

    It is built as nested choices between a few, which LLVM makes into one jump.
    """
    cases = [(opcodes.opcode_of(kernel), _njit(kernel.at)) for kernel in kernels]
    unary = kernels[0].arity == 1
    chosen = (_always_of_one if unary else _always_of_two)(cases.pop()[1])
    while cases:
        few, cases = cases[-_FEW:], cases[:-_FEW]
        filled = few + few[-1:] * (_FEW - len(few))
        chosen = (_one_of_few if unary else _one_of_few_binary)(filled, chosen)
    return chosen


def _always_of_one(at: Any) -> Any:
    @_njit
    def choose(code: int, x: float) -> Any:
        return at(x)

    return choose


def _always_of_two(at: Any) -> Any:
    @_njit
    def choose(code: int, x: float, y: float) -> Any:
        return at(x, y)

    return choose


def _one_of_few(cases: Sequence[tuple[int | None, Any]], otherwise: Any) -> Any:
    (first, at_first), (second, at_second), (third, at_third), (fourth, at_fourth) = cases

    @_njit
    def choose(code: int, x: float) -> Any:
        if code == first:
            return at_first(x)
        if code == second:
            return at_second(x)
        if code == third:
            return at_third(x)
        return at_fourth(x) if code == fourth else otherwise(code, x)

    return choose


def _one_of_few_binary(cases: Sequence[tuple[int | None, Any]], otherwise: Any) -> Any:
    (first, at_first), (second, at_second), (third, at_third), (fourth, at_fourth) = cases

    @_njit
    def choose(code: int, x: float, y: float) -> Any:
        if code == first:
            return at_first(x, y)
        if code == second:
            return at_second(x, y)
        if code == third:
            return at_third(x, y)
        return at_fourth(x, y) if code == fourth else otherwise(code, x, y)

    return choose


# Global, since Numba's cache would know what a loop closes over by its identity in this process.
_route_two: Final = _choice(opcodes.BINARY_ROUTERS)
_at_two: Final = _choice(opcodes.BINARY)
_route_one: Final = _choice(opcodes.UNARY_ROUTERS)
_at_one: Final = _choice(opcodes.UNARY)


def _fingerprint() -> int:
    """Return a number that changes when a kernel does, or a number that it takes from outside."""
    texts = [(kernel.name, *_content(kernel.at)) for kernel in opcodes.ALL]
    return zlib.crc32(repr(texts).encode())


def _content(function: Any) -> tuple[Any, ...]:
    code = function.__code__
    outside = [repr(function.__globals__.get(name)) for name in code.co_names]
    return code.co_code, code.co_consts, code.co_names, outside


@_inlined
def _selected(slope: float, upstream: float) -> float:
    """Return what comes through where a gate routes: a product would make nan of an infinity."""
    return upstream if slope != 0.0 else 0.0


@_inlined
def _send(gate: int, flowing: float, sources: Any, gradients: Any, wires: Any) -> None:
    wires[gate, 0] = flowing
    gradients[sources[gate, 0]] += flowing


@_inlined
def _send_two(
    gate: int, flowing: float, other: float, sources: Any, gradients: Any, wires: Any
) -> None:
    wires[gate, 0], wires[gate, 1] = flowing, other
    gradients[sources[gate, 0]] += flowing
    gradients[sources[gate, 1]] += other


@_inlined
def _add(start: int, stop: int, arrays: Any) -> None:
    sources, values, outputs, _ = arrays
    for gate in range(start, stop):
        outputs[gate] = values[sources[gate, 0]] + values[sources[gate, 1]]


@_inlined
def _multiply(start: int, stop: int, arrays: Any) -> None:
    sources, values, outputs, _ = arrays
    for gate in range(start, stop):
        outputs[gate] = values[sources[gate, 0]] * values[sources[gate, 1]]


@_inlined
def _choose_two(code: int, start: int, stop: int, arrays: Any) -> None:
    sources, values, outputs, _ = arrays
    for gate in range(start, stop):
        x, y = values[sources[gate, 0]], values[sources[gate, 1]]
        outputs[gate] = _route_two(code, x, y)[0]


@_inlined
def _compute_two(code: int, start: int, stop: int, arrays: Any) -> None:
    sources, values, outputs, slopes = arrays
    for gate in range(start, stop):
        x, y = values[sources[gate, 0]], values[sources[gate, 1]]
        outputs[gate], slopes[gate, 0], slopes[gate, 1] = _at_two(code, x, y)


@_inlined
def _choose_one(code: int, start: int, stop: int, arrays: Any) -> None:
    sources, values, outputs, _ = arrays
    for gate in range(start, stop):
        outputs[gate] = _route_one(code, values[sources[gate, 0]])[0]


@_inlined
def _compute_one(code: int, start: int, stop: int, arrays: Any) -> None:
    sources, values, outputs, slopes = arrays
    for gate in range(start, stop):
        outputs[gate], slopes[gate, 0] = _at_one(code, values[sources[gate, 0]])


def _forward(fingerprint: int) -> Callable[..., int]:
    def forward(groups: Any, sources: Any, values: Any, outputs: Any, slopes: Any) -> int:
        arrays = sources, values, outputs, slopes
        for group in range(len(groups)):
            code, start, stop = groups[group, 0], groups[group, 1], groups[group, 2]
            if code == _ADD:
                _add(start, stop, arrays)
            elif code == _MUL:
                _multiply(start, stop, arrays)
            elif code < _BINARY_ROUTER_STOP:
                _choose_two(code, start, stop, arrays)
            elif code < _FIRST_UNARY:
                _compute_two(code, start, stop, arrays)
            elif code < _UNARY_ROUTER_STOP:
                _choose_one(code, start, stop, arrays)
            else:
                _compute_one(code, start, stop, arrays)
        return fingerprint

    return forward


@_inlined
def _send_both(start: int, stop: int, arrays: Any) -> None:
    sources, _, _, gradients, up, down = arrays
    for gate in range(start, stop):
        _send_two(gate, up[gate], up[gate], sources, gradients, down)


@_inlined
def _send_products(start: int, stop: int, arrays: Any) -> None:
    sources, values, _, gradients, up, down = arrays
    for gate in range(start, stop):
        x, y = values[sources[gate, 0]], values[sources[gate, 1]]
        _send_two(gate, up[gate] * y, up[gate] * x, sources, gradients, down)


@_inlined
def _send_to_chosen(code: int, start: int, stop: int, arrays: Any) -> None:
    sources, values, _, gradients, up, down = arrays
    for gate in range(start, stop):
        x, y = values[sources[gate, 0]], values[sources[gate, 1]]
        _, first, second = _route_two(code, x, y)
        one, other = _selected(first, up[gate]), _selected(second, up[gate])
        _send_two(gate, one, other, sources, gradients, down)


@_inlined
def _send_slopes_of_two(start: int, stop: int, arrays: Any) -> None:
    sources, _, slopes, gradients, up, down = arrays
    for gate in range(start, stop):
        one, other = slopes[gate, 0] * up[gate], slopes[gate, 1] * up[gate]
        _send_two(gate, one, other, sources, gradients, down)


@_inlined
def _send_if_chosen(code: int, start: int, stop: int, arrays: Any) -> None:
    sources, values, _, gradients, up, down = arrays
    for gate in range(start, stop):
        slope = _route_one(code, values[sources[gate, 0]])[1]
        _send(gate, _selected(slope, up[gate]), sources, gradients, down)


@_inlined
def _send_slopes(start: int, stop: int, arrays: Any) -> None:
    sources, _, slopes, gradients, up, down = arrays
    for gate in range(start, stop):
        _send(gate, slopes[gate, 0] * up[gate], sources, gradients, down)


def _backward(fingerprint: int) -> Callable[..., int]:
    def backward(
        groups: Any, sources: Any, values: Any, slopes: Any, gradients: Any, up: Any, down: Any
    ) -> int:
        arrays = sources, values, slopes, gradients, up, down
        for group in range(len(groups)):
            code, start, stop = groups[group, 0], groups[group, 1], groups[group, 2]
            if code == _ADD:
                _send_both(start, stop, arrays)
            elif code == _MUL:
                _send_products(start, stop, arrays)
            elif code < _BINARY_ROUTER_STOP:
                _send_to_chosen(code, start, stop, arrays)
            elif code < _FIRST_UNARY:
                _send_slopes_of_two(start, stop, arrays)
            elif code < _UNARY_ROUTER_STOP:
                _send_if_chosen(code, start, stop, arrays)
            else:
                _send_slopes(start, stop, arrays)
        return fingerprint

    return backward


_FLOATS = "float64[::1]"
_PAIRS = "float64[:, ::1]"
_PROGRAM = "uint32[:, ::1], uint32[:, ::1]"


def compile_loops() -> Loops:
    """Compile the loops, or load them from Numba's cache.

    The cache lies beside this file, or in the user's own cache where that can't be written, or in
    NUMBA_CACHE_DIR. It is valid for this file as it is, and by the fingerprint for the kernels.
    Raises RuntimeError if none of these can be written.
    """
    fingerprint = _fingerprint()
    compiled = partial(_njit, cache=True, nogil=True)
    forward = compiled(f"int64({_PROGRAM}, {_FLOATS}, {_FLOATS}, {_PAIRS})")
    backward = compiled(f"int64({_PROGRAM}, {_FLOATS}, {_PAIRS}, {_FLOATS}, {_FLOATS}, {_PAIRS})")
    return Loops(forward(_forward(fingerprint)), backward(_backward(fingerprint)))
