"""What the backward pass does instead of forming a Jacobian, in words."""

from __future__ import annotations

from chainrule.autodiff.jacobian.matrices import Matrix, Selection
from chainrule.autodiff.jacobian.path import Path
from chainrule.autodiff.jacobian.structure import counted, said_bytes
from chainrule.gates.gate import Elementwise


def what_happens_instead(target: str, source: str, path: Path, matrix: Matrix | None) -> str:
    """Return a sentence without a full stop, with the memory that the Jacobian would take.

    `matrix` is the Jacobian where it is known.
    """
    would = f"the Jacobian would be {said_bytes(8 * path.target.size * path.source.size)}"
    if not path.connected:
        return f"{target} does not depend on {source}: no gradient comes back"
    if not path.steps:
        return f"{target} is {source} itself: the gradient is passed on"
    if len(path.steps) > 1:
        return (
            f"the backward pass takes the upstream gradient through {len(path.steps):,} gates, "
            f"one after the other; {would}"
        )
    (gate,) = [step.gate for step in path.steps]
    if isinstance(gate, Elementwise) and isinstance(matrix, Selection):
        is_mask = bool(((matrix.weights == 0.0) | (matrix.weights == 1.0)).all())
        slopes = counted(len(matrix.weights), "number" if is_mask else "slope")
        what = f"a mask of {slopes}" if is_mask else slopes
        return f"{gate.name}: {what} times the upstream gradient; {would}"
    rule = gate.rule[0].lower() + gate.rule[1:].rstrip(".")
    return f"{gate.name}: {rule}; {would}"
