"""Notes: words and formulas in lines; what can't be set shows as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.diagram.boxes import box_of
from chainrule.diagram.formulas import LONGEST_FORMULA, typeset
from chainrule.diagram.notes import NOTE_SIZE, NOTE_WIDTH, lay_out_note
from chainrule.diagram.primitives import Formula, Text
from chainrule.errors import FormulaError

SIGMOID = r"\sigma(x)=\frac{1}{1+e^{-x}}"


def words(text: str) -> list[str]:
    return [each.text for each in lay_out_note(text).primitives if isinstance(each, Text)]


def formulas(text: str) -> list[str]:
    drawn = lay_out_note(text).primitives
    return [each.formula.source for each in drawn if isinstance(each, Formula)]


def test_text_between_dollars_is_a_formula_on_the_baseline_of_its_line() -> None:
    first, formula, last = lay_out_note(f"the ${SIGMOID}$ gate").primitives
    assert isinstance(formula, Formula)
    assert formula.formula.source == SIGMOID
    assert first.at[1] == formula.at[1] == last.at[1]
    assert first.at[0] < formula.at[0] < formula.at[0] + formula.formula.width < last.at[0]


def test_each_line_of_a_note_is_a_line_and_words_in_a_row_are_one_text() -> None:
    assert words("one two\nthree") == ["one two", "three"]


def test_a_dollar_behind_a_backslash_and_a_lone_one_are_dollars() -> None:
    assert words(r"\$5 or $6") == ["$5 or $6"]
    assert formulas(r"\$5 or $6") == []


def test_two_dollars_set_a_formula_in_display() -> None:
    inline, display = (lay_out_note(f"{each}\\frac{{a}}{{b}}{each}") for each in ("$", "$$"))
    assert display.height > inline.height


def test_a_long_line_is_broken_between_words() -> None:
    layout = lay_out_note("word " * 40)
    assert len(layout.primitives) > 1
    assert layout.width <= NOTE_WIDTH


def test_larger_text_makes_a_larger_note() -> None:
    usual, large = lay_out_note(f"a ${SIGMOID}$"), lay_out_note(f"a ${SIGMOID}$", 2 * NOTE_SIZE)
    assert large.width == pytest.approx(2 * usual.width, rel=0.01)


@pytest.mark.parametrize("source", [r"\frac{1}{", "a^", r"\left( x", r"\foo", r"\input{x}"])
def test_a_formula_that_can_not_be_set_shows_as_typed_with_a_sentence(source: str) -> None:
    layout = lay_out_note(f"see ${source}$")
    assert words(f"see ${source}$") == [f"see ${source}$"]
    (fault,) = layout.faults
    assert source in fault


def test_a_formula_that_is_too_long_is_refused() -> None:
    with pytest.raises(FormulaError, match="split it"):
        typeset("x" * (LONGEST_FORMULA + 1), 12.0)


@pytest.mark.parametrize(
    "source",
    [
        SIGMOID,
        r"\begin{pmatrix}a&b\\c&d\end{pmatrix}",
        r"\frac{\partial L}{\partial W} = X^T \cdot \nabla",
        r"\sqrt[3]{x} + \sum_{i=1}^n x_i \text{ so}",
        r"\boxed{x} \cancel{y} \overline{z}",
    ],
)
def test_a_formula_is_outlines_within_its_box(source: str) -> None:
    made = typeset(source, 14.0)
    assert made.steps
    xs = [x for _, numbers in made.steps for x in numbers[::2]]
    ys = [y for _, numbers in made.steps for y in numbers[1::2]]
    assert min(xs) >= -2.0
    assert max(xs) <= made.width + 2.0
    assert min(ys) >= -made.ascent - 2.0
    assert max(ys) <= made.descent + 2.0


@given(st.text(st.sampled_from("ab $\\{}^_&\n12\x00\x1f"), max_size=30))
def test_any_text_is_laid_out_within_the_size_that_it_says(text: str) -> None:
    layout = lay_out_note(text)
    for primitive in layout.primitives:
        left, top, right, bottom = box_of(primitive)
        assert left >= -0.001
        assert top >= -0.001
        assert right <= layout.width + 0.001
        assert bottom <= layout.height + 0.001
