"""Element formulas: as the lecture's handout writes them, and true at every index."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pytest

from chainrule import Graph

SHAPES = {
    "W": (3, 4),
    "V": (4, 3),
    "x": (4,),
    "X": (5, 3),
    "B": (2, 5, 3),
    "Q": (3, 3),
    "s": (),
    "b": (4,),
}


@cache
def graph() -> Graph:
    """Return one graph of many gates on arrays of names and shapes as above."""
    g = Graph()
    rng = np.random.default_rng(0)
    for name, shape in SHAPES.items():
        g.input(name, rng.normal(size=shape)[()])
    g.input("u", [0.0, 1.0, 1.0, 0.0])
    g.matmul(g["W"], g["x"], name="y")
    g.matmul(g["X"], g["W"], name="Y")
    g.matmul(g["B"], g["W"], name="Z")
    g.linear(g["X"], g["V"], g["b"], name="L")
    g.einsum(g["X"], g["W"], subscripts="ij,jk->ik", name="E")
    g.einsum(g["Q"], subscripts="ii", name="t")
    g.einsum(g["x"], g["b"], g["V"], subscripts="i,i,ij->j", name="e")
    g.mean(g["X"], axis=0, name="m")
    g.sum(g["X"], name="S")
    g.softmax(g["x"], name="p")
    g.softmax(g["X"], axis=1, name="P")
    g.log_softmax(g["x"], name="l")
    g.relu(g["x"], name="r")
    g.add(g["W"], g["x"], name="a")
    g.mul(g["s"], g["x"], name="c")
    g.power(g["x"], 3, name="q")
    g.transpose(g["X"], name="T")
    g.reshape(g["X"], [15], name="R")
    g.amax(g["X"], axis=0, name="M")
    g.sigmoid(g["s"], name="k")
    g.where(g["u"], g["x"], g["b"], name="w")
    g.take(g["x"], g["u"], name="g")
    g.reshape(g["s"], [1], name="z")
    g.stack(g["s"], 2.0, name="h")
    g.dot(g["x"], g["b"], name="d")
    g.outer(g["x"], g["b"], name="o")
    g.output = "k"
    g.forward()
    return g


@pytest.mark.parametrize(
    ("target", "source", "element", "derivative"),
    [
        ("y", "x", "yᵢ = Σⱼ Wᵢⱼ xⱼ", "∂yᵢ/∂xⱼ = Wᵢⱼ"),
        ("y", "W", "yᵢ = Σⱼ Wᵢⱼ xⱼ", "∂yᵢ/∂Wₖⱼ = xⱼ if k = i, else 0"),
        ("Y", "X", "Yᵢⱼ = Σₖ Xᵢₖ Wₖⱼ", "∂Yᵢⱼ/∂Xₗₖ = Wₖⱼ if l = i, else 0"),
        ("Z", "B", "Zᵢⱼₖ = Σₗ Bᵢⱼₗ Wₗₖ", "∂Zᵢⱼₖ/∂Bₘₙₗ = Wₗₖ if m = i and n = j, else 0"),
        ("L", "V", "Lᵢⱼ = Σₖ Vⱼₖ Xᵢₖ + bⱼ", "∂Lᵢⱼ/∂Vₗₖ = Xᵢₖ if l = j, else 0"),
        ("L", "b", "Lᵢⱼ = Σₖ Vⱼₖ Xᵢₖ + bⱼ", "∂Lᵢⱼ/∂bₗ = 1 if l = j, else 0"),
        ("E", "W", "Eᵢⱼ = Σₖ Xᵢₖ Wₖⱼ", "∂Eᵢⱼ/∂Wₖₗ = Xᵢₖ if l = j, else 0"),
        ("t", "Q", "t = Σᵢ Qᵢᵢ", "∂t/∂Qᵢⱼ = 1 if j = i, else 0"),
        ("m", "X", "mᵢ = 1/5 Σⱼ Xⱼᵢ", "∂mᵢ/∂Xⱼₖ = 1/5 if k = i, else 0"),
        ("S", "X", "S = Σᵢ Σⱼ Xᵢⱼ", "∂S/∂Xᵢⱼ = 1"),
        ("p", "x", "pᵢ = exp(xᵢ)/(Σⱼ exp(xⱼ))", "∂pᵢ/∂xⱼ = pᵢ (1[i = j] − pⱼ)"),
        ("l", "x", "lᵢ = xᵢ − log Σⱼ exp(xⱼ)", "∂lᵢ/∂xⱼ = 1[i = j] − exp(lⱼ)"),
        ("r", "x", "rᵢ = max(0, xᵢ)", "∂rᵢ/∂xⱼ = 1[xᵢ > 0] if j = i, else 0"),
        ("a", "x", "aᵢⱼ = Wᵢⱼ + xⱼ", "∂aᵢⱼ/∂xₖ = 1 if k = j, else 0"),
        ("c", "s", "cᵢ = s · xᵢ", "∂cᵢ/∂s = xᵢ"),
        ("T", "X", "Tᵢⱼ = Xⱼᵢ", "∂Tᵢⱼ/∂Xₖₗ = 1 if k = j and l = i, else 0"),
        ("R", "X", "Rᵢ = X[π(i)]", "∂Rᵢ/∂Xⱼₖ = 1 if (j, k) = π(i), else 0"),
        ("k", "s", "k = 1/(1 + exp(−s))", "∂k/∂s = (1 − k)k"),
        (
            *("w", "x", "wᵢ = 1[uᵢ > 1/2] xᵢ + 1[uᵢ ≤ 1/2] bᵢ"),
            "∂wᵢ/∂xⱼ = 1[uᵢ > 1/2] if j = i, else 0",
        ),
        ("g", "x", "gᵢ = x[π(i)]", "∂gᵢ/∂xⱼ = 1 if j = π(i), else 0"),
        ("z", "s", "zᵢ = s", "∂zᵢ/∂s = 1"),
        ("d", "x", "d = Σᵢ xᵢ bᵢ", "∂d/∂xᵢ = bᵢ"),
        ("o", "b", "oᵢⱼ = xᵢ bⱼ", "∂oᵢⱼ/∂bₖ = xᵢ if k = j, else 0"),
    ],
)
def test_one_element_is_written_as_a_sum_and_differentiated(
    target: str, source: str, element: str, derivative: str
) -> None:
    formula = graph().jacobian(target, source).formula()
    assert formula is not None
    assert formula.element.plain == element
    assert formula.derivative.plain == derivative
    for each in (formula.element, formula.derivative):
        assert each.latex.count("{") == each.latex.count("}")


@pytest.mark.parametrize(
    ("target", "source", "row", "column", "says"),
    [
        ("y", "x", 2, 3, r"∂y₃/∂x₄ = W₃₄ = "),
        ("y", "W", (0,), (1, 2), "∂y₁/∂W₂₃ = 0, since 2 ≠ 1"),
        ("S", "X", 0, 14, "∂S/∂X₅₃ = 1"),
        ("r", "x", 1, 0, "∂r₂/∂x₁ = 0, since 1 ≠ 2"),
        ("R", "X", 4, (1, 1), "∂R₅/∂X₂₂ = 1, since R₅ = X₂₂"),
        ("R", "X", 4, (1, 2), "∂R₅/∂X₂₃ = 0, since R₅ = X₂₂"),
        ("P", "X", (0, 0), (1, 0), "∂P₁₁/∂X₂₁ = 0, since they are in different slices"),
        ("p", "x", 0, 1, "∂p₁/∂x₂ = −p₁ p₂ = "),
    ],
)
def test_indices_become_numbers_that_count_from_one_as_in_the_lecture(
    target: str, source: str, row: int, column: int, says: str
) -> None:
    assert graph().jacobian(target, source).formula_at(row, column).plain.startswith(says)


def test_indices_count_from_zero_where_that_is_asked_for() -> None:
    jacobian = graph().jacobian("y", "x")
    assert jacobian.formula_at(2, 3, origin=0).plain.startswith("∂y₂/∂x₃ = W₂₃ = ")
    formula = jacobian.formula(origin=0)
    assert formula is not None
    assert r"\sum_{j=0}^{3}" in formula.element.latex


def test_long_indices_are_set_apart_by_commas() -> None:
    g = Graph()
    g.matmul(g.input("W", np.ones((2, 20))), g.input("x", np.ones(20)), name="y")
    g.forward()
    formula = g.jacobian("y", "x").formula_at(0, 16)
    assert formula.plain == "∂y₁/∂x₁₇ = W₁,₁₇ = 1"
    assert formula.latex.endswith("W_{1,17} = 1")


ELEMENT = re.compile(r"([A-Za-z])([₀-₉]*)")
DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


@pytest.mark.parametrize(
    ("target", "source"),
    ["yx", "yW", "YX", "YW", "ZW", "LX", "LV", "Lb", "EX", "tQ", "ex", "eV", "cs", "dx", "ob"],
)
def test_the_product_that_a_formula_names_is_the_entry(target: str, source: str) -> None:
    g = graph()
    jacobian = g.jacobian(target, source)
    for row in range(jacobian.rows):
        for column in range(jacobian.columns):
            text = jacobian.formula_at(row, column).plain.split(" = ")[1].split(",")[0]
            value = 1.0
            for name, digits in ELEMENT.findall("" if text in ("0", "1") else text):
                places = tuple(int(each.translate(DIGITS)) - 1 for each in digits)
                value *= float(np.ravel(np.array(g.value(name))[places])[0])
            value = 0.0 if text == "0" else value
            assert value == pytest.approx(jacobian.entry(row, column), rel=1e-12)


def test_a_gate_without_a_formula_has_numbers_only() -> None:
    jacobian = graph().jacobian("M", "X")
    assert jacobian.formula() is None
    assert re.fullmatch(r"∂M₁/∂X₁₁ = [01]", jacobian.formula_at(0, 0).plain)


def test_positions_and_single_numbers_among_others_have_no_formula_that_would_mislead() -> None:
    positions, number = graph().jacobian("g", "u"), graph().jacobian("h", "s")
    assert positions.formula() is None
    assert positions.formula_at(0, 1).plain == "∂g₁/∂u₂ = 0, since g₁ is no element of it"
    assert number.formula() is None
    assert number.formula_at(0, 0).plain == "∂h₁/∂s = 1, since h₁ = s"


def test_a_zero_has_no_sign() -> None:
    g = Graph()
    g.div(g.input("x", 0.0), g.input("y", 2.0), name="f")
    g.forward()
    assert g.jacobian("f", "y").formula_at(0, 0).plain == "∂f/∂y = −x/y² = 0"


def test_several_gates_on_the_way_have_numbers_only() -> None:
    g = Graph()
    x = g.input("x", [1.0, 2.0])
    g.sum(g.square(x, name="q"), name="s")
    g.forward()
    jacobian = g.jacobian("s", "x")
    assert jacobian.formula() is None
    assert jacobian.formula_at(0, 1).plain == "∂s/∂x₂ = 4"
