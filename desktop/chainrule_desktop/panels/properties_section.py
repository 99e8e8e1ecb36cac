"""What a node is called, the parameters of its gate, and whether it is the output."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast, final

import msgspec
import numpy as np
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from chainrule.arrays import Array
from chainrule.errors import ParameterError
from chainrule.gates.kind import BOOLEAN, NUMBER, TEXT, ParameterInfo, Setting
from chainrule.graph.node import NodeId
from chainrule_desktop.panels.context import Context
from chainrule_desktop.panels.fields import EntryField, Note, guard_wheel
from chainrule_desktop.panels.number_box import NumberBox
from chainrule_desktop.panels.page_parts import Form, column


@final
class PropertiesSection(QWidget):
    """Edits name, label and parameters of one node, and chooses it as the output."""

    def __init__(self, context: Context, node_id: NodeId) -> None:
        super().__init__()
        self._context = context
        self._node_id = node_id
        self._name = EntryField("Name", self._rename)
        self._label = EntryField("Label", self._set_label)
        self._output = QCheckBox()
        self._output_note = Note(self._output)
        self._shows: list[Callable[[], None]] = []
        self._form = Form()
        column(self).addWidget(self._form)
        self._add_rows()
        self.refresh()

    def refresh(self) -> None:
        """Show what holds now."""
        graph = self._context.graph
        node = graph.node(self._node_id)
        self._name.show_text(node.id)
        self._label.show_text(node.label or "")
        is_output = self._context.passes.output == node.id
        self._output.setChecked(is_output)
        only = graph.header.output is None and is_output
        self._output.setEnabled(not only)
        self._output.setText(
            "Output of the graph" if not only else "Output, as only this node is unread"
        )
        for show in self._shows:
            show()

    def _add_rows(self) -> None:
        for info in self._context.graph.node(self._node_id).kind.parameters():
            self._add_parameter(info)
        self._name.setObjectName("name")
        self._label.setObjectName("label")
        self._label.setPlaceholderText("as the name")
        self._output.setObjectName("output")
        self._output.setAccessibleName("Choose as output")
        self._output.setToolTip("Gradients are derivatives of the output by every other node.")
        self._output.clicked.connect(self._choose_output)
        self._form.add("Name", self._name, self._name.note, "Letters, digits and _; code uses it")
        self._form.add("Label", self._label, self._label.note, "What the canvas shows instead")
        self._form.add_wide(self._output)
        self._form.add_wide(self._output_note)

    def _add_parameter(self, info: ParameterInfo) -> None:
        says = f"{info.says} ({info.type.wants})"
        if info.type is BOOLEAN:
            box = QCheckBox(info.name)
            note = Note(box)
            box.setObjectName(info.name)
            box.clicked.connect(partial(self._switch, info.name, box, note))
            self._form.add("", box, note, says)
            self._shows.append(lambda: box.setChecked(bool(self._setting(info))))
        elif info.type is NUMBER:
            number = NumberBox(info.name, partial(self._set_number, info.name))
            number.setObjectName(info.name)
            self._form.add(info.name, number, number.note, says)
            self._shows.append(lambda: number.show_value(self._number(info)))
        elif info.type.choices:
            self._add_choice(info, says)
        elif info.type is TEXT:
            text = EntryField(info.name, partial(self._set, info.name))
            text.setObjectName(info.name)
            self._form.add(info.name, text, text.note, info.says)
            self._shows.append(lambda: text.show_text(str(self._setting(info))))
        else:
            field = EntryField(info.name, partial(self._set_json, info))
            field.setObjectName(info.name)
            self._form.add(info.name, field, field.note, says)
            self._shows.append(lambda: field.show_text(setting_text(self._setting(info))))

    def _add_choice(self, info: ParameterInfo, says: str) -> None:
        box = QComboBox()
        note = Note(box)
        box.setObjectName(info.name)
        box.setAccessibleName(info.name)
        box.addItems(info.type.choices)
        guard_wheel(box)

        def choose(word: str) -> None:
            note.attempt(partial(self._set, info.name, word))

        box.textActivated.connect(choose)
        self._form.add(info.name, box, note, says)
        self._shows.append(lambda: box.setCurrentText(str(self._setting(info))))

    def _setting(self, info: ParameterInfo) -> Setting:
        kind = self._context.graph.node(self._node_id).kind
        return cast("Setting", getattr(kind, info.name, info.default))

    def _number(self, info: ParameterInfo) -> Array:
        return np.float64(cast("float", self._setting(info)))

    def _set(self, name: str, value: Setting) -> None:
        self._context.editor.set_parameter(self._node_id, name, value)

    def _switch(self, name: str, box: QCheckBox, note: Note) -> None:
        note.attempt(partial(self._set, name, box.isChecked()))

    def _set_number(self, name: str, value: Array, turn: int | None) -> None:
        if value.ndim:
            raise ParameterError(f"{name} must be one number; tensors are values of inputs")
        merge = None if turn is None else ("step", self._node_id, name, id(self), turn)
        self._context.editor.set_parameter(self._node_id, name, float(value), merge)

    def _set_json(self, info: ParameterInfo, text: str) -> None:
        self._set(info.name, parse_setting(info, text))

    def _rename(self, name: str) -> None:
        self._context.editor.rename(self._node_id, name.strip())

    def _set_label(self, label: str) -> None:
        self._context.editor.set_label(self._node_id, label.strip())

    def _choose_output(self, chosen: bool) -> None:
        choice = self._node_id if chosen else None
        self._output_note.attempt(partial(self._context.editor.choose_output, choice))


def parse_setting(info: ParameterInfo, text: str) -> Setting:
    """Return a parameter as it was typed: `1`, `[0, 1]`, `null`; nothing of it is ever run.

    Raises ParameterError with a sentence for everything else.
    """
    plain = text.strip().replace("−", "-")
    try:
        typed: object = msgspec.json.decode(plain.replace("None", "null").encode())
        return info.type.parse(typed)
    except (ValueError, OverflowError, RecursionError):
        raise ParameterError(
            f"{info.name} must be {info.type.wants}; type it as 1, [0, 1] or null"
        ) from None


def setting_text(setting: Setting) -> str:
    """Write a parameter so that `parse_setting` reads it."""
    if isinstance(setting, tuple):
        return f"[{', '.join(map(str, setting))}]"
    return "null" if setting is None else str(setting)
