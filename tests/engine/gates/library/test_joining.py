"""Stacking, splitting and mixing: what is joined can be taken apart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.library.joining import MixtureTable, Split, Stack

X = np.arange(24.0).reshape(2, 3, 4)


@pytest.mark.parametrize("axis", [0, 1, 2, 3, -1, -4])
def test_unstacking_restores_the_layers(axis: int) -> None:
    layers = (X, -X, 2.0 * X)
    whole: Any = Stack(axis).forward(*layers)
    for layer, part in zip(layers, Stack(axis).backward(whole, whole, *layers), strict=True):
        np.testing.assert_array_equal(layer, part)


@pytest.mark.parametrize("sections", [2, 4, (1, 3), (0, 1, 2, 1)])
def test_the_pieces_of_a_split_make_up_the_whole(sections: int | tuple[int, ...]) -> None:
    count = sections if isinstance(sections, int) else len(sections)
    gates = [Split(sections, axis=-1, index=index) for index in range(count)]
    pieces = [gate.forward(X) for gate in gates]
    np.testing.assert_array_equal(np.concatenate(pieces, axis=-1), X)
    gradients = [
        gate.backward(piece, piece, X)[0] for gate, piece in zip(gates, pieces, strict=True)
    ]
    np.testing.assert_array_equal(np.sum(gradients, axis=0), X)


@pytest.mark.parametrize(
    ("sections", "index", "says"),
    [
        (0, 0, "sections 0 can't be made"),
        ((1, -1), 0, r"sections \[1, -1\] can't be made"),
        (2, 2, "there is no piece 2 of 2; choose one from -2 to 1"),
        ((1, 2, 3), -4, "there is no piece -4 of 3"),
        ((), 0, "there is no piece 0 of 0"),
    ],
)
def test_a_piece_that_can_not_be_is_refused(
    sections: int | tuple[int, ...], index: int, says: str
) -> None:
    with pytest.raises(ParameterError, match=says):
        Split(sections, index=index)


def test_weights_mix_experts_row_by_row() -> None:
    weights = np.array([[1.0, 0.0], [0.25, 0.75]])
    experts = (np.full((2, 3), 4.0), np.full((2, 3), 8.0))
    mixed = MixtureTable().forward(weights, *experts)
    np.testing.assert_array_equal(mixed, [[4.0] * 3, [7.0] * 3])
    for_weights, *for_experts = MixtureTable().backward(np.ones((2, 3)), mixed, weights, *experts)
    np.testing.assert_array_equal(for_weights, [[12.0, 24.0], [12.0, 24.0]])
    np.testing.assert_array_equal(for_experts[1], [[0.0] * 3, [0.75] * 3])


@pytest.mark.parametrize(
    ("shapes", "says"),
    [
        (((2,), (3,), (4,)), "experts of shapes (3,) and (4,) can't be mixed"),
        (((2, 2), (3,), (3,)), "the experts' first axes must be (2,)"),
        (((), (3,), (3,)), "weights of shape scalar do not fit 2 experts"),
    ],
)
def test_weights_that_do_not_fit_are_named(shapes: tuple[tuple[int, ...], ...], says: str) -> None:
    with pytest.raises(ShapeError) as caught:
        MixtureTable().infer_shape(*shapes)
    assert says in str(caught.value)
