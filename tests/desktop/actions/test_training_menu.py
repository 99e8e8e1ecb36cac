"""Training from the menu: the window, and the loss over all rows as one graph."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from chainrule.expression import graph_from_formula
from chainrule.files import read_graph
from chainrule.training.recipe_json import recipe_of
from chainrule.training.trainer import Trainer
from chainrule_desktop.actions.spec import ActionSpec
from chainrule_desktop.actions.training_menu import TRAIN, WHOLE_LOSS
from chainrule_desktop.actions.workbench import Workbench
from chainrule_desktop.document.document import prepare
from chainrule_desktop.panels.training.window import TrainingWindow

EXAMPLES = Path(__file__).parents[3] / "assets" / "examples"


def opened(bench: Workbench, name: str) -> Workbench:
    bench.files.show(prepare(read_graph(EXAMPLES / f"{name}.chainrule")), None)
    return bench


def reason(action: ActionSpec, bench: Workbench) -> str:
    """Return why an action can't be used, "" if it can."""
    failed = [each.reason for each in action.enabled if not each.holds(bench)]
    return failed[0] if failed else ""


def test_a_graph_without_parameters_can_not_be_trained_and_says_why(bench: Workbench) -> None:
    bench.files.show(prepare(graph_from_formula("f = x * y")), None)
    assert reason(TRAIN, bench) == ("The graph has no parameter; make an input a parameter first.")
    assert reason(WHOLE_LOSS, bench).startswith("Choose rows of data for the inputs first")
    opened(bench, "line-fit")
    assert reason(TRAIN, bench) == reason(WHOLE_LOSS, bench) == ""


def test_the_window_is_there_once(bench: Workbench) -> None:
    opened(bench, "line-fit")
    TRAIN.run(bench)
    bench.canvas.findChildren(TrainingWindow)[0].close()
    TRAIN.run(bench)
    (window,) = bench.canvas.findChildren(TrainingWindow)
    assert window.isVisible()
    window.close()
    bench.opened.training.end()


def test_the_whole_loss_becomes_a_graph_of_all_rows_that_trains_as_well(
    qtbot: QtBot, bench: Workbench
) -> None:
    opened(bench, "line-fit")
    header = bench.document.graph.header
    recipe = recipe_of(header)
    assert recipe is not None
    apart = Trainer(bench.document.graph, recipe)
    WHOLE_LOSS.run(bench)
    qtbot.waitUntil(lambda: len(bench.document.graph) > 100, timeout=20_000)
    graph = bench.document.graph
    assert graph.header.title == "Training: a line through points, all 40 rows"
    assert bench.document.is_modified
    value = bench.document.passes.value("mean_loss")
    assert value is not None
    np.testing.assert_allclose(value, apart.loss(), rtol=1e-12)
    assert None not in [node.position for node in graph]
    held = recipe_of(graph.header)
    assert held is not None
    assert held.holds_data
    whole = Trainer(graph, held)
    for _ in range(20):
        np.testing.assert_allclose(whole.step().loss, apart.step().loss, rtol=1e-10)
    assert reason(WHOLE_LOSS, bench).startswith("Choose rows")
