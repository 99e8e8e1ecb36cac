"""The formulas of composite gates, found beside the window and kept for as long as it runs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import final

import msgspec
from PySide6.QtCore import QObject, Signal

from chainrule.expression.symbolic.job import Formulas, formulas_of
from chainrule.expression.symbolic.recipe import Recipe, recipe_of
from chainrule.graph.composites import Definition
from chainrule.graph.graph import GateGraph
from chainrule_desktop.tasks import Progress, Tasks


@final
class LocalGradients(QObject):
    """Knows the formula of a definition and its local gradients, once the algebra has found them.

    Equal definitions have equal formulas, whatever graph they are in.

    Signals:
        found(): more is known.
    """

    found = Signal()

    def __init__(self, tasks: Tasks | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._known: dict[bytes, Formulas | None] = {}
        self._recipes: dict[str, Recipe | None] = {}
        self._definitions: Mapping[str, Definition] = {}

    def formulas(self, graph: GateGraph, name: str) -> Formulas | None:
        """Return what is known of a definition of a graph; what isn't is looked for from now on.

        None where nothing is known yet, and where there is nothing to be known.
        """
        recipe = self._recipe(graph, name)
        if recipe is None:
            return None
        key = msgspec.json.encode(recipe)
        if key not in self._known:
            self._known[key] = None
            self._look(key, recipe)
        return self._known[key]

    def _recipe(self, graph: GateGraph, name: str) -> Recipe | None:
        if graph.definitions is not self._definitions:
            self._definitions, self._recipes = graph.definitions, {}
        if name not in self._recipes:
            known = name in graph.definitions
            self._recipes[name] = recipe_of(graph, name) if known else None
        return self._recipes[name]

    def _look(self, key: bytes, recipe: Recipe) -> None:
        if self._tasks is None:
            return
        task = self._tasks.start(partial(_find, recipe))
        task.succeeded.connect(partial(self._keep, key))
        task.cancelled.connect(partial(self._forget, key))
        task.failed.connect(partial(self._keep, key, Formulas(())))

    def _keep(self, key: bytes, formulas: Formulas, *_: object) -> None:
        self._known[key] = formulas
        self.found.emit()

    def _forget(self, key: bytes) -> None:
        self._known.pop(key, None)


def _find(recipe: Recipe, progress: Progress) -> Formulas:
    return formulas_of(recipe, lambda: progress.cancelled)
