"""The backward pass at one node: downstream = local × upstream, for each of its inputs."""

from __future__ import annotations

from collections.abc import Hashable
from typing import final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from chainrule.diagram.text import typeset_name
from chainrule.gates.kind import Kind
from chainrule.graph.composites import Composite
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.panels.chain_rule import ChainRule, Derivation, pattern_of, rule_of
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.explanation import MOST_PORTS, value_sentence
from chainrule_desktop.panels.formula_label import FormulaLabel, Segment
from chainrule_desktop.panels.page_parts import (
    LABEL_WIDTH,
    LineLabel,
    card_around,
    column,
    heading,
    label_of,
)
from chainrule_desktop.panels.runs import Run, Shade
from chainrule_desktop.panels.share_bars import ShareBars
from chainrule_desktop.panels.tensor_label import TensorLabel

_SHORT = 10


@final
class ExplainedRow:
    """A word, a symbol and a number in three columns."""

    def __init__(self, grid: QGridLayout, word: str) -> None:
        self._symbol = FormulaLabel()
        self._number = LineLabel()
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid = grid
        self._row = grid.rowCount()
        self._is_below = False
        grid.addWidget(label_of(word, "muted"), self._row, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._symbol, self._row, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._number, self._row, 2)
        # Rows are counted by what they hold; the next one must not take the line below.
        grid.setRowMinimumHeight(self._row + 1, 0)

    def show(self, context: Context, symbol: Segment, number: Run, tooltip: str = "") -> None:
        """Show a number beside its symbol, or below it where it is long."""
        self._symbol.show_rows(((symbol,),), context.palette)
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
class EquationCard:
    """downstream = local × upstream as a card, with what the local gradient is below it."""

    def __init__(self, layout: QVBoxLayout) -> None:
        self._equation = FormulaLabel()
        self._equation.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._local = FormulaLabel()
        self._says = label_of(part="muted")
        layout.addWidget(card_around(self._equation))
        layout.addWidget(self._local)
        layout.addWidget(self._says)

    def show(self, context: Context, derivation: Derivation, exact: str = "") -> None:
        """Show an equation; `exact` is its result with all digits."""
        palette = context.palette
        self._equation.show_rows(derivation.equation, palette, aligned=True, tooltip=exact)
        self._local.show_rows((derivation.local,), palette)
        self._local.setVisible(bool(derivation.local))
        self._says.setText(derivation.says)
        self._says.setVisible(bool(derivation.says))


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
        self._upstream, self._tensor = self._add_gradient(layout, is_leaf=node.is_leaf)
        self._branches = FormulaLabel()
        layout.addWidget(self._branches)
        self._titles: list[QLabel] = []
        self._cards: list[EquationCard] = []
        for _ in range(min(node.ports, MOST_PORTS)):
            self._add_port(layout, titled=node.ports > 1)
        if node.ports > MOST_PORTS:
            layout.addWidget(label_of(f"… and {node.ports - MOST_PORTS} more inputs", "muted"))
        self._pattern = label_of(part="muted")
        self._shares = ShareBars()
        self._shared = label_of("Share of the upstream gradient:", "muted")
        self._rule = label_of(part="muted")
        for widget in (self._rule, self._pattern, self._shared, self._shares):
            layout.addWidget(widget)
        self.refresh()

    def refresh(self) -> None:
        """Show the numbers as they are now."""
        context, node_id = self._context, self._node_id
        node, explainer = context.graph.node(node_id), context.explainer()
        chain = ChainRule(explainer, self._context.formulas)
        gradient = context.known.gradient(node_id)
        self._tensor.show_tensor(gradient, context.decimals, context.palette)
        number = explainer.gradient(node_id)
        if explainer.is_partial(node_id) and gradient is not None:
            number = Run(f"{number.text} so far", number.shade)
        exact = value_sentence(gradient, context.decimals)
        self._upstream.show(context, chain.gradient(node_id), number, exact)
        if self._compiled != context.compilation:
            self._compiled = context.compilation
            self._wires = context.graph.wires_from(node_id)
        branches = chain.branches(node_id, self._wires)
        says = "A branch adds its gradients."
        self._branches.show_rows((branches,), context.palette, tooltip=says)
        self._branches.setVisible(bool(branches))
        self._show_ports(chain)
        for label, text in (
            (self._pattern, pattern_of(node)),
            (self._rule, "" if node.is_leaf else rule_of(node)),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        shares = chain.shares(node_id)
        self._shared.setVisible(bool(shares))
        self._shares.show_shares(shares, context.palette)

    def _show_ports(self, chain: ChainRule) -> None:
        derivations = chain.derivations(self._node_id)
        kind = self._context.graph.node(self._node_id).kind
        for port, (card, derivation) in enumerate(zip(self._cards, derivations, strict=True)):
            card.show(self._context, derivation, self._exact(port))
            if self._titles:
                self._titles[port].setText(f"{_input_of(kind, port)}: {derivation.source}")

    def _add_gradient(
        self, layout: QVBoxLayout, *, is_leaf: bool
    ) -> tuple[ExplainedRow, TensorLabel]:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(7)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        layout.addLayout(grid)
        upstream = ExplainedRow(grid, "gradient" if is_leaf else "upstream")
        tensor = TensorLabel(Shade.GRADIENT, "right")
        grid.addWidget(tensor, grid.rowCount() + 1, 0, 1, 3)
        return upstream, tensor

    def _add_port(self, layout: QVBoxLayout, *, titled: bool) -> None:
        if titled:
            title = label_of(part="muted")
            title.setContentsMargins(0, 6, 0, 0)
            layout.addWidget(title)
            self._titles.append(title)
        self._cards.append(EquationCard(layout))

    def _exact(self, port: int) -> str:
        source = self._context.graph.inputs(self._node_id)[port]
        if source is None:
            return ""
        gradient = self._context.known.wire_gradient(Wire(source, self._node_id, port))
        return "" if gradient is None else value_sentence(gradient, self._context.decimals)


def _input_of(kind: Kind, port: int) -> str:
    """Return what an input is called; those of a composite gate have names of their own."""
    if isinstance(kind, Composite) and port < len(kind.inputs):
        return f"Input {typeset_name(kind.inputs[port])}"
    return f"Input {port + 1}"
