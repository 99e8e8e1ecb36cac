"""Products over axes, of tensors and of vectors, equations and lengths."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from chainrule.arrays import Array
from chainrule.autodiff.gradient_graph.terms import Rule, Term, count_of, rule
from chainrule.errors import RunError
from chainrule.gates.foundations.axes import resolve_axes
from chainrule.gates.foundations.subscripts import parse_subscripts


def _prod(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    """Give each number the product of all others, also where one of them is 0."""
    gone = resolve_axes(gate.name, gate.axis, x.shape)
    kept = [axis for axis in range(len(x.shape)) if axis not in gone]
    order = [*kept, *gone]
    moved = x.gate("transpose", axes=order) if len(order) > 1 else x
    count = count_of(tuple(x.shape[axis] for axis in gone))
    rows = count_of(x.shape) // count if count else 0
    square = moved.reshaped((rows, 1, count)).broadcast((rows, count, count))
    unit: Array = np.eye(count)
    others = x.draft.constant(1.0).chosen_by(x.draft.constant(unit), square)
    shares = up.reshaped((rows, 1)) * others.gate("prod", axis=-1)
    back = shares.reshaped(moved.shape)
    turned = np.argsort(order).tolist()
    return (back.gate("transpose", axes=turned) if len(order) > 1 else back.reshaped(x.shape),)


def _einsum(gate: Any, up: Term, out: Term, *x: Term) -> Sequence[Term]:
    dimensions = tuple(len(each.shape) for each in x)
    spelled = parse_subscripts(gate.name, gate.subscripts)
    terms, output = spelled.spelled_out(gate.name, dimensions)
    return [_einsum_back(up, x, terms, output, port) for port in range(len(x))]


def _einsum_back(up: Term, x: Sequence[Term], terms: Sequence[str], output: str, port: int) -> Term:
    """Return the upstream gradient times all other inputs, summed to the letters of one."""
    others = [each for at, each in enumerate(x) if at != port]
    letters = [output, *(each for at, each in enumerate(terms) if at != port)]
    own = terms[port]
    spare = iter(each for each in string.ascii_letters if each not in {*output, *"".join(terms)})
    wanted = "".join(next(spare) if each in own[:at] else each for at, each in enumerate(own))
    factors = [up, *others]
    sizes = dict[str, int]()
    for term, factor in zip(letters, factors, strict=True):
        for letter, size in zip(term, factor.shape, strict=True):
            sizes[letter] = max(size, sizes.get(letter, 0))
    if any(sizes.get(each, 0) < size for each, size in zip(wanted, x[port].shape, strict=True)):
        # 1 on the diagonals that a letter takes twice, and along axes that nothing else has.
        factors.append(up.draft.constant(_diagonals(own, x[port].shape)))
        letters.append(wanted)
    return factors[0].gate("einsum", *factors[1:], subscripts=f"{','.join(letters)}->{wanted}")


def _diagonals(term: str, shape: tuple[int, ...]) -> Array:
    places = np.indices(shape)
    alike = [places[term.index(each)] == places[at] for at, each in enumerate(term)]
    ones: Array = np.all(alike, axis=0).astype(np.float64)
    return ones


def _cross(gate: Any, up: Term, out: Term, x: Term, y: Term) -> tuple[Term, ...]:
    wide_x, wide_y = x.broadcast(out.shape), y.broadcast(out.shape)
    return (
        wide_y.gate("cross", up, axis=gate.axis),
        up.gate("cross", wide_x, axis=gate.axis),
    )


def _solve(up: Term, out: Term, matrix: Term, b: Term) -> tuple[Term, ...]:
    is_vector = len(b.shape) == 1
    columns = up.reshaped((*up.shape, 1)) if is_vector else up
    solution = out.reshaped((*out.shape, 1)) if is_vector else out
    for_b = matrix.transposed().gate("solve", columns)
    for_matrix = -for_b.gate("matmul", solution.transposed())
    return for_matrix, for_b.reshaped(up.shape) if is_vector else for_b


def _length(gate: Any, up: Term, out: Term, x: Term) -> tuple[Term, ...]:
    if float(gate.ord) not in (1.0, 2.0):
        raise RunError(
            f"its gate norm with ord {gate.ord} has no gradient graph; use 1 or 2, or build it "
            "from smaller gates"
        )
    gone = resolve_axes(gate.name, gate.axis, x.shape)
    kept = tuple(1 if axis in gone else size for axis, size in enumerate(x.shape))
    share = up.reshaped(kept)
    if float(gate.ord) == 1.0:
        return (share * x.gate("sign"),)
    length = out.reshaped(kept)
    # A vector of zeros has no direction; its gradient is 0.
    return (
        share
        / out.draft.constant(1.0).chosen_by(length.gate("equal", out.draft.constant(0.0)), length)
        * x,
    )


RULES: Final[Mapping[str, Rule]] = {
    "prod": _prod,
    "einsum": _einsum,
    "cross": _cross,
    "solve": rule(_solve),
    "norm": _length,
}
