"""einsum: what its subscripts say, and gradients where letters repeat, broadcast or stand alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.arrays import Floats, Shape, unbroadcast
from chainrule.errors import ParameterError
from chainrule.gates.library.einsum import Einsum

SIZES = {"i": 2, "j": 3, "k": 2}


@pytest.mark.parametrize(
    ("subscripts", "says"),
    [
        ("ij,jk->ik->i", "'ij,jk->ik->i' are no subscripts; write letters for the axes"),
        ("i1->i", "'i1->i' are no subscripts"),
        ("i..j", "'i..j' are no subscripts"),
        ("......", "'......' are no subscripts"),
        ("ij->ii", "the output of 'ij->ii' has 'i' twice; name each of its axes once"),
        ("ij->k", "the output of 'ij->k' has 'k', which no input has; name an axis of an input"),
    ],
)
def test_what_is_no_subscripts_is_refused_when_the_gate_is_made(subscripts: str, says: str) -> None:
    with pytest.raises(ParameterError, match=r"^einsum: ") as caught:
        Einsum(subscripts)
    assert says in str(caught.value)


def test_letters_that_stand_once_are_the_output_in_the_order_of_the_alphabet() -> None:
    assert Einsum("ba").infer_shape((2, 3)) == (3, 2)
    assert Einsum("ij,jk").infer_shape((2, 3), (3, 4)) == (2, 4)
    assert Einsum("aB").infer_shape((2, 3)) == (3, 2)


def test_the_gradient_of_a_diagonal_is_zero_beside_it() -> None:
    x = np.arange(9.0).reshape(3, 3)
    (gradient,) = Einsum("ii").backward(np.float64(2.0), np.float64(12.0), x)
    np.testing.assert_array_equal(gradient, 2.0 * np.eye(3))


def test_a_letter_that_only_one_input_has_gets_the_same_gradient_everywhere() -> None:
    x, y = np.ones((2, 3)), np.array([5.0, 7.0])
    for_x, for_y = Einsum("ij,i->i").backward(np.array([1.0, 10.0]), y, x, y)
    np.testing.assert_array_equal(for_x, [[5.0] * 3, [70.0] * 3])
    np.testing.assert_array_equal(for_y, [3.0, 30.0])


def test_a_matrix_product_has_the_gradients_of_matmul() -> None:
    random = np.random.default_rng(1)
    x, y, upstream = (random.normal(size=shape) for shape in ((2, 3), (3, 4), (2, 4)))
    for_x, for_y = Einsum("ij,jk->ik").backward(upstream, x @ y, x, y)
    np.testing.assert_allclose(for_x, upstream @ y.T)
    np.testing.assert_allclose(for_y, x.T @ upstream)


@given(
    terms=st.lists(st.text("ijk", max_size=3), min_size=1, max_size=3),
    letters=st.sets(st.sampled_from("ijk")),
    narrow=st.sets(st.integers(0, 8)),
    seed=st.integers(0, 99),
)
def test_gradients_are_what_the_sum_says_number_by_number(
    terms: list[str], letters: set[str], narrow: set[int], seed: int
) -> None:
    """The output is linear in each input, so each number's gradient is the output at a unit."""
    output = "".join(sorted(letter for letter in letters if any(letter in each for each in terms)))
    gate = Einsum(f"{','.join(terms)}->{output}")
    random = np.random.default_rng(seed)
    shapes = [_shape(term, number in narrow) for number, term in enumerate(terms)]
    inputs = [random.normal(size=shape)[()] for shape in shapes]
    result = gate.forward(*inputs)
    upstream = random.normal(size=result.shape)[()]
    for port, gradient in enumerate(gate.backward(upstream, result, *inputs)):
        x = inputs[port]
        expected = np.zeros(x.shape)
        for place in np.ndindex(x.shape):
            unit = np.zeros(x.shape)
            unit[place] = 1.0
            moved = gate.forward(*inputs[:port], unit[()], *inputs[port + 1 :])
            expected[place] = np.sum(upstream * moved)
        np.testing.assert_allclose(unbroadcast(gradient, x.shape), expected, atol=1e-12)


def _shape(term: str, narrow: bool) -> Shape:
    """Return sizes by letters, or ones, which broadcast."""
    return tuple(1 if narrow else SIZES[letter] for letter in term)


def test_the_axes_of_an_ellipsis_broadcast_from_the_right() -> None:
    x: Floats = np.ones((4, 1, 3))
    y: Floats = np.ones((2, 3))
    gate = Einsum("...i,...i->...")
    assert gate.infer_shape(x.shape, y.shape) == gate.forward(x, y).shape == (4, 2)
    for_x, for_y = gate.backward(np.ones((4, 2)), np.ones((4, 2)), x, y)
    np.testing.assert_array_equal(unbroadcast(for_x, x.shape), 2.0 * np.ones((4, 1, 3)))
    np.testing.assert_array_equal(unbroadcast(for_y, y.shape), 4.0 * np.ones((2, 3)))
