"""Real data that an installed package ships: the penguins of Palmer Station.

Size measurements of 344 penguins of three species, by K. Gorman and the Palmer Station LTER; the
data are in the public domain (CC0). They come with the package palmerpenguins, which the optional
extra `data` installs. Its file alone is read: the package itself needs pandas, which is never
imported. Nothing is ever downloaded.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from chainrule.errors import TrainingError
from chainrule.training.tables import DataTable, read_table_file

PENGUINS: Final = "penguins"
_PACKAGE: Final = "palmerpenguins"
HOW_TO_GET: Final = 'pip install "chainrule[data]"'


def penguins_file() -> Path | None:
    """Return the file with the penguins, None where their package is not installed."""
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        return None
    found = Path(spec.origin).parent / "data" / "penguins.csv"
    return found if found.is_file() else None


def penguins() -> DataTable:
    """Return the penguins without those of which a measurement is missing; raise TrainingError."""
    found = penguins_file()
    if found is None:
        raise TrainingError(f"the penguins are not installed; get them with {HOW_TO_GET}")
    return read_table_file(found)
