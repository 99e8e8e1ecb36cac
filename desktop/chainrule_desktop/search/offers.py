"""What a search on the canvas offers: gates, numbers, names, formulas, and nodes that are there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import Final, final

from chainrule.arrays import Array
from chainrule.diagram.numbers import format_dimensions
from chainrule.errors import ChainruleError, ShapeError
from chainrule.gates.catalogue import all_kinds, has_kind
from chainrule.gates.gate import Gate
from chainrule.gates.kind import Group, Kind
from chainrule.gates.leaf import Constant, Input, Leaf, Parameter
from chainrule.graph.composites import kind_name
from chainrule.graph.node import NodeId, Position, Wire, check_id
from chainrule.graph.queries import listed
from chainrule_desktop.document.adding import (
    Formula,
    add_formula,
    add_gate,
    add_leaf,
    read_formula,
)
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.fitting import first_fitting_port, open_ports, sources_for
from chainrule_desktop.document.loose_end import LooseEnd
from chainrule_desktop.document.values import parse_value, typed_value
from chainrule_desktop.messages import count, explain
from chainrule_desktop.search.composites import composite_kinds
from chainrule_desktop.search.gates import entry_of
from chainrule_desktop.search.matching import Entry, Index, matched_letters, plain
from chainrule_desktop.search.row import LazyRows, Row

_FIRST_GATES: Final = 4
_MOST_NODES: Final = 20
_MOST_LOOKED_AT: Final = 400
_LEAVES: Final = (Input(), Parameter(), Constant())


@final
@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is to be added, and the loose end that it is for, if there is one."""

    place: Position
    end: LooseEnd | None = None


@final
class Offers:
    """What can be added at a spot. Made when a search begins, and asked at every key.

    `used` hears the name of each kind that is added; `recent` are those used last, the newest
    first.
    """

    def __init__(
        self, editor: Editor, spot: Spot, recent: Sequence[str], used: Callable[[str], object]
    ) -> None:
        self._editor = editor
        self._spot = spot
        self._used = used
        self._ports = _fitting(editor, spot.end)
        place = {name: at for at, name in enumerate(recent)}
        kinds = sorted(self._ports, key=lambda kind: place.get(kind.name, len(place)))
        self._kinds = tuple(kinds)
        self._gates = Index(entry_of(kind) for kind in kinds)
        self._recent = frozenset(recent)
        plugs = spot.end is not None and spot.end.onto is None
        self._nodes = _nodes_of(editor) if plugs else Index(())

    def rows(self, typed: str) -> LazyRows:
        """Return what may be meant, the likeliest first."""
        kinds = [self._kinds[row] for row in self._gates.find(typed)]
        meant = [kind for kind in kinds if _begins(kind, typed)] if typed else kinds
        meant = meant or [kind for kind in kinds if _shortens(kind, typed)]
        if typed:
            # Of those that begin so, sums and products before losses: mul for `mult`.
            meant.sort(key=lambda kind: (not _is_called(kind, typed), _GROUPS.index(kind.group)))
        first = meant[:_FIRST_GATES]
        others = [kind for kind in kinds if kind not in first]
        gates = [self._gate(kind, typed) for kind in first]
        own, there = [*self._made_of(typed)], self._nodes_there(typed)
        named = [row for row in there if row.title == typed]
        there = [row for row in there if row.title != typed]
        rows = [*own, *gates, *there] if _means_itself(typed) else [*gates, *there, *own]
        rows = [*named, *rows]
        before = len(rows)

        def row(at: int) -> Row:
            return rows[at] if at < before else self._gate(others[at - before], typed)

        return LazyRows(before + len(others), row)

    def _gate(self, kind: type[Kind], typed: str) -> Row:
        port, end = self._ports[kind], self._spot.end
        newest = "used before" if kind.name in self._recent and not typed else kind.group.value
        into = self._port_in_words(kind, port) if end is not None and end.port is None else ""
        alias = _alias_meant(kind, typed)
        return Row(
            kind.name,
            partial(self._add_gate, kind, port),
            kind.summary + into,
            f"{alias}, {newest}" if alias else newest,
            () if alias else matched_letters(kind.name, typed),
            kind,
        )

    def _port_in_words(self, kind: type[Kind], port: int) -> str:
        gate, end = kind(), self._spot.end
        names = gate.port_names
        if end is None or len(names) < 2:
            return ""
        return f" {end.node} becomes its input {names[port]}."

    def _made_of(self, typed: str) -> Iterator[Row]:
        """Yield what can be made of what was typed itself: a value, a name, a formula."""
        end = self._spot.end
        feeds = end is None or end.port is not None
        if not typed:
            return
        value = _value(typed)
        if value is not None:
            if feeds:
                yield self._constant(typed, value)
            return
        if _is_name(typed):
            if feeds and not has_kind(typed) and typed not in self._editor.document.graph:
                yield from (self._named(leaf, typed) for leaf in _LEAVES)
        elif any(not each.isalnum() and not each.isspace() and each != "_" for each in typed):
            yield self._formula(typed)

    def _constant(self, typed: str, value: Array) -> Row:
        shown = typed_value(value) if value.size <= 12 else typed
        size = f"{format_dimensions(value.shape)} tensor" if value.ndim else "number"
        add = partial(self._add_leaf, Constant(), value, None)
        return Row(shown, add, f"Adds a constant, the {size} {shown}.", "Constant", (), Constant)

    def _named(self, leaf: Leaf, name: str) -> Row:
        says = f"Adds the {leaf.name} {name} with the value 1. {leaf.summary}"
        add = partial(self._add_leaf, leaf, None, name)
        return Row(name, add, says, f"New {leaf.name}", (), type(leaf))

    def _formula(self, typed: str) -> Row:
        try:
            formula = read_formula(self._editor.document, typed)
        except ChainruleError as error:
            return Row(typed, _do_nothing, "", "Formula", hindrance=explain(error))
        return Row(typed, partial(self._add_formula, formula), _told(formula), "Formula", (), None)

    def _nodes_there(self, typed: str) -> list[Row]:
        """Return nodes of the graph that the loose end can be wired to."""
        document, end = self._editor.document, self._spot.end
        if end is None:
            return []
        entries = self._nodes.entries
        among = (entries[row].title for row in self._nodes.find(typed, _MOST_LOOKED_AT))
        if end.port is None:
            wires = open_ports(document, end.node, among)
        else:
            into = (end.node, end.port)
            wires = (Wire(each, *into) for each in sources_for(document, *into, among))
        return [self._wire(wire, typed) for wire in islice(wires, _MOST_NODES)]

    def _wire(self, wire: Wire, typed: str) -> Row:
        there = wire.target if self._ends_at_port else wire.source
        kind = self._editor.document.graph.node(there).kind
        beside = f"Input {wire.port + 1}" if self._ends_at_port else kind_name(kind)
        says = f"Wires {wire.source} to input {wire.port + 1} of {wire.target}."
        connect = partial(self._editor.connect, *wire)
        picture = type(kind) if isinstance(kind, Gate | Leaf) else None
        return Row(there, connect, says, f"{beside}, there", matched_letters(there, typed), picture)

    @property
    def _ends_at_port(self) -> bool:
        return self._spot.end is not None and self._spot.end.port is None

    def _add_gate(self, kind: type[Kind], port: int) -> None:
        add_gate(self._editor, kind.name, self._spot.place, self._spot.end, port)
        self._used(kind.name)

    def _add_leaf(self, leaf: Leaf, value: Array | None, name: NodeId | None) -> None:
        given = {} if value is None else {"value": value}
        add_leaf(self._editor, leaf, self._spot.place, self._spot.end, name=name, **given)

    def _add_formula(self, formula: Formula) -> None:
        add_formula(self._editor, formula, self._spot.place, self._spot.end)


