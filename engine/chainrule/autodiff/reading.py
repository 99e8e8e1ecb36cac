"""Numbers of a plan that ran: what is unknown told from what is zero."""

from __future__ import annotations

from typing import cast

import numpy as np

from chainrule.arrays import Array, Shape
from chainrule.autodiff.execution.executor import Executor
from chainrule.autodiff.planning.flat import Numbers
from chainrule.autodiff.planning.plan import NUMBER, UNKNOWN, Plan


def value_at(plan: Plan, executor: Executor, slot: int) -> Array | None:
    """Return the value at a slot; None if it can't be computed."""
    return None if plan.shapes.codes[slot] == UNKNOWN else executor.value(slot)


def gradient_at(plan: Plan, executor: Executor, slot: int) -> Array | None:
    """Return the gradient at a slot; None if it can't be computed.

    A blocked slot may have a part of its sum already, which is not its gradient.
    """
    if plan.relevant[slot] and plan.blocked[slot]:
        return None
    return _settled(plan, executor.gradient(slot), slot)


def downstream_at(plan: Plan, executor: Executor, wire: int) -> Array | None:
    """Return what flows back along a flat wire; None if it can't be computed."""
    flat = plan.flat
    reader = int(np.searchsorted(flat.starts, wire, "right")) - 1
    if plan.stops[reader]:
        return None
    return _settled(plan, executor.downstream(wire), int(flat.sources[wire]))


def shapes_at(plan: Plan, rows: Numbers) -> tuple[Numbers, list[Shape | None]]:
    """Return the shapes of the values in rows of the graph: indices into a list of shapes."""
    return plan.shapes.codes[plan.flat.slots[rows]].astype(np.int64), plan.shapes.table


def rows_beside_infinities(plan: Plan, executor: Executor) -> Numbers:
    """Return the rows at which a number may be infinite or nan: theirs, or one that they send back.

    Where all are single numbers they are looked at; otherwise it may be any row.
    """
    flat = plan.flat
    if not (plan.shapes.codes == NUMBER).all():
        return np.unique(flat.owners)
    slots, wires = np.arange(flat.size), np.arange(len(flat.sources))
    odd = ~np.isfinite(executor.numbers(slots)) | ~np.isfinite(executor.number_gradients(slots))
    sends = ~np.isfinite(executor.number_downstream(wires))
    readers = np.repeat(slots, np.diff(flat.starts))
    return np.unique(flat.owners[np.concatenate((slots[odd], readers[sends]))])


def _settled(plan: Plan, gradient: Array | None, slot: int) -> Array | None:
    """Return zeros where no pass wrote a gradient, unless nothing is known there at all."""
    shape = plan.shapes.of(slot)
    if shape is None or plan.output is None:
        return None
    return cast(Array, np.zeros(shape)[()]) if gradient is None else gradient
