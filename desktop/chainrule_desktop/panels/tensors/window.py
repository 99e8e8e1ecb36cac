"""The tensor view: a window beside the canvas on the numbers of one node or wire."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from chainrule.diagram.gradient_names import gradient_text
from chainrule.graph.composites import kind_name
from chainrule_desktop.document.document import differentiated_of
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.panels.origin_box import OriginBox
from chainrule_desktop.panels.page_parts import label_of
from chainrule_desktop.panels.tensors.axes_bar import AxesBar
from chainrule_desktop.panels.tensors.content import Content, ContentMaker
from chainrule_desktop.panels.tensors.dependence_panel import DependencePanel
from chainrule_desktop.panels.tensors.footer import Footer
from chainrule_desktop.panels.tensors.look import look_for
from chainrule_desktop.panels.tensors.pages import HEAT_MAP, Pages
from chainrule_desktop.panels.tensors.scene import Scene
from chainrule_desktop.panels.tensors.slicing import Slicing, first_slice
from chainrule_desktop.panels.tensors.subject import TensorSubject, selected_subject
from chainrule_desktop.panels.tensors.switch import Switch
from chainrule_desktop.panels.tensors.taking import copy_tensor, save_tensor
from chainrule_desktop.settings import Settings
from chainrule_desktop.tasks import Tasks
from chainrule_desktop.theme import ScreenFit, Theme, set_part

_WIDTH, _HEIGHT = 820, 560
_LEAST_DECIMALS = 4
_LARGEST_WHOLE = 1e4


@final
@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """What the tensor view reads and uses."""

    editor: Editor
    drawing: Drawing
    theme: Theme
    settings: Settings
    tasks: Tasks


@final
class TensorWindow(QDialog):
    """Follows the selection until it is pinned, and the numbers while it is seen.

    Signals:
        node_chosen(str): the tensor of this node is wanted.
        closed(): it is seen no more.
    """

    node_chosen = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None, around: Surroundings) -> None:
        super().__init__(parent)
        self._around = around
        self._document = around.editor.document
        self._subject: TensorSubject | None = None
        self._slicing: Slicing = first_slice(())
        self._index: tuple[int, ...] | None = None
        self._scene: Scene | None = None
        self._maker = ContentMaker(around.tasks, self._show_content)
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._title = label_of(part="title")
        self._subtitle = label_of(part="muted")
        self._pin = QCheckBox("&Keep on this tensor")
        self._counting = OriginBox(around.settings)
        self._which = Switch("Numbers", ("&Value", "&Gradient"))
        self._form = Switch("Shown as", ("&Table", "&Heat map", "Histo&gram"))
        self._axes = AxesBar()
        self._pages = Pages()
        self._dependence = DependencePanel(around.tasks)
        self._footer = Footer(around.theme)
        self._lay_out()
        self._connect()

    @property
    def is_pinned(self) -> bool:
        """Whether it stays on its tensor when something else is selected."""
        return self._pin.isChecked()

    def show_subject(self, subject: TensorSubject | None, which: str = "") -> None:
        """Show the numbers of a node or wire, or that nothing is selected.

        `which` is "value", "gradient", or "" for the one that is shown anyway.
        """
        if which:
            self._which.choose(("value", "gradient").index(which))
        if subject != self._subject:
            self._subject, self._index = subject, None
            self._footer.show_cell("")
        self._timer.start()

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        self.refresh()
        # The keyboard begins in the numbers: arrows walk through them.
        self._pages.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def done(self, result: int, /) -> None:
        self._dependence.forget()
        self._around.settings.change(tensor_geometry=bytes(self.saveGeometry().data()))
        self.closed.emit()
        super().done(result)

    def _lay_out(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Tensor")
        self.resize(_WIDTH, _HEIGHT)
        ScreenFit(self)
        geometry = self._around.settings.values.tensor_geometry
        if geometry:
            self.restoreGeometry(QByteArray(geometry))
        top, switches, middle = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._title.setWordWrap(False)
        top.addWidget(self._title)
        top.addWidget(self._subtitle, 1)
        top.addWidget(self._pin)
        switches.addWidget(self._which)
        switches.addSpacing(16)
        switches.addWidget(self._form)
        switches.addStretch()
        switches.addWidget(self._counting)
        middle.addWidget(self._pages, 1)
        middle.addWidget(self._dependence)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        for row in (top, switches):
            column.addLayout(row)
        column.addWidget(self._axes)
        column.addLayout(middle, 1)
        column.addWidget(self._footer)
        self._pin.setToolTip("Go on showing it when something else is selected")
        set_part(self, "panel")

    def _connect(self) -> None:
        around = self._around
        self._timer.timeout.connect(self.refresh)
        self._document.replaced.connect(self._start_anew)
        around.drawing.redrawn.connect(self._timer.start)
        around.theme.changed.connect(self._timer.start)
        around.editor.selection.changed.connect(self._follow)
        self._pin.toggled.connect(self._follow)
        self._counting.toggled.connect(self._timer.start)
        self._which.chosen.connect(self._timer.start)
        self._form.chosen.connect(self._show_page)
        self._axes.sliced.connect(self._slice)
        self._pages.cell_chosen.connect(self._choose)
        self._pages.bar_chosen.connect(self._footer.show_cell)
        self._dependence.node_chosen.connect(self.node_chosen)
        self._footer.zoom_clicked.connect(self._pages.zoom)
        self._footer.copy_chosen.connect(self._copy)
        self._footer.save_clicked.connect(self._save)

    def _start_anew(self) -> None:
        self._pin.setChecked(False)
        self.show_subject(selected_subject(self._around.editor.selection))

    def _follow(self) -> None:
        selected = selected_subject(self._around.editor.selection)
        if not self.is_pinned and selected is not None:
            self.show_subject(selected)

    def refresh(self) -> None:
        """Show the numbers that hold now, if anybody sees them."""
        self._timer.stop()
        subject = self._subject
        if not self.isVisible():
            return
        if subject is None or not subject.is_in(self._document):
            self._write_title("", "")
            self._show_nothing("Select a node or a wire to see its numbers.")
            return
        gradient = self._which.place == 1
        self._show_title(subject)
        tensor = subject.numbers(self._document, gradient=gradient)
        if tensor is None:
            what = "gradient" if gradient else "value"
            hidden = self._document.cover.covered is not None
            why = "is asked for by the exercise" if hidden else "can't be computed yet"
            self._show_nothing(f"The {what} of {subject.node} {why}.")
            return
        self._slicing = self._slicing.fitted(tensor.shape)
        self._maker.ask(tensor, self._slicing)

    def _show_title(self, subject: TensorSubject) -> None:
        name = subject.shown_name(self._document)
        kind = kind_name(self._document.graph.node(subject.node).kind)
        wire = subject.wire
        where = "" if wire is None else f", to input {wire.port + 1} of {wire.target}"
        self._write_title(name, f"{kind}{where}")

    def _write_title(self, name: str, kind: str) -> None:
        self._title.setText(name)
        self._subtitle.setText(kind)
        self.setWindowTitle(f"{name} – Tensor" if name else "Tensor")

    def _show_nothing(self, sentence: str) -> None:
        self._scene = None
        self._dependence.forget()
        self._pages.show_sentence(sentence)
        self._footer.show_nothing()
        self._axes.hide()
        self._dependence.hide()

    def _show_content(self, content: Content) -> None:
        subject = self._subject
        if subject is None or not subject.is_in(self._document):
            return
        gradient = self._which.place == 1
        most = max(self._around.drawing.display.decimals, _LEAST_DECIMALS)
        whole = content.summary.are_whole and content.summary.largest < _LARGEST_WHOLE
        decimals = 0 if whole else most
        output = differentiated_of(self._document) or ""
        notation = self._around.drawing.display.notation
        name = gradient_text(notation, output, subject.node) if gradient else subject.node
        self._scene = Scene(
            name,
            content.tensor,
            content.slicing,
            content.summary.largest,
            decimals,
            gradient,
            look_for(self._around.theme.palette),
            self._counting.origin,
        )
        self._axes.show_slicing(content.slicing, self._counting.origin)
        # A histogram is of all numbers.
        self._axes.setVisible(content.tensor.ndim > 2 and self._form.place <= HEAT_MAP)
        self._pages.show_content(content, self._scene)
        self._footer.show_scene(self._scene, content.summary.sentence(most), self._form.place)
        self._show_chosen()

    def _show_page(self, page: int) -> None:
        self._pages.show_page(page)
        self._timer.start()

    def _slice(self, slicing: Slicing) -> None:
        self._slicing, self._index = slicing, None
        self._timer.start()

    def _choose(self, row: int, column: int) -> None:
        if self._scene is not None:
            self._index = self._scene.slicing.index(row, column)
            self._show_chosen()

    def _show_chosen(self) -> None:
        """Say what the chosen number is, and look for what it depends on."""
        scene, subject = self._scene, self._subject
        if scene is None or subject is None:
            return
        # It keeps its room, so that the numbers stay where they are.
        self._dependence.show()
        shape = scene.tensor.shape
        if self._index is not None and len(self._index) != len(shape):
            self._index = None
        if self._index is None or any(at >= n for at, n in zip(self._index, shape, strict=True)):
            self._index = () if not shape else None
        if scene.is_gradient:
            self._dependence.show_gradient()
        if self._index is None:
            self._footer.show_cell("")
            if not scene.is_gradient:
                self._dependence.forget()
            return
        cell = scene.slicing.cell(self._index)
        self._pages.choose(*cell)
        self._footer.show_cell(scene.sentence(*cell))
        if self._document.cover.covered is not None:
            self._dependence.show_covered()
        elif not scene.is_gradient:
            self._dependence.show_for(self._document.graph, subject.node, self._index, scene)

    def _copy(self, form: str) -> None:
        if self._scene is not None:
            copy_tensor(self._scene.tensor, form)
            self._footer.show_cell("Copied.")

    def _save(self) -> None:
        if self._scene is not None and self._subject is not None:
            suffix = "_gradient" if self._scene.is_gradient else ""
            name, folder = f"{self._subject.node}{suffix}.npy", self._around.settings.last_folder()
            save_tensor(self, folder, self._scene.tensor, name, self._footer.show_cell)
