"""infer_shape refuses what does not fit: exactly what forward could not compute, in clear words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes

from chainrule.arrays import Shape
from chainrule.errors import ShapeError
from chainrule.gates.catalogue import get_kind
from chainrule.gates.gate import Gate

Params = dict[str, Any]

MISFITS: list[tuple[str, Params, tuple[Shape, ...], str]] = [
    (
        "add",
        {},
        ((2, 3), (2,)),
        "add: shapes (2, 3) and (2,) do not broadcast; aligned at the right",
    ),
    ("max", {}, ((3,), (3,), (4,)), "max: shapes (3,) and (4,) do not broadcast"),
    (
        *("matmul", {}, ((3, 4), (3,))),
        "matmul: (3, 4) by (3,): the inner sizes 4 and 3 differ; "
        "transpose the first or reshape the second",
    ),
    (
        *("matmul", {}, ((3, 4), (3, 4))),
        "matmul: (3, 4) by (3, 4): the inner sizes 4 and 3 differ; "
        "transpose the first or the second or reshape one of them",
    ),
    ("matmul", {}, ((2, 3), (5, 3)), "the inner sizes 3 and 5 differ; transpose the second"),
    ("matmul", {}, ((2, 3), (4, 5)), "the inner sizes 3 and 4 differ; reshape one of them"),
    ("matmul", {}, ((), (3,)), "matmul: scalar by (3,): a scalar is no matrix; use mul to scale"),
    (
        *("matmul", {}, ((2, 2, 3), (3, 3, 2))),
        "matmul: (2, 2, 3) by (3, 3, 2): the stacks (2,) and (3,) do not broadcast; reshape",
    ),
    ("sum", {"axis": 2}, ((3, 4),), "sum: shape (3, 4) has no axis 2; choose one from -2 to 1"),
    ("mean", {"axis": -3}, ((3, 4),), "mean: shape (3, 4) has no axis -3"),
    ("logsumexp", {"axis": [0, -2]}, ((3, 4),), "names an axis of shape (3, 4) twice"),
    ("softmax", {"axis": 1}, ((3,),), "softmax: shape (3,) has no axis 1; choose one from -1 to 0"),
    ("log_softmax", {"axis": [0, 1]}, ((3,),), "log_softmax: shape (3,) has no axis 1"),
    (
        *("transpose", {"axes": [1, 0]}, ((2, 3, 4),)),
        "transpose: axes [1, 0] order 2 axes, but the shape (2, 3, 4) has 3; name every axis once",
    ),
    (
        *("reshape", {"shape": [2, 4]}, ((2, 3),)),
        "reshape: the 6 numbers of shape (2, 3) do not fill (2, 4); "
        "choose sizes whose product is 6",
    ),
    ("reshape", {"shape": [4, -1]}, ((2, 3),), "do not fill (4, -1)"),
    ("reshape", {"shape": [0, -1]}, ((0, 3),), "do not fill (0, -1)"),
    ("reshape", {"shape": []}, ((2,),), "do not fill scalar"),
    ("concat", {}, ((2,), ()), "concat: a scalar has no axis to join along; reshape it to [1]"),
    (
        *("concat", {}, ((2, 3), (2, 4))),
        "concat: (2, 3) and (2, 4) must agree in all axes but 0; "
        "reshape one of them or choose another axis",
    ),
    ("concat", {}, ((2,), (2, 1)), "concat: (2,) and (2, 1) must agree in all axes but 0"),
    ("concat", {"axis": 1}, ((2,), (2,)), "concat: shape (2,) has no axis 1"),
]


def _gate(name: str, params: Params) -> Gate:
    gate = get_kind(name).create(params)
    assert isinstance(gate, Gate)
    return gate


def _computed(gate: Gate, shapes: tuple[Shape, ...]) -> Shape | None:
    """Return the shape of what forward computes, None where it can't."""
    try:
        return gate.forward(*(np.zeros(shape)[()] for shape in shapes)).shape
    except ValueError:
        return None


