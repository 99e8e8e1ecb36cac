"""The table of rules: from a gate's name to what its backward does, as gates."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from chainrule.autodiff.gradient_graph.rules import (
    activations,
    arithmetic,
    losses,
    normalising,
    placing,
    products,
    tensors,
    windows,
)
from chainrule.autodiff.gradient_graph.terms import Rule

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        **arithmetic.RULES,
        **activations.RULES,
        **tensors.RULES,
        **losses.RULES,
        **normalising.RULES,
        **products.RULES,
        **placing.RULES,
        **windows.RULES,
    }
)
