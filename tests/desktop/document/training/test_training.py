"""Training of a document: it follows the run, and the run is one undo step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from chainrule.arrays import Array
from chainrule.files import dumps, read_graph
from chainrule.files.writing import content_of
from chainrule.gates.leaf import Input
from chainrule.graph.edits import AddNodes, SetKind, SetLabel, SetValue
from chainrule.graph.node import Node
from chainrule.training.clipping import Clipping
from chainrule.training.optimisers import SGD, Adam
from chainrule.training.sources import Generated, InFile
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.selection import Selection
from chainrule_desktop.document.training.training import State, Training
from chainrule_desktop.document.training.work import BoundaryOrder, graph_of
from chainrule_desktop.tasks import Tasks

EXAMPLES = Path(__file__).parents[4] / "assets" / "examples"


@pytest.fixture
def document() -> Document:
    made = Document()
    made.load(read_graph(EXAMPLES / "line-fit.chainrule"), None)
    return made


@pytest.fixture
def training(document: Document) -> Iterator[Training]:
    tasks = Tasks()
    yield (made := Training(document, tasks))
    made.end()
    tasks.close()


def value(document: Document, name: str) -> float:
    found: Array | None = document.graph.node(name).value
    assert found is not None
    return float(found)


def rest(qtbot: QtBot, training: Training) -> None:
    qtbot.waitUntil(lambda: not training.work.is_busy, timeout=20_000)


def run(qtbot: QtBot, training: Training, steps: int | None = 50) -> None:
    training.set_recipe(replace(training.recipe, steps=steps))
    training.run()
    rest(qtbot, training)


def test_a_run_is_one_step_that_can_be_undone(
    qtbot: QtBot, document: Document, training: Training
) -> None:
    run(qtbot, training, 50)
    assert document.history.undoText() == "Train 50 steps"
    assert value(document, "w") == pytest.approx(2.0, abs=0.3)
    document.undo()
    assert (value(document, "w"), value(document, "b")) == (-1.0, -0.5)
    document.redo()
    assert value(document, "w") != -1.0


def test_its_curve_has_every_step_and_ends_where_the_document_stands(
    qtbot: QtBot, document: Document, training: Training
) -> None:
    run(qtbot, training, 60)
    steps = training.series.steps.rows
    assert steps[:, 0].tolist() == [*range(1, 61)]
    assert steps[-1, 1] < 0.1 * steps[0, 1]
    assert training.series.evaluation is not None
    assert training.trainer is not None
    assert training.series.evaluation.training_loss == training.trainer.loss()
    assert float(training.trainer.values["w"]) == value(document, "w")


def test_a_single_step_is_one_step(qtbot: QtBot, document: Document, training: Training) -> None:
    for count in (1, 2):
        training.step()
        rest(qtbot, training)
        assert document.history.undoText() == "Train 1 step"
        assert len(training.series.steps) == count


def test_while_it_runs_there_is_no_step_yet_and_a_pause_makes_one(
    qtbot: QtBot, document: Document, training: Training
) -> None:
    training.set_recipe(replace(training.recipe, steps=None))
    steps = document.history.count()
    training.run()
    qtbot.waitUntil(lambda: document.is_following, timeout=20_000)
    assert document.history.count() == steps
    assert document.is_modified
    training.pause()
    assert training.state is State.STOPPING
    rest(qtbot, training)
    assert training.state is State.PAUSED
    assert document.history.undoText().startswith("Train")
    assert not document.is_following


def test_it_knows_how_the_last_run_has_ended_after_a_look_too(
    qtbot: QtBot, training: Training
) -> None:
    assert training.state is State.READY
    run(qtbot, training, 5)
    training.look()
    rest(qtbot, training)
    assert (training.state, training.made) == (State.FINISHED, 5)
    training.step()
    rest(qtbot, training)
    assert (training.state, training.made) == (State.FINISHED, 1)
    training.reset()
    rest(qtbot, training)
    assert training.state is State.READY


def test_what_is_wanted_while_a_run_ends_follows_it(qtbot: QtBot, training: Training) -> None:
    training.set_recipe(replace(training.recipe, steps=None))
    training.run()
    qtbot.waitUntil(lambda: training.state is State.RUNNING, timeout=20_000)
    training.pause()
    training.run()
    assert training.state is State.STOPPING
    qtbot.waitUntil(lambda: training.state.runs, timeout=20_000)
    training.pause()
    rest(qtbot, training)
    assert training.state is State.PAUSED


def test_undo_while_it_runs_ends_the_run_and_takes_it_back(
    qtbot: QtBot, document: Document, training: Training
) -> None:
    training.set_recipe(replace(training.recipe, steps=None))
    training.run()
    qtbot.waitUntil(lambda: document.is_following, timeout=20_000)
    document.undo()
    assert not training.work.is_busy
    qtbot.wait(80)
    assert value(document, "w") == -1.0


@pytest.mark.parametrize(
    "edit",
    [
        AddNodes((Node("extra", Input(), value=np.float64(1.0)),)),
        SetKind("x", Input(), 0, np.float64(3.0)),
        SetValue("w", np.float64(7.0)),
        SetValue("x", np.float64(7.0)),
    ],
    ids=["a new node", "another kind", "a weight", "data"],
)
def test_an_edit_while_it_runs_ends_the_run_first(
    qtbot: QtBot, document: Document, training: Training, edit
) -> None:
    training.set_recipe(replace(training.recipe, steps=None))
    training.run()
    qtbot.waitUntil(lambda: document.is_following, timeout=20_000)
    document.apply(edit, "Edit")
    assert not training.work.is_busy
    assert "Run" in training.sentence
    after = value(document, "w")
    qtbot.wait(80)
    assert value(document, "w") == after
    document.undo()
    assert document.history.undoText().startswith("Train")
    document.undo()
    assert value(document, "w") == -1.0


def test_a_new_look_of_a_node_does_not_disturb_a_run(
    qtbot: QtBot, document: Document, training: Training
) -> None:
    training.set_recipe(replace(training.recipe, steps=None))
    training.run()
    qtbot.waitUntil(lambda: document.is_following, timeout=20_000)
    document.apply(SetLabel("w", "weight"), "Label")
    assert training.runs
    training.pause()
    rest(qtbot, training)
    document.undo()
    document.undo()
    assert value(document, "w") == -1.0
    assert document.graph.node("w").label is None


def test_reset_goes_back_to_before_the_first_run_as_one_step(
    qtbot: QtBot, document: Document, training: Training
) -> None:
    for _ in range(2):
        run(qtbot, training, 10)
    assert training.start
    training.reset()
    rest(qtbot, training)
    assert (value(document, "w"), value(document, "b")) == (-1.0, -0.5)
    assert document.history.undoText() == "Reset the training"
    assert len(training.series.steps) == 0
    document.undo()
    assert value(document, "w") != -1.0


def test_divergence_stops_with_a_sentence(
    qtbot: QtBot, document: Document, training: Training
) -> None:
    training.set_recipe(replace(training.recipe, optimiser=SGD(60.0), steps=None))
    training.run()
    rest(qtbot, training)
    assert training.state is State.FAILED
    assert "lower the learning rate, which is 60" in training.sentence
    assert np.isfinite(value(document, "w"))


def test_what_can_not_be_trained_is_said(qtbot: QtBot, training: Training) -> None:
    training.set_recipe(replace(training.recipe, source=Generated("blobs")))
    training.look()
    rest(qtbot, training)
    assert training.sentence == "The table has no column 'x'; it has x1, x2, class."


def test_another_rule_takes_hold_while_it_runs_and_other_rows_begin_anew(
    qtbot: QtBot, document: Document, training: Training
) -> None:
    training.set_recipe(replace(training.recipe, steps=None))
    training.run()
    qtbot.waitUntil(lambda: document.is_following, timeout=20_000)
    changed = replace(training.recipe, optimiser=Adam(1e-6), clipping=Clipping(norm=1.0))
    training.set_recipe(changed)
    assert training.runs
    qtbot.waitUntil(
        lambda: training.series.latest is not None and training.series.latest.rate == 1e-6,
        timeout=20_000,
    )
    training.set_recipe(replace(training.recipe, source=Generated("line", 60, 0.2, 1)))
    assert not training.work.is_busy
    assert training.settings.table is not None
    assert len(training.settings.table) == 60


def test_a_recipe_is_kept_in_the_file_and_its_nodes_can_be_renamed(
    document: Document, training: Training
) -> None:
    training.set_recipe(replace(training.recipe, optimiser=Adam(0.25)))
    assert b'"learning_rate": 0.25' in dumps(document.graph)
    Editor(document, Selection(document)).rename("x", "width")
    assert [*training.recipe.feeds] == ["width", "y"]
    document.undo()
    assert [*training.recipe.feeds] == ["x", "y"]
    document.undo()
    assert training.recipe.optimiser == SGD(0.1)


def test_a_look_finds_out_where_the_graph_stands_without_a_step(
    qtbot: QtBot, document: Document, training: Training
) -> None:
    steps = document.history.count()
    training.work.set_order(BoundaryOrder(("x", "y"), 8))
    training.look()
    rest(qtbot, training)
    assert training.series.evaluation is not None
    assert training.picture is not None
    assert training.picture.values.shape == (8, 8, 1)
    assert document.history.count() == steps
    assert not document.is_modified


def test_a_run_that_is_wanted_during_a_look_follows_it(qtbot: QtBot, training: Training) -> None:
    training.look()
    training.step()
    qtbot.waitUntil(lambda: len(training.series.steps) == 1, timeout=20_000)


def test_a_pause_takes_back_a_run_that_is_wanted_after_a_look(
    qtbot: QtBot, document: Document, training: Training
) -> None:
    training.look()
    training.run()
    assert (training.state, training.runs) == (State.LOOKING, True)
    training.pause()
    assert (training.state, training.runs) == (State.LOOKING, False)
    rest(qtbot, training)
    qtbot.wait(80)
    assert training.state is State.READY
    assert document.history.count() == 0


def test_a_pause_takes_back_a_run_that_is_wanted_after_another(
    qtbot: QtBot, training: Training
) -> None:
    training.set_recipe(replace(training.recipe, steps=None))
    training.run()
    qtbot.waitUntil(lambda: training.state is State.RUNNING, timeout=20_000)
    training.pause()
    training.run()
    training.pause()
    assert not training.runs
    rest(qtbot, training)
    assert training.state is State.PAUSED


def test_a_run_that_is_wanted_is_forgotten_where_the_look_fails(
    qtbot: QtBot, training: Training
) -> None:
    training.set_recipe(replace(training.recipe, source=Generated("blobs")))
    training.look()
    training.run()
    rest(qtbot, training)
    assert (training.state, training.runs) == (State.FAILED, False)


def test_a_run_that_is_wanted_ends_with_an_edit_and_says_so(
    document: Document, training: Training
) -> None:
    training.look()
    training.run()
    document.apply(AddNodes((Node("extra", Input(), value=np.float64(1.0)),)), "Add")
    assert not training.runs
    assert "Run goes on" in training.sentence


def test_rows_in_a_file_are_read_by_the_thread(
    qtbot: QtBot, document: Document, training: Training, tmp_path: Path
) -> None:
    (tmp_path / "rows.csv").write_text("x,y\n0,1\n1,3\n2,5\n", encoding="utf-8")
    document.save(tmp_path / "graph.chainrule")
    training.set_recipe(replace(training.recipe, source=InFile("rows.csv")))
    assert training.settings.table is None
    training.look()
    rest(qtbot, training)
    assert training.settings.table is not None
    assert len(training.settings.table) == 3


def test_another_document_ends_the_run(
    qtbot: QtBot, document: Document, training: Training
) -> None:
    training.set_recipe(replace(training.recipe, steps=None))
    training.run()
    qtbot.waitUntil(lambda: document.is_following, timeout=20_000)
    document.load(read_graph(EXAMPLES / "spiral-classifier.chainrule"), None)
    assert not training.work.is_busy
    assert training.recipe.batch == 60
    assert not document.is_modified
    assert not training.start


def test_a_save_while_it_runs_keeps_the_file_and_the_history_sound(
    qtbot: QtBot, document: Document, training: Training, tmp_path: Path
) -> None:
    training.set_recipe(replace(training.recipe, steps=None))
    training.run()
    qtbot.waitUntil(lambda: document.is_following, timeout=20_000)
    document.save(tmp_path / "g.chainrule")
    assert document.history.undoText().startswith("Train")
    saved = read_graph(tmp_path / "g.chainrule").node("w").value
    assert saved is not None
    assert float(saved) != -1.0


def test_a_snapshot_makes_an_equal_graph(document: Document) -> None:
    assert dumps(graph_of(content_of(document.graph))) == dumps(document.graph)
