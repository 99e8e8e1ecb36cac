"""Codes of kinds: one for all that compute the same, and none shared by two that do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from typing_extensions import override

from chainrule.gates.kind import Group, Kind
from chainrule.graph.codes import KindCodes
from chainrule.graph.composites import Composite
from tests.helpers.random_graphs import kind_of


@final
class Opaque(Kind):
    """A kind that does not say of what it is made."""

    name = "opaque"
    group = Group.SHAPING
    summary = "Nothing."

    @property
    @override
    def port_names(self) -> tuple[str, ...]:
        return ()

    @property
    @override
    def symbol(self) -> str:
        return "?"


@final
@dataclass(frozen=True)
class Holding(Kind):
    """A kind with a field that is no plain setting."""

    value: object

    name = "holding"
    group = Group.SHAPING
    summary = "Nothing."

    @property
    @override
    def port_names(self) -> tuple[str, ...]:
        return ()

    @property
    @override
    def symbol(self) -> str:
        return "?"


def test_equal_kinds_share_a_code_and_others_do_not() -> None:
    coding = KindCodes()
    kinds = [
        kind_of("add"),
        kind_of("mul"),
        kind_of("mul_constant", c=0.0),
        kind_of("mul_constant", c=-0.0),
        kind_of("add_constant", c=0.0),
        Composite("one", ("x",)),
        Composite("two", ("x",)),
    ]
    assert [coding.code(each) for each in kinds] == [*range(7)]
    assert coding.kinds == kinds
    assert coding.code(kind_of("mul")) == 1
    assert coding.code(kind_of("mul_constant", c=-0.0)) == 3
    assert coding.code(Composite("one", ("x",))) == 5


def test_a_kind_that_is_not_plain_settings_stands_for_itself() -> None:
    coding = KindCodes()
    kinds: list[Kind] = [Opaque(), Opaque(), Holding([]), Holding([])]
    assert [coding.code(each) for each in kinds] == [0, 1, 2, 3]
    assert [coding.code(each) for each in kinds] == [0, 1, 2, 3]
