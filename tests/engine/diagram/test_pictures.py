"""Pictures of tensors: sizes by the shape alone, signs kept, and nothing odd lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.arrays import Shape
from chainrule.diagram.pictures import SMALL, USUAL, Format, Picture, picture_of, picture_size
from chainrule.diagram.shades import MINUS_INFINITY, NAN, PLUS_INFINITY, STEPS, ZERO

SHAPES: list[Shape] = [(5,), (32,), (33,), (4096,), (1, 40), (40, 1), (2, 3), (16, 16), (17, 200),
                       (2, 1), (3, 4, 5), (2, 3, 20, 20), (1, 1), (64, 3, 7, 7)]  # fmt: skip


def shades(picture: Picture) -> list[list[int]]:
    (grid,) = picture.grids
    return np.frombuffer(grid.shades, np.uint8).reshape(grid.rows, grid.columns).tolist()


def codes(picture: Picture) -> set[int]:
    return {code for grid in picture.grids for code in grid.shades}


@pytest.mark.parametrize("shape", [(), (1,), (4,), (0,), (3, 0), None])
def test_numbers_short_vectors_and_tensors_of_nothing_have_none(shape: Shape | None) -> None:
    assert picture_size(shape, USUAL) is None


@pytest.mark.parametrize("format_", [USUAL, SMALL])
@pytest.mark.parametrize("shape", SHAPES)
def test_the_size_is_known_from_the_shape(shape: Shape, format_: Format) -> None:
    numbers = np.linspace(-1.0, 2.0, int(np.prod(shape))).reshape(shape)
    drawn = picture_of(numbers, format_)
    assert drawn.size == picture_size(shape, format_)
    assert drawn.size == picture_of(np.zeros(shape), format_).size
    assert drawn.size[0] <= format_.strip
    assert drawn.size[1] <= format_.height


@pytest.mark.parametrize("shape", SHAPES)
def test_every_cell_is_within_the_picture(shape: Shape) -> None:
    drawn = picture_of(np.ones(shape), USUAL)
    for grid in drawn.grids:
        assert grid.left >= 0
        assert grid.top >= 0
        assert grid.left + grid.size[0] <= drawn.size[0] + 1e-9
        assert grid.top + grid.size[1] <= drawn.size[1] + 1e-9


def test_a_small_matrix_has_a_cell_for_each_number() -> None:
    drawn = picture_of(np.array([[1.0, -2.0, 0.0], [2.0, 0.5, -1.0]]), USUAL)
    half = STEPS // 2
    assert shades(drawn) == [
        [ZERO + half, 0, ZERO],
        [2 * STEPS, ZERO + half // 2, ZERO - half],
    ]
    assert drawn.scale == "±2"


def test_a_large_matrix_keeps_where_it_is_negative() -> None:
    matrix = np.ones((300, 200))
    matrix[150:] = -1.0
    rows = shades(picture_of(matrix, USUAL))
    assert (len(rows), len(rows[0])) == (16, 16)
    assert rows[:8] == [[2 * STEPS] * 16] * 8
    assert rows[8:] == [[0] * 16] * 8


def test_a_huge_matrix_is_looked_at_in_steps() -> None:
    matrix = np.ones((2048, 2048))
    matrix[:, 1024:] = -1.0
    assert shades(picture_of(matrix, USUAL)) == [[2 * STEPS] * 8 + [0] * 8] * 16


@given(st.integers(2, 70), st.integers(2, 70))
def test_a_block_of_equal_numbers_has_their_shade(rows: int, columns: int) -> None:
    assert codes(picture_of(np.full((rows, columns), 3.0), USUAL)) == {2 * STEPS}


def test_the_first_four_slices_of_more_axes_are_tiles() -> None:
    drawn = picture_of(np.arange(1.0, 61.0).reshape(5, 3, 4), USUAL)
    assert len(drawn.grids) == 4
    assert drawn.scale == "±48"
    assert len(picture_of(np.ones((1, 2, 3, 4)), USUAL).grids) == 2


def test_a_long_vector_is_a_histogram() -> None:
    drawn = picture_of(np.concatenate((np.zeros(90), np.full(10, -2.0))), USUAL)
    assert not drawn.framed
    _, lowest, middle = drawn.grids
    assert lowest.left == 0.0
    assert lowest.shades[0] < ZERO
    assert middle.size[1] == pytest.approx(9 * lowest.size[1])


@pytest.mark.parametrize("count", [6, 50])
def test_what_is_no_number_is_seen(count: int) -> None:
    numbers = np.ones(count)
    numbers[:3] = np.nan, -np.inf, np.inf
    drawn = picture_of(numbers, USUAL)
    assert {NAN, MINUS_INFINITY, PLUS_INFINITY} <= codes(drawn)
    assert drawn.scale == "±1"


def test_not_a_number_is_not_lost_among_many() -> None:
    matrix = np.ones((100, 100))
    matrix[70, 20] = np.nan
    assert NAN in codes(picture_of(matrix, USUAL))


@pytest.mark.parametrize(
    ("largest", "scale"),
    [(0.0, "all 0"), (0.1234, "±0.12"), (99.9, "±100"), (1234.5, "±1234"), (1e-7, "±1.0e−7"),
     (1e300, "±1.0e300")],
)  # fmt: skip
def test_the_scale_is_short(largest: float, scale: str) -> None:
    assert picture_of(np.array([[largest, 0.0]]), USUAL).scale == scale


def test_where_no_number_is_finite_there_is_no_scale() -> None:
    assert picture_of(np.full((2, 2), np.nan), USUAL).scale == ""


def test_the_largest_numbers_make_no_warnings() -> None:
    assert picture_of(np.full((40, 40), 1e308), USUAL).scale == "±1.0e308"
    assert picture_of(np.resize([-1.7e308, 1.7e308], 99), USUAL).scale == "±1.7e308"
