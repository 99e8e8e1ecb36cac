"""Axes: counted from the front, from the end, or all."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.arrays import Shape
from chainrule.gates.foundations.axes import Axes, reduced_shape, resolve_axes, restore_axes

TABLE: list[tuple[Axes, tuple[int, ...], Shape, Shape]] = [
    (None, (0, 1, 2), (), (1, 1, 1)),
    (0, (0,), (3, 4), (1, 3, 4)),
    (-1, (2,), (2, 3), (2, 3, 1)),
    ((2, 0), (2, 0), (3,), (1, 3, 1)),
    ((), (), (2, 3, 4), (2, 3, 4)),
]


@pytest.mark.parametrize(("axes", "resolved", "dropped", "kept"), TABLE)
def test_axes_of_a_shape(
    axes: Axes, resolved: tuple[int, ...], dropped: Shape, kept: Shape
) -> None:
    assert resolve_axes("sum", axes, (2, 3, 4)) == resolved
    assert reduced_shape("sum", axes, False, (2, 3, 4)) == dropped
    assert reduced_shape("sum", axes, True, (2, 3, 4)) == kept


@pytest.mark.parametrize(("axes", "resolved", "dropped", "kept"), TABLE)
def test_restored_axes_broadcast_against_the_input(
    axes: Axes, resolved: tuple[int, ...], dropped: Shape, kept: Shape
) -> None:
    assert restore_axes("sum", axes, np.zeros(dropped), (2, 3, 4)).shape == kept


def test_all_axes_of_a_scalar_are_none() -> None:
    assert resolve_axes("sum", None, ()) == ()
    assert restore_axes("sum", None, np.float64(2.0), ()) == 2.0
