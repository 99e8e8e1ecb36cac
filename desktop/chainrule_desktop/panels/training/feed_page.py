"""Which columns feed which inputs, and what is compared with the right class."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Final, final

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from chainrule.errors import TrainingError
from chainrule.gates.gate import Gate
from chainrule.gates.leaf import Input
from chainrule.graph.node import NodeId
from chainrule.training.encoding import Encoding, Feeding
from chainrule.training.metrics import Decision
from chainrule.training.recipes import Recipe
from chainrule.training.suggesting import suggested_feeds
from chainrule_desktop.panels.fields import EntryField, guard_wheel
from chainrule_desktop.panels.page_parts import Form, column, heading, label_of
from chainrule_desktop.panels.training.context import TrainingContext

ENCODINGS: Final = {
    Encoding.NUMBER: "as it is",
    Encoding.SCALED: "scaled",
    Encoding.SIGNS: "−1 or +1",
    Encoding.ONE_HOT: "one-hot",
}
DECISIONS: Final = {
    Decision.NONE: "no class: a quantity",
    Decision.SIGN: "its sign: above 0",
    Decision.THRESHOLD: "above 1/2",
    Decision.ARGMAX: "the largest number",
}
_NOBODY: Final = "none"
_MOST_UNFED: Final = 12
_SAYS: Final = (
    "An input of one number, or a vector of as many numbers as columns, is one example: the graph "
    "runs for each row, and gradients are averaged. An input of rows gets the whole batch."
)


@final
class FeedPage(QWidget):
    """One line for each input, then the prediction and its label."""

    def __init__(self, context: TrainingContext) -> None:
        super().__init__()
        self._context = context
        self._inputs = QWidget()
        self._fields: dict[NodeId, tuple[EntryField, QComboBox]] = {}
        self._label, self._decision = _combo("Label"), _combo("Decision")
        self._prediction = EntryField("Prediction", self._set_prediction)
        self._held = QCheckBox("The loss holds its data")
        self._lay_out()
        self._label.activated.connect(self._set_label)
        self._decision.activated.connect(self._set_decision)
        self._held.toggled.connect(self._set_held)
        context.training.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what feeds what now."""
        training = self._context.training
        recipe, table = training.recipe, training.settings.table
        names = self._listed()
        if names != [*self._fields]:
            self._rebuild(names)
        for name, (field, encoding) in self._fields.items():
            feeding = recipe.feeds.get(name)
            field.show_text("" if feeding is None else ", ".join(feeding.columns))
            chosen = Encoding.NUMBER if feeding is None else feeding.encoding
            encoding.setCurrentIndex([*ENCODINGS].index(chosen))
            encoding.setEnabled(feeding is not None)
        columns = [_NOBODY, *(() if table is None else table.columns)]
        if columns != [self._label.itemText(row) for row in range(self._label.count())]:
            self._label.clear()
            self._label.addItems(columns)
        self._label.setCurrentText(recipe.label or _NOBODY)
        self._decision.setCurrentIndex([*DECISIONS].index(recipe.decision))
        self._prediction.show_text(recipe.prediction or "")
        self._held.blockSignals(True)
        self._held.setChecked(recipe.holds_data)
        self._held.blockSignals(False)
        self.setEnabled(recipe.source is not None)

    def _lay_out(self) -> None:
        self._decision.addItems([*DECISIONS.values()])
        self._held.setToolTip(
            "Rows do not feed the loss; they serve the prediction, for accuracy and boundary."
        )
        self._prediction.setPlaceholderText("a node, such as score")
        form = Form()
        form.add("Prediction", self._prediction, self._prediction.note, "The node that predicts.")
        form.add("Label", self._label, says="The column with the right class.")
        form.add("Decides by", self._decision, says="How the prediction becomes a class.")
        down = column(self)
        down.setContentsMargins(0, 10, 12, 10)
        says = label_of(_SAYS, "muted")
        parts = (heading("Inputs and their columns"), says, self._inputs, self._held)
        for part in (*parts, heading("Prediction"), form):
            down.addWidget(part)
        down.addStretch()

    def _listed(self) -> list[NodeId]:
        """Return the inputs that are fed, and some of those that are not."""
        graph, fed = self._context.graph, self._context.training.recipe.feeds
        free = [node.id for node in graph if isinstance(node.kind, Input) and node.id not in fed]
        return [*fed, *free[:_MOST_UNFED]]

    def _rebuild(self, names: list[NodeId]) -> None:
        form = Form()
        self._fields = {}
        for name in names:
            field = EntryField(f"Columns for {name}", partial(self._set_columns, name))
            field.setPlaceholderText("no column")
            encoding = _combo(f"Encoding for {name}")
            encoding.addItems([*ENCODINGS.values()])
            encoding.activated.connect(partial(self._set_encoding, name))
            both = QWidget()
            row = QHBoxLayout(both)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(field, 3)
            row.addWidget(encoding, 2)
            both.setFocusProxy(field)
            form.add(name, both, field.note, "Names of columns, parted by commas")
            self._fields[name] = field, encoding
        layout = self.layout()
        if layout is not None:
            layout.replaceWidget(self._inputs, form)
        self._inputs.hide()
        self._inputs.deleteLater()
        form.show()
        self._inputs = form

    def _set_columns(self, name: NodeId, text: str) -> None:
        recipe, table = self._context.training.recipe, self._context.training.settings.table
        columns = tuple(each.strip() for each in text.split(",") if each.strip())
        feeds = {**recipe.feeds}
        if not columns:
            feeds.pop(name, None)
        else:
            if table is not None:
                table.take(columns)  # says which one is not there
            before = feeds.get(name)
            feeds[name] = Feeding(columns, before.encoding if before else Encoding.NUMBER)
        self._change(replace(recipe, feeds=MappingProxyType(feeds)))

    def _set_encoding(self, name: NodeId, row: int) -> None:
        recipe = self._context.training.recipe
        feeding = recipe.feeds.get(name)
        if feeding is not None:
            feeds = {**recipe.feeds, name: replace(feeding, encoding=[*ENCODINGS][row])}
            self._change(replace(recipe, feeds=MappingProxyType(feeds)))

    def _set_label(self, row: int) -> None:
        recipe = self._context.training.recipe
        label = None if row == 0 else self._label.itemText(row)
        self._change(replace(recipe, label=label))

    def _set_decision(self, row: int) -> None:
        recipe = self._context.training.recipe
        self._change(replace(recipe, decision=[*DECISIONS][row]))

    def _set_prediction(self, text: str) -> None:
        name, graph = text.strip(), self._context.graph
        if name and name not in graph:
            raise TrainingError(f"there is no node {name!r} in this graph")
        if name and not isinstance(graph.node(name).kind, Gate) and graph.node(name).is_leaf:
            raise TrainingError(f"{name!r} is a leaf; name a node that is computed from the data")
        recipe = self._context.training.recipe
        self._change(replace(recipe, prediction=name or None))

    def _set_held(self, held: bool) -> None:
        recipe, table = self._context.training.recipe, self._context.training.settings.table
        feeds = recipe.feeds
        if not feeds and table is not None:
            feeds = suggested_feeds(self._context.graph, table)
        self._change(replace(recipe, holds_data=held, feeds=feeds))

    def _change(self, recipe: Recipe) -> None:
        self._context.training.set_recipe(recipe, "Change what feeds the graph")


def _combo(name: str) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(8)
    guard_wheel(combo)
    return combo
