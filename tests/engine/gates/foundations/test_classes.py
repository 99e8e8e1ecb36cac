"""Scores of classes: where the classes stand, and which one is right."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.arrays import Shape
from chainrule.errors import ShapeError
from chainrule.gates.foundations.classes import class_axis, right_classes, rows_of, without_axis


@pytest.mark.parametrize(
    ("scores", "axis", "rows"), [((5,), 0, ()), ((2, 5), 1, (2,)), ((2, 5, 3, 4), 1, (2, 3, 4))]
)
def test_classes_stand_where_pytorch_has_them(scores: Shape, axis: int, rows: Shape) -> None:
    assert class_axis(scores) == axis
    assert without_axis(scores, axis) == rows
    assert rows_of("g", scores, rows) == rows_of("g", scores, scores) == rows


@pytest.mark.parametrize("scores", [(), (0,), (4, 0)])
def test_scores_without_classes_are_refused(scores: Shape) -> None:
    with pytest.raises(ShapeError, match="have no classes; feed a vector of scores"):
        rows_of("g", scores, ())


def test_a_target_that_fits_neither_way_is_told_both() -> None:
    with pytest.raises(ShapeError, match=r"scores \(2, 5\) and target \(5,\).*\(2,\).*\(2, 5\)"):
        rows_of("g", (2, 5), (5,))


def test_positions_and_one_hot_rows_choose_the_same_classes() -> None:
    scores = np.zeros((2, 3, 2))
    positions = np.array([[2.0, 0.0], [1.0, 1.0]])
    one_hot = np.moveaxis(np.eye(3)[positions.astype(int)], -1, 1)
    chosen = right_classes("g", scores, positions)
    np.testing.assert_array_equal(chosen, one_hot == 1.0)
    np.testing.assert_array_equal(chosen, right_classes("g", scores, one_hot))
