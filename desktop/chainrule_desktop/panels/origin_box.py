"""Whether indices count from 1, as in the lecture, or from 0, as in programs, in all windows."""

from __future__ import annotations

from typing import final

from PySide6.QtWidgets import QCheckBox

from chainrule_desktop.settings import Settings

_SETTING = "count_from_zero"


@final
class OriginBox(QCheckBox):
    """A box that says from where indices count, and is ticked in all windows alike."""

    def __init__(self, settings: Settings) -> None:
        super().__init__("Count from &0")
        self._settings = settings
        self.setToolTip("Indices from 0, as in NumPy, instead of from 1, as in the lecture")
        self.setChecked(settings.values.count_from_zero)
        self.toggled.connect(self._remember)
        settings.changed.connect(self._follow)

    @property
    def origin(self) -> int:
        """The first index: 0 or 1."""
        return 0 if self.isChecked() else 1

    def _remember(self, from_zero: bool) -> None:
        self._settings.change(count_from_zero=from_zero)

    def _follow(self, name: str) -> None:
        if name == _SETTING:
            self.setChecked(self._settings.values.count_from_zero)
