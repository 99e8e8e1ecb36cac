"""A screen of its own for one test: a display that nobody sees, with a window manager."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import final

import numpy as np
import pytest

from tests.e2e.patience import until

WIDTH, HEIGHT = 1600, 900

_TOOLS = ("Xvfb", "xdotool", "openbox")
# Ends with its input, so that also a test run that is killed leaves no process behind. The others
# go with the display.
_KEEPER = 'Xvfb "$@" & exec >/dev/null; cat; kill "$!"; wait'
_KEPT_VARIABLES = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH")
# Dialogs stand where they like; a main window has all of the screen, so that it is known what is
# where. No keys and no clicks mean anything to the window manager: it says so itself, as it would
# hold each click back to look at it first, and keys that follow would overtake the click.
_MANAGEMENT = """<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew></focus>
  <keyboard></keyboard>
  <mouse></mouse>
  <applications>
    <application type="normal"><decor>no</decor><maximized>yes</maximized></application>
  </applications>
</openbox_config>
"""


@final
@dataclass(frozen=True, slots=True)
class Screen:
    """The environment of programs that draw on it, and what can be seen there.

    `buffer` is the file to which the display writes every pixel.
    """

    environment: dict[str, str]
    buffer: Path

    def save(self, file: Path) -> None:
        """Write what is seen now into a PNG file."""
        rows = _pixels(self.buffer.read_bytes())
        height, width, _ = rows.shape
        # Each row is preceded by the number of its filter: none.
        lines = np.insert(rows.reshape(height, -1), 0, 0, axis=1)
        header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        file.write_bytes(
            b"\x89PNG\r\n\x1a\n"
            + _chunk(b"IHDR", header)
            + _chunk(b"IDAT", zlib.compress(lines.tobytes()))
            + _chunk(b"IEND", b"")
        )


@contextmanager
def open_screen(folder: Path) -> Generator[Screen]:
    """Keep a screen while the block runs, with an empty home for its user in `folder`."""
    if lacking := [tool for tool in _TOOLS if shutil.which(tool) is None]:
        pytest.fail(_advice(lacking), pytrace=False)
    environment = _home(folder / "home")
    screen = ["-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-dpi", "96", "-fbdir", str(folder)]
    # It chooses its number itself, lives on without programs, and repeats no key on a slow machine.
    display = ["-displayfd", "1", *screen, "-noreset", "-r", "-nolisten", "tcp"]
    said = folder / "screen.txt"
    with said.open("wb") as log:
        keeper = subprocess.Popen(
            ["sh", "-c", _KEEPER, "sh", *display],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
        # Leaving ends the display: it closes the keeper's input and waits for it.
        with keeper:
            assert keeper.stdout is not None
            number = keeper.stdout.readline().decode().strip()
            assert number, f"Xvfb did not start: {said.read_text()}"
            environment["DISPLAY"] = f":{number}"
            rules = folder / "openbox.xml"
            rules.write_text(_MANAGEMENT, encoding="utf-8")
            with running(["openbox", "--config-file", str(rules)], environment, said):
                until(lambda: _is_managed(environment), "windows were managed")
                yield Screen(environment, folder / "Xvfb_screen0")


@contextmanager
def running(
    command: list[str], environment: dict[str, str], said: Path
) -> Generator[subprocess.Popen[bytes]]:
    """Run a program while the block does; what it says is added to a file."""
    with said.open("ab") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    with process:
        try:
            yield process
        finally:
            process.kill()


def _advice(lacking: list[str]) -> str:
    return (
        f"This test works the program in a window, for which {', '.join(lacking)} must be "
        "installed, as packaging/test.sh does on Debian; -m 'not screen' leaves the test out."
    )


def _home(folder: Path) -> dict[str, str]:
    """Return the environment of a user who has just arrived, whatever desktop runs the tests."""
    # Qt warns about a runtime folder that others may enter.
    (folder / "runtime").mkdir(mode=0o700, parents=True)
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    kinds = ("cache", "config", "data", "state")
    places = {f"XDG_{kind.upper()}_HOME": str(folder / kind) for kind in kinds}
    runtime = {"XDG_RUNTIME_DIR": str(folder / "runtime")}
    return kept | places | runtime | {"HOME": str(folder), "LANG": "C.UTF-8"}


def _is_managed(environment: dict[str, str]) -> bool:
    """Say whether the window manager, without which no window gets the keyboard, has begun."""
    asked = subprocess.run(
        ["xdotool", "get_num_desktops"], env=environment, capture_output=True, check=False
    )
    return asked.returncode == 0


def _pixels(dump: bytes) -> np.ndarray:
    """Return the pixels (height, width, 3) of a window dump as Xvfb writes it, XWD version 7."""
    header = struct.unpack(">25I", dump[:100])
    size, width, height, line, colours = (header[index] for index in (0, 4, 5, 12, 19))
    start = size + 12 * colours
    rows = np.frombuffer(dump, np.uint8, line * height, start).reshape(height, line // 4, 4)
    # Blue, green, red, and a byte of nothing.
    return rows[:, :width, 2::-1]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
