"""The gates that ship with Chainrule; importing this package registers them all."""

from chainrule.gates.library import (
    activation,
    arithmetic,
    convolution,
    elementary,
    linear_algebra,
    reduction,
    selection,
    shaping,
    transposed_convolution,
)

__all__ = [
    "activation",
    "arithmetic",
    "convolution",
    "elementary",
    "linear_algebra",
    "reduction",
    "selection",
    "shaping",
    "transposed_convolution",
]
