"""The drawing follows the document, and does no more than an edit calls for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.autodiff.diagnosis import diagnose
from chainrule.diagram.diagram import Diagram, draw
from chainrule.diagram.parts import Display
from chainrule.errors import GraphError
from chainrule.expression import graph_from_formula
from chainrule.graph.edits import Disconnect, MoveNodes, SetLabel, SetValue
from chainrule.graph.exercises import Asked, Blank, Exercise
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.exercising import make_exercise, remove_exercise
from tests.helpers.random_graphs import edits, runnable_graphs


@pytest.fixture
def document() -> Document:
    made = Document()
    made.load(graph_from_formula("q = x + y; f = q * z"), None)
    return made


def drawn(diagram: Diagram) -> dict[str, object]:
    """Return all that a diagram consists of as plain data."""
    parts, geometry, labels = diagram.parts, diagram.geometry, diagram.labels
    fields = {name: getattr(parts, name) for name in parts.__dataclass_fields__}
    fields |= {name: getattr(geometry, name) for name in geometry.__dataclass_fields__}
    del fields["led"]
    fields |= {"curves": geometry.ways.curves, "firsts": geometry.ways.firsts}
    fields |= {"wires": [*parts.wires]}
    fields |= {"led through": geometry.waypoints.places, "led": geometry.waypoints.rows}
    fields |= {name: [*getattr(labels, name)] for name in ("values", "gradients", "branches")}
    plain = {
        key: each.tolist() if isinstance(each, np.ndarray) else each for key, each in fields.items()
    }
    return {**plain, "display": diagram.display}


@given(st.data())
def test_after_any_edits_the_drawing_is_what_a_fresh_one_would_be(data: st.DataObject) -> None:
    document = Document()
    document.load(data.draw(runnable_graphs()), None)
    drawing = Drawing(document)
    for _ in range(data.draw(st.integers(1, 5))):
        # What is written is read only now and then, as on a screen.
        if data.draw(st.booleans()):
            drawn(drawing.diagram)
        if not len(document.graph):
            break
        try:
            document.apply(data.draw(edits(document.graph)), "Edit")
        except GraphError:
            continue
        if data.draw(st.booleans()):
            document.history.undo()
    fresh = draw(document.graph, document.passes, drawing.display)
    assert drawn(drawing.diagram) == drawn(fresh)
    assert drawing.problems == diagnose(document.graph, document.passes)


def test_a_moved_node_moves_places_and_writes_nothing_anew(document: Document) -> None:
    drawing = Drawing(document)
    before = drawing.diagram
    document.apply(MoveNodes({"q": (500.0, 400.0)}), "Move q")
    assert drawing.diagram.parts is before.parts
    assert drawing.diagram.labels is before.labels
    row = before.parts.index["q"]
    assert drawing.diagram.geometry.centers[row].tolist() == [500.0, 400.0]
    assert before.geometry.centers[row].tolist() != [500.0, 400.0]


def test_a_new_value_writes_anew_and_moves_nothing(document: Document) -> None:
    drawing = Drawing(document)
    before = drawing.diagram
    document.apply(SetValue("x", np.float64(7.0)), "Set x")
    assert drawing.diagram.parts is before.parts
    assert drawing.diagram.geometry is before.geometry
    assert drawing.diagram.labels.values[before.parts.index["q"]] == "9.00"


def test_a_value_of_another_shape_draws_parts_anew(document: Document) -> None:
    drawing = Drawing(document)
    row = drawing.diagram.parts.index["x"]
    before = drawing.diagram.parts.stubs[row]
    document.apply(SetValue("x", np.array([1.0, 2.0, 3.0, 4.0])), "Set x")
    assert drawing.diagram.parts.stubs[row] > before


def test_every_edit_is_announced_once(document: Document) -> None:
    drawing = Drawing(document)
    heard: list[int] = []
    drawing.redrawn.connect(lambda: heard.append(1))
    document.apply(SetValue("x", np.float64(7.0)), "Set x")
    document.apply(MoveNodes({"q": (1.0, 2.0)}), "Move q")
    document.apply(SetLabel("q", "sum"), "Label q")
    document.history.undo()
    assert len(heard) == 4


def test_problems_are_announced_when_they_come_and_when_they_go(document: Document) -> None:
    drawing = Drawing(document)
    heard: list[set[str | None]] = []
    drawing.problems_changed.connect(
        lambda: heard.append({problem.node for problem in drawing.problems})
    )
    document.apply(Disconnect("f", 1), "Unwire z")
    document.apply(MoveNodes({"q": (1.0, 2.0)}), "Move q")
    document.history.setIndex(0)
    assert heard == [{"f"}, set()]


def test_another_display_is_drawn_at_once_and_the_same_not_again(document: Document) -> None:
    drawing = Drawing(document)
    heard: list[int] = []
    drawing.redrawn.connect(lambda: heard.append(1))
    drawing.show(Display(decimals=4))
    drawing.show(Display(decimals=4))
    assert heard == [1]
    assert drawing.diagram.labels.values[0] == "1.0000"


def test_gates_have_their_names_in_an_exercise_and_beside_a_window_that_speaks_of_them(
    document: Document,
) -> None:
    drawing = Drawing(document)
    row = drawing.diagram.parts.index["q"]

    def name() -> str:
        return drawing.diagram.parts.names[row]

    assert name() == ""
    make_exercise(document, Exercise((Blank(Asked.VALUE, "q"),)))
    assert name() == "q"
    remove_exercise(document)
    assert name() == ""
    drawing.show_names(shown=True)
    drawing.show_names(shown=True)
    drawing.show_names(shown=False)
    assert (name(), drawing.display.names) == ("q", True)
    drawing.show_names(shown=False)
    assert (name(), drawing.display.names) == ("", False)


def test_another_document_is_drawn(document: Document) -> None:
    drawing = Drawing(document)
    document.load(graph_from_formula("g = exp(u)"), None)
    assert set(drawing.diagram.parts.ids) == {"u", "g"}


@pytest.mark.parametrize(
    ("edit", "only"),
    [
        (MoveNodes({"q": (7.0, 7.0)}), True),
        (SetValue("x", np.float64(7.0)), False),
        (SetLabel("q", "seven"), False),
    ],
)
def test_it_tells_whether_only_places_differ(
    document: Document, edit: MoveNodes | SetValue | SetLabel, only: bool
) -> None:
    document.apply(MoveNodes({each.id: (0.0, 0.0) for each in document.graph}), "Place")
    drawing, told = Drawing(document), list[bool]()
    drawing.redrawn.connect(lambda: told.append(drawing.only_places))
    document.apply(edit, "Edit")
    assert told == [only]
    assert not drawing.only_places
