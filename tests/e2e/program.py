"""The running program: its windows, the work that it keeps, and its commands by their keys."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, final

from tests.e2e.patience import until
from tests.e2e.robot import Robot
from tests.e2e.screen import HEIGHT, WIDTH, Screen, open_screen, running

Nodes: TypeAlias = dict[str, dict[str, Any]]
"""The nodes of a file by their ids."""

_T = TypeVar("_T")


@final
class Program:
    """A running program, worked through `robot` only.

    What came of it is read from the titles of its windows, and where it keeps unsaved work, which
    it writes after every edit.
    """

    def __init__(self, process: subprocess.Popen[bytes], robot: Robot, unsaved: Path) -> None:
        self._process = process
        self._unsaved = unsaved
        self.robot = robot

    def nodes(self) -> Nodes:
        """Return the nodes of the graph while it is not saved; none before the first edit."""
        return next(map(nodes_in, self._unsaved.glob("*.chainrule")), {})

    def windows(self) -> set[str]:
        """Return the windows that are seen, tooltips and what is being dragged too."""
        return self.robot.windows(self._process.pid)

    def until(self, sign: Callable[[], _T], what: str) -> _T:
        """Wait for a sign of the program and return it; fail at once if the program has ended."""

        def found() -> _T:
            assert self._process.poll() is None, f"The program ended before {what}."
            return sign()

        return until(found, what)

    def until_in_front(self, title: str) -> None:
        """Wait until the window of that title has the keyboard."""
        self.until(lambda: self.robot.title() == title, f"the window “{title}” was in front")

    def begin(self) -> None:
        """Wait for the main window, which has all of the screen, and start an empty graph."""
        self.until_in_front("Chainrule")
        whole = (0, 0), (WIDTH, HEIGHT)
        self.until(
            lambda: whole in map(self.robot.area, self.windows()),
            "the window had all of the screen",
        )
        self.robot.press("ctrl+n")
        self.until_in_front("untitled – Chainrule")

    def undo(self) -> None:
        """Take back the last step; what will be seen of it, the caller knows."""
        self.robot.press("ctrl+z")

    def save_as(self, file: Path) -> None:
        """Save the graph, which has no file yet, to that one; its suffix is not typed."""
        self.robot.press("ctrl+s")
        self.until_in_front("Save Graph")
        self.robot.write(str(file.with_suffix("")))
        self.robot.press("Return")
        self.until_in_front(f"{file.name} – Chainrule")

    def quit(self) -> int:
        """Leave the program and return its exit status."""
        self.robot.press("ctrl+q")
        until(lambda: self._process.poll() is not None, "the program ended")
        return self._process.returncode


@contextmanager
def open_program(screen: Screen, said: Path) -> Generator[Program]:
    """Run the program on a screen while the block does; its messages go into a file."""
    environment = screen.environment | {"QT_QPA_PLATFORM": "xcb"}
    unsaved = Path(environment["XDG_STATE_HOME"]) / "chainrule" / "unsaved"
    command = [sys.executable, "-P", "-m", "chainrule"]
    with running(command, environment, said) as process:
        yield Program(process, Robot(environment), unsaved)


@contextmanager
def seen(screen: Screen, said: Path) -> Generator[None]:
    """Keep a picture of the screen where the block fails, and say where it is."""
    try:
        yield
    except BaseException as failure:
        picture = said.with_name("failure.png")
        screen.save(picture)
        failure.add_note(f"The screen then: {picture}\nThe program said:\n{said.read_text()}")
        raise


@contextmanager
def begun(folder: Path) -> Generator[Program]:
    """Run the program on a screen of its own, at an empty graph, while the block does."""
    said = folder / "program.txt"
    with open_screen(folder) as screen, open_program(screen, said) as program, seen(screen, said):
        program.begin()
        yield program


def nodes_in(file: Path) -> Nodes:
    """Return the nodes of a graph file by their ids."""
    graph = json.loads(file.read_text(encoding="utf-8"))
    return {node["id"]: node for node in graph["nodes"]}
