"""The lines below the numbers: the chosen one, the colours, the statistics, copying and saving."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from chainrule_desktop.panels.page_parts import divider, label_of
from chainrule_desktop.panels.tensors.legend import Legend
from chainrule_desktop.panels.tensors.pages import HEAT_MAP, TABLE
from chainrule_desktop.panels.tensors.scene import Scene
from chainrule_desktop.theme import IconName, Theme

_COPIES = (
    ("numpy", "As &NumPy", "Ctrl+C"),
    ("csv", "As &CSV", "Ctrl+Shift+C"),
    ("tsv", "For a &Spreadsheet", "Ctrl+Alt+C"),
)
_ZOOMS: tuple[tuple[IconName, str, int], ...] = (
    ("zoom-out", "Smaller cells (−)", -1),
    ("zoom-in", "Larger cells (+)", 1),
    ("fit", "All cells (0)", 0),
)


@final
class Footer(QWidget):
    """Says what is chosen and what the numbers are like.

    Signals:
        zoom_clicked(int): larger cells (1), smaller ones (−1), or all of them (0).
        copy_chosen(str): the numbers are wanted as `numpy`, `csv` or `tsv`.
        save_clicked(): the numbers are wanted as a file.
    """

    zoom_clicked = Signal(int)
    copy_chosen = Signal(str)
    save_clicked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._cell = label_of()
        self._statistics = label_of(part="muted")
        self._legend = Legend()
        self._zooms = [self._zoom_button(*each) for each in _ZOOMS]
        self._copy = QPushButton("&Copy")
        self._save = QPushButton("&Save…")
        self._lay_out()
        theme.changed.connect(self._show_icons)

    def show_scene(self, scene: Scene, statistics: str, page: int) -> None:
        """Show what belongs to the page."""
        self._legend.show_scene(scene)
        self._legend.setVisible(page != TABLE)
        for button in self._zooms:
            button.setVisible(page == HEAT_MAP)
        self._statistics.setText(statistics)
        self._enable(True)

    def show_nothing(self) -> None:
        """Show that there are no numbers."""
        self._legend.hide()
        for button in self._zooms:
            button.hide()
        self._cell.clear()
        self._statistics.clear()
        self._enable(False)

    def show_cell(self, sentence: str) -> None:
        """Show the number, or the bar, that was chosen."""
        self._cell.setText(sentence)

    def _enable(self, enabled: bool) -> None:
        self._copy.setEnabled(enabled)
        self._save.setEnabled(enabled)

    def _lay_out(self) -> None:
        menu = QMenu(self._copy)
        for form, text, keys in _COPIES:
            action = menu.addAction(text)
            action.setShortcut(keys)
            action.triggered.connect(lambda _=False, form=form: self.copy_chosen.emit(form))
            self.addAction(action)
        self._copy.setMenu(menu)
        for button in (self._copy, self._save):
            button.setAutoDefault(False)
        self._save.clicked.connect(self.save_clicked)
        self._cell.setMinimumHeight(self._legend.sizeHint().height() + 4)
        upper, lower = QHBoxLayout(), QHBoxLayout()
        upper.addWidget(self._cell, 1)
        for button in self._zooms:
            upper.addWidget(button)
        upper.addWidget(self._legend)
        lower.addWidget(self._statistics, 1)
        lower.addWidget(self._copy)
        lower.addWidget(self._save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(upper)
        layout.addWidget(divider())
        layout.addLayout(lower)

    def _zoom_button(self, icon: IconName, says: str, steps: int) -> QToolButton:
        button = QToolButton()
        button.setIcon(self._theme.icon(icon))
        button.setIconSize(QSize(16, 16))
        button.setObjectName(icon)
        button.setAccessibleName(says)
        button.setToolTip(says)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.zoom_clicked.emit(steps))
        return button

    def _show_icons(self) -> None:
        for button, (icon, _, _) in zip(self._zooms, _ZOOMS, strict=True):
            button.setIcon(self._theme.icon(icon))
