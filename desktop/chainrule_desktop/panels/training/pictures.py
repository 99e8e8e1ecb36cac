"""The pages of the training window that show how it goes: loss, weights, boundary, landscape."""

from __future__ import annotations

from typing import TypeAlias, final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QHeaderView, QTableView, QWidget
from typing_extensions import override

from chainrule.diagram.numbers import format_number
from chainrule.training.progress import TrainingProgress
from chainrule.training.trainer import Trainer
from chainrule_desktop.document.training.work import BoundaryOrder
from chainrule_desktop.panels.fields import guard_wheel
from chainrule_desktop.panels.page_parts import column, label_of
from chainrule_desktop.panels.training.context import TrainingContext
from chainrule_desktop.panels.training.data_chart import NO_POINTS, DataChart
from chainrule_desktop.panels.training.loss_chart import LossChart
from chainrule_desktop.panels.training.points import points_of, usual_columns

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_HEADERS = ("Parameter", "Numbers", "‖gradient‖", "|Δw| / |w|")
_APART = 200
_FINE = 60
_BOUNDARY, _FIT = "&Boundary", "&Fit"


@final
class LossPage(QWidget):
    """The loss curve, linear or logarithmic."""

    def __init__(self, context: TrainingContext) -> None:
        super().__init__()
        self._context = context
        self._chart = LossChart(context.theme)
        log = QCheckBox("&Logarithmic")
        log.setToolTip("Let equal factors of the loss be equally far apart.")
        log.toggled.connect(self._chart.show_log)
        down = column(self)
        down.setContentsMargins(10, 10, 0, 0)
        down.addWidget(self._chart, 1)
        down.addWidget(log)
        for signal in (context.training.changed, context.training.progressed):
            signal.connect(self._show)
        self._show()

    def _show(self) -> None:
        training = self._context.training
        whole = training.recipe.batch is None or not training.recipe.feeds_loss
        self._chart.show_series(training.series, whole=whole)


@final
class WeightsModel(QAbstractTableModel):
    """A row for each parameter: how large its gradient is, and its change beside its size."""

    def __init__(self) -> None:
        super().__init__()
        self._trainer: Trainer | None = None
        self._latest: TrainingProgress | None = None

    def show_step(self, trainer: Trainer | None, latest: TrainingProgress | None) -> None:
        """Show the numbers of another step."""
        if trainer is not self._trainer:
            self.beginResetModel()
            self._trainer, self._latest = trainer, latest
            self.endResetModel()
        elif latest is not self._latest:
            self._latest = latest
            last = self.rowCount() - 1
            self.dataChanged.emit(self.index(0, 2), self.index(last, 3))

    @override
    def rowCount(self, parent: _Index = _ROOT, /) -> int:
        trainer = self._trainer
        return 0 if parent.isValid() or trainer is None else len(trainer.parameters.ids)

    @override
    def columnCount(self, parent: _Index = _ROOT, /) -> int:
        return 0 if parent.isValid() else len(_HEADERS)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> object:
        if not index.isValid() or self._trainer is None:
            return None
        row, at = index.row(), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and at:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        parameters, latest = self._trainer.parameters, self._latest
        if at == 0:
            return parameters.ids[row]
        if at == 1:
            return f"{parameters.count(row):,}"
        if latest is None or row >= len(latest.norms):
            return ""
        return format_number(float((latest.norms if at == 2 else latest.ratios)[row]), 5)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole, /
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return _HEADERS[section] if orientation == Qt.Orientation.Horizontal else str(section + 1)


@final
class WeightsPage(QWidget):
    """The norms of the gradients and the ratios of the updates, a few times a second."""

    def __init__(self, context: TrainingContext) -> None:
        super().__init__()
        self._context = context
        self._model, table = WeightsModel(), QTableView()
        table.setModel(self._model)
        table.setAccessibleName("Gradients and updates of the parameters")
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(24)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        says = label_of(
            "At the last step. A ratio of about 0.001 is usual; far larger ones jump about, far "
            "smaller ones hardly move.",
            "muted",
        )
        down = column(self)
        down.setContentsMargins(10, 10, 0, 0)
        down.addWidget(table, 1)
        down.addWidget(says)
        self._soon = QTimer(self, singleShot=True, interval=_APART)
        self._soon.timeout.connect(self._show)
        context.training.progressed.connect(self._show_soon)
        context.training.changed.connect(self._show)
        self._show()

    def _show_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _show(self) -> None:
        training = self._context.training
        self._model.show_step(training.trainer, training.series.latest)


@final
class BoundaryPage(QWidget):
    """The rows over two columns, and what is predicted between them, while it is learnt.

    Signals:
        retitled(): it shows something of another kind, and has another `title`.
    """

    retitled = Signal()

    def __init__(self, context: TrainingContext) -> None:
        super().__init__()
        self._context = context
        self._chart = DataChart(context.theme, "Decision boundary")
        self._x, self._y = _combo("Column along x"), _combo("Column along y")
        self._says = label_of(part="muted")
        self._is_watching = False
        self.title = _BOUNDARY
        """What the page is called, with the letter that opens it."""
        row = QHBoxLayout()
        for word, combo in (("x", self._x), ("y", self._y)):
            row.addWidget(label_of(word, "muted"))
            row.addWidget(combo, 1)
            combo.activated.connect(self._choose)
        row.addStretch(1)
        down = column(self)
        down.setContentsMargins(10, 10, 0, 0)
        down.addLayout(row)
        down.addWidget(self._chart, 1)
        down.addWidget(self._says)
        context.training.changed.connect(self.refresh)
        context.training.progressed.connect(self._show_picture)
        self.refresh()

    def refresh(self) -> None:
        """Show the rows that there are now."""
        training = self._context.training
        table, recipe = training.settings.table, training.recipe
        names = [] if table is None else [*table.columns]
        if table is not None and names != [self._x.itemText(at) for at in range(self._x.count())]:
            chosen = usual_columns(recipe, table)
            for combo, name in zip((self._x, self._y), chosen, strict=True):
                combo.clear()
                combo.addItems(names)
                combo.setCurrentText(name)
        points = NO_POINTS if table is None else points_of(recipe, table, self._columns)
        self._chart.show_points(points)
        self._name(_FIT if points.is_fit else _BOUNDARY)
        self._order()
        self._show_picture()

    def watch(self, on: bool) -> None:
        """Have the boundary pictured as long as the page is seen."""
        self._is_watching = on
        self._order()

    @property
    def _columns(self) -> tuple[str, str]:
        return self._x.currentText(), self._y.currentText()

    def _name(self, title: str) -> None:
        """Call the page by what it shows: what is predicted over one column, or over two."""
        if title != self.title:
            self.title = title
            self._chart.setAccessibleName("Fit" if title == _FIT else "Decision boundary")
            self.retitled.emit()

    def _choose(self) -> None:
        self.refresh()

    def _order(self) -> None:
        training, (x, y) = self._context.training, self._columns
        fits = self._is_watching and x and y and x != y and training.recipe.prediction
        order = BoundaryOrder((x, y), _FINE) if fits else None
        if order != training.work.order:
            training.work.set_order(order)
            if order is not None and training.trainer is not None:
                training.look()
        says = (
            ""
            if training.recipe.prediction
            else ("Name the node that predicts on the page Inputs, and what it predicts is drawn.")
        )
        self._says.setText(says)
        self._says.setVisible(bool(says))

    def _show_picture(self) -> None:
        training = self._context.training
        self._chart.show_picture(training.picture, training.recipe.decision)


def _combo(name: str) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(10)
    guard_wheel(combo)
    return combo
