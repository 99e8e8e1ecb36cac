"""Arrays as images: their axes, settings for one axis or each, and windows that fit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.foundations.images import (
    Sliding,
    as_images,
    as_kernels,
    check_sizes,
    images_shape,
    pair,
)


@pytest.mark.parametrize(
    ("shape", "axes", "expected"),
    [
        ((2, 3, 4), 1, (2, 3, 1, 4)),
        ((3, 4), 1, (1, 3, 1, 4)),
        ((2, 3, 4, 5), 2, (2, 3, 4, 5)),
        ((3, 4, 5), 2, (1, 3, 4, 5)),
    ],
)
def test_a_missing_batch_and_a_single_row_are_added(
    shape: tuple[int, ...], axes: int, expected: tuple[int, ...]
) -> None:
    assert images_shape("gate", shape, axes) == expected
    assert as_images("gate", np.zeros(shape), axes).shape == expected


@pytest.mark.parametrize(("shape", "axes"), [((), 1), ((4,), 1), ((3, 4), 2), ((1, 2, 3, 4), 1)])
def test_other_axes_are_refused_with_the_remedy(shape: tuple[int, ...], axes: int) -> None:
    with pytest.raises(ShapeError, match=r"gate: shape .* does not have the axes .* reshape it"):
        images_shape("gate", shape, axes)


def test_kernels_of_one_axis_get_a_row() -> None:
    assert as_kernels(np.zeros((4, 3, 5)), 1).shape == (4, 3, 1, 5)
    assert as_kernels(np.zeros((4, 3, 2, 5)), 2).shape == (4, 3, 2, 5)


def test_a_size_stands_for_all_axes() -> None:
    assert pair(3, 2, 1) == (3, 3)
    assert pair((2, 3), 2, 1) == (2, 3)
    assert pair(3, 1, 1) == (1, 3)
    assert pair((3,), 1, 0) == (0, 3)


@pytest.mark.parametrize(
    ("axes", "sizes", "says"),
    [
        (2, (1, 2, 3), r"gate: stride \[1, 2, 3\] has 3 sizes for 2 axes"),
        (1, (1, 2), r"gate: stride \[1, 2\] has 2 sizes for 1 axis;"),
        (2, (), r"gate: stride \[\] has 0 sizes for 2 axes"),
        (2, 0, "gate: stride must be at least 1, not 0"),
        (2, (2, 0), r"gate: stride must be at least 1, not \[2, 0\]"),
    ],
)
def test_sizes_that_make_no_sense_are_refused(
    axes: int, sizes: int | tuple[int, ...], says: str
) -> None:
    with pytest.raises(ParameterError, match=says):
        check_sizes("gate", axes, 1, stride=sizes)


@pytest.mark.parametrize(
    ("sliding", "axes", "shape", "says"),
    [
        (
            Sliding(5, 1),
            2,
            (1, 3, 4),
            r"a window of 5 × 5 does not fit into the 3 × 4 numbers of \(1, 3, 4\); use a smaller",
        ),
        (Sliding((3,), 1, 1, 4), 1, (1, 5), r"of 3 with dilation 4 .* the 5 numbers .*, padded by"),
        (Sliding((2, 3), 1, (0, 1)), 2, (1, 1, 9), r", padded by 0 × 1 at both ends; use"),
    ],
)
def test_windows_that_do_not_fit_are_refused_with_both_sizes(
    sliding: Sliding, axes: int, shape: tuple[int, ...], says: str
) -> None:
    with pytest.raises(ShapeError, match=says):
        sliding.over("gate", shape, axes)


@given(
    *(st.integers(1, 9), st.integers(1, 5), st.integers(1, 4)),
    *(st.integers(0, 3), st.integers(1, 3), st.booleans()),
)
def test_there_are_as_many_windows_as_fit(
    size: int, kernel: int, stride: int, padding: int, dilation: int, ceil_mode: bool
) -> None:
    reach = (kernel - 1) * dilation + 1
    starts = range(-padding, size + padding, stride)
    whole = [start for start in starts if start + reach <= size + padding]
    covered = whole[-1] + reach if whole else -padding
    begun = [start for start in starts if start < size and start not in whole]
    expected = len(whole) + (1 if ceil_mode and begun and covered < size + padding else 0)
    assume(not ceil_mode or (whole and 2 * padding <= reach))
    sliding = Sliding(kernel, stride, padding, dilation, ceil_mode)
    if expected:
        assert sliding.over("gate", (1, size), 1).columns.count == expected
    else:
        with pytest.raises(ShapeError):
            sliding.over("gate", (1, size), 1)
