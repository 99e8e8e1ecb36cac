"""What is amiss in a graph, as a list of sentences and not as exceptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias, final

import numpy as np

from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.graph.queries import listed, output_of, unread_nodes
from chainrule.graph.rows import NOWHERE

Port: TypeAlias = tuple[NodeId, int]
"""An input of a node, by its number."""


class Severity(Enum):
    """How much a problem matters: an ERROR stops numbers, a WARNING makes them doubtful."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@final
@dataclass(frozen=True, slots=True)
class Problem:
    """One thing amiss, with a sentence that says the remedy; `node` is None for the whole graph.

    `port` is the number of the input at which it is amiss, None where that is no single one.
    """

    node: NodeId | None
    sentence: str
    severity: Severity = Severity.ERROR
    port: int | None = None


def problems(
    graph: GateGraph, faults: Mapping[NodeId, str], misfits: Mapping[NodeId, int] | None = None
) -> list[Problem]:
    """Return what is amiss: unwired ports, the `faults` that a plan found, an unclear output.

    `misfits` has the port at which a node's inputs stop fitting, for faults that are such.
    """
    ports = misfits or {}
    found = [*_unwired_ports(graph)]
    found.extend(
        Problem(node, sentence, port=ports.get(node))
        for node, sentence in faults.items()
        if node in graph
    )
    found.extend(_unclear_output(graph))
    return found


def _unwired_ports(graph: GateGraph) -> Iterator[Problem]:
    rows = graph.rows
    unfinished = (rows.codes != NOWHERE) & (rows.wired < rows.ports)
    for row in np.flatnonzero(unfinished).tolist():
        # A muted gate reads its first input only.
        feeds = rows.feeds(row)[:1] if row in rows.muted else rows.feeds(row)
        missing = [port for port, source in enumerate(feeds) if source == NOWHERE]
        if not missing:
            continue
        which = "input" if len(missing) == 1 else "inputs"
        numbers = ", ".join(str(port + 1) for port in missing)
        sentence = f"{which} {numbers} not wired; drag a wire to it"
        yield Problem(rows.node(row).id, sentence, port=missing[0] if len(missing) == 1 else None)


def _unclear_output(graph: GateGraph) -> Iterator[Problem]:
    if len(graph) > 0 and output_of(graph) is None:
        yield Problem(None, f"no gradients yet: {_remedy(graph)}", Severity.HINT)


def _remedy(graph: GateGraph) -> str:
    """Say how to make clear which node is the output: most often leaves wait to be wired."""
    unread = unread_nodes(graph)
    gates = [each for each in unread if not graph.node(each).is_leaf]
    if len(gates) != 1:
        return f"choose which of {listed(gates or unread)} is the output"
    leaves = listed([each for each in unread if each != gates[0]])
    return f"wire {leaves} to a gate, or choose {gates[0]} as the output"
