"""Gradient descent on graphs: the numbers are those of each row by hand, and it leads downhill."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chainrule import Graph
from chainrule.arrays import Array, ArrayLike
from chainrule.errors import DivergenceError, TrainingError
from chainrule.files import read_graph
from chainrule.training.clipping import Clipping
from chainrule.training.encoding import Encoding, Feeding
from chainrule.training.feeding import Holding, way_of
from chainrule.training.metrics import Decision, accuracy, classes_of
from chainrule.training.optimisers import SGD, Adam
from chainrule.training.recipe_json import recipe_of
from chainrule.training.recipes import Recipe
from chainrule.training.schedules import LinearDecay
from chainrule.training.sources import Generated
from chainrule.training.trainer import Trainer
from chainrule.training.unrolling import unroll
from tests.engine.training.networks import layers, layers_recipe, neuron, neuron_recipe

EXAMPLES = Path(__file__).parents[3] / "assets" / "examples"


def value_of(graph: Graph, name: str) -> Array:
    value = graph.gates.node(name).value
    assert value is not None
    return value


def by_hand(graph: Graph, trainer: Trainer, rows: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the mean loss and gradient of the neuron, run row by row through its own graph."""
    losses, gradients = [], []
    for x1, x2, kind in rows:
        losses.append(float(graph.forward({"x1": x1, "x2": x2, "y": 2 * kind - 1})))
        found = graph.backward()
        gradients.append([float(found[name]) for name in trainer.parameters.ids])
    return float(np.mean(losses)), np.mean(gradients, axis=0)


def test_examples_as_one_stack_give_the_mean_of_each_by_itself() -> None:
    graph, recipe = neuron(), neuron_recipe()
    trainer = Trainer(graph, recipe)
    assert trainer.data is not None
    loss, gradient = by_hand(graph, trainer, trainer.data.table.numbers)
    before = trainer.weights
    progress = trainer.step()
    assert progress.loss == pytest.approx(loss, rel=1e-12)
    np.testing.assert_allclose(trainer.weights, before - 0.2 * gradient, rtol=1e-12)
    np.testing.assert_allclose(progress.norms, np.abs(gradient), rtol=1e-9)
    np.testing.assert_allclose(progress.ratios, np.abs(0.2 * gradient / before), rtol=1e-9)
    assert progress.gradient_norm == pytest.approx(float(np.linalg.norm(gradient)))


def test_rows_that_need_several_turns_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = Trainer(neuron(), neuron_recipe())
    monkeypatch.setattr("chainrule.training.feeding.LARGEST_STACK", 40)
    in_turns = Trainer(neuron(), neuron_recipe())
    for _ in range(3):
        one, other = at_once.step(), in_turns.step()
        assert one.loss == pytest.approx(other.loss, rel=1e-12)
    np.testing.assert_allclose(at_once.weights, in_turns.weights, rtol=1e-12)


def test_examples_that_are_vectors_train_like_numbers() -> None:
    g = Graph()
    x, y = g.input("x", [0.5, -1.0]), g.input("y", 1.0)
    w, b = g.parameter("w", [0.3, -0.2]), g.parameter("b", 0.1)
    score = g.tanh(g.matmul(w, x) + b, name="score")
    g.output = g.relu(1 - y * score, name="loss")
    feeds = {"x": Feeding(("x1", "x2")), "y": Feeding(("class",), Encoding.SIGNS)}
    one, other = Trainer(g, neuron_recipe(feeds=feeds)), Trainer(neuron(), neuron_recipe())
    for _ in range(5):
        assert one.step().loss == pytest.approx(other.step().loss, rel=1e-12)
    assert one.evaluate().training_accuracy == other.evaluate().training_accuracy


def test_a_batch_graph_gets_batches_of_any_size() -> None:
    trainer = Trainer(layers(rows=4), layers_recipe(batch=7, test_share=0.25))
    losses = [progress.loss for progress in trainer.run(200)]
    assert losses[-1] < 0.3 * losses[0]
    found = trainer.evaluate()
    assert found.training_accuracy > 0.95
    assert found.test_accuracy > 0.9
    assert np.isfinite(found.test_loss)


