"""What all losses share: their reductions, the shapes they take, and the lecture's two losses."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import pytest

from chainrule.arrays import Array, as_array
from chainrule.autodiff.passes import Passes
from chainrule.errors import ParameterError, ShapeError
from chainrule.gates.catalogue import all_kinds
from chainrule.gates.foundations.losses import Loss
from chainrule.gates.library.losses_classification import CrossEntropy
from chainrule.gates.library.losses_margin import SvmLoss
from chainrule.gates.library.losses_regression import MseLoss, WeightedMseLoss
from tests.helpers.lecture_graphs import graph_of, lecture_graph

LOSSES = [kind for kind in all_kinds() if issubclass(kind, Loss) and not inspect.isabstract(kind)]
POSITIONS = [2.0, 0.0]
ONE_HOT = [[0.0, 0.0, 1.0, 0.0], [1.0, 0.0, 0.0, 0.0]]


@pytest.mark.parametrize("kind", LOSSES, ids=lambda kind: kind.name)
def test_the_mean_and_the_sum_are_those_of_the_single_losses(kind: type[Loss]) -> None:
    inputs = tuple(as_array(each) for each in kind.samples[-1])
    single = kind(reduction="none").forward(*inputs)
    assert kind(reduction="sum").forward(*inputs) == pytest.approx(np.sum(single), rel=1e-14)
    assert kind(reduction="mean").forward(*inputs) == pytest.approx(np.mean(single), rel=1e-14)
    assert kind().reduction == "mean"


@pytest.mark.parametrize("kind", LOSSES, ids=lambda kind: kind.name)
def test_a_loss_says_in_one_sentence_that_shapes_do_not_fit(kind: type[Loss]) -> None:
    shapes = ((2, 3), *[(5, 7, 2)] * (len(kind.ports) - 1))
    with pytest.raises(ShapeError, match=rf"^{kind.name}: .*\(2, 3\).*\(5, 7, 2\).*; \w+ ") as told:
        kind().infer_shape(*shapes)
    assert "\n" not in str(told.value)


def test_a_column_is_not_compared_with_a_row() -> None:
    with pytest.raises(ShapeError, match=r"x has the shape \(3, 1\) and target \(3,\); reshape"):
        MseLoss().infer_shape((3, 1), (3,))
    with pytest.raises(ShapeError, match=r"\(2, 2\) and weight \(2,\); reshape one of them"):
        WeightedMseLoss().infer_shape((2, 2), (2, 2), (2,))


def test_a_reduction_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ParameterError, match='must be "mean", "sum" or "none", not \'batchmean\''):
        MseLoss.create({"reduction": "batchmean"})


def _value(passes: Passes, name: str) -> Array:
    value = passes.value(name)
    assert value is not None
    return value


def _gradient(passes: Passes, name: str) -> Array:
    gradient = passes.gradient(name)
    assert gradient is not None
    return gradient


@pytest.mark.parametrize("target", [POSITIONS, ONE_HOT], ids=["positions", "one-hot"])
@pytest.mark.parametrize(
    ("case", "gate", "losses", "loss"),
    [("svm-loss", SvmLoss, "r", "data_loss"), ("softmax-loss", CrossEntropy, "n", "L")],
)
def test_the_lecture_s_losses_give_the_numbers_of_their_small_gates(
    case: str, gate: type[Loss], losses: str, loss: str, target: list[Any]
) -> None:
    passes = Passes(lecture_graph(case))
    scores, wanted = _value(passes, "S"), as_array(target)
    single = gate(reduction="none").forward(scores, wanted)
    np.testing.assert_allclose(single, _value(passes, losses), rtol=1e-14)
    output = gate().forward(scores, wanted)
    assert output == pytest.approx(_value(passes, loss), rel=1e-14)
    for_scores = gate().backward(np.float64(1.0), output, scores, wanted)[0]
    np.testing.assert_allclose(for_scores, _gradient(passes, "S"), rtol=1e-14, atol=1e-16)


def test_cross_entropy_gives_a_one_hot_target_the_gradient_of_the_small_gates() -> None:
    passes = Passes(lecture_graph("softmax-loss"))
    scores = _value(passes, "S")
    gradients = CrossEntropy().backward(np.float64(1.0), scores, scores, as_array(ONE_HOT))
    np.testing.assert_allclose(gradients[1], _gradient(passes, "Y"), rtol=1e-14)


def _leaf(staged: Passes, name: str) -> dict[str, Any]:
    return {"id": name, "gate": "parameter", "value": _value(staged, name).tolist()}


def test_the_svm_loss_with_its_penalty_is_two_gates() -> None:
    staged = Passes(lecture_graph("svm-loss"))
    passes = Passes(
        graph_of(
            _leaf(staged, "X"),
            _leaf(staged, "W"),
            {"id": "y", "gate": "constant", "value": POSITIONS},
            {"id": "S", "gate": "matmul", "inputs": ["X", "W"]},
            {"id": "D", "gate": "svm_loss", "inputs": ["S", "y"]},
            {"id": "R", "gate": "l2_penalty", "inputs": ["W"], "params": {"weight": 0.1}},
            {"id": "L", "gate": "add", "inputs": ["D", "R"]},
        )
    )
    assert _value(passes, "L") == pytest.approx(_value(staged, "L"), rel=1e-14)
    for name in ("X", "W"):
        np.testing.assert_allclose(_gradient(passes, name), _gradient(staged, name), rtol=1e-13)


@pytest.mark.parametrize("target", [POSITIONS, ONE_HOT], ids=["positions", "one-hot"])
def test_a_linear_layer_and_cross_entropy_are_the_softmax_classifier(target: list[Any]) -> None:
    staged = Passes(lecture_graph("softmax-loss"))
    passes = Passes(
        graph_of(
            _leaf(staged, "X"),
            {"id": "W", "gate": "parameter", "value": _value(staged, "W").T.tolist()},
            {"id": "y", "gate": "input", "value": target},
            {"id": "S", "gate": "linear", "inputs": ["X", "W"]},
            {"id": "L", "gate": "cross_entropy", "inputs": ["S", "y"]},
        )
    )
    assert _value(passes, "L") == pytest.approx(_value(staged, "L"), rel=1e-14)
    np.testing.assert_allclose(_gradient(passes, "W").T, _gradient(staged, "W"), rtol=1e-13)
    np.testing.assert_allclose(_gradient(passes, "X"), _gradient(staged, "X"), rtol=1e-13)


def test_a_position_out_of_range_is_told_on_the_node() -> None:
    graph = graph_of(
        {"id": "s", "gate": "input", "value": [1.0, 2.0, 0.5]},
        {"id": "y", "gate": "input", "value": 3},
        {"id": "L", "gate": "cross_entropy", "inputs": ["s", "y"]},
    )
    passes = Passes(graph)
    assert passes.value("L") is None
    assert "target holds 3, but positions count from 0 to 2" in passes.faults["L"]
