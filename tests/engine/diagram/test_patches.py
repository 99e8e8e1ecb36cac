"""Pictures as rectangles cover what the cells cover, and say what is odd."""

from __future__ import annotations

import numpy as np

from chainrule.diagram.boxes import Rect
from chainrule.diagram.patches import patches_of
from chainrule.diagram.pictures import USUAL, picture_of
from chainrule.diagram.shades import STEPS, ZERO


def area(box: Rect) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def test_the_rectangles_cover_the_picture_once() -> None:
    matrix = np.random.default_rng(0).standard_normal((9, 13)).round(1)
    picture = picture_of(matrix, USUAL)
    fills = patches_of(picture).fills
    covered = sum(area(box) for boxes in fills.values() for box in boxes)
    assert covered == picture.size[0] * picture.size[1]


def test_neighbours_of_one_shade_are_one_rectangle() -> None:
    fills = patches_of(picture_of(np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 1.0]]), USUAL)).fills
    assert {code: len(boxes) for code, boxes in fills.items()} == {ZERO: 2, 2 * STEPS: 2}


def test_not_a_number_has_a_cross_and_an_infinity_a_hole() -> None:
    patches = patches_of(picture_of(np.array([[np.nan, 1.0], [-np.inf, np.inf]]), USUAL))
    (cross,), (below, above) = patches.crosses, patches.holes
    assert (cross.left, cross.top) < (below.left, below.top) < (above.left, above.top)
    assert 0 < area(below) < 8 * 8


def test_cells_have_a_frame_and_histograms_none() -> None:
    assert len(patches_of(picture_of(np.ones((3, 2, 2)), USUAL)).frames) == 3
    assert patches_of(picture_of(np.ones(99), USUAL)).frames == []
