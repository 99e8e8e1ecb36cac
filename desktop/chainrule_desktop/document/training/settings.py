"""The recipe in a document's file and its rows, read when the file says something else."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import Any, Final, cast, final

from chainrule.errors import ChainruleError
from chainrule.graph.sections import section_of
from chainrule.training.recipe_json import SECTION, recipe_of
from chainrule.training.recipes import Recipe
from chainrule.training.sources import InFile, Source, load
from chainrule.training.suggesting import with_suggestions
from chainrule.training.tables import DataTable
from chainrule.training.trainer import Trainer
from chainrule_desktop.document.document import Document
from chainrule_desktop.messages import explain

_RULE_KEYS: Final = frozenset(("optimiser", "schedule", "clip", "steps"))


@final
class Change(Enum):
    """What differs in a recipe that was read again."""

    NONE = "none"
    RULE = "rule"
    """Only how steps are made: training goes on with it."""
    ALL = "all"


@final
class TrainingSettings:
    """What a document's file says of its training; `update` reads it again."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._section: Any = None
        self._given: tuple[Source, DataTable] | None = None
        self.recipe = Recipe()
        self.table: DataTable | None = None
        self.fault = ""
        self.update()

    def update(self) -> Change:
        """Read what the file says now, and say what differs."""
        header = self._document.graph.header
        section = section_of(header, SECTION)
        if section is self._section:
            return Change.NONE
        before, self._section = _fields(self._section), section
        now = _fields(section)
        self.recipe = recipe_of(header) or Recipe()
        if before.get("data") != now.get("data") or self._given is not None:
            self._read_rows()
        differing = {key for key in before | now if before.get(key) != now.get(key)}
        return Change.RULE if differing <= _RULE_KEYS else Change.ALL

    def with_source(self, source: Source | None, table: DataTable | None) -> Recipe:
        """Return the recipe with other rows, and with columns for the inputs that fit these.

        `table` are the rows if they have been read.
        """
        recipe = replace(self.recipe, source=source)
        if source is None:
            return replace(recipe, holds_data=False)
        if table is not None:
            self._given = source, table
        elif not isinstance(source, InFile):
            try:
                table = load(source)
            except ChainruleError:
                table = None  # said when the recipe is read
        if table is None or recipe.holds_data:
            return recipe
        return with_suggestions(recipe, self._document.graph, table)

    def adopt(self, trainer: Trainer) -> None:
        """Know the rows that a trainer has read."""
        if trainer.data is not None and self.table is None:
            self.table = trainer.data.table

    def _read_rows(self) -> None:
        """Read rows that are quickly had; those of a file are read by the thread that trains."""
        source, given = self.recipe.source, self._given
        self.table, self.fault, self._given = None, "", None
        if given is not None and type(given[0]) is type(source):
            self.table = given[1]  # as it was read, with what was said of it
        elif source is not None and not isinstance(source, InFile):
            try:
                self.table = load(source)
            except ChainruleError as error:
                self.fault = explain(error)


def _fields(section: Any) -> dict[str, Any]:
    return cast("dict[str, Any]", section) if isinstance(section, dict) else {}
