"""Cards in as many columns as there is room for, below a heading, and the way among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import final

import shiboken6
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from chainrule_desktop.panels.graph_card import CARD_WIDTH, GraphCard
from chainrule_desktop.panels.picture_cache import PictureCache
from chainrule_desktop.theme import set_part

SPACING = 14

_MOST_COLUMNS = 4
_WIDEST_CARD = 420
# A card straight ahead is nearer than one aside.
_ASIDE = 4


@final
class CardGrid(QWidget):
    """A heading and cards; hidden while it has none."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[GraphCard] = []
        self._grid = QGridLayout()
        label = QLabel(heading)
        set_part(label, "heading")
        label.setContentsMargins(0, 16, 0, 2)
        self._grid.setSpacing(SPACING)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING // 2)
        column.addWidget(label)
        column.addLayout(self._grid)
        self.setVisible(False)

    def show_cards(self, cards: Sequence[GraphCard]) -> None:
        """Show these cards instead of those that there are."""
        for card in self.cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [*cards]
        self.setVisible(bool(cards))

    def lay_out(self, room: int) -> None:
        """Fill a width of `room` with columns; a row is as high as its highest card needs."""
        columns = max(1, min(_MOST_COLUMNS, (room + SPACING) // (CARD_WIDTH + SPACING)))
        share = (room - (columns - 1) * SPACING) // columns
        width = min(max(share, min(CARD_WIDTH, room)), _WIDEST_CARD)
        for first in range(0, len(self.cards), columns):
            row = self.cards[first : first + columns]
            height = max(card.height_for(width) for card in row)
            for column, card in enumerate(row):
                card.setFixedSize(width, height)
                self._grid.addWidget(card, first // columns, column)


@final
class PictureLoader(QObject):
    """Has the pictures of cards made one after the other, so that other work need not wait."""

    def __init__(self, pictures: PictureCache, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._waiting: list[GraphCard] = []
        self._busy = False

    def load(self, cards: Sequence[GraphCard]) -> None:
        """Put cards in the queue that want another picture, or their first."""
        fresh = [card for card in cards if card not in self._waiting and not card.is_missing]
        self._waiting.extend(fresh)
        self._next()

    def _next(self) -> None:
        self._waiting = [card for card in self._waiting if shiboken6.isValid(card)]
        if self._waiting and not self._busy:
            self._busy = True
            card = self._waiting.pop(0)
            self._pictures.order(card.order(), lambda image: self._take(card, image))

    def _take(self, card: GraphCard, image: QImage | None) -> None:
        self._busy = False
        if shiboken6.isValid(card):
            card.show_picture(image)
        self._next()


def card_towards(card: GraphCard, cards: Sequence[GraphCard], key: Qt.Key) -> GraphCard | None:
    """Return the nearest of `cards` in the direction of an arrow key; None at the edge."""
    ahead, aside = _MEASURES[key]
    here = card.mapToGlobal(card.rect().center())
    found: list[tuple[int, GraphCard]] = []
    for other in cards:
        way = other.mapToGlobal(other.rect().center()) - here
        if ahead(way) > card.height() // 3:
            found.append((ahead(way) + _ASIDE * aside(way), other))
    return min(found, key=lambda each: each[0])[1] if found else None


_Measure = Callable[[QPoint], int]
_MEASURES: dict[Qt.Key, tuple[_Measure, _Measure]] = {
    Qt.Key.Key_Left: (lambda way: -way.x(), lambda way: abs(way.y())),
    Qt.Key.Key_Right: (lambda way: way.x(), lambda way: abs(way.y())),
    Qt.Key.Key_Up: (lambda way: -way.y(), lambda way: abs(way.x())),
    Qt.Key.Key_Down: (lambda way: way.y(), lambda way: abs(way.x())),
}
