"""Typed tensors: makers and arithmetic give the numbers of NumPy, and nothing is ever run."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule.errors import ExpressionError
from chainrule.expression import graph_from_formula
from chainrule.expression.makers import MAKERS
from chainrule.expression.tensors import LONGEST_TEXT, names_maker, parse_tensor

EXPECTED = {
    "3": 3.0,
    "-2.5e-3": -0.0025,
    "−3": -3.0,
    "[[1, 2], [3, 4]]": [[1.0, 2.0], [3.0, 4.0]],
    "[inf, -inf]": [np.inf, -np.inf],
    "pi": np.pi,
    "zeros(2, 3)": np.zeros((2, 3)),
    "zeros((2, 3))": np.zeros((2, 3)),
    "ones(3)": np.ones(3),
    "full((2, 2), 7)": np.full((2, 2), 7.0),
    "full(2, 2, 7)": np.full((2, 2), 7.0),
    "full(3, value=-1)": np.full(3, -1.0),
    "eye(3)": np.eye(3),
    "eye(2, 3)": np.eye(2, 3),
    "diag([1, 2])": np.diag([1.0, 2.0]),
    "arange(4)": np.arange(4.0),
    "arange(1, 2, 0.25)": np.arange(1, 2, 0.25),
    "arange(3, 0, -1)": [3.0, 2.0, 1.0],
    "linspace(0, 1, 5)": np.linspace(0, 1, 5),
    "linspace(0, 1, num=3)": [0.0, 0.5, 1.0],
    "one_hot([0, 2], 3)": [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]],
    "one_hot([1, 0])": [[0.0, 1.0], [1.0, 0.0]],
    "0.5 * ones(2) + 1": [1.5, 1.5],
    "2 ** arange(4)": [1.0, 2.0, 4.0, 8.0],
    "ones(2, 1) * [1, 2]": [[1.0, 2.0], [1.0, 2.0]],
    "arange(6).reshape(2, 3)": [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]],
    "arange(6).reshape(2, 3).T": [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]],
    "eye(2).reshape(-1)": [1.0, 0.0, 0.0, 1.0],
    "[ones(2), zeros(2)]": [[1.0, 1.0], [0.0, 0.0]],
}
FAULTS = {
    "": "can't be read",
    "randn(3, 4": "can't be read",
    "(" * 5000: "can't be read",
    "1" * 30_000: "may be typed in",
    "zeros(0)": "from 1 on",
    "zeros(2.5)": "from 1 on",
    "zeros(5000, 5000)": "25,000,000 numbers",
    "zeros(10 ** 9, 10 ** 9, 10 ** 9)": "1e+27 numbers",
    "ones(4000, 1) * ones(1, 4000)": "more than 10,000,000",
    "ones(3) + ones(2)": "shapes (3,) and (2,)",
    "randn": "write randn(3, 4, seed=1)",
    "randn(3, seed=-1)": "seed must be a whole number",
    "randn(3, sed=1)": "no argument 'sed'",
    "randn(3, seed=nan)": "seed must be a whole number",
    "full(3)": "a value are needed",
    "eye(2, 3, 4)": "at most 2",
    "diag(eye(2))": "on a diagonal",
    "arange(1, 1)": "no number",
    "arange(0, 1, 0)": "numbers",
    "arange(0, 1, 1e-9)": "1,000,000,000 numbers",
    "linspace(0, 1, 1e9)": "1,000,000,000 numbers",
    "linspace(0, inf)": "finite",
    "one_hot([0, 5], 3)": "class 5",
    "one_hot([0.5])": "whole numbers",
    "one_hot([0], 1e9)": "1,000,000,000 numbers",
    "randint(3, 1, 2)": "the first one less",
    "arange(6).reshape(4)": "6 numbers do not fill",
    "[]": "at least one number",
    "[[1, 2], [3]]": "equal length",
    "True": "no number",
    "'text'": "only numbers",
    "x": "no number",
    "sum([1, 2])": "makes no tensor",
    "rand(2)[0]": "only numbers",
    "rand(2).__class__": "only numbers",
    "rand(2).tofile('x')": "can't be called",
    "(lambda: 1)()": "can't be called",
    "__import__('os').system('true')": "can't be called",
    "[x for x in rand(2)]": "only numbers",
}


@pytest.mark.parametrize("text", EXPECTED)
def test_a_text_gives_the_tensor_that_it_describes(text: str) -> None:
    value = parse_tensor(text)
    assert value.dtype == np.float64
    np.testing.assert_array_equal(value, EXPECTED[text])


@pytest.mark.parametrize("text", FAULTS, ids=lambda text: text[:30])
def test_what_makes_no_tensor_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_tensor(text)
    assert FAULTS[text] in caught.value.problem
    assert len(caught.value.problem) < 250


@pytest.mark.parametrize("name", MAKERS)
def test_the_example_of_every_maker_works(name: str) -> None:
    assert parse_tensor(MAKERS[name].example).size > 0


@pytest.mark.parametrize("name", ["rand", "randn"])
def test_random_numbers_are_those_of_the_seed(name: str) -> None:
    np.testing.assert_array_equal(
        parse_tensor(f"{name}(2, 3)"), parse_tensor(f"{name}(2,3,seed=0)")
    )
    assert (parse_tensor(f"{name}(5, seed=1)") != parse_tensor(f"{name}(5, seed=2)")).all()


def test_random_numbers_come_from_pcg64() -> None:
    expected = np.random.Generator(np.random.PCG64(7)).standard_normal((3, 4))
    np.testing.assert_array_equal(parse_tensor("randn(3, 4, seed=7)"), expected)


def test_random_whole_numbers_lie_between_their_bounds() -> None:
    labels = parse_tensor("randint(0, 10, (4, 25), seed=3)")
    assert labels.shape == (4, 25)
    assert set(labels.ravel()) <= set(range(10))


def test_a_negative_unit_matrix_has_plain_zeros() -> None:
    assert not np.signbit(parse_tensor("-eye(2)")).reshape(4)[1]


@pytest.mark.parametrize("text", ["randn(3)", "2 * ones (3)", "[1, eye(2)]"])
def test_a_text_that_calls_a_maker_is_known(text: str) -> None:
    assert names_maker(text)


@pytest.mark.parametrize("text", ["3", "[1, 2]", "randn", "matones(3)", "exp(x)"])
def test_other_texts_call_none(text: str) -> None:
    assert not names_maker(text)


def test_the_longest_text_is_stated() -> None:
    with pytest.raises(ExpressionError, match=f"{LONGEST_TEXT:,}"):
        parse_tensor("[" + "1, " * LONGEST_TEXT + "1]")


def test_a_formula_makes_tensors_where_it_names_a_maker() -> None:
    graph = graph_from_formula("W = randn(2, 3, seed=1); s = W @ x")
    np.testing.assert_array_equal(graph.node("W").value, parse_tensor("randn(2, 3, seed=1)"))


def test_a_formula_says_where_a_maker_fails() -> None:
    with pytest.raises(ExpressionError) as caught:
        graph_from_formula("s = x * zeros(0)")
    assert caught.value.column == 9
