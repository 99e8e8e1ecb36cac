"""Where the rows come from: a generator, a table in the file, a file of its own, a package."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias, final

from chainrule.errors import TrainingError
from chainrule.training.datasets import PENGUINS, penguins
from chainrule.training.generators import generate
from chainrule.training.tables import DataTable, read_table_file

MOST_KEPT: Final = 50_000
"""How many numbers a table may have to be kept in the graph's own file."""


@final
@dataclass(frozen=True, slots=True)
class Generated:
    """Rows made by rule."""

    name: str = "moons"
    rows: int = 100
    noise: float = 0.1
    seed: int = 0


@final
@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """Rows that stand in the graph's file; `origin` says where they came from."""

    table: DataTable
    origin: str = ""


@final
@dataclass(frozen=True, slots=True)
class InFile:
    """Rows in a file beside the graph's; its path may be relative to that one's folder."""

    path: str


@final
@dataclass(frozen=True, slots=True)
class Shipped:
    """Rows that an installed package ships."""

    name: str = PENGUINS


Source: TypeAlias = Generated | Kept | InFile | Shipped


def load(source: Source, folder: Path | None = None) -> DataTable:
    """Return the rows of a source; raise TrainingError, FileError or OSError.

    `folder` is that of the graph's file, to which paths are relative.
    """
    match source:
        case Generated():
            return generate(source.name, source.rows, source.noise, source.seed)
        case Kept():
            return source.table
        case InFile():
            return read_table_file((folder or Path()) / source.path)
        case Shipped():
            if source.name != PENGUINS:
                raise TrainingError(f"no data set is called {source.name!r}; take {PENGUINS!r}")
            return penguins()
