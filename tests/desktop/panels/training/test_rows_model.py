"""The table of rows: words for classes, numbers for the rest, and never an error in Qt's hands."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
import pytest

from chainrule.training.tables import DataTable
from chainrule_desktop.panels.training.rows_model import RowsModel


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (0, "a"),
        (1, "b"),
        (2, "2"),
        (-1, "−1"),
        (0.5, "0.500"),
        (float("nan"), "nan"),
        (float("inf"), "∞"),
    ],
)
def test_a_number_without_a_word_is_shown_itself(number: float, says: str) -> None:
    model = RowsModel()
    words = MappingProxyType({"kind": ("a", "b")})
    model.show_table(DataTable(("kind",), np.array([[number]]), words))
    assert model.data(model.index(0, 0)) == says
