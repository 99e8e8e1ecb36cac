"""The gradient check: every analytic gradient against central differences.

    n = (f(x + h) - f(x - h)) / 2h        with h = 1e-5 max(1, |x|)

A gradient a passes where |a - n| ≤ 1e-6 max(1, |a|, |n|) + 10 ε |f| / h: a relative error with a
floor, for gradients that vanish, and with room for the rounding of f, which division by h enlarges.
Where it fails, or where a kink lies between, shorter steps have their say too, so that a narrow
bend raises no false alarm (see `_shorter_steps`). The relative error, |a - n| / max(|a|, |n|), is
shown and not judged by.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias, final

import numpy as np

from chainrule.arrays import Array
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.probe import Probe
from chainrule.errors import RunError
from chainrule.gates.leaf import Leaf
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Node, NodeId
from chainrule.graph.queries import listed, require_output

STEP = 1e-5
TOLERANCE = 1e-6
NARROW_STEP = 1e-12

Index: TypeAlias = tuple[int, ...]


class Verdict(Enum):
    """What a check found; only DIFFERS says that a gradient is wrong.

    DIFFERS_BY_DESIGN is one that comes through a gate whose backward is no derivative on purpose.
    """

    AGREES = "agrees"
    DIFFERS = "differs"
    DIFFERS_BY_DESIGN = "differs by design"
    KINK = "kink"
    NOT_FINITE = "not finite"
    NOT_COMPUTED = "not computed"


@final
@dataclass(frozen=True, slots=True)
class Check:
    """The check of one number: `index` is its place in the value of `node`, () for a scalar.

    `error` is the relative error. Numbers are None where there are none; `says` is a sentence
    where there is more to say than the verdict.
    """

    node: NodeId
    index: Index
    analytic: float | None
    numerical: float | None
    error: float | None
    verdict: Verdict
    says: str = ""


def check_gradients(
    graph: GateGraph,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Check, ...]:
    """Check the gradient of each number of each input and parameter, in the order of the nodes.

    The output is the sum of its numbers, each times the seed. `progress` is told how many numbers
    are done and how many there are. Where `cancelled` says so, the checks made so far are returned.
    Raises RunError when it isn't clear which node is the output.
    """
    output = require_output(graph)
    leaves = [node for node in graph if isinstance(node.kind, Leaf) and node.kind.checked]
    total = sum(node.value.size for node in leaves if node.value is not None)
    done: list[Check] = []
    for check in _checks(graph, leaves, output):
        done.append(check)
        if progress is not None:
            progress(len(done), total)
        if cancelled is not None and cancelled():
            break
    return tuple(done)


def _checks(graph: GateGraph, leaves: Sequence[Node], output: NodeId) -> Iterator[Check]:
    passes = Passes(graph)
    has_value = passes.value(output) is not None
    probe = Probe(graph, passes.plan) if has_value else None
    for node in leaves:
        value, gradient = node.value, passes.gradient(node.id)
        if value is None:
            continue
        if gradient is None or probe is None:
            yield from (_not_computed(node.id, index) for index in np.ndindex(value.shape))
            continue
        probe.vary(node.id)
        leaf = _LeafCheck(node.id, value, probe, passes.seed)
        for index in np.ndindex(value.shape):
            yield leaf.check(index, _number(gradient, index))


def _not_computed(node: NodeId, index: Index) -> Check:
    says = "no gradient comes here; wire what is open and correct what does not fit behind it"
    return Check(node, index, None, None, None, Verdict.NOT_COMPUTED, says)


@final
@dataclass(frozen=True, slots=True)
class _Difference:
    """A difference quotient, the rounding noise in it, and the nodes that changed their branch."""

    quotient: float
    noise: float
    kinks: tuple[NodeId, ...]

    @property
    def is_clean(self) -> bool:
        return math.isfinite(self.quotient) and math.isfinite(self.noise) and not self.kinks

    def agrees(self, analytic: float) -> bool:
        return abs(analytic - self.quotient) <= TOLERANCE * self._size(analytic) + self.noise

    def is_sharp(self, analytic: float) -> bool:
        """Whether the noise is small enough for this quotient to decide anything."""
        return self.noise <= 1e-5 * self._size(analytic)

    def _size(self, analytic: float) -> float:
        return max(1.0, abs(analytic), abs(self.quotient))


@final
@dataclass(frozen=True, slots=True)
class _LeafCheck:
    """Checks the numbers of one leaf."""

    node: NodeId
    value: Array
    probe: Probe
    seed: Array

    def check(self, index: Index, analytic: float) -> Check:
        x = _number(self.value, index)
        if not (math.isfinite(x) and math.isfinite(analytic)):
            what = f"its value is {x}" if not math.isfinite(x) else f"its gradient is {analytic}"
            return self._result(index, analytic, None, Verdict.NOT_FINITE, what)
        try:
            return self._compared(index, analytic, x)
        except RunError as error:
            return self._result(index, analytic, None, Verdict.NOT_COMPUTED, str(error))

    def _compared(self, index: Index, analytic: float, x: float) -> Check:
        first = self._difference(index, STEP * max(1.0, abs(x)))
        clean = [first] if first.is_clean else []
        for h in _shorter_steps(x, steep=first.is_clean):
            if clean and clean[-1].agrees(analytic):
                break
            shorter = self._difference(index, h)
            if shorter.is_clean and shorter.is_sharp(analytic):
                clean.append(shorter)
        if clean and clean[-1].agrees(analytic):
            return self._result(index, analytic, clean[-1].quotient, Verdict.AGREES)
        if clean:
            return self._differing(index, analytic, clean[0].quotient)
        if first.kinks:
            says = self._kink_sentence(index, x, first.kinks)
            return self._result(index, analytic, first.quotient, Verdict.KINK, says)
        says = "the output is not finite at this point or beside it"
        return self._result(index, analytic, first.quotient, Verdict.NOT_FINITE, says)

    def _differing(self, index: Index, analytic: float, numerical: float) -> Check:
        designed = self.probe.no_derivatives()
        if not designed:
            return self._result(index, analytic, numerical, Verdict.DIFFERS)
        says = f"{listed(designed)} sends back, on purpose, something else than the derivative"
        return self._result(index, analytic, numerical, Verdict.DIFFERS_BY_DESIGN, says)

    def _kink_sentence(self, index: Index, x: float, kinks: tuple[NodeId, ...]) -> str:
        ties = self._difference(index, NARROW_STEP * max(1.0, abs(x))).kinks
        if ties:
            return f"{listed(ties)} is just at a kink or tie, where the slope jumps"
        return f"a kink of {listed(kinks)} is so close that the difference reaches over it"

    def _difference(self, index: Index, h: float) -> _Difference:
        above, below = self._moved(index, h), self._moved(index, -h)
        up, down = self.probe.read(above), self.probe.read(below)
        with np.errstate(all="ignore"):
            taken = _number(above, index) - _number(below, index)
            quotient = float(np.sum(self.seed * (up.output - down.output))) / taken
            size = float(np.sum(abs(self.seed * up.output)))
        noise = 10.0 * float(np.finfo(np.float64).eps) * size / h
        return _Difference(quotient, noise, self.probe.changed(up, down))

    def _moved(self, index: Index, h: float) -> Array:
        # A copy each time, since values of a reading may be views of it.
        moved = np.array(self.value)
        moved[index] += h
        return moved[()]

    def _result(
        self,
        index: Index,
        analytic: float,
        numerical: float | None,
        verdict: Verdict,
        says: str = "",
    ) -> Check:
        error = None if numerical is None else _relative_error(analytic, numerical)
        return Check(self.node, index, analytic, numerical, error, verdict, says)


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


def _number(array: Array, index: Index) -> float:
    return float(np.asarray(array)[index])


def _relative_error(analytic: float, numerical: float) -> float | None:
    if analytic == numerical:
        return 0.0
    if not (math.isfinite(analytic) and math.isfinite(numerical)):
        return None
    return abs(analytic - numerical) / max(abs(analytic), abs(numerical))
