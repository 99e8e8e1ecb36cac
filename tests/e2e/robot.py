"""The hands of a user: xdotool on the keyboard and the mouse of one screen."""

from __future__ import annotations

import subprocess
from typing import TypeAlias, final

Pixel: TypeAlias = tuple[int, int]


@final
class Robot:
    """Presses keys, moves the mouse, and sees which windows there are.

    The display hands on what it does in order, so nothing needs to be waited for before the next
    key, unless another window is to have it.
    """

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment

    def press(self, *keys: str) -> None:
        """Press keys one after the other, as in `press("ctrl+a", "Return")`."""
        self._do("key", *keys)

    def write(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", "4", "--", text)

    def point(self, place: Pixel) -> None:
        """Move the pointer there."""
        self._do("mousemove", *_words(place))

    def click(self, place: Pixel, times: int = 1) -> None:
        """Click, or click twice, with the left button."""
        self._do("mousemove", *_words(place), "click", "--delay", "20", "--repeat", f"{times}", "1")

    def drag(self, start: Pixel, *stops: Pixel) -> None:
        """Hold the left button from `start` to the last stop."""
        self.grab(start, *stops)
        self.let_go()

    def grab(self, start: Pixel, *stops: Pixel) -> None:
        """Press the left button at `start` and hold it on the way along the stops."""
        moves = [word for stop in stops for word in ("mousemove", *_words(stop))]
        self._do("mousemove", *_words(start), "mousedown", "1", *moves)

    def let_go(self) -> None:
        """Release the left button."""
        self._do("mouseup", "1")

    def windows(self, process: int) -> set[str]:
        """Return the windows of a process that are seen."""
        return set(self._ask("search", "--onlyvisible", "--pid", str(process)).split())

    def area(self, window: str) -> tuple[Pixel, Pixel]:
        """Return a window's corner and its size; zeros for one that has just gone."""
        lines = self._ask("getwindowgeometry", "--shell", window).splitlines()
        known = dict(line.split("=") for line in lines)
        x, y, width, height = (int(known.get(key, 0)) for key in ("X", "Y", "WIDTH", "HEIGHT"))
        return (x, y), (width, height)

    def title(self) -> str:
        """Return the title of the window that has the keyboard, "" for none."""
        return self._ask("getactivewindow", "getwindowname").strip()

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._environment, check=True)

    def _ask(self, *words: str) -> str:
        """Return an answer; "" where there is none, as of a window that has just gone."""
        asked = subprocess.run(
            ["xdotool", *words],
            env=self._environment,
            capture_output=True,
            check=False,
            text=True,
        )
        return asked.stdout


def _words(pair: Pixel) -> tuple[str, str]:
    return str(pair[0]), str(pair[1])
