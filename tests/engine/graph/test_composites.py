"""Composite gates as kinds, and how large they get."""

from __future__ import annotations

import pytest

from chainrule.errors import CycleError
from chainrule.graph.composites import Composite, check_nesting, expansion_sizes, kind_name
from tests.helpers.random_graphs import build, definition_of, kind_of

SQUARE = definition_of("my_square", ("a",), build({"a": 1.0}, {"s": ("square", "a")}))
TWICE = definition_of(
    "twice",
    ("a",),
    build(
        {"a": 1.0},
        {"s": (Composite("my_square", ("a",)), "a"), "t": (Composite("my_square", ("a",)), "s")},
    ),
)


def test_a_composite_is_called_by_its_definition_and_has_its_leaves_as_ports() -> None:
    kind = Composite("my_square", ("a",))
    assert (kind_name(kind), kind.symbol, kind.port_names) == ("my_square", "my_square", ("a",))
    assert kind_name(kind_of("add")) == "add"


def test_sizes_multiply_as_definitions_nest() -> None:
    definitions = {"my_square": SQUARE, "twice": TWICE}
    assert expansion_sizes(definitions) == {"my_square": 3, "twice": 8}


def test_a_missing_definition_counts_as_one() -> None:
    assert expansion_sizes({"twice": TWICE}) == {"twice": 4}


def test_a_definition_in_itself_is_a_cycle() -> None:
    kind = Composite("loop", ("a",))
    loop = definition_of("loop", ("a",), build({"a": 1.0}, {"s": (kind, "a")}))
    check_nesting({"my_square": SQUARE, "twice": TWICE})
    with pytest.raises(CycleError, match=r"^loop: a composite gate can't contain itself"):
        check_nesting({"my_square": SQUARE, "loop": loop})
