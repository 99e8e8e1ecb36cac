"""Short messages and questions in a box, which never stop the program while they wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from chainrule_desktop.messages import APPLICATION_NAME, also_unsaved, unsaved_changes
from chainrule_desktop.theme import Theme

_Button = QMessageBox.StandardButton
_ICON = 32


@final
@dataclass(frozen=True, slots=True)
class ForAll:
    """Answers that go for this graph and for so many others that are unsaved, too."""

    others: int
    save: Callable[[], object]
    discard: Callable[[], object]


def tell(parent: QWidget, sentence: str, detail: str = "") -> QMessageBox:
    """Show one sentence of something that went wrong, with more below it where that helps."""
    box = _box(parent, QMessageBox.Icon.Warning, sentence, detail)
    box.setStandardButtons(_Button.Ok)
    box.open()
    return box


def ask_unsaved(
    parent: QWidget,
    name: str,
    save: Callable[[], object],
    discard: Callable[[], object],
    for_all: ForAll | None = None,
) -> QMessageBox:
    """Ask what to do with unsaved changes; Cancel and Escape do nothing at all."""
    detail = "They are lost if you don't save them."
    texts = {_Button.Save: "&Save", _Button.Discard: "&Discard", _Button.Cancel: "&Cancel"}
    answers = {_Button.Save: save, _Button.Discard: discard}
    if for_all is not None:
        detail = f"{detail} {also_unsaved(for_all.others)}"
        texts |= {_Button.SaveAll: "Save &All", _Button.NoToAll: "D&iscard All"}
        answers |= {_Button.SaveAll: for_all.save, _Button.NoToAll: for_all.discard}
    box = _box(parent, QMessageBox.Icon.Question, unsaved_changes(name), detail)
    for button, text in texts.items():
        _keep_whole(box.addButton(button), text)
    box.setDefaultButton(_Button.Save)
    box.setEscapeButton(_Button.Cancel)
    _when_pressed(box, answers)
    box.open()
    return box


def ask_revert(parent: QWidget, name: str, revert: Callable[[], object]) -> QMessageBox:
    """Ask before a document goes back to its file."""
    question = f"Go back to {name} as it was saved last?"
    return ask_first(parent, question, "Changes since then are lost.", "&Revert", revert)


def ask_first(
    parent: QWidget, question: str, detail: str, button: str, go_on: Callable[[], object]
) -> QMessageBox:
    """Ask before something that can't be undone; Cancel is the usual answer."""
    box = _box(parent, QMessageBox.Icon.Question, question, detail)
    box.setStandardButtons(_Button.Discard | _Button.Cancel)
    box.button(_Button.Discard).setText(button)
    box.button(_Button.Cancel).setText("&Cancel")
    box.setDefaultButton(_Button.Cancel)
    box.setEscapeButton(_Button.Cancel)
    _when_pressed(box, {_Button.Discard: go_on})
    box.open()
    return box


def _box(parent: QWidget, icon: QMessageBox.Icon, text: str, detail: str) -> QMessageBox:
    box = QMessageBox(icon, APPLICATION_NAME, text, parent=parent)
    box.setInformativeText(detail)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _draw_icon(box, icon)
    return box


def _keep_whole(button: QPushButton, text: str) -> None:
    """Let a button be no narrower than its text: the style sheet's least width would let it."""
    button.setText(text)
    button.ensurePolished()
    button.setMinimumWidth(button.sizeHint().width())


def _draw_icon(box: QMessageBox, icon: QMessageBox.Icon) -> None:
    """Show an icon of ours in the colours in force, instead of the style's own."""
    app = QApplication.instance()
    theme = None if app is None else app.findChild(Theme)
    if isinstance(theme, Theme):
        ours = theme.problem_icon() if icon is QMessageBox.Icon.Warning else theme.icon("help")
        box.setIconPixmap(ours.pixmap(QSize(_ICON, _ICON), box.devicePixelRatioF()))


def _when_pressed(box: QMessageBox, answers: dict[_Button, Callable[[], object]]) -> None:
    def answer() -> None:
        pressed = box.standardButton(box.clickedButton())
        if pressed in answers:
            answers[pressed]()

    box.finished.connect(answer)
