"""The structure of matrices that are seen, and what is said of it."""

from __future__ import annotations

import numpy as np
import pytest

from chainrule import Graph
from chainrule.arrays import Floats
from chainrule.autodiff.jacobian.matrices import Gathering, Mapped, Selection, SharedOut, Zero
from chainrule.autodiff.jacobian.recognising import recognise, structure_of
from chainrule.autodiff.jacobian.structure import Certainty, Form, Structure, said_bytes

RNG = np.random.default_rng(0)
BAND = np.triu(np.tril(np.ones((12, 12)), 1), -1)
BLOCKS = np.kron(np.eye(3), RNG.normal(size=(2, 4)))


@pytest.mark.parametrize(
    ("entries", "form", "detail"),
    [
        (np.zeros((3, 4)), Form.ZERO, ""),
        (np.diag([1.0, 0.0, 3.0]), Form.DIAGONAL, ""),
        (np.eye(4)[[2, 0, 3, 1]], Form.PERMUTATION, ""),
        (2.0 * np.eye(4)[[2, 0, 3, 1]], Form.SELECTION, ""),
        (np.eye(4)[[2, 2, 0]], Form.SELECTION, ""),
        (BLOCKS, Form.BLOCK_DIAGONAL, "3 blocks of 2 × 4"),
        (np.kron(np.eye(3), np.ones((1, 4))), Form.BLOCK_DIAGONAL, "3 blocks of 1 × 4"),
        (BAND, Form.BANDED, "1 beside the diagonal"),
        (np.tril(np.ones((6, 6))), Form.DENSE, ""),
        (np.outer(np.arange(1.0, 7.0), np.ones(5)), Form.LOW_RANK, "rank 1"),
        (RNG.normal(size=(5, 6)), Form.DENSE, ""),
        (np.kron(np.ones((1, 5)), np.eye(10)), Form.SPARSE, ""),
        (np.hstack([np.eye(10)] * 2 + [np.zeros((10, 30))]), Form.SPARSE, ""),
    ],
)
def test_the_form_of_a_matrix_is_seen(entries: Floats, form: Form, detail: str) -> None:
    structure = recognise(entries)
    assert (structure.form, structure.detail) == (form, detail)
    assert structure.nonzeros == np.count_nonzero(entries)


@pytest.mark.parametrize(
    "matrix",
    [
        Zero(3, 4),
        Selection(np.array([2, -1, 0]), np.array([1.0, 5.0, 3.0]), 4),
        Gathering(np.array([0, 2, -1, 2]), np.array([1.0, 2.0, 7.0, 3.0]), 3),
        SharedOut(np.ones(4), np.array([0, 1, 0, 1]), np.arange(4.0), np.ones(4)),
        Mapped(
            Selection(np.array([1, 0, -1]), np.array([2.0, 3.0, 9.0]), 2),
            SharedOut(np.ones(2), np.array([0, 0]), np.arange(2.0), np.ones(2)),
        ),
    ],
    ids=lambda matrix: type(matrix).__name__,
)
def test_a_known_matrix_counts_at_least_its_entries(matrix: object) -> None:
    assert isinstance(matrix, Zero | Selection | Gathering | SharedOut | Mapped)
    rows, columns = matrix.shape
    entries = matrix.block(np.arange(rows), np.arange(columns))
    assert entries.shape == (rows, columns)
    structure = structure_of(matrix)
    assert np.count_nonzero(entries) <= structure.nonzeros <= structure.size
    some = matrix.block(np.array([1]), np.array([1, 0]))
    np.testing.assert_array_equal(some, entries[[1]][:, [1, 0]])


@pytest.mark.parametrize(
    ("structure", "words"),
    [
        (Structure(Form.DENSE, 1, 1, Certainty.KNOWN), "a single number"),
        (Structure(Form.DENSE, 6, 6, Certainty.COUNTED), "dense: all 6 entries are nonzero"),
        (
            Structure(Form.BLOCK_DIAGONAL, 8, 16, Certainty.PROBED, "2 blocks of 2 × 2"),
            "block-diagonal (2 blocks of 2 × 2): 8 of 16 entries can be nonzero",
        ),
        (
            Structure(Form.SPARSE, 10, 4000, Certainty.ESTIMATED),
            "sparse: about 10 of 4,000 entries are nonzero",
        ),
    ],
)
def test_a_structure_is_said_in_words(structure: Structure, words: str) -> None:
    assert structure.words == words


@pytest.mark.parametrize(
    ("size", "says"),
    [(96, "96 bytes"), (1536, "1.5 KB"), (128 * 2**20, "128 MB"), (2**30 * 1020, "1,020 GB")],
)
def test_memory_is_said_in_words(size: int, says: str) -> None:
    assert said_bytes(size) == says


@pytest.mark.parametrize(
    ("subscripts", "form"),
    [("ij->ji", Form.PERMUTATION), ("ij->ij", Form.DIAGONAL), ("ij,ij->ji", Form.SPARSE)],
)
def test_sums_of_single_products_are_called_what_they_are(subscripts: str, form: Form) -> None:
    g = Graph()
    inputs = [g.input(name, RNG.normal(size=(2, 3))) for name in "xy"[: subscripts.count(",") + 1]]
    g.einsum(*inputs, subscripts=subscripts, name="f")
    g.forward()
    assert g.jacobian("f", "x").structure.form is form
