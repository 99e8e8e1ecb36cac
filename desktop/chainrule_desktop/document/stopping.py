"""Where playing stops by itself, and where a graph first stops being finite."""

from __future__ import annotations

import numpy as np

from chainrule.arrays import Array, all_finite
from chainrule.autodiff.playback import Phase, Step, Timeline
from chainrule.graph.scripts import Script
from chainrule_desktop.document.document import Document


def reason_to_stop(document: Document, step: Step | None, script: Script) -> str:
    """Return why playing stops after a step, "" if it goes on."""
    if step is None or step.phase is Phase.SEED:
        return ""
    if step.node in script.breakpoints:
        return f"Stopped at {step.node}, which has a breakpoint."
    if step.phase is Phase.FORWARD or script.threshold is None:
        return ""
    for wire in document.graph.wires_into(step.node):
        gradient = document.cover.known.wire_gradient(wire)
        size = 0.0 if gradient is None else float(np.max(np.abs(gradient), initial=0.0))
        # Not a number is over every threshold.
        if not size <= script.threshold:
            return (
                f"Stopped at {step.node}: the gradient that it sends to {wire.source} has the "
                f"size {size:.3g}, over {script.threshold:g}."
            )
    return ""


def first_not_finite(document: Document, timeline: Timeline) -> Step | None:
    """Return the step in which a number first stops being finite; None where none does."""
    if document.passes.all_finite:
        return None
    for step in timeline.steps:
        if not all(map(all_finite, _made_in(document, step))):
            return step
    return None


def _made_in(document: Document, step: Step) -> list[Array | None]:
    """Return the numbers that a step computes."""
    passes = document.passes
    if step.phase is Phase.FORWARD:
        return [passes.value(step.node)]
    if step.phase is Phase.SEED:
        return [passes.seed]
    return [passes.wire_gradient(wire) for wire in document.graph.wires_into(step.node)]
