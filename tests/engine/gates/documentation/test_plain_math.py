"""Formulas of gates read well on one line."""

from __future__ import annotations

import pytest

from chainrule.gates.catalogue import all_kinds
from chainrule.gates.documentation.plain_math import plain_math
from chainrule.gates.gate import Gate


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"\frac{1}{1 + e^{-x}}", "1/(1 + exp(−x))"),
        (r"-\frac{1}{x^{2}}", "−1/x²"),
        (r"\frac{1}{2 \sqrt{x}}", "1/(2√x)"),
        (r"exponent \cdot x^{exponent - 1}", "exponent · x^(exponent − 1)"),
        (r"\mathbf{1}[x \geq y]", "1[x ≥ y]"),
        (r"\left| x \right|", "|x|"),
        (r"y^{T}", "yᵀ"),
        (r"x \cdot \Phi(x)", "x · Φ(x)"),
        (r"\frac{1}{n} (x - \bar{x})", "1/n(x − x̄)"),
        (r"\min(0, negative\_slope \cdot x)", "min(0, negative_slope · x)"),
        (r"f_{i} = \sum_{j \leq i} x_{j}", "fᵢ = Σ[j ≤ i] xⱼ"),
        (r"\max_{i} x_{i}", "maxᵢ xᵢ"),
        (r"\sin(\pi x)", "sin(πx)"),
    ],
)
def test_formulas_become_plain_text(latex: str, plain: str) -> None:
    assert plain_math(latex) == plain


def test_ports_and_output_get_the_names_of_nodes() -> None:
    assert plain_math("(1 - f) f", {"f": "s"}) == "(1 − s)s"
    assert plain_math("e^{x}", {"x": "n"}) == "exp(n)"
    assert plain_math(r"negative\_slope \cdot x", {"negative_slope": "0.1"}) == "0.1 · x"


@pytest.mark.parametrize("kind", [each for each in all_kinds() if issubclass(each, Gate)])
def test_no_formula_of_the_catalogue_keeps_any_latex(kind: type[Gate]) -> None:
    for latex in (kind.formula, *kind.derivatives):
        assert not set(plain_math(latex)) & set("\\{}")