_GROUPS = [*Group]
_SHORT_NAME = re.compile(r"[^\W\d_]\d*")


def _fitting(editor: Editor, end: LooseEnd | None) -> dict[type[Kind], int]:
    """Return the kinds that fit to a loose end, each with the port for it."""
    composites = composite_kinds(editor.document.graph, editor.library.shelves)
    kinds = (*all_kinds(), *composites)
    if end is None or end.port is not None:
        return dict.fromkeys(kinds, 0)
    shape = editor.document.passes.shape(end.node)
    ports = {kind: first_fitting_port(kind(), shape) for kind in kinds}
    return {kind: port for kind, port in ports.items() if port is not None}


def _nodes_of(editor: Editor) -> Index:
    """Return the nodes of the graph, those that were selected or need a wire before the others."""
    graph = editor.document.graph
    chosen = dict.fromkeys(editor.selection.nodes)
    ids = dict.fromkeys(chain(chosen, graph.ids()))
    nodes = map(graph.node, ids)
    return Index(
        Entry(node.id, tuple(each for each in (node.label, kind_name(node.kind)) if each))
        for node in nodes
    )


def _begins(kind: type[Kind], typed: str) -> bool:
    """Say whether what was typed is the beginning of a gate's name or of another word for it."""
    return any(plain(word).startswith(plain(typed)) for word in (kind.name, *kind.aliases))


def _is_called(kind: type[Kind], typed: str) -> bool:
    """Say whether a text is a gate's name or another word for it."""
    return plain(typed) in map(plain, (kind.name, *kind.aliases))


def _shortens(kind: type[Kind], typed: str) -> bool:
    """Say whether the letters are some of a gate's name in their order, from its first on."""
    found = matched_letters(kind.name, typed)
    return len(typed) > 2 and found[:1] == (0,)


def _alias_meant(kind: type[Kind], typed: str) -> str:
    """Return the other word for a gate by which it was found, "" where its name did."""
    wanted = plain(typed)
    if not wanted or wanted in plain(kind.name):
        return ""
    return next((alias for alias in kind.aliases if wanted in plain(alias)), "")


def _value(typed: str) -> Array | None:
    try:
        return parse_value(typed)
    except ShapeError:
        return None


def _means_itself(typed: str) -> bool:
    """Say whether a text is rather a number or a short name, such as b or w0, than a gate's."""
    return _value(typed) is not None or _SHORT_NAME.fullmatch(typed) is not None


def _is_name(typed: str) -> bool:
    try:
        check_id(typed)
    except ChainruleError:
        return False
    return True


def _told(formula: Formula) -> str:
    """Say what a formula would add, and which of its names are there already."""
    gates = sum(not node.is_leaf for node in formula.part)
    said = [f"Adds {count(gates, 'gate')}"]
    if formula.new:
        said.append(f"and the new {listed(formula.new)}")
    if formula.known:
        is_are = "is" if len(formula.known) == 1 else "are"
        wired = f"{listed(formula.known)}, which {is_are} in the graph"
        said.append(f"wired to {wired}")
    return " ".join(said) + "."


def _do_nothing() -> None:
    pass
