"""The gradient check: every analytic gradient against central differences.

    n = (f(x + h) - f(x - h)) / 2h        with h = 1e-5 max(1, |x|)

A gradient a passes where |a - n| ≤ 1e-6 max(1, |a|, |n|) + 10 ε |f| / h: a relative error with a
floor, for gradients that vanish, and with room for the rounding of f, which division by h enlarges.
Where it fails, or where a kink lies between, shorter steps have their say too, so that a narrow
bend raises no false alarm (see `_shorter_steps`). The relative error, |a - n| / max(|a|, |n|), is
shown and not judged by; what is shown may be made with another step, or to one side only.

What a wire carries is a number like any other: the analytic gradient is what comes back along it,
the numerical one what a small addition to it does to the output.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np

from chainrule.arrays import Array
from chainrule.autodiff.gradient_check.differences import (
    STEP,
    CheckSettings,
    Difference,
    Varied,
    number_at,
)
from chainrule.autodiff.gradient_check.verdicts import Check, Index, Verdict, relative_error
from chainrule.autodiff.gradient_check.wires import with_deltas
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.probe import Probe
from chainrule.errors import RunError
from chainrule.gates.leaf import Leaf
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId, Wire
from chainrule.graph.queries import listed, require_output

NARROW_STEP: Final = 1e-12
_USUAL: Final = CheckSettings()


def check_gradients(
    graph: GateGraph,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    settings: CheckSettings = _USUAL,
) -> tuple[Check, ...]:
    """Check the gradient of each number of each input and parameter, in the order of the nodes.

    Where `settings` ask for them, the wires follow, by target and port. The output is the sum of
    its numbers, each times the seed. `progress` is told how many numbers are done and how many
    there are. Where `cancelled` says so, the checks made so far are returned. Raises RunError when
    it isn't clear which node is the output.
    """
    output = require_output(graph)
    passes = Passes(graph)
    leaves = [node for node in graph if isinstance(node.kind, Leaf) and node.kind.checked]
    carried = _carried(graph, passes) if settings.wires else {}
    total = sum(node.value.size for node in leaves if node.value is not None)
    total += sum(each.size for each in carried.values())
    done: list[Check] = []
    for check in _all_checks(graph, passes, leaves, carried, output, settings):
        done.append(check)
        if progress is not None:
            progress(len(done), total)
        if cancelled is not None and cancelled():
            break
    return tuple(done)


def _carried(graph: GateGraph, passes: Passes) -> dict[Wire, Array]:
    """Return what each wire carries, where it is known."""
    values = ((wire, passes.value(wire.source)) for wire in graph.wires())
    return {wire: value for wire, value in values if value is not None}


def _all_checks(
    graph: GateGraph,
    passes: Passes,
    leaves: Sequence[Node],
    carried: dict[Wire, Array],
    output: NodeId,
    settings: CheckSettings,
) -> Iterator[Check]:
    has_value = passes.value(output) is not None
    probe = Probe(graph, passes.plan) if has_value else None
    for node in leaves:
        if node.value is not None:
            about = Check(node.id, (), None, None, None, Verdict.NOT_COMPUTED)
            gradient = passes.gradient(node.id)
            yield from _checks(about, node.value, gradient, probe, node.id, passes, settings)
    if not carried:
        return
    varied, deltas = with_deltas(graph, carried)
    probe = Probe(varied, Passes(varied).plan) if has_value else None
    for wire, value in carried.items():
        about = Check(wire.source, (), None, None, None, Verdict.NOT_COMPUTED, wire=wire)
        gradient = passes.wire_gradient(wire)
        yield from _checks(about, value, gradient, probe, deltas[wire], passes, settings)


def _checks(
    about: Check,
    value: Array,
    gradient: Array | None,
    probe: Probe | None,
    leaf: NodeId,
    passes: Passes,
    settings: CheckSettings,
) -> Iterator[Check]:
    """Check all numbers of what `about` says, a leaf or a wire, which is varied by `leaf`."""
    if gradient is None or probe is None:
        says = "no gradient comes here; wire what is open and correct what does not fit behind it"
        yield from (replace(about, index=index, says=says) for index in np.ndindex(value.shape))
        return
    probe.vary(leaf)
    varied = Varied(value, probe, passes.seed, adds=about.wire is not None)
    one = _OneByOne(about, varied, settings)
    for index in np.ndindex(value.shape):
        yield one.check(index, number_at(gradient, index))


@final
@dataclass(frozen=True, slots=True)
class _OneByOne:
    """Checks the numbers of one leaf, or of one wire."""

    about: Check
    varied: Varied
    settings: CheckSettings

    def check(self, index: Index, analytic: float) -> Check:
        x = number_at(self.varied.value, index)
        if not (math.isfinite(x) and math.isfinite(analytic)):
            what = f"its value is {x}" if not math.isfinite(x) else f"its gradient is {analytic}"
            return self._result(index, analytic, None, Verdict.NOT_FINITE, what)
        try:
            return self._as_asked_for(self._compared(index, analytic, x), x)
        except RunError as error:
            return self._result(index, analytic, None, Verdict.NOT_COMPUTED, str(error))

    def _as_asked_for(self, check: Check, x: float) -> Check:
        """Show the numerical gradient that was asked for beside the verdict."""
        settings, analytic = self.settings, check.analytic
        if settings.are_usual or analytic is None:
            return check
        h = settings.step * max(1.0, abs(x))
        difference = self.varied.central if settings.two_sided else self.varied.right_sided
        shown = difference(check.index, h).quotient
        return replace(check, numerical=shown, error=relative_error(analytic, shown))

    def _compared(self, index: Index, analytic: float, x: float) -> Check:
        first = self.varied.central(index, STEP * max(1.0, abs(x)))
        clean = [first] if first.is_clean else []
        for h in _shorter_steps(x, steep=first.is_clean):
            if clean and clean[-1].agrees(analytic):
                break
            shorter = self.varied.central(index, h)
            if shorter.is_clean and shorter.is_sharp(analytic):
                clean.append(shorter)
        if clean and clean[-1].agrees(analytic):
            return self._result(index, analytic, clean[-1], Verdict.AGREES)
        if clean:
            return self._differing(index, analytic, clean[0])
        if first.kinks:
            says = self._kink_sentence(index, x, first.kinks)
            return self._result(index, analytic, first, Verdict.KINK, says)
        says = "the output is not finite at this point or beside it"
        return self._result(index, analytic, first, Verdict.NOT_FINITE, says)

    def _differing(self, index: Index, analytic: float, numerical: Difference) -> Check:
        designed = self.varied.probe.no_derivatives()
        if not designed:
            return self._result(index, analytic, numerical, Verdict.DIFFERS)
        says = f"{listed(designed)} sends back, on purpose, something else than the derivative"
        return self._result(index, analytic, numerical, Verdict.DIFFERS_BY_DESIGN, says)

    def _kink_sentence(self, index: Index, x: float, kinks: tuple[NodeId, ...]) -> str:
        ties = self.varied.central(index, NARROW_STEP * max(1.0, abs(x))).kinks
        if ties:
            return f"{listed(ties)} is just at a kink or tie, where the slope jumps"
        return f"a kink of {listed(kinks)} is so close that the difference reaches over it"

    def _result(
        self,
        index: Index,
        analytic: float,
        difference: Difference | None,
        verdict: Verdict,
        says: str = "",
    ) -> Check:
        numerical = None if difference is None else difference.quotient
        return replace(
            self.about,
            index=index,
            analytic=analytic,
            numerical=numerical,
            error=None if numerical is None else relative_error(analytic, numerical),
            verdict=verdict,
            says=says,
        )


def _shorter_steps(x: float, *, steep: bool) -> tuple[float, ...]:
    """Return steps for where the first one seems too long, the longest first.

    Close to 0 that one may reach over a kink, or over the pole of 1/x or log x. Far from 0 it may
    reach over a bend: the waves of sin x are as narrow there as anywhere. Where the function is
    `steep`, as sin 1000x is, it takes a shorter one still. A few times the distance to the next
    float64 is the least that can be told from rounding.
    """
    least = 4.0 * math.ulp(x)
    step = max(STEP * min(abs(x) or 1.0, 1.0), least)
    return (step, max(step / 100.0, least)) if steep else (step,)
