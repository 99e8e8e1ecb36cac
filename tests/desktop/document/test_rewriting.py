"""A formula typed for an open graph replaces its gates as one step and keeps the leaves' values."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from chainrule.errors import ExpressionError
from chainrule.expression.formula import graph_from_formula
from chainrule.files import dumps
from chainrule.gates.leaf import Parameter
from chainrule.graph.edits import SetKind
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.rewriting import rewrite


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    made = Document()
    made.load(graph_from_formula("f = x * y", {"x": 5.0, "y": [1.0, 2.0]}), None)
    return made


def test_the_gates_are_those_of_the_formula(document: Document) -> None:
    rewrite(document, "f = exp(x) + y")
    assert [node.kind.name for node in document.graph if not node.is_leaf] == ["exp", "add"]
    assert document.passes.output == "f"
    assert all(node.position is not None for node in document.graph)


def test_leaves_that_stay_keep_value_and_kind(document: Document) -> None:
    document.apply(SetKind("x", Parameter(), 0, np.float64(5.0)), "Make x a parameter")
    rewrite(document, "x - z")
    node = document.graph.node("x")
    assert node.value == 5.0
    assert isinstance(node.kind, Parameter)


def test_it_is_one_undo_step(document: Document) -> None:
    before = dumps(document.graph)
    rewrite(document, "x + 1")
    document.history.undo()
    assert dumps(document.graph) == before


def test_a_text_that_is_no_formula_changes_nothing(document: Document) -> None:
    before = dumps(document.graph)
    with pytest.raises(ExpressionError):
        rewrite(document, "x +")
    assert dumps(document.graph) == before


def test_a_constant_of_the_formula_has_the_value_that_stands_there(document: Document) -> None:
    rewrite(document, "c = 3; f = c * x")
    rewrite(document, "c = 4; f = c * x")
    assert document.graph.node("c").value == 4.0