def test_a_batch_of_all_rows_has_the_loss_of_numpy() -> None:
    trainer = Trainer(layers(), layers_recipe())
    assert trainer.data is not None
    values, rows = trainer.values, trainer.data.table.numbers
    scores = np.tanh(rows[:, :2] @ values["W"] + values["c"]) @ values["V"]
    chances = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    right = chances[np.arange(len(rows)), rows[:, 2].astype(int)]
    assert trainer.step().loss == pytest.approx(-np.log(right).mean(), rel=1e-12)


@pytest.mark.parametrize("unread", [0.5, [1.0, 2.0, 3.0]], ids=["a number", "a vector"])
@pytest.mark.parametrize("width", [1, 2], ids=["of numbers", "of vectors"])
def test_what_the_loss_does_not_read_stays_and_the_rest_trains_as_without_it(
    unread: ArrayLike, width: int
) -> None:
    def trainer(*, odd: bool) -> Trainer:
        g = Graph()
        if odd:
            g.parameter("first", unread)
        x = g.input("x", [0.5, -1.0] if width > 1 else 0.5)
        g.input("other", 1.0)
        w = g.parameter("w", [0.3, -0.2] if width > 1 else 0.3)
        if odd:
            g.tanh(g.parameter("u", unread) * g.sum(x))
        g.output = g.square(1 - g.sum(w * x), name="loss")
        feeds = {"x": Feeding(("x1", "x2")[:width])}
        if odd:
            feeds["other"] = Feeding(("class",))
        return Trainer(g, Recipe(SGD(0.1), source=Generated("moons", 30), feeds=feeds))

    one, plain = trainer(odd=True), trainer(odd=False)
    for _ in range(3):
        found, wanted = one.step(), plain.step()
        assert found.loss == wanted.loss
        assert found.norms.tolist() == [0.0, *wanted.norms.tolist(), 0.0]
    np.testing.assert_array_equal(one.values["w"], plain.values["w"])
    np.testing.assert_array_equal(one.values["first"], unread)
    np.testing.assert_array_equal(one.values["u"], unread)


def test_a_loss_without_parameters_has_no_gradient() -> None:
    g = Graph()
    g.parameter("w", 0.5)
    g.output = g.square(g.input("x", 1.0))
    feeds = {"x": Feeding(("x",))}
    trainer = Trainer(g, Recipe(source=Generated("line", 5), feeds=feeds))
    assert trainer.step().gradient_norm == 0
    assert trainer.values == {"w": 0.5}


@pytest.mark.parametrize("name", ["mean_loss", "loss_sum", "mean_loss2"])
def test_a_parameter_may_have_the_name_that_the_mean_would_have(name: str) -> None:
    g = Graph()
    g.output = g.square(g.input("x", 1.0) * g.parameter(name, 0.5))
    feeds = {"x": Feeding(("x",))}
    trainer = Trainer(g, Recipe(SGD(0.01), source=Generated("line", 5), feeds=feeds))
    trainer.step()
    assert trainer.values[name] < 0.5


def test_a_graph_that_holds_its_data_is_trained_as_it_is() -> None:
    g = Graph()
    x, target = g.constant([1.0, 2.0, 3.0]), g.constant([2.0, 4.0, 6.0])
    w = g.parameter("w", 0.0)
    g.output = g.mean(g.square(w * x - target))
    trainer = Trainer(g, Recipe(SGD(0.05)))
    for _ in trainer.run(100):
        pass
    assert float(trainer.values["w"]) == pytest.approx(2.0)
    assert float(value_of(g, "w")) == 0.0
    trainer.write_back(g)
    assert float(value_of(g, "w")) == pytest.approx(2.0)


