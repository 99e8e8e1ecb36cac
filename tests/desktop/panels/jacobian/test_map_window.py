"""Which part of a matrix is in sight."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSize

from chainrule_desktop.panels.jacobian.map_window import MapWindow

SIDES = st.integers(1, 5000)
FIELDS = st.builds(QSize, st.integers(50, 900), st.integers(50, 900))


def window(rows: int, columns: int, field: QSize) -> MapWindow:
    made = MapWindow()
    made.take((rows, columns), field)
    return made


@given(rows=SIDES, columns=SIDES, field=FIELDS)
def test_at_first_the_whole_matrix_is_in_sight(rows: int, columns: int, field: QSize) -> None:
    seen_rows, seen_columns, box = window(rows, columns, field).in_sight(field)
    assert seen_rows == range(rows)
    assert seen_columns == range(columns)
    assert box.width() <= field.width() + 1e-6
    assert box.height() <= field.height() + 1e-6


@given(rows=SIDES, columns=SIDES, field=FIELDS, data=st.data())
def test_a_cell_is_found_at_its_middle_after_it_was_revealed(
    rows: int, columns: int, field: QSize, data: st.DataObject
) -> None:
    made = window(rows, columns, field)
    made.zoom(data.draw(st.floats(1.0, 50.0)), QPointF(10, 10), field)
    cell = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    made.reveal(cell, field)
    assert made.cell_at(made.place_of(cell)) == cell
    place = made.place_of(cell)
    assert 0 <= place.x() <= field.width()
    assert 0 <= place.y() <= field.height()


@given(side=st.integers(100, 5000), factor=st.floats(1.1, 20.0))
def test_what_is_under_the_pointer_stays_there_while_zooming(side: int, factor: float) -> None:
    field = QSize(400, 400)
    made = window(side, side, field)
    pointer = QPointF(200, 200)
    before = made.cell_at(pointer)
    made.zoom(factor, pointer, field)
    after = made.cell_at(pointer)
    assert before is not None
    assert after is not None
    assert abs(before[0] - after[0]) <= 1 + 2 / made.cell
    assert abs(before[1] - after[1]) <= 1 + 2 / made.cell


def test_zooming_out_ends_where_all_is_in_sight() -> None:
    field = QSize(300, 300)
    made = window(1000, 1000, field)
    made.zoom(8.0, QPointF(150, 150), field)
    made.zoom(0.001, QPointF(0, 0), field)
    assert made.in_sight(field)[0] == range(1000)


def test_beside_a_small_matrix_there_is_no_cell() -> None:
    assert window(2, 2, QSize(900, 900)).cell_at(QPointF(890, 10)) is None
