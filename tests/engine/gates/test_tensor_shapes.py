"""Shapes of linear algebra, reductions and shaping: NumPy's, refused exactly where it refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes

from chainrule.arrays import Floats, Shape
from chainrule.errors import GateError
from chainrule.gates.catalogue import get_kind
from chainrule.gates.gate import Gate

Params = dict[str, Any]
Reference = Callable[..., Any]

AXIS = st.integers(-4, 3)
AXES = st.none() | AXIS | st.lists(AXIS, max_size=3)
SHAPE = array_shapes(min_dims=0, max_dims=3, max_side=3)
EMPTY_OR_NOT = array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)
PAIR = st.tuples(SHAPE, SHAPE)
# Square matrices, stacks of them and others.
MATRIX = SHAPE | st.tuples(st.integers(1, 3), st.integers(1, 2)).map(
    lambda sizes: (*(2,) * (sizes[1] - 1), sizes[0], sizes[0])
)
REDUCING = st.fixed_dictionaries({"axis": AXES, "keepdims": st.booleans()})
ONE_AXIS = st.fixed_dictionaries({"axis": AXIS})
LETTERS = st.text("ijk", max_size=3)
TERM = LETTERS | st.tuples(LETTERS, LETTERS).map("...".join)


def _named(axis: int | list[int] | None, dimensions: int) -> Any:
    """Return axes for NumPy, which lets axis 0 of a scalar pass; ours is more strict."""
    if dimensions == 0 and axis not in (None, []):
        raise ValueError
    return tuple(axis) if isinstance(axis, list) else axis


def _reducing(function: Reference, **more: Any) -> Reference:
    def reduced(x: Floats, axis: Any, keepdims: bool) -> Any:
        return function(x, axis=_named(axis, x.ndim), keepdims=keepdims, **more)

    return reduced


def _along(function: Reference) -> Reference:
    return lambda x, axis, **more: function(x, axis=_named(axis, x.ndim), **more)


def _flatten(x: Floats, start_axis: int, end_axis: int) -> Any:
    x = np.atleast_1d(x)
    axes = [np.arange(x.ndim)[each] for each in (start_axis, end_axis)]
    if axes[0] > axes[1]:
        raise ValueError
    return np.reshape(x, (*x.shape[: axes[0]], -1, *x.shape[axes[1] + 1 :]))


def _split(x: Floats, sections: int | list[int], axis: int, index: int) -> Any:
    _named(axis, x.ndim)
    if isinstance(sections, int):
        return np.split(x, sections, axis)[index]
    if sum(sections) != x.shape[axis]:
        raise ValueError
    return np.split(x, np.cumsum(sections)[:-1], axis)[index]


def _sliced(x: Floats, start: Any, stop: Any, step: int, axis: int) -> Any:
    return np.moveaxis(np.moveaxis(x, axis, 0)[start:stop:step], 0, axis)


def _gathered(x: Floats, positions: Floats, axis: int) -> Any:
    if x.ndim != positions.ndim:
        raise ValueError
    places: list[Any] = list(np.indices(positions.shape, sparse=True))
    places[axis] = positions.astype(int)
    return x[tuple(places)]


def _one_hot(x: Floats, classes: int) -> Any:
    return np.eye(classes)[x.astype(int)]


def _padded(x: Floats, widths: list[int]) -> Any:
    pairs = list(zip(widths[::2], widths[1::2], strict=True))[::-1]
    if x.ndim < len(pairs):
        raise ValueError
    return np.pad(x, [(0, 0)] * (x.ndim - len(pairs)) + pairs) if pairs else x


def _tiled(x: Floats, repeats: list[int]) -> Any:
    return np.tile(x, repeats)


def _mixed(weights: Floats, *experts: Floats) -> Any:
    together = np.stack(experts, axis=weights.ndim - 1)
    if weights.ndim == 0 or together.shape[: weights.ndim] != weights.shape:
        raise ValueError
    return together.sum(axis=weights.ndim - 1)


def _matrices(function: Reference) -> Reference:
    def guarded(x: Floats, **more: Any) -> Any:
        if x.ndim < 2:
            raise ValueError
        return function(x, **more)

    return guarded


def _vectors(function: Reference) -> Reference:
    def guarded(x: Floats, y: Floats) -> Any:
        if x.ndim != 1 or y.ndim != 1:
            raise ValueError
        return function(x, y)

    return guarded


def _row_by_row(x: Floats, y: Floats, axis: int = -1) -> Any:
    product = x * y
    return np.sum(product, axis=_named(axis, product.ndim))


def _crossed(x: Floats, y: Floats, axis: int) -> Any:
    left, right = np.broadcast_arrays(x, y)
    if left.shape[axis] != 3:
        raise ValueError
    return np.cross(left, right, axis=axis)


def _diagonal_matrices(x: Floats, offset: int) -> Any:
    rows = np.reshape(x, (-1, x.shape[-1]))
    found = np.stack([np.diag(row, offset) for row in rows])
    return found.reshape(*x.shape[:-1], *found.shape[1:])


def _all_distances(x: Floats, y: Floats) -> Any:
    if y.ndim < 2 or x.shape[-1] != y.shape[-1]:
        raise ValueError
    if x.ndim == 1:
        return np.linalg.norm(x - y, axis=-1)
    return np.linalg.norm(x[..., :, None, :] - y[..., None, :, :], axis=-1)


def _regular(x: Floats) -> Floats:
    """Return `x` with ones on the diagonal if it holds matrices, so that none is singular."""
    return x + np.eye(*x.shape[-2:]) if x.ndim >= 2 else x


def _selected(x: Floats, mask: list[int]) -> Any:
    return x[np.reshape(np.array(mask, np.bool_), x.shape)]


def _raised_only_for_pairs(x: Floats, axis: list[int], **more: Any) -> Any:
    if len(axis) != 2:
        raise ValueError
    return np.linalg.norm(x, axis=tuple(axis), **more)


def _only(**params: st.SearchStrategy[Any]) -> st.SearchStrategy[Params]:
    return st.fixed_dictionaries(params)


NONE = st.just(Params())
SHIFT = st.integers(-4, 4)
ENDS = st.none() | st.integers(-5, 5)
STEPS = st.integers(-3, 3).filter(bool)

# Gate, strategies for its settings and for the shapes of its inputs, what NumPy makes of them.
TABLE: list[tuple[str, st.SearchStrategy[Params], st.SearchStrategy[Any], Reference]] = [
    ("prod", REDUCING, EMPTY_OR_NOT, _reducing(np.prod)),
    ("amax", REDUCING, EMPTY_OR_NOT, _reducing(np.max)),
    ("amin", REDUCING, EMPTY_OR_NOT, _reducing(np.min)),
    ("var", REDUCING, SHAPE, _reducing(np.var)),
    ("std", REDUCING, SHAPE, _reducing(np.std)),
    ("norm", REDUCING, SHAPE, _reducing(np.sum)),
    ("cumsum", ONE_AXIS, EMPTY_OR_NOT, _along(np.cumsum)),
    ("cumprod", ONE_AXIS, EMPTY_OR_NOT, _along(np.cumprod)),
    ("flatten", _only(start_axis=AXIS, end_axis=AXIS), SHAPE, _flatten),
    ("squeeze", _only(axis=AXES), EMPTY_OR_NOT, _along(np.squeeze)),
    ("unsqueeze", ONE_AXIS, EMPTY_OR_NOT, np.expand_dims),
    ("broadcast_to", _only(shape=st.lists(st.integers(0, 3), max_size=4)), SHAPE, np.broadcast_to),
    (
        "stack",
        ONE_AXIS,
        st.lists(SHAPE, min_size=2, max_size=3),
        lambda *x, axis: np.stack(x, axis),
    ),
    (
        "split",
        _only(
            sections=st.integers(1, 3) | st.lists(st.integers(0, 2), min_size=1, max_size=3),
            axis=AXIS,
            index=st.integers(-3, 2),
        ),
        SHAPE,
        _split,
    ),
    ("slice", _only(start=ENDS, stop=ENDS, step=STEPS, axis=AXIS), EMPTY_OR_NOT, _sliced),
    (
        "select",
        _only(index=SHIFT, axis=AXIS),
        SHAPE,
        lambda x, index, axis: np.take(x, index, _named(axis, x.ndim)),
    ),
    ("gather", ONE_AXIS, PAIR, _gathered),
    ("take", ONE_AXIS, PAIR, lambda x, at, axis: np.take(x, at.astype(int), _named(axis, x.ndim))),
    ("one_hot", _only(classes=st.integers(1, 4)), SHAPE, _one_hot),
    ("pad", _only(widths=st.lists(st.integers(0, 3), max_size=6)), EMPTY_OR_NOT, _padded),
    ("flip", _only(axis=AXES), EMPTY_OR_NOT, lambda x, axis: np.flip(x, _named(axis, x.ndim))),
    ("roll", _only(shift=SHIFT, axis=AXIS), SHAPE, np.roll),
    (
        "tile",
        _only(repeats=st.lists(st.integers(0, 3), max_size=4)),
        SHAPE,
        _tiled,
    ),
    ("repeat", _only(repeats=st.integers(0, 3), axis=AXIS), SHAPE, _along(np.repeat)),
    ("where", NONE, st.tuples(SHAPE, SHAPE, SHAPE), np.where),
    ("masked_select", _only(mask=st.lists(st.integers(0, 1), max_size=9)), SHAPE, _selected),
    (
        "triu",
        _only(diagonal=SHIFT),
        SHAPE,
        _matrices(lambda x, diagonal: np.triu(x, k=diagonal)),
    ),
    ("mixture_table", NONE, st.lists(SHAPE, min_size=2, max_size=4), _mixed),
    ("dot", NONE, PAIR, _vectors(np.dot)),
    ("outer", NONE, PAIR, _vectors(np.outer)),
    ("vecdot", ONE_AXIS, PAIR, _row_by_row),
    ("cross", ONE_AXIS, PAIR, _crossed),
    ("trace", NONE, SHAPE, np.linalg.trace),
    ("diagonal", _only(offset=SHIFT), SHAPE, np.linalg.diagonal),
    ("diag_embed", _only(offset=SHIFT), SHAPE, _diagonal_matrices),
    ("inverse", NONE, MATRIX, lambda x: np.linalg.inv(_regular(x))),
    ("det", NONE, MATRIX, np.linalg.det),
    ("solve", NONE, st.tuples(MATRIX, SHAPE), lambda x, b: np.linalg.solve(_regular(x), b)),
    (
        "matrix_norm",
        _only(
            ord=st.sampled_from(["fro", "nuc", "inf", "-inf", 1, -1, 2, -2]),
            axis=st.lists(AXIS, min_size=1, max_size=3),
            keepdims=st.booleans(),
        ),
        SHAPE,
        lambda x, ord, **more: _raised_only_for_pairs(
            x, ord=float(ord) if ord in ("inf", "-inf") else ord, **more
        ),
    ),
    ("cosine_similarity", ONE_AXIS, PAIR, _row_by_row),
    ("pairwise_distance", NONE, PAIR, _row_by_row),
    ("cdist", NONE, PAIR, _all_distances),
]


def _shapes(drawn: Any) -> tuple[Shape, ...]:
    """Return what was drawn as the shapes of the inputs: it may be one shape alone."""
    one = isinstance(drawn, tuple) and all(isinstance(each, int) for each in drawn)
    return (drawn,) if one else tuple(drawn)


def _expected(reference: Reference, shapes: tuple[Shape, ...], params: Params) -> Shape | None:
    try:
        with np.errstate(all="ignore"):
            found = reference(*(np.zeros(shape) for shape in shapes), **params)
    except (ValueError, IndexError, TypeError):
        return None
    return None if found is None else np.shape(found)


def _gate(name: str, params: Params) -> Gate:
    gate = get_kind(name).create(params)
    assert isinstance(gate, Gate)
    return gate


def _inferred(name: str, params: Params, shapes: tuple[Shape, ...]) -> Shape | None:
    try:
        return _gate(name, params).infer_shape(*shapes)
    except GateError as error:
        said = str(error)
    # A sentence that names the gate, and a remedy behind a semicolon.
    assert said.startswith(f"{name}: ")
    assert ";" in said
    return None


@pytest.mark.parametrize(
    ("name", "settings", "inputs", "reference"), TABLE, ids=[row[0] for row in TABLE]
)
@given(data=st.data())
def test_a_shape_is_that_of_numpy_and_refused_where_it_refuses(
    name: str,
    settings: st.SearchStrategy[Params],
    inputs: st.SearchStrategy[Any],
    reference: Reference,
    data: st.DataObject,
) -> None:
    params, shapes = data.draw(settings), _shapes(data.draw(inputs))
    assert _inferred(name, params, shapes) == _expected(reference, shapes, params)


@given(
    terms=st.lists(TERM, min_size=1, max_size=3),
    output=st.none() | TERM,
    data=st.data(),
)
def test_einsum_takes_what_numpy_takes(
    terms: list[str], output: str | None, data: st.DataObject
) -> None:
    subscripts = ",".join(terms) + ("" if output is None else f"->{output}")
    shapes = tuple(
        data.draw(array_shapes(min_dims=0, max_dims=4, max_side=2))
        if "..." in term
        else tuple(data.draw(st.sampled_from((1, 2, 2, 2))) for _ in term)
        for term in terms
    )
    expected = _expected(lambda *x: np.einsum(subscripts, *x), shapes, {})
    assert _inferred("einsum", {"subscripts": subscripts}, shapes) == expected
