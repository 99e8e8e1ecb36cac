"""A port from which a wire is pulled whose other end is nowhere yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from chainrule.graph.node import NodeId, Wire


@final
@dataclass(frozen=True, slots=True)
class LooseEnd:
    """A port from which a wire is pulled: the output of `node`, or its input `port`.

    What is wired to an output may be put into a wire that leads on from there, `onto`.
    """

    node: NodeId
    port: int | None = None
    onto: Wire | None = None
