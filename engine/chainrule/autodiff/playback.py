"""Playback: both passes as a row of steps, one gate at a time, and what is known after each.

The forward pass computes a gate in each step, inputs before readers. Then the output gets its seed,
and the backward pass sends the gradient of a gate back along its inputs in each step, readers
before inputs. Position 0 is before the first step, where only leaves have numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, final

import numpy as np

from chainrule.arrays import Array, Shape
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.planning.flat import Numbers
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire
from chainrule.graph.queries import topological_order, upstream_of

_NEVER: Final = np.iinfo(np.int64).max


class Phase(Enum):
    """What a step does."""

    FORWARD = "forward"
    SEED = "seed"
    BACKWARD = "backward"


@final
@dataclass(frozen=True, slots=True)
class Step:
    """One step: the gate at which something happens, and what."""

    phase: Phase
    node: NodeId


@final
class Timeline:
    """The steps of a graph's two passes; made anew when its structure or its output changes.

    `wanted` is an order in which gates shall be computed; it is followed as far as each gate comes
    after its inputs, and what it leaves out follows in topological order.
    """

    def __init__(self, graph: GateGraph, passes: Passes, wanted: Sequence[NodeId] = ()) -> None:
        self.graph = graph
        order = play_order(graph, wanted)
        computed = [each for each in order if passes.shape(each) is not None]
        output = passes.output
        if output is None or passes.shape(output) is None:
            output = None
        self.output = output
        way: set[NodeId] = set() if output is None else upstream_of(graph, (output,))
        back = [each for each in reversed(computed) if each in way]
        self.steps: tuple[Step, ...] = (
            *(Step(Phase.FORWARD, each) for each in computed),
            *(() if output is None else (Step(Phase.SEED, output),)),
            *(Step(Phase.BACKWARD, each) for each in back),
        )
        self.forward_count = len(computed)
        self._computed_at = _ranks(graph, computed, 1)
        self._computed_at[[graph.row(node.id) for node in graph if node.is_leaf]] = 0
        self._sent_at = _ranks(graph, back, self.forward_count + 2)

    def __len__(self) -> int:
        return len(self.steps)

    @property
    def end(self) -> int:
        """The position at which all is known and no step stands out: behind that of the last."""
        return len(self.steps) + 1 if self.steps else 0

    def step(self, position: int) -> Step | None:
        """Return the step that was played last at a position; None before the first."""
        return self.steps[position - 1] if 0 < position <= len(self.steps) else None

    def position_of(self, node_id: NodeId, phase: Phase) -> int | None:
        """Return the position right after a gate's step in that pass; None if it has none."""
        if phase is Phase.SEED:
            return None if self.output is None else self.forward_count + 1
        ranks = self._computed_at if phase is Phase.FORWARD else self._sent_at
        at = int(ranks[self.graph.row(node_id)])
        return None if at in (0, _NEVER) else at

    def has_value(self, node_id: NodeId, position: int) -> bool:
        """Say whether a node's value is known at a position; those of leaves always are."""
        return int(self._computed_at[self.graph.row(node_id)]) <= position

    def has_arrived(self, wire: Wire, position: int) -> bool:
        """Say whether a gradient has come back along a wire at a position."""
        return int(self._sent_at[self.graph.row(wire.target)]) <= position

    def is_seeded(self, position: int) -> bool:
        """Say whether the output has its seed at a position."""
        return self.output is not None and position > self.forward_count


@final
@dataclass(frozen=True, slots=True)
class Moment:
    """What is known of a graph's numbers at one position of its playback.

    It reads like the passes themselves; what is not known yet is None, as what can't be computed
    is. `arrived` and `is_complete` tell these apart for gradients.
    """

    timeline: Timeline
    passes: Passes
    position: int

    @property
    def step(self) -> Step | None:
        """The step that was played last."""
        return self.timeline.step(self.position)

    @property
    def output(self) -> NodeId | None:
        """The node that is differentiated."""
        return self.passes.output

    def value(self, node_id: NodeId) -> Array | None:
        """Return a node's value if it is known already."""
        known = self.timeline.has_value(node_id, self.position)
        return self.passes.value(node_id) if known else None

    def gradient(self, node_id: NodeId) -> Array | None:
        """Return the sum of the gradients that have arrived at a node; None before the first.

        Where all have arrived it is the node's gradient to the last digit.
        """
        if self.position >= len(self.timeline):
            return self.passes.gradient(node_id)
        wires = self.timeline.graph.wires_from(node_id)
        come = [each for each in wires if self.timeline.has_arrived(each, self.position)]
        seeded = node_id == self.timeline.output and self.timeline.is_seeded(self.position)
        if not come and not seeded:
            return None
        if len(come) == len(self._senders(node_id)):
            return self.passes.gradient(node_id)
        parts = [self.passes.wire_gradient(each) for each in come]
        known = [each for each in parts if each is not None]
        total = self.passes.seed if seeded else None
        for each in known:
            total = each if total is None else total + each
        return total

    def shape(self, node_id: NodeId) -> Shape | None:
        """Return the shape of a node's value, known or not yet."""
        return self.passes.shape(node_id)

    def wire_gradient(self, wire: Wire) -> Array | None:
        """Return what has come back along a wire, None if nothing has yet."""
        come = self.position >= len(self.timeline) or self.timeline.has_arrived(wire, self.position)
        return self.passes.wire_gradient(wire) if come else None

    def is_complete(self, node_id: NodeId) -> bool:
        """Say whether all gradients that will ever come have arrived at a node."""
        senders = self._senders(node_id)
        seed = node_id != self.timeline.output or self.timeline.is_seeded(self.position)
        return seed and all(self.timeline.has_arrived(each, self.position) for each in senders)

    def _senders(self, node_id: NodeId) -> list[Wire]:
        """Return the wires along which something will come back to a node."""
        last = len(self.timeline)
        wires = self.timeline.graph.wires_from(node_id)
        return [each for each in wires if self.timeline.has_arrived(each, last)]


def play_order(graph: GateGraph, wanted: Sequence[NodeId] = ()) -> list[NodeId]:
    """Return all gates so that each stands after its inputs, and otherwise as `wanted`."""
    usual = [each for each in topological_order(graph) if not graph.node(each).is_leaf]
    known = dict.fromkeys(each for each in wanted if each in graph)
    if not known:
        return usual
    order: dict[NodeId, None] = {}
    for first in (*known, *usual):
        _put(graph, first, order)
    return [each for each in order if not graph.node(each).is_leaf]


def _put(graph: GateGraph, node_id: NodeId, order: dict[NodeId, None]) -> None:
    """Put a node behind what it needs and is not in the order yet."""
    waiting = [node_id]
    while waiting:
        here = waiting[-1]
        missing = [each for each in graph.inputs(here) if each is not None and each not in order]
        if here in order or not missing:
            order.setdefault(here)
            waiting.pop()
        else:
            waiting.extend(reversed(missing))


def _ranks(graph: GateGraph, ids: Sequence[NodeId], first: int) -> Numbers:
    """Return by row the position right after each node's step; never for nodes without one."""
    ranks = np.full(graph.rows.count, _NEVER, np.int64)
    ranks[[graph.row(each) for each in ids]] = np.arange(first, first + len(ids))
    return ranks
