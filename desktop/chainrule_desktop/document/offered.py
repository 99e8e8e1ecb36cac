"""Finding what can be put into a graph by its name: a gate, or a composite gate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from chainrule.gates.catalogue import get_kind, has_kind
from chainrule.gates.kind import Kind
from chainrule.graph.composites import Composite, definitions_in
from chainrule.graph.defining import check_expansion
from chainrule.graph.edits import Batch, Edit, SetDefinitions
from chainrule.graph.graph import GateGraph
from chainrule.graph.selection import merge
from chainrule_desktop.document.library import Shelves


@final
@dataclass(frozen=True, slots=True)
class Offered:
    """A kind for a new node, and the edits that bring the definitions that it needs."""

    kind: Kind
    brings: tuple[Edit, ...] = ()

    def with_(self, *edits: Edit) -> Edit:
        """Return edits as one, behind those that they need."""
        everything = (*self.brings, *edits)
        return everything[0] if len(everything) == 1 else Batch(everything)


def offered(graph: GateGraph, shelves: Shelves, name: str) -> Offered:
    """Return what a name stands for: a gate, a definition of the graph, or one of the library.

    One of the library comes with all that it contains; where another definition of the graph has
    its name it gets a free one. Raises UnknownGateError for a name that nothing has, and GraphError
    where the composite gates would become too many gates.
    """
    definition = graph.definitions.get(name)
    if definition is not None:
        check_expansion(graph, graph.definitions, (name,))
        return Offered(Composite(name, definition.inputs))
    item = None if has_kind(name) else shelves.find(name)
    if item is None:
        return Offered(get_kind(name)())
    # Put into an empty graph of the same definitions, to see what becomes of those.
    trial = GateGraph()
    SetDefinitions(graph.definitions).apply(trial)
    merge(trial, item.part("f"))[0].apply(trial)
    kind, definitions = trial.node("f").kind, trial.definitions
    check_expansion(graph, definitions, definitions_in(trial))
    is_there = definitions.keys() == graph.definitions.keys()
    return Offered(kind, () if is_there else (SetDefinitions(definitions),))
