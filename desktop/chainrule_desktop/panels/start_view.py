"""What a window shows before there is a graph: ways to begin, recent files and examples."""

from __future__ import annotations

from pathlib import Path
from typing import cast, final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from chainrule.errors import ExpressionError
from chainrule.expression import graph_from_formula
from chainrule_desktop.messages import APPLICATION_NAME, explain
from chainrule_desktop.panels.card_grid import SPACING, CardGrid, PictureLoader, card_towards
from chainrule_desktop.panels.card_words import words_of_example, words_of_file
from chainrule_desktop.panels.fields import Note
from chainrule_desktop.panels.formula_bar import EXAMPLE
from chainrule_desktop.panels.formula_preview import FormulaPreview
from chainrule_desktop.panels.graph_card import GraphCard
from chainrule_desktop.panels.picture_cache import PictureCache
from chainrule_desktop.resources import EXAMPLE_GROUPS, example_files
from chainrule_desktop.settings import Settings
from chainrule_desktop.theme import Theme, set_part

_MARGIN = 28
_NARROW_MARGIN = 12
_NARROW = 480
_MOST_RECENT = 8
_SAYS = "Draw a computational graph and watch every value and gradient in it."
_OTHERS = "More examples"


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

    def __init__(
        self,
        settings: Settings,
        theme: Theme,
        pictures: PictureCache,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._theme = theme
        self._field = QLineEdit(placeholderText=EXAMPLE)
        self._fault = Note(self._field)
        self._preview = FormulaPreview(self._field)
        self._new = QPushButton(" &New graph")
        self._recent = CardGrid("Recent files")
        self._grids = [self._recent, *self._example_grids()]
        self._loader = PictureLoader(pictures, self)
        self._page = QWidget()
        self._lay_out()
        self._connect()
        self._show_recent()
        self._show_theme()

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        # Once the window is there: pictures must not make anybody wait for it.
        QTimer.singleShot(0, self, self._load_pictures)

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._arrange_cards()

    def _example_grids(self) -> list[CardGrid]:
        places = {path.stem: path for path in example_files()}
        groups = {
            title: [places.pop(name) for name in names if name in places]
            for title, names in EXAMPLE_GROUPS.items()
        }
        groups[_OTHERS] = [*places.values()]
        grids: list[CardGrid] = []
        for title, paths in groups.items():
            grid = CardGrid(title)
            grid.show_cards([self._example_card(path) for path in paths])
            grids.append(grid)
        return grids

    def _example_card(self, path: Path) -> GraphCard:
        return self._wired(GraphCard(path, words_of_example(path), self._theme))

    def _recent_card(self, path: Path) -> GraphCard:
        missing = not path.is_file()
        words = words_of_file(path, missing=missing)
        card = self._wired(GraphCard(path, words, self._theme, removable=True, missing=missing))
        # Later, since the card itself goes.
        card.removal_wanted.connect(self._forget_card, Qt.ConnectionType.QueuedConnection)
        return card

    def _wired(self, card: GraphCard) -> GraphCard:
        card.clicked.connect(self._choose_card)
        card.steered.connect(self._steer)
        card.picture_wanted.connect(lambda: self._loader.load([card]))
        return card

    def _lay_out(self) -> None:
        set_part(self, "flat")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Start")
        self.setFocusProxy(self._field)
        self._field.setAccessibleName("Formula of a new graph")
        column = QVBoxLayout(self._page)
        column.setSpacing(SPACING // 2)
        for part in (*self._header(), *self._grids):
            column.addWidget(part)
        column.addStretch()
        self.setWidget(self._page)

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
        self._field.setMinimumWidth(140)
        self._field.setMaximumWidth(460)
        for widget in (label, self._field, self._new):
            row.addWidget(widget, 1 if widget is self._field else 0)
        row.addStretch()
        return title, says, line, self._preview, self._fault

    def _connect(self) -> None:
        self._field.returnPressed.connect(self._enter_formula)
        self._field.textEdited.connect(lambda: self._say_fault(""))
        self._new.clicked.connect(self._choose_new)
        self._settings.changed.connect(self._show_recent_if)
        self._theme.changed.connect(self._show_theme)

    def _arrange_cards(self) -> None:
        margin = _MARGIN if self.viewport().width() > _NARROW else _NARROW_MARGIN
        layout = self._page.layout()
        if layout is not None:
            layout.setContentsMargins(margin, margin, margin, margin)
        for grid in self._grids:
            grid.lay_out(self.viewport().width() - 2 * margin)

    def _load_pictures(self) -> None:
        wanting = [card for grid in self._grids for card in grid.cards if not card.has_picture]
        self._loader.load(wanting)

    def _enter_formula(self) -> None:
        text = self._field.text().strip()
        if not text:
            self._say_fault(f"Type a formula, such as {EXAMPLE}.")
            return
        try:
            graph_from_formula(text)
        except ExpressionError as error:
            self._say_fault(explain(error))
            if error.column is not None:
                self._field.setCursorPosition(error.column - 1)
        else:
            self.formula_entered.emit(text)

    def _say_fault(self, sentence: str) -> None:
        """Say why Enter could make nothing of the formula; until then the preview speaks."""
        self._fault.say(sentence)
        self._preview.setVisible(not sentence)

    def _choose_new(self) -> None:
        self.new_chosen.emit()

    def _choose_card(self) -> None:
        self.file_chosen.emit(cast("GraphCard", self.sender()).path)

    def _forget_card(self) -> None:
        self._settings.forget_recent_file(cast("GraphCard", self.sender()).path)

    def _steer(self, key: Qt.Key) -> None:
        """Move the focus to the card in an arrow's direction; from the top, to the field."""
        card = cast("GraphCard", self.sender())
        cards = [each for grid in self._grids for each in grid.cards]
        target = card_towards(card, cards, key)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(target, 0, SPACING)
        elif key == Qt.Key.Key_Up:
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureVisible(0, 0)

    def _show_recent_if(self, name: str) -> None:
        if name == "recent_files":
            self._show_recent()

    def _show_recent(self) -> None:
        paths = self._settings.remembered_files()[:_MOST_RECENT]
        self._recent.show_cards([self._recent_card(path) for path in paths])
        self._arrange_cards()
        if self.isVisible():
            self._load_pictures()

    def _show_theme(self) -> None:
        self._new.setIcon(self._theme.icon("new"))
        # Letters may have become larger.
        self._arrange_cards()
