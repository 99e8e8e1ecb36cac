"""The backward pass at one node: upstream × local = downstream, for each of its inputs."""

from __future__ import annotations

from collections.abc import Hashable
from typing import final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from chainrule.arrays import Array
from chainrule.gates.gate import Gate
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.explanation import MOST_PORTS, Derivation, value_sentence
from chainrule_desktop.panels.page_parts import LABEL_WIDTH, LineLabel, column, heading, label_of
from chainrule_desktop.panels.runs import Run, Shade
from chainrule_desktop.panels.tensor_label import TensorLabel

_SHORT = 10


@final
class ExplainedRow:
    """A word, a symbol and a number in three columns."""

    def __init__(self, grid: QGridLayout, word: str) -> None:
        self._symbol = label_of()
        self._number = LineLabel()
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._grid = grid
        self._row = grid.rowCount()
        self._is_below = False
        grid.addWidget(label_of(word, "muted"), self._row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._symbol, self._row, 1)
        grid.addWidget(self._number, self._row, 2)
        # Rows are counted by what they hold; the next one must not take the line below.
        grid.setRowMinimumHeight(self._row + 1, 0)

    def show(self, context: Context, symbol: str, number: Run, tooltip: str = "") -> None:
        """Show a number beside its symbol, or below it where it is long."""
        self._symbol.setText(symbol)
        self._number.show_line((number,), context.palette, tooltip)
        self._number.setWordWrap(len(number.text) > _SHORT)
        self._place(below=len(number.text) > _SHORT)

    def _place(self, *, below: bool) -> None:
        if below == self._is_below:
            return
        self._is_below = below
        if below:
            self._grid.addWidget(self._number, self._row + 1, 1, 1, 2)
        else:
            self._grid.addWidget(self._number, self._row, 2)


@final
class _PortRows:
    """The rows of one input: local, downstream, and the equation in numbers."""

    def __init__(self, grid: QGridLayout, *, titled: bool) -> None:
        self._title: QLabel | None = None
        if titled:
            self._title = label_of(part="muted")
            self._title.setContentsMargins(0, 6, 0, 0)
            grid.addWidget(self._title, grid.rowCount(), 0, 1, 3)
        self._local = ExplainedRow(grid, "local")
        self._downstream = ExplainedRow(grid, "downstream")
        self._card = LineLabel(card=True)
        grid.addWidget(self._card, grid.rowCount(), 0, 1, 3)

    def show(self, context: Context, port: int, derivation: Derivation, exact: str) -> None:
        if self._title is not None:
            self._title.setText(f"Input {port + 1}: {derivation.source}")
        self._local.show(context, derivation.local, derivation.local_number)
        self._downstream.show(context, derivation.downstream, derivation.downstream_number, exact)
        self._card.show_line(derivation.numbers, context.palette)


@final
class BackwardSection(QWidget):
    """Shows a node's gradient, where it comes from, and what becomes of it."""

    def __init__(self, context: Context, node_id: NodeId) -> None:
        super().__init__()
        self._context = context
        self._node_id = node_id
        self._compiled: Hashable = None
        self._wires: list[Wire] = []
        node = context.graph.node(node_id)
        layout = column(self)
        layout.addWidget(heading("Gradient" if node.is_leaf else "Backward"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(7)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        layout.addLayout(grid)
        self._upstream = ExplainedRow(grid, "gradient" if node.is_leaf else "upstream")
        self._tensor = TensorLabel(Shade.GRADIENT, "right")
        grid.addWidget(self._tensor, grid.rowCount() + 1, 0, 1, 3)
        self._branches = LineLabel()
        self._branches.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._branches, grid.rowCount(), 0, 1, 3)
        shown = min(node.ports, MOST_PORTS)
        self._ports = [_PortRows(grid, titled=node.ports > 1) for _ in range(shown)]
        if node.ports > shown:
            layout.addWidget(label_of(f"… and {node.ports - shown} more inputs", "muted"))
        if isinstance(node.kind, Gate):
            layout.addWidget(label_of(node.kind.rule, "muted"))
        self.refresh()

    def refresh(self) -> None:
        """Show the numbers as they are now."""
        explainer = self._context.explainer()
        symbol = explainer.derivative(self._node_id)
        gradient = self._context.passes.gradient(self._node_id)
        exact = self._exact(gradient)
        self._tensor.show_tensor(gradient, self._context.decimals, self._context.palette)
        self._upstream.show(self._context, symbol, explainer.upstream(self._node_id), exact)
        if self._compiled != self._context.compilation:
            self._compiled = self._context.compilation
            self._wires = self._context.graph.wires_from(self._node_id)
        branches = explainer.branches(self._node_id, self._wires)
        self._branches.show_line(branches, self._context.palette, "A branch adds its gradients.")
        self._branches.setVisible(bool(branches))
        derivations = explainer.derivations(self._node_id)
        for port, (rows, derivation) in enumerate(zip(self._ports, derivations, strict=True)):
            rows.show(self._context, port, derivation, "")

    def _exact(self, value: Array | None) -> str:
        return value_sentence(value, self._context.decimals)
