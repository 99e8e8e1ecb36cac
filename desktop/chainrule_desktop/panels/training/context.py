"""What every page of the training window reads and changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import final

from chainrule.errors import TrainingError
from chainrule.graph.graph import GateGraph
from chainrule.training.sources import Source
from chainrule.training.tables import DataTable
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.training.training import Training
from chainrule_desktop.panels.fields import EntryField
from chainrule_desktop.settings import Settings
from chainrule_desktop.tasks import Tasks
from chainrule_desktop.theme import Theme


@final
@dataclass(frozen=True, slots=True, eq=False)
class TrainingContext:
    """The document with its training, and how things look."""

    document: Document
    training: Training
    theme: Theme
    settings: Settings
    tasks: Tasks

    @property
    def graph(self) -> GateGraph:
        """The graph that is open now."""
        return self.document.graph

    def set_source(self, source: Source | None, table: DataTable | None = None) -> None:
        """Train with other rows, which `table` holds if they have been read already."""
        recipe = self.training.settings.with_source(source, table)
        self.training.set_recipe(recipe, "Choose other rows")


def number_field(
    name: str, commit: Callable[[float | None], None], *, blank: str = ""
) -> EntryField:
    """Return a field for a number; with a word for `blank`, nothing may stand there for None."""

    def take(text: str) -> None:
        plain = text.strip().replace("−", "-").replace(",", ".")
        if not plain and blank:
            commit(None)
            return
        try:
            number = float(plain)
            if not isfinite(number):
                raise ValueError
        except ValueError:
            raise TrainingError(f"{text.strip()!r} is no number; type one such as 0.1") from None
        commit(number)

    field = EntryField(name, take)
    field.setPlaceholderText(blank)
    return field


def number_text(number: float | None) -> str:
    """Write a setting with its fewest digits."""
    return "" if number is None else f"{number:.12g}"
