"""Short messages and questions in a box, which never stop the program while they wait."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from chainrule_desktop.messages import APPLICATION_NAME, unsaved_changes
from chainrule_desktop.theme import Theme

_Button = QMessageBox.StandardButton
_ICON = 32


def tell(parent: QWidget, sentence: str, detail: str = "") -> QMessageBox:
    """Show one sentence of something that went wrong, with more below it where that helps."""
    box = _box(parent, QMessageBox.Icon.Warning, sentence, detail)
    box.setStandardButtons(_Button.Ok)
    box.open()
    return box


def ask_unsaved(
    parent: QWidget, name: str, save: Callable[[], object], discard: Callable[[], object]
) -> QMessageBox:
    """Ask what to do with unsaved changes; Cancel and Escape do nothing at all."""
    detail = "They are lost if you don't save them."
    box = _box(parent, QMessageBox.Icon.Question, unsaved_changes(name), detail)
    box.setStandardButtons(_Button.Save | _Button.Discard | _Button.Cancel)
    for button, text in ((_Button.Save, "&Save"), (_Button.Discard, "&Discard")):
        box.button(button).setText(text)
    box.button(_Button.Cancel).setText("&Cancel")
    box.setDefaultButton(_Button.Save)
    box.setEscapeButton(_Button.Cancel)
    _when_pressed(box, {_Button.Save: save, _Button.Discard: discard})
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
