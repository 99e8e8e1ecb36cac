"""Tensors in the inspector: their numbers where they fit, else their range."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from chainrule.arrays import as_array
from chainrule_desktop.panels.runs import Shade
from chainrule_desktop.panels.tensor_label import MOST_COLUMNS, TensorLabel, tensor_html
from chainrule_desktop.theme import Scheme, palette_for

PALETTE = palette_for(Scheme.LIGHT)


def html_of(value: object) -> str:
    return tensor_html(as_array(value), 2, Shade.GRADIENT, PALETTE)  # pyright: ignore[reportArgumentType]


def test_a_matrix_is_a_table_with_a_row_for_each_of_its_rows() -> None:
    html = html_of([[1.0, -2.0], [0.5, 4.0], [0.0, 1.0]])
    assert html.count("<tr>") == 3
    assert html.count("<td") == 6
    assert "−2.00" in html
    assert PALETTE.gradient_on_panel in html


def test_what_is_wide_ends_in_dots_and_says_its_range() -> None:
    html = html_of([list(range(12))])
    assert html.count("<td") == MOST_COLUMNS + 1
    assert "…" in html
    assert "from 0.00 to 11.00" in html


def test_more_axes_have_only_a_range() -> None:
    html = html_of(np.arange(24.0).reshape(2, 3, 4))
    assert "<table" not in html
    assert "2 × 3 × 4, from 0.00 to 23.00" in html


def test_numbers_that_are_not_finite_are_counted() -> None:
    assert "1 not finite" in html_of(np.array([[[1.0, np.nan]]]))
    assert "no number of it is finite" in html_of(np.array([[[np.inf]]]))


@pytest.mark.parametrize("value", [None, np.float64(3.0), np.array([1.0, 2.0])])
def test_what_stands_on_the_line_above_is_not_shown_again(qtbot: QtBot, value: object) -> None:
    label = TensorLabel(Shade.VALUE)
    qtbot.addWidget(label)
    label.show_tensor(value, 2, PALETTE)  # pyright: ignore[reportArgumentType]
    assert label.isHidden()
