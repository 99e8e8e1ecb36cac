"""Training of a document: running, pausing, single steps, and going back."""

from __future__ import annotations

from enum import Enum
from typing import final

from PySide6.QtCore import QObject, Signal

from chainrule.arrays import Array, Floats
from chainrule.errors import DivergenceError, LockedError
from chainrule.files.writing import content_of
from chainrule.gates.leaf import Parameter
from chainrule.graph.changes import Changes
from chainrule.graph.edits import Batch, SetValue
from chainrule.graph.node import NodeId
from chainrule.training.recipes import Recipe
from chainrule.training.trainer import Trainer
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.training.sections import set_recipe
from chainrule_desktop.document.training.series import Series
from chainrule_desktop.document.training.settings import Change, TrainingSettings
from chainrule_desktop.document.training.thread import TrainingThread
from chainrule_desktop.document.training.work import BoundaryPicture, Job
from chainrule_desktop.messages import count, explain
from chainrule_desktop.tasks import Tasks


@final
class State(Enum):
    """What training does at the moment."""

    READY = "ready"
    PREPARING = "preparing"
    RUNNING = "running"
    LOOKING = "looking"
    STOPPING = "stopping"
    PAUSED = "paused"
    FINISHED = "finished"
    FAILED = "failed"

    @property
    def runs(self) -> bool:
        """Whether steps are made, or are about to be."""
        return self in (State.RUNNING, State.PREPARING)

    @property
    def is_at_rest(self) -> bool:
        """Whether no run goes on, nor ends at the moment."""
        return not self.runs and self is not State.STOPPING


