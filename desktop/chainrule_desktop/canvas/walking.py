"""Walking through the graph with keys: along wires, among siblings, onto wires."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import final

import numpy as np
from PySide6.QtCore import QObject, Signal

from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId, Wire
from chainrule_desktop.canvas.grid import GRID
from chainrule_desktop.canvas.order import Thing, holds, order_of
from chainrule_desktop.canvas.placing import node_area, wire_area
from chainrule_desktop.canvas.sentences import sentence_on
from chainrule_desktop.canvas.viewport import Camera
from chainrule_desktop.canvas.words import called
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.editing import Editor

Way = tuple[int, int]


@final
class Walker(QObject):
    """Selects what a key leads to from what is selected last.

    Left leads to the source of the first input, Right to the first reader; then Up and Down lead
    through the other sources of that gate, by port, or through the other readers. Where one came
    from, the way back leads to first. Off such a row, Up and Down lead to the nearest node.

    Signals:
        walked(str): something else is selected; a sentence on it.
    """

    walked = Signal(str)

    def __init__(self, editor: Editor, drawing: Drawing, camera: Camera, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._drawing = drawing
        self._camera = camera
        self._here: Thing | None = None
        self._origin: NodeId | None = None
        self._siblings: Sequence[Thing] = ()

    def walk(self, way: Way, *, extend: bool = False) -> None:
        """Go one step left, right, up or down; with `extend`, what was selected stays so."""
        here = self.here
        if here is None:
            self.go_first()
        elif way[1]:
            self._step_aside(here, way[1], extend=extend)
        elif isinstance(here, str):
            self._step_along(here, way[0], extend=extend)
        else:
            node = here.source if way[0] < 0 else here.target
            self._select(node, extend=extend)
            self._remember(node, None, ())

    def walk_to_wire(self, way: int) -> None:
        """Go to the first wire into the node (-1) or out of it (1); from a wire, to the next."""
        here = self.here
        if here is None:
            return
        if not isinstance(here, str):
            here = here.source if way < 0 else here.target
        graph = self._graph
        wires = graph.wires_into(here) if way < 0 else graph.wires_from(here)
        if wires:
            self._select(wires[0], extend=False)
            self._remember(wires[0], here, wires)

    def go_first(self) -> None:
        """Go to the first node in topological order."""
        self._go_to_rank(0)

    def go_last(self) -> None:
        """Go to the last node in topological order."""
        self._go_to_rank(-1)

    @property
    def here(self) -> Thing | None:
        """The node or wire from which keys lead on: the one selected last."""
        nodes, wires = self._editor.selection.nodes, self._editor.selection.wires
        if self._here in wires:
            return self._here
        return nodes[-1] if nodes else min(wires, default=None)

    @property
    def _graph(self) -> GateGraph:
        return self._editor.document.graph

    def _go_to_rank(self, rank: int) -> None:
        order = order_of(self._graph)
        if order.nodes:
            node = order.node(rank)
            self._select(node, extend=False)
            self._remember(node, None, ())

    def _step_along(self, here: NodeId, way: int, *, extend: bool) -> None:
        graph = self._graph
        if way < 0:
            found = dict.fromkeys(wire.source for wire in graph.wires_into(here))
        else:
            found = dict.fromkeys(wire.target for wire in graph.wires_from(here))
        if not found:
            where = "leads to" if way < 0 else "reads"
            self.walked.emit(f"Nothing {where} {called(graph, here)}.")
            return
        came_from = self._origin if self._here == here and self._origin in found else None
        node = came_from or next(iter(found))
        self._select(node, extend=extend)
        self._remember(node, here, tuple(found))

    def _step_aside(self, here: Thing, way: int, *, extend: bool) -> None:
        row = self._row_of(here)
        place = row.index(here) + way if here in row else -1
        if 0 <= place < len(row):
            self._select(row[place], extend=extend)
            self._remember(row[place], self._origin, row)
        elif isinstance(here, str) and (node := self._beside(here, way)) is not None:
            self._select(node, extend=extend)
            self._remember(node, None, ())

    def _row_of(self, here: Thing) -> Sequence[Thing]:
        """Return what Up and Down lead through, as far as it is still there."""
        if self._here == here:
            return [each for each in self._siblings if holds(self._graph, each)]
        return () if isinstance(here, str) else self._graph.wires_into(here.target)

    def _beside(self, node_id: NodeId, way: int) -> NodeId | None:
        """Return the nearest node above or below, in about the same column."""
        diagram = self._drawing.diagram
        centers = diagram.geometry.centers
        away = centers - centers[diagram.parts.index[node_id]]
        across, down = np.abs(away[:, 0]), away[:, 1] * way
        rows = np.flatnonzero((down > 0) & (across < 3 * GRID))
        if len(rows) == 0:
            return None
        return diagram.parts.ids[int(rows[(down + 2 * across)[rows].argmin()])]

    def _remember(self, here: Thing, origin: NodeId | None, siblings: Iterable[Thing]) -> None:
        self._here, self._origin, self._siblings = here, origin, tuple(siblings)

    def _select(self, thing: Thing, *, extend: bool) -> None:
        selection, diagram = self._editor.selection, self._drawing.diagram
        nodes = [each for each in selection.nodes if each != thing] if extend else []
        wires = selection.wires if extend else frozenset[Wire]()
        if isinstance(thing, str):
            selection.set((*nodes, thing), wires)
            self._camera.reveal(node_area(diagram, thing))
        else:
            selection.set(nodes, wires | {thing})
            self._camera.reveal(wire_area(diagram, thing))
        decimals = self._drawing.display.decimals
        self.walked.emit(sentence_on(self._editor.document, thing, decimals))
