"""The gates that ship with Chainrule; importing this package registers them all."""

from chainrule.gates.library import (
    activation,
    arithmetic,
    elementary,
    linear_algebra,
    reduction,
    selection,
    shaping,
)

__all__ = [
    "activation",
    "arithmetic",
    "elementary",
    "linear_algebra",
    "reduction",
    "selection",
    "shaping",
]
