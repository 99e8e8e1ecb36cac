"""All keys and what they do, to be looked up and to be changed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from chainrule_desktop.dialogs.key_field import KeyField
from chainrule_desktop.search.matching import Entry, Index
from chainrule_desktop.theme import ScreenFit, set_part

_ID: Final = Qt.ItemDataRole.UserRole


@final
@dataclass(frozen=True, slots=True)
class ShortcutLine:
    """One line: an action with its keys. A line without an `id` is one of keys that stay."""

    group: str
    what: str
    keys: tuple[QKeySequence, ...] = ()
    id: str = ""
    is_changed: bool = False
    says: str = ""
    fixed: str = ""

    @property
    def shown(self) -> str:
        """The keys as people read them."""
        native = QKeySequence.SequenceFormat.NativeText
        return self.fixed or " or ".join(each.toString(native) for each in self.keys)


class KeyMap(ABC):
    """The keys of all actions; every change holds at once."""

    @abstractmethod
    def lines(self) -> Iterator[ShortcutLine]:
        """Yield all actions with the keys that they have now."""

    @abstractmethod
    def set_keys(self, action_id: str, keys: Sequence[QKeySequence]) -> None:
        """Let an action have these keys, whoever else has them."""

    @abstractmethod
    def give(self, keys: QKeySequence, action_id: str) -> None:
        """Let an action have these keys and take them away from all others."""

    @abstractmethod
    def owners(self, keys: QKeySequence, action_id: str) -> list[ShortcutLine]:
        """Return the other actions that hear these keys, or begin or end with them."""

    @abstractmethod
    def reset(self, action_id: str) -> None:
        """Let an action have the keys that it had at first."""

    @abstractmethod
    def reset_all(self) -> None:
        """Let all actions have the keys that they had at first."""


_CANVAS = "Canvas"
CANVAS_KEYS = (
    ShortcutLine(_CANVAS, "Walk along wires", fixed="Arrows"),
    ShortcutLine(_CANVAS, "Move the selection, or the view", fixed="Ctrl+Arrows"),
    ShortcutLine(_CANVAS, "Move the selection by one unit", fixed="Ctrl+Shift+Arrows"),
    ShortcutLine(_CANVAS, "Edit a leaf's value, or show a gate's tensor", fixed="Enter"),
    ShortcutLine(_CANVAS, "Edit a leaf's value", fixed="0 to 9 and −"),
    ShortcutLine(_CANVAS, "Show all of the graph", fixed="Home"),
    ShortcutLine(_CANVAS, "Show what is selected", fixed="F"),
    ShortcutLine(_CANVAS, "Cancel a gesture, or select nothing", fixed="Esc"),
    ShortcutLine(_CANVAS, "Pan the view", fixed="Space+drag, middle button"),
    ShortcutLine(_CANVAS, "Zoom", fixed="Ctrl+wheel"),
)
"""The keys that the canvas hears itself."""

_ROW: Final = 24
_FIXED: Final = frozenset(
    (
        *("Left", "Right", "Up", "Down", "Space", "Return", "Enter", "Esc", "Tab", "Shift+Tab"),
        *("Home", "F", "-", *"0123456789"),
    )
)


@final
class ShortcutsDialog(QDialog):
    """Lists the keys by menu, finds them, and records others for the action that is selected.

    Keys that another action has are shown with its name before anything is changed: they can be
    taken away from it, or left to it.
    """

    def __init__(self, parent: QWidget, keys: KeyMap) -> None:
        super().__init__(parent)
        self._keys = keys
        self._search = QLineEdit(clearButtonEnabled=True, placeholderText="Search actions or keys")
        self._tree = QTreeWidget()
        self._field = KeyField()
        self._note = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._use = QPushButton("Use")
        self._cancel = QPushButton("Cancel")
        self._remove = QPushButton("No Keys")
        self._reset = QPushButton("Reset")
        self._reset_all = QPushButton("Reset All")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keyboard Shortcuts")
        self.resize(600, 640)
        ScreenFit(self)
        self._lay_out()
        self._connect()
        self._fill()

    def _lay_out(self) -> None:
        self._search.setAccessibleName("Search actions or keys")
        self._tree.setAccessibleName("Keyboard shortcuts")
        self._tree.setHeaderLabels(["Action", "Keys"])
        self._tree.setRootIsDecorated(False)
        self._tree.setUniformRowHeights(True)
        self._tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        set_part(self._note, "muted")
        self._note.setMinimumHeight(2 * self.fontMetrics().lineSpacing() + 2)
        label = QLabel("&New keys:")
        label.setBuddy(self._field)
        line = QHBoxLayout()
        for widget in (label, self._field, self._use, self._cancel, self._remove, self._reset):
            line.addWidget(widget, 1 if widget is self._field else 0)
        for button in (self._use, self._cancel, self._remove, self._reset, self._reset_all):
            # Enter presses the one that has the keyboard; Close is the default of none.
            button.setAutoDefault(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self._reset_all, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self._search, self._tree):
            column.addWidget(widget)
        column.addLayout(line)
        column.addWidget(self._note)
        column.addWidget(buttons)

    def _connect(self) -> None:
        keys = self._keys
        self._search.textChanged.connect(self._fill)
        self._tree.currentItemChanged.connect(self._begin)
        self._tree.itemActivated.connect(self._record)
        self._field.recorded.connect(self._consider)
        self._use.clicked.connect(self._take)
        self._cancel.clicked.connect(self._begin)
        self._remove.clicked.connect(lambda: self._change(lambda id_: keys.set_keys(id_, ())))
        self._reset.clicked.connect(lambda: self._change(keys.reset))
        self._reset_all.clicked.connect(self._reset_everything)

    def _fill(self) -> None:
        """List what the search finds, by menu; what was selected stays so."""
        chosen = self._chosen()
        self._tree.clear()
        for group, lines in groupby(self._found(), lambda line: line.group):
            top = QTreeWidgetItem(self._tree, [group])
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            # Of rows that are equally high, the first one says how high.
            top.setSizeHint(0, QSize(0, max(_ROW, self._tree.fontMetrics().height() + 8)))
            font = top.font(0)
            font.setBold(True)
            top.setFont(0, font)
            for line in lines:
                self._add(top, line, chosen)
        self._tree.expandAll()
        self._begin()

    def _add(self, top: QTreeWidgetItem, line: ShortcutLine, chosen: str) -> None:
        item = QTreeWidgetItem(top, [line.what, line.shown])
        item.setData(0, _ID, line.id)
        item.setToolTip(0, line.says)
        item.setData(1, Qt.ItemDataRole.AccessibleTextRole, line.shown or "no keys")
        if line.is_changed:
            font = item.font(1)
            font.setItalic(True)
            item.setFont(1, font)
            item.setToolTip(1, "Not the keys that it had at first")
        if line.id and line.id == chosen:
            self._tree.setCurrentItem(item)

    def _found(self) -> list[ShortcutLine]:
        lines = [*self._keys.lines(), *CANVAS_KEYS]
        typed = self._search.text().strip()
        index = Index(Entry(line.what, (line.shown,), line.group, line.says) for line in lines)
        return [lines[row] for row in sorted(index.find(typed))]

    def _chosen(self) -> str:
        item = self._tree.currentItem()
        return "" if item is None else str(item.data(0, _ID) or "")

    def _line(self) -> ShortcutLine | None:
        chosen = self._chosen()
        return next((line for line in self._keys.lines() if chosen and line.id == chosen), None)

    def _begin(self) -> None:
        """Wait for keys for the action that is selected."""
        line = self._line()
        self._field.forget()
        for widget in (self._field, self._remove, self._reset):
            widget.setEnabled(line is not None)
        self._remove.setEnabled(line is not None and bool(line.keys))
        self._reset.setEnabled(line is not None and line.is_changed)
        self._offer("Use", usable=False)
        if line is None:
            self._say("Select an action to give it other keys.")
        else:
            self._field.setAccessibleName(f"New keys for {line.what}")
            self._say(f"{line.what}: press its new keys in the field; Tab leaves it.")

    def _record(self) -> None:
        """Put the keyboard into the field that hears the new keys."""
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _consider(self, keys: QKeySequence) -> None:
        """Say at once who else has these keys."""
        line = self._line()
        if line is None or keys.isEmpty():
            return
        shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
        if keys.toString().split(", ")[0] in _FIXED:
            self._offer("Use", usable=False)
            self._say(f"{shown} always belongs to the canvas; press other keys.", amiss=True)
            return
        owners = self._keys.owners(keys, line.id)
        names = _listed(each.what for each in owners)
        if owners:
            self._offer("Take Away", usable=True)
            self._say(f"{shown} belongs to {names}. Take it away from there?", amiss=True)
        else:
            self._offer("Use", usable=True)
            self._say(f"{shown} is free. Use it for {line.what}?")

    def _take(self) -> None:
        self._change(lambda chosen: self._keys.give(self._field.keys, chosen))

    def _change(self, change: Callable[[str], None]) -> None:
        chosen = self._chosen()
        if chosen:
            change(chosen)
            self._fill()
            self._tree.setFocus()

    def _reset_everything(self) -> None:
        self._keys.reset_all()
        self._fill()

    def _offer(self, verb: str, *, usable: bool) -> None:
        self._use.setText(verb)
        self._use.setEnabled(usable)
        self._cancel.setEnabled(usable)

    def _say(self, sentence: str, *, amiss: bool = False) -> None:
        set_part(self._note, "problem" if amiss else "muted")
        self._note.setText(sentence)
        self._field.setAccessibleDescription(sentence)


def _listed(names: Iterable[str]) -> str:
    return " and ".join(f"“{name}”" for name in names)
