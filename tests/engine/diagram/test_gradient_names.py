"""What a gradient is called in each notation, as text and typeset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.diagram.formulas import typeset
from chainrule.diagram.gradient_names import (
    Notation,
    gradient_latex,
    gradient_text,
    latex_name,
    local_latex,
)


@pytest.mark.parametrize(
    ("notation", "text", "latex"),
    [
        (Notation.LEIBNIZ, "∂f/∂w₀", r"\frac{\partial f}{\partial w_{0}}"),
        (Notation.SHORT, "dw₀", "d w_{0}"),
        (Notation.ADJOINT, "w\u0304₀", r"\overline{w_{0}}"),
        (Notation.NABLA, "∇w₀ f", r"\nabla_{w_{0}} f"),
    ],
)
def test_each_notation_has_its_text_and_its_latex(
    notation: Notation, text: str, latex: str
) -> None:
    assert gradient_text(notation, "f", "w₀") == text
    assert gradient_latex(notation, "f", "w₀") == latex


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        *(("x", "x"), ("w10", "w_{10}"), ("σ", r"\sigma"), ("β2", r"\beta_{2}")),
        *(("score", r"\mathrm{score}"), ("my_loss", r"\mathrm{my\_loss}")),
    ],
)
def test_names_become_latex(name: str, latex: str) -> None:
    assert latex_name(name) == latex


@given(name=st.text(st.sampled_from("abw0 _%#&${}\\^~σ₀∂×.-<>'\"é"), min_size=1, max_size=8))
def test_whatever_a_node_is_called_its_gradient_can_be_set(name: str) -> None:
    assert typeset(local_latex("L", name), 16.0, display=True).width > 0.0
