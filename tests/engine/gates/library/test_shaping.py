"""Shaping gates: nothing but places changes, forwards and backwards."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from chainrule.gates.library.joining import Concat
from chainrule.gates.library.shaping import Reshape, Transpose

X = np.arange(24.0).reshape(2, 3, 4)


@pytest.mark.parametrize("axes", [None, *itertools.permutations(range(3)), (0, -1, -2)])
def test_transposing_back_restores_the_array(axes: tuple[int, ...] | None) -> None:
    gate = Transpose(axes)
    np.testing.assert_array_equal(gate.backward(gate.forward(X), gate.forward(X), X)[0], X)


@pytest.mark.parametrize("shape", [(24,), (-1,), (4, -1), (2, 1, 12), (3, 8, -1)])
def test_reshaping_back_restores_the_array(shape: tuple[int, ...]) -> None:
    gate = Reshape(shape)
    np.testing.assert_array_equal(gate.backward(gate.forward(X), gate.forward(X), X)[0], X)


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -3])
def test_cutting_at_the_seams_restores_the_pieces(axis: int) -> None:
    gate = Concat(axis)
    pieces = (X, -X, 2.0 * X)
    whole = gate.forward(*pieces)
    for piece, cut in zip(pieces, gate.backward(whole, whole, *pieces), strict=True):
        np.testing.assert_array_equal(piece, cut)


def test_one_number_can_become_an_array_and_back() -> None:
    assert Reshape((1, 1)).forward(np.float64(2.0)).shape == (1, 1)
    assert isinstance(Reshape(()).forward(np.array([2.0])), np.float64)
