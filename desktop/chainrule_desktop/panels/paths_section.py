"""The gradient of a node as a sum over its paths to the output, the largest first."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import cast, final

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from chainrule.arrays import Array
from chainrule.autodiff.passes import Passes
from chainrule.autodiff.paths import MOST_WALKED, Path, Paths, Work
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import NodeId
from chainrule.graph.selection import subgraph
from chainrule_desktop.messages import count, explain
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.explanation import Explainer
from chainrule_desktop.panels.fold import Fold
from chainrule_desktop.panels.latest import Latest, Request
from chainrule_desktop.panels.page_parts import column, label_of
from chainrule_desktop.panels.runs import Shade, in_brackets, number_run
from chainrule_desktop.tasks import Progress

_SHOWN = 12
_ROWS_SEEN = 6
_HIGHEST = 320
_AROUND = 8
_LONGEST_CHAIN = 10
_DELAY = 150


@final
@dataclass(frozen=True, slots=True)
class PathsFound:
    """What was found for one node: how many paths, the largest of them, and what they cost."""

    count: int
    largest: tuple[Path, ...]
    work: Work
    gradient: Array | None


@final
class PathsSection(QWidget):
    """Lists paths; the one that is chosen, or under the pointer, is drawn on the canvas."""

    def __init__(self, context: Context, node_id: NodeId) -> None:
        super().__init__()
        self._context = context
        self._node_id = node_id
        self._paths: tuple[Path, ...] = ()
        self._latest = Latest(context.tasks, _DELAY, self)
        self._fold = Fold("Paths to the output", context.opened, context.theme, self._turn)
        self._counted, self._costs = label_of(), label_of(part="muted")
        self._list = self._make_list()
        for widget in (self._counted, self._list, self._costs):
            self._fold.body.addWidget(widget)
        column(self).addWidget(self._fold)
        self.refresh()

    def refresh(self) -> None:
        """Find the paths as they are now, if anybody sees them, and all numbers may be seen."""
        self.setVisible(self._context.shows_all)
        if not self._context.shows_all:
            self._latest.cancel()
            self.hide_traced()
        elif self._fold.is_open and self._node_id in self._context.graph:
            self._latest.ask(Request(self._prepare, self._show, self._fail))

    def hide_traced(self) -> None:
        """Take the path off the canvas."""
        self._context.trace(None)

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._fit()

    def _make_list(self) -> QListWidget:
        made = QListWidget()
        made.setObjectName("paths")
        made.setAccessibleName("Paths, the largest first")
        made.setWordWrap(True)
        made.setMouseTracking(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.currentRowChanged.connect(self._trace)
        made.itemEntered.connect(self._trace_entered)
        return made

    def _turn(self) -> None:
        if self._fold.is_open:
            self.refresh()
        else:
            self._latest.cancel()
            self.hide_traced()

    def _prepare(self) -> partial[PathsFound]:
        graph = self._context.graph
        copy = subgraph(graph, graph.ids())
        copy.header = graph.header
        return partial(_find, copy, self._node_id)

    def _show(self, found: object) -> None:
        paths = cast(PathsFound, found)
        if self._node_id not in self._context.graph:
            return
        explainer = self._context.explainer()
        self._paths = paths.largest
        self._counted.setText(_counted(paths, explainer, self._node_id))
        self._costs.setText(_costs(paths))
        row = self._list.currentRow()
        self._list.blockSignals(True)
        self._list.clear()
        for path in paths.largest:
            self._list.addItem(QListWidgetItem(path_text(path, explainer)))
        self._list.setCurrentRow(row if 0 <= row < len(self._paths) else -1)
        self._list.blockSignals(False)
        self._list.setVisible(bool(self._paths))
        self._fit()

    def _fit(self) -> None:
        """Give each path as many lines as its text needs, and the list a few paths."""
        room = self.width() - 2 * _AROUND - 2 * self._list.frameWidth()
        metrics, heights = self.fontMetrics(), list[int]()
        flags = int(Qt.TextFlag.TextWordWrap)
        for row in range(self._list.count()):
            item = self._list.item(row)
            needed = metrics.boundingRect(QRect(0, 0, max(room, 40), 10_000), flags, item.text())
            heights.append(needed.height() + 2 * _AROUND)
            item.setSizeHint(QSize(0, heights[-1]))
        seen = sum(heights[:_ROWS_SEEN]) + 2 * self._list.frameWidth() + 4
        self._list.setFixedHeight(max(24, min(seen, _HIGHEST)))

    def _fail(self, error: Exception) -> None:
        self._paths = ()
        self._counted.setText(explain(error))
        self._costs.setText("")
        self._list.hide()

    def _trace(self, row: int) -> None:
        self._context.trace(self._paths[row] if 0 <= row < len(self._paths) else None)

    def _trace_entered(self, item: QListWidgetItem) -> None:
        self._trace(self._list.row(item))


def _find(graph: GateGraph, node_id: NodeId, progress: Progress) -> PathsFound:
    passes = Passes(graph)
    progress.raise_if_cancelled()
    paths = Paths(graph, passes, node_id)
    progress.raise_if_cancelled()
    return PathsFound(paths.count, paths.largest(_SHOWN), paths.work, passes.gradient(node_id))


def path_text(path: Path, explainer: Explainer) -> str:
    """Return a path in two lines: what it adds as a product, and the nodes on its way."""
    names = [explainer.name(wire.source) for wire in path.wires]
    if path.wires:
        names.append(explainer.name(path.wires[-1].target))
    if len(names) > _LONGEST_CHAIN:
        half = _LONGEST_CHAIN // 2
        names = [*names[:half], "…", *names[-half:]]
    value = number_run(path.contribution, explainer.decimals, Shade.GRADIENT).text
    if path.factors is None:
        return f"{value}\n{' → '.join(names)}"
    factors = [number_run_of(each, explainer.decimals) for each in path.factors]
    seed = _seed_of(path)
    if seed is not None:
        factors.append(number_run_of(seed, explainer.decimals))
    product = " × ".join(factors) or value
    return f"{product} = {value}\n{' → '.join(names)}" if factors else value


def number_run_of(number: float, decimals: int) -> str:
    """Write a factor, a negative one in brackets."""
    return in_brackets(number_run(np.float64(number), decimals, Shade.VALUE)).text


def _seed_of(path: Path) -> float | None:
    """Return the seed with which the product begins, where it is not 1."""
    product = 1.0
    for factor in path.factors or ():
        product *= factor
    value = float(path.contribution)
    return None if product == 0.0 or abs(value - product) <= 1e-9 * abs(value) else value / product


def _counted(found: PathsFound, explainer: Explainer, node_id: NodeId) -> str:
    name, output = explainer.name(node_id), explainer.name(explainer.known.output)
    if not found.count:
        return f"No path leads from {name} to {output}, so the gradient is 0."
    if found.count == 1:
        return f"One path leads from {name} to {output}; its product is the gradient."
    gradient = number_run(found.gradient, explainer.decimals, Shade.GRADIENT).text
    sentence = f"{large(found.count)} paths lead from {name} to {output}; together they add up to "
    sentence += f"{explainer.derivative(node_id)} = {gradient}."
    if found.count > len(found.largest):
        among = f" of {MOST_WALKED:,}" if _is_sampled(found) else ""
        sentence += f" The {len(found.largest)} largest{among} are:"
    return sentence


def _is_sampled(found: PathsFound) -> bool:
    return found.count > MOST_WALKED and any(each.factors is None for each in found.largest)


def _costs(found: PathsFound) -> str:
    work = found.work
    if not found.count:
        return ""
    paths = "All paths one by one" if found.count > 1 else "This path"
    return (
        f"{paths}: {_multiplications(work.by_paths)}. Backpropagation goes along each wire between "
        f"once: {_multiplications(work.by_pass)}; with {large(work.by_whole_pass)} it has the "
        "gradients of all nodes, since what paths have in common is computed once."
    )


def _multiplications(number: int) -> str:
    return (
        count(number, "multiplication") if number < 10**15 else f"{large(number)} multiplications"
    )


def large(number: int) -> str:
    """Write a whole number, a very large one by its power of ten."""
    if number < 10**15:
        return f"{number:,}"
    logarithm = math.log10(number)
    power = math.floor(logarithm)
    raised = str(power).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"about {10.0 ** (logarithm - power):.1f} · 10{raised}"
