"""Where rows come from: a generator, a table, the penguins; what they look like, and the split."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final, final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHeaderView,
    QTableView,
    QWidget,
)

from chainrule.errors import ChainruleError, TrainingError
from chainrule.training.generators import MOST_ROWS
from chainrule.training.sources import MOST_KEPT, Generated, InFile, Kept
from chainrule.training.tables import DataTable, read_table_file, read_table_text
from chainrule_desktop.dialogs.file_dialog import file_dialog
from chainrule_desktop.messages import explain, explain_failure
from chainrule_desktop.panels.fields import guard_wheel
from chainrule_desktop.panels.page_parts import Form, column, heading, label_of
from chainrule_desktop.panels.training.context import TrainingContext, number_field, number_text
from chainrule_desktop.panels.training.data_chart import NO_POINTS, DataChart
from chainrule_desktop.panels.training.points import points_of, usual_columns
from chainrule_desktop.panels.training.rows_model import RowsModel
from chainrule_desktop.panels.training.sources import FILE, PASTED, key_of, offers, source_for
from chainrule_desktop.panels.training.whole_field import WholeField

_MEASURED: Final = 50
_MOST_SEED: Final = 999_999
_FILTER: Final = "Tables (*.csv *.tsv *.txt *.npy);;All files (*)"


@final
class DataPage(QWidget):
    """Chooses the rows, shows them as a table and as points, and says which of them test."""

    def __init__(self, context: TrainingContext) -> None:
        super().__init__()
        self._context = context
        self._source = QComboBox()
        self._generator = Form()
        self._rows = WholeField("Rows", 2, MOST_ROWS)
        self._seed = WholeField("Seed", 0, _MOST_SEED)
        self._noise = number_field("Noise", self._set_noise)
        self._says, self._fault = label_of(part="muted"), label_of(part="problem")
        self._model, self._table = RowsModel(), QTableView()
        self._chart = DataChart(context.theme, "Rows of data")
        self._batch = WholeField("Rows in a batch", 0, MOST_ROWS)
        self._tests = WholeField("Tests", 0, 90)
        self._order = WholeField("Seed of split and batches", 0, _MOST_SEED)
        self._shown: DataTable | None = None
        self._lay_out()
        self._source.activated.connect(self._choose)
        for name, field in (("rows", self._rows), ("seed", self._seed)):
            field.chosen.connect(partial(self._set_generator, name))
        splits = (("batch", self._batch), ("test_share", self._tests), ("seed", self._order))
        for name, field in splits:
            field.chosen.connect(partial(self._set_split, name))
        context.training.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the rows that there are now."""
        training = self._context.training
        recipe, source = training.recipe, training.recipe.source
        keys = [offer.key for offer in self._offers]
        self._source.setCurrentIndex(keys.index(key_of(source)) if key_of(source) in keys else 0)
        self._generator.setVisible(isinstance(source, Generated))
        if isinstance(source, Generated):
            self._rows.show_number(source.rows)
            self._seed.show_number(source.seed)
            self._noise.show_text(number_text(source.noise))
        self._batch.show_number(recipe.batch or 0)
        self._tests.show_number(round(100 * recipe.test_share))
        self._order.show_number(recipe.seed)
        self._show_table(training.settings.table)
        self._say(training.settings.fault)

    def _lay_out(self) -> None:
        self._offers = offers()
        self._source.setAccessibleName("Rows of data")
        self._source.addItems([offer.text for offer in self._offers])
        model = self._source.model()
        assert isinstance(model, QStandardItemModel)
        for row, offer in enumerate(self._offers):
            if offer.obstacle:
                model.item(row).setEnabled(False)
                model.item(row).setToolTip(offer.obstacle)
                model.item(row).setText(
                    f"{offer.text} ({offer.obstacle[:1].lower()}{offer.obstacle[1:]})"
                )
        guard_wheel(self._source)
        self._source.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        top, below = Form(), Form()
        top.add("Rows from", self._source, self._fault)
        self._generator.add("Rows", self._rows)
        self._generator.add("Noise", self._noise, self._noise.note, "Standard deviation")
        self._generator.add("Seed", self._seed)
        self._batch.setSpecialValueText("all rows")
        self._tests.setSuffix(" %")
        below.add("Batch", self._batch, says="How many rows each step is made of.")
        below.add("For tests", self._tests, says="The share of the rows that never train.")
        below.add("Seed", self._order, says="Decides the split and the order of batches.")
        self._prepare_table()
        down = column(self)
        down.setContentsMargins(0, 10, 12, 10)
        parts = (top, self._generator, self._chart, self._table, self._says)
        for part in (*parts, heading("Batches and tests"), below):
            down.addWidget(part)
        down.setStretchFactor(self._chart, 3)
        down.setStretchFactor(self._table, 2)

    def _prepare_table(self) -> None:
        self._table.setModel(self._model)
        self._table.setAccessibleName("Rows of data as a table")
        self._table.setTabKeyNavigation(False)
        self._table.setMinimumHeight(96)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setResizeContentsPrecision(_MEASURED)
        self._table.verticalHeader().setDefaultSectionSize(24)

    def _show_table(self, table: DataTable | None) -> None:
        training = self._context.training
        self._model.show_table(table)
        self._table.setVisible(table is not None)
        self._chart.setVisible(table is not None)
        self._says.setVisible(table is not None)
        if table is None:
            self._chart.show_points(NO_POINTS)
            self._shown = None
            return
        rows = f"{len(table):,} rows of {len(table.columns)} columns"
        self._says.setText(f"{rows}. {table.says}." if table.says else f"{rows}.")
        columns = usual_columns(training.recipe, table)
        self._chart.show_points(points_of(training.recipe, table, columns))

    def _choose(self, row: int) -> None:
        key = self._offers[row].key
        self.refresh()  # until other rows are there, those that are are named
        if key == FILE:
            self._ask_file()
        elif key == PASTED:
            self._paste()
        elif key != key_of(self._context.training.recipe.source):
            self._take(partial(self._context.set_source, source_for(key)))

    def _ask_file(self) -> None:
        dialog = file_dialog(self, "Table of Data", self._context.settings.last_folder(), _FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.read_file)
        dialog.open()

    def read_file(self, name: str) -> None:
        """Read a table in the background and train with its rows."""
        path = Path(name)
        task = self._context.tasks.start(lambda _: read_table_file(path))
        task.succeeded.connect(partial(self._take_table, path))
        task.failed.connect(partial(self._tell_of, path))

    def _tell_of(self, path: Path, error: Exception) -> None:
        self._say(explain_failure("read", path, error))

    def _take_table(self, path: Path, table: DataTable) -> None:
        """Keep a small table in the graph's file, and of a large one where it is."""
        if table.numbers.size <= MOST_KEPT:
            self._context.set_source(Kept(table, path.name), table)
        else:
            self._context.set_source(InFile(self._relative(path)), table)

    def _relative(self, path: Path) -> str:
        own = self._context.document.path
        if own is not None and path.is_relative_to(own.parent):
            return path.relative_to(own.parent).as_posix()
        return str(path)

    def _paste(self) -> None:
        def take() -> None:
            table = read_table_text(QGuiApplication.clipboard().text())
            if table.numbers.size > MOST_KEPT:
                raise TrainingError(
                    f"the clipboard holds {table.numbers.size:,} numbers, and {MOST_KEPT:,} fit "
                    "into the graph's file; save them as a file and choose that"
                )
            self._context.set_source(Kept(table), table)

        self._take(take)

    def _set_generator(self, name: str, number: int) -> None:
        source = self._context.training.recipe.source
        if isinstance(source, Generated):
            changes: dict[str, Any] = {name: number}
            self._take(partial(self._context.set_source, replace(source, **changes)))

    def _set_noise(self, noise: float | None) -> None:
        source = self._context.training.recipe.source
        if isinstance(source, Generated) and noise is not None:
            if not 0 <= noise < float("inf"):
                raise TrainingError("noise is a number from 0 on")
            self._context.set_source(replace(source, noise=noise))

    def _set_split(self, name: str, number: int) -> None:
        training = self._context.training
        values = {"batch": number or None, "test_share": number / 100, "seed": number}
        changes: dict[str, Any] = {name: values[name]}
        training.set_recipe(replace(training.recipe, **changes), "Change the batches")

    def _take(self, change: Callable[[], None]) -> None:
        try:
            change()
        except ChainruleError as error:
            self._say(explain(error))

    def _say(self, sentence: str) -> None:
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))
