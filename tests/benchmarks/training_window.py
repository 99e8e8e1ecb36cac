"""A contender: the engine's steps, and the real window while a large graph trains in it."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, final

import numpy as np

from tests.benchmarks import canvas

canvas.prepare_qt()

from PySide6.QtCore import QTimer  # noqa: E402  Qt's platform is chosen first

from chainrule.files import read_graph  # noqa: E402
from chainrule.graph.graph import GateGraph  # noqa: E402
from chainrule.training.recipe_json import recipe_of  # noqa: E402
from chainrule.training.recipes import Recipe  # noqa: E402
from chainrule.training.sources import load  # noqa: E402
from chainrule.training.trainer import Trainer  # noqa: E402
from chainrule.training.whole import whole_loss  # noqa: E402
from chainrule_desktop.app.common import Places  # noqa: E402
from chainrule_desktop.app.program import Program  # noqa: E402
from chainrule_desktop.app.session import new_application  # noqa: E402
from chainrule_desktop.document.document import prepare  # noqa: E402
from chainrule_desktop.document.training.training import State  # noqa: E402
from chainrule_desktop.theme import ThemeMode  # noqa: E402
from tests.benchmarks.measure import Figures, hand_in, median_ms, once_ms  # noqa: E402

_EXAMPLE = Path(__file__).parents[2] / "assets" / "examples" / "moons-network.chainrule"
_SECONDS = 6.0
_BEAT = 5
_SCALES = {"at fit": 0.0, "at 1:1": 1.0}


@final
class Watch:
    """A window with a graph, a timer that beats in it, and what keeps it from beating."""

    def __init__(self, graph: GateGraph, folder: Path) -> None:
        self.app = new_application()
        places = Places(folder / "settings.json", folder)
        self.program = Program(self.app, places, ThemeMode.LIGHT)
        self.program.front.window.resize(1280, 800)
        self.program.front.window.show()
        self.program.desk.files.show(prepare(graph), None)
        self.training = self.program.desk.graph.training
        self.gaps: list[float] = []
        self.frames: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(_BEAT)
        self._note_frames()

    def wait(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.app.processEvents()
            time.sleep(0.0005)

    def train(self, name: str, scale: float) -> Figures:
        """Train for some seconds, seen at a scale; 0 for everything."""
        navigator = self.program.desk.canvas.navigator
        if scale:
            navigator.zoom_to(scale)
        else:
            navigator.zoom_to_fit()
        training = self.training
        training.set_recipe(replace(training.recipe, steps=None))
        training.run()
        while training.state is State.PREPARING or not len(training.series.steps):
            self.wait(0.05)
        self.wait(1.0)
        self.gaps.clear()
        self.frames.clear()
        before = len(training.series.steps)
        self.wait(_SECONDS)
        figures = self._figures(name, len(training.series.steps) - before)
        training.pause()
        while training.work.is_busy:
            self.wait(0.01)
        return figures

    def _figures(self, name: str, steps: int) -> Figures:
        gaps = np.array(self.gaps)
        return {
            f"{name}: steps a second": steps / _SECONDS,
            f"{name}: updates of the canvas a second": len(self.frames) / _SECONDS,
            f"{name}: an update, processor": float(np.median(self.frames)),
            f"{name}: wait of the event loop, median": float(np.median(gaps)),
            f"{name}: wait, 95 %": float(np.quantile(gaps, 0.95)),
            f"{name}: wait, 99 %": float(np.quantile(gaps, 0.99)),
        }

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append(1000 * (now - self._last))
        self._last = now

    def _note_frames(self) -> None:
        document: Any = self.program.desk.document
        usual = document.follow

        def follow(*arguments: object) -> None:
            start = time.thread_time()
            usual(*arguments)
            self.frames.append(1000 * (time.thread_time() - start))

        document.follow = follow


def main() -> None:
    """Print the figures."""
    graph, folder = read_graph(_EXAMPLE), Path(tempfile.mkdtemp())
    recipe = recipe_of(graph.header)
    assert recipe is not None
    assert recipe.source is not None
    whole = whole_loss(graph, recipe, load(recipe.source))
    held = recipe_of(whole.header)
    assert held is not None
    figures = _engine(graph, recipe, "examples") | _engine(whole, held, "whole loss")
    watch = Watch(whole, folder)
    watch.wait(1.0)
    for name, scale in _SCALES.items():
        figures |= watch.train(name, scale)
    watch.program.end()
    hand_in(figures)


def _engine(graph: GateGraph, recipe: Recipe, name: str) -> Figures:
    trainer = Trainer(graph, recipe)
    return {
        f"engine, {name}: the first step": once_ms(trainer.step),
        f"engine, {name}: a step": median_ms(trainer.step, 101),
        f"engine, {name}: loss and accuracy": median_ms(trainer.evaluate, 21),
    }


if __name__ == "__main__":
    main()
