"""Convolutions: what does not fit is said in a sentence, and one axis is like two."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.library.convolution import Conv1d, Conv2d

DICE = np.random.default_rng(3)


@pytest.mark.parametrize(
    ("gate", "shapes", "says"),
    [
        (Conv2d(), ((4, 5), (1, 4, 3, 3)), r"shape \(4, 5\) does not have the axes channels"),
        (Conv2d(), ((1, 3, 5, 5), (4, 3, 3)), r"\(1, 3, 5, 5\) by \(4, 3, 3\): weight needs"),
        (Conv2d(), ((1, 3, 5, 5), (4, 3, 0, 3)), r"\(4, 3, 0, 3\): weight needs .* at least one"),
        (
            Conv2d(),
            ((1, 3, 5, 5), (4, 2, 3, 3)),
            r"x of shape \(1, 3, 5, 5\) has 3 channels, but weight of shape \(4, 2, 3, 3\) in 1 "
            r"groups reads 2; make the second size of weight 3",
        ),
        (
            Conv2d(groups=3),
            ((1, 4, 5, 5), (3, 2, 3, 3)),
            "in 3 groups reads 6; choose a number of groups that divides 4",
        ),
        (Conv2d(groups=2), ((1, 4, 5, 5), (3, 2, 3, 3)), r"3 kernels .* do not fall into 2 groups"),
        (
            Conv2d(padding=1),
            ((1, 1, 3, 4), (1, 1, 7, 2)),
            r"a window of 7 × 2 does not fit into the 3 × 4 numbers of \(1, 1, 3, 4\), padded by 1",
        ),
        (
            Conv2d(),
            ((1, 1, 3, 3), (4, 1, 2, 2), (3,)),
            r"bias has shape \(3,\), but the output has 4 channels; give bias the shape \(4,\)",
        ),
        (Conv1d(), ((1, 2, 3), (1, 2, 2, 2)), "weight needs the axes .*, numbers"),
    ],
)
def test_shapes_that_do_not_fit_are_refused_with_both_and_the_remedy(
    gate: Conv1d | Conv2d, shapes: tuple[tuple[int, ...], ...], says: str
) -> None:
    with pytest.raises(ShapeError, match=says):
        gate.infer_shape(*shapes)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"stride": 0}, "conv2d: stride must be at least 1, not 0"),
        ({"dilation": [1, 0]}, r"conv2d: dilation must be at least 1, not \[1, 0\]"),
        ({"padding": -1}, "conv2d: padding must be at least 0, not -1"),
        ({"padding": [1, 2, 3]}, "3 sizes for 2 axes"),
        ({"groups": 0}, "conv2d: groups must be at least 1, not 0"),
    ],
)
def test_settings_without_windows_are_refused(settings: dict[str, Any], says: str) -> None:
    with pytest.raises(ParameterError, match=says):
        Conv2d.create(settings)


@given(
    st.tuples(*[st.integers(1, 3)] * 3),
    st.tuples(*[st.integers(1, 7)] * 2),
    st.tuples(*[st.integers(1, 4)] * 2),
    *[st.tuples(st.integers(1, 3), st.integers(1, 3))] * 2,
    st.tuples(st.integers(0, 2), st.integers(0, 2)),
)
def test_the_shape_is_known_before_the_numbers(
    channels: tuple[int, int, int],
    image: tuple[int, int],
    kernel: tuple[int, int],
    stride: tuple[int, int],
    dilation: tuple[int, int],
    padding: tuple[int, int],
) -> None:
    groups, inputs, outputs = channels
    gate = Conv2d(stride, padding, dilation, groups)
    x = DICE.normal(size=(2, groups * inputs, *image))
    weight = DICE.normal(size=(groups * outputs, inputs, *kernel))
    reaches = [(size - 1) * step + 1 for size, step in zip(kernel, dilation, strict=True)]
    if any(
        reach > size + 2 * margin
        for reach, size, margin in zip(reaches, image, padding, strict=True)
    ):
        with pytest.raises(ShapeError):
            gate.infer_shape(x.shape, weight.shape)
    else:
        output = gate.forward(x, weight)
        assert output.shape == gate.infer_shape(x.shape, weight.shape)
        gradients = gate.backward(output, output, x, weight)
        assert [each.shape for each in gradients] == [x.shape, weight.shape]


def test_one_axis_is_like_a_single_row() -> None:
    x, weight = DICE.normal(size=(2, 3, 9)), DICE.normal(size=(4, 3, 3))
    along = Conv1d(stride=2, padding=1).forward(x, weight)
    within = np.asarray(Conv2d((1, 2), (0, 1)).forward(x[:, :, None], weight[:, :, None]))
    np.testing.assert_allclose(along, within[:, :, 0])


def test_a_batch_of_nothing_has_no_features() -> None:
    output = Conv2d().forward(np.zeros((0, 2, 4, 4)), np.zeros((3, 2, 3, 3)))
    assert output.shape == (0, 3, 2, 2)


def test_a_kernel_of_one_number_mixes_the_channels() -> None:
    x, weight = DICE.normal(size=(2, 3, 4, 5)), DICE.normal(size=(4, 3))
    expected = np.einsum("nchw,oc->nohw", x, weight)
    np.testing.assert_allclose(Conv2d().forward(x, weight[:, :, None, None]), expected)
