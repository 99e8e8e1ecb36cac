"""The bar over the training window: run, pause, step, reset, how long and how fast."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from typing import Final, final

from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from chainrule.diagram.numbers import format_number
from chainrule_desktop.document.training.training import State, Training
from chainrule_desktop.messages import count
from chainrule_desktop.panels.fields import guard_wheel
from chainrule_desktop.panels.page_parts import label_of
from chainrule_desktop.panels.training.context import TrainingContext
from chainrule_desktop.panels.training.whole_field import WholeField
from chainrule_desktop.theme import set_part

SPEEDS: Final = {
    "as fast as it goes": 0,
    "100 steps a second": 100,
    "30 steps a second": 30,
    "10 steps a second": 10,
    "3 steps a second": 3,
}
_MOST_STEPS: Final = 100_000_000

_WORDS: Final = {
    State.READY: "Ready",
    State.PREPARING: "Preparing …",
    State.RUNNING: "Training",
    State.STOPPING: "Stopping …",
    State.FAILED: "Stopped",
}


@final
class ControlBar(QWidget):
    """Starts and stops a run, and says how it stands in one line."""

    def __init__(self, context: TrainingContext) -> None:
        super().__init__()
        self._context = context
        self.run = QPushButton("&Run")
        self.step = QPushButton("&Step")
        self.reset = QPushButton("R&eset")
        self._steps = WholeField("Stop after so many steps", 0, _MOST_STEPS)
        self._speed = QComboBox()
        self._status, self._fault = label_of(), label_of(part="problem")
        self._lay_out()
        training = context.training
        self.run.clicked.connect(self._toggle)
        self.step.clicked.connect(training.step)
        self.reset.clicked.connect(training.reset)
        self._steps.chosen.connect(self._set_steps)
        self._speed.activated.connect(self._set_speed)
        training.changed.connect(self.refresh)
        training.progressed.connect(self._show_status)
        context.theme.changed.connect(self._show_icons)
        self._show_icons()
        self._set_speed()
        self.refresh()

    def refresh(self) -> None:
        """Show what can be done now, and how it stands."""
        training = self._context.training
        runs = training.runs
        self.run.setText("&Pause" if runs else "&Run")
        self.run.setIcon(self._context.theme.icon("pause" if runs else "play"))
        # Run is never disabled, and Step not by its own steps: the keyboard would go on to Reset,
        # and the next Space throw the run away.
        self._enable(self.step, training.state.is_at_rest or (runs and training.makes_one))
        self._enable(self.reset, bool(training.start))
        wanted = "It runs." if runs else "Nothing has been trained yet."
        self.reset.setToolTip(
            "Give the parameters the values before the first run." if training.start else wanted
        )
        self._steps.show_number(training.recipe.steps or 0)
        self._fault.setText(training.sentence)
        self._fault.setVisible(bool(training.sentence))
        self._show_status()

    def _enable(self, button: QPushButton, on: bool) -> None:
        """Let a button be pressed or not; one that can't any more leaves the keyboard to Run."""
        if not on and button.hasFocus():
            self.run.setFocus()
        button.setEnabled(on)

    def _lay_out(self) -> None:
        for button in (self.run, self.step, self.reset):
            button.setAutoDefault(False)
        self.run.setToolTip("Train until it has made its steps, or is paused.")
        self.step.setToolTip("Make one step.")
        self._steps.setSpecialValueText("never")
        self._steps.setSuffix(" steps")
        self._steps.setMinimumWidth(128)
        self._speed.addItems([*SPEEDS])
        self._speed.setCurrentIndex(2)
        self._speed.setAccessibleName("Speed")
        guard_wheel(self._speed)
        row = QHBoxLayout()
        stop = QLabel("Stop after")
        set_part(stop, "muted")
        for widget in (self.run, self.step, self.reset, stop, self._steps, self._speed):
            row.addWidget(widget)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._status)
        column.addWidget(self._fault)

    def _toggle(self) -> None:
        if self._context.training.runs:
            self._context.training.pause()
        else:
            self._context.training.run()

    def _set_steps(self, steps: int) -> None:
        training = self._context.training
        changed = replace(training.recipe, steps=steps or None)
        training.set_recipe(changed, "Change when training stops")

    def _set_speed(self) -> None:
        self._context.training.work.set_speed(SPEEDS[self._speed.currentText()])

    def _show_status(self) -> None:
        training = self._context.training
        latest, found = training.series.latest, training.series.evaluation
        parts = _place_words(training)
        if latest is not None:
            parts.append(f"learning rate {format_number(latest.rate, 4)}")
        loss = found.training_loss if found is not None else None
        if latest is not None and loss is None:
            loss = latest.loss
        if loss is not None:
            parts.append(f"loss {format_number(loss, 4)}")
        if found is not None and isfinite(found.training_accuracy):
            parts.append(f"accuracy {100 * found.training_accuracy:.1f} %")
        if found is not None and isfinite(found.test_loss):
            right = f", accuracy {100 * found.test_accuracy:.1f} %"
            of_tests = right if isfinite(found.test_accuracy) else ""
            parts.append(f"tests: loss {format_number(found.test_loss, 4)}{of_tests}")
        elif found is not None and isfinite(found.test_accuracy):
            parts.append(f"tests: accuracy {100 * found.test_accuracy:.1f} %")
        self._status.setText("  ·  ".join(parts))

    def _show_icons(self) -> None:
        theme = self._context.theme
        self.step.setIcon(theme.icon("step-forward"))
        self.reset.setIcon(theme.icon("to-start"))
        self.run.setIcon(theme.icon("pause" if self._context.training.runs else "play"))


def _place_words(training: Training) -> list[str]:
    """Say what training does, and at which step it stands."""
    latest = training.series.latest
    state = training.state
    if state is State.LOOKING:
        state = State.PREPARING if training.runs else training.rests_in
    if latest is None:
        return [_WORDS.get(state, _WORDS[State.READY])]
    place = f"step {latest.step:,}, epoch {latest.epoch + 1:,}"
    if state is State.PAUSED:
        return [f"Paused at {place}"]
    done = f"Finished {count(training.made, 'step')}"
    return [done if state is State.FINISHED else _WORDS[state], place]
