"""Functions in a formula: which gate a call means, which arguments are inputs, which parameters."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import final

from chainrule.errors import ExpressionError, ParameterError
from chainrule.expression.operators import fold
from chainrule.gates.catalogue import all_kinds, get_kind, has_kind
from chainrule.gates.gate import Gate
from chainrule.gates.kind import NUMBER, Kind, ParameterType, ports_in_words
from chainrule.graph.composites import Composite, Definition

# Other words for gates, as books and languages have them.
_OTHER_NAMES = {"ln": "log", "pow": "power", "maximum": "max", "minimum": "min", "σ": "sigmoid"}


@final
@dataclass(frozen=True)
class Call:
    """A call that has been understood: a kind with its parameters, and the inputs it reads."""

    kind: Kind
    inputs: tuple[ast.expr, ...]


def is_function(name: str) -> bool:
    """Say whether `name` is a gate's name, so that it can't be meant as a value."""
    name = _OTHER_NAMES.get(name, name)
    return has_kind(name) and issubclass(get_kind(name), Gate)


def read_call(node: ast.Call, definitions: Mapping[str, Definition]) -> Call:
    """Return what a call means; raise ExpressionError for a function or arguments without a gate.

    Arguments stand in the order of the ports; a gate with a fixed number of ports takes its
    parameters behind them (`power(x, 3)`) or, like every gate, by name (`sum(x, axis=1)`).
    """
    if not isinstance(node.func, ast.Name):
        raise ExpressionError("only a gate's name can stand before (; for a product write *")
    name = node.func.id
    if name in definitions:
        return _composite_call(node, definitions[name])
    if not is_function(name):
        raise ExpressionError(_unknown_function(name, definitions))
    return _gate_call(node, get_kind(_meant(name, node)))


def _meant(name: str, node: ast.Call) -> str:
    """Return the gate's own name; `pow` is the one with a fixed exponent where it is a number."""
    if name == "pow" and len(node.args) == 2:
        try:
            _number(node.args[1])
        except ValueError:
            return name
    return _OTHER_NAMES.get(name, name)


def _composite_call(node: ast.Call, definition: Definition) -> Call:
    if node.keywords:
        raise ExpressionError(f"{definition.name} has no parameters; remove what stands with =")
    if len(node.args) != len(definition.inputs):
        wanted = ports_in_words(len(definition.inputs))
        raise ExpressionError(
            _wrong_number(definition.name, definition.inputs, wanted, len(node.args))
        )
    return Call(Composite(definition.name, definition.inputs), tuple(node.args))


def _gate_call(node: ast.Call, kind: type[Kind]) -> Call:
    assert issubclass(kind, Gate)
    ports = len(node.args) if kind.variadic or kind.optional else len(kind.ports)
    inputs, behind = node.args[:ports], node.args[ports:]
    parameters = {each.name: each.type for each in kind.parameters()}
    if len(inputs) < len(kind.ports) - kind.optional or len(behind) > len(parameters):
        raise ExpressionError(_wrong_number_of(kind, len(node.args)))
    settings = {
        name: _setting(kind.name, name, value, parameters)
        for name, value in zip(parameters, behind, strict=False)
    }
    for keyword in node.keywords:
        name = keyword.arg or "**"
        if name in settings:
            raise ExpressionError(f"{kind.name} is given {name!r} twice; remove one of the two")
        settings[name] = _setting(kind.name, name, keyword.value, parameters)
    try:
        gate = kind.create(settings)
    except ParameterError as error:
        raise ExpressionError(str(error)) from None
    if not gate.takes_ports(len(inputs)):
        raise ExpressionError(_wrong_number_of(kind, len(node.args)))
    return Call(gate, tuple(inputs))


def _wrong_number_of(kind: type[Gate], given: int) -> str:
    wanted = ports_in_words(len(kind.ports), kind.optional, kind.variadic)
    behind = [f"{each.name}=…" for each in kind.parameters()]
    ports = [*kind.ports, *(["…"] if kind.variadic else []), *behind]
    return _wrong_number(kind.name, ports, wanted, given)


def _wrong_number(name: str, arguments: Sequence[str], wanted: str, given: int) -> str:
    return f"{name} takes {wanted} but is given {given}; write {name}({', '.join(arguments)})"


def _unknown_function(name: str, definitions: Mapping[str, Definition]) -> str:
    known = [*(each.name for each in all_kinds() if issubclass(each, Gate)), *definitions]
    near = difflib.get_close_matches(name, [*known, *_OTHER_NAMES], n=1)
    hint = f"did you mean {near[0]}?" if near else f"for a product write {name}*(…)"
    return f"there is no function {name!r}; {hint}"


def _setting(gate: str, name: str, node: ast.expr, types: Mapping[str, ParameterType]) -> object:
    """Return what a parameter is set to; words, such as `reduction=sum`, need no quotes."""
    type_ = types.get(name, NUMBER)
    if isinstance(node, ast.Name) and (type_.choices or _takes(type_, node.id)):
        return node.id
    try:
        return _literal(node)
    except ValueError:
        raise ExpressionError(
            f"the parameter {name!r} of {gate} must be written out, such as "
            f"{name}={next(iter(type_.choices), 1)}; "
            "it can't be computed by the graph"
        ) from None


def _takes(type_: ParameterType, word: str) -> bool:
    try:
        type_.parse(word)
    except ValueError:
        return False
    return True


def _literal(node: ast.expr) -> object:
    """Return the value of a parameter written out: a number, True, False, None or several."""
    match node:
        case ast.Constant(value=bool() | int() | float() | str() | None as value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_number(operand)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _number(operand)
        case ast.BinOp(left=left, op=op, right=right):
            return fold(op, float(_number(left)), float(_number(right)))
        case ast.Tuple(elts=items) | ast.List(elts=items):
            return [_literal(each) for each in items]
        case _:
            raise ValueError


def _number(node: ast.expr) -> float | int:
    value = _literal(node)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError
    return value
