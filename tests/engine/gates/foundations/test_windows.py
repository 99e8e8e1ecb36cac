"""Sliding windows: what they hold, that sums are adjoint to what they undo, and the largest."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from chainrule.gates.foundations.windows import Slide, Windows, scattered, taken
from chainrule.gates.library.max_pooling import MaxPool1d

Numbers = NDArray[np.float64]


@st.composite
def slides(draw: st.DrawFn) -> Slide:
    """Draw windows along one axis; every number of an image or of its padding may be read."""
    size, kernel = draw(st.integers(1, 6)), draw(st.integers(1, 4))
    stride, dilation = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    before = draw(st.integers(0, 2))
    last = size + before + draw(st.integers(0, 2)) - (kernel - 1) * dilation - 1
    return Slide(size, kernel, stride, before, dilation, max(last // stride + 1, 1))


@st.composite
def windows_and_images(draw: st.DrawFn) -> tuple[Windows, Numbers]:
    windows = Windows(draw(slides()), draw(slides()))
    shape = (draw(st.integers(1, 2)), draw(st.integers(1, 2)))
    dice = np.random.default_rng(draw(st.integers(0, 99)))
    images = dice.integers(-3, 4, (*shape, windows.rows.size, windows.columns.size))
    return windows, images.astype(np.float64)


def _held(slide: Slide, window: int) -> list[int]:
    """Return the places of the image, or beyond it, that a window has: the definition."""
    start = window * slide.stride - slide.before
    return [start + place * slide.dilation for place in range(slide.kernel)]


def _number(image: Numbers, row: int, column: int, beyond: float) -> float:
    inside = 0 <= row < image.shape[0] and 0 <= column < image.shape[1]
    return float(image[row, column]) if inside else beyond


def _window(image: Numbers, windows: Windows, i: int, j: int, beyond: float = 0.0) -> Numbers:
    rows, columns = _held(windows.rows, i), _held(windows.columns, j)
    return np.array([[_number(image, row, column, beyond) for column in columns] for row in rows])


@given(windows_and_images())
def test_patches_are_the_numbers_of_the_windows(drawn: tuple[Windows, Numbers]) -> None:
    windows, images = drawn
    patches = windows.patches(images)
    for n, c, i, j in np.ndindex(*images.shape[:2], windows.rows.count, windows.columns.count):
        expected = _window(images[n, c], windows, i, j)
        np.testing.assert_array_equal(patches[n, c, :, :, i, j], expected)


@given(windows_and_images())
def test_sums_are_those_of_the_patches(drawn: tuple[Windows, Numbers]) -> None:
    windows, images = drawn
    expected = windows.patches(images).sum(axis=(2, 3))
    np.testing.assert_allclose(windows.sums(images), expected, atol=1e-12)


@given(windows_and_images())
def test_summing_patches_is_adjoint_to_cutting_them_out(drawn: tuple[Windows, Numbers]) -> None:
    windows, images = drawn
    patches = windows.patches(images)
    weights = np.cos(np.arange(float(patches.size))).reshape(patches.shape)
    there, back = np.sum(patches * weights), np.sum(images * windows.sum_patches(weights))
    assert there == pytest.approx(back, abs=1e-9)


@given(windows_and_images())
def test_spreading_is_adjoint_to_summing(drawn: tuple[Windows, Numbers]) -> None:
    windows, images = drawn
    sums = windows.sums(images)
    weights = np.cos(np.arange(float(sums.size))).reshape(sums.shape)
    there, back = np.sum(sums * weights), np.sum(images * windows.spread(weights))
    assert there == pytest.approx(back, abs=1e-9)


@given(windows_and_images())
def test_populations_count_what_lies_in_the_image(drawn: tuple[Windows, Numbers]) -> None:
    windows, images = drawn
    ones = windows.patches(np.ones_like(images)).sum(axis=(2, 3))
    np.testing.assert_array_equal(windows.populations(), ones[0, 0])


@given(windows_and_images())
def test_the_largest_is_the_first_of_equal_ones(drawn: tuple[Windows, Numbers]) -> None:
    windows, images = drawn
    largest = windows.largest(images)
    for n, c, i, j in np.ndindex(*largest.shape):
        window = _window(images[n, c], windows, i, j, -np.inf)
        if np.all(window == -np.inf):
            continue
        a, b = divmod(int(np.argmax(window)), window.shape[1])
        place = (n, c, _held(windows.rows, i)[a], _held(windows.columns, j)[b])
        assert np.unravel_index(largest[n, c, i, j], images.shape) == place


@given(windows_and_images())
def test_maxima_are_spread_to_the_largest_numbers(drawn: tuple[Windows, Numbers]) -> None:
    windows, images = drawn
    if not windows.populations().all():
        return
    places = windows.largest(images)
    maxima = windows.maxima(images)
    np.testing.assert_array_equal(maxima, taken(images, places))
    upstream = np.cos(np.arange(float(maxima.size))).reshape(maxima.shape)
    result = np.full(images.shape, 7.0)
    windows.spread_to_maxima(upstream, maxima, images, result)
    np.testing.assert_allclose(result, scattered(upstream, places, images.shape), atol=1e-12)


def test_of_several_nan_the_last_is_the_largest() -> None:
    windows = Windows(Slide(2, 2), Slide(3, 3))
    image = np.array([[[[1.0, np.nan, 9.0], [np.nan, 2.0, 3.0]]]])
    assert windows.largest(image).item() == 3


def test_a_window_of_nothing_but_minus_infinity_has_its_largest_within_the_image() -> None:
    windows = Windows(Slide(1, 1), Slide(3, 2, before=1, count=2))
    image = np.full((1, 1, 1, 3), -np.inf)
    assert set(windows.largest(image).ravel().tolist()) <= {0, 1, 2}


def test_numbers_scattered_to_one_place_add_up() -> None:
    result = scattered(np.array([1.0, 2.0, 4.0]), np.array([3, 0, 3]), (2, 2))
    np.testing.assert_array_equal(result, [[2.0, 0.0], [0.0, 5.0]])


@pytest.mark.parametrize("dilation", [1, 2, 3])
def test_a_window_of_minus_infinities_beside_padding_takes_a_place_of_its_own(
    dilation: int,
) -> None:
    gate = MaxPool1d(kernel_size=2, stride=1, padding=1, dilation=dilation)
    x = np.full((1, 1, 5), -np.inf)
    x[0, 0, 0] = -1e300
    places = np.ravel(gate.places(x))
    for number, place in enumerate(places.tolist()):
        assert (place - (number - 1)) % dilation == 0
        assert 0 <= place - (number - 1) <= dilation
    kept = np.empty((1, 1, len(places)))
    gate.forward_into(kept, x)
    np.testing.assert_array_equal(gate.forward(x), kept)
