"""Recipes in files: what is written is read again, and what is malformed means nothing."""

from __future__ import annotations

from dataclasses import fields, replace
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule import Graph
from chainrule.errors import TrainingError
from chainrule.files import dumps, loads
from chainrule.graph.node import Header
from chainrule.graph.sections import SetSection, with_section
from chainrule.training.clipping import Clipping
from chainrule.training.datasets import penguins
from chainrule.training.encoding import Encoding, Feeding
from chainrule.training.generators import two_moons
from chainrule.training.metrics import Decision
from chainrule.training.optimisers import OPTIMISERS, SGD, Adam
from chainrule.training.recipe_json import SECTION, recipe_json, recipe_of
from chainrule.training.recipes import Recipe
from chainrule.training.schedules import SCHEDULES, ConstantRate
from chainrule.training.sources import Generated, InFile, Kept, Shipped
from chainrule.training.suggesting import suggested_feeds, with_suggestions
from chainrule.training.tables import read_table_text
from tests.engine.training.networks import layers, neuron
from tests.golden.training_examples import EXAMPLES, FOLDER

TABLE = read_table_text("x,kind\n1,b\n2.5,a\n")

recipes = st.builds(
    Recipe,
    optimiser=st.sampled_from([kind(0.25, weight_decay=0.5) for kind in OPTIMISERS]),
    schedule=st.sampled_from([kind(warm_up=3) for kind in SCHEDULES]),
    clipping=st.sampled_from([Clipping(), Clipping(norm=2.0), Clipping(1.0, 0.5)]),
    source=st.sampled_from(
        [None, Generated("xor", 50, 0.0, 7), InFile("a.csv"), Shipped(), Kept(TABLE, "pasted")]
    ),
    feeds=st.sampled_from([{}, {"x": Feeding(("a", "b")), "y": Feeding(("c",), Encoding.SIGNS)}]),
    holds_data=st.booleans(),
    prediction=st.sampled_from([None, "score"]),
    label=st.sampled_from([None, "kind"]),
    decision=st.sampled_from(Decision),
    batch=st.sampled_from([None, 1, 32]),
    test_share=st.sampled_from([0.0, 0.2]),
    seed=st.integers(0, 9),
    steps=st.sampled_from([None, 1, 500]),
)


def read(section: object) -> Recipe:
    found = recipe_of(with_section(Header(), SECTION, section))
    assert found is not None
    return found


@given(recipes)
def test_a_recipe_comes_back_from_a_file(recipe: Recipe) -> None:
    graph = neuron().gates
    SetSection(SECTION, recipe_json(recipe)).apply(graph)
    again = recipe_of(loads(dumps(graph)).header)
    assert again is not None
    for each in fields(Recipe):
        one, other = getattr(recipe, each.name), getattr(again, each.name)
        if isinstance(one, Kept):
            assert isinstance(other, Kept)
            np.testing.assert_array_equal(one.table.numbers, other.table.numbers)
            assert one.table.classes == other.table.classes
        else:
            assert one == other


def test_a_file_without_the_section_has_no_recipe() -> None:
    assert recipe_of(Header()) is None


@given(
    st.dictionaries(
        st.sampled_from(["optimiser", "schedule", "clip", "data", "inputs", "batch", "steps"]),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(max_size=4) | st.integers(),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
        ),
    )
)
def test_what_is_malformed_means_nothing(section: dict) -> None:
    assert isinstance(read(section), Recipe)


@pytest.mark.parametrize(
    ("number", "words"),
    [(2, ["a", "b"]), (-1, ["a", "b"]), (0.5, ["a", "b"]), (0, []), (0, "ab"), (1, ["a", 7, "b"])],
)
def test_a_table_whose_numbers_count_none_of_their_words_means_nothing(
    number: float, words: object
) -> None:
    table = {"columns": ["x", "kind"], "rows": [[5, 0], [6, number]], "classes": {"kind": words}}
    assert read({"data": table}).source is None


def test_a_setting_out_of_its_range_has_its_default() -> None:
    found = read({"optimiser": {"name": "adam", "learning_rate": -3, "beta1": 0.5, "beta2": "x"}})
    assert found.optimiser == Adam(beta1=0.5)
    assert read({"schedule": {"name": "nonsense"}}).schedule == ConstantRate()


def test_unknown_keys_are_kept() -> None:
    assert recipe_json(read({"optimiser": {"name": "sgd"}, "later": 1}))["later"] == 1


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_what_its_builder_makes(name: str) -> None:
    assert dumps(EXAMPLES[name]()) == (FOLDER / f"{name}.chainrule").read_bytes()


def test_a_renamed_node_is_known_by_its_new_name() -> None:
    recipe = Recipe(feeds={"x": Feeding(("a",))}, prediction="p").renamed("x", "z")
    assert recipe.renamed("p", "q") == replace(
        recipe, feeds=MappingProxyType({"z": Feeding(("a",))}), prediction="q"
    )


@pytest.mark.parametrize(
    "wrong",
    [{"batch": 0}, {"test_share": 1.0}, {"seed": -1}, {"steps": 0}],
)
def test_a_recipe_that_makes_no_sense_is_refused(wrong: dict) -> None:
    with pytest.raises(TrainingError):
        Recipe(SGD(), **wrong)


def test_columns_find_the_inputs_that_they_fit() -> None:
    feeds = suggested_feeds(neuron().gates, two_moons())
    assert feeds == {
        "x1": Feeding(("x1",)),
        "x2": Feeding(("x2",)),
        "y": Feeding(("class",)),
    }
    assert suggested_feeds(layers().gates, two_moons()) == {
        "X": Feeding(("x1", "x2")),
        "y": Feeding(("class",)),
    }


def test_a_recipe_for_other_rows_keeps_what_fits_them() -> None:
    feeds = {"X": Feeding(("x1", "x2"), Encoding.SCALED), "y": Feeding(("class",))}
    kept = with_suggestions(Recipe(feeds=feeds), layers().gates, two_moons())
    assert kept.feeds == feeds
    assert (kept.label, kept.decision) == ("class", Decision.SIGN)
    line = read_table_text("x,y\n1,2\n3,4.5")
    assert with_suggestions(Recipe(), layers().gates, line).decision is Decision.NONE


def test_penguins_find_a_network_and_are_scaled() -> None:
    g = Graph()
    X, y = g.input("X", np.zeros((6, 4))), g.input("y", np.zeros(6))
    g.output = g.cross_entropy(g.matmul(X, g.parameter("W", np.zeros((4, 3)))), y)
    recipe = with_suggestions(Recipe(), g.gates, penguins())
    measures = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")
    assert recipe.feeds == {"X": Feeding(measures, Encoding.SCALED), "y": Feeding(("species",))}
    assert (recipe.label, recipe.decision) == ("species", Decision.ARGMAX)