@final
class Training(QObject):
    """Trains the graph of a document in a thread, and lets the document follow it.

    While it runs, the document has the weights of the moment at most thirty times a second, without
    an undo step; when it stops, the run is one. An edit of the graph or of a number ends the run,
    since what is trained would be another graph.

    Signals:
        changed(): the recipe, the rows, or what it does at the moment.
        progressed(): there are new numbers.
    """

    changed = Signal()
    progressed = Signal()

    def __init__(self, document: Document, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.settings = TrainingSettings(document)
        self.work = TrainingThread(tasks, self)
        self._is_leading = False
        self._wanted: int | None = 0
        self.makes_one = False
        """Whether what it does is a single step."""
        self.work.progressed.connect(self._take_news)
        self.work.ended.connect(self._rest)
        self._forget()
        document.changed.connect(self._notice)
        document.replaced.connect(self._begin_anew)

    def _forget(self) -> None:
        """Know nothing of any run, as when a document is new."""
        self.series = Series()
        self.picture: BoundaryPicture | None = None
        self.state = self.rests_in = State.READY
        """What it does, and what it did when it was at rest the last time."""
        self.sentence = ""
        self.trainer: Trainer | None = None
        self.start: dict[NodeId, Array] = {}
        """The values of the parameters before the first run; none before there was one."""
        self.made = 0
        """How many steps the last run has made."""
        self._run_from = 0

    @property
    def recipe(self) -> Recipe:
        """How the file says that the graph is trained."""
        return self.settings.recipe

    @property
    def runs(self) -> bool:
        """Whether it trains, or is to as soon as what it does is done."""
        return self.state.runs or self._wanted != 0

    def set_recipe(self, recipe: Recipe, text: str = "Change the training") -> None:
        """Train otherwise from now on; an undo step, kept in the file."""
        if recipe == self.recipe:
            return
        try:
            self._document.apply(set_recipe(recipe), text)
        except LockedError as error:
            self.sentence = explain(error)
            self.changed.emit()

    def look(self) -> None:
        """Find out where the graph stands, without a step."""
        if not self.work.is_busy:
            self._begin(0)

    def run(self) -> None:
        """Train as many steps as the recipe wants, or until it is paused."""
        self._want(self.recipe.steps)

    def step(self) -> None:
        """Make one step."""
        self._want(1)

    def pause(self) -> None:
        """Stand still as soon as the step that is being made is done; the run is one undo step.

        What is wanted after a look, or after the end of a run, is not begun.
        """
        wanted, self._wanted = self._wanted, 0
        if self.state.runs:
            self.work.cancel()
            self._say(State.STOPPING)
        elif wanted != 0:
            self.changed.emit()

    def reset(self) -> None:
        """Give the parameters the values that they had before the first run; an undo step."""
        start, graph = self.start, self._document.graph
        edits = [SetValue(each, value) for each, value in start.items() if each in graph]
        self.end()
        self._forget()
        if edits:
            self._document.apply(Batch(tuple(edits)), "Reset the training")
        self.look()

    def end(self, sentence: str = "") -> None:
        """Let go of the trainer, whatever its thread is doing; what was trained stays.

        `sentence` says why, if it ran.
        """
        ran = self.runs or not self.state.is_at_rest
        self.work.abandon()
        self._document.settle()
        self.trainer, self._wanted = None, 0
        self.sentence = sentence if ran else ""
        self.rests_in = State.READY
        self._say(State.READY)

    def _want(self, steps: int | None) -> None:
        """Begin to train, after what goes on and is about to end."""
        if self.state in (State.LOOKING, State.STOPPING) or (self.runs and self.makes_one):
            self._wanted = steps
            self.changed.emit()
        elif not self.work.is_busy:
            self._begin(steps)

    def _begin(self, steps: int | None) -> None:
        document, trainer, trains = self._document, self.trainer, steps != 0
        if trainer is None:
            self.series = Series()
        if trains and not self.start:
            self.start = {
                node.id: node.value
                for node in document.graph
                if isinstance(node.kind, Parameter) and node.value is not None
            }
        self._wanted, self.makes_one, self.sentence = 0, steps == 1, ""
        self._run_from = 0 if trainer is None else trainer.step_number
        folder = None if document.path is None else document.path.parent
        content, table = content_of(document.graph), self.settings.table
        self.work.begin(Job(content, self.recipe, table, folder, trainer, steps))
        begun = State.PREPARING if trainer is None else State.RUNNING
        self._say(begun if trains else State.LOOKING)

    def _take_news(self) -> None:
        """Take what is new, and show it."""
        if self.state is State.PREPARING and self.work.trainer is not None:
            self._say(State.RUNNING)
        trainer, news = self.work.trainer, self.work.take()
        if trainer is None:
            return
        if self.trainer is not trainer:
            self.trainer = trainer
            self.settings.adopt(trainer)
            self.changed.emit()
        self.series.add_steps(news.steps)
        for each in news.evaluations:
            self.series.add_evaluation(each)
        self.picture = news.picture or self.picture
        if news.weights is not None:
            self._lead(trainer, news.weights)
        if news.steps or news.evaluations or news.picture is not None:
            self.progressed.emit()

    def _lead(self, trainer: Trainer, weights: Floats) -> None:
        """Let the document have the weights of the moment."""
        made = self.series.last_step - self._run_from
        split = trainer.parameters.split(weights)
        pairs = zip(trainer.parameters.ids, split, strict=True)
        edit = Batch(tuple(SetValue(name, value) for name, value in pairs))
        self._is_leading = True
        try:
            self._document.follow(edit, f"Train {count(made, 'step')}")
        except LockedError as error:
            self.end(explain(error))
        finally:
            self._is_leading = False

    def _rest(self, error: Exception | None) -> None:
        """Take the last news and make the run an undo step; the thread is done."""
        self._take_news()
        self._document.settle()
        if self.state is not State.LOOKING:
            self.made = self.series.last_step - self._run_from
            self.rests_in = State.PAUSED if self.state is State.STOPPING else State.FINISHED
        if error is not None:
            self.sentence, self.rests_in, self._wanted = explain(error), State.FAILED, 0
            if not isinstance(error, DivergenceError):
                self.trainer = None
        self._say(self.rests_in)
        if self._wanted != 0:
            self._begin(self._wanted)

    def _say(self, state: State) -> None:
        self.state = state
        self.changed.emit()

    def _notice(self, changes: Changes) -> None:
        """Follow an edit that was not made here."""
        if self._is_leading:
            return
        if changes.structure or changes.run:
            self.end("The graph has changed; Run goes on with it as it is now.")
        elif changes.values:
            self._take_values(changes.values)
        change = self.settings.update()
        if change is Change.RULE and self.trainer is not None:
            self.trainer.retune(self.recipe)
        elif change is Change.ALL:
            self.end("The training has changed; Run begins with it as it is now.")
            self.series, self.picture = Series(), None
        if change is not Change.NONE:
            self.changed.emit()

    def _take_values(self, changed: frozenset[NodeId]) -> None:
        """Go on from other values of parameters; with another value of data, begin anew."""
        if not self.work.is_busy and self.trainer is not None:
            graph = self._document.graph
            found = {
                each: value for each in changed if (value := graph.node(each).value) is not None
            }
            if self.trainer.can_move_to(found):
                self.trainer.move_to(found)
                return
        self.end("A number has changed; Run goes on from there.")

    def _begin_anew(self) -> None:
        self.end()
        self._forget()
        self.settings.update()
        self.changed.emit()
