"""A port from which a wire is pulled whose other end is nowhere yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from chainrule.graph.node import NodeId


@final
@dataclass(frozen=True, slots=True)
class LooseEnd:
    """A port from which a wire is pulled: the output of `node`, or its input `port`."""

    node: NodeId
    port: int | None = None
