"""Rows of a table as the points of a chart, split and named as a recipe says."""

from __future__ import annotations

import numpy as np

from chainrule.errors import TrainingError
from chainrule.training.encoding import count_classes, is_class_column
from chainrule.training.metrics import Decision
from chainrule.training.recipes import Recipe
from chainrule.training.splitting import split
from chainrule.training.tables import DataTable
from chainrule_desktop.panels.training.data_chart import Points

_MOST_NAMES = 20


def usual_columns(recipe: Recipe, table: DataTable) -> tuple[str, str]:
    """Return the two columns that a chart begins with: the first two that feed the graph."""
    fed = [name for feeding in recipe.feeds.values() for name in feeding.columns]
    names = [name for name in dict.fromkeys((*fed, *table.columns)) if name in table.columns]
    plain = [name for name in names if name != recipe.label and name not in table.classes]
    chosen = [*plain, *(name for name in names if name not in plain)]
    return (chosen[0], chosen[1]) if len(chosen) > 1 else (chosen[0], chosen[0])


def points_of(recipe: Recipe, table: DataTable, columns: tuple[str, str]) -> Points:
    """Return the rows over two columns, with the classes of the label."""
    try:
        training, testing = split(len(table), recipe.test_share, recipe.seed)
    except TrainingError:
        training, testing = np.arange(len(table)), np.arange(0)
    places = table.take(columns)
    label = recipe.label
    classes, names = np.empty(0, np.intp), tuple[str, ...]()
    if label is not None and label in table.columns and is_class_column(table, label):
        classes = table.column(label).astype(np.intp)
        counted = min(count_classes(table, label), _MOST_NAMES)
        words = table.classes.get(label, tuple(f"{label} {kind}" for kind in range(counted)))
        names = words[:_MOST_NAMES]
    has = len(classes) > 0
    return Points(
        columns,
        places[training],
        places[testing],
        classes[training] if has else classes,
        classes[testing] if has else classes,
        names,
        recipe.decision is Decision.NONE and columns[1] == label and columns[0] != label,
    )
