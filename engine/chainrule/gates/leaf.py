"""The leaves of a graph: nodes that hold a value of their own instead of computing one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, final

from typing_extensions import override

from chainrule.gates.catalogue import register
from chainrule.gates.kind import Group, Kind


class Leaf(Kind):
    """A node without inputs whose value is given. `checked` leaves take part in gradient checks."""

    group = Group.INPUTS
    trained: ClassVar[bool] = False
    checked: ClassVar[bool] = True

    @property
    @final
    @override
    def port_names(self) -> tuple[str, ...]:
        return ()


@register
@final
@dataclass(frozen=True)
class Input(Leaf):
    """Data: what the graph is evaluated at."""

    name = "input"
    summary = "A number or tensor that the graph is evaluated at."
    aliases = ("data", "variable", "x")

    @property
    @override
    def symbol(self) -> str:
        return "x"


@register
@final
@dataclass(frozen=True)
class Parameter(Leaf):
    """A weight: what gradient descent changes."""

    name = "parameter"
    summary = "A weight that gradient descent trains."
    aliases = ("weight", "bias", "w")
    trained = True

    @property
    @override
    def symbol(self) -> str:
        return "w"


@register
@final
@dataclass(frozen=True)
class Constant(Leaf):
    """A fixed number or tensor that is neither data nor trained."""

    name = "constant"
    summary = "A fixed number or tensor, neither data nor trained."
    aliases = ("number", "literal", "c")
    checked = False

    @property
    @override
    def symbol(self) -> str:
        return "c"
