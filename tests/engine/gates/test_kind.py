"""Parameters of gates: read from plain settings, strictly."""

from __future__ import annotations

from typing import Any

import pytest

from chainrule.errors import ParameterError
from chainrule.gates.catalogue import get_kind
from chainrule.gates.library.arithmetic import MulConstant
from chainrule.gates.library.joining import Concat
from chainrule.gates.library.reduction import Sum
from chainrule.gates.library.shaping import Reshape, Transpose

FAULTS: list[tuple[str, dict[str, Any], str]] = [
    ("mul_constant", {}, "mul_constant needs the parameter 'c'; add it"),
    ("add_constant", {}, "add_constant needs the parameter 'c'; add it"),
    ("power", {}, "power needs the parameter 'exponent'; add it"),
    ("reshape", {}, "reshape needs the parameter 'shape'; add it"),
    ("add", {"c": 1}, "add takes no parameters, but 'c' is given; remove it"),
    ("sum", {"axes": 1}, "sum has no parameter 'axes'; it takes axis, keepdims"),
    ("mul_constant", {"c": "two"}, "parameter 'c' must be a finite number, not 'two'"),
    ("mul_constant", {"c": True}, "parameter 'c' must be a finite number, not true"),
    ("mul_constant", {"c": None}, "parameter 'c' must be a finite number, not null"),
    ("mul_constant", {"c": float("inf")}, "parameter 'c' must be a finite number, not inf"),
    ("mul_constant", {"c": 10**400}, "parameter 'c' must be a finite number, not 1000"),
    ("power", {"exponent": [2]}, "parameter 'exponent' must be a finite number, not [2]"),
    ("sum", {"axis": 1.0}, "parameter 'axis' must be an integer, an array of integers, or null"),
    ("sum", {"axis": [0, "1"]}, "parameter 'axis' must be an integer, an array of integers"),
    ("sum", {"axis": False}, "parameter 'axis' must be an integer, an array of integers"),
    ("sum", {"axis": {}}, "parameter 'axis' must be an integer, an array of integers"),
    ("sum", {"axis": [1, 1]}, "sum: axis [1, 1] names an axis twice; name each once"),
    ("mean", {"keepdims": 1}, "mean: parameter 'keepdims' must be true or false, not 1"),
    ("softmax", {"axis": [0, 0]}, "softmax: axis [0, 0] names an axis twice; name each once"),
    ("log_softmax", {"axis": [0, 0]}, "log_softmax: axis [0, 0] names an axis twice"),
    ("concat", {"axis": None}, "concat: parameter 'axis' must be an integer, not null"),
    ("reshape", {"shape": 6}, "reshape: parameter 'shape' must be an array of integers, not 6"),
    ("reshape", {"shape": None}, "reshape: parameter 'shape' must be an array of integers"),
    ("reshape", {"shape": [-1, 2, -1]}, "reshape: shape [-1, 2, -1] leaves several sizes open"),
    ("reshape", {"shape": [2, -3]}, "reshape: shape [2, -3] has a negative size"),
    ("transpose", {"axes": 1}, "parameter 'axes' must be an array of integers, or null"),
    ("transpose", {"axes": [0, 0]}, "transpose: axes [0, 0] are no permutation"),
    ("transpose", {"axes": [0, 2]}, "transpose: axes [0, 2] are no permutation"),
    ("transpose", {"axes": [1, -1]}, "transpose: axes [1, -1] are no permutation"),
]


@pytest.mark.parametrize(("name", "params", "says"), FAULTS)
def test_a_bad_parameter_is_named_with_its_remedy(
    name: str, params: dict[str, Any], says: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        get_kind(name).create(params)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_defaults_are_those_of_the_file_format() -> None:
    assert Sum.create() == Sum(axis=None, keepdims=False)
    assert Concat.create() == Concat(axis=0)
    assert Transpose.create() == Transpose(axes=None)


def test_arrays_become_tuples_so_that_gates_can_be_compared() -> None:
    assert Reshape.create({"shape": [2, -1]}) == Reshape((2, -1))
    assert hash(Sum.create({"axis": [0, 1]})) == hash(Sum((0, 1)))


def test_settings_hold_what_is_required_or_differs_from_the_default() -> None:
    assert MulConstant(-1.0).settings() == {"c": -1.0}
    assert Sum(axis=1).settings() == {"axis": 1}
    assert Sum().settings() == {}


def test_an_absurdly_long_value_is_shortened_in_the_message() -> None:
    with pytest.raises(ParameterError) as caught:
        get_kind("power").create({"exponent": "9" * 100_000})
    assert len(str(caught.value)) < 150
