"""Products, norms and other functions of matrices."""

from __future__ import annotations

from typing import Any

from tests.engine.gates.opinfo.calls import (
    Call,
    LeftOut,
    Row,
    as_axes,
    as_order,
    first_of,
    only_default,
    op,
    tensors,
)


def _einsum(parts: Any, subscripts: str) -> Call:
    if "->" in subscripts and "..." in subscripts and "..." not in subscripts.split("->")[1]:
        raise LeftOut("an output without its ..., which NumPy refuses")
    return Call(tuple(parts), {"subscripts": subscripts})


def _trace(x: Any) -> Call:
    return Call((x,))


def _diagonal(x: Any, offset: int = 0, dim1: int = 0, dim2: int = 1) -> Call:
    return Call((x.movedim((dim1, dim2), (-2, -1)),), {"offset": offset})


def _last_diagonal(x: Any, *, offset: int = 0, dim1: int = -2, dim2: int = -1) -> Call:
    return _diagonal(x, offset, dim1, dim2)


def _embedded(x: Any, offset: int = 0, dim1: int = -2, dim2: int = -1) -> Call:
    def moved(result: Any) -> Any:
        return result.movedim((dim1, dim2), (-2, -1))

    return Call((x,), {"offset": offset}, pick=moved)


def _diag_of_vector(x: Any, diagonal: int = 0) -> Call:
    if x.ndim != 1:
        raise LeftOut("a matrix, whose diagonal is another gate here")
    return Call((x,), {"offset": diagonal})


def _diag_of_matrix(x: Any, diagonal: int = 0) -> Call:
    if x.ndim != 2:
        raise LeftOut("a vector, for which that is another gate here")
    return Call((x,), {"offset": diagonal})


def _solve(A: Any, B: Any, *, left: bool = True, check_errors: bool = False) -> Call:
    if B.ndim == 1 or (A.ndim - 1 == B.ndim and A.shape[:-1] == B.shape):
        if B.ndim == 1 and A.ndim == 2:
            return Call((A if left else A.mT, B))
        return Call((A, B.unsqueeze(-1)), pick=lambda result: first_of(result).unsqueeze(-1))
    if left:
        return Call((A, B))
    return Call((A.mT, B.mT), pick=lambda result: first_of(result).mT)


def _inverted(x: Any, check_errors: bool = False) -> Call:
    return Call((x,))


def _log_of_size(x: Any) -> Call:
    if bool((x.detach().det() < 0).any()):
        raise LeftOut("a negative determinant, whose logarithm is nan here")
    return Call((x,), pick=lambda result: result[1])


def _determinant(x: Any) -> Call:
    return Call((x,))


def _along(x: Any, y: Any, dim: int = -1) -> Call:
    return Call((x, y), {"axis": dim})


def _crossed(x: Any, y: Any, dim: int | None = None) -> Call:
    if dim is None:
        dim = next(axis for axis, size in enumerate(x.shape) if size == 3)
    return Call((x, y), {"axis": dim})


def _similar(x: Any, y: Any, dim: int = 1, eps: float = 1e-8) -> Call:
    if x.ndim == y.ndim == 0:
        raise LeftOut("axis 0 of a number, which has none here")
    return Call((x, y), {"axis": dim, "eps": eps})


def _distance(x: Any, y: Any, p: float = 2.0, eps: float = 1e-6, keepdim: bool = False) -> Call:
    return Call((x, y), {"p": as_order(p), "eps": eps, "keepdims": keepdim})


def _distances(x: Any, y: Any, p: float = 2.0, compute_mode: str = "") -> Call:
    return Call((x, y), {"p": as_order(p)})


def _apart(x: Any, y: Any, p: float = 2) -> Call:
    return Call((x - y,), {"ord": as_order(p)})


def _vector_norm(
    x: Any, ord: Any = 2, dim: Any = None, keepdim: bool = False, *, dtype: Any = None
) -> Call:
    only_default(dtype=dtype)
    return Call((x,), {"ord": as_order(ord), "axis": as_axes(x, dim), "keepdims": keepdim})


def _old_norm(x: Any, p: Any = "fro", dim: Any = None, keepdim: bool = False) -> Call:
    if p == "nuc":
        raise LeftOut("a norm of matrices, which is another gate here")
    return _vector_norm(x, 2 if p == "fro" else p, dim, keepdim)


