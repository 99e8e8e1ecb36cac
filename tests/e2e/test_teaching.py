"""Somebody steps through both passes and says something at a step, and trains a line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.e2e.program import Program, begun, nodes_in

_LINE = Path(__file__).parents[2] / "assets" / "examples" / "line-fit.chainrule"


def captions(folder: Path) -> list[tuple[str, str]]:
    """Return at which steps something is said in the graph that is not saved yet, and what."""
    for file in folder.rglob("unsaved/*.chainrule"):
        played = json.loads(file.read_text(encoding="utf-8")).get("playback", {})
        return [(each["step"], each["text"]) for each in played.get("captions", ())]
    return []


def say(program: Program, folder: Path, step: str, words: str) -> None:
    """Write a caption where playback stands, which must be at such a step."""
    before = program.robot.title()
    program.robot.press("ctrl+alt+c")
    program.until_in_front("Caption")
    program.robot.write(words)
    program.robot.press("Return")
    program.until(lambda: (step, words) in captions(folder), f"“{words}” was said at {step}")
    program.until_in_front(before)


@pytest.mark.screen
@pytest.mark.timeout(120)
def test_steps_of_both_passes_are_reached_by_keyboard(tmp_path: Path) -> None:
    with begun(tmp_path) as program:
        robot = program.robot
        robot.press("ctrl+shift+n")
        program.until_in_front("Graph from Formula")
        robot.write("f = (x + y) * z")
        robot.press("Return")
        program.until(lambda: "f" in program.nodes(), "the graph was there")
        program.until_in_front("untitled* – Chainrule")
        # All is known; one step on is the start, and two further both gates are computed.
        say(program, tmp_path, "end", "all is known")
        robot.press("Next")
        say(program, tmp_path, "start", "only inputs have values")
        robot.press("Next", "Next")
        say(program, tmp_path, "forward", "the product")
        robot.press("Next")
        say(program, tmp_path, "seed", "one")
        robot.press("Next", "Next")
        say(program, tmp_path, "backward", "the sum hands its gradient on")
        robot.press("Prior", "Prior")
        say(program, tmp_path, "seed", "the gradient of f by itself")
        assert program.nodes().keys() >= {"x", "y", "z", "f"}


@pytest.mark.screen
@pytest.mark.timeout(120)
def test_a_line_is_fitted_in_the_window_for_training(tmp_path: Path) -> None:
    file = tmp_path / "line.chainrule"
    shutil.copy(_LINE, file)
    before = nodes_in(file)
    with begun(tmp_path) as program:
        robot = program.robot
        robot.press("ctrl+o")
        program.until_in_front("Open Graph")
        robot.write(str(file))
        robot.press("Return")
        program.until_in_front("line.chainrule – Chainrule")
        robot.press("ctrl+alt+t")
        program.until_in_front("Train")
        robot.press("space")
        program.until(program.nodes, "the run had ended and the line had moved")
        robot.press("Escape")
        program.until(lambda: "Chainrule" in robot.title(), "the window was closed")
        robot.press("ctrl+s")
        program.until(lambda: nodes_in(file) != before, "the line was saved")
        after = nodes_in(file)
        assert after["w"]["value"] == pytest.approx(2, abs=0.1)
        assert after["b"]["value"] == pytest.approx(1, abs=0.1)
        robot.press("ctrl+z", "ctrl+s")
        program.until(lambda: nodes_in(file) == before, "the run was undone in one step")
        assert program.quit() == 0
