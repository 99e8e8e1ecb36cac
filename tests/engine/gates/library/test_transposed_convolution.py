"""Transposed convolutions: adjoint to convolutions, and sentences on what does not fit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.library.convolution import Conv2d
from chainrule.gates.library.transposed_convolution import ConvTranspose1d, ConvTranspose2d

DICE = np.random.default_rng(4)


@given(
    st.tuples(st.integers(3, 8), st.integers(3, 8)),
    st.integers(1, 3),
    st.integers(1, 3),
    st.integers(0, 1),
    st.integers(1, 2),
)
def test_it_is_the_adjoint_of_the_convolution_with_its_settings(
    image: tuple[int, int], kernel: int, stride: int, padding: int, groups: int
) -> None:
    x = DICE.normal(size=(2, 2 * groups, *image))
    weight = DICE.normal(size=(3 * groups, 2, kernel, kernel))
    forwards = Conv2d(stride, padding, 1, groups)
    features = forwards.forward(x, weight)
    upstream = DICE.normal(size=features.shape)
    lost = tuple((size + 2 * padding - kernel) % stride for size in image)
    backwards = ConvTranspose2d(stride, padding, 1, groups, lost)
    images = backwards.forward(upstream, weight)
    assert images.shape == x.shape
    assert np.sum(images * x) == pytest.approx(np.sum(features * upstream), abs=1e-9)


@pytest.mark.parametrize(
    ("gate", "shapes", "says"),
    [
        (ConvTranspose2d(), ((3,), (3, 1, 2, 2)), r"shape \(3,\) does not have the axes"),
        (ConvTranspose1d(), ((1, 3, 4), (3, 2)), r"by \(3, 2\): weight needs the axes input"),
        (
            ConvTranspose2d(),
            ((1, 3, 4, 4), (2, 3, 2, 2)),
            r"x of shape \(1, 3, 4, 4\) has 3 channels, but weight of shape \(2, 3, 2, 2\) has "
            "kernels for 2; make its first size 3",
        ),
        (ConvTranspose2d(groups=2), ((3, 4, 4), (3, 1, 2, 2)), "do not fall into 2 groups"),
        (ConvTranspose1d(padding=2), ((1, 1, 2), (1, 1, 2)), "nothing is left of the output"),
        (ConvTranspose1d(groups=2), ((2, 3), (2, 2, 2), (2,)), r"bias .* give bias the shape \(4"),
    ],
)
def test_shapes_that_do_not_fit_are_refused_with_the_remedy(
    gate: ConvTranspose1d | ConvTranspose2d, shapes: tuple[tuple[int, ...], ...], says: str
) -> None:
    with pytest.raises(ShapeError, match=says):
        gate.infer_shape(*shapes)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"output_padding": 1}, "output_padding 1 must be below the stride 1 or the dilation 1"),
        ({"output_padding": [0, 2], "stride": [3, 2]}, "output_padding 2 must be below"),
        ({"output_padding": -1}, "output_padding must be at least 0"),
    ],
)
def test_an_output_padding_that_no_stride_explains_is_refused(
    settings: dict[str, Any], says: str
) -> None:
    with pytest.raises(ParameterError, match=says):
        ConvTranspose2d.create(settings)


def test_a_single_number_lays_down_its_kernel() -> None:
    weight = DICE.normal(size=(1, 2, 3, 3))
    output = ConvTranspose2d().forward(np.full((1, 1, 1), 2.0), weight)
    np.testing.assert_allclose(output, 2.0 * weight[0])