def _inferred(gate: Gate, shapes: tuple[Shape, ...]) -> Shape | None:
    try:
        return gate.infer_shape(*shapes)
    except ShapeError:
        return None


@pytest.mark.parametrize(("name", "params", "shapes", "says"), MISFITS)
def test_a_misfit_is_named_with_its_remedy(
    name: str, params: Params, shapes: tuple[Shape, ...], says: str
) -> None:
    with pytest.raises(ShapeError) as caught:
        _gate(name, params).infer_shape(*shapes)
    assert str(caught.value).startswith(f"{name}: ")
    assert says in str(caught.value)


@pytest.mark.parametrize(("name", "params", "shapes", "says"), MISFITS)
def test_forward_can_not_compute_a_misfit(
    name: str, params: Params, shapes: tuple[Shape, ...], says: str
) -> None:
    assert _computed(_gate(name, params), shapes) is None


@pytest.mark.parametrize("name", ["sum", "mean", "logsumexp", "softmax", "log_softmax"])
def test_a_scalar_has_no_axis_to_name(name: str) -> None:
    """NumPy and PyTorch let axis 0 of a scalar pass; more often it is an error in the wiring."""
    with pytest.raises(ShapeError, match=f"{name}: a scalar has no axis 0"):
        _gate(name, {"axis": 0}).infer_shape(())


@pytest.mark.parametrize("name", ["sum", "mean", "logsumexp", "softmax", "log_softmax"])
@given(shape=array_shapes(max_dims=3, max_side=3), axis=st.integers(-4, 3))
def test_an_axis_is_refused_exactly_when_the_input_lacks_it(
    name: str, shape: Shape, axis: int
) -> None:
    gate = _gate(name, {"axis": axis})
    assert _inferred(gate, (shape,)) == _computed(gate, (shape,))


@given(x=array_shapes(max_dims=4, max_side=3), y=array_shapes(max_dims=4, max_side=3))
def test_matmul_is_refused_exactly_when_numpy_refuses(x: Shape, y: Shape) -> None:
    gate = _gate("matmul", {})
    assert _inferred(gate, (x, y)) == _computed(gate, (x, y))


@given(
    shape=array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
    sizes=st.lists(st.integers(-1, 6), max_size=3),
)
def test_reshape_is_refused_exactly_when_numpy_refuses(shape: Shape, sizes: list[int]) -> None:
    assume(sizes.count(-1) <= 1)
    gate = _gate("reshape", {"shape": sizes})
    assert _inferred(gate, (shape,)) == _computed(gate, (shape,))


@given(
    shapes=st.lists(array_shapes(max_dims=2, max_side=2), min_size=2, max_size=3),
    axis=st.integers(-3, 2),
)
def test_concat_is_refused_exactly_when_numpy_refuses(shapes: list[Shape], axis: int) -> None:
    gate = _gate("concat", {"axis": axis})
    assert _inferred(gate, tuple(shapes)) == _computed(gate, tuple(shapes))


@given(
    shape=array_shapes(min_dims=0, max_dims=3, max_side=3),
    axes=st.none() | st.integers(0, 3).flatmap(lambda count: st.permutations(range(count))),
)
def test_transpose_is_refused_exactly_when_numpy_refuses(
    shape: Shape, axes: list[int] | None
) -> None:
    gate = _gate("transpose", {"axes": axes})
    assert _inferred(gate, (shape,)) == _computed(gate, (shape,))


@pytest.mark.parametrize(
    ("name", "expected"), [("sum", 0.0), ("mean", np.nan), ("logsumexp", -np.inf)]
)
def test_reducing_an_empty_array_neither_raises_nor_warns(name: str, expected: float) -> None:
    with np.errstate(all="ignore"):
        np.testing.assert_equal(_gate(name, {}).forward(np.zeros((0,))), expected)