def _norm(x: Any, ord: Any = None, dim: Any = None, keepdim: bool = False) -> Call:
    """Read linalg.norm, which takes the norm of vectors, of all numbers, or of matrices."""
    if _is_of_matrices(x, ord, dim):
        raise LeftOut("a norm of matrices, which is another gate here")
    return _vector_norm(x, 2 if ord is None else ord, dim, keepdim)


def _norm_of_matrices(x: Any, ord: Any = None, dim: Any = None, keepdim: bool = False) -> Call:
    if not _is_of_matrices(x, ord, dim):
        raise LeftOut("a norm of vectors, which is another gate here")
    return _matrix_norm(x, ord, (-2, -1) if dim is None else dim, keepdim)


def _is_of_matrices(x: Any, ord: Any, dim: Any) -> bool:
    axes = x.ndim if dim is None else len(dim) if isinstance(dim, tuple | list) else 1
    return ord is not None and axes == 2


def _matrix_norm(
    x: Any, ord: Any = "fro", dim: Any = (-2, -1), keepdim: bool = False, *, dtype: Any = None
) -> Call:
    only_default(dtype=dtype)
    return Call((x,), {"ord": as_order(ord), "axis": list(dim), "keepdims": keepdim})


def _nuclear(x: Any, p: Any = "nuc", dim: Any = (-2, -1), keepdim: bool = False) -> Call:
    return _matrix_norm(x, p, dim, keepdim)


def _normalized(x: Any, p: Any = 2.0, dim: Any = 1, eps: float = 1e-12) -> Call:
    return Call((x,), {"p": as_order(p), "axis": as_axes(x, dim), "eps": eps})


CANCELLING: dict[str, Any] = {
    "absolute": 1e-14,
    "second_absolute": 1e-12,
    "because": "the gradients of single numbers cancel",
}

ROWS = (
    Row(
        "matmul",
        (
            *(op("matmul", tensors), op("__rmatmul__", lambda x, y: tensors(y, x))),
            *(op("mm", tensors), op("bmm", tensors), op("mv", tensors)),
        ),
    ),
    Row("dot", (op("dot", tensors), op("vdot", tensors))),
    Row("vecdot", (op("linalg.vecdot", _along),)),
    Row("outer", (op("outer", tensors),)),
    Row("cross", (op("linalg.cross", _along), op("cross", _crossed))),
    Row("einsum", (op("einsum", _einsum),)),
    Row("trace", (op("trace", _trace),)),
    Row(
        "diagonal",
        (
            *(op("diagonal", _diagonal), op("linalg.diagonal", _last_diagonal)),
            op("diag", _diag_of_matrix),
        ),
    ),
    Row("diag_embed", (op("diag_embed", _embedded), op("diag", _diag_of_vector))),
    Row("inverse", (op("linalg.inv", tensors), op("linalg.inv_ex", _inverted))),
    Row("solve", (op("linalg.solve", _solve), op("linalg.solve_ex", _solve))),
    Row("det", (op("linalg.det", _determinant),)),
    Row("logdet", (op("logdet", _determinant), op("linalg.slogdet", _log_of_size))),
    Row(
        "norm",
        (
            *(op("linalg.vector_norm", _vector_norm), op("linalg.norm", _norm)),
            *(op("linalg.norm/subgradients_at_zero", _norm, at_kinks=True), op("norm", _old_norm)),
            *(op("norm/fro", _old_norm), op("norm/inf", _old_norm), op("dist", _apart)),
        ),
    ),
    Row(
        "matrix_norm",
        (
            *(op("linalg.matrix_norm", _matrix_norm), op("linalg.norm", _norm_of_matrices)),
            op("norm/nuc", _nuclear),
        ),
    ),
    Row("normalize", (op("nn.functional.normalize", _normalized),), **CANCELLING),
    Row("cosine_similarity", (op("nn.functional.cosine_similarity", _similar),), **CANCELLING),
    Row("pairwise_distance", (op("nn.functional.pairwise_distance", _distance),)),
    Row("cdist", (op("cdist", _distances),)),
)

WITHOUT: dict[str, str] = {}
