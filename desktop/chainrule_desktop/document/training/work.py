"""The thread that trains: it makes steps, looks at what they have led to, and never waits."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final, cast, final

from chainrule.arrays import Floats
from chainrule.autodiff.planning.flat import as_list
from chainrule.files.collection import collection_paused
from chainrule.files.writing import Content
from chainrule.graph.edits import AddNodes
from chainrule.graph.graph import GateGraph
from chainrule.graph.node import Wire
from chainrule.graph.rows import NOWHERE
from chainrule.training.progress import Evaluation, TrainingProgress
from chainrule.training.recipes import Recipe
from chainrule.training.surfaces import Extent, boundary, data_window
from chainrule.training.tables import DataTable
from chainrule.training.trainer import Trainer
from chainrule_desktop.tasks import Progress

_PAUSE: Final = 0.0005
"""Seconds of rest after some steps, so that the window need not wait for the interpreter."""
_BETWEEN_PAUSES: Final = 0.003
_PICTURES_APART: Final = 0.1
_SHARE: Final = 4.0
"""Looking at the whole data takes at most one in so many parts of the time."""
_LONGEST_WAIT: Final = 0.05


@final
@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """What is to be trained: the graph as it was when the job was made, or a trainer at work."""

    content: Content
    recipe: Recipe
    table: DataTable | None
    folder: Path | None
    trainer: Trainer | None
    steps: int | None
    """How many steps to make; None for until it is stopped."""


@final
@dataclass(frozen=True, slots=True)
class BoundaryOrder:
    """A wish for a picture of what is predicted over two columns, so many places along a side."""

    columns: tuple[str, str]
    steps: int


@final
@dataclass(frozen=True, slots=True, eq=False)
class BoundaryPicture:
    """What is predicted over two columns: `values` is (steps, steps, k)."""

    order: BoundaryOrder
    extent: Extent
    xs: Floats
    ys: Floats
    values: Floats


@final
@dataclass(frozen=True, slots=True, eq=False)
class News:
    """What has come since the last time."""

    steps: list[TrainingProgress]
    weights: Floats | None
    evaluations: list[Evaluation]
    picture: BoundaryPicture | None


@final
class Channel:
    """What passes from the thread that trains to the window, and its wishes the other way."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._steps: list[TrainingProgress] = []
        self._weights: Floats | None = None
        self._evaluations: list[Evaluation] = []
        self._picture: BoundaryPicture | None = None
        self.order: BoundaryOrder | None = None
        self.speed = 0
        """How many steps to make in a second; 0 for as many as it can."""
        self.trainer: Trainer | None = None

    def renewed(self) -> Channel:
        """Return an empty one with the same wishes, for another thread."""
        made = Channel()
        made.order, made.speed = self.order, self.speed
        return made

    def add(self, step: TrainingProgress, weights: Floats) -> None:
        """Hand over a step, with the weights after it."""
        with self._lock:
            self._steps.append(step)
            self._weights = weights

    def show(self, evaluation: Evaluation, picture: BoundaryPicture | None) -> None:
        """Hand over what was found on all rows."""
        with self._lock:
            self._evaluations.append(evaluation)
            self._picture = picture or self._picture

    def take(self) -> News:
        """Return what is new, and forget it."""
        with self._lock:
            news = News(self._steps, self._weights, self._evaluations, self._picture)
            self._steps, self._evaluations = [], []
            self._weights = self._picture = None
        return news


def train(job: Job, channel: Channel, progress: Progress) -> None:
    """Make the steps of a job; raise what the trainer raises, and DivergenceError at its end."""
    trainer = job.trainer
    if trainer is None:
        graph = graph_of(job.content)
        trainer = Trainer(graph, job.recipe, job.table, job.folder, copies=False)
        progress.raise_if_cancelled()
    channel.trainer = trainer
    look = _Look(trainer, channel)
    if job.trainer is None:
        look.now()
    try:
        _make_steps(trainer, job, channel, look, progress)
    finally:
        look.last()


def _make_steps(
    trainer: Trainer, job: Job, channel: Channel, look: _Look, progress: Progress
) -> None:
    pace = _Pace(channel, progress)
    made = 0
    while (job.steps is None or made < job.steps) and not progress.cancelled:
        step = trainer.step()
        channel.add(step, trainer.weights)
        made += 1
        look.if_due()
        pace.rest()


@final
class _Pace:
    """Rests between steps: as long as a speed wants it, and a moment in any case."""

    def __init__(self, channel: Channel, progress: Progress) -> None:
        self._channel, self._progress = channel, progress
        self._last = self._rested = time.perf_counter()

    def rest(self) -> None:
        now = time.perf_counter()
        if not self._channel.speed:
            if now - self._rested >= _BETWEEN_PAUSES:
                time.sleep(_PAUSE)
                self._rested = time.perf_counter()
            self._last = now
            return
        while (left := self._left(now)) > 0 and not self._progress.cancelled:
            time.sleep(min(left, _LONGEST_WAIT))
            now = time.perf_counter()
        self._last = now + max(-_LONGEST_WAIT, self._left(now))

    def _left(self, now: float) -> float:
        """Return how long it is until the next step; the speed may be another one by now."""
        speed = self._channel.speed
        return self._last + 1 / speed - now if speed else 0.0


@final
class _Look:
    """Evaluates on all rows, and pictures the boundary, now and then."""

    def __init__(self, trainer: Trainer, channel: Channel) -> None:
        self._trainer, self._channel = trainer, channel
        self._due = self._picture_due = 0.0

    def if_due(self) -> None:
        if time.perf_counter() >= self._due:
            self.now()

    def now(self) -> None:
        """Evaluate, and picture the boundary where the last picture is old."""
        began = time.perf_counter()
        evaluation, picture = self._trainer.evaluate(), None
        looked = time.perf_counter()
        if looked >= self._picture_due:
            picture = _picture(self._trainer, self._channel.order)
            took = time.perf_counter() - looked
            self._picture_due = looked + took + max(_PICTURES_APART, _SHARE * took)
        self._channel.show(evaluation, picture)
        self._due = time.perf_counter() + _SHARE * (looked - began)

    def last(self) -> None:
        """Evaluate and picture what has become of it in the end."""
        self._picture_due = 0.0
        self.now()


def _picture(trainer: Trainer, order: BoundaryOrder | None) -> BoundaryPicture | None:
    data, predictor = trainer.data, trainer.predictor
    if order is None or data is None or predictor is None:
        return None
    if not set(order.columns) <= set(data.table.columns):
        return None
    extent = data_window(data, order.columns)
    found = boundary(data, predictor, trainer.weights, order.columns, extent, order.steps)
    return BoundaryPicture(order, extent, *found)


def graph_of(content: Content) -> GateGraph:
    """Return the graph of a snapshot, made anew in whichever thread has the time."""
    made = GateGraph()
    made.definitions = content.definitions
    ids = [None if node is None else node.id for node in content.nodes]
    sources = as_list(content.sources)
    firsts = cast("list[int]", content.first.tolist())
    wires: list[Wire] = []
    for node, first in zip(content.nodes, firsts, strict=True):
        for port in range(0 if node is None else node.ports):
            row = sources[first + port]
            source = None if row == NOWHERE else ids[row]
            if node is not None and source is not None:
                wires.append(Wire(source, node.id, port))
    with collection_paused():
        nodes = tuple(node for node in content.nodes if node is not None)
        AddNodes(nodes, tuple(wires)).apply(made)
    made.header = content.header
    return made
