"""The widths that drawings are laid out with are those of the bundled font."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetricsF

from chainrule.diagram.text import FONT_FAMILY, text_width
from chainrule.gates.catalogue import all_kinds
from chainrule_desktop.figures.application import prepare_painting

SYMBOLS = sorted({kind.create().symbol for kind in all_kinds() if not kind.parameters()})
NUMBERS = [
    "−0.20",
    "[1.00, −2.00]",
    "1.2e−10",
    "3 × 4",
    "?",
    "∞",
    "w₀",
    "5 long",
    "log softmax",
    "±2.3",
    "→ 4 × 3",
    "Σ all",
]


@pytest.mark.parametrize("text", [*SYMBOLS, *NUMBERS])
@pytest.mark.parametrize("italic", [False, True])
def test_a_text_is_as_wide_as_it_is_thought_to_be(text: str, italic: bool) -> None:
    prepare_painting()
    font = QFont(FONT_FAMILY)
    font.setPixelSize(1000)
    font.setItalic(italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    measured = QFontMetricsF(font).horizontalAdvance(text)
    # Pairs such as "Re" are set closer together by kerning, which drawings need not know.
    assert 0.99 * measured <= text_width(text, 1000) <= 1.05 * measured
