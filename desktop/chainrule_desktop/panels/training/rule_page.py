"""How steps are made: the rule with its settings, the schedule, and clipping."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, Final, TypeVar, final

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from chainrule.errors import TrainingError
from chainrule.training.clipping import Clipping
from chainrule.training.optimisers import OPTIMISERS, Optimiser
from chainrule.training.schedules import SCHEDULES, Schedule
from chainrule_desktop.panels.fields import EntryField, guard_wheel
from chainrule_desktop.panels.page_parts import Form, column, heading, label_of
from chainrule_desktop.panels.training.context import (
    TrainingContext,
    number_field,
    number_text,
)

T = TypeVar("T")

_WORDS: Final = {
    "learning_rate": "Learning rate η",
    "weight_decay": "Weight decay λ",
    "momentum": "Momentum μ",
    "smoothing": "Smoothing α",
    "epsilon": "ε",
    "beta1": "β₁",
    "beta2": "β₂",
    "decoupled": "Decay beside the gradient (AdamW)",
    "warm_up": "Warm-up, steps",
    "every": "Every k steps",
    "gamma": "Factor γ",
    "steps": "Over T steps",
    "end": "Share at the end e",
}
_SAYS: Final = {
    "warm_up": "In so many steps the learning rate rises to what it is otherwise.",
    "decoupled": "Let weights decay by themselves, without a part in the gradient.",
    "every": "After how many steps the learning rate falls.",
    "gamma": "By what the learning rate is multiplied.",
    "steps": "How many steps the schedule lasts.",
    "end": "The share of the learning rate that is left at the end.",
}


@final
class RulePage(QWidget):
    """Chooses a rule and a schedule; a change takes hold at the next step, also while it runs."""

    def __init__(self, context: TrainingContext) -> None:
        super().__init__()
        self._context = context
        self._rule = _choice("Rule", [each.title for each in OPTIMISERS])
        self._schedule = _choice("Schedule", [each.title for each in SCHEDULES])
        self._formula, self._source = label_of(part="card"), label_of(part="muted")
        self._curve = label_of(part="card")
        self._of_rule, self._of_schedule = QWidget(), QWidget()
        self._fields: dict[str, EntryField | QCheckBox] = {}
        self._shown: tuple[str, str] = ("", "")
        self._norm = number_field("Largest norm", self._set_norm, blank="no limit")
        self._value = number_field("Largest number", self._set_value, blank="no limit")
        self._lay_out()
        self._rule.activated.connect(self._choose_rule)
        self._schedule.activated.connect(self._choose_schedule)
        context.training.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the settings that hold now."""
        recipe = self._context.training.recipe
        rule, schedule = recipe.optimiser, recipe.schedule
        if self._shown != (rule.name, schedule.name):
            self._shown = rule.name, schedule.name
            self._rebuild(rule, schedule)
        for name, value in (*_settings(rule), *_settings(schedule)):
            field = self._fields[name]
            if isinstance(field, QCheckBox):
                field.blockSignals(True)
                field.setChecked(bool(value))
                field.blockSignals(False)
            else:
                field.show_text(number_text(value))
        self._norm.show_text(number_text(recipe.clipping.norm))
        self._value.show_text(number_text(recipe.clipping.value))

    def _lay_out(self) -> None:
        down = column(self)
        down.setContentsMargins(0, 10, 12, 10)
        rule, schedule, clipping = Form(), Form(), Form()
        rule.add("Rule", self._rule)
        schedule.add("Schedule", self._schedule, says="How the learning rate η changes.")
        clipping.add("Norm", self._norm, self._norm.note, "Shorten gradients to this norm.")
        clipping.add("Value", self._value, self._value.note, "Cut each number to this size.")
        for part in (
            *(rule, self._formula, self._source, self._of_rule),
            *(heading("Learning rate over time"), schedule, self._curve, self._of_schedule),
            *(heading("Clip gradients"), clipping),
        ):
            down.addWidget(part)
        down.addStretch()

    def _rebuild(self, rule: Optimiser, schedule: Schedule) -> None:
        """Make the fields of another rule and schedule."""
        self._rule.setCurrentIndex([each.name for each in OPTIMISERS].index(rule.name))
        self._schedule.setCurrentIndex([each.name for each in SCHEDULES].index(schedule.name))
        self._formula.setText(rule.formula)
        self._source.setText(rule.source)
        self._curve.setText(schedule.formula)
        self._fields = {}
        self._of_rule = self._replaced(self._of_rule, rule, self._set_of_rule)
        self._of_schedule = self._replaced(self._of_schedule, schedule, self._set_of_schedule)

    def _replaced(
        self, old: QWidget, of: Optimiser | Schedule, change: Callable[[str, Any], None]
    ) -> QWidget:
        form = Form()
        for each in fields(of):
            says = each.metadata.get("summary", _SAYS.get(each.name, ""))
            word = _WORDS[each.name]
            if isinstance(each.default, bool):
                box = QCheckBox(word)
                box.setToolTip(says)
                box.toggled.connect(_setter(change, each.name))
                form.add_wide(box)
                self._fields[each.name] = box
                continue
            whole = isinstance(each.default, int)
            field = number_field(word, _taker(change, each.name, whole))
            form.add(word, field, field.note, says)
            self._fields[each.name] = field
        layout = self.layout()
        if layout is not None:
            layout.replaceWidget(old, form)
        old.hide()
        old.deleteLater()
        form.show()
        return form

    def _choose_rule(self, row: int) -> None:
        recipe, kind = self._context.training.recipe, OPTIMISERS[row]
        if kind.name != recipe.optimiser.name:
            decay = recipe.optimiser.weight_decay
            self._change(optimiser=kind(weight_decay=decay))

    def _choose_schedule(self, row: int) -> None:
        recipe, kind = self._context.training.recipe, SCHEDULES[row]
        if kind.name == recipe.schedule.name:
            return
        made: Any = kind(warm_up=recipe.schedule.warm_up)
        if hasattr(made, "steps") and recipe.steps is not None:
            made = replace(made, steps=recipe.steps)
        self._change(schedule=made)

    def _set_of_rule(self, name: str, value: Any) -> None:
        self._change(optimiser=replace(self._context.training.recipe.optimiser, **{name: value}))

    def _set_of_schedule(self, name: str, value: Any) -> None:
        self._change(schedule=replace(self._context.training.recipe.schedule, **{name: value}))

    def _set_norm(self, norm: float | None) -> None:
        before = self._context.training.recipe.clipping
        self._change(clipping=Clipping(before.value, norm))

    def _set_value(self, value: float | None) -> None:
        before = self._context.training.recipe.clipping
        self._change(clipping=Clipping(value, before.norm))

    def _change(self, **changes: Any) -> None:
        training = self._context.training
        training.set_recipe(replace(training.recipe, **changes))


def _settings(of: Optimiser | Schedule) -> list[tuple[str, Any]]:
    return [(each.name, getattr(of, each.name)) for each in fields(of)]


def _setter(change: Callable[[str, Any], None], name: str) -> Callable[[bool], None]:
    return lambda value: change(name, value)


def _taker(
    change: Callable[[str, Any], None], name: str, whole: bool
) -> Callable[[float | None], None]:
    def take(number: float | None) -> None:
        if number is None or (whole and not number.is_integer()):
            raise TrainingError("type a whole number")
        change(name, int(number) if whole else number)

    return take


def _choice(name: str, texts: list[str]) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    combo.addItems(texts)
    guard_wheel(combo)
    return combo
