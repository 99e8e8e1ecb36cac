"""Products, norms, distances, inverses and determinants as PyTorch computes them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from chainrule.arrays import Array
from tests.engine.gates.agreement import Case
from tests.engine.gates.torch_families.making import Maker, torch

Axes = int | list[int] | None

SPLITS = "PyTorch splits the gradient among equal extremes"
COFACTORS = "PyTorch's gradient of det is 0 at a singular matrix, whose cofactors are not"
SHORT = "PyTorch goes on with the length where it is below eps"


def _dims(axis: Axes, dimensions: int) -> tuple[int, ...]:
    if axis is None:
        return tuple(range(dimensions))
    return tuple(each % dimensions for each in (axis if isinstance(axis, list) else [axis]))


def _norm(x: Any, ord: Any = 2.0, axis: Axes = None, keepdims: bool = False) -> Any:
    dims = _dims(axis, x.ndim)
    return torch.linalg.vector_norm(x, float(ord), dim=dims or None, keepdim=keepdims)


def _matrix_norm(
    x: Any,
    ord: Any = "fro",
    axis: Any = (-2, -1),
    keepdims: bool = False,
) -> Any:
    order = ord if ord in ("fro", "nuc") else float(ord)
    return torch.linalg.matrix_norm(x, order, dim=tuple(axis), keepdim=keepdims)


def _normalize(x: Any, p: Any = 2.0, axis: Axes = -1, eps: float = 1e-12) -> Any:
    dims = _dims(axis, x.ndim)
    length = torch.linalg.vector_norm(x, float(p), dim=dims, keepdim=True)
    return x / length.clamp_min(eps)


def _solve(matrix: Any, b: Any) -> Any:
    if b.ndim == 1:
        return torch.linalg.solve(matrix, b.unsqueeze(-1)).squeeze(-1)
    return torch.linalg.solve(matrix, b)


def _cdist(x: Any, y: Any, p: Any = 2.0) -> Any:
    # Composed, since torch.cdist has no stacks of vectors.
    difference = x.unsqueeze(-2) - (y if x.ndim == 1 else y.unsqueeze(-3))
    return torch.linalg.vector_norm(difference, float(p), dim=-1)


def _trace(x: Any) -> Any:
    return x.diagonal(dim1=-2, dim2=-1).sum(-1)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "matmul": torch.matmul,
    "dot": torch.dot,
    "vecdot": lambda x, y, axis=-1: (x * y).sum(axis),
    "outer": torch.outer,
    "cross": lambda x, y, axis=-1: torch.linalg.cross(*torch.broadcast_tensors(x, y), dim=axis),
    "einsum": lambda *xs, subscripts: torch.einsum(subscripts, *xs),
    "trace": _trace,
    "diagonal": lambda x, offset=0: torch.diagonal(x, offset, dim1=-2, dim2=-1),
    "diag_embed": lambda x, offset=0: torch.diag_embed(x, offset),
    "inverse": torch.linalg.inv,
    "solve": _solve,
    "det": torch.linalg.det,
    "logdet": torch.logdet,
    "norm": _norm,
    "matrix_norm": _matrix_norm,
    "normalize": _normalize,
    "cosine_similarity": lambda x, y, axis=-1, eps=1e-8: torch.cosine_similarity(
        *torch.broadcast_tensors(x, y), dim=axis, eps=eps
    ),
    "pairwise_distance": lambda x, y, p=2.0, eps=1e-6, keepdims=False: torch.pairwise_distance(
        x, y, float(p), eps, keepdims
    ),
    "cdist": _cdist,
}

# Subscripts, and the shape of each operand.
SUMS: tuple[tuple[str, tuple[tuple[int, ...], ...]], ...] = (
    *(("i->i", ((3,),)), ("i->", ((3,),)), ("ij", ((2, 3),)), ("ji", ((2, 3),))),
    *(("ij->ji", ((2, 3),)), ("ij->j", ((2, 3),)), ("ii", ((3, 3),)), ("ii->i", ((3, 3),))),
    *(("iij->j", ((2, 2, 3),)), ("iii->i", ((2, 2, 2),)), ("iijj->ij", ((2, 2, 3, 3),))),
    *(("i,i", ((3,), (3,))), ("i,j", ((2,), (3,))), ("i,j->ji", ((2,), (3,)))),
    *(("ij,jk", ((2, 3), (3, 4))), ("ij,jk->ik", ((2, 3), (3, 4))), ("ij,j", ((2, 3), (3,)))),
    *(("ij,ij->", ((2, 3), (2, 3))), ("ij,kl->", ((2, 3), (2, 2)))),
    *(("ij,k->i", ((2, 3), (2,))), ("bij,bjk->bik", ((2, 2, 3), (2, 3, 2)))),
    *(("bhqd,bhkd->bhqk", ((1, 2, 3, 2), (1, 2, 2, 2))), ("ii,i->i", ((3, 3), (3,)))),
    *(("ij,ji", ((2, 3), (3, 2))), ("iij,jk->ik", ((2, 2, 3), (3, 2)))),
    *(("i,j,k->ijk", ((2,), (3,), (2,))), ("ij,jk,kl->il", ((2, 3), (3, 2), (2, 3)))),
    *(("ij,ik,i->jk", ((2, 3), (2, 2), (2,))), (",i->i", ((), (3,))), (",->", ((), ()))),
    *(("...", ((2, 3),)), ("...i->...", ((2, 3, 2),)), ("i...->...i", ((2, 3, 2),))),
    *(("...ij,...jk", ((2, 2, 3), (2, 3, 2))), ("...ij,...jk->...ik", ((2, 2, 3), (3, 2)))),
    *(("...,...->...", ((2, 3), (3,))), ("i...,...i->...", ((2, 3), (3, 2)))),
    *(("i...,i->...", ((2, 1, 3), (2,))), ("...i,...i->...", ((2, 1, 3), (4, 3)))),
    *(("ij,ij->ij", ((1, 3), (2, 3))), ("ij,ij->j", ((2, 1), (2, 3))), ("i,i", ((1,), (3,)))),
    *(("ij,jk->ik", ((2, 1), (3, 2))), ("Ab,bC->AC", ((2, 3), (3, 2)))),
    *(("i j , j k -> i k", ((2, 3), (3, 2))),),
)
PRODUCTS = (
    *(((3,), (3,)), ((2, 3), (3,)), ((2,), (2, 3)), ((2, 3), (3, 4)), ((2, 2, 3), (3,))),
    *(((3,), (2, 3, 2)), ((2, 2, 3), (3, 2)), ((2, 3), (2, 3, 2)), ((2, 1, 2, 3), (3, 3, 1))),
    *(((1, 2, 3), (4, 3, 2)), ((3, 1, 1, 2), (1, 2, 2, 3)), ((3,), (2, 1, 3, 2))),
)
NORMED: tuple[dict[str, Any], ...] = (
    *({}, {"axis": 0}, {"axis": [-1, 0], "keepdims": True}, {"axis": -1}),
)
ORDERS = (2.0, 1.0, 0.0, 3.0, 2.5, 0.5, -1.0, -2.0, "inf", "-inf")
MATRIX_ORDERS = ("fro", "nuc", "inf", "-inf", 1.0, -1.0, 2.0, -2.0)


def cases(make: Maker) -> Iterator[Case]:
    """Return all cases of this family."""
    for family in (_products, _sums, _diagonals, _equations, _norms, _matrix_norms, _distances):
        yield from family(make)


def _products(make: Maker) -> Iterator[Case]:
    for x, y in PRODUCTS:
        yield make.case("matmul", make.numbers(*x), make.numbers(*y))
    for size in (1, 3):
        yield make.case("dot", make.numbers(size), make.numbers(size))
        yield make.case("outer", make.numbers(size), make.numbers(2))
    for x, y in (((3,), (3,)), ((2, 3), (2, 3)), ((2, 3), (3,)), ((3,), (2, 1, 3))):
        yield make.case("vecdot", make.numbers(*x), make.numbers(*y))
        yield make.case("cross", make.numbers(*x), make.numbers(*y))
    yield make.case("vecdot", make.numbers(3, 2), make.numbers(2), axis=0)
    yield make.case("cross", make.numbers(2, 3, 2), make.numbers(3, 1), axis=1)
    yield make.case("cross", make.numbers(3, 2), make.numbers(3, 1), axis=0)


def _sums(make: Maker) -> Iterator[Case]:
    for subscripts, shapes in SUMS:
        operands = [make.numbers(*shape) for shape in shapes]
        yield make.case("einsum", *operands, subscripts=subscripts)


def _diagonals(make: Maker) -> Iterator[Case]:
    for shape in ((3, 3), (2, 4), (4, 2), (2, 3, 2), (1, 1)):
        yield make.case("trace", make.numbers(*shape))
        for offset in (0, 1, -1):
            yield make.case("diagonal", make.numbers(*shape), offset=offset)
            yield make.case("diag_embed", make.numbers(*shape[:-1]), offset=offset)


def _regular(make: Maker, *shape: int) -> Array:
    """Return well-conditioned matrices with positive determinants."""
    return make.numbers(*shape) * 0.25 + np.eye(shape[-1])


def _equations(make: Maker) -> Iterator[Case]:
    for shape in ((1, 1), (2, 2), (3, 3), (5, 5), (2, 3, 3), (2, 1, 2, 2)):
        for gate in ("inverse", "det", "logdet"):
            yield make.case(gate, _regular(make, *shape))
        yield make.case("det", make.numbers(*shape))
    for b in ((3,), (3, 1), (3, 2), (2, 3, 2)):
        yield make.case("solve", _regular(make, 3, 3), make.numbers(*b))
        yield make.case("solve", _regular(make, 2, 3, 3), make.numbers(*b))
    yield make.case("solve", _regular(make, 2, 1, 2, 2), make.numbers(3, 2, 2))
    yield make.case("det", [[1.0, 2.0], [2.0, 4.0]], deviates=COFACTORS)
    singular = [[1.0, 2.0, 3.0], [2.0, 4.0, 6.0], [0.5, -1.0, 2.0]]
    yield make.case("det", singular, deviates=COFACTORS)


def _norms(make: Maker) -> Iterator[Case]:
    for order in ORDERS:
        for params in NORMED:
            yield make.case("norm", make.numbers(2, 3, 2), ord=order, **params)
        yield make.case("norm", make.numbers(), ord=order)
        if order not in (0.0, "-inf", -1.0, -2.0):
            yield make.case("normalize", make.numbers(2, 3), p=order)
            yield make.case("normalize", make.numbers(2, 3), p=order, axis=0, eps=2.0)
            yield make.case("normalize", make.numbers(2, 3), p=order, axis=None)
    for order in (2.0, 1.0, 3.0):
        yield make.case("norm", [[0.0, 0.0], [0.0, 2.0]], ord=order, axis=1)
        yield make.case("normalize", [[0.0, 0.0], [0.0, 2.0]], p=order)
    yield make.case("norm", [1.0, -2.0, 2.0], ord="inf", deviates=SPLITS)
    yield make.case("norm", [0.0, 0.0], ord="-inf", deviates=SPLITS)


def _matrix_norms(make: Maker) -> Iterator[Case]:
    for order in MATRIX_ORDERS:
        for shape in ((2, 2), (3, 2), (2, 4), (2, 3, 2)):
            yield make.case("matrix_norm", make.numbers(*shape), ord=order)
        yield make.case("matrix_norm", make.numbers(2, 3, 2), ord=order, axis=[2, 0], keepdims=True)
    yield make.case("matrix_norm", [[1.0, -2.0], [-2.0, 1.0]], ord="inf", deviates=SPLITS)
    yield make.case("matrix_norm", np.zeros((2, 2)))


def _distances(make: Maker) -> Iterator[Case]:
    for x, y in (((3,), (3,)), ((2, 3), (2, 3)), ((2, 3), (3,)), ((3,), (2, 2, 3))):
        yield make.case("cosine_similarity", make.numbers(*x), make.numbers(*y))
        for p in (2.0, 1.0, 3.0, "inf"):
            yield make.case("pairwise_distance", make.numbers(*x), make.numbers(*y), p=p)
    yield make.case("cosine_similarity", make.numbers(3, 2), make.numbers(3, 1), axis=0)
    yield make.case("cosine_similarity", [0.0, 0.0], [1.0, 2.0])
    yield make.case("cosine_similarity", [0.5, 0.0], [1.0, 2.0], eps=1.0, deviates=SHORT)
    yield make.case("pairwise_distance", make.numbers(3, 2), make.numbers(3, 2), keepdims=True)
    yield make.case("pairwise_distance", [1.0, 2.0], [1.0, 2.0], eps=0.0)
    for x, y in (((2, 3), (4, 3)), ((3,), (4, 3)), ((3,), (2, 4, 3)), ((2, 1, 3), (2, 2, 3))):
        for p in (2.0, 1.0, 3.0, "inf"):
            yield make.case("cdist", make.numbers(*x), make.numbers(*y), p=p)
    yield make.case("cdist", [[1.0, 2.0], [0.0, 1.0]], [[1.0, 2.0], [3.0, math.pi]])