def test_the_whole_loss_as_one_graph_trains_like_the_examples() -> None:
    graph, recipe = neuron(), neuron_recipe()
    trainer = Trainer(graph, recipe)
    assert trainer.data is not None
    fed = {node: [row[0] for row in numbers] for node, numbers in trainer.data.training.fed.items()}
    whole = unroll(graph.gates, fed, 30, placed=True)
    names = {node: whole.copies[node][0] for node in ("x1", "x2", "y", "score")}
    feeds = {names[node]: feeding for node, feeding in recipe.feeds.items()}
    held = neuron_recipe(feeds=feeds, holds_data=True, prediction=names["score"])
    other = Trainer(whole.graph, held)
    for _ in range(5):
        assert trainer.step().loss == pytest.approx(other.step().loss, rel=1e-12)
    assert trainer.evaluate().training_accuracy == other.evaluate().training_accuracy


def test_the_moons_example_reaches_more_than_97_percent() -> None:
    graph = read_graph(EXAMPLES / "moons-network.chainrule")
    recipe = recipe_of(graph.header)
    assert recipe is not None
    trainer = Trainer(graph, recipe)
    assert trainer.evaluate().training_accuracy < 0.9
    *_, last = trainer.run(100)
    assert last.loss < 0.05
    assert trainer.evaluate().training_accuracy > 0.97


@pytest.mark.parametrize("name", ["line-fit", "spiral-classifier"])
def test_the_other_examples_train_at_a_click(name: str) -> None:
    graph = read_graph(EXAMPLES / f"{name}.chainrule")
    recipe = recipe_of(graph.header)
    assert recipe is not None
    assert recipe.steps is not None
    trainer = Trainer(graph, recipe)
    before = trainer.loss()
    for _ in trainer.run(recipe.steps):
        pass
    found = trainer.evaluate()
    assert found.training_loss < 0.1 * before
    assert not trainer.has_accuracy or found.test_accuracy > 0.97


def test_the_same_seed_gives_the_same_run() -> None:
    runs = [Trainer(layers(), layers_recipe(batch=8, seed=3)) for _ in range(2)]
    for _ in range(20):
        one, other = (run.step().loss for run in runs)
        assert one == other


def test_a_reset_begins_anew() -> None:
    trainer = Trainer(layers(), layers_recipe(batch=8, optimiser=Adam(0.1)))
    first = [progress.loss for progress in trainer.run(12)]
    trainer.reset()
    assert [progress.loss for progress in trainer.run(12)] == first


def test_other_weights_can_be_taken_over() -> None:
    trainer = Trainer(neuron(), neuron_recipe())
    trainer.move_to({"w1": np.float64(9.0)})
    assert float(trainer.values["w1"]) == 9.0
    assert float(trainer.values["w2"]) == -0.2


def test_a_schedule_and_clipping_are_obeyed() -> None:
    recipe = neuron_recipe(schedule=LinearDecay(steps=2, end=0.5), clipping=Clipping(norm=1e-3))
    trainer = Trainer(neuron(), recipe)
    steps = [*trainer.run(3)]
    assert [each.rate for each in steps] == pytest.approx([0.2, 0.15, 0.1])
    assert all(each.clipped for each in steps)
    moved = np.linalg.norm(trainer.weights - trainer.parameters.initial)
    assert moved <= 1e-3 * 0.45 * (1 + 1e-9)


def test_divergence_ends_with_a_sentence_and_the_last_sound_weights() -> None:
    g = Graph()
    x, y = g.input("x", 1.0), g.input("y", 2.0)
    g.output = g.square(g.parameter("w", 0.5) * x - y)
    feeds = {"x": Feeding(("x",)), "y": Feeding(("y",))}
    trainer = Trainer(g, Recipe(SGD(50.0), source=Generated("line", 20, 0.1), feeds=feeds))
    with pytest.raises(DivergenceError, match="lower the learning rate, which is 50, or clip"):
        for _ in trainer.run(1000):
            pass
    assert np.isfinite(trainer.weights).all()


