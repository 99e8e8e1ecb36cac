"""The loss over two weights: which ones, drawing it in the background, and the descent on it."""

from __future__ import annotations

import re
from functools import partial
from typing import Final, cast, final

import numpy as np
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QPushButton, QWidget

from chainrule.errors import ChainruleError, TrainingError
from chainrule.training.parameters import Parameters
from chainrule.training.surfaces import Extent, Surface, landscape, window_around
from chainrule.training.trainer import Trainer
from chainrule_desktop.messages import explain
from chainrule_desktop.panels.fields import guard_wheel
from chainrule_desktop.panels.page_parts import column, label_of
from chainrule_desktop.panels.training.context import TrainingContext
from chainrule_desktop.panels.training.landscape_chart import LandscapeChart
from chainrule_desktop.tasks import Progress, Task

_MOST_LISTED: Final = 500
_STEPS: Final = 41
_INVITATION: Final = "Choose two weights and draw their landscape."
_ENTRY: Final = re.compile(r"(\w+)\s*(?:\[([\d\s,]*)\])?")


@final
class LandscapePage(QWidget):
    """Draws the loss over two weights when it is first seen, and on demand.

    The path on it goes on while training runs.
    """

    def __init__(self, context: TrainingContext) -> None:
        super().__init__()
        self._context = context
        self._x, self._y = _entry_combo("Weight along x"), _entry_combo("Weight along y")
        self._draw, self._progress = QPushButton("Dra&w"), QProgressBar()
        self._chart, self._fault = LandscapeChart(context.theme), label_of(part="problem")
        self._task: Task | None = None
        self._trainer: Trainer | None = None
        self._is_watching = self._was_begun = False
        self._places: tuple[int, int] | None = None
        self._lay_out()
        self._draw.clicked.connect(self._toggle)
        context.training.changed.connect(self.refresh)
        context.training.progressed.connect(self._show_path)
        self.refresh()

    def refresh(self) -> None:
        """List the weights of the trainer that there is now."""
        trainer = self._context.training.trainer
        self._draw.setEnabled(trainer is not None)
        if trainer is None or (
            self._trainer is not None and trainer.parameters.fits(self._trainer.parameters)
        ):
            self._show_path()
            self._draw_first()
            return
        self._cancel()  # its places are those of other weights
        self._trainer, self._places, self._was_begun = trainer, None, False
        names = _entries(trainer.parameters)
        for combo, row in ((self._x, 0), (self._y, min(1, len(names) - 1))):
            combo.clear()
            combo.addItems(names)
            combo.setCurrentIndex(row)
        self._chart.show_surface(None, ("", ""))
        self._draw_first()

    def watch(self, on: bool) -> None:
        """Draw when the page is seen for the first time."""
        self._is_watching = on
        self._draw_first()

    def leave(self) -> None:
        """Stop drawing; the window closes."""
        self._is_watching = False
        if self._task is not None:
            self._cancel()
            self._was_begun = False

    def _lay_out(self) -> None:
        self._draw.setAutoDefault(False)
        self._chart.say(_INVITATION)
        self._draw.setToolTip(f"Compute the loss at {_STEPS} × {_STEPS} places around the path.")
        self._progress.setAccessibleName("Progress of the landscape")
        self._progress.hide()
        self._fault.hide()
        row = QHBoxLayout()
        for word, combo in (("x", self._x), ("y", self._y)):
            row.addWidget(label_of(word, "muted"))
            row.addWidget(combo, 1)
        row.addWidget(self._draw)
        down = column(self)
        down.setContentsMargins(10, 10, 0, 0)
        down.addLayout(row)
        down.addWidget(self._progress)
        down.addWidget(self._fault)
        down.addWidget(self._chart, 1)
        down.addWidget(
            label_of(
                "All other weights stay as they are now, so the path leaves this plane where they "
                "move too.",
                "muted",
            )
        )

    def _toggle(self) -> None:
        if self._task is not None:
            self._cancel()
        elif (trainer := self._context.training.trainer) is not None:
            self._begin(trainer)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
            self._rest()

    def _draw_first(self) -> None:
        """Draw if nobody has tried to yet: what was cancelled or refused stays so."""
        trainer = self._context.training.trainer
        if self._is_watching and trainer is not None and not self._was_begun:
            self._begin(trainer)

    def _begin(self, trainer: Trainer) -> None:
        self._was_begun = True
        try:
            names = self._x.currentText().strip(), self._y.currentText().strip()
            places = place_of(names[0], trainer.parameters), place_of(names[1], trainer.parameters)
            if places[0] == places[1]:
                raise TrainingError("a landscape needs two different weights; choose another one")
        except ChainruleError as error:
            self._say(explain(error))
            return
        self._say("")
        path = trainer.trail.along([*places])
        extent = window_around(path, trainer.weights[[*places]])
        self._task = self._context.tasks.start(partial(_drawn, trainer, places, extent))
        self._task.progressed.connect(self._show_progress)
        self._task.succeeded.connect(partial(self._show, places, names))
        self._task.failed.connect(self._fail)
        self._chart.say("Drawing …")
        self._draw.setText("&Cancel")
        self._progress.setRange(0, _STEPS)
        self._progress.setValue(0)
        self._progress.show()

    def _show_progress(self, done: int, _: int) -> None:
        self._progress.setValue(done)

    def _show(self, places: tuple[int, int], names: tuple[str, str], found: object) -> None:
        self._task = None
        self._rest()
        self._places = places
        self._chart.show_surface(cast("Surface", found), names)
        self._show_path()

    def _fail(self, error: Exception) -> None:
        self._task = None
        self._rest()
        self._say(explain(error))

    def _rest(self) -> None:
        self._chart.say(_INVITATION)
        self._draw.setText("Dra&w")
        self._progress.hide()

    def _show_path(self) -> None:
        trainer, places = self._context.training.trainer, self._places
        if trainer is None or places is None:
            return
        path = trainer.trail.along([*places])
        end = trainer.weights[[*places]].reshape(1, 2)
        self._chart.show_path(np.concatenate((path, end)))

    def _say(self, sentence: str) -> None:
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))


def _drawn(
    trainer: Trainer, places: tuple[int, int], extent: Extent, progress: Progress
) -> Surface:
    """Compute a landscape with a trainer of its own, since the other one may be at work."""
    return landscape(trainer.surveyor(), places, extent, _STEPS, progress.report)


def place_of(text: str, parameters: Parameters) -> int:
    """Return the place of a weight written as `w` or `W[0, 1]`; raise TrainingError."""
    found = _ENTRY.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        inside = tuple(int(each) for each in (found[2] or "").split(",") if each.strip())
    except ValueError:  # also where there is a blank for a comma
        raise TrainingError(f"{text!r} is no weight; write one as w or W[0, 1]") from None
    return parameters.place(found[1], inside)


def _entries(parameters: Parameters) -> list[str]:
    """Return the names of the first weights, as they are typed."""
    names: list[str] = []
    for place in range(min(parameters.size, _MOST_LISTED)):
        name, index = parameters.at(place)
        names.append(f"{name}[{', '.join(map(str, index))}]" if index else name)
    return names


def _entry_combo(name: str) -> QComboBox:
    combo = QComboBox()
    combo.setEditable(True)
    combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    combo.setAccessibleName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(10)
    guard_wheel(combo)
    return combo
