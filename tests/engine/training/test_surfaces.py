"""Landscapes and boundaries: the numbers are those of the loss and of the prediction there."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.errors import TrainingError
from chainrule.training.surfaces import (
    Extent,
    boundary,
    data_window,
    landscape,
    window_around,
)
from chainrule.training.trail import Trail
from chainrule.training.trainer import Trainer
from chainrule.training.unrolling import unroll
from tests.engine.training.networks import layers, layers_recipe, neuron, neuron_recipe


def test_a_landscape_holds_the_loss_at_every_place_and_leaves_the_weights() -> None:
    trainer = Trainer(neuron(), neuron_recipe())
    places = (trainer.parameters.place("w1", ()), trainer.parameters.place("b", ()))
    said: list[tuple[int, int]] = []
    before = trainer.weights.copy()
    found = landscape(trainer, places, Extent(-1, 1, -2, 2), 3, lambda *done: said.append(done))
    np.testing.assert_array_equal(trainer.weights, before)
    assert said == [(1, 3), (2, 3), (3, 3)]
    trainer.move_to({"w1": np.float64(1.0), "b": np.float64(-2.0)})
    assert found.values[0, 2] == pytest.approx(trainer.loss())
    with pytest.raises(TrainingError, match="two different weights"):
        landscape(trainer, (1, 1), Extent(0, 1, 0, 1))


@pytest.mark.parametrize("make", [(neuron, neuron_recipe), (layers, layers_recipe)])
def test_a_boundary_is_what_is_predicted_at_every_place(make: tuple) -> None:
    graph, recipe = make[0](), make[1]()
    trainer = Trainer(graph, recipe)
    assert trainer.data is not None
    assert trainer.predictor is not None
    window = data_window(trainer.data, ("x1", "x2"))
    xs, ys, found = boundary(
        trainer.data, trainer.predictor, trainer.weights, ("x1", "x2"), window, 5
    )
    values = {"x1": xs[3], "x2": ys[1]} if "x1" in graph else {"X": [[xs[3], ys[1]]], "y": [0.0]}
    graph.forward(values)
    np.testing.assert_allclose(found[1, 3], np.ravel(graph.value(recipe.prediction)), rtol=1e-9)
    points = trainer.data.table.take(("x1", "x2"))
    assert (points > [window.left, window.bottom]).all()
    assert (points < [window.right, window.top]).all()


def test_the_window_around_a_path_holds_it() -> None:
    path = np.array([[0.0, 0.0], [4.0, 0.0]])
    window = window_around(path, path[-1])
    assert (window.left, window.right) == (-0.5, 4.5)
    assert (window.bottom, window.top) == (-0.5, 0.5)


def test_a_trail_keeps_points_evenly_apart_and_never_grows_without_end() -> None:
    trail = Trail(1_000_000)
    for step in range(1000):
        trail.add(step, np.array([float(step), 0.0]))
    along = trail.along([0])[:, 0]
    assert len(along) <= 17
    assert along[0] == 0
    assert len(set(np.diff(along))) == 1


def test_the_copies_of_an_unrolled_graph_stand_apart_and_share_its_parameters() -> None:
    graph = neuron().gates
    rows = {"x1": [np.float64(1), np.float64(2)]}
    made = unroll(graph, rows, 2, placed=True)
    assert {"w1", "w2", "b", "x2", "y"} <= {*made.graph.ids()}
    assert made.copies["x1"] == ("x1_1", "x1_2")
    assert [made.graph.node(each).value for each in made.copies["x1"]] == [1.0, 2.0]
    assert "x1" not in made.graph


def test_a_loss_without_the_data_can_not_be_unrolled() -> None:
    with pytest.raises(TrainingError, match="does not depend on the data"):
        unroll(neuron().gates, {}, 2)