@pytest.mark.parametrize(
    ("shapes", "widths", "way"),
    [
        ({"x": (), "y": ()}, {"x": 1, "y": 1}, Holding.EXAMPLE),
        ({"x": (2,), "y": ()}, {"x": 2, "y": 1}, Holding.EXAMPLE),
        ({"x": (1,)}, {"x": 1}, Holding.EXAMPLE),
        ({"x": (8, 2), "y": (8,)}, {"x": 2, "y": 1}, Holding.BATCH),
        ({"x": (8, 2), "y": (3, 1)}, {"x": 2, "y": 1}, Holding.BATCH),
        ({"x": (8, 3)}, {"x": 3}, Holding.BATCH),
    ],
)
def test_shapes_decide_what_inputs_hold(shapes: dict, widths: dict, way: Holding) -> None:
    assert way_of(shapes, widths) is way


@pytest.mark.parametrize(
    ("shapes", "widths", "says"),
    [
        ({"X": (4, 3)}, {"X": 2}, "'X' has shape (4, 3) and gets 2 numbers a row"),
        ({"X": (2, 2, 2)}, {"X": 1}, "'X' has shape (2, 2, 2) and gets 1 number a row"),
        ({"x": (), "Y": (8,)}, {"x": 1, "Y": 1}, "'x' holds one example and 'Y' a batch"),
    ],
)
def test_inputs_that_can_not_be_fed_are_named(shapes: dict, widths: dict, says: str) -> None:
    with pytest.raises(TrainingError) as caught:
        way_of(shapes, widths)
    assert says in str(caught.value)


def _without_parameter() -> Trainer:
    g = Graph()
    g.output = g.square(g.input("x", 1.0))
    return Trainer(g, Recipe())


def _tensor_loss() -> Trainer:
    g = Graph()
    g.output = g.square(g.parameter("w", [1.0, 2.0]), name="L")
    return Trainer(g, Recipe())


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (_without_parameter, "the graph has no parameter to train"),
        (_tensor_loss, "'L' has shape (2,), and a loss is one number"),
        (lambda: Trainer(neuron(), neuron_recipe(feeds={})), "no column feeds an input"),
        (
            lambda: Trainer(neuron(), neuron_recipe(feeds={"q": Feeding(("x1",))})),
            "there is no node 'q'",
        ),
        (
            lambda: Trainer(neuron(), neuron_recipe(feeds={"w1": Feeding(("x1",))})),
            "'w1' is no input",
        ),
        (
            lambda: Trainer(neuron(), neuron_recipe(feeds={"x1": Feeding(("z",))})),
            "the table has no column 'z'",
        ),
        (lambda: Trainer(neuron(), neuron_recipe(prediction="w1")), "does not depend on the data"),
        (
            lambda: Trainer(
                neuron(),
                neuron_recipe(
                    source=Generated("blobs"), feeds={"y": Feeding(("class",), Encoding.SIGNS)}
                ),
            ),
            "signs are for two",
        ),
    ],
)
def test_what_can_not_be_trained_is_said_in_a_sentence(make, says: str) -> None:
    with pytest.raises(TrainingError) as caught:
        make()
    assert says in str(caught.value)


def test_a_decision_makes_classes_of_numbers() -> None:
    scores = np.array([[-1.0], [0.2], [0.7], [np.nan]])
    assert classes_of(scores, Decision.SIGN).tolist() == [0, 1, 1, -1]
    assert classes_of(scores, Decision.THRESHOLD).tolist() == [0, 0, 1, -1]
    many = np.array([[1.0, 3.0, 2.0], [5.0, 5.0, 0.0]])
    assert classes_of(many, Decision.ARGMAX).tolist() == [1, 0]
    assert accuracy(many, np.array([1, 1]), Decision.ARGMAX) == 0.5
    assert np.isnan(accuracy(many[:0], np.array([], int), Decision.ARGMAX))
