"""The catalogue: what it holds, and what it refuses."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

import pytest
from typing_extensions import override

from chainrule.errors import GateError, UnknownGateError
from chainrule.gates.catalogue import all_kinds, get_kind, has_kind, register, unregister
from chainrule.gates.families import FAMILIES
from chainrule.gates.kind import Group, Kind
from chainrule.gates.leaf import Leaf
from chainrule.gates.library.arithmetic import Add


class _Lonely(Leaf):
    """A leaf of the tests; what it says of itself is up to each of them."""

    name = "lonely"
    summary = "A leaf of the tests."

    @property
    @override
    def symbol(self) -> str:
        return "!"


def test_the_palette_lists_all_gates_group_by_group_in_the_order_of_the_families() -> None:
    shipped = [kind for kind in all_kinds() if kind.__module__.startswith("chainrule.")]
    groups = [kind.group for kind in shipped]
    assert groups == sorted(groups, key=list(Group).index)
    order = [name for names in FAMILIES.values() for name in names]
    for group in Group:
        names = [kind.name for kind in shipped if kind.group is group and group is not Group.INPUTS]
        assert names == sorted(names, key=order.index)


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [
        ("sigmiod", "sigmoid"),
        ("ReLU", "relu"),
        ("Add", "add"),
        ("CAddTable", "add"),
        ("times", "mul"),
        ("log_sum_exp", "logsumexp"),
    ],
)
def test_an_unknown_gate_suggests_the_nearest(wrong: str, nearest: str) -> None:
    with pytest.raises(UnknownGateError, match=f"unknown gate '{wrong}'; did you mean '{nearest}'"):
        get_kind(wrong)


def test_a_gate_unlike_all_others_lists_what_there_is() -> None:
    with pytest.raises(UnknownGateError, match="unknown gate 'qqqqqq'; there are input, parameter"):
        get_kind("qqqqqq")


def test_an_absurdly_long_name_is_shortened() -> None:
    with pytest.raises(UnknownGateError) as caught:
        get_kind("z" * 100_000)
    assert "'" + "z" * 37 + "...'" in str(caught.value)
    assert len(str(caught.value)) < 500


def test_a_taken_name_is_refused() -> None:
    @dataclass(frozen=True)
    class Imposter(_Lonely):
        name = "add"

    with pytest.raises(GateError, match="the name 'add' is taken by Add; choose another"):
        register(Imposter)
    assert get_kind("add") is Add


def test_registering_the_same_class_again_changes_nothing() -> None:
    before = all_kinds()
    assert register(Add) is Add
    assert all_kinds() == before


def test_a_name_that_is_no_identifier_is_refused() -> None:
    @dataclass(frozen=True)
    class Spaced(_Lonely):
        name = "two words"

    with pytest.raises(GateError, match="must be an identifier, not 'two words'; rename the gate"):
        register(Spaced)


def test_a_class_that_says_too_little_is_refused() -> None:
    @dataclass(frozen=True)
    class Bare(Kind):
        group = Group.ARITHMETIC

    with pytest.raises(GateError, match=r"Bare lacks name, summary, port_names, symbol; add them"):
        register(Bare)


def test_a_class_that_is_no_dataclass_is_refused() -> None:
    with pytest.raises(GateError, match=r"_Lonely is no dataclass; put @dataclass\(frozen=True\)"):
        register(_Lonely)
    assert not has_kind("lonely")


def test_unregistering_what_is_not_registered_is_ignored() -> None:
    before = all_kinds()
    unregister(_Lonely)
    assert all_kinds() == before


def test_the_families_list_the_gates_that_their_modules_register() -> None:
    library = "chainrule.gates.library."
    found: dict[str, set[str]] = {}
    for kind in all_kinds():
        if kind.__module__.startswith(library):
            found.setdefault(kind.__module__.removeprefix(library), set()).add(kind.name)
    assert found == {family: {*names} for family, names in FAMILIES.items()}


def test_one_gate_is_had_without_importing_the_families_of_others() -> None:
    code = (
        "import sys; from chainrule.gates.catalogue import get_kind; get_kind('add'); "
        "print([each for each in sys.modules if each.startswith('chainrule.gates.library.')])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "['chainrule.gates.library.arithmetic']"


def test_a_name_that_ships_is_taken_before_its_family_is_imported() -> None:
    code = """
from dataclasses import dataclass
from chainrule.errors import GateError
from chainrule.gates.catalogue import get_kind, register
relu = get_kind("relu")
try:
    register(type("Own", (relu.__mro__[1],), {**vars(relu), "name": "conv2d", "__module__": "own"}))
except GateError as error:
    print(error)
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "'conv2d' is taken" in said.stdout
