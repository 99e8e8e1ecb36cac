"""Gates in lists are told by symbols that can be read."""

from __future__ import annotations

import math

import pytest
from PySide6.QtGui import QFont

from chainrule.diagram.bodies import RADIUS
from chainrule.diagram.text import text_width
from chainrule.gates.catalogue import all_kinds
from chainrule.gates.kind import Kind
from chainrule_desktop.search.gate_picture import LIST_SCALE, list_body_of, list_scale
from chainrule_desktop.theme.style import interface_font


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)
def test_a_symbol_in_the_palette_is_large_enough_and_within_its_outline(kind: type[Kind]) -> None:
    body = list_body_of(kind)
    width = text_width(body.symbol, body.symbol_size)
    assert LIST_SCALE * body.symbol_size >= 6.5
    if body.half_width == RADIUS:
        # The corners of its letters, of which the highest have some three quarters of the size.
        assert math.hypot(width / 2, 0.36 * body.symbol_size) < RADIUS
    assert width < 2 * body.half_width - 2


def test_names_begin_at_one_place_for_most_gates() -> None:
    widths = [list_body_of(kind).half_width for kind in all_kinds()]
    assert widths.count(RADIUS) > 0.75 * len(widths)


def test_pictures_grow_with_the_letters_beside_them() -> None:
    assert list_scale(interface_font()) == LIST_SCALE
    assert list_scale(interface_font(projector=True)) > LIST_SCALE
    assert list_scale(QFont("DejaVu Sans", 4)) == LIST_SCALE
