"""Playback of a document: where it stands, and stepping, playing and stopping."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import QObject, QTimer, Signal

from chainrule.autodiff.playback import Moment, Step, Timeline
from chainrule.graph.changes import Changes
from chainrule.graph.scripts import SECTION, Script, script_of
from chainrule.graph.sections import section_of
from chainrule_desktop.document.document import Document
from chainrule_desktop.document.drawing import Drawing
from chainrule_desktop.document.stopping import reason_to_stop

SPEEDS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Steps in a second that can be chosen."""


@final
class Player(QObject):
    """Walks through the steps of a document's passes; at the end everything is known, as usual.

    Signals:
        moved(): playback stands elsewhere, or its steps are others now.
        playing_changed(): it runs by itself now, or no longer.
        stopped(str): it has stopped by itself at a breakpoint, and why.
    """

    moved = Signal()
    playing_changed = Signal()
    stopped = Signal(str)

    def __init__(self, document: Document, drawing: Drawing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._drawing = drawing
        self._timeline: Timeline | None = None
        self._compiled = 0
        self._position: int | None = None
        self._script_json: object = None
        self._script = Script()
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self.set_speed(1.0)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.moved)
        document.changed.connect(self._follow_edit)
        document.replaced.connect(self._begin_anew)

    @property
    def timeline(self) -> Timeline:
        """The steps as they are now."""
        if self._timeline is None:
            self._compiled = self._document.passes.compiled
            self._timeline = Timeline(
                self._document.graph, self._document.passes, self.script.order
            )
        return self._timeline

    @property
    def script(self) -> Script:
        """What the file says about how to play."""
        header = self._document.graph.header
        content = section_of(header, SECTION)
        if content is not self._script_json:
            self._script_json, self._script = content, script_of(header)
        return self._script

    @property
    def position(self) -> int:
        """How many steps have been played; at the end, the timeline's `end`."""
        return self.timeline.end if self._position is None else self._position

    @property
    def at_end(self) -> bool:
        """Whether everything is known, as when nothing is played."""
        return self._position is None

    @property
    def moment(self) -> Moment | None:
        """What is known now; None at the end."""
        if self._position is None:
            return None
        return Moment(self.timeline, self._document.passes, self._position)

    @property
    def step(self) -> Step | None:
        """The step that was played last; None before the first, and at the end."""
        return None if self._position is None else self.timeline.step(self._position)

    @property
    def is_playing(self) -> bool:
        """Whether it runs by itself."""
        return self._clock.isActive()

    @property
    def speed(self) -> float:
        """How many steps are played in a second."""
        return 1000.0 / self._clock.interval()

    def set_speed(self, steps_per_second: float) -> None:
        """Play so many steps in a second."""
        self._clock.setInterval(round(1000.0 / steps_per_second))

    def go(self, position: int) -> None:
        """Stand still at a position; the timeline's `end` is the last."""
        self.pause()
        self._stand(position)

    def back(self) -> None:
        """Take back a step."""
        self.go(self.position - 1)

    def forward(self) -> None:
        """Play the next step; from the end, begin anew."""
        self.go(0 if self.at_end else self.position + 1)

    def play(self) -> None:
        """Run by itself from here; from the end, from the start."""
        if not len(self.timeline):
            return
        if self.at_end:
            self._stand(0)
        self._clock.start()
        self.playing_changed.emit()

    def pause(self) -> None:
        """Stand still."""
        if self._clock.isActive():
            self._clock.stop()
            self.playing_changed.emit()

    def _tick(self) -> None:
        self._stand(self.position + 1)
        reason = reason_to_stop(self._document, self.step, self.script)
        if self.at_end or reason:
            self.pause()
        if reason:
            self.stopped.emit(reason)

    def _stand(self, position: int) -> None:
        wanted = min(max(position, 0), self.timeline.end)
        stands = None if wanted == self.timeline.end else wanted
        if stands == self._position:
            return
        self._position = stands
        self._drawing.show_moment(self.moment)
        self.moved.emit()

    def _follow_edit(self, changes: Changes) -> None:
        """Stay at the step where playback stood, among the steps that there are now."""
        reordered = section_of(self._document.graph.header, SECTION) is not self._script_json
        if not (changes.numbers or reordered):
            return
        step, before = self.step, self._position
        same = self._compiled == self._document.passes.compiled and not reordered
        if changes.structure or changes.run or not same:
            self._timeline = None
        if before is not None:
            self._position = self._position_again(step, before)
            self._drawing.show_moment(self.moment)
        # Once all that follows edits has followed this one.
        self._soon.start()

    def _position_again(self, step: Step | None, before: int) -> int | None:
        timeline = self.timeline
        if step is not None and step.node in self._document.graph:
            found = timeline.position_of(step.node, step.phase)
            if found is not None:
                return found
        return min(before, len(timeline)) if len(timeline) else None

    def _begin_anew(self) -> None:
        self.pause()
        self._timeline, self._position = None, None
        self._drawing.show_moment(None)
        self.moved.emit()
