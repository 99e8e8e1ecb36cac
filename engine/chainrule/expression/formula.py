"""From a formula to a graph: Python's parser reads it, and only what has a gate is let through.

    (x + y) * z                      one expression; its result is called f
    f = (x + y) * z                  the same, with a name
    q = x + y; f = q * z             staged: lines or ; in between; the last one is the output

Each operator and each function becomes one gate, in the order typed; equal parts are not merged.
Nothing of the text is ever run.
"""

from __future__ import annotations

import ast
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, final

from chainrule.arrays import Array, ArrayLike, as_array
from chainrule.errors import ExpressionError, ShapeError
from chainrule.expression.calls import is_function, read_call
from chainrule.expression.draft import Draft
from chainrule.expression.naming import RESULT, fresh_names
from chainrule.expression.operators import Operand, combine, finite, negate
from chainrule.expression.source import Source, plain_name, source_of
from chainrule.expression.tensors import is_maker, made_tensor
from chainrule.expression.tokens import check_tokens
from chainrule.graph.composites import Definition
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId

MAX_DEPTH = 60

_NO_DEFINITIONS: Final[Mapping[str, Definition]] = MappingProxyType({})


def graph_from_formula(
    text: str,
    values: Mapping[str, ArrayLike] | None = None,
    definitions: Mapping[str, Definition] = _NO_DEFINITIONS,
) -> GateGraph:
    """Return the graph of a formula, with its last line as the chosen output.

    Names are leaves (see `naming.leaf_kind`), numbers constants or parameters of gates (see
    `operators`), functions gates of the catalogue or of `definitions`; those that make a tensor,
    such as `randn(3, 4)`, are constants (see `makers`). `values` gives leaves their
    value; the others get small first values (`naming.first_value`). Raises ExpressionError, with
    the column in `text` where that is known, for everything that has no gate.
    """
    source = source_of(text)
    check_tokens(source)
    given = _checked_values(values or {})
    builder = _Builder(source, _parse(source), given, definitions)
    return builder.graph()


def _parse(source: Source) -> ast.Module:
    try:
        return ast.parse(source.python)
    except SyntaxError as error:
        raise ExpressionError(
            "the formula can't be read here; look at what stands before and after",
            source.column_at(error.lineno, error.offset),
        ) from None
    except (RecursionError, MemoryError):
        raise _too_deep() from None
    except ValueError as error:
        raise ExpressionError(f"the formula can't be read: {error}; type it anew") from None


def _too_deep() -> ExpressionError:
    return ExpressionError("the formula is nested too deeply; split it: q = …; f = …")


def _checked_values(values: Mapping[str, ArrayLike]) -> dict[NodeId, Array]:
    checked: dict[NodeId, Array] = {}
    for name, value in values.items():
        try:
            # Python reads names in this normal form, so `values` must be looked up by it.
            checked[unicodedata.normalize("NFKC", plain_name(name))] = as_array(value)
        except ShapeError as error:
            raise ExpressionError(f"the value of {name!r} can't be used: {error}") from None
    return checked


