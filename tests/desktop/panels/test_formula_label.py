"""Typeset formulas in a label: their sizes, their colours, and their text for screen readers."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from chainrule_desktop.panels.chain_rule import Share
from chainrule_desktop.panels.formula_label import EQUALS, FormulaLabel, Segment
from chainrule_desktop.panels.runs import Shade
from chainrule_desktop.panels.share_bars import ShareBars
from chainrule_desktop.theme import Theme

DERIVATIVE = Segment("∂f/∂x", r"\frac{\partial f}{\partial x}", Shade.GRADIENT)
NUMBER = Segment("0.37", shade=Shade.VALUE)
ROW = (DERIVATIVE, EQUALS, NUMBER)


@pytest.fixture
def label(qtbot: QtBot) -> FormulaLabel:
    made = FormulaLabel()
    qtbot.addWidget(made)
    return made


def picture(label: FormulaLabel) -> QImage:
    return label.grab().toImage()


def colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


def test_it_says_its_formula_in_plain_words(label: FormulaLabel, theme: Theme) -> None:
    label.show_rows((ROW, ROW), theme.palette)
    assert label.text() == "∂f/∂x = 0.37\n∂f/∂x = 0.37"
    assert label.accessibleName() == "∂f/∂x = 0.37; ∂f/∂x = 0.37"
    assert label.latex.splitlines()[0] == r"\frac{\partial f}{\partial x} = 0.37 \\"


def test_pieces_have_the_colours_of_the_canvas(label: FormulaLabel, theme: Theme) -> None:
    label.show_rows((ROW,), theme.palette)
    label.resize(label.sizeHint())
    seen = colours(picture(label))
    assert QColor(theme.palette.gradient_on_panel).name() in seen


def test_a_fraction_is_higher_than_a_number(label: FormulaLabel, theme: Theme) -> None:
    label.show_rows(((NUMBER,),), theme.palette)
    low = label.sizeHint().height()
    label.show_rows((ROW,), theme.palette)
    assert label.sizeHint().height() > 1.5 * low


def test_a_long_row_breaks_before_its_equals_signs(label: FormulaLabel, theme: Theme) -> None:
    row = (*ROW, EQUALS, Segment("a long piece"), EQUALS, Segment("another one"))
    label.show_rows((row,), theme.palette)
    wide = label.sizeHint().width()
    assert label.heightForWidth(wide // 2) > label.heightForWidth(wide)


def test_columns_that_are_a_little_too_wide_are_shrunk(label: FormulaLabel, theme: Theme) -> None:
    label.show_rows((ROW, ROW), theme.palette, aligned=True)
    wide = label.sizeHint()
    assert label.heightForWidth(round(wide.width() * 0.8)) < wide.height()


def test_what_can_not_be_set_is_written_as_it_is(label: FormulaLabel, theme: Theme) -> None:
    label.show_rows(((Segment("plain", r"\frac{"),),), theme.palette)
    assert label.sizeHint().width() > 10


def test_it_is_copied_as_text_and_as_latex(label: FormulaLabel, theme: Theme) -> None:
    label.show_rows((ROW,), theme.palette)
    texts = ("∂f/∂x = 0.37", r"\frac{\partial f}{\partial x} = 0.37")
    for action, text in zip(label.actions(), texts, strict=True):
        action.trigger()
        assert QGuiApplication.clipboard().text() == text


def test_shares_are_said_as_well_as_drawn(qtbot: QtBot, theme: Theme) -> None:
    bars = ShareBars()
    qtbot.addWidget(bars)
    bars.show_shares((), theme.palette)
    assert bars.isHidden()
    bars.show_shares((Share("x", 1.0), Share("y", -0.5), Share("z", 1e-6)), theme.palette)
    assert not bars.isHidden()
    says = "Share of the upstream gradient: x gets 100 %; y gets −50 %; z gets ≈ 0 %"
    assert bars.accessibleName() == says
    assert bars.sizeHint().height() >= 3 * bars.fontMetrics().height()
    bars.resize(240, bars.sizeHint().height())
    assert not bars.grab().isNull()
