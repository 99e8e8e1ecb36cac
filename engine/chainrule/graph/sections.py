"""Sections of a graph file that belong to one feature each, such as a script of playback.

They stand beside the fixed keys of the header, as they were read; whoever owns a section says what
of it is sound. What isn't is kept and means nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeAlias, final

from typing_extensions import override

from chainrule.graph.changes import NOTHING, Changes
from chainrule.graph.edits import Edit
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Header

Json: TypeAlias = Any


@final
@dataclass(frozen=True)
class SetSection(Edit):
    """Write something else into a section of the file; None takes the section away."""

    key: str
    content: Json

    @override
    def apply(self, graph: GateGraph) -> Edit:
        before = SetSection(self.key, section_of(graph.header, self.key))
        graph.header = with_section(graph.header, self.key, self.content)
        return before

    @override
    def changes(self) -> Changes:
        return NOTHING


def section_of(header: Header, key: str) -> Json:
    """Return the content of a section as it was read, None where there is none."""
    return header.extras.get(key)


def with_section(header: Header, key: str, content: Json) -> Header:
    """Return a header with another content of a section; sections keep their order."""
    extras = {**header.extras}
    if content is None:
        extras.pop(key, None)
    else:
        extras[key] = content
    return replace(header, extras=MappingProxyType(extras))
