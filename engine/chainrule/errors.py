"""Everything that Chainrule raises, as one tree.

    ChainruleError
    ├── GateError
    │   ├── UnknownGateError        no gate has this name
    │   ├── ParameterError          a gate's parameter is missing, unknown or has a wrong value
    │   ├── ShapeError              shapes that do not fit a gate
    │   └── ValuesError             numbers that a gate can't take: an index out of range
    ├── GraphError
    │   ├── UnknownNodeError        no node has this id
    │   ├── NodeNameError           an id that is taken or is no identifier
    │   ├── CycleError              a wire that would close a cycle
    │   ├── PortError               a port that does not exist or can't be changed
    │   └── LockedError             an edit of an exercise that lets only blanks be filled
    ├── RunError                    a pass that can't be run: no output chosen, a missing input
    ├── TrainingError               training that can't be set up: settings, data or what feeds what
    │   └── DivergenceError         training whose loss or weights have left all bounds
    ├── FileError                   a graph file that can't be read or written
    ├── ExpressionError             a formula that can't be understood
    ├── FormulaError                LaTeX in a note that can't be typeset
    └── ExportError                 a figure or program that can't be written

Every message is one sentence that names the wrong thing, what was expected, and the remedy.
"""

from __future__ import annotations


class ChainruleError(Exception):
    """The base of all errors that a user of Chainrule can cause."""


class GateError(ChainruleError):
    """Something is wrong with a gate."""


class UnknownGateError(GateError):
    """No gate has this name."""


class ParameterError(GateError):
    """A gate's parameter is missing, unknown or has a wrong value."""


class ShapeError(GateError):
    """Shapes that do not fit a gate."""


class ValuesError(GateError):
    """Numbers that a gate can't take, such as an index out of range or a singular matrix."""


class GraphError(ChainruleError):
    """An edit that this graph can't take."""


class UnknownNodeError(GraphError):
    """No node has this id."""


class NodeNameError(GraphError):
    """An id that is taken, or that is not an identifier."""


class CycleError(GraphError):
    """A wire that would close a cycle."""


class PortError(GraphError):
    """A port that does not exist or can't be changed."""


class LockedError(GraphError):
    """An edit of an exercise that lets only blanks be filled."""


class RunError(ChainruleError):
    """A pass that can't be run."""


class TrainingError(ChainruleError):
    """Training that can't be set up: its settings, its data, or what feeds what."""


class DivergenceError(TrainingError):
    """Training whose loss or weights have left all bounds."""


class FileError(ChainruleError):
    """A graph file that can't be read or written.

    `where` names the place inside the file (a node, a key, a line), `problem` says what is wrong
    there; together they are the message.
    """

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}" if where else problem)
        self.where = where
        self.problem = problem


class ExpressionError(ChainruleError):
    """A formula that can't be understood; `column` counts from 1 where the fault is known."""

    def __init__(self, problem: str, column: int | None = None) -> None:
        super().__init__(problem if column is None else f"column {column}: {problem}")
        self.problem = problem
        self.column = column


class FormulaError(ChainruleError):
    """LaTeX in a note that can't be typeset."""


class ExportError(ChainruleError):
    """A figure or program that can't be written."""
