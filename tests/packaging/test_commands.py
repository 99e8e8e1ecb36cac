"""The two commands of the README, in a checkout whose Python only writes down how it is called."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import final

import pytest

from tests.architecture.source_tree import ROOT

# Answers what the set-up asks of Python, and notes everything else: one call a line.
PYTHON = """#!/usr/bin/env bash
[[ "$1" == -c ]] && exit 0
printf '%s|' "${QT_QPA_PLATFORM:-}" "$@" >>"$NOTES"
echo >>"$NOTES"
"""


@final
class Checkout:
    """A copy of the set-up in a folder of its own, with what it called."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a checkout"
        self.elsewhere = folder / "else where"
        self.elsewhere.mkdir()
        self._notes = folder / "notes"
        shutil.copytree(ROOT / "packaging", self.root / "packaging")
        self.project = self.root / "pyproject.toml"
        self.project.write_text("[project]\n", encoding="utf-8")
        python = self.root / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(PYTHON, encoding="utf-8")
        python.chmod(0o755)
        self._tools = folder / "tools"
        self._tools.mkdir()
        # What the tests of the set-up must neither find missing nor install.
        for name in ("Xvfb", "xdotool", "openbox"):
            tool = self._tools / name
            tool.touch(mode=0o755)

    def call(self, script: str, *arguments: str, display: str = "") -> str:
        """Run a script from another folder; return what it said."""
        path = f"{self._tools}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", str(self.root / "packaging" / script), *arguments],
            cwd=self.elsewhere,
            env={
                "PATH": path,
                "HOME": os.environ["HOME"],
                "NOTES": str(self._notes),
                "DISPLAY": display,
            },
            capture_output=True,
            check=True,
            text=True,
        )
        return done.stderr

    def calls(self) -> list[list[str]]:
        """Return the calls of Python so far: Qt's platform, then the arguments."""
        lines = self._notes.read_text(encoding="utf-8").splitlines()
        return [line.rstrip("|").split("|") for line in lines]

    def installations(self) -> list[str]:
        """Return what was installed, one entry a call of pip."""
        return [call[-1] for call in self.calls() if "pip" in call]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_the_second_run_installs_nothing(checkout: Checkout) -> None:
    checkout.call("run.sh", display=":0")
    said = checkout.call("run.sh", display=":0")
    assert checkout.installations() == ["."]
    assert said == ""


def test_a_changed_project_is_installed_again(checkout: Checkout) -> None:
    checkout.call("test.sh")
    checkout.project.write_text("[project]\ndependencies = []\n", encoding="utf-8")
    checkout.call("test.sh")
    assert checkout.installations() == [".[test]", ".[test]"]


def test_running_does_not_install_what_only_tests_need(checkout: Checkout) -> None:
    checkout.call("run.sh", display=":0")
    checkout.call("test.sh")
    checkout.call("run.sh", display=":0")
    assert checkout.installations() == [".", ".[test]"]


def test_the_sigmoid_neuron_is_opened_where_no_file_is_named(checkout: Checkout) -> None:
    checkout.call("run.sh", display=":0")
    example = checkout.root / "assets" / "examples" / "sigmoid-neuron-staged.chainrule"
    assert checkout.calls()[-1] == ["", "-P", "-m", "chainrule", str(example)]


def test_a_file_is_sought_in_the_callers_folder(checkout: Checkout) -> None:
    checkout.call("run.sh", "my graph.chainrule", display=":0")
    file = checkout.elsewhere / "my graph.chainrule"
    assert checkout.calls()[-1] == ["", "-P", "-m", "chainrule", str(file)]


def test_without_a_display_the_window_is_drawn_and_the_picture_named(checkout: Checkout) -> None:
    said = checkout.call("run.sh", "eval")
    picture = checkout.elsewhere / "chainrule-window.png"
    assert said.splitlines()[-1].endswith(f"drawing the window to {picture}")
    assert checkout.calls()[-1] == [
        *("offscreen", "-P", "-m", "chainrule"),
        *("--screenshot", "chainrule-window.png", str(checkout.elsewhere / "eval")),
    ]


def test_what_follows_the_test_command_is_passed_on_to_pytest(checkout: Checkout) -> None:
    checkout.call("test.sh", "-k", "a name")
    assert checkout.calls()[-1] == ["offscreen", "-m", "pytest", "-n", "auto", "-k", "a name"]
