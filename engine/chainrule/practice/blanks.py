"""The numbers of a graph that can be asked for, in the order in which people find them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from chainrule.arrays import Array, Shape
from chainrule.autodiff.covering import only_wire
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.playback import play_order
from chainrule.diagram.text import one_line, typeset_name
from chainrule.errors import GraphError
from chainrule.graph.exercises import Asked, Blank, Exercise
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire
from chainrule.graph.queries import output_of, topological_order, upstream_of
from chainrule.graph.scripts import script_of

MOST_BLANKS = 1000
"""How many numbers one exercise may ask for."""


def possible_blanks(graph: GateGraph, passes: Passes) -> list[Blank]:
    """Return all numbers that can be asked for: first of the forward, then of the backward pass.

    Values of leaves are given, and so is the gradient at the output, which is the seed. A wire is
    asked for where its source has others, whose gradients add. Values stand in the order of
    playback, gradients so that each stands behind what it is computed from.
    """
    order = topological_order(graph)
    script = script_of(graph.header)
    gates = [each for each in play_order(graph, script.order) if passes.shape(each) is not None]
    blanks = [Blank(Asked.VALUE, each) for each in gates]
    output = output_of(graph)
    way: set[NodeId] = set() if output is None else upstream_of(graph, (output,))
    rank = {each: place for place, each in enumerate(gates)}
    leaves = [each for each in order if each not in rank]
    for node_id in (*reversed(gates), *leaves):
        if node_id not in way:
            continue
        if passes.gradient(node_id) is not None and node_id != output:
            blanks.append(Blank(Asked.GRADIENT, node_id))
        for wire in graph.wires_into(node_id):
            blank = blank_of_wire(graph, wire)
            if blank.asked is Asked.WIRE and passes.wire_gradient(wire) is not None:
                blanks.append(blank)
    return blanks


def in_order(graph: GateGraph, passes: Passes, blanks: Iterable[Blank]) -> list[Blank]:
    """Return those of `blanks` that the graph has, in the order in which people find them."""
    asked = {canonical(graph, each) for each in blanks}
    return [each for each in possible_blanks(graph, passes) if each in asked]


def points_of(graph: GateGraph, passes: Passes, exercise: Exercise) -> dict[Blank, float]:
    """Return what each blank is worth, for those that the graph has, in the order of `in_order`.

    A blank counts under either of its names, see `canonical`; named twice, as it is first.
    """
    worth: dict[Blank, float] = {}
    for blank in exercise.blanks:
        worth.setdefault(canonical(graph, blank), exercise.worth(blank))
    return {each: worth[each] for each in in_order(graph, passes, exercise.blanks)}


def canonical(graph: GateGraph, blank: Blank) -> Blank:
    """Return the blank of a node's gradient for that of its only wire, which is the same number."""
    wire = wire_of(graph, blank)
    return blank if wire is None else blank_of_wire(graph, wire)


def blank_of_wire(graph: GateGraph, wire: Wire) -> Blank:
    """Return the blank for what flows back along a wire."""
    if only_wire(graph, wire.source) == wire:
        return Blank(Asked.GRADIENT, wire.source)
    return Blank(Asked.WIRE, wire.target, wire.port)


def wire_of(graph: GateGraph, blank: Blank) -> Wire | None:
    """Return the wire of whose gradient a blank is; None for numbers of nodes."""
    if blank.asked is not Asked.WIRE or blank.node not in graph or blank.port is None:
        return None
    sources = graph.inputs(blank.node)
    source = sources[blank.port] if blank.port < len(sources) else None
    return None if source is None else Wire(source, blank.node, blank.port)


def truth_of(graph: GateGraph, passes: Passes, blank: Blank) -> Array | None:
    """Return the number that a blank asks for; None if there is none."""
    if blank.node not in graph:
        return None
    if blank.asked is Asked.VALUE:
        return passes.value(blank.node)
    if blank.asked is Asked.GRADIENT:
        return passes.gradient(blank.node)
    wire = wire_of(graph, blank)
    return None if wire is None else passes.wire_gradient(wire)


def shape_of(graph: GateGraph, passes: Passes, blank: Blank) -> Shape | None:
    """Return the shape of the number that a blank asks for; None if there is none."""
    truth = truth_of(graph, passes, blank)
    return None if truth is None else truth.shape


def check_blanks(graph: GateGraph, passes: Passes, blanks: Collection[Blank]) -> None:
    """Raise GraphError, with a sentence, unless `blanks` can be asked for."""
    if len(blanks) > MOST_BLANKS:
        raise GraphError(
            f"an exercise asks for at most {MOST_BLANKS:,} numbers, and this would be "
            f"{len(blanks):,}; select some nodes and hide only theirs"
        )
    possible = {*possible_blanks(graph, passes)}
    for blank in blanks:
        if canonical(graph, blank) not in possible:
            raise GraphError(
                f"the {name_of(graph, blank)} can't be asked for: it is given or can't be "
                "computed; choose the value of a gate or a gradient"
            )


def shown_name(graph: GateGraph, node_id: NodeId | None) -> str:
    """Return what people call a node; `?` for a port that is not wired."""
    if node_id is None or node_id not in graph:
        return node_id or "?"
    return one_line(graph.node(node_id).label or "") or typeset_name(node_id)


def derivative_name(graph: GateGraph, node_id: NodeId | None) -> str:
    """Return the symbol of a node's gradient: ∂f/∂x."""
    return f"∂{shown_name(graph, output_of(graph))}/∂{shown_name(graph, node_id)}"


def name_of(graph: GateGraph, blank: Blank) -> str:
    """Return what a blank is called: `value of q`, `∂f/∂x`, `∂f/∂x along the wire to q`."""
    if blank.asked is Asked.VALUE:
        return f"value of {shown_name(graph, blank.node)}"
    if blank.asked is Asked.GRADIENT:
        return f"gradient {derivative_name(graph, blank.node)}"
    wire = wire_of(graph, blank)
    source = None if wire is None else wire.source
    twice = wire is not None and list(graph.inputs(blank.node)).count(wire.source) > 1
    port = f", input {(blank.port or 0) + 1}" if twice else ""
    to = shown_name(graph, blank.node)
    return f"gradient {derivative_name(graph, source)} along the wire to {to}{port}"
