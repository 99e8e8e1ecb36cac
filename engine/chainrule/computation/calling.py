"""Calls of gates from Python: which arguments are inputs, which parameters, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chainrule.errors import GateError, PortError
from chainrule.gates.catalogue import get_kind
from chainrule.gates.gate import Gate
from chainrule.gates.kind import Kind, ports_in_words
from chainrule.graph.composites import kind_name


def gate_class(name: str) -> type[Gate]:
    """Return the class of the gate called `name`; UnknownGateError or GateError otherwise."""
    kind = get_kind(name)
    if not issubclass(kind, Gate):
        raise GateError(f"{name} holds a value of its own; choose a gate that computes one")
    return kind


def read_arguments(
    kind: type[Gate], arguments: Sequence[Any], settings: Mapping[str, object]
) -> tuple[Gate, tuple[Any, ...]]:
    """Return the gate that a call makes, and its inputs.

    As in formulas, a gate with a fixed number of ports takes its parameters behind the inputs
    (`power(x, 3)`) or, like every gate, by name (`sum(x, axis=1)`). Raises ParameterError.
    """
    ports = len(arguments) if kind.variadic or kind.optional else len(kind.ports)
    inputs, behind = tuple(arguments[:ports]), arguments[ports:]
    names = [each.name for each in kind.parameters()]
    if len(behind) > len(names):
        wanted = ports_in_words(len(kind.ports), kind.optional, kind.variadic)
        raise PortError(_wrong_number(kind.name, kind.ports, len(arguments), wanted, kind.variadic))
    given = dict(zip(names, behind, strict=False))
    twice = sorted(given.keys() & settings.keys())
    if twice:
        raise GateError(f"{kind.name} is given {twice[0]!r} twice; leave one of the two out")
    gate = kind.create({**given, **settings})
    check_ports(gate, len(inputs))
    return gate, inputs


def check_ports(kind: Kind, count: int) -> None:
    """Raise PortError unless `kind` can have `count` inputs."""
    if not kind.takes_ports(count):
        name, ports = kind_name(kind), kind.port_names
        raise PortError(_wrong_number(name, ports, count, kind.says_ports, kind.variadic))


def _wrong_number(
    name: str, ports: tuple[str, ...], given: int, wanted: str, variadic: bool
) -> str:
    form = f"{name}({', '.join(ports)}{', …' if variadic else ''})"
    return f"{name} takes {wanted} but is given {given}; write {form}"
