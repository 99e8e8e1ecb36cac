"""The program as it is started: pictures without a display, clean ends, nothing lost by a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from chainrule_desktop.app.main import has_display

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "assets/examples/sigmoid-neuron-staged.chainrule"
PROGRAM = (sys.executable, "-m", "chainrule")


def run(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    }
    return subprocess.run(
        [*PROGRAM, *map(str, words)],
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_a_display_is_known_by_its_variables(
    platform: str, environment: dict[str, str], expected: bool
) -> None:
    assert has_display(platform, environment) == expected


def test_without_a_display_it_says_so_in_one_line() -> None:
    ended = run(EXAMPLE)
    assert ended.returncode == 2
    assert ended.stderr.startswith("chainrule: display: ")
    assert len(ended.stderr.splitlines()) == 1


def test_a_screenshot_shows_the_window(tmp_path: Path) -> None:
    out = tmp_path / "window.png"
    ended = run("--screenshot", out, "--size", "900x600", "--scale", "2", EXAMPLE)
    assert (ended.returncode, ended.stdout) == (0, f"{out}\n")
    image = QImage(str(out))
    assert (image.width(), image.height()) == (1800, 1200)
    assert len({image.pixel(x, 600) for x in range(0, 1800, 3)}) > 5


def test_a_dark_screenshot_is_dark(tmp_path: Path) -> None:
    out = tmp_path / "window.png"
    run("--screenshot", out, "--theme", "dark", EXAMPLE)
    image = QImage(str(out))
    lightness = [image.pixelColor(x, 500).lightness() for x in range(0, image.width(), 5)]
    assert float(np.mean(lightness)) < 80


def test_a_screenshot_of_a_bad_file_is_refused_in_one_line(tmp_path: Path) -> None:
    bad = tmp_path / "bad.chainrule"
    bad.write_text("{")
    ended = run("--screenshot", tmp_path / "window.png", bad)
    assert ended.returncode == 2
    assert ended.stderr.splitlines()[-1].startswith(f"chainrule: {bad}: ")
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "window.png").exists()


def test_a_screenshot_that_cannot_be_written_is_told_of(tmp_path: Path) -> None:
    ended = run("--screenshot", tmp_path / "no" / "window.png", EXAMPLE)
    assert ended.returncode == 2
    assert "window.png" in ended.stderr.splitlines()[-1]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_end_the_program_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    state = tmp_path / "state"
    process = subprocess.Popen(
        [*PROGRAM, str(EXAMPLE)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(state)},
        stderr=subprocess.PIPE,
        text=True,
    )
    settings = state / "chainrule" / "settings.json"
    # The file opened is among the recent ones as soon as it is shown.
    while not settings.exists() and process.poll() is None:
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.02)
    process.send_signal(number)
    _, complaints = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Traceback" not in complaints
