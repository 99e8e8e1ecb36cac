"""How each gate is written in a formula: as an operator, or as a function of its inputs."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Final, NamedTuple, cast

from chainrule.gates.kind import Kind, Setting
from chainrule.graph.composites import kind_name


class Binding(IntEnum):
    """How tightly a piece of text holds together; what binds less needs parentheses."""

    SUM = 1
    PRODUCT = 2
    SIGN = 3
    POWER = 4
    ATOM = 5


class Piece(NamedTuple):
    """A piece of a formula."""

    text: str
    binding: Binding = Binding.ATOM


def written(kind: Kind, inputs: Sequence[Piece]) -> Piece:
    """Return `kind` applied to `inputs`; read again, the text means the same value."""
    settings = kind.settings()
    write = _OPERATORS.get((kind.name, len(inputs)))
    piece = write(inputs, settings) if write else None
    return piece or _function(kind_name(kind), inputs, settings)


def is_operator(kind: Kind, count: int) -> bool:
    """Say whether a gate with `count` inputs is written as an operator."""
    return (kind.name, count) in _OPERATORS


def number(value: float) -> str:
    """Write a finite number so that reading gives the same float, and 2 rather than 2.0."""
    return str(int(value)) if _is_short_integer(value) else repr(float(value))


def _is_short_integer(value: float) -> bool:
    negative_zero = value == 0 and math.copysign(1.0, value) < 0
    return value == int(value) and abs(value) < 1e15 and not negative_zero


def enclosed(piece: Piece, at_least: Binding) -> str:
    """Return the text of `piece`, in parentheses if it binds less than `at_least`."""
    return piece.text if piece.binding >= at_least else f"({piece.text})"


def _right(piece: Piece, above: Binding) -> str:
    # -2*x after an operator could be read, but not by people; so it gets parentheses too.
    tight = piece.binding > above and not piece.text.startswith("-")
    return piece.text if tight else f"({piece.text})"


def _function(name: str, inputs: Sequence[Piece], settings: dict[str, Setting]) -> Piece:
    arguments = [each.text for each in inputs]
    arguments += [f"{key}={_setting(value)}" for key, value in settings.items()]
    return Piece(f"{name}({', '.join(arguments)})")


def _setting(value: Setting) -> str:
    if isinstance(value, str) and value.isidentifier():
        return value
    return number(value) if isinstance(value, float) else repr(value)


_Writer = Callable[[Sequence[Piece], dict[str, Setting]], Piece | None]


def _infix(sign: str, binding: Binding) -> _Writer:
    def write(inputs: Sequence[Piece], _: dict[str, Setting]) -> Piece:
        left, right = inputs
        return Piece(f"{enclosed(left, binding)}{sign}{_right(right, binding)}", binding)

    return write


def _mul_constant(inputs: Sequence[Piece], settings: dict[str, Setting]) -> Piece:
    factor = cast("float", settings["c"])
    if factor == -1.0:
        return Piece(f"-{_right(inputs[0], Binding.PRODUCT)}", Binding.SIGN)
    return Piece(f"{number(factor)}*{_right(inputs[0], Binding.PRODUCT)}", Binding.PRODUCT)


def _add_constant(inputs: Sequence[Piece], settings: dict[str, Setting]) -> Piece:
    term = cast("float", settings["c"])
    negative = math.copysign(1.0, term) < 0
    if inputs[0].binding == Binding.SIGN and not negative:
        return Piece(f"{number(term)} - {inputs[0].text[1:]}", Binding.SUM)
    if _is_call(inputs[0]) and not negative:
        return Piece(f"{number(term)} + {inputs[0].text}", Binding.SUM)
    sign = "-" if negative else "+"
    return Piece(f"{enclosed(inputs[0], Binding.SUM)} {sign} {number(abs(term))}", Binding.SUM)


def _is_call(piece: Piece) -> bool:
    return piece.binding == Binding.ATOM and piece.text.endswith(")")


def _reciprocal(inputs: Sequence[Piece], _: dict[str, Setting]) -> Piece:
    return Piece(f"1/{_right(inputs[0], Binding.PRODUCT)}", Binding.PRODUCT)


def _square(inputs: Sequence[Piece], _: dict[str, Setting]) -> Piece:
    return Piece(f"{enclosed(inputs[0], Binding.ATOM)}**2", Binding.POWER)


def _power(inputs: Sequence[Piece], settings: dict[str, Setting]) -> Piece | None:
    exponent = cast("float", settings["exponent"])
    if exponent in (2.0, 0.5, -1.0):
        return None  # As an operator these would be read as square, sqrt and reciprocal.
    return Piece(f"{enclosed(inputs[0], Binding.ATOM)}**{number(exponent)}", Binding.POWER)


def _pow(inputs: Sequence[Piece], _: dict[str, Setting]) -> Piece | None:
    base, exponent = inputs
    if _is_number(exponent.text):
        return None  # As an operator it would be read as one of the powers that are fixed.
    raised = f"{enclosed(base, Binding.ATOM)}**{enclosed(exponent, Binding.POWER)}"
    return Piece(raised, Binding.POWER)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _transpose(inputs: Sequence[Piece], settings: dict[str, Setting]) -> Piece | None:
    return None if settings else Piece(f"{enclosed(inputs[0], Binding.ATOM)}.T")


_OPERATORS: Final[dict[tuple[str, int], _Writer]] = {
    ("add", 2): _infix(" + ", Binding.SUM),
    ("sub", 2): _infix(" - ", Binding.SUM),
    ("mul", 2): _infix("*", Binding.PRODUCT),
    ("div", 2): _infix("/", Binding.PRODUCT),
    ("matmul", 2): _infix(" @ ", Binding.PRODUCT),
    ("mul_constant", 1): _mul_constant,
    ("add_constant", 1): _add_constant,
    ("reciprocal", 1): _reciprocal,
    ("square", 1): _square,
    ("power", 1): _power,
    ("pow", 2): _pow,
    ("transpose", 1): _transpose,
}
