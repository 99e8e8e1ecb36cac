"""Tooltips say what is under the pointer, with the numbers of the moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chainrule.graph.node import Wire
from chainrule_desktop.document.values import parse_value
from tests.desktop.easel import Easel, middle_of_wire, tooltip

EMPTY = (300.0, 330.0)

TOOLTIPS: dict[str, tuple[Callable[[Easel], tuple[float, float]], str]] = {
    "node": (lambda easel: easel.body("q"), "add q, inputs x and y, value 3, gradient −4."),
    "output": (lambda easel: easel.output("q"), "Output of q: drag a wire"),
    "wire": (
        lambda easel: middle_of_wire(easel, Wire("z", "f", 1)),
        "Wire from z to input 2 of f, value −4, gradient 3.",
    ),
    "nothing": (lambda _: EMPTY, ""),
}


@pytest.mark.parametrize("part", TOOLTIPS)
def test_the_tooltip_says_what_is_under_the_pointer(easel: Easel, part: str) -> None:
    where, says = TOOLTIPS[part]
    said = tooltip(easel, where(easel))
    assert said.startswith(says)
    assert bool(said) == bool(says)


def test_the_tooltip_follows_the_numbers(easel: Easel) -> None:
    assert "value 3" in tooltip(easel, easel.body("q"))
    easel.editor.set_value("x", parse_value("7"))
    assert "value 12" in tooltip(easel, easel.body("q"))
