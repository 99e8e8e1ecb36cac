"""The pages of the tensor view: table, heat map, histogram, and a sentence where there is none."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QStackedWidget

from chainrule_desktop.panels.tensors.content import Content
from chainrule_desktop.panels.tensors.heat_map import HeatMap
from chainrule_desktop.panels.tensors.histogram_chart import HistogramChart
from chainrule_desktop.panels.tensors.look import coloured
from chainrule_desktop.panels.tensors.scene import Scene
from chainrule_desktop.panels.tensors.table import TensorTable
from chainrule_desktop.theme import set_part

TABLE, HEAT_MAP = 0, 1
_STEP = 1.25


@final
class Pages(QStackedWidget):
    """Shows one of the pages; only that one gets new numbers.

    Signals:
        cell_chosen(int, int): a cell of the table or of the heat map was chosen.
        bar_chosen(str): what a chosen bar of the histogram stands for.
    """

    cell_chosen = Signal(int, int)
    bar_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._content: Content | None = None
        self._scene: Scene | None = None
        self._page = TABLE
        self._table: TensorTable | None = None
        self._heat: HeatMap | None = None
        self._chart = HistogramChart()
        self._sentence = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        set_part(self._sentence, "muted")
        self._chart.bar_chosen.connect(self.bar_chosen)
        self.currentChanged.connect(self._follow_focus)
        self.addWidget(self._sentence)
        self.addWidget(self._chart)

    def show_page(self, page: int) -> None:
        """Show the table, the heat map or the histogram."""
        self._page = page
        self._refresh()

    def show_content(self, content: Content, scene: Scene) -> None:
        """Show other numbers."""
        self._content, self._scene = content, scene
        self._refresh()

    def show_sentence(self, sentence: str) -> None:
        """Show that there are no numbers, and why."""
        self._content = self._scene = None
        self._sentence.setText(sentence)
        self.setCurrentWidget(self._sentence)

    def choose(self, row: int, column: int) -> None:
        """Choose a cell of the page that is shown."""
        if self._page == TABLE and self._table is not None:
            self._table.choose(row, column)
        elif self._page == HEAT_MAP and self._heat is not None:
            self._heat.choose(row, column)

    def _follow_focus(self) -> None:
        page = self.currentWidget()
        if page is not None:
            self.setFocusProxy(page)

    def zoom(self, steps: int) -> None:
        """Make the cells of the heat map larger or smaller; 0 shows all of them."""
        if self._heat is not None:
            self._heat.zoom_by(_STEP**steps) if steps else self._heat.fit()

    def _refresh(self) -> None:
        content, scene = self._content, self._scene
        if content is None or scene is None:
            return
        if self._page == TABLE:
            self.setCurrentWidget(self._table_of(scene))
        elif self._page == HEAT_MAP:
            self.setCurrentWidget(self._heat_map_of(scene, coloured(content.codes, scene.look)))
        else:
            self._chart.show_histogram(scene, content.histogram)
            self.setCurrentWidget(self._chart)

    def _table_of(self, scene: Scene) -> TensorTable:
        if self._table is None:
            self._table = TensorTable(scene)
            self._table.cell_chosen.connect(self.cell_chosen)
            self.addWidget(self._table)
        else:
            self._table.show_scene(scene)
        return self._table

    def _heat_map_of(self, scene: Scene, image: QImage) -> HeatMap:
        if self._heat is None:
            self._heat = HeatMap(scene, image)
            self._heat.cell_chosen.connect(self.cell_chosen)
            self.addWidget(self._heat)
        else:
            self._heat.show_scene(scene, image)
        return self._heat
