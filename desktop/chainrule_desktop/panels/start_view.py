"""What a window shows before there is a graph: ways to begin, recent files and examples."""

from __future__ import annotations

from pathlib import Path
from typing import cast, final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from chainrule.errors import ExpressionError
from chainrule.expression import graph_from_formula
from chainrule_desktop.messages import APPLICATION_NAME, explain
from chainrule_desktop.panels.example_card import CARD_WIDTH, ExampleCard
from chainrule_desktop.panels.fields import Note
from chainrule_desktop.panels.formula_bar import EXAMPLE
from chainrule_desktop.resources import example_files
from chainrule_desktop.settings import Settings
from chainrule_desktop.theme import Theme, set_part

_PATH_ROLE = Qt.ItemDataRole.UserRole
_ICON = QSize(16, 16)
_SPACING = 14
_MARGIN = 28
_MOST_COLUMNS = 4
_WIDEST_CARD = 420
_WIDEST_LIST = 760
_MOST_RECENT = 6
_SAYS = "Draw a computational graph and watch every value and gradient in it."


@final
class StartView(QScrollArea):
    """Offers a new graph, a formula, the files used last, and the examples.

    Signals:
        file_chosen(Path): a recent file or an example is to be opened.
        new_chosen(): an empty graph is wanted.
        formula_entered(str): a graph is to be made of this formula, which can be read.
    """

    file_chosen = Signal(object)
    new_chosen = Signal()
    formula_entered = Signal(str)

    def __init__(self, settings: Settings, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._theme = theme
        self._field = QLineEdit(placeholderText=EXAMPLE)
        self._fault = Note(self._field)
        self._new = QPushButton("New graph")
        self._recent_heading = _heading("Recent files")
        self._recent = QListWidget()
        self._grid = QGridLayout()
        self._cards = [ExampleCard(path, theme) for path in example_files()]
        self._waiting = list(self._cards)
        self._timer = QTimer(self, interval=0)
        self._card_width = 0
        self._lay_out()
        self._connect()
        self._show_recent()
        self._show_theme()

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        if self._waiting:
            self._timer.start()

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._arrange_cards()

    def _lay_out(self) -> None:
        set_part(self, "flat")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Start")
        self.setFocusProxy(self._field)
        self._field.setAccessibleName("Formula of a new graph")
        set_part(self._recent, "flat")
        self._recent.setAccessibleName("Recent files")
        self._recent.setIconSize(_ICON)
        self._recent.setMaximumWidth(_WIDEST_LIST)
        self._recent.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._recent.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._recent.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_SPACING // 2)
        for part in (*self._header(), self._recent_heading, self._recent, _heading("Examples")):
            column.addWidget(part)
        self._grid.setSpacing(_SPACING)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        column.addLayout(self._grid)
        column.addStretch()
        self.setWidget(page)

    def _header(self) -> tuple[QWidget, ...]:
        title = QLabel(APPLICATION_NAME)
        set_part(title, "title")
        says = QLabel(_SAYS, wordWrap=True)
        set_part(says, "muted")
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 10, 0, 0)
        label = QLabel("&Formula")
        label.setBuddy(self._field)
        self._field.setMinimumWidth(220)
        self._field.setMaximumWidth(460)
        for widget in (label, self._field, self._new):
            row.addWidget(widget, 1 if widget is self._field else 0)
        row.addStretch()
        return title, says, line, self._fault

    def _connect(self) -> None:
        self._field.returnPressed.connect(self._enter_formula)
        self._field.textEdited.connect(lambda: self._fault.say(""))
        self._new.clicked.connect(self._choose_new)
        self._recent.itemActivated.connect(self._choose_recent)
        self._recent.itemClicked.connect(self._choose_recent)
        self._settings.changed.connect(self._show_recent_if)
        self._theme.changed.connect(self._show_theme)
        self._timer.timeout.connect(self._load_next)
        for card in self._cards:
            card.clicked.connect(self._choose_card)

    def _arrange_cards(self) -> None:
        """Put the cards into as many columns as there is room for; a row is as high as needed."""
        room = self.viewport().width() - 2 * _MARGIN
        columns = max(1, min(_MOST_COLUMNS, (room + _SPACING) // (CARD_WIDTH + _SPACING)))
        width = min(max(room - (columns - 1) * _SPACING, CARD_WIDTH) // columns, _WIDEST_CARD)
        if width == self._card_width:
            return
        self._card_width = width
        for first in range(0, len(self._cards), columns):
            row = self._cards[first : first + columns]
            height = max(card.height_for(width) for card in row)
            for column, card in enumerate(row):
                card.setFixedSize(width, height)
                self._grid.addWidget(card, first // columns, column)

    def _load_next(self) -> None:
        """Draw one picture in each turn of the event loop, so that the window stays awake."""
        if self._waiting:
            self._waiting.pop(0).load_picture()
        if not self._waiting:
            self._timer.stop()

    def _enter_formula(self) -> None:
        text = self._field.text().strip()
        if not text:
            self._fault.say(f"Type a formula, such as {EXAMPLE}.")
            return
        try:
            graph_from_formula(text)
        except ExpressionError as error:
            self._fault.say(explain(error))
            if error.column is not None:
                self._field.setCursorPosition(error.column - 1)
        else:
            self.formula_entered.emit(text)

    def _choose_new(self) -> None:
        self.new_chosen.emit()

    def _choose_card(self) -> None:
        self.file_chosen.emit(cast("ExampleCard", self.sender()).path)

    def _choose_recent(self, item: QListWidgetItem) -> None:
        self.file_chosen.emit(cast("Path", item.data(_PATH_ROLE)))

    def _show_recent_if(self, name: str) -> None:
        if name == "recent_files":
            self._show_recent()

    def _show_recent(self) -> None:
        paths = self._settings.recent_files()[:_MOST_RECENT]
        self._recent.clear()
        for path in paths:
            item = QListWidgetItem(self._theme.icon("file"), f"{path.name}   {_shown(path.parent)}")
            item.setData(_PATH_ROLE, path)
            item.setToolTip(str(path))
            item.setSizeHint(QSize(0, 28))
            self._recent.addItem(item)
        self._recent.setFixedHeight(28 * len(paths) + 4)
        self._recent.setVisible(bool(paths))
        self._recent_heading.setVisible(bool(paths))

    def _show_theme(self) -> None:
        self._new.setIcon(self._theme.icon("new"))
        self._show_recent()


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    set_part(label, "heading")
    label.setContentsMargins(0, 16, 0, 2)
    return label


def _shown(folder: Path) -> str:
    """Write a folder as people do, their home as ~."""
    try:
        return str(Path("~") / folder.relative_to(Path.home()))
    except ValueError:
        return str(folder)
