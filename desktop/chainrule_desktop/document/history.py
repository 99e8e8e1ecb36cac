"""Undo steps: each holds the one edit that takes it back, or makes it again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import final
from weakref import WeakMethod

from PySide6.QtGui import QUndoCommand, QUndoStack
from shiboken6 import Shiboken
from typing_extensions import override

from chainrule.graph.edits import AddNodes, Batch, Edit, Rename
from chainrule.graph.node import NodeId

_MERGING = 1
_NOT_MERGING = -1


_NO_EDIT = Batch(())
_LEAST_KEPT = 64


@final
class EditCommand(QUndoCommand):
    """A step made before it was pushed; undoing and redoing swap an edit and its inverse.

    One that is `to_forget` leaves the history when it is undone; one that `joins` does other things
    than the step with its key before it, of which it becomes a part. `place` is the definition
    inside which it was made, None for the graph itself. `swap` is a method of who owns
    the history. It is held weakly, so that the owner can end before its steps.
    """

    def __init__(
        self,
        swap: Callable[[Edit], Edit],
        inverse: Edit,
        text: str,
        merge: Hashable | None,
        *,
        joins: bool = False,
        place: str | None = None,
    ) -> None:
        super().__init__(text)
        self.place = place
        self.merge_key = merge
        self._joins = joins
        self.to_forget = False
        self._swap = WeakMethod(swap)
        self._other_way = inverse
        self._made = True
        _keep(self)

    @override
    def undo(self) -> None:
        self._turn()
        # Not before: Qt does not undo what is obsolete already.
        self.setObsolete(self.to_forget)

    @override
    def redo(self) -> None:
        if self._made:
            self._made = False
            return
        self._turn()

    @override
    def id(self) -> int:
        return _NOT_MERGING if self.merge_key is None else _MERGING

    @override
    def mergeWith(self, other: QUndoCommand) -> bool:
        if not (isinstance(other, EditCommand) and other.merge_key == self.merge_key):
            return False
        # Edits that merge set the same things, so the inverse of the first one undoes them all.
        if other._joins:
            self._other_way = Batch((other._other_way, self._other_way))
            self.setText(other.text())
        other.empty()
        return True

    def empty(self) -> None:
        """Let go of the edit: Qt ends a step that was merged, but its Python half stays."""
        self._other_way = _NO_EDIT

    def _turn(self) -> None:
        swap = self._swap()
        if swap is not None:
            self._other_way = swap(self._other_way)


@final
class _Kept:
    """The steps that Qt owns, held so that Python ends none of them.

    A history lists its steps where Python's collector can't see it: when it finds a document that
    nobody needs, it could end a step before the history, which then ends it once more and crashes.
    """

    def __init__(self) -> None:
        self.steps: list[EditCommand] = []
        self.look_at = _LEAST_KEPT


_kept = _Kept()


def _keep(step: EditCommand) -> None:
    _kept.steps.append(step)
    if len(_kept.steps) >= _kept.look_at:
        forget_ended_steps()


def forget_ended_steps() -> None:
    """Give back the memory of steps that Qt has ended, after a history was cleared for one."""
    _kept.steps = [step for step in _kept.steps if Shiboken.isValid(step)]
    _kept.look_at = max(_LEAST_KEPT, 2 * len(_kept.steps))


def place_of_step(history: QUndoStack, *, undo: bool) -> str | None:
    """Return where the step was made that comes next: a definition, or None for the graph."""
    number = history.index() - (1 if undo else 0)
    command = history.command(number) if 0 <= number < history.count() else None
    return command.place if isinstance(command, EditCommand) else None


def renamed_nodes(edit: Edit) -> tuple[tuple[NodeId, NodeId], ...]:
    """Return the old and the new ids of the nodes that an edit renames."""
    if isinstance(edit, Rename):
        return ((edit.old, edit.new),)
    if isinstance(edit, Batch):
        return tuple(each for part in edit.edits for each in renamed_nodes(part))
    return ()


def added_nodes(edit: Edit) -> tuple[NodeId, ...]:
    """Return the ids of the nodes that an edit adds."""
    if isinstance(edit, AddNodes):
        return tuple(node.id for node in edit.nodes)
    if isinstance(edit, Batch):
        return tuple(each for part in edit.edits for each in added_nodes(part))
    return ()
