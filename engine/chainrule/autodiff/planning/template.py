"""What stands in the flat form for a node that is more than one gate: its insides, numbered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

from typing_extensions import override

from chainrule.arrays import Array
from chainrule.gates.gate import Elementwise, Gate, Pattern
from chainrule.gates.kernel import PASS_ON, Kernel
from chainrule.gates.kind import Group, Kind
from chainrule.graph.composites import Composite, Definition
from chainrule.graph.edits import AddNodes
from chainrule.graph.graph import GateGraph
from chainrule.graph.queries import topological_order

UNWIRED = -1


@final
@dataclass(frozen=True)
class PassOn(Elementwise):
    """f = x, at the borders of a composite gate: its ports and its output."""

    name = "pass_on"
    group = Group.COMPOSITE
    summary = "Its input, unchanged."
    ports = ("x",)
    pattern = Pattern.DISTRIBUTOR
    formula = "x"
    derivatives = ("1",)
    rule = "The derivative of x is 1."
    samples = ((2.0,),)
    kernel = PASS_ON

    @property
    @override
    def symbol(self) -> str:
        return "="

    @override
    def forward(self, x: Array) -> Array:
        return x

    @override
    def backward(self, upstream: Array, output: Array, x: Array) -> tuple[Array, ...]:
        return (upstream,)


@final
@dataclass(frozen=True, slots=True)
class Template:
    """The insides of a node, in topological order; the last slot is the node's output.

    `inputs` has the sources of each slot: slots counted within the template, UNWIRED, or, from
    `port(0)` downwards, the node's own ports. Each port is read by exactly one wire, whose number
    within the template `port_wires` gives. `values` are the leaves inside. `fault` says why a
    composite could not be expanded.
    """

    kinds: tuple[Kind, ...]
    inputs: tuple[tuple[int, ...], ...]
    port_wires: tuple[int, ...]
    values: Mapping[int, Array]
    fault: str | None = None

    @property
    def wire_count(self) -> int:
        """How many wires the template has, with those of the ports."""
        return sum(map(len, self.inputs))


def port(number: int) -> int:
    """Return what stands for a port of the node among the sources in a template."""
    return -2 - number


def fold(gate: Gate, ports: int) -> Template:
    """Return a variadic gate as a chain of gates with two inputs, from the left."""
    inputs = [(port(0), port(1))]
    inputs.extend((link, port(link + 2)) for link in range(ports - 2))
    wires = (0, *(2 * link + 1 for link in range(ports - 1)))
    return Template((gate,) * (ports - 1), tuple(inputs), wires, {})


def pass_first(ports: int) -> Template:
    """Return what stands for a muted gate: its output is its first input, the others end here."""
    inputs = ((port(number),) for number in reversed(range(ports)))
    wires = tuple(reversed(range(ports)))
    return Template((PassOn(),) * ports, tuple(inputs), wires, {})


def stand_in(kind: Composite, ports: int, definition: Definition | None) -> Template:
    """Return what stands for a composite that can't be expanded: it reads its ports, no more."""
    inputs = tuple((port(number),) for number in range(ports)) or ((UNWIRED,),)
    fault = _no_definition(kind, ports, definition)
    return Template((PassOn(),) * len(inputs), inputs, tuple(range(ports)), {}, fault)


def _no_definition(kind: Composite, ports: int, definition: Definition | None) -> str:
    if definition is None:
        return f"there is no definition {kind.definition!r}; undo its removal or remove this node"
    return (
        f"{kind.definition} has {len(definition.inputs)} inputs and is used with {ports}; "
        "put it in anew"
    )


@final
class Expander:
    """Makes the template of each definition once, with all composites inside it expanded."""

    def __init__(self, definitions: Mapping[str, Definition]) -> None:
        self._definitions = definitions
        self._templates: dict[str, Template] = {}

    def template(self, kind: Kind, ports: int) -> Template | None:
        """Return the insides of a node of `kind`; None if it is a leaf or a single gate."""
        if isinstance(kind, Composite):
            return self._composite(kind, ports)
        if isinstance(kind, Elementwise) and kind.variadic and isinstance(kind.kernel, Kernel):
            return fold(kind, ports) if ports > kind.kernel.arity else None
        return None

    def _composite(self, kind: Composite, ports: int) -> Template:
        definition = self._definitions.get(kind.definition)
        if definition is None or len(definition.inputs) != ports:
            return stand_in(kind, ports, definition)
        if kind.definition not in self._templates:
            self._templates[kind.definition] = self._expand(definition)
        return self._templates[kind.definition]

    def _expand(self, definition: Definition) -> Template:
        inside = GateGraph()
        AddNodes(definition.nodes, definition.wires).apply(inside)
        builder = _Builder()
        # The ports come first, so that each is read by one wire of its own.
        slots = {
            leaf: builder.append(PassOn(), (port(number),))
            for number, leaf in enumerate(definition.inputs)
        }
        for node_id in topological_order(inside):
            if node_id in slots:
                continue
            node = inside.node(node_id)
            sources = [UNWIRED if each is None else slots[each] for each in inside.inputs(node_id)]
            muted = pass_first(node.ports) if node.passes_on else None
            template = muted or self.template(node.kind, node.ports)
            if template is None:
                slots[node_id] = builder.append(node.kind, tuple(sources), node.value)
            else:
                slots[node_id] = builder.insert(template, sources)
        builder.append(PassOn(), (slots[definition.output],))
        return builder.finish(len(definition.inputs))


@final
class _Builder:
    """Collects the slots of a template."""

    def __init__(self) -> None:
        self._kinds: list[Kind] = []
        self._inputs: list[tuple[int, ...]] = []
        self._values: dict[int, Array] = {}
        self._fault: str | None = None

    def append(self, kind: Kind, inputs: tuple[int, ...], value: Array | None = None) -> int:
        if value is not None:
            self._values[len(self._kinds)] = value
        self._kinds.append(kind)
        self._inputs.append(inputs)
        return len(self._kinds) - 1

    def insert(self, inner: Template, sources: list[int]) -> int:
        offset = len(self._kinds)
        self._fault = self._fault or inner.fault
        for slot, (kind, inputs) in enumerate(zip(inner.kinds, inner.inputs, strict=True)):
            shifted = (
                each + offset if each >= 0 else UNWIRED if each == UNWIRED else sources[-2 - each]
                for each in inputs
            )
            self.append(kind, tuple(shifted), inner.values.get(slot))
        return len(self._kinds) - 1

    def finish(self, ports: int) -> Template:
        return Template(
            tuple(self._kinds),
            tuple(self._inputs),
            tuple(range(ports)),
            dict(self._values),
            self._fault,
        )
