"""The catalogue: what it holds, and what it refuses."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from typing_extensions import override

from chainrule.errors import GateError, UnknownGateError
from chainrule.gates.catalogue import all_kinds, get_kind, has_kind, register, unregister
from chainrule.gates.kind import Group, Kind
from chainrule.gates.leaf import Leaf
from chainrule.gates.library.arithmetic import Add

PALETTE = {
    Group.INPUTS: "input parameter constant",
    Group.ARITHMETIC: (
        "add mul sub div neg reciprocal mul_constant add_constant identity gradient_reversal"
    ),
    Group.SELECTION: "where max min clip",
    Group.ELEMENTARY: (
        "exp log sqrt square power abs erf erfc exp2 expm1 log1p log2 log10 logaddexp cbrt rsqrt "
        "pow hypot"
    ),
    Group.TRIGONOMETRY: "sin cos tan asin acos atan atan2 sinc sinh cosh asinh acosh atanh",
    Group.ACTIVATION: (
        "sigmoid tanh relu softplus softmax softmin log_softmax relu6 leaky_relu prelu elu selu "
        "celu rrelu gelu silu mish logsigmoid softsign tanhshrink hardtanh hardsigmoid hardswish "
        "hardshrink softshrink threshold"
    ),
    Group.REDUCTION: "sum mean logsumexp",
    Group.MATRICES: "matmul",
    Group.SHAPING: "transpose reshape concat",
    Group.LOSS: (
        "binary_cross_entropy binary_cross_entropy_with_logits hinge_loss soft_margin_loss "
        "hinge_embedding_loss cross_entropy nll_loss kl_div l1_penalty l2_penalty "
        "cosine_embedding_loss margin_ranking_loss triplet_margin_loss poisson_nll_loss "
        "gaussian_nll_loss svm_loss multi_margin_loss multilabel_margin_loss mse_loss "
        "weighted_mse_loss l1_loss smooth_l1_loss huber_loss"
    ),
    Group.LAYER: "dropout dropout2d linear bilinear embedding",
}


class _Lonely(Leaf):
    """A leaf of the tests; what it says of itself is up to each of them."""

    name = "lonely"
    summary = "A leaf of the tests."

    @property
    @override
    def symbol(self) -> str:
        return "!"


def test_the_palette_lists_all_gates_group_by_group() -> None:
    expected = [(group, name) for group, names in PALETTE.items() for name in names.split()]
    assert [(kind.group, kind.name) for kind in all_kinds()] == expected


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