@final
class _Builder:
    """Walks over the parsed formula and drafts one node for each part."""

    def __init__(
        self,
        source: Source,
        module: ast.Module,
        values: Mapping[NodeId, Array],
        definitions: Mapping[str, Definition],
    ) -> None:
        self._source = source
        self._statements = module.body
        self._definitions = definitions
        self._depth = 0
        self._target: NodeId | None = None
        self._names = {each.id for each in ast.walk(module) if isinstance(each, ast.Name)}
        self._result = self._result_name()
        self._draft = Draft({*self._names, self._result}, values)

    def graph(self) -> GateGraph:
        """Draft all lines and return the graph; ExpressionError for values that nothing reads."""
        output = ""
        for statement in self._statements:
            output = self._line(statement, last=statement is self._statements[-1])
        for name in self._draft.values:
            node = self._draft.nodes.get(name)
            if node is None:
                raise ExpressionError(
                    f"a value is given for {name!r}, which is not in the formula; "
                    f"its names are {self._leaf_names()}"
                )
            if name in self._assigned():
                raise ExpressionError(f"{name!r} is computed by the formula; give it no value")
        return self._draft.graph(output, self._definitions)

    def _assigned(self) -> set[str]:
        lines = (each for each in self._statements if isinstance(each, ast.Assign))
        return {each.id for line in lines for each in line.targets if isinstance(each, ast.Name)}

    def _leaf_names(self) -> str:
        leaves = [
            each.id
            for each in self._draft.nodes.values()
            if each.is_leaf and each.id in self._names - self._assigned()
        ]
        return ", ".join(leaves[:10]) or "none"

    def _line(self, statement: ast.stmt, *, last: bool) -> NodeId:
        match statement:
            case ast.Assign(targets=[ast.Name() as target], value=value):
                return self._assignment(target, value)
            case ast.Expr(value=value) if last:
                return self._named(value, self._result)
            case ast.Expr():
                raise self._fault(
                    statement, "only the last line may go without a name; write q = …"
                )
            case _:
                raise self._fault(statement, "a line is a formula or name = formula; write it so")

    def _assignment(self, target: ast.Name, value: ast.expr) -> NodeId:
        if target.id in self._draft.nodes:
            raise self._fault(
                target,
                f"{target.id!r} has a value already, given or read further up; "
                "use another name, or put this line first",
            )
        self._target = target.id
        result = self._named(value, target.id)
        if result != target.id:
            raise self._fault(
                target, f"{target.id!r} would be {result!r} once more; write {result!r} instead"
            )
        return result

    def _named(self, value: ast.expr, name: NodeId) -> NodeId:
        operand = self._visit(value, name)
        return self._draft.constant(operand, name) if isinstance(operand, float | int) else operand

    def _result_name(self) -> NodeId:
        """Return the name of a last line that has none."""
        taken = RESULT in self._names and isinstance(self._statements[-1], ast.Expr)
        return next(fresh_names(self._names)) if taken else RESULT

    def _visit(self, node: ast.expr, name: NodeId | None = None) -> Operand:
        """Return the number that `node` is, or the id of the node drafted for it."""
        self._depth += 1
        try:
            if self._depth > MAX_DEPTH:
                raise _too_deep()
            return self._operand(node, name)
        except ExpressionError as error:
            if error.column is not None:
                raise
            raise self._fault(node, error.problem) from None
        finally:
            self._depth -= 1

    def _operand(self, node: ast.expr, name: NodeId | None) -> Operand:
        match node:
            case ast.Constant():
                return _number(node)
            case ast.Name():
                return self._leaf(node)
            case ast.UnaryOp(op=ast.UAdd()):
                return self._visit(node.operand, name)
            case ast.UnaryOp(op=ast.USub()):
                return negate(self._draft, self._visit(node.operand), name)
            case ast.BinOp():
                return self._chain(node, name)
            case ast.Call():
                return self._call(node, name)
            case ast.Attribute(attr="T"):
                return self._draft.gate("transpose", self._node(node.value), name=name)
            case ast.List():
                return self._draft.constant(self._tensor(node), name)
            case _:
                raise ExpressionError(_no_gate(node))

    def _call(self, node: ast.Call, name: NodeId | None) -> NodeId:
        if isinstance(node.func, ast.Name) and self._makes_tensor(node.func.id):
            return self._draft.constant(made_tensor(node), name)
        call = read_call(node, self._definitions)
        inputs = [self._node(each) for each in call.inputs]
        return self._draft.node(call.kind, inputs, name)

    def _makes_tensor(self, name: str) -> bool:
        """Say whether a call makes a tensor: gates and the graph's own come first."""
        return is_maker(name) and not is_function(name) and name not in self._definitions

    def _chain(self, node: ast.BinOp, name: NodeId | None) -> Operand:
        """Draft `a + b + c …` from its first term on; a loop, since a sum may be long."""
        chain = [node]
        while isinstance(chain[-1].left, ast.BinOp):
            chain.append(chain[-1].left)
        left = self._visit(chain[-1].left)
        for each in reversed(chain):
            right = self._visit(each.right)
            try:
                left = combine(self._draft, each.op, left, right, name if each is node else None)
            except ExpressionError as error:
                raise self._fault(each.right, error.problem) from None
        return left

    def _node(self, node: ast.expr) -> NodeId:
        operand = self._visit(node)
        return self._draft.constant(operand) if isinstance(operand, float | int) else operand

    def _leaf(self, node: ast.Name) -> NodeId:
        if node.id in self._draft.nodes:
            return node.id
        if node.id == self._target:
            raise ExpressionError(f"{node.id!r} can't be used to compute itself; use another name")
        if node.id not in self._draft.values and is_function(node.id):
            raise ExpressionError(
                f"{node.id} is a function; write {node.id}(…) or rename the value"
            )
        return self._draft.leaf(node.id)

    def _tensor(self, node: ast.List) -> Array:
        try:
            return as_array(self._rows(node))
        except ShapeError as error:
            raise ExpressionError(str(error)) from None

    def _rows(self, node: ast.List) -> list[ArrayLike]:
        return [
            self._rows(each) if isinstance(each, ast.List) else self._written_number(each)
            for each in node.elts
        ]

    def _written_number(self, node: ast.expr) -> float:
        operand = self._visit(node)
        if not isinstance(operand, float | int):
            raise self._fault(
                node, "a list holds numbers only; name the tensor and give it a value"
            )
        return operand

    def _fault(self, node: ast.expr | ast.stmt, problem: str) -> ExpressionError:
        return ExpressionError(problem, self._source.column_of(node))


def _number(node: ast.Constant) -> float:
    value = node.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ExpressionError(f"{value} is no number; write a number or a name")
    try:
        return finite(float(value))
    except OverflowError:
        return finite(float("inf"))


def _no_gate(node: ast.expr) -> str:
    if isinstance(node, ast.Tuple):
        return "there is no gate for a list in parentheses; a function such as max(x, y) takes one"
    return "this has no gate; use numbers, names, operators and the gates' names"
