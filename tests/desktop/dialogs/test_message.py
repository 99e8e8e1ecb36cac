"""Questions wait without stopping the program, and only the answer that was given is acted on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from chainrule_desktop.dialogs.message import ForAll, ask_revert, ask_unsaved, tell
from chainrule_desktop.theme import Theme
from tests.desktop.easel import theme

__all__ = ["theme"]

Button = QMessageBox.StandardButton


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("button", "expected"),
    [(Button.Save, ["save"]), (Button.Discard, ["discard"]), (Button.Cancel, [])],
)
def test_each_answer_does_its_thing(window: QWidget, button: Button, expected: list[str]) -> None:
    done: list[str] = []
    box = ask_unsaved(window, "a", lambda: done.append("save"), lambda: done.append("discard"))
    assert done == []
    box.button(button).click()
    assert done == expected


@pytest.mark.parametrize(
    ("button", "expected"), [(Button.SaveAll, ["save all"]), (Button.NoToAll, ["discard all"])]
)
def test_one_answer_goes_for_all_where_several_are_unsaved(
    window: QWidget, button: Button, expected: list[str]
) -> None:
    done: list[str] = []
    for_all = ForAll(2, lambda: done.append("save all"), lambda: done.append("discard all"))
    box = ask_unsaved(window, "a", lambda: None, lambda: None, for_all)
    assert box.informativeText().endswith("2 other graphs are unsaved, too.")
    letters = [each.text()[each.text().index("&") + 1].lower() for each in box.buttons()]
    assert len({*letters}) == len(letters) == 5
    assert all(each.focusPolicy() & Qt.FocusPolicy.TabFocus for each in box.buttons())
    box.button(button).click()
    assert done == expected


def test_all_answers_can_be_read(qtbot: QtBot, window: QWidget, theme: Theme) -> None:
    box = ask_unsaved(
        window, "a", lambda: None, lambda: None, ForAll(2, lambda: None, lambda: None)
    )
    qtbot.waitExposed(box)
    assert [each.text() for each in box.buttons() if each.width() < each.sizeHint().width()] == []
    box.close()


def test_escape_is_cancel(qtbot: QtBot, window: QWidget) -> None:
    done: list[str] = []
    box = ask_unsaved(window, "a", lambda: done.append("save"), lambda: done.append("discard"))
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert done == []
    assert not box.isVisible()


def test_reverting_is_never_what_enter_does(window: QWidget) -> None:
    box = ask_revert(window, "a", lambda: None)
    assert box.defaultButton() is box.button(Button.Cancel)
    box.close()


def test_a_message_is_shown_as_it_is_written(window: QWidget) -> None:
    box = tell(window, "<b>x</b> is no gate.")
    assert box.textFormat() is Qt.TextFormat.PlainText
    box.close()


def test_questions_and_warnings_have_icons_of_ours(window: QWidget, theme: Theme) -> None:
    boxes = (tell(window, "It went wrong."), ask_revert(window, "a", lambda: None))
    inks = (theme.palette.problem, theme.palette.text)
    for box, ink in zip(boxes, inks, strict=True):
        picture = box.iconPixmap().toImage()
        points = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
        assert QColor(ink).name() in {picture.pixelColor(*point).name() for point in points}
        box.close()
