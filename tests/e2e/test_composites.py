"""Somebody makes one gate of the sigmoid's four, looks inside, and takes it apart again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.program import Program, begun


def gates(program: Program) -> list[str]:
    """Return the kinds of all nodes of the graph, in their order."""
    return sorted(node["gate"] for node in program.nodes().values())


def definition(folder: Path, name: str) -> dict[str, Any]:
    """Return a definition in the graph that is not saved yet; nothing before there is one."""
    for file in folder.rglob("unsaved/*.chainrule"):
        return json.loads(file.read_text(encoding="utf-8")).get("definitions", {}).get(name, {})
    return {}


@pytest.mark.screen
@pytest.mark.timeout(120)
def test_gates_become_one_and_come_apart_by_keyboard(tmp_path: Path) -> None:
    with begun(tmp_path) as program:
        robot = program.robot
        robot.press("ctrl+shift+n")
        program.until_in_front("Graph from Formula")
        robot.write("1/(1 + exp(-x))")
        robot.press("Return")
        staged = ["add_constant", "exp", "input", "mul_constant", "reciprocal"]
        program.until(lambda: gates(program) == staged, "the four gates were there")
        robot.press("ctrl+a", "ctrl+g")
        program.until_in_front("Collapse")
        robot.write("squash")
        robot.press("Return")
        program.until(lambda: gates(program) == ["input", "squash"], "one gate had taken over")
        before = definition(tmp_path, "squash")
        # Enter opens it; what is moved there is moved in the definition.
        robot.press("Return", "ctrl+a", "ctrl+Right")
        program.until(
            lambda: definition(tmp_path, "squash") != before, "the definition had been edited"
        )
        assert gates(program) == ["input", "squash"]
        robot.press("ctrl+shift+o", "ctrl+shift+g")
        program.until(lambda: gates(program) == staged, "the gates were there again")
        robot.press("ctrl+z")
        program.until(lambda: gates(program) == ["input", "squash"], "that was undone")
        robot.press("ctrl+z")
        program.until(lambda: definition(tmp_path, "squash") == before, "and the move inside, too")
        program.robot.press("ctrl+z")
        program.until(lambda: gates(program) == staged, "and the collapse")
