"""Somebody opens the program and draws the lecture's neuron: w x, sums, ×(−1), exp, +1, 1/x."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.canvas import Canvas
from tests.e2e.program import Nodes, nodes_in, open_program, seen
from tests.e2e.screen import open_screen

_CASES = Path(__file__).parents[1] / "cases" / "lecture.json"


def add_leaves(canvas: Canvas) -> None:
    """Add weights and inputs in all ways that there are, each with its value."""
    canvas.add_by_search("w0", (280, 180), down=1)
    canvas.type_value("w0", 2)
    canvas.add_by_search("x0", (280, 260))
    canvas.type_value("x0", -1)
    canvas.add_by_double_click("w1", (280, 360), down=1)
    canvas.add_by_double_click("x1", (280, 440))
    canvas.rename(canvas.add_from_palette("parameter", (280, 560)), "w2")
    canvas.click_and_type_value("w2", -3)
    canvas.double_click_and_type_value("w1", -3)
    canvas.double_click_and_type_value("x1", -2)


def add_gates(canvas: Canvas) -> None:
    """Add the gates from left to right and wire each to what is before it."""
    products = (
        canvas.add_by_search("mul", (430, 220)),
        canvas.add_from_palette("mul", (430, 400)),
    )
    for number, product in enumerate(products):
        canvas.wire(f"w{number}", product)
        canvas.wire(f"x{number}", product)
    scores = canvas.add_from_palette("add", (560, 310))
    for product in products:
        canvas.wire(product, scores)
    before = canvas.add_by_double_click("add", (690, 435))
    canvas.wire(scores, before)
    canvas.wire("w2", before)
    for gate, column in (("mul_constant", 810), ("exp", 930), ("add_constant", 1050)):
        add = canvas.add_from_palette if gate == "exp" else canvas.add_by_search
        after = add(gate, (column, 435))
        canvas.wire(before, after)
        before = after
    canvas.add_at_wire(before, "reciprocal", (1170, 435))


def evaluated(file: Path) -> dict[str, Any]:
    """Return what `chainrule eval` says of a file."""
    command = [sys.executable, "-P", "-m", "chainrule", "eval", "--json", str(file)]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return json.loads(said)


def parts_played(nodes: Nodes, node: str, roles: Nodes, role: str) -> dict[str, str]:
    """Return the role of `node` and of all that it depends on; fail where it can't have it."""
    assert nodes[node]["gate"] == roles[role]["gate"], f"{node} as {role}"
    inputs, wanted = nodes[node].get("inputs", []), roles[role].get("inputs", [])
    found = {node: role}
    for source, part in zip(inputs, wanted, strict=True):
        found |= parts_played(nodes, source, roles, part)
    return found


def assert_agrees_with_lecture(file: Path) -> None:
    """Compare the numbers at all nodes and on all wires with the lecture's."""
    cases = json.loads(_CASES.read_text(encoding="utf-8"))
    case = next(each for each in cases if each["name"] == "sigmoid-neuron-staged")
    found, expected = evaluated(file), case["expected"]
    roles = {node["id"]: node for node in case["graph"]["nodes"]}
    parts = parts_played(nodes_in(file), found["output"], roles, expected["output"])
    assert sorted(parts.values()) == sorted(roles)
    for node, numbers in found["nodes"].items():
        assert numbers == pytest.approx(expected["nodes"][parts[node]], rel=1e-9, abs=0), node
    wires = {(wire["target"], wire["port"]): wire for wire in expected["edges"]}
    assert len(found["edges"]) == len(wires)
    for wire in found["edges"]:
        assert wire["grad"] == pytest.approx(
            wires[parts[wire["target"]], wire["port"]]["grad"], rel=1e-9, abs=0
        )


@pytest.mark.screen
@pytest.mark.timeout(120)
def test_a_neuron_drawn_with_mouse_and_keyboard_has_the_lectures_numbers(tmp_path: Path) -> None:
    said, file = tmp_path / "program.txt", tmp_path / "neuron.chainrule"
    with (
        open_screen(tmp_path) as screen,
        open_program(screen, said) as program,
        seen(screen, said),
    ):
        program.begin()
        canvas = Canvas(program)
        add_leaves(canvas)
        add_gates(canvas)
        canvas.click_and_type_value("w0", 1)
        program.undo()
        canvas.until_value("w0", 2)
        program.save_as(file)
        assert program.quit() == 0
    assert said.read_text() == ""
    assert nodes_in(file)["w0"]["value"] == 2
    assert_agrees_with_lecture(file)
