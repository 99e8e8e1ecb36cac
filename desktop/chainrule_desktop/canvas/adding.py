"""The search on the canvas for what to add."""

from __future__ import annotations

from collections.abc import Callable
from typing import final

import numpy as np
from PySide6.QtCore import QObject, QPoint, QPointF, QRect, Signal
from PySide6.QtWidgets import QGraphicsView

from chainrule.diagram.bodies import RADIUS
from chainrule.diagram.diagram import Diagram
from chainrule.graph.node import NodeId
from chainrule_desktop.canvas.marks import Point
from chainrule_desktop.canvas.placing import free_place
from chainrule_desktop.canvas.viewport import Camera
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor
from chainrule_desktop.document.loose_end import LooseEnd
from chainrule_desktop.search.offers import Offers, Spot
from chainrule_desktop.search.popup import Finder, SearchPopup, Wording
from chainrule_desktop.search.replacing import replacements
from chainrule_desktop.settings import Settings
from chainrule_desktop.theme import Theme

_HINT = "Type a gate, a number, a name or a formula; Enter adds it, Escape closes."
_BESIDE = 160.0
_REPLACE_HINT = "Type the gate to put in its place; Enter replaces it, Escape closes."
_ADD = Wording(
    "Add by search",
    "Gate, number, name or formula",
    "No gate is called so. A number, a name or a formula such as 1/(1 + exp(-x)) is taken, too.",
)
_FROM_OUTPUT = Wording(
    "Wire to",
    "What reads {node}",
    "Nothing of that name takes the output of {node}.",
)
_INTO_PORT = Wording(
    "Wire from",
    "What feeds input {port} of {node}",
    "Nothing of that name can feed input {port} of {node}.",
)


@final
class AddingSearch(QObject):
    """Opens the search at a point of the canvas and adds what is chosen there.

    Signals:
        said(str): what to do now, for the status bar; "" once that is over.
        ended(): the search is over, whatever came of it.
    """

    said = Signal(str)
    ended = Signal()

    def __init__(
        self,
        view: QGraphicsView,
        camera: Camera,
        editor: Editor,
        drawing: Drawing,
        theme: Theme,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._camera = camera
        self._editor = editor
        self._drawing = drawing
        self._popup = SearchPopup(view, theme)
        self._popup.closed.connect(self._end)
        self._over: Callable[[], object] = _nothing
        self._settings: Settings | None = None
        editor.document.replaced.connect(self._popup.end)

    def remember_in(self, settings: Settings) -> None:
        """Keep in the settings which gates were used last; these are offered first."""
        self._settings = settings

    def ask(
        self, point: Point, end: LooseEnd | None = None, over: Callable[[], object] | None = None
    ) -> None:
        """Search for what to add at a point, or, with a loose end, for what fits to it.

        `over` is called when the search has ended, however it did.
        """
        self._popup.end()
        self._over = over or _nothing
        place = _room(self._drawing.diagram, point, end)
        recent = () if self._settings is None else self._settings.values.recent_gates
        offers = Offers(self._editor, Spot(place, end), recent, self._remember)
        self.said.emit(_HINT)
        self._begin(_wording(end), offers.rows, point)

    def ask_replacement(
        self, node_id: NodeId, point: Point, replace: Callable[[NodeId, str], object]
    ) -> None:
        """Search for the gate that is to stand where a node is; `replace` gets both names."""
        self._popup.end()
        finder = replacements(self._editor, node_id, replace)
        name = f"Replace {node_id}"
        nothing = f"No such gate takes the inputs of {node_id}."
        self.said.emit(_REPLACE_HINT)
        self._begin(Wording(name, f"Gate in the place of {node_id}", nothing), finder, point)

    def _begin(self, wording: Wording, finder: Finder, point: Point) -> None:
        viewport = self._view.viewport()
        pixel = _inside(self._camera.to_pixel(QPointF(*point)), viewport.rect())
        self._popup.begin(wording, finder, viewport.mapToGlobal(pixel))

    def _remember(self, kind_name: str) -> None:
        if self._settings is not None:
            self._settings.remember_gate(kind_name)

    def _end(self) -> None:
        over, self._over = self._over, _nothing
        self.said.emit("")
        over()
        self.ended.emit()


def _room(diagram: Diagram, point: Point, end: LooseEnd | None) -> Point:
    """Return the place itself, or one beside a node that stands there already.

    What is wired to a node comes to its right, what feeds it to its left.
    """
    away = np.abs(diagram.geometry.centers - np.array(point))
    if not (away < 2 * RADIUS).all(axis=1).any():
        return float(round(point[0])), float(round(point[1]))
    side = 0.0 if end is None else _BESIDE if end.port is None else -_BESIDE
    return free_place(diagram, (point[0] + side, point[1]))


def _wording(end: LooseEnd | None) -> Wording:
    if end is None:
        return _ADD
    if end.onto is not None:
        ends = f"{end.node} and {end.onto.target}"
        nothing = f"Nothing of that name takes the output of {end.node}."
        return Wording("Put into the wire", f"Gate between {ends}", nothing)
    known = _FROM_OUTPUT if end.port is None else _INTO_PORT
    port = 0 if end.port is None else end.port + 1
    placeholder = known.placeholder.format(node=end.node, port=port)
    return Wording(known.name, placeholder, known.nothing.format(node=end.node, port=port))


def _inside(pixel: QPoint, room: QRect) -> QPoint:
    """Return the pixel of the view nearest to one that may be out of sight."""
    x = max(room.left(), min(pixel.x(), room.right()))
    return QPoint(x, max(room.top(), min(pixel.y(), room.bottom())))


def _nothing() -> None:
    pass
