"""What a graph is made of: nodes, wires, and what is said of the graph as a whole."""

from __future__ import annotations

import keyword
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias, final

from chainrule.arrays import Array
from chainrule.errors import NodeNameError
from chainrule.gates.kind import Kind
from chainrule.gates.leaf import Leaf

NodeId: TypeAlias = str
Position: TypeAlias = tuple[float, float]
Points: TypeAlias = tuple[Position, ...]
Extras: TypeAlias = Mapping[str, Any]

NO_EXTRAS: Extras = MappingProxyType({})
NO_ROUTES: Mapping[int, Points] = MappingProxyType({})
MAX_ID_LENGTH = 200


def _no_extras() -> Extras:
    return NO_EXTRAS


def _no_routes() -> Mapping[int, Points]:
    return NO_ROUTES


class Wire(NamedTuple):
    """A wire from a node's output to one input port of another node; ports count from 0."""

    source: NodeId
    target: NodeId
    port: int


@final
@dataclass(frozen=True, slots=True)
class Node:
    """One node: a leaf with a value, or a gate with input ports.

    `ports` is the number of input ports, wired or not. `value` is set for leaves only. `extras`
    are keys of a file that this version doesn't know and keeps; `stated` are the parameters that
    a file states though they have their defaults, so that they stay in it. `routes` are the points
    through which wires into the node are led, by port. A gate that is `muted` passes on its first
    input, see `graph.switches`; a node that is `pinned` shows its numbers in a large read-out.
    Nodes are equal only when they are the same object, since comparing tensors has no single
    answer.
    """

    id: NodeId
    kind: Kind
    ports: int = 0
    value: Array | None = None
    label: str | None = None
    position: Position | None = None
    extras: Extras = field(default_factory=_no_extras)
    stated: frozenset[str] = frozenset()
    routes: Mapping[int, Points] = field(default_factory=_no_routes)
    muted: bool = False
    pinned: bool = False

    @property
    def is_leaf(self) -> bool:
        """Whether the node holds a value of its own."""
        return isinstance(self.kind, Leaf)

    @property
    def passes_on(self) -> bool:
        """Whether the node is muted and has an input to pass on; of others it says nothing."""
        return self.muted and self.ports > 0


@final
@dataclass(frozen=True, slots=True)
class Header:
    """What is said of a graph as a whole; the fields are keys of the file format.

    `output` is the node chosen to be differentiated, None for the only one that nothing reads;
    `seed` its upstream gradient, None for ones. `frames` and `notes` are read by `graph.comments`;
    `view` and `extras` are kept as they are.
    """

    title: str | None = None
    description: str | None = None
    output: NodeId | None = None
    seed: Array | None = None
    frames: Any = None
    view: Any = None
    notes: Any = None
    extras: Extras = field(default_factory=_no_extras)


def python_form(name: str) -> str:
    """Return `name` as Python reads it in a program: the NFKC form, in which two ids can clash."""
    return name if name.isascii() else unicodedata.normalize("NFKC", name)


def check_id(name: str) -> None:
    """Raise NodeNameError unless `name` can be a node's id: an identifier and no keyword."""
    if len(name) > MAX_ID_LENGTH:
        raise NodeNameError(f"a name may have {MAX_ID_LENGTH} characters, this one has {len(name)}")
    if not name.isidentifier():
        raise NodeNameError(
            f"{name!r} is not a name; use letters, digits and _, and no digit at the start"
        )
    if keyword.iskeyword(name):
        raise NodeNameError(f"{name!r} is a word of Python; choose another name, such as {name}_")
