"""The checker of overlaps finds what it should; a check that finds nothing proves nothing."""

from __future__ import annotations

from chainrule.diagram.ink import Role
from chainrule.diagram.primitives import Anchor, Circle, Element, Primitive, Stroke, Text
from tests.helpers.overlaps import overlapping_bodies, overlapping_texts, struck_texts

GATE = Circle((0, 0), 20, Role.GATE_FILL, Role.OUTLINE, 1.2)


def element(name: str, *primitives: Primitive) -> Element:
    return Element(name, "gate", "", primitives)


def number(x: float, y: float) -> Text:
    return Text((x, y), "1.00", 13, Anchor.MIDDLE, Role.VALUE)


def test_two_numbers_over_each_other_are_found() -> None:
    assert len(overlapping_texts([element("a", number(50, 0)), element("b", number(60, 9))])) == 1
    assert overlapping_texts([element("a", number(50, 0)), element("b", number(50, 14))]) == []


def test_a_number_over_a_gate_is_found() -> None:
    assert len(overlapping_texts([element("a", GATE, number(30, 0))])) == 1
    assert overlapping_texts([element("a", GATE, number(36, 0))]) == []


def test_a_symbol_in_its_own_gate_is_none() -> None:
    symbol = Text((0, 5), "×", 16, Anchor.MIDDLE, Role.TEXT)
    assert overlapping_texts([element("a", GATE, symbol)]) == []


def test_two_gates_over_each_other_are_found() -> None:
    other = Circle((30, 0), 20, Role.GATE_FILL, Role.OUTLINE, 1.2)
    assert len(overlapping_bodies([element("a", GATE), element("b", other)])) == 1


def test_a_wire_through_a_number_is_found() -> None:
    curve = Stroke((0, -40), (((50, -40), (50, 40), (100, 40)),))
    assert len(struck_texts([element("w", curve), element("a", number(50, 4))])) == 1
    assert struck_texts([element("w", curve), element("a", number(50, 60))]) == []
