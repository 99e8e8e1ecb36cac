"""Generated and real data: a seed always gives the same rows, of the shape that is asked for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.errors import TrainingError
from chainrule.training import datasets
from chainrule.training.generators import GENERATORS, generate, two_moons
from chainrule.training.sources import Generated, InFile, Kept, Shipped, load


@given(st.sampled_from([*GENERATORS]), st.integers(2, 200), st.integers(0, 1000))
def test_a_seed_gives_as_many_rows_as_asked_for_and_always_the_same(
    name: str, rows: int, seed: int
) -> None:
    table, again = generate(name, rows, 0.1, seed), generate(name, rows, 0.1, seed)
    np.testing.assert_array_equal(table.numbers, again.numbers)
    assert len(table) == rows
    assert np.isfinite(table.numbers).all()


@pytest.mark.parametrize("name", [each for each, of in GENERATORS.items() if of.classes])
def test_every_class_has_its_share_of_the_rows(name: str) -> None:
    counts = np.bincount(generate(name, 300, 0.1, 0).column("class").astype(int))
    assert len(counts) == GENERATORS[name].classes
    assert counts.min() > 0.8 * 300 / len(counts)


def test_moons_without_noise_lie_on_two_half_circles() -> None:
    table = two_moons(100, noise=0.0)
    upper = table.take(("x1", "x2"))[table.column("class") == 0]
    np.testing.assert_allclose(np.hypot(*upper.T), 1.0)
    assert upper[:, 1].min() > -1e-12


def test_the_line_without_noise_is_the_line() -> None:
    table = generate("line", 20, 0.0, 0)
    np.testing.assert_allclose(table.column("y"), 2 * table.column("x") + 1)


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (("circle", 10, 0.1, 0), "no generator is called 'circle'; take one of moons"),
        (("moons", 1, 0.1, 0), "1 rows can't be made"),
        (("moons", 10, -1.0, 0), "the noise is -1"),
        (("moons", 10, 0.1, -1), "the seed is -1"),
    ],
)
def test_what_can_not_be_made_is_refused(ask: tuple, says: str) -> None:
    with pytest.raises(TrainingError, match=says):
        generate(*ask)


def test_the_penguins_are_those_of_palmer_station() -> None:
    table = datasets.penguins()
    assert table.classes["species"] == ("Adelie", "Chinstrap", "Gentoo")
    assert len(table) == 333
    assert 30 < table.column("bill_length_mm").min() < table.column("bill_length_mm").max() < 60
    assert load(Shipped()).columns == table.columns


def test_without_their_package_it_is_said_how_to_get_the_penguins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(datasets, "find_spec", lambda _: None)
    with pytest.raises(TrainingError, match=r'pip install "chainrule\[data\]"'):
        datasets.penguins()


def test_a_source_is_loaded_from_where_it_is(tmp_path) -> None:
    (tmp_path / "rows.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    assert len(load(InFile("rows.csv"), tmp_path)) == 1
    table = load(Generated("xor", 10, 0.0, 1))
    assert load(Kept(table)) is table
    with pytest.raises(TrainingError, match="no data set is called 'iris'"):
        load(Shipped("iris"))
