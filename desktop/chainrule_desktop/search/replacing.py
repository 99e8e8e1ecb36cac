"""What a search offers in the place of a gate: the kinds that take the wires that it has."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from chainrule.gates.catalogue import all_kinds
from chainrule.gates.gate import Gate
from chainrule.gates.kind import Kind
from chainrule.graph.node import NodeId
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.fitting import takes_wires_of
from chainrule_desktop.search.composites import composite_kinds
from chainrule_desktop.search.gates import entry_of
from chainrule_desktop.search.matching import Index, matched_letters
from chainrule_desktop.search.popup import Finder
from chainrule_desktop.search.row import LazyRows, Row


def replacements(
    editor: Editor, node_id: NodeId, replace: Callable[[NodeId, str], object]
) -> Finder:
    """Return the finder of gates for the place of a node; `replace` gets it and a gate's name."""
    document = editor.document
    own = type(document.graph.node(node_id).kind)
    kinds: list[type[Kind]] = [
        kind
        for kind in all_kinds()
        if kind is not own and issubclass(kind, Gate) and takes_wires_of(document, node_id, kind())
    ]
    ports = document.graph.node(node_id).ports
    composites = composite_kinds(document.graph, editor.library.shelves)
    kinds += [kind for kind in composites if kind().takes_ports(ports)]
    # Of the same group first: a max for a min.
    kinds.sort(key=lambda kind: kind.group is not own.group)
    index = Index(map(entry_of, kinds))

    def row(kind: type[Kind], typed: str) -> Row:
        letters = matched_letters(kind.name, typed)
        choose = partial(replace, node_id, kind.name)
        return Row(kind.name, choose, kind.summary, kind.group.value, letters, kind)

    def rows(typed: str) -> LazyRows:
        found = index.find(typed)
        return LazyRows(len(found), lambda at: row(kinds[found[at]], typed))

    return rows
