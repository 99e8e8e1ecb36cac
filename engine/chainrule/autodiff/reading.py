"""Numbers of a plan that ran: what is unknown told from what is zero."""

from __future__ import annotations

from typing import cast

import numpy as np

from chainrule.arrays import Array
from chainrule.autodiff.executor import Executor
from chainrule.autodiff.plan import UNKNOWN, Plan


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


def _settled(plan: Plan, gradient: Array | None, slot: int) -> Array | None:
    """Return zeros where no pass wrote a gradient, unless nothing is known there at all."""
    shape = plan.shapes.of(slot)
    if shape is None or plan.output is None:
        return None
    return cast(Array, np.zeros(shape)[()]) if gradient is None else gradient
