"""An undo step swaps an edit and its inverse, and merges with its own kind."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from weakref import ref

import pytest
from PySide6.QtGui import QUndoStack

from chainrule.graph.edits import Edit, MoveNodes
from chainrule_desktop.document.history import EditCommand, forget_ended_steps


def move(x: float) -> Edit:
    return MoveNodes({"n": (x, 0.0)})


class Place:
    """One number in place of a graph: swapping an edit returns the one that goes back."""

    def __init__(self) -> None:
        self.x = 0.0

    def swap(self, edit: Edit) -> Edit:
        assert isinstance(edit, MoveNodes)
        position = edit.positions["n"]
        assert position is not None
        before, self.x = self.x, position[0]
        return move(before)

    def step(self, stack: QUndoStack, x: float, merge: object = None) -> EditCommand:
        command = EditCommand(self.swap, self.swap(move(x)), "Move", merge)
        stack.push(command)
        return command


def test_pushing_does_not_make_the_step_again() -> None:
    place, stack = Place(), QUndoStack()
    place.step(stack, 1.0)
    assert place.x == 1.0


def test_a_step_does_not_keep_the_owner_of_the_history_alive() -> None:
    place, stack = Place(), QUndoStack()
    place.step(stack, 1.0)
    alive = ref(place)
    del place
    assert alive() is None


def test_a_step_that_was_merged_lets_go_of_its_edit() -> None:
    place, stack = Place(), QUndoStack()
    place.step(stack, 1.0, "drag")
    merged = EditCommand(place.swap, place.swap(move(2.0)), "Move", "drag")
    edit = ref(merged._other_way)
    stack.push(merged)
    assert edit() is None


def test_steps_that_have_ended_are_given_back() -> None:
    place, stack = Place(), QUndoStack()
    edit = ref(place.step(stack, 1.0)._other_way)
    stack.clear()
    forget_ended_steps()
    assert edit() is None


@pytest.fixture
def only_own_garbage() -> Iterator[None]:
    """Leave what earlier tests left behind to a later collection."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("only_own_garbage")
def test_a_document_that_nobody_needs_ends_before_its_steps() -> None:
    class Holder:
        def __init__(self, stack: QUndoStack) -> None:
            self.stack = stack
            self.__dict__["itself"] = self

    place = Place()
    for _ in range(20):
        holder = Holder(QUndoStack())
        for x in (1.0, 2.0, 3.0):
            place.step(holder.stack, x)
        ended = ref(holder)
        del holder
        gc.collect()
        assert ended() is None


def test_a_step_goes_back_and_forth() -> None:
    place, stack = Place(), QUndoStack()
    place.step(stack, 1.0)
    for _ in range(3):
        stack.undo()
        assert place.x == 0.0
        stack.redo()
        assert place.x == 1.0


def test_steps_with_one_key_go_back_to_before_the_first_and_forth_to_the_last() -> None:
    place, stack = Place(), QUndoStack()
    for x in (1.0, 2.0, 3.0):
        place.step(stack, x, merge="drag")
    stack.undo()
    assert place.x == 0.0
    stack.redo()
    assert place.x == 3.0


def test_steps_with_other_keys_or_none_stay_apart() -> None:
    place, stack = Place(), QUndoStack()
    for x, merge in ((1.0, "a"), (2.0, "b"), (3.0, None), (4.0, None)):
        place.step(stack, x, merge)
    assert stack.count() == 4


def test_a_step_to_forget_is_undone_and_gone() -> None:
    place, stack = Place(), QUndoStack()
    place.step(stack, 1.0)
    command = place.step(stack, 2.0)
    command.to_forget = True
    stack.undo()
    assert place.x == 1.0
    assert (stack.count(), stack.canRedo()) == (1, False)
