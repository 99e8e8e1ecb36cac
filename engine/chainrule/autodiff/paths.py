"""A derivative as a sum over paths: each path a product of local gradients, to the output.

    ∂L/∂x = Σ over paths x → … → L of Π over its gates of ∂(gate)/∂(its input on the path)

The sum is what the chain rule says; backpropagation computes it without going along each path. The
number of paths can grow exponentially with the number of wires, of which one pass takes each once.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice
from typing import Any, Final, TypeAlias, cast, final

import numpy as np

from chainrule.arrays import Array
from chainrule.autodiff.local import local_gradients, sent_back
from chainrule.autodiff.passes import Passes
from chainrule.errors import RunError
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire
from chainrule.graph.queries import downstream_of, require_output, topological_order, upstream_of

MOST_WALKED: Final = 1_000
"""How many paths of tensors are walked at most to find the largest."""

_Chain: TypeAlias = "tuple[Any, _Chain] | None"


@final
@dataclass(frozen=True, slots=True)
class Path:
    """One path: its wires from the node to the output, and what it adds to the gradient.

    `factors` are the local gradients along the wires, where all are single numbers; else None.
    """

    wires: tuple[Wire, ...]
    factors: tuple[float, ...] | None
    contribution: Array

    @property
    def size(self) -> float:
        """The largest magnitude in the contribution; infinite where it is not a number."""
        return _size(self.contribution)


@final
@dataclass(frozen=True, slots=True)
class Work:
    """How many times a local gradient is multiplied with an upstream one.

    `by_paths` goes along each path by itself, `by_pass` takes each wire between the node and the
    output once; `by_whole_pass` takes all wires, and finds the gradients of all nodes.
    """

    by_paths: int
    by_pass: int
    by_whole_pass: int


@final
class Paths:
    """The paths from a node to the output of a graph whose passes have run.

    Raises RunError where it isn't clear which node is the output, or where a number is missing.
    """

    def __init__(self, graph: GateGraph, passes: Passes, source: NodeId) -> None:
        self._graph, self._passes, self.source = graph, passes, source
        self.output = require_output(graph)
        if passes.gradient(source) is None:
            raise RunError(
                f"{source!r} has no gradient; wire what is open and correct what does not fit "
                "between it and the output"
            )
        self._order = self._between()
        self._outgoing = self._wires()
        self.count, steps = self._counted()
        self.work = Work(steps, sum(map(len, self._outgoing.values())), self._all_wires())

    @property
    def are_numbers(self) -> bool:
        """Whether all values on the way are single numbers, so that paths are products of such."""
        return all(self._passes.shape(each) == () for each in (self.source, *self._order))

    def largest(self, most: int) -> tuple[Path, ...]:
        """Return the paths that add most to the gradient, the largest first.

        Of tensors only MOST_WALKED paths are looked at; where there are more, it is the largest of
        these.
        """
        if self.are_numbers:
            return tuple(islice(self.by_size(), most))
        walked = islice(self.walked(), MOST_WALKED)
        return tuple(sorted(walked, key=lambda path: -path.size)[:most])

    def by_size(self) -> Iterator[Path]:
        """Yield the paths of single numbers by the magnitude of their products, one at a time.

        Best first: what a path has so far times the largest product with which it can go on is
        never too small and, at its end, exact. Of equal ones the longer is followed first, so that
        they are not all followed at once.
        """
        locals_ = self._local_gradients()
        bounds = self._bounds(locals_)
        serial = count()
        start: tuple[Any, ...] = (self.source, 1.0, None)
        waiting: list[Any] = []
        if self.source in bounds:
            waiting.append((-bounds[self.source], 0, next(serial), start))
        while waiting:
            _, depth, _, (here, product, chain) = heapq.heappop(waiting)
            if here == self.output:
                yield self._path(chain, locals_)
                continue
            for wire in self._outgoing[here]:
                onward = product * locals_[wire]
                bound = _magnitude(onward * bounds[wire.target])
                entry = wire.target, onward, (wire, chain)
                heapq.heappush(waiting, (-bound, depth - 1, next(serial), entry))

    def walked(self) -> Iterator[Path]:
        """Yield all paths with what they add, found backwards from the output, in no order.

        What comes back along a path is the vector-Jacobian product of its gates, one by one.
        """
        if self.source not in self._outgoing and self.source != self.output:
            return
        among = set(self._order)
        waiting: list[tuple[NodeId, Array, _Chain]] = [(self.output, self._passes.seed, None)]
        while waiting:
            here, upstream, chain = waiting.pop()
            if here == self.source:
                yield Path(tuple(_links(chain)), None, upstream)
                continue
            node = self._graph.node(here)
            back = sent_back(self._graph, self._passes, node, upstream)
            for wire in reversed(self._graph.wires_into(here)):
                downstream = back[wire.port]
                if wire.source in among and self._conducts(wire) and downstream is not None:
                    waiting.append((wire.source, downstream, (wire, chain)))

    def _between(self) -> list[NodeId]:
        """Return the nodes on the way, each before those that it reads: the output first."""
        there = downstream_of(self._graph, (self.source,))
        there &= upstream_of(self._graph, (self.output,))
        return [each for each in reversed(topological_order(self._graph)) if each in there]

    def _wires(self) -> dict[NodeId, list[Wire]]:
        """Return the wires on the way, by source; none out of the output."""
        among, found = set(self._order), dict[NodeId, list[Wire]]()
        for each in self._order:
            wires = [] if each == self.output else self._graph.wires_from(each)
            found[each] = [w for w in wires if w.target in among and self._conducts(w)]
        return found

    def _conducts(self, wire: Wire) -> bool:
        """Say whether anything comes back along a wire: a muted gate uses its first input only."""
        return wire.port == 0 or not self._graph.node(wire.target).passes_on

    def _counted(self) -> tuple[int, int]:
        """Return how many paths there are, and how many wires all of them have together."""
        paths, steps = {self.output: 1}, {self.output: 0}
        for each in self._order:
            if each != self.output:
                targets = [wire.target for wire in self._outgoing[each]]
                paths[each] = sum(paths[target] for target in targets)
                steps[each] = sum(steps[target] + paths[target] for target in targets)
        return paths.get(self.source, 0), steps.get(self.source, 0)

    def _all_wires(self) -> int:
        way = upstream_of(self._graph, (self.output,))
        wires = (wire for each in way for wire in self._graph.wires_into(each))
        return sum(self._conducts(wire) for wire in wires)

    def _local_gradients(self) -> dict[Wire, float]:
        found: dict[Wire, float] = {}
        for each in self._order:
            node = self._graph.node(each)
            local = local_gradients(self._graph, self._passes, node)
            for wire in self._graph.wires_into(each):
                slope = local[wire.port]
                found[wire] = math.nan if slope is None else float(slope)
        return found

    def _bounds(self, locals_: dict[Wire, float]) -> dict[NodeId, float]:
        """Return the largest magnitude with which a path can go on from each node."""
        bounds: dict[NodeId, float] = {}
        for each in self._order:
            if each == self.output:
                bounds[each] = _magnitude(float(self._passes.seed))
            else:
                reach = [_magnitude(locals_[w] * bounds[w.target]) for w in self._outgoing[each]]
                bounds[each] = max(reach, default=0.0)
        return bounds

    def _path(self, chain: _Chain, locals_: dict[Wire, float]) -> Path:
        wires = tuple(_links(chain))[::-1]
        factors = tuple(locals_[wire] for wire in wires)
        product = float(self._passes.seed)
        for factor in reversed(factors):
            product *= factor
        return Path(wires, factors, np.float64(product))


def _links(chain: _Chain) -> Iterator[Wire]:
    while chain is not None:
        wire, chain = chain
        yield cast(Wire, wire)


def _magnitude(number: float) -> float:
    return math.inf if math.isnan(number) else abs(number)


def _size(contribution: Array) -> float:
    if not np.size(contribution):
        return 0.0
    return _magnitude(float(np.max(np.abs(contribution))))
