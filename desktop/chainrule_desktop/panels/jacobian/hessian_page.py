"""Second derivatives of the output: the Hessian as a map, its products, the Newton direction."""

from __future__ import annotations

import math
from typing import cast, final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from chainrule.arrays import Array, Shape
from chainrule.autodiff.jacobian.formulas.subject import indices
from chainrule.autodiff.jacobian.formulas.text import element
from chainrule.autodiff.second_order import Hessian, hessian
from chainrule.diagram.numbers import format_number
from chainrule.errors import ChainruleError
from chainrule.gates.leaf import Leaf
from chainrule.graph.node import NodeId
from chainrule_desktop.messages import explain
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.jacobian.facts import WIDTH
from chainrule_desktop.panels.jacobian.map_view import MapView
from chainrule_desktop.panels.jacobian.source import NumbersSource
from chainrule_desktop.panels.jacobian.strip import Strip
from chainrule_desktop.panels.page_parts import heading, label_of
from chainrule_desktop.tasks import Progress, Task, Tasks

# Of leaves with more numbers in all, none are chosen at first.
_MOST_AT_FIRST = 64
_MOST_WRITTEN = 8


@final
class HessianPage(QWidget):
    """Differentiates twice by the leaves that are ticked, in the background."""

    def __init__(self, context: Context, tasks: Tasks) -> None:
        super().__init__()
        self._context, self._tasks = context, tasks
        self._hessian: Hessian | None = None
        self._task: Task | None = None
        self._origin = 1
        self._leaves = QListWidget()
        self._leaves.setAccessibleName("Leaves to differentiate by, twice")
        self._leaves.setMaximumHeight(130)
        self._map = MapView(context.theme, "Hessian")
        policy = self._map.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._map.setSizePolicy(policy)
        self._progress = QProgressBar()
        self._progress.setAccessibleName("Progress of the second derivatives")
        self._cancel = QPushButton("Cancel")
        self._cancel.setAutoDefault(False)
        self._says, self._entry = label_of(), label_of(part="card")
        self._newton, self._steps = label_of(), label_of(part="card")
        self._vector, self._product = Strip(context.theme), Strip(context.theme)
        self._found = self._found_part()
        self._lay_out()
        self._rest()
        self._show_found(False)
        self._leaves.itemChanged.connect(self._begin)
        self._cancel.clicked.connect(self._give_up)
        self._map.cell_chosen.connect(self._show_entry)

    def show_graph(self, origin: int) -> None:
        """Show the second derivatives of the graph's output as they are now."""
        self._origin = origin
        self._list_leaves()
        self._begin()

    def _lay_out(self) -> None:
        side = QWidget()
        side.setFixedWidth(WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (heading("By"), self._leaves, self._says, self._found):
            column.addWidget(widget)
        column.addStretch()
        working = QHBoxLayout()
        working.addWidget(self._progress, 1)
        working.addWidget(self._cancel)
        picture = QVBoxLayout()
        picture.addWidget(self._map, 1)
        picture.addLayout(working)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 10, 0, 0)
        columns.setSpacing(16)
        columns.addLayout(picture, 1)
        columns.addWidget(side)

    def _found_part(self) -> QWidget:
        """What is there only where the second derivatives are."""
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (
            *(heading("Chosen entry"), self._entry, self._vector, self._product),
            *(heading("Newton direction"), self._newton, self._steps),
        ):
            column.addWidget(widget)
        return part

    def _list_leaves(self) -> None:
        """List the inputs and parameters; ticks stay, and parameters are ticked at first."""
        leaves = [node for node in self._context.graph if _is_checked_leaf(node.kind)]
        names = [node.id for node in leaves]
        if names == [self._leaves.item(row).text() for row in range(self._leaves.count())]:
            return
        trained = [node for node in leaves if node.kind.name == "parameter"] or leaves
        size = sum(1 if node.value is None else node.value.size for node in trained)
        ticked = {node.id for node in trained} if size <= _MOST_AT_FIRST else {trained[0].id}
        self._leaves.blockSignals(True)
        self._leaves.clear()
        for name in names:
            item = QListWidgetItem(name, self._leaves)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            state = Qt.CheckState.Checked if name in ticked else Qt.CheckState.Unchecked
            item.setCheckState(state)
        self._leaves.blockSignals(False)

    def _begin(self) -> None:
        self._give_up()
        names = [
            item.text()
            for item in map(self._leaves.item, range(self._leaves.count()))
            if item.checkState() is Qt.CheckState.Checked
        ]
        try:
            made = hessian(self._context.graph, self._context.passes, names)
            made.require_formable()
        except ChainruleError as error:
            self._fail(error)
            return
        self._progress.setMaximum(made.size)
        self._progress.setValue(0)
        self._progress.show()
        self._cancel.show()
        self._task = self._tasks.start(lambda progress: _formed(made, progress))
        self._task.progressed.connect(self._show_progress)
        self._task.succeeded.connect(self._show_hessian)
        self._task.failed.connect(self._fail)

    def _show_progress(self, done: int, _: int) -> None:
        self._progress.setValue(done)

    def _show_hessian(self, result: object) -> None:
        self._rest()
        made = self._hessian = cast("Hessian", result)
        output = self._context.passes.output or ""
        names = ", ".join(made.names)
        mirrored = (
            f"exact; mirrored entries differ by at most {made.asymmetry:.1g} of the largest"
            if made.asymmetry
            else "exact and symmetric to the last digit"
        )
        self._says.setText(f"∂²{output} by {names}: {made.size:,} × {made.size:,}, {mirrored}.")
        self._map.count_from(self._origin)
        self._map.show_matrix(NumbersSource(made.dense()), names, names)
        self._show_found(True)
        self._show_entry(*self._map.cell)
        self._show_newton(made)

    def _show_entry(self, row: int, column: int) -> None:
        made = self._hessian
        if made is None:
            return
        output = self._context.passes.output or ""
        first, second = (self._named(made, each) for each in (row, column))
        number = f"{made.entry(row, column):.8g}".replace("-", "−")
        self._entry.setText(f"∂²{output} / ∂{first}∂{second} = {number}")
        unit = np.zeros(made.size)
        unit[column] = 1.0
        name, shape, start = _leaf_at(made, column)
        own = unit[start : start + math.prod(shape)].reshape(shape)
        product = made.times({name: own[()]})
        self._vector.show_numbers(unit, f"v: 1 at {second}")
        self._product.show_numbers(
            np.concatenate([np.ravel(each) for each in product.values()]), "H v, without forming H"
        )

    def _show_newton(self, made: Hessian) -> None:
        try:
            direction = made.newton_direction()
        except ChainruleError as error:
            self._newton.setText(explain(error))
            self._steps.hide()
            return
        slope = f"{direction.slope:.4g}".replace("-", "−")
        self._newton.setText(f"{direction.says} Slope along it: {slope}.")
        lines = [f"Δ{name} = {_written(step)}" for name, step in direction.steps.items()]
        self._steps.setText("\n".join(lines))
        self._steps.show()

    def _fail(self, error: Exception) -> None:
        self._rest()
        self._hessian = None
        self._says.setText(explain(error))
        self._show_found(False)

    def _show_found(self, there: bool) -> None:
        """Show the numbers, or nothing in their place: a 0 there would look like one of them."""
        self._map.setVisible(there)
        self._found.setVisible(there)

    def _give_up(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._rest()

    def _rest(self) -> None:
        self._progress.hide()
        self._cancel.hide()

    def _named(self, made: Hessian, number: int) -> str:
        """Write one number of all leaves with its indices."""
        name, shape, start = _leaf_at(made, number)
        return element(name, indices(number - start, shape, self._origin)).plain


def _formed(made: Hessian, progress: Progress) -> Hessian:
    made.form(progress.report)
    return made


def _is_checked_leaf(kind: object) -> bool:
    return isinstance(kind, Leaf) and kind.checked


def _leaf_at(made: Hessian, number: int) -> tuple[NodeId, Shape, int]:
    """Return the leaf in which a number of all is, its shape, and where it starts."""
    start = 0
    for name, shape in zip(made.names, made.shapes, strict=True):
        if number < start + math.prod(shape):
            return name, shape, start
        start += math.prod(shape)
    raise IndexError(f"the Hessian has {made.size} numbers; there is none at {number}")


def _written(step: Array) -> str:
    numbers = np.ravel(step)
    shown = [format_number(float(each), 4) for each in numbers[:_MOST_WRITTEN]]
    if numbers.size == 1:
        return shown[0]
    rest = f", … {numbers.size - _MOST_WRITTEN:,} more" if numbers.size > _MOST_WRITTEN else ""
    return f"[{', '.join(shown)}{rest}]"
