"""Slices of tensors: two axes are shown, the others have an index."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule_desktop.panels.tensors.slicing import first_slice, indexed

TENSOR = np.arange(24.0).reshape(2, 3, 4)


def test_the_last_two_axes_are_shown_first() -> None:
    slicing = first_slice(TENSOR.shape)
    np.testing.assert_array_equal(slicing.matrix(TENSOR), TENSOR[0])
    assert slicing.fixed == (0,)


def test_another_place_of_a_leading_axis_is_another_matrix() -> None:
    slicing = first_slice(TENSOR.shape).moved(0, 1)
    np.testing.assert_array_equal(slicing.matrix(TENSOR), TENSOR[1])
    assert slicing.index(2, 3) == (1, 2, 3)


def test_axes_can_be_chosen() -> None:
    slicing = first_slice(TENSOR.shape).with_rows(0).moved(1, 2)
    np.testing.assert_array_equal(slicing.matrix(TENSOR), TENSOR[:, 2, :])
    assert slicing.index(1, 3) == (1, 2, 3)


@pytest.mark.parametrize("verb", ["with_rows", "with_columns"])
def test_choosing_the_other_axis_swaps_the_two(verb: str) -> None:
    slicing = first_slice(TENSOR.shape)
    axis = slicing.columns if verb == "with_rows" else slicing.rows
    swapped = getattr(slicing, verb)(axis)
    np.testing.assert_array_equal(swapped.matrix(TENSOR), TENSOR[0].T)
    assert swapped.index(3, 1) == (0, 1, 3)
    assert swapped.cell((0, 1, 3)) == (3, 1)


def test_a_short_vector_lies_and_a_long_one_stands() -> None:
    assert first_slice((5,)).size == (1, 5)
    assert first_slice((100,)).size == (100, 1)
    assert first_slice((100,)).index(7, 0) == (7,)


def test_a_number_is_one_cell() -> None:
    slicing = first_slice(())
    assert slicing.matrix(np.float64(3.0)).tolist() == [[3.0]]
    assert slicing.index(0, 0) == ()


def test_numbers_are_not_copied() -> None:
    assert np.shares_memory(first_slice(TENSOR.shape).with_rows(0).matrix(TENSOR), TENSOR)


def test_a_smaller_tensor_keeps_the_slice_as_far_as_there_is_one() -> None:
    slicing = first_slice((5, 3, 4)).moved(0, 4)
    assert slicing.fitted((2, 3, 4)).at == (1, 0, 0)
    assert slicing.fitted((3, 4)) == first_slice((3, 4))


def test_a_number_is_written_by_its_place() -> None:
    assert indexed("W", (2, 0), 0) == "W[2, 0]"
    assert indexed("W", (2, 0), 1) == "W₃₁"
    assert indexed("W", (12, 0), 1) == "W₁₃,₁"
    assert indexed("L", (), 0) == indexed("L", (), 1) == "L"
