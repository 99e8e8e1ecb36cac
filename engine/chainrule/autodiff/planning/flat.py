"""A graph as flat arrays of gates, with composite gates expanded and variadic ones folded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, final

import numpy as np
import numpy.typing as npt

from chainrule.arrays import Array
from chainrule.autodiff.planning.template import UNWIRED, Expander, Template, pass_first
from chainrule.errors import RunError
from chainrule.gates.gate import Gate
from chainrule.gates.kind import Kind
from chainrule.graph.composites import LARGEST_EXPANSION, Composite, expansion_sizes
from chainrule.graph.graph import GateGraph
from chainrule.graph.rows import Rows

Numbers: TypeAlias = npt.NDArray[np.int64]


def as_list(numbers: npt.NDArray[np.integer]) -> list[int]:
    """Return integers as a list, over which Python walks faster than over an array."""
    return numbers.tolist()


@final
@dataclass(frozen=True, slots=True)
class FlatGraph:
    """The flat form. A slot is one gate or leaf; slots stand by the place of their nodes.

    `kinds[codes[s]]` is the kind of slot s. It reads the wires from `starts[s]` up to
    `starts[s + 1]`, whose sources are slots, or UNWIRED. `owners` has the row of the node that
    people see: the composite for what is inside it. `topological` gives each slot its position
    in a topological order. `slots` has the slot of each row's output, and `wires` the flat wire of
    each wire number of the graph. `leaves` are the slots of all leaves; `inner` has the values of
    those inside composites. `faults` has a sentence for each row that can't be expanded.
    """

    kinds: list[Kind]
    codes: npt.NDArray[np.int32]
    starts: Numbers
    sources: Numbers
    owners: Numbers
    topological: Numbers
    slots: Numbers
    wires: Numbers
    leaves: Numbers
    inner: dict[int, Array]
    faults: dict[int, str]

    @property
    def size(self) -> int:
        """The number of slots."""
        return len(self.codes)

    def kind(self, slot: int) -> Kind:
        """Return what stands at `slot`."""
        return self.kinds[int(self.codes[slot])]

    def inputs(self, slot: int) -> list[int]:
        """Return the sources of `slot`, by port."""
        return as_list(self.sources[self.starts[slot] : self.starts[slot + 1]])

    def leaf_values(self, rows: Rows) -> list[Array | None]:
        """Return the values of all `leaves`; a port of a composite that lost its value has None."""
        nodes, inner = rows.nodes, self.inner
        owners = [nodes[row] for row in as_list(self.owners[self.leaves])]
        values = [None if node is None else node.value for node in owners]
        if not inner:
            return values
        slots = as_list(self.leaves)
        return [inner.get(slot, value) for slot, value in zip(slots, values, strict=True)]


def flatten(graph: GateGraph) -> FlatGraph:
    """Return the flat form of `graph`; raise RunError if its composites expand beyond measure."""
    _check_expansion(graph)
    rows = graph.rows
    live = np.flatnonzero(rows.codes >= 0)
    kinds, codes = _used_kinds(rows, live)
    special = _templates(graph, kinds, codes, live)
    sizes = np.ones(len(live), np.int64)
    wire_sizes = rows.ports[live].astype(np.int64)
    for index, template in special.items():
        sizes[index], wire_sizes[index] = len(template.kinds), template.wire_count
    return _Flattener(rows, live, sizes, wire_sizes, kinds).run(codes, special)


def _check_expansion(graph: GateGraph) -> None:
    if not graph.definitions:
        return
    sizes = expansion_sizes(graph.definitions)
    kinds = (node.kind for node in graph)
    size = sum(sizes.get(each.definition, 1) for each in kinds if isinstance(each, Composite))
    if size > LARGEST_EXPANSION:
        raise RunError(
            f"the composite gates expand to {size:.3g} gates; {LARGEST_EXPANSION:,} is the limit"
        )


def _used_kinds(rows: Rows, live: Numbers) -> tuple[list[Kind], Numbers]:
    """Return the kinds that live nodes have, and the code of each; rows remember dead ones, too."""
    used, codes = np.unique(rows.codes[live], return_inverse=True)
    return [rows.kinds[code] for code in as_list(used)], codes


def _templates(
    graph: GateGraph, kinds: list[Kind], codes: Numbers, live: Numbers
) -> dict[int, Template]:
    """Return the templates of the nodes that are not just their gate, by their index."""
    ports = graph.rows.ports[live]
    muted = np.searchsorted(live, sorted(graph.rows.muted)) if graph.rows.muted else ()
    composite = np.array([isinstance(kind, Composite) for kind in kinds], np.bool_)
    variadic = np.array([kind.variadic for kind in kinds], np.bool_)
    candidates = np.flatnonzero(composite[codes] | (variadic[codes] & (ports != 2)))
    expander = Expander(graph.definitions)
    found = {int(index): pass_first(int(ports[index])) for index in muted}
    for index in as_list(candidates):
        if index in found:
            continue
        template = expander.template(kinds[int(codes[index])], int(ports[index]))
        if template is not None:
            found[index] = template
    return found


@final
class _Flattener:
    """Fills the arrays: at once for nodes that are one slot, one by one for the others."""

    def __init__(
        self, rows: Rows, live: Numbers, sizes: Numbers, wire_sizes: Numbers, kinds: list[Kind]
    ) -> None:
        self._rows, self._live, self._sizes = rows, live, sizes
        self._firsts = _before(sizes)
        self._first_wires = _before(wire_sizes)
        self._kinds = kinds
        self._code_of: dict[int, int] = {}
        self._slots = np.full(rows.count, UNWIRED, np.int64)
        self._slots[live] = self._firsts + sizes - 1
        self._wires = np.full(rows.wire_count, UNWIRED, np.int64)
        total, wire_total = int(sizes.sum()), int(wire_sizes.sum())
        self._codes = np.empty(total, np.int32)
        self._starts = np.empty(total + 1, np.int64)
        self._starts[total] = wire_total
        self._sources = np.empty(wire_total, np.int64)
        self._inner: dict[int, Array] = {}
        self._faults: dict[int, str] = {}

    def run(self, codes: Numbers, special: dict[int, Template]) -> FlatGraph:
        plain = np.ones(len(self._live), np.bool_)
        plain[list(special)] = False
        self._fill_plain(np.flatnonzero(plain), codes[plain])
        for index, template in special.items():
            self._fill(index, template)
        owners = np.repeat(self._live, self._sizes)
        is_leaf = np.array([not isinstance(kind, Gate) for kind in self._kinds], np.bool_)
        leaves = np.flatnonzero(is_leaf[self._codes]) if len(self._kinds) else np.zeros(0, np.int64)
        return FlatGraph(
            kinds=self._kinds,
            codes=self._codes,
            starts=self._starts,
            sources=self._sources,
            owners=owners,
            topological=self._topological(owners),
            slots=self._slots,
            wires=self._wires,
            leaves=leaves,
            inner=self._inner,
            faults=self._faults,
        )

    def _fill_plain(self, plain: Numbers, codes: Numbers) -> None:
        rows, live = self._rows, self._live[plain]
        slots, first_wires = self._firsts[plain], self._first_wires[plain]
        self._codes[slots] = codes
        self._starts[slots] = first_wires
        ports = rows.ports[live].astype(np.int64)
        counted = np.arange(int(ports.sum())) - np.repeat(_before(ports), ports)
        there = np.repeat(rows.first[live], ports) + counted
        here = np.repeat(first_wires, ports) + counted
        self._wires[there] = here
        self._sources[here] = self._slot_of(rows.sources[there])

    def _fill(self, index: int, template: Template) -> None:
        rows, row = self._rows, int(self._live[index])
        first, wire = int(self._firsts[index]), int(self._first_wires[index])
        ports = int(rows.first[row]) + np.arange(int(rows.ports[row]))
        outer = as_list(self._slot_of(rows.sources[ports]))
        self._wires[ports] = wire + np.array(template.port_wires, np.int64)
        if template.fault is not None:
            self._faults[row] = template.fault
        for slot, (kind, inputs) in enumerate(zip(template.kinds, template.inputs, strict=True)):
            self._codes[first + slot] = self._code(kind)
            self._starts[first + slot] = wire
            for each in inputs:
                inside = first + each if each >= 0 else UNWIRED
                self._sources[wire] = outer[-2 - each] if each < UNWIRED else inside
                wire += 1
        self._inner.update((first + slot, value) for slot, value in template.values.items())

    def _slot_of(self, rows: Numbers) -> Numbers:
        return np.where(rows < 0, UNWIRED, self._slots[rows])

    def _code(self, kind: Kind) -> int:
        """Return the code of a kind in a template; the templates keep the kinds alive."""
        code = self._code_of.get(id(kind))
        if code is None:
            code = self._code_of[id(kind)] = len(self._kinds)
            self._kinds.append(kind)
        return code

    def _topological(self, owners: Numbers) -> Numbers:
        """Return positions: nodes by the labels of their rows, their insides in order."""
        order = np.argsort(self._rows.order[self._live], kind="stable")
        firsts = np.empty(len(order), np.int64)
        firsts[order] = _before(self._sizes[order])
        inside = np.arange(len(owners)) - np.repeat(self._firsts, self._sizes)
        return np.repeat(firsts, self._sizes) + inside


def _before(sizes: Numbers) -> Numbers:
    """Return for each size the sum of those before it."""
    return np.cumsum(sizes) - sizes
