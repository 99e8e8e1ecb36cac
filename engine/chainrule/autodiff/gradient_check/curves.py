"""The error of a numerical gradient against its step: rounding left, truncation right.

A difference over a long step is the slope of a chord, whose error grows with the step: with its
square to both sides, with itself to one. Over a short one the rounding of the output, divided by
the step, grows the other way. In between is the best step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, final

import numpy as np

from chainrule.autodiff.gradient_check.differences import Difference, Varied, number_at
from chainrule.autodiff.gradient_check.verdicts import Index, relative_error
from chainrule.autodiff.gradient_check.wires import with_deltas
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.probe import Probe
from chainrule.errors import RunError
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire
from chainrule.graph.queries import require_output

_DECADES: Final = 14
_PER_DECADE: Final = 4
STEPS: Final = tuple(
    10.0 ** (number / _PER_DECADE - _DECADES) for number in range(_DECADES * _PER_DECADE + 1)
)
"""From 1e-14 to 1, four in each decade."""
_ROUNDED_BELOW: Final = 1e-6
_BENT_ABOVE: Final = 1e-3
_MARGIN: Final = 10.0


@final
@dataclass(frozen=True, slots=True)
class Sample:
    """The errors at one step; None where a quotient is not finite. `kinked`: over a kink."""

    step: float
    central: float | None
    one_sided: float | None
    kinked: bool


@final
@dataclass(frozen=True, slots=True)
class ErrorCurve:
    """The errors of one number's numerical gradient over all STEPS, each times max(1, |x|).

    They are relative, or absolute where the analytic gradient is 0.
    """

    analytic: float
    samples: tuple[Sample, ...]

    @property
    def is_relative(self) -> bool:
        """Whether the errors are relative to the gradient."""
        return self.analytic != 0.0

    @property
    def is_straight(self) -> bool:
        """Whether the output is linear in this number, as far as its differences can tell.

        What a bend adds to a one-sided quotient grows with the step h, so that h · error grows with
        its square; what rounding adds leaves h · error as it is. There is no bend where that
        product is over long steps what it is over short ones, where rounding is all there is.
        """
        products = [
            (each.step, each.step * max(each.one_sided, each.central or 0.0))
            for each in self.samples
            if each.one_sided is not None
        ]
        rounded = [product for step, product in products if step < _ROUNDED_BELOW]
        bent = [product for step, product in products if step > _BENT_ABOVE]
        if not rounded or not bent or any(each.kinked for each in self.samples):
            return False
        return max(bent) <= _MARGIN * max(*rounded, float(np.finfo(np.float64).eps))


def error_curve(
    graph: GateGraph,
    subject: NodeId | Wire,
    index: Index,
    cancelled: Callable[[], bool] | None = None,
) -> ErrorCurve:
    """Return the errors for one number of a leaf, or of what a wire carries.

    Where `cancelled` says so, the curve ends early. Raises RunError where there is no gradient.
    """
    require_output(graph)
    passes = Passes(graph)
    source = subject.source if isinstance(subject, Wire) else subject
    value = passes.value(source)
    gradient = (
        passes.wire_gradient(subject) if isinstance(subject, Wire) else passes.gradient(subject)
    )
    if value is None or gradient is None:
        raise RunError(f"{source!r} has no gradient to check; wire what is open around it")
    leaf = source
    if isinstance(subject, Wire):
        graph, deltas = with_deltas(graph, {subject: value})
        leaf, passes = deltas[subject], Passes(graph)
    probe = Probe(graph, passes.plan)
    probe.vary(leaf)
    varied = Varied(value, probe, passes.seed, adds=leaf != source)
    return _curve(varied, index, number_at(gradient, index), cancelled)


def _curve(
    varied: Varied, index: Index, analytic: float, cancelled: Callable[[], bool] | None
) -> ErrorCurve:
    samples: list[Sample] = []
    scale = max(1.0, abs(number_at(varied.value, index)))
    for step in STEPS:
        if cancelled is not None and cancelled():
            break
        try:
            both = varied.central(index, step * scale)
            right = varied.right_sided(index, step * scale)
        except RunError:
            samples.append(Sample(step, None, None, kinked=False))
            continue
        errors = _error(analytic, both), _error(analytic, right)
        samples.append(Sample(step, *errors, kinked=bool(both.kinks)))
    return ErrorCurve(analytic, tuple(samples))


def _error(analytic: float, difference: Difference) -> float | None:
    if analytic == 0.0:
        error = abs(difference.quotient)
        return error if error < float("inf") else None
    return relative_error(analytic, difference.quotient)
