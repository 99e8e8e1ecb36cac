"""Somebody gets an exercise, types all answers, and hands in a file that earns every point."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.program import begun

# Of (x + z) y at (2, 2, −2): q, f, and the gradients of q, x, z and y.
_ANSWERS = ("4", "-8", "-2", "-2", "-2", "4")


def graded(file: Path) -> tuple[int, float]:
    """Return with which status `chainrule grade` ends, and how many points it gives."""
    out = file.with_suffix(".json")
    command = [sys.executable, "-P", "-m", "chainrule", "grade", str(file), "--json", str(out)]
    status = subprocess.run(command, capture_output=True, check=False).returncode
    return status, json.loads(out.read_text(encoding="utf-8"))["score"]


@pytest.mark.screen
@pytest.mark.timeout(120)
def test_an_exercise_is_filled_and_graded_by_keyboard(tmp_path: Path) -> None:
    file = tmp_path / "sheet.chainrule"
    with begun(tmp_path) as program:
        robot = program.robot
        robot.press("ctrl+alt+shift+n")
        program.until_in_front("New Exercise")
        robot.press("Return")
        program.until(lambda: "Chainrule" in robot.title(), "the exercise was shown")
        robot.press("F4")
        for answer in _ANSWERS[:-1]:
            robot.write(answer)
            robot.press("Tab")
        robot.write("5")
        robot.press("Return")
        program.save_as(file)
        assert graded(file) == (1, 5.0)
        # The last one was wrong. Enter has gone on to the first, which has the last before it.
        robot.press("shift+F4")
        robot.write(_ANSWERS[-1])
        robot.press("Return", "ctrl+s")
        program.until(lambda: graded(file) == (0, 6.0), "the file earned every point")
        assert program.quit() == 0
