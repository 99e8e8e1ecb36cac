"""Normalisation: the mean and size of each part, and what does not fit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.library.normalisation import (
    BatchNorm,
    BatchNormInference,
    GroupNorm,
    InstanceNorm,
    LayerNorm,
    RMSNorm,
)

X = np.random.default_rng(9).normal(2.0, 3.0, (4, 6, 5, 3))
PARTS: list[Any] = [
    (BatchNorm(eps=0.0), X, (0, 2, 3)),
    (InstanceNorm(eps=0.0), X, (2, 3)),
    (LayerNorm(eps=0.0, dimensions=2), X, (2, 3)),
    (LayerNorm(eps=0.0), X, 3),
]


@pytest.mark.parametrize(("gate", "x", "axes"), PARTS)
def test_each_part_has_mean_0_and_variance_1(gate: Any, x: Any, axes: Any) -> None:
    output = gate.forward(x)
    np.testing.assert_allclose(output.mean(axis=axes), 0.0, atol=1e-12)
    np.testing.assert_allclose(output.var(axis=axes), 1.0)


@pytest.mark.parametrize(("gate", "x", "axes"), PARTS)
def test_the_gradient_moves_neither_the_mean_nor_the_size_of_a_part(
    gate: Any, x: Any, axes: Any
) -> None:
    upstream = np.cos(np.arange(float(x.size))).reshape(x.shape)
    (gradient,) = gate.backward(upstream, gate.forward(x), x)
    np.testing.assert_allclose(gradient.sum(axis=axes), 0.0, atol=1e-10)
    np.testing.assert_allclose((gradient * x).sum(axis=axes), 0.0, atol=1e-9)


def test_rows_of_rms_norm_have_a_mean_square_of_1() -> None:
    output = RMSNorm(eps=0.0).forward(X)
    np.testing.assert_allclose(np.square(output).mean(axis=3), 1.0)


def test_groups_of_one_channel_are_instances_and_one_group_is_a_layer() -> None:
    np.testing.assert_allclose(GroupNorm(num_groups=6).forward(X), InstanceNorm().forward(X))
    np.testing.assert_allclose(GroupNorm().forward(X), LayerNorm(dimensions=3).forward(X))


def test_inference_with_the_statistics_of_a_batch_gives_what_training_gives() -> None:
    mean, var = X.mean(axis=(0, 2, 3)), X.var(axis=(0, 2, 3))
    np.testing.assert_allclose(BatchNormInference().forward(X, mean, var), BatchNorm().forward(X))


def test_a_part_of_equal_numbers_becomes_zeros() -> None:
    x = np.full((3, 2), 7.0)
    output = BatchNorm().forward(x)
    np.testing.assert_array_equal(output, 0.0)
    (gradient,) = BatchNorm().backward(np.array([[1.0, 0.0]] * 3), output, x)
    np.testing.assert_allclose(gradient, 0.0, atol=1e-12)


@pytest.mark.parametrize(
    ("gate", "shapes", "says"),
    [
        (BatchNorm(), ((3,),), r"shape \(3,\) does not have the axes batch, channels; reshape x"),
        (BatchNorm(), ((0, 3),), r"shape \(0, 3\) has nothing to take a mean of"),
        (BatchNorm(), ((2, 3, 4), (4,)), r"weight has shape \(4,\), but x .* needs \(3,\)"),
        (InstanceNorm(), ((2, 3),), "batch, channels and at least one more"),
        (LayerNorm(dimensions=3), ((2, 3),), r"\(2, 3\) does not have the 3 axes of a row"),
        (LayerNorm(), ((2, 3), (3,), (2,)), r"bias has shape \(2,\), but x .* needs \(3,\)"),
        (RMSNorm(dimensions=2), ((2, 3), (3,)), r"weight has shape \(3,\), .* needs \(2, 3\)"),
        (GroupNorm(num_groups=4), ((2, 6, 3),), r"6 channels .* do not fall into 4 groups"),
        (BatchNormInference(), ((2, 3), (3,), (2,)), r"var has shape \(2,\), .* needs \(3,\)"),
    ],
)
def test_shapes_that_do_not_fit_are_refused_with_both(
    gate: Any, shapes: tuple[tuple[int, ...], ...], says: str
) -> None:
    with pytest.raises(ShapeError, match=says):
        gate.infer_shape(*shapes)


@pytest.mark.parametrize(
    ("gate", "settings", "says"),
    [
        (BatchNorm, {"eps": -1.0}, "batch_norm: eps must be at least 0, not -1"),
        (BatchNormInference, {"eps": -1.0}, "batch_norm_inference: eps must be at least 0"),
        (LayerNorm, {"dimensions": 0}, "layer_norm: dimensions must be at least 1, not 0"),
        (GroupNorm, {"num_groups": 0}, "group_norm: num_groups must be at least 1, not 0"),
    ],
)
def test_settings_that_make_no_sense_are_refused(
    gate: Any, settings: dict[str, Any], says: str
) -> None:
    with pytest.raises(ParameterError, match=says):
        gate.create(settings)
