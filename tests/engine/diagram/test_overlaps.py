"""The checker of overlaps finds what it should; a check that finds nothing proves nothing."""

from __future__ import annotations

from chainrule.diagram.ink import Role
from chainrule.diagram.primitives import Anchor, Circle, Element, Primitive, Stroke, Text
from tests.helpers.overlaps import (
    overlapping_bodies,
    overlapping_texts,
    pierced_bodies,
    struck_texts,
    wires_along_others,
)

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


def wire(name: str, *corners: tuple[float, float]) -> Element:
    stroke = Stroke(corners[0], tuple((corner,) for corner in corners[1:]), Role.WIRE)
    return Element(name, "wire", "", (stroke,))


def test_a_wire_through_a_gate_is_found_even_through_that_at_its_end() -> None:
    through, beside = wire("wire-a-b-0", (-60, 0), (60, 0)), wire("wire-a-b-0", (-60, 0), (-20, 0))
    assert len(pierced_bodies([through, element("node-b", GATE)])) == 1
    assert pierced_bodies([beside, element("node-b", GATE)]) == []


def test_a_wire_along_one_from_another_source_is_found() -> None:
    one = wire("wire-a-c-0", (0, 0), (80, 0), (80, 60))
    along, across = wire("wire-b-d-0", (40, 0), (80, 0)), wire("wire-b-d-0", (40, -30), (40, 30))
    assert len(wires_along_others([one, along])) == 1
    assert wires_along_others([one, across]) == []
    assert wires_along_others([one, wire("wire-a-d-0", (40, 0), (80, 0))]) == []


def test_the_symbol_of_a_muted_gate_has_ink_around_its_middle_alone() -> None:
    symbol = Text((0, 5), "take", 14, Anchor.MIDDLE, Role.MUTED)
    port = Circle((-17, 11), 3.5, Role.BACKGROUND, Role.PROBLEM, 1.4)
    assert overlapping_texts([element("a", GATE, symbol, port)]) == []
    below = Circle((-12, 0), 3.5, Role.BACKGROUND, Role.PROBLEM, 1.4)
    assert len(overlapping_texts([element("a", GATE, symbol, below)])) == 1
