"""The graph of the lecture: built with methods and operators, run with forward and backward."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final, final

from chainrule.arrays import Array, ArrayLike, as_array
from chainrule.autodiff.jacobian import Jacobian, jacobian_between
from chainrule.autodiff.second_order import Hessian, hessian
from chainrule.computation.calling import check_ports, gate_class, read_arguments
from chainrule.computation.program import Program
from chainrule.computation.quantity import Quantity, input_of
from chainrule.computation.session import Session
from chainrule.errors import GateError, RunError
from chainrule.expression import graph_from_formula
from chainrule.files.storage import StrPath, read_graph, write_graph
from chainrule.gates.catalogue import all_kinds
from chainrule.gates.gate import Gate
from chainrule.gates.leaf import Input, Parameter
from chainrule.graph.composites import Composite
from chainrule.graph.edits import Edit, SetHeader
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire
from chainrule.graph.queries import output_of

NO_VALUES: Final[Mapping[NodeId, ArrayLike]] = MappingProxyType({})


@final
class Graph:
    """A computational graph.

        g = Graph()
        x, y, z = g.input("x", -2), g.input("y", 5), g.input("z", -4)
        q = g.add(x, y, name="q")
        f = q * z
        g.forward({"x": -2})          # -12.0
        g.backward()                  # x: -4.0, y: -4.0, z: 3.0
        q.value, q.gradient           # 3.0, -4.0

    Every gate of the catalogue, a program's own ones and the composite gates of the graph are
    methods: their inputs are quantities, numbers or arrays, followed by the gate's parameters.
    `g.gate(name, …)` does the same for names that a method of this class has. `gates` is the graph
    underneath, for everything else that the engine can do; change it with `apply` only. Arrays that
    are handed out are copies, free to be changed in place.
    """

    def __init__(self, gates: GateGraph | None = None) -> None:
        self._session = Session(GateGraph() if gates is None else gates)

    @classmethod
    def read(cls, path: StrPath) -> Graph:
        """Return the graph in a file; raise FileError."""
        return cls(read_graph(path))

    @classmethod
    def from_formula(cls, text: str, values: Mapping[str, ArrayLike] | None = None) -> Graph:
        """Return the graph of a formula such as `(x + y) * z`; raise ExpressionError."""
        return cls(graph_from_formula(text, values))

    def write(self, path: StrPath) -> None:
        """Write the graph to a file; raise FileError."""
        write_graph(self.gates, path)

    @property
    def gates(self) -> GateGraph:
        """The nodes and wires underneath."""
        return self._session.gates

    def apply(self, edit: Edit) -> Edit:
        """Change the graph by an edit of `chainrule.graph.edits`; return the one that undoes it."""
        return self._session.apply(edit)

    @property
    def output(self) -> Quantity | None:
        """The quantity to differentiate: the chosen one, else the only one that nothing reads."""
        name = output_of(self.gates)
        return None if name is None else self[name]

    @output.setter
    def output(self, chosen: Quantity | NodeId | None) -> None:
        name = None if chosen is None else _name(self._session, chosen)
        self._session.apply(SetHeader(replace(self.gates.header, output=name)))

    def input(self, name: NodeId, value: ArrayLike) -> Quantity:
        """Add data: what the graph is evaluated at."""
        return self[self._session.leaf(Input(), name, value)]

    def parameter(self, name: NodeId, value: ArrayLike) -> Quantity:
        """Add a weight: what gradient descent trains."""
        return self[self._session.leaf(Parameter(), name, value)]

    def constant(self, value: ArrayLike, name: NodeId | None = None) -> Quantity:
        """Add a fixed number or tensor; plain numbers beside an operator need no such call."""
        return self[self._session.constant(value, name)]

    def gate(
        self, gate: str, /, *arguments: Any, name: NodeId | None = None, **settings: Any
    ) -> Quantity:
        """Add a gate, or a composite gate of this graph, and return its output.

        Raises UnknownGateError, ParameterError, PortError for a wrong number of inputs, and
        NodeNameError.
        """
        definition = self.gates.definitions.get(gate)
        if definition is None:
            kind, inputs = read_arguments(gate_class(gate), arguments, settings)
        else:
            kind, inputs = Composite(gate, definition.inputs), arguments
            check_ports(kind, len(inputs))
            if settings:
                raise GateError(f"{gate} takes no parameters; leave {', '.join(settings)} out")
        sources = [input_of(self._session, each) for each in inputs]
        return self[self._session.node(kind, sources, name)]

    def __getattr__(self, gate: str) -> Callable[..., Quantity]:
        if gate.startswith("_"):
            raise AttributeError(f"a graph has no attribute {gate!r}")
        if gate not in self.gates.definitions:
            try:
                gate_class(gate)
            except GateError as error:
                raise AttributeError(str(error), name=gate, obj=self) from None

        def make(*arguments: Any, name: NodeId | None = None, **settings: Any) -> Quantity:
            return self.gate(gate, *arguments, name=name, **settings)

        return make

    def __dir__(self) -> list[str]:
        gates = [kind.name for kind in all_kinds() if issubclass(kind, Gate)]
        composites = [name for name in self.gates.definitions if name.isidentifier()]
        return sorted({*object.__dir__(self), *gates, *composites})

    def __getitem__(self, name: NodeId) -> Quantity:
        return Quantity(self._session, self.gates.node(name).id)

    def __contains__(self, name: object) -> bool:
        return name in self.gates

    def __iter__(self) -> Iterator[Quantity]:
        return iter([Quantity(self._session, name) for name in self.gates.ids()])

    def forward(self, inputs: Mapping[NodeId, ArrayLike] = NO_VALUES) -> Array:
        """Give inputs and parameters new values, run the gates, and return the output: the loss.

        What is not named keeps its value. Raises RunError for a name that is no input or parameter,
        if it isn't clear which node is the output, and if the output can't be computed.
        """
        return self._session.run(inputs)

    def program(
        self, inputs: Sequence[Quantity | NodeId] | None = None, *, keep_wires: bool = True
    ) -> Program:
        """Return the graph made ready to be run many times: the quickest way for many gates.

        `inputs` are the leaves whose values each run is given, by default every input and
        parameter in the order of the graph. Without `keep_wires` only nodes have gradients. Raises
        RunError for what is no input or parameter or is listed twice, and if the output or a
        gradient can't be computed with the values as they are.
        """
        names = None if inputs is None else [_name(self._session, each) for each in inputs]
        return self._session.program(names, keep_wires=keep_wires)

    def backward(self) -> dict[NodeId, Array]:
        """Return the gradient of each input and parameter, in the shape of its value.

        Raises RunError before `forward`, after a change of the graph, and if a gradient can't be
        computed.
        """
        return self._session.gradients()

    def value(self, node: Quantity | NodeId) -> Array:
        """Return the value of a node at the last run."""
        return self[_name(self._session, node)].value

    def gradient(self, node: Quantity | NodeId) -> Array:
        """Return the gradient of a node at the last run."""
        return self[_name(self._session, node)].gradient

    def wire_gradient(
        self, source: Quantity | NodeId, target: Quantity | NodeId, port: int | None = None
    ) -> Array:
        """Return what flowed back along one wire; `port` counts from 0.

        It may be left out where only one wire leads from `source` to `target`. Raises RunError if
        there is no such wire or it has no gradient.
        """
        start, end = _name(self._session, source), _name(self._session, target)
        results = self._session.results()
        wires = [
            wire
            for wire in self.gates.wires_into(end)
            if wire.source == start and port in (None, wire.port)
        ]
        if len(wires) != 1:
            raise RunError(_no_single_wire(start, end, port, wires))
        gradient = results.wire_gradient(wires[0])
        if gradient is None:
            raise RunError(f"nothing flows back from {end!r} to {start!r}; see what is open there")
        return as_array(gradient)

    def jacobian(self, target: Quantity | NodeId, source: Quantity | NodeId) -> Jacobian:
        """Return the derivative of any node by any other at the values of the last run.

        It has the shape (target…, source…), says its structure and its size, and computes only
        what is asked for: `entry`, `row`, `column`, `block`, or `dense` for all of it. Raises
        RunError before `forward`, after a change of the graph, and if a value is missing.
        """
        names = [_name(self._session, each) for each in (target, source)]
        return jacobian_between(self.gates, self._session.results(), *names)

    def hessian(self, *leaves: Quantity | NodeId) -> Hessian:
        """Return the second derivatives of the output by `leaves`, at the values of the last run.

        Without any it is by all inputs and parameters. Ask it for its product with a vector
        (`times`), a `block`, the whole (`dense`) or the Newton direction (`newton_direction`); all
        are exact. Raises RunError before `forward`, after a change of the graph, for an output of
        several numbers and for what is no leaf.
        """
        names = [_name(self._session, each) for each in leaves] or None
        return hessian(self.gates, self._session.results(), names)


def _name(session: Session, node: Quantity | NodeId) -> NodeId:
    return node.read_by(session) if isinstance(node, Quantity) else node


def _no_single_wire(source: NodeId, target: NodeId, port: int | None, wires: list[Wire]) -> str:
    if wires:
        ports = ", ".join(str(wire.port) for wire in wires)
        return f"{target!r} reads {source!r} at the ports {ports}; say which one"
    at = "" if port is None else f" at port {port}"
    return f"{target!r} does not read {source!r}{at}; name a wire of the graph"
