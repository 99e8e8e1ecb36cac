"""Composite gates as kinds that lists and searches offer like any gate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, final

from typing_extensions import override

from chainrule.gates.catalogue import has_kind
from chainrule.gates.kind import Group, Kind
from chainrule.graph.composites import Definition
from chainrule.graph.graph import GateGraph
from chainrule.graph.inside import header_of
from chainrule_desktop.document.library import Shelves

_LONGEST_SYMBOL: Final = 5
_MANY_GATES: Final = "⊞"


def composite_kinds(graph: GateGraph, shelves: Shelves) -> tuple[type[Kind], ...]:
    """Return a kind for each composite gate: those of the graph, then those of the library."""
    return tuple(map(_kind_of, _definitions(graph, shelves)))


def _definitions(graph: GateGraph, shelves: Shelves) -> Iterator[Definition]:
    yield from graph.definitions.values()
    for item in shelves.items:
        if item.name not in graph.definitions and not has_kind(item.name):
            yield item.definition


def _kind_of(definition: Definition) -> type[Kind]:
    said = header_of(definition)
    ports = ", ".join(definition.inputs) or "no inputs"
    words = said.description or said.title or "A composite gate."
    return _made(definition.name, definition.inputs, f"{words}\nInputs: {ports}", said.title or "")


@cache
def _made(called: str, inputs: tuple[str, ...], says: str, title: str) -> type[Kind]:
    """Return the kind of one composite gate, the same one whenever it is asked for."""

    @final
    @dataclass(frozen=True)
    class Offered(Kind):
        """Stands for a composite gate where it is offered; `Editor.add` finds it by its name."""

        name = called
        group = Group.COMPOSITE
        summary = says
        aliases = (title,) if title else ()

        @property
        @override
        def port_names(self) -> tuple[str, ...]:
            return inputs

        @property
        @override
        def symbol(self) -> str:
            # Its name stands beside it in every list.
            return called if len(called) <= _LONGEST_SYMBOL else _MANY_GATES

    return Offered
