"""The player steps, plays, stops at breakpoints, and stays where it is when the graph changes."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from chainrule.autodiff.playback import Phase, Step
from chainrule.errors import GraphError
from chainrule.expression.formula import graph_from_formula
from chainrule.gates.catalogue import get_kind
from chainrule.graph.edits import AddNodes, RemoveNodes, SetValue
from chainrule.graph.node import Node, Wire
from chainrule.graph.scripts import script_of
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.player import Player
from chainrule_desktop.document.scripting import (
    caption_key,
    clear_breakpoints,
    play_next,
    set_caption,
    set_threshold,
    toggle_breakpoints,
    usual_order,
)
from chainrule_desktop.document.stopping import first_not_finite

FORMULA = "q = x + y; f = q * z"


@pytest.fixture
def player() -> Player:
    document = Document()
    document.load(graph_from_formula(FORMULA), None)
    return Player(document, Drawing(document, document), document)


def document_of(player: Player) -> Document:
    document = player.parent()
    assert isinstance(document, Document)
    return document


def gradients(player: Player) -> list[str]:
    drawing = document_of(player).findChild(Drawing)
    assert drawing is not None
    return [*drawing.diagram.labels.gradients]


def test_at_first_everything_is_shown(player: Player) -> None:
    assert player.at_end
    assert player.step is None
    assert "1.00" in gradients(player)


def test_steps_go_forward_from_the_start_and_to_the_end(player: Player) -> None:
    seen: list[Step | None] = []
    for _ in range(player.timeline.end):
        player.forward()
        seen.append(player.step)
    assert seen == [None, *player.timeline.steps]
    assert seen[-1] == Step(Phase.BACKWARD, "q")
    player.forward()
    assert player.at_end


def test_what_is_not_reached_is_not_written(player: Player) -> None:
    player.go(1)
    assert set(gradients(player)) == {""}
    player.go(4)
    assert [text for text in gradients(player) if text] == ["3.00", "3.00", "1.00"]
    player.go(len(player.timeline))
    assert "" not in gradients(player)


def test_back_takes_a_step_back_and_stops_at_the_start(player: Player) -> None:
    player.back()
    assert player.step == player.timeline.steps[-1]
    player.go(0)
    player.back()
    assert player.position == 0


def test_playing_runs_to_the_end(player: Player, qtbot: QtBot) -> None:
    player.set_speed(100.0)
    heard: list[bool] = []
    player.playing_changed.connect(lambda: heard.append(player.is_playing))
    player.play()
    qtbot.waitUntil(lambda: player.at_end and not player.is_playing)
    assert heard == [True, False]


def test_playing_stops_at_a_breakpoint_and_says_why(player: Player, qtbot: QtBot) -> None:
    toggle_breakpoints(document_of(player), ("f",))
    player.set_speed(100.0)
    with qtbot.waitSignal(player.stopped) as stopped:
        player.play()
    assert stopped.args == ["Stopped at f, which has a breakpoint."]
    assert player.step == Step(Phase.FORWARD, "f")
    toggle_breakpoints(document_of(player), ("f",))
    assert player.script.breakpoints == frozenset()


def test_playing_stops_where_a_gradient_is_large(player: Player, qtbot: QtBot) -> None:
    document = document_of(player)
    document.apply(SetValue("z", np.float64(50.0)), "Set z")
    set_threshold(document, "20")
    player.set_speed(100.0)
    with qtbot.waitSignal(player.stopped) as stopped:
        player.play()
    assert stopped.args is not None
    assert "sends to q has the size 50, over 20" in str(stopped.args[0])
    assert player.step == Step(Phase.BACKWARD, "f")


def test_a_threshold_is_a_number_or_nothing(player: Player) -> None:
    document = document_of(player)
    set_threshold(document, " 1e-3 ")
    assert player.script.threshold == 1e-3
    with pytest.raises(GraphError, match="much is not a number"):
        set_threshold(document, "much")
    with pytest.raises(GraphError, match="not negative"):
        set_threshold(document, "-1")
    set_threshold(document, "")
    assert player.script.threshold is None


def test_another_value_keeps_the_step_and_shows_new_numbers(player: Player) -> None:
    player.go(2)
    document_of(player).apply(SetValue("x", np.float64(10.0)), "Set x")
    assert player.step == Step(Phase.FORWARD, "f")
    assert player.moment is not None
    assert player.moment.value("q") == 12.0


def test_the_step_is_found_again_among_others(player: Player) -> None:
    document = document_of(player)
    player.go(player.timeline.position_of("f", Phase.BACKWARD) or 0)
    before = player.position
    add = Node("n", get_kind("exp")(), 1)
    document.apply(AddNodes((add,), (Wire("x", "n", 0), Wire("n", "q", 0))), "Add n")
    assert player.step == Step(Phase.BACKWARD, "f")
    assert player.position == before + 1
    document.history.undo()
    assert player.position == before
    document.apply(RemoveNodes(("q", "f", "x", "y", "z")), "Delete all")
    assert player.at_end


def test_another_document_begins_at_the_end(player: Player) -> None:
    player.go(1)
    document_of(player).load(graph_from_formula("g = exp(u)"), None)
    assert player.at_end
    assert len(player.timeline) == 3


def test_a_gate_that_can_be_next_is_played_next_and_the_file_keeps_the_order() -> None:
    document = Document()
    document.load(graph_from_formula("a = x + y; b = exp(x); f = a * b"), None)
    player = Player(document, Drawing(document), document)
    with pytest.raises(GraphError, match="'f' has to wait for 'a'"):
        play_next(document, 0, "f")
    play_next(document, 0, "b")
    assert [step.node for step in player.timeline.steps[:2]] == ["b", "a"]
    assert script_of(document.graph.header).order == ("b", "a", "f")
    usual_order(document)
    assert [step.node for step in player.timeline.steps[:2]] == ["a", "b"]
    document.history.undo()
    assert [step.node for step in player.timeline.steps[:2]] == ["b", "a"]


def test_captions_belong_to_where_playback_stands(player: Player) -> None:
    document = document_of(player)
    set_caption(document, caption_key(player), "All done")
    player.go(1)
    set_caption(document, caption_key(player), "First the sum")
    player.go(0)
    assert player.script.captions.get(caption_key(player)) is None
    player.go(1)
    assert player.script.captions[caption_key(player)] == "First the sum"
    player.go(player.timeline.end)
    assert player.script.captions[caption_key(player)] == "All done"


def test_clearing_takes_breakpoints_and_threshold(player: Player) -> None:
    document = document_of(player)
    toggle_breakpoints(document, ("q", "f"))
    set_threshold(document, "3")
    clear_breakpoints(document)
    assert (player.script.breakpoints, player.script.threshold) == (frozenset(), None)


def test_the_first_gate_that_is_not_finite_is_found_and_not_a_later_one() -> None:
    document = Document()
    document.load(graph_from_formula("a = log(x); b = a + y; f = exp(b)"), None)
    player = Player(document, Drawing(document), document)
    assert first_not_finite(document, player.timeline) is None
    document.apply(SetValue("x", np.float64(0.0)), "Set x")
    assert first_not_finite(document, player.timeline) == Step(Phase.FORWARD, "a")


def test_other_numbers_leave_the_steps_as_they_are(player: Player) -> None:
    steps = player.timeline
    document_of(player).apply(SetValue("x", np.float64(9.0)), "Set x")
    assert player.timeline is steps
    document_of(player).apply(SetValue("x", np.ones(3)), "Set x")
    assert player.timeline is not steps
