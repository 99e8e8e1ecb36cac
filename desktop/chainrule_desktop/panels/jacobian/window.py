"""The Jacobian window: which derivative, its picture, its words, and what is done instead."""

from __future__ import annotations

from typing import final

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from chainrule.autodiff.jacobian.jacobian import Jacobian
from chainrule.errors import ChainruleError
from chainrule.graph.node import NodeId
from chainrule_desktop.messages import explain
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.jacobian.ends import (
    Source,
    make_jacobian,
    sources_of,
    suggested,
    targets_of,
)
from chainrule_desktop.panels.jacobian.facts import Facts
from chainrule_desktop.panels.jacobian.hessian_page import HessianPage
from chainrule_desktop.panels.jacobian.map_view import MapView
from chainrule_desktop.panels.jacobian.product_page import ProductPage
from chainrule_desktop.panels.jacobian.slicing import Slicing
from chainrule_desktop.panels.origin_box import OriginBox
from chainrule_desktop.panels.page_parts import label_of
from chainrule_desktop.settings import Settings
from chainrule_desktop.tasks import Tasks
from chainrule_desktop.theme import ScreenFit, scrolled

_HIDDEN = "The exercise asks for numbers that follow from derivatives; they are shown afterwards."


@final
class JacobianWindow(QDialog):
    """Shows the derivative of any node by any node before it, and stays up to date."""

    def __init__(
        self, parent: QWidget | None, context: Context, tasks: Tasks, settings: Settings
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._target: NodeId | None = None
        self._sources: list[Source] = []
        self._jacobian: Jacobian | None = None
        self.setWindowTitle("Jacobian")
        self.resize(980, 640)
        ScreenFit(self)
        self._of, self._by = _combo("Derivative of"), _combo("by")
        self._map = MapView(context.theme, "Jacobian")
        self._slicing = Slicing(self._show_slice)
        self._facts = Facts()
        self._product = ProductPage(context.theme)
        self._hessian = HessianPage(context, tasks)
        self._counting = OriginBox(settings)
        self._fault = label_of(part="problem")
        self._tabs = QTabWidget()
        self._lay_out()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._renew)
        self._of.activated.connect(self._choose_target)
        self._by.activated.connect(self._renew)
        self._counting.toggled.connect(self._renew)
        self._map.cell_chosen.connect(self._show_entry)
        document = context.editor.document
        document.changed.connect(self._renew_later)
        document.replaced.connect(self._follow_document)

    def ask(self) -> None:
        """Show the derivative that what is selected suggests, and come to the front."""
        self._suggest()
        self._renew()
        if self.isVisible():
            self.raise_()
            self.activateWindow()
        self.show()

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        self._map.setFocus()

    @property
    def _origin(self) -> int:
        return self._counting.origin

    def _follow_document(self) -> None:
        """Begin anew with another document."""
        if self.isVisible():
            self._suggest()
            self._later.start()

    def _suggest(self) -> None:
        ends = suggested(self._context, self._context.editor.selection)
        self._list_targets()
        if ends is not None:
            self._take(*ends)

    def _take(self, target: NodeId, source: Source) -> None:
        self._target = target
        self._of.setCurrentText(target)
        self._list_sources()
        if source in self._sources:
            self._by.setCurrentIndex(self._sources.index(source))

    def _lay_out(self) -> None:
        spy, fit = QCheckBox("Only where it is not 0"), QPushButton("Show all")
        spy.setToolTip("Draw every entry that differs from 0 in one colour: a spy plot.")
        spy.toggled.connect(self._map.show_nonzeros_only)
        fit.clicked.connect(self._map.fit)
        fit.setAutoDefault(False)
        ends = QHBoxLayout()
        for widget in (QLabel("∂"), self._of, QLabel("by ∂"), self._by):
            ends.addWidget(widget)
        ends.addStretch()
        ends.addWidget(self._counting)
        below = QHBoxLayout()
        for each in (self._slicing, spy, fit):
            below.addWidget(each)
        below.insertStretch(1)
        picture = QVBoxLayout()
        picture.addWidget(self._map, 1)
        picture.addLayout(below)
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 10, 0, 0)
        columns.setSpacing(16)
        columns.addLayout(picture, 1)
        columns.addWidget(self._facts)
        self._tabs.addTab(page, "Entries")
        self._tabs.addTab(self._product, "Without forming it")
        self._tabs.addTab(self._hessian, "Second derivatives")
        self._tabs.currentChanged.connect(self._show_hessian)
        layout = QVBoxLayout(self)
        layout.addLayout(ends)
        layout.addWidget(self._fault)
        layout.addWidget(scrolled(self._tabs), 1)

    def _list_targets(self) -> None:
        names = targets_of(self._context.graph)
        if names != [self._of.itemText(row) for row in range(self._of.count())]:
            self._of.clear()
            self._of.addItems(names)
        if self._target in names:
            self._of.setCurrentText(self._target or "")
        self._list_sources()

    def _list_sources(self) -> None:
        target = self._of.currentText()
        self._target = target or None
        chosen = self._source()
        self._sources = sources_of(self._context.graph, target) if target else []
        self._by.clear()
        self._by.addItems([each.text for each in self._sources])
        if chosen in self._sources:
            self._by.setCurrentIndex(self._sources.index(chosen))

    def _source(self) -> Source | None:
        row = self._by.currentIndex()
        return self._sources[row] if 0 <= row < len(self._sources) else None

    def _choose_target(self) -> None:
        self._list_sources()
        self._renew()

    def _renew_later(self) -> None:
        if self.isVisible():
            self._later.start()

    def _renew(self) -> None:
        """Make the Jacobian anew; what it costs is paid when something is looked at."""
        self._list_targets()
        source = self._source()
        self._jacobian = None
        hides = self._context.editor.document.cover.covered is not None
        nothing = "There is nothing to differentiate yet; wire a gate."
        self._fault.setText(_HIDDEN if hides else "" if source else nothing)
        if source is not None and self._target is not None and not hides:
            try:
                self._jacobian = make_jacobian(self._context, self._target, source)
            except ChainruleError as error:
                self._fault.setText(explain(error))
        self._fault.setVisible(self._jacobian is None)
        self._tabs.setVisible(self._jacobian is not None)
        if self._jacobian is not None:
            self._show(self._jacobian)

    def _show(self, jacobian: Jacobian) -> None:
        with np.errstate(all="ignore"):
            self._slicing.show_jacobian(jacobian, self._origin)
            self._facts.show_jacobian(jacobian, self._origin)
            self._product.show_product(jacobian, self._context.passes.gradient(jacobian.target))
            self._show_slice()
            self._show_entry(*self._map.cell)
        self._show_hessian()

    def _show_hessian(self) -> None:
        if self._tabs.currentWidget() is self._hessian:
            self._hessian.show_graph(self._origin)

    def _show_slice(self) -> None:
        if self._jacobian is not None:
            self._map.count_from(self._origin)
            self._map.show_matrix(*self._slicing.shown(self._jacobian))
            self._facts.show_seen(self._map.seen)

    def _show_entry(self, row: int, column: int) -> None:
        if self._jacobian is not None:
            place = self._slicing.entry(self._jacobian, row, column)
            with np.errstate(all="ignore"):
                self._facts.show_entry(self._jacobian, *place, self._origin)
            self._facts.show_seen(self._map.seen)


def _combo(name: str) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(14)
    return combo
