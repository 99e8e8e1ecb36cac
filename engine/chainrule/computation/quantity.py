"""A node of a graph as a value in Python: operators make gates, and numbers can be asked for."""

from __future__ import annotations

import ast
from typing import Any, Final, TypeAlias, final

import numpy as np

from chainrule.arrays import Array, ArrayLike, as_array
from chainrule.computation.session import Session
from chainrule.errors import GraphError, RunError
from chainrule.expression.operators import combine, negate
from chainrule.graph.edits import Rename
from chainrule.graph.node import NodeId


@final
class Quantity:
    """A named value of a graph: an input, a parameter, a constant or the output of a gate.

    `+ - * / ** @`, `-x`, `abs(x)` and `x.T` add the gates that a formula with these signs would
    have. `value` and `gradient` are those of the last run; before it, and after a change of the
    graph, they raise RunError.
    """

    # So that NumPy leaves `array * quantity` to the quantity.
    __array_ufunc__: Final = None

    def __init__(self, session: Session, name: NodeId) -> None:
        self._session = session
        self._name = name

    @property
    def name(self) -> NodeId:
        """The id of the node."""
        return self._name

    @property
    def value(self) -> Array:
        """The value that the last run gave it."""
        return _present(self, self._session.results().value(self._existing()))

    @property
    def gradient(self) -> Array:
        """The derivative of the output by it, at the values of the last run."""
        return _present(self, self._session.results().gradient(self._existing()))

    @property
    def T(self) -> Quantity:  # noqa: N802  NumPy's name
        """The transpose, as a gate."""
        return self._made(self._session.gate("transpose", self._name))

    def named(self, name: NodeId) -> Quantity:
        """Give the node another name and return the quantity: `q = (x + y).named("q")`."""
        self._session.apply(Rename(self._name, name))
        self._name = name
        return self

    def read_by(self, session: Session) -> NodeId:
        """Return the node's id for a gate of `session`; GraphError if that is another graph."""
        if session is not self._session:
            raise GraphError(f"{self._name!r} belongs to another graph; add it to this one")
        return self._name

    def _existing(self) -> NodeId:
        # Another handle may have renamed the node, or an edit removed it.
        return self._session.gates.node(self._name).id

    def __repr__(self) -> str:
        return f"Quantity({self._name!r})"

    def __add__(self, other: Operand) -> Quantity:
        return self._combined(ast.Add(), other)

    def __radd__(self, other: Operand) -> Quantity:
        return self._combined(ast.Add(), other, swapped=True)

    def __sub__(self, other: Operand) -> Quantity:
        return self._combined(ast.Sub(), other)

    def __rsub__(self, other: Operand) -> Quantity:
        return self._combined(ast.Sub(), other, swapped=True)

    def __mul__(self, other: Operand) -> Quantity:
        return self._combined(ast.Mult(), other)

    def __rmul__(self, other: Operand) -> Quantity:
        return self._combined(ast.Mult(), other, swapped=True)

    def __truediv__(self, other: Operand) -> Quantity:
        return self._combined(ast.Div(), other)

    def __rtruediv__(self, other: Operand) -> Quantity:
        return self._combined(ast.Div(), other, swapped=True)

    def __matmul__(self, other: Operand) -> Quantity:
        return self._combined(ast.MatMult(), other)

    def __rmatmul__(self, other: Operand) -> Quantity:
        return self._combined(ast.MatMult(), other, swapped=True)

    def __pow__(self, other: Quantity | float) -> Quantity:
        return self._combined(ast.Pow(), other)

    def __rpow__(self, other: float) -> Quantity:
        return self._combined(ast.Pow(), other, swapped=True)

    def __neg__(self) -> Quantity:
        return self._made(negate(self._session, self._name, None))

    def __pos__(self) -> Quantity:
        return self

    def __abs__(self) -> Quantity:
        return self._made(self._session.gate("abs", self._name))

    def _combined(self, sign: ast.operator, other: Operand, *, swapped: bool = False) -> Any:
        operand = input_of(self._session, other)
        if isinstance(operand, np.ndarray):
            if isinstance(sign, ast.Pow):
                return NotImplemented  # no gate; Python then says so
            operand = self._session.constant(operand)
        elif not isinstance(operand, str):
            operand = float(operand)
        pair = (operand, self._name) if swapped else (self._name, operand)
        return self._made(combine(self._session, sign, *pair, None))

    def _made(self, name: object) -> Quantity:
        # A number comes only of two numbers, and one of the operands is this quantity.
        assert isinstance(name, str)
        return Quantity(self._session, name)


Operand: TypeAlias = Quantity | ArrayLike


def input_of(session: Session, operand: Operand) -> NodeId | Array:
    """Return what a gate of `session` reads: a node's id, or the array that becomes a constant.

    Raises GraphError for a quantity of another graph and ShapeError for what is no array.
    """
    return operand.read_by(session) if isinstance(operand, Quantity) else as_array(operand)


def _present(quantity: Quantity, number: Array | None) -> Array:
    if number is None:
        raise RunError(
            f"{quantity.name!r} has no number: a port is open or a gate does not fit on its way"
        )
    return as_array(number)  # a copy, so that `quantity.gradient *= rate` can't reach the graph
