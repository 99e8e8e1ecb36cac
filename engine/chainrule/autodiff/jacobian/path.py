"""The gates between two values of a graph, and what runs along them in either direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast, final

import numpy as np

from chainrule.arrays import Array, Shape, as_array
from chainrule.autodiff.execution.executor import Executor
from chainrule.autodiff.execution.stages.steps import run_backward
from chainrule.autodiff.forward_mode import push_forward
from chainrule.autodiff.planning.flat import as_list
from chainrule.autodiff.planning.plan import Plan
from chainrule.autodiff.reading import value_at
from chainrule.errors import RunError
from chainrule.gates.gate import Gate, InPlace, Piecewise

# A place in a path: 0 is the source, n the output of the n-th step.
Place: TypeAlias = int
SOURCE: Final[Place] = 0


@final
@dataclass(frozen=True, slots=True)
class Step:
    """One gate on the way, with its numbers; `feeds` says at which place each port reads.

    It is None for a port that does not depend on the source.
    """

    gate: Gate
    inputs: tuple[Array, ...]
    output: Array
    feeds: tuple[Place | None, ...]


@final
@dataclass(frozen=True, slots=True)
class Path:
    """All gates through which the target depends on the source, in topological order.

    The target is the output of the last step, or the source itself where `steps` is empty and they
    are one; `connected` says whether it depends on the source at all. Values are copies: a path
    stays good when the graph runs again.
    """

    source: Array
    target: Array
    steps: tuple[Step, ...]
    connected: bool

    def push(self, tangent: Array) -> Array:
        """Return the Jacobian times `tangent`, which has the shape of the source: forward mode."""
        if not self.connected:
            return _zeros(self.target.shape)
        tangents: list[Array] = [tangent]
        with np.errstate(all="ignore"):
            for step in self.steps:
                given = [None if place is None else tangents[place] for place in step.feeds]
                tangents.append(push_forward(step.gate, step.inputs, step.output, given))
        return tangents[-1]

    def pull(self, upstream: Array) -> Array:
        """Return `upstream`, of the shape of the target, times the Jacobian: a backward pass."""
        if not self.connected:
            return _zeros(self.source.shape)
        gradients: list[Array | None] = [None] * (len(self.steps) + 1)
        gradients[-1] = upstream
        with np.errstate(all="ignore"):
            for number in range(len(self.steps) - 1, -1, -1):
                arriving = gradients[number + 1]
                if arriving is not None:
                    _spread(self.steps[number], arriving, gradients)
        arrived = gradients[SOURCE]
        return _zeros(self.source.shape) if arrived is None else arrived

    def run(self, source: Array) -> tuple[Array, tuple[Array, ...]]:
        """Return the target for another value of the source, and the branches that were taken."""
        values: list[Array] = [source]
        branches: list[Array] = []
        with np.errstate(all="ignore"):
            for step in self.steps:
                inputs = [
                    each if place is None else values[place]
                    for each, place in zip(step.inputs, step.feeds, strict=True)
                ]
                values.append(step.gate.forward(*inputs))
                if isinstance(step.gate, Piecewise):
                    branches.append(step.gate.branch(*inputs))
        return (values[-1] if self.connected else self.target), tuple(branches)


@final
@dataclass(frozen=True, slots=True)
class Way:
    """The steps from some sources to a target: the sources have the first places, then come these.

    `top` is the place of the target; None where it depends on none of the sources.
    """

    steps: tuple[Step, ...]
    top: Place | None


def path_between(plan: Plan, executor: Executor, source: int, target: int) -> Path:
    """Return the path from one slot to another; raise RunError if one of them has no value."""
    return _path(plan, executor, source, target, None)


def path_from_wire(plan: Plan, executor: Executor, wire: int, target: int) -> Path:
    """Return the path that starts with one flat wire: what comes into a gate by one port."""
    flat = plan.flat
    reader = int(np.searchsorted(flat.starts, wire, "right")) - 1
    source = int(flat.sources[wire])
    if source < 0:
        raise RunError("an open port has no Jacobian; wire it")
    entry = (reader, wire - int(flat.starts[reader]))
    return _path(plan, executor, source, target, entry)


def _path(
    plan: Plan, executor: Executor, source: int, target: int, entry: tuple[int, int] | None
) -> Path:
    values = Values(plan, executor)
    if entry is None:
        way = collect_steps(plan, values, [source], target)
    else:
        way = _way(plan, values, {}, entry[0], target, entry)
    return Path(values.at(source), values.at(target), way.steps, way.top is not None)


def collect_steps(plan: Plan, values: Values, sources: Sequence[int], target: int) -> Way:
    """Return the gates through which the slot `target` depends on the slots `sources`."""
    places = {source: place for place, source in enumerate(sources)}
    first = min(sources, key=lambda each: int(plan.flat.topological[each]))
    return _way(plan, values, places, first, target, None)


def _way(
    plan: Plan,
    values: Values,
    places: dict[int, Place],
    first: int,
    target: int,
    entry: tuple[int, int] | None,
) -> Way:
    """Collect the steps; where there is an `entry`, the source counts at this port alone."""
    steps: list[Step] = []
    before = max(len(places), 1)
    for slot in _between(plan, first, target):
        inputs, gate = plan.flat.inputs(slot), plan.flat.kind(slot)
        feeds = tuple(
            SOURCE if entry == (slot, port) else places.get(each)
            for port, each in enumerate(inputs)
        )
        if slot in places or not isinstance(gate, Gate) or all(each is None for each in feeds):
            continue
        places[slot] = before + len(steps)
        steps.append(Step(gate, tuple(map(values.at, inputs)), values.at(slot), feeds))
    return Way(tuple(steps), places.get(target))


def _between(plan: Plan, first: int, target: int) -> list[int]:
    """Return in topological order what `target` depends on and does not stand before `first`."""
    flat = plan.flat
    lowest = int(flat.topological[first])
    found, frontier = {target}, [target]
    while frontier:
        for source in flat.inputs(frontier.pop()):
            if source >= 0 and source not in found and int(flat.topological[source]) >= lowest:
                found.add(source)
                frontier.append(source)
    slots = np.array(sorted(found), np.int64)
    return as_list(slots[np.argsort(flat.topological[slots])])


@final
class Values:
    """Copies of values, one of each; asking for one that can't be computed raises RunError."""

    def __init__(self, plan: Plan, executor: Executor) -> None:
        self._plan, self._executor = plan, executor
        self._known: dict[int, Array] = {}

    def at(self, slot: int) -> Array:
        """Return the value at a slot."""
        if slot not in self._known:
            value = value_at(self._plan, self._executor, slot)
            if value is None:
                raise RunError("a value on the way is missing; wire what is open before it")
            self._known[slot] = as_array(value)
        return self._known[slot]


def _spread(step: Step, arriving: Array, gradients: list[Array | None]) -> None:
    """Add what goes back through a step to the gradients of the places that it reads."""
    for port, gradient in _downstream(step, arriving):
        place = step.feeds[port]
        assert place is not None
        before = gradients[place]
        gradients[place] = gradient if before is None else before + gradient


def _downstream(step: Step, arriving: Array) -> list[tuple[int, Array]]:
    ports = [port for port, place in enumerate(step.feeds) if place is not None]
    gate = step.gate
    if isinstance(gate, InPlace) and len(ports) < len(step.feeds) and arriving.ndim:
        return [(port, _in_place(gate, step, port, arriving)) for port in ports]
    whole: Sequence[Array] = run_backward(gate, arriving, step.output, step.inputs)
    return [(port, whole[port]) for port in ports]


def _in_place(gate: InPlace, step: Step, port: int, arriving: Array) -> Array:
    """Ask for one gradient alone, which for a product of matrices halves the work."""
    out: Any = np.empty(step.inputs[port].shape)
    gate.backward_into(out, port, arriving, step.output, *step.inputs)
    return out


def _zeros(shape: Shape) -> Array:
    return cast(Array, np.zeros(shape)[()])
